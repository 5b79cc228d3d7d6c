//! `cargo xtask drill`: the real program under attack, with figures.

use crate::{
    failure::Failure,
    needs::{self, Need},
    python::Venv,
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
    let names: Vec<_> = names.iter().filter(|name| **name != "all").collect();
    let mut step = drills(repo, "drill").args(["--", "--run"]).args(&names);
    if names.is_empty() || names.iter().any(|name| **name == "contract") {
        step = with_schemathesis(repo, step)?;
    }
    step.watch()
}

/// Every drill, each for a part of its time.
pub(crate) fn sample(repo: &Repo) -> Result<Step, Failure> {
    with_schemathesis(repo, drills(repo, "drill: a sample of each").args(["--", "--sample"]))
}

/// The drill `contract` needs to know where schemathesis is.
fn with_schemathesis(repo: &Repo, step: Step) -> Result<Step, Failure> {
    Ok(step.env("SCHEMATHESIS", Venv::tools(repo)?.program("schemathesis")))
}

/// The program that attacks: a test of the server, because it shares the tests' PostgreSQL and browser.
fn drills(repo: &Repo, name: &str) -> Step {
    Step::cargo(repo, name).args(["test", "--quiet", "--package", "oxi-server", "--test", "drills"])
}
