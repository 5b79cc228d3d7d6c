//! `cargo xtask wheels`: one wheel for all Pythons, tested on each that this machine has; the source package built anew.

pub(crate) mod free_threaded;

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use free_threaded::FreeThreaded;

use crate::{failure::Failure, fresh, python::Venv, repo::Repo, step::Step, test::ON_ARRAYS};

const FOLDER: &str = "oxicore-py";
/// Every Python the wheel is for; one that is not here is named and left out.
const PYTHONS: [&str; 5] = ["python3.10", "python3.11", "python3.12", "python3.13", "python3.14"];
/// Tests on each of them beside those on arrays.
const BESIDE: [&str; 6] = [
    "tests/test_cli.py",
    "tests/test_desaturations.py",
    "tests/test_documents.py",
    "tests/test_errors.py",
    "tests/test_join.py",
    "tests/test_safety.py",
];
/// What those tests need beside the wheel.
const TOOLS: [&str; 6] = ["pytest==9.2.0", "hypothesis", "tqdm", "numpy", "pyarrow", "matplotlib"];

/// Builds and tests the packages; with `engines` also on Spark and Ray.
pub(crate) fn run(repo: &Repo, engines: bool) -> Result<(), Failure> {
    let folder = emptied(repo.target("wheels"))?;
    Venv::ensure(repo)?
        .python(repo, "wheels: build")
        .args(["-m", "maturin", "build", "--sdist", "--out"])
        .args([&folder])
        .folder(repo.at(FOLDER))
        .must(repo)?;
    let wheel = found(&folder, "whl")?;
    for python in PYTHONS {
        if has_venv(repo, python) {
            tests(repo, python, python, &wheel)?.must(repo)?;
        } else {
            println!("  wheels: {python} is not on this machine");
        }
    }
    match FreeThreaded::here(repo).as_slice() {
        [] => println!("  wheels: {}", free_threaded::missing(repo)),
        here => test_each(repo, here)?,
    }
    from_source(repo, &found(&folder, "gz")?)?;
    if engines {
        on_engines(repo, &wheel)?;
    }
    Ok(())
}

/// Builds and tests only the wheels for interpreters without a lock, of which there must be one.
pub(crate) fn free_threaded(repo: &Repo) -> Result<(), Failure> {
    match FreeThreaded::here(repo).as_slice() {
        [] => Err(Failure::new(free_threaded::missing(repo))),
        here => test_each(repo, here),
    }
}

fn test_each(repo: &Repo, here: &[FreeThreaded]) -> Result<(), Failure> {
    here.iter().try_for_each(|python| python.tests(repo)?.must(repo).map(drop))
}

/// Whether there is such a Python, and it can make virtual environments.
fn has_venv(repo: &Repo, python: impl AsRef<OsStr>) -> bool {
    Step::new(repo, "python", python).args(["-c", "import venv, ensurepip"]).succeeds()
}

/// The tests of a wheel, which is installed into an environment made by that Python.
fn tests(repo: &Repo, name: &str, python: impl AsRef<OsStr>, wheel: &Path) -> Result<Step, Failure> {
    let venv = Venv::by(repo, python, &format!(".venv-{name}"))?;
    install(repo, &venv, name, wheel)?;
    let tests = venv.python(repo, &format!("wheels: pytest on {name}")).args(["-m", "pytest", "-q"]);
    Ok(tests.args(ON_ARRAYS).args(BESIDE).folder(repo.at(FOLDER)))
}

fn install(repo: &Repo, venv: &Venv, name: &str, wheel: &Path) -> Result<(), Failure> {
    venv.python(repo, &format!("wheels: pip install on {name}"))
        .args(["-m", "pip", "install", "--disable-pip-version-check", "--force-reinstall", "--prefer-binary"])
        .args(TOOLS)
        .args([wheel])
        .must(repo)
        .map(drop)
}

/// As pip does it where no wheel fits: in a folder of its own, with nothing built before.
fn from_source(repo: &Repo, sdist: &Path) -> Result<(), Failure> {
    Venv::ensure(repo)?
        .python(repo, "wheels: build from the source package")
        .args([
            "-m",
            "pip",
            "wheel",
            "--disable-pip-version-check",
            "--no-deps",
            "--no-cache-dir",
            "--wheel-dir",
        ])
        .args([repo.target("wheels/from-source")])
        .args([sdist])
        .env("CARGO_TARGET_DIR", repo.target("wheels/from-source-target"))
        .must(repo)
        .map(drop)
}

fn on_engines(repo: &Repo, wheel: &Path) -> Result<(), Failure> {
    let venv = Venv::with(repo, ".venv-engines", "oxicore-py/requirements-engines.txt")?;
    venv.python(repo, "wheels: pip install beside the engines")
        .args(["-m", "pip", "install", "--disable-pip-version-check", "--force-reinstall", "--no-deps"])
        .args([wheel])
        .must(repo)?;
    venv.python(repo, "wheels: pytest on Spark and Ray")
        .args(["-m", "pytest", "-q", "-W", "default", "tests/engines_elsewhere.py"])
        .folder(repo.at(FOLDER))
        .must(repo)
        .map(drop)
}

fn emptied(folder: PathBuf) -> Result<PathBuf, Failure> {
    if folder.is_dir() {
        fs::remove_dir_all(&folder).map_err(Failure::io("empty", &folder))?;
    }
    Ok(folder)
}

fn found(folder: &Path, extension: &str) -> Result<PathBuf, Failure> {
    let mut all = fresh::entries(folder)?.into_iter();
    let fitting = all.find(|path| path.extension().is_some_and(|found| found == extension));
    fitting.ok_or_else(|| Failure::new(format!("no .{extension} in {}", folder.display())))
}
