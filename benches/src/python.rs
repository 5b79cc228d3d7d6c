//! Peers that are Python packages: one process answers a name with the CPU time of one run.

use std::cell::RefCell;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running `peers/*.py`.
#[derive(Debug)]
pub struct Python {
    pipes: RefCell<Pipes>,
    versions: String,
}

#[derive(Debug)]
struct Pipes {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Python {
    /// Starts a script; it says its versions first.
    ///
    /// # Errors
    /// It does not start.
    pub fn start(interpreter: &Path, script: &Path, data: &Path) -> Result<Self, String> {
        let mut child = Command::new(interpreter)
            .args([script, data])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start {}: {error}", interpreter.display()))?;
        let (to, from) = (child.stdin.take(), child.stdout.take());
        let (Some(to), Some(from)) = (to, from) else { return Err("no pipes to Python".to_owned()) };
        let mut pipes = Pipes { child, to, from: BufReader::new(from) };
        let versions = pipes.line()?;
        Ok(Self { pipes: RefCell::new(pipes), versions })
    }

    /// Python and its packages.
    #[must_use]
    pub fn versions(&self) -> &str {
        &self.versions
    }

    /// CPU time of one run.
    ///
    /// # Errors
    /// What the script complains of.
    pub fn nanoseconds(&self, command: &str) -> Result<f64, String> {
        self.number(&format!("time {command}"))
    }

    /// What a run finds, to compare with.
    ///
    /// # Errors
    /// What the script complains of.
    pub fn value(&self, command: &str) -> Result<f64, String> {
        self.number(&format!("value {command}"))
    }

    fn number(&self, line: &str) -> Result<f64, String> {
        let mut pipes = self.pipes.borrow_mut();
        writeln!(pipes.to, "{line}").map_err(|error| format!("{line}: {error}"))?;
        let answer = pipes.line()?;
        answer.parse().map_err(|_| format!("{line}: {answer:?}"))
    }
}

impl Pipes {
    fn line(&mut self) -> Result<String, String> {
        let mut line = String::new();
        match self.from.read_line(&mut line) {
            Ok(1..) => Ok(line.trim_end().to_owned()),
            Ok(0) => Err("the Python process has ended; its complaint is above".to_owned()),
            Err(error) => Err(format!("cannot read from Python: {error}")),
        }
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        let mut pipes = self.pipes.borrow_mut();
        // It ends by itself with its input; a process that is gone already is as good.
        let _ = pipes.child.kill();
        let _ = pipes.child.wait();
    }
}
