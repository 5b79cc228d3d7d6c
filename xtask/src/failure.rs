//! What a command says when it cannot go on.

use std::{fmt, io, path::Path};

/// One sentence for the person at the keyboard: what failed, where, what to do.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// For a command that has said everything already.
    pub(crate) fn silent() -> Self {
        Self(String::new())
    }

    pub(crate) fn print(&self) {
        if !self.0.is_empty() {
            eprintln!("error: {self}");
        }
    }

    /// For `map_err` on file operations.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self(format!("cannot {action} {}: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
