//! The Python package, installed into a virtual environment and tested there; also with the oldest NumPy it takes, and
//! where there is no lock.

use crate::{
    failure::Failure,
    python::Venv,
    sheet::Part,
    totals::Runner,
    wheels::free_threaded::{self, FreeThreaded},
};

const FOLDER: &str = "oxicore-py";
/// The oldest NumPy the package takes; newest is what the environment has.
const OLD_NUMPY: &str = "numpy==1.26.4";
/// Whatever touches an array, by the old NumPy; the data frame libraries want a newer one.
pub(crate) const ON_ARRAYS: [&str; 7] = [
    "tests/test_arrays.py",
    "tests/test_columns.py",
    "tests/test_golden.py",
    "tests/test_many.py",
    "tests/test_recording.py",
    "tests/test_slicing.py",
    "tests/test_twin.py",
];

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    let venv = Venv::ensure(part.repo)?;
    let folder = part.repo.at(FOLDER);
    let develop = venv.python(part.repo, "py: build").args(["-m", "maturin", "develop"]).folder(&folder);
    let pytest = |name| venv.python(part.repo, name).args(["-m", "pytest", "-q"]).folder(&folder);
    let everything = pytest("py: pytest, notebooks").args(["--nbmake", "tests", "python", "examples"]);
    develop.must(part.repo)?;
    part.tests(everything, Runner::Pytest)?;
    let old_numpy = venv.beside(part.repo, OLD_NUMPY)?;
    let old = pytest("py: pytest on NumPy 1.26").args(ON_ARRAYS).env("PYTHONPATH", old_numpy);
    part.tests(old.env("OXI_NUMPY", "1.26"), Runner::Pytest)?;
    without_lock(part)
}

/// On every interpreter without a lock that this machine has.
fn without_lock(part: &mut Part<'_>) -> Result<(), Failure> {
    let here = FreeThreaded::here(part.repo);
    if here.is_empty() {
        println!("  py: left out: {}", free_threaded::missing(part.repo));
    }
    here.iter().try_for_each(|python| part.tests(python.tests(part.repo)?, Runner::Pytest))
}
