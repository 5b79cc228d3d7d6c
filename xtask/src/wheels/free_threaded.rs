//! Interpreters without a lock: each has a wheel of its own, tested with the lock forbidden to come back.

use std::path::PathBuf;

use super::{FOLDER, emptied, found, has_venv, tests};
use crate::{failure::Failure, python::Venv, repo::Repo, step::Step};

/// The bindings know none before 3.14.
const NAMES: [&str; 2] = ["python3.14t", "python3.15t"];

/// One of this machine.
#[derive(Debug)]
pub(crate) struct FreeThreaded {
    name: &'static str,
    program: PathBuf,
}

impl FreeThreaded {
    /// Those of this machine: on the PATH, or installed into a folder of cargo's output folder.
    pub(crate) fn here(repo: &Repo) -> Vec<Self> {
        let find = |name| {
            let places = [PathBuf::from(name), installed(repo, name).join("bin").join(name)];
            let program = places.into_iter().find(|program| has_venv(repo, program))?;
            Some(Self { name, program })
        };
        NAMES.into_iter().filter_map(find).collect()
    }

    /// Builds its wheel and installs it; the tests are still to run.
    pub(crate) fn tests(&self, repo: &Repo) -> Result<Step, Failure> {
        let folder = emptied(repo.target("wheels").join(self.name))?;
        Venv::ensure(repo)?
            .python(repo, &format!("wheels: build for {}", self.name))
            .args(["-m", "maturin", "build", "--interpreter"])
            .args([&self.program])
            .args(["--out"])
            .args([&folder])
            .folder(repo.at(FOLDER))
            .must(repo)?;
        let tests = tests(repo, self.name, &self.program, &found(&folder, "whl")?)?;
        Ok(tests.env("PYTHON_GIL", "0"))
    }
}

/// That there is none, and what to do.
pub(crate) fn missing(repo: &Repo) -> String {
    let [name, other] = NAMES;
    format!(
        "no interpreter without a lock: neither {name} nor {other} is on the PATH. `uv python install 3.14t` puts one \
         there; CPython's sources make one where this tool looks too: `./configure --disable-gil --prefix={} && make && \
         make install`",
        installed(repo, name).display()
    )
}

fn installed(repo: &Repo, name: &str) -> PathBuf {
    repo.target(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_none_is_told_what_to_do() {
        let told = missing(&Repo::find().unwrap());
        assert!(told.contains("uv python install 3.14t"), "{told}");
        assert!(told.contains("--disable-gil --prefix=/"), "{told}");
    }
}
