//! The virtual environment the Python tests run in.

use std::path::PathBuf;

use crate::{
    failure::Failure,
    fresh::Stamp,
    needs::{self, Need},
    repo::Repo,
    step::Step,
};

/// A virtual environment below cargo's output folder, with what `oxicore-py/requirements-dev.txt` names.
#[derive(Debug)]
pub(crate) struct Venv(PathBuf);

impl Venv {
    pub(crate) fn ensure(repo: &Repo) -> Result<Self, Failure> {
        let venv = Self(repo.target(".venv"));
        let wanted = repo.at("oxicore-py/requirements-dev.txt");
        let stamp = Stamp::of(venv.0.join(".xtask-stamp"), std::slice::from_ref(&wanted))?;
        if stamp.is_fresh() && venv.python(repo, "python").args(["--version"]).succeeds() {
            return Ok(venv);
        }
        require_python(repo)?;
        needs::ensure(repo, &[Need::PythonVenv])?;
        Step::new(repo, "py: virtual environment", "python3")
            .args(["-m", "venv", "--clear"])
            .args([&venv.0])
            .must(repo)?;
        venv.python(repo, "py: pip install")
            .args(["-m", "pip", "install", "--disable-pip-version-check", "--requirement"])
            .args([&wanted])
            .must(repo)?;
        stamp.renew()?;
        Ok(venv)
    }

    /// One call of the environment's Python.
    pub(crate) fn python(&self, repo: &Repo, name: &str) -> Step {
        Step::new(repo, name, self.0.join("bin/python")).env("VIRTUAL_ENV", &self.0)
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
