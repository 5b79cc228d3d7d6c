//! `cargo xtask bench`: every ratio of the project in one run, and `docs/BENCHMARKS.md` from it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    failure::Failure,
    fresh,
    needs::{self, Need},
    python::Venv,
    repo::Repo,
    step::Step,
};

const PAGE: &str = "docs/BENCHMARKS.md";

/// Runs all races; with `python` also those against Python packages, and writes the page.
pub(crate) fn run(repo: &Repo, python: bool) -> Result<(), Failure> {
    needs::ensure(repo, &[Need::Valgrind])?;
    build(repo)?;
    let out = repo.target("bench");
    let mut race =
        Step::new(repo, "bench: ratios", repo.target("release/ratios")).args(["--out"]).args([out]);
    if python {
        let arrays = Venv::with(repo, ".venv-arrays", "benches/peers/arrays.txt")?;
        let toolbox = Venv::with(repo, ".venv-pobm", "benches/peers/pobm.txt")?.interpreter();
        let package = python_package(repo, &arrays, &toolbox)?;
        race = race.args(["--numbers"]).args([arrays.interpreter()]).args(["--toolbox"]).args([toolbox]);
        race = race.args(["--also"]).args([package]).args(["--page"]).args([repo.at(PAGE)]);
    }
    race.watch()
}

fn build(repo: &Repo) -> Result<(), Failure> {
    Step::cargo(repo, "bench: build")
        .args(["build", "--release", "--package", "oxi-benches", "--bins"])
        .env("CARGO_INCREMENTAL", "0")
        .must(repo)
        .map(drop)
}

/// Has the Python package measured by its own program, and says where the answer is.
fn python_package(repo: &Repo, builder: &Venv, toolbox: &Path) -> Result<PathBuf, Failure> {
    let venv = Venv::with(repo, ".venv-bench", "oxicore-py/benches/requirements.txt")?;
    venv.python(repo, "bench: install the wheel")
        .args(["-m", "pip", "install", "--disable-pip-version-check", "--force-reinstall", "--no-deps"])
        .args([wheel(repo, builder)?])
        .must(repo)?;
    let answer = repo.target("bench/python.json");
    venv.python(repo, "bench: the Python package")
        .args([repo.at("oxicore-py/benches/ratios.py")])
        .args(["--json"])
        .args([&answer])
        .args(["--pobm"])
        .args([toolbox])
        .watch()?;
    Ok(answer)
}

/// The package as it is released.
fn wheel(repo: &Repo, builder: &Venv) -> Result<PathBuf, Failure> {
    let folder = repo.target("bench/wheel");
    if folder.is_dir() {
        fs::remove_dir_all(&folder).map_err(Failure::io("empty", &folder))?;
    }
    builder
        .python(repo, "bench: build the wheel")
        .args(["-m", "maturin", "build", "--out"])
        .args([&folder])
        .folder(repo.at("oxicore-py"))
        .must(repo)?;
    let wheels = fresh::entries(&folder)?;
    wheels.into_iter().next().ok_or_else(|| Failure::new(format!("no wheel in {}", folder.display())))
}
