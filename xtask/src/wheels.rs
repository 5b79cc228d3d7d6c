//! `cargo xtask wheels`: one wheel for all Pythons, tested on each that this machine has; the source package built anew.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{failure::Failure, fresh, python::Venv, repo::Repo, step::Step, test::ON_ARRAYS};

const FOLDER: &str = "oxicore-py";
/// Every Python the wheel is for; one that is not here is named and left out.
const PYTHONS: [&str; 5] = ["python3.10", "python3.11", "python3.12", "python3.13", "python3.14"];
/// Those without a lock, each with a wheel of its own; the bindings know none before 3.14.
const FREE_THREADED: [&str; 2] = ["python3.14t", "python3.15t"];
/// Tests on each of them beside those on arrays.
const BESIDE: [&str; 4] =
    ["tests/test_desaturations.py", "tests/test_safety.py", "tests/test_join.py", "tests/test_errors.py"];
/// What those tests need beside the wheel.
const TOOLS: [&str; 4] = ["pytest==9.2.0", "hypothesis", "tqdm", "numpy"];

/// Builds and tests the packages; with `engines` also on Spark and Ray.
pub(crate) fn run(repo: &Repo, engines: bool) -> Result<(), Failure> {
    let folder = repo.target("wheels");
    if folder.is_dir() {
        fs::remove_dir_all(&folder).map_err(Failure::io("empty", &folder))?;
    }
    Venv::ensure(repo)?
        .python(repo, "wheels: build")
        .args(["-m", "maturin", "build", "--sdist", "--out"])
        .args([&folder])
        .folder(repo.at(FOLDER))
        .must(repo)?;
    let wheel = found(&folder, "whl")?;
    for python in PYTHONS {
        if is_here(repo, python) {
            on(repo, python, &wheel)?;
        }
    }
    for python in FREE_THREADED {
        if is_here(repo, python) {
            without_lock(repo, python)?;
        }
    }
    from_source(repo, &found(&folder, "gz")?)?;
    if engines {
        on_engines(repo, &wheel)?;
    }
    Ok(())
}

/// Builds and tests only the wheels for interpreters without a lock, of which there must be one.
pub(crate) fn free_threaded(repo: &Repo) -> Result<(), Failure> {
    let here: Vec<_> = FREE_THREADED.into_iter().filter(|python| is_here(repo, python)).collect();
    if here.is_empty() {
        let names = FREE_THREADED.join(" or ");
        return Err(Failure::new(format!(
            "no interpreter without a lock: {names} must be on the PATH (CPython's `./configure --disable-gil`)"
        )));
    }
    here.into_iter().try_for_each(|python| without_lock(repo, python))
}

fn is_here(repo: &Repo, python: &str) -> bool {
    let is_here = Step::new(repo, python, python).args(["-c", "import venv, ensurepip"]).succeeds();
    if !is_here {
        println!("  wheels: {python} is not on this machine");
    }
    is_here
}

/// A wheel for this interpreter alone, and its tests with the lock forbidden to come back.
fn without_lock(repo: &Repo, python: &str) -> Result<(), Failure> {
    let folder = repo.target(&format!("wheels/{python}"));
    Venv::ensure(repo)?
        .python(repo, &format!("wheels: build for {python}"))
        .args(["-m", "maturin", "build", "--interpreter", python, "--out"])
        .args([&folder])
        .folder(repo.at(FOLDER))
        .must(repo)?;
    on(repo, python, &found(&folder, "whl")?)
}

fn on(repo: &Repo, python: &str, wheel: &Path) -> Result<(), Failure> {
    let venv = Venv::by(repo, python, &format!(".venv-{python}"))?;
    install(repo, &venv, python, wheel)?;
    let mut tests = venv.python(repo, &format!("wheels: pytest on {python}")).args(["-m", "pytest", "-q"]);
    if FREE_THREADED.contains(&python) {
        tests = tests.env("PYTHON_GIL", "0");
    }
    tests = tests.args(ON_ARRAYS).args(BESIDE);
    tests.folder(repo.at(FOLDER)).must(repo).map(drop)
}

fn install(repo: &Repo, venv: &Venv, name: &str, wheel: &Path) -> Result<(), Failure> {
    venv.python(repo, &format!("wheels: pip install on {name}"))
        .args(["-m", "pip", "install", "--disable-pip-version-check", "--force-reinstall"])
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

fn found(folder: &Path, extension: &str) -> Result<PathBuf, Failure> {
    let mut all = fresh::entries(folder)?.into_iter();
    let fitting = all.find(|path| path.extension().is_some_and(|found| found == extension));
    fitting.ok_or_else(|| Failure::new(format!("no .{extension} in {}", folder.display())))
}
