//! `cargo xtask wheels`: one wheel for all Pythons, tested on each that this machine has; the source package built anew.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{failure::Failure, fresh, python::Venv, repo::Repo, step::Step, test::ON_ARRAYS};

const FOLDER: &str = "oxicore-py";
/// Every Python the wheel is for; one that is not here is named and left out.
const PYTHONS: [&str; 6] =
    ["python3.10", "python3.11", "python3.12", "python3.13", "python3.14", "python3.13t"];
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
        on(repo, python, &wheel)?;
    }
    from_source(repo, &found(&folder, "gz")?)?;
    if engines {
        on_engines(repo, &wheel)?;
    }
    Ok(())
}

fn on(repo: &Repo, python: &str, wheel: &Path) -> Result<(), Failure> {
    if !Step::new(repo, python, python).args(["-c", "import venv, ensurepip"]).succeeds() {
        println!("  wheels: {python} is not on this machine");
        return Ok(());
    }
    let venv = Venv::by(repo, python, &format!(".venv-{python}"))?;
    install(repo, &venv, python, wheel)?;
    let mut tests = venv.python(repo, &format!("wheels: pytest on {python}")).args(["-m", "pytest", "-q"]);
    tests =
        tests.args(ON_ARRAYS).args(["tests/test_safety.py", "tests/test_join.py", "tests/test_errors.py"]);
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
