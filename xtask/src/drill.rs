//! `cargo xtask drill`: the real program under attack, with figures.

use crate::{
    failure::Failure,
    needs::{self, Need},
    repo::Repo,
    step::Step,
    wasm,
};

/// The drill of the npm package, which needs no platform.
const PLACES: &str = "places";

/// Lists the drills.
pub(crate) fn list(repo: &Repo) -> Result<(), Failure> {
    println!(
        "{PLACES}: the npm package, packed, where people are (not among `all`: it installs what they use)"
    );
    drills(repo, "drill: what there is").watch()
}

/// Runs the named drills in full, or all of them.
pub(crate) fn run(repo: &Repo, names: &[&str]) -> Result<(), Failure> {
    if let [PLACES, words @ ..] = names {
        needs::ensure(repo, &[Need::Chromium])?;
        return wasm::places(repo, words)?.watch();
    }
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
