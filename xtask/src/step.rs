//! Runs one program as a named step: one line with its time, its output only when it fails.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use crate::{failure::Failure, repo::Repo};

/// A program to run, and how to name it on the terminal.
#[derive(Debug)]
pub(crate) struct Step {
    name: String,
    command: Command,
}

/// What a step that ran to its end printed, both streams in one.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) ok: bool,
    pub(crate) output: String,
}

impl Step {
    /// `name` is what the terminal shows; the program starts in the checkout's root.
    pub(crate) fn new(repo: &Repo, name: impl Into<String>, program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program);
        command.current_dir(repo.root()).stdin(Stdio::null()).env("CARGO_TERM_COLOR", "never");
        if let Some(nights) = repo.real_nights() {
            command.env("OXI_REAL_NIGHTS", nights);
        }
        Self { name: name.into(), command }
    }

    /// The cargo that runs this tool.
    pub(crate) fn cargo(repo: &Repo, name: impl Into<String>) -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Self::new(repo, name, cargo)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    pub(crate) fn folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs to the end. A program that ran and failed is no error here; its output has been shown.
    pub(crate) fn run(mut self, repo: &Repo) -> Result<Ran, Failure> {
        let log = log_file(repo, &self.name)?;
        print!("  {} ...", self.name);
        flush();
        let started = Instant::now();
        let ok = self.status_into(&log)?;
        println!(" {} in {:.1} s", if ok { "ok" } else { "FAILED" }, started.elapsed().as_secs_f64());
        let bytes = fs::read(&log).map_err(Failure::io("read", &log))?;
        let output = String::from_utf8_lossy(&bytes).into_owned();
        if !ok {
            println!("{}", tail(&output));
        }
        Ok(Ran { ok, output })
    }

    /// Runs to the end and treats a failing program as a failure of the whole command.
    pub(crate) fn must(self, repo: &Repo) -> Result<String, Failure> {
        let name = self.name.clone();
        let ran = self.run(repo)?;
        if ran.ok { Ok(ran.output) } else { Err(Failure::new(format!("{name} failed; its output is above"))) }
    }

    /// Runs with the terminal's own streams: for builds a person waits for.
    pub(crate) fn watch(mut self) -> Result<(), Failure> {
        println!("  {} ...", self.name);
        flush();
        let started = Instant::now();
        self.command.env_remove("CARGO_TERM_COLOR");
        let status = self.command.status().map_err(|error| self.cannot_start(&error))?;
        if !status.success() {
            return Err(Failure::new(format!("{} failed; its output is above", self.name)));
        }
        println!("  {} ok in {:.1} s", self.name, started.elapsed().as_secs_f64());
        Ok(())
    }

    /// Whether the program starts and succeeds, silently.
    pub(crate) fn succeeds(mut self) -> bool {
        self.command.stdout(Stdio::null()).stderr(Stdio::null());
        self.command.status().is_ok_and(|status| status.success())
    }

    fn status_into(&mut self, log: &Path) -> Result<bool, Failure> {
        let file = File::create(log).map_err(Failure::io("write", log))?;
        let same = file.try_clone().map_err(Failure::io("write", log))?;
        self.command.stdout(file).stderr(same);
        let status = self.command.status().map_err(|error| self.cannot_start(&error))?;
        Ok(status.success())
    }

    fn cannot_start(&self, error: &io::Error) -> Failure {
        let program = self.command.get_program().to_string_lossy();
        Failure::new(format!("{}: cannot start {program}: {error}", self.name))
    }
}

const TAIL_LINES: usize = 200;

fn tail(output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    let start = lines.len().saturating_sub(TAIL_LINES);
    lines.get(start..).unwrap_or_default().join("\n")
}

fn log_file(repo: &Repo, name: &str) -> Result<PathBuf, Failure> {
    let folder = repo.target("xtask-logs");
    fs::create_dir_all(&folder).map_err(Failure::io("create", &folder))?;
    let safe: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    Ok(folder.join(format!("{safe}.log")))
}

fn flush() {
    // A closed terminal is no reason to stop a build.
    drop(io::stdout().flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_of_a_long_output_is_its_end() {
        let long: String = (0..500).map(|n| format!("{n}\n")).collect();
        let shown = tail(&long);
        assert!(shown.starts_with("300\n"), "{shown}");
        assert!(shown.ends_with("499"));
    }

    #[test]
    fn a_short_output_is_shown_whole() {
        assert_eq!(tail("one\ntwo\n"), "one\ntwo");
    }
}
