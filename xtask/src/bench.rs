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
    wasm, web,
};

const PAGE: &str = "docs/BENCHMARKS.md";

/// What takes part beside the crates.
#[derive(Clone, Copy)]
pub(crate) struct With {
    /// Python packages; the page is written.
    pub(crate) python: bool,
    /// The npm package and the viewer.
    pub(crate) web: bool,
}

/// Runs all races.
pub(crate) fn run(repo: &Repo, with: With) -> Result<(), Failure> {
    needs::ensure(repo, &[Need::Valgrind])?;
    build(repo)?;
    let out = repo.target("bench");
    let mut race =
        Step::new(repo, "bench: ratios", repo.target("release/ratios")).args(["--out"]).args([out]);
    if with.python {
        race = pythons(repo, race)?.args(["--page"]).args([repo.at(PAGE)]);
    }
    if with.web {
        web(repo)?;
        for answer in ["bench/web.json", "bench/viewer.json"] {
            race = race.args(["--also"]).args([repo.target(answer)]);
        }
    }
    race.watch()
}

/// The npm package and the viewer, measured by their own programs.
pub(crate) fn web(repo: &Repo) -> Result<(), Failure> {
    wasm::bench(repo)?;
    web::bench(repo)
}

/// The Python peers join the race.
fn pythons(repo: &Repo, race: Step) -> Result<Step, Failure> {
    let arrays = Venv::with(repo, ".venv-arrays", "benches/peers/arrays.txt")?;
    let toolbox = Venv::with(repo, ".venv-pobm", "benches/peers/pobm.txt")?.interpreter();
    let package = python_package(repo, &arrays, &toolbox)?;
    let race = race.args(["--numbers"]).args([arrays.interpreter()]).args(["--toolbox"]).args([toolbox]);
    let race = race.args(["--also"]).args([package]);
    Ok(match Venv::with(repo, ".venv-plotly", "benches/peers/plotly.txt") {
        Ok(plotly) => race.args(["--plotly"]).args([plotly.interpreter()]),
        Err(failure) => {
            failure.print();
            println!("  bench: Plotly cannot be installed here and is not measured");
            race
        }
    })
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
