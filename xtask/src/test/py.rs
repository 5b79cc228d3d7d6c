//! The Python package, installed into a virtual environment and tested there.

use crate::{failure::Failure, python::Venv, sheet::Part, totals::Runner};

const FOLDER: &str = "oxicore-py";

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    let venv = Venv::ensure(part.repo)?;
    let folder = part.repo.at(FOLDER);
    let develop = venv.python(part.repo, "py: build").args(["-m", "maturin", "develop"]).folder(&folder);
    let pytest = venv.python(part.repo, "py: pytest").args(["-m", "pytest", "-q"]).folder(&folder);
    develop.must(part.repo)?;
    part.tests(pytest, Runner::Pytest)
}
