//! `cargo xtask`: every set-up step a fresh machine needs, in one place.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool speaks on its standard streams"
)]

mod failure;
mod fresh;
mod npm;
mod repo;
mod rust_target;
mod step;
mod wasm;

use std::process::ExitCode;

use failure::Failure;
use repo::Repo;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  wasm             the npm package `oxicore`: WebAssembly, glue and types, into oxicore-wasm/pkg
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Failure> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["wasm"] => wasm::build(&Repo::find()?),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        [unknown, ..] => Err(Failure::new(format!("unknown command {unknown:?}\n\n{USAGE}"))),
    }
}
