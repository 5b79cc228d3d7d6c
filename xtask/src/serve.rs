//! `cargo xtask serve`: the whole platform on this machine.

use std::process::Command;

use crate::{failure::Failure, repo::Repo, step::Step, web};

/// Builds what is out of date and becomes the server; `arguments` are the server's.
pub(crate) fn run(repo: &Repo, arguments: &[&str]) -> Result<(), Failure> {
    web::build(repo)?;
    Step::cargo(repo, "server: build").args(["build", "--package", "oxi-server", "--bin", "oxi"]).watch()?;
    println!("  server: start (Ctrl-C stops it)");
    let mut server = Command::new(repo.target("debug/oxi"));
    server.current_dir(repo.root()).arg("serve").args(arguments);
    become_program(server)
}

/// Replaces this process, so that signals reach the server itself.
#[cfg(unix)]
fn become_program(mut program: Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt as _;
    let error = program.exec();
    Err(Failure::new(format!("cannot start {}: {error}", program.get_program().to_string_lossy())))
}

#[cfg(not(unix))]
fn become_program(mut program: Command) -> Result<(), Failure> {
    match program.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("the server stopped with {status}"))),
        Err(error) => Err(Failure::new(format!("cannot start the server: {error}"))),
    }
}
