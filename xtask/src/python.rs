//! Virtual environments of Python: the tests' own, and one for each set of peers in the benchmarks.

use std::{ffi::OsStr, path::PathBuf};

use crate::{
    failure::Failure,
    fresh::Stamp,
    needs::{self, Need},
    repo::Repo,
    step::Step,
};

/// A virtual environment below cargo's output folder.
#[derive(Debug)]
pub(crate) struct Venv(PathBuf);

impl Venv {
    /// What the tests use: the packages that `oxicore-py/requirements-dev.txt` names.
    pub(crate) fn ensure(repo: &Repo) -> Result<Self, Failure> {
        Self::with(repo, ".venv", "oxicore-py/requirements-dev.txt")
    }

    /// Programs of the checks that PyPI has: those that `xtask/tools.txt` names.
    pub(crate) fn tools(repo: &Repo) -> Result<Self, Failure> {
        Self::with(repo, ".venv-tools", "xtask/tools.txt")
    }

    /// An environment of that name, with the packages of a list.
    pub(crate) fn with(repo: &Repo, name: &str, list: &str) -> Result<Self, Failure> {
        let venv = Self(repo.target(name));
        let wanted = repo.at(list);
        let stamp = Stamp::of(venv.0.join(".xtask-stamp"), std::slice::from_ref(&wanted))?;
        if stamp.is_fresh() && venv.python(repo, "python").args(["--version"]).succeeds() {
            return Ok(venv);
        }
        require_python(repo)?;
        needs::ensure(repo, &[Need::PythonVenv])?;
        let venv = Self::by(repo, "python3", name)?;
        venv.python(repo, "py: pip install")
            .args(["-m", "pip", "install", "--disable-pip-version-check", "--requirement"])
            .args([&wanted])
            .must(repo)?;
        stamp.renew()?;
        Ok(venv)
    }

    /// A new environment of that name, by one of the Pythons of this machine.
    pub(crate) fn by(repo: &Repo, python: impl AsRef<OsStr>, name: &str) -> Result<Self, Failure> {
        let venv = Self(repo.target(name));
        Step::new(repo, "py: virtual environment", python)
            .args(["-m", "venv", "--clear"])
            .args([&venv.0])
            .must(repo)?;
        Ok(venv)
    }

    /// A folder of the environment with another version of one package, for `PYTHONPATH` to prefer.
    pub(crate) fn beside(&self, repo: &Repo, package: &str) -> Result<PathBuf, Failure> {
        let folder = self.0.join(package);
        if folder.is_dir() {
            return Ok(folder);
        }
        self.python(repo, &format!("py: pip install {package}"))
            .args(["-m", "pip", "install", "--disable-pip-version-check", "--no-deps", package, "--target"])
            .args([&folder])
            .must(repo)?;
        Ok(folder)
    }

    /// The environment's Python.
    pub(crate) fn interpreter(&self) -> PathBuf {
        self.0.join("bin/python")
    }

    /// A program that one of its packages brings.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.0.join("bin").join(name)
    }

    /// One call of it.
    pub(crate) fn python(&self, repo: &Repo, name: &str) -> Step {
        Step::new(repo, name, self.interpreter()).env("VIRTUAL_ENV", &self.0)
    }
}

fn require_python(repo: &Repo) -> Result<(), Failure> {
    let recent = "import sys; sys.exit(sys.version_info < (3, 10))";
    if Step::new(repo, "python3", "python3").args(["-c", recent]).succeeds() {
        Ok(())
    } else {
        Err(Failure::new(
            "Python 3.10 or later is needed as python3: https://python.org or your system's packages",
        ))
    }
}
