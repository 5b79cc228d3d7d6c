//! `cargo xtask gate`: instructions of each stage against the committed counts.

use crate::{
    failure::Failure,
    needs::{self, Need},
    repo::Repo,
    step::Step,
};

const LIST: &str = "benches/instructions.txt";

/// Shows every stage with its old and its new count; fails when one has grown too much.
pub(crate) fn check(repo: &Repo) -> Result<(), Failure> {
    needs::ensure(repo, &[Need::Valgrind])?;
    counter(repo, "gate: instructions", "check").watch()
}

/// Accepts the counts of this checkout.
pub(crate) fn bless(repo: &Repo) -> Result<(), Failure> {
    needs::ensure(repo, &[Need::Valgrind])?;
    counter(repo, "gate: new counts", "bless").watch()
}

/// The program that counts, built as it is shipped.
pub(crate) fn counter(repo: &Repo, name: &str, command: &str) -> Step {
    Step::cargo(repo, name)
        .args(["run", "--quiet", "--release", "--package", "oxi-benches", "--bin", "gate", "--"])
        .args([command, LIST])
        .env("CARGO_INCREMENTAL", "0")
}
