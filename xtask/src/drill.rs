//! `cargo xtask drill`: the real program under attack, with figures.

use crate::{
    failure::Failure,
    needs::{self, Need},
    repo::Repo,
    step::Step,
};

/// Lists the drills.
pub(crate) fn list(repo: &Repo) -> Result<(), Failure> {
    drills(repo, "drill: what there is").watch()
}

/// Runs the named drills in full, or all of them.
pub(crate) fn run(repo: &Repo, names: &[&str]) -> Result<(), Failure> {
    needs::ensure(repo, &[Need::Postgres])?;
    let names = names.iter().filter(|name| **name != "all");
    drills(repo, "drill").args(["--", "--run"]).args(names).watch()
}

/// Every drill, each for a part of its time.
pub(crate) fn sample(repo: &Repo) -> Step {
    drills(repo, "drill: a sample of each").args(["--", "--sample"])
}

/// The program that attacks: a test of the server, because it shares the tests' PostgreSQL and browser.
fn drills(repo: &Repo, name: &str) -> Step {
    Step::cargo(repo, name).args(["test", "--quiet", "--package", "oxi-server", "--test", "drills"])
}
