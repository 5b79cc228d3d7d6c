//! What reads the source instead of running it, and this tool's own tests.

use super::rules;
use crate::{
    direction,
    failure::Failure,
    rust_target::{self, WASM},
    sheet::Part,
    step::Step,
    totals::Runner,
};

const STRICT: [&str; 3] = ["--", "-D", "warnings"];

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    let complaints = rules::complaints(part.repo)?;
    part.check_own("lint: house rules", &complaints);
    let cargo = |name: &str, words: &str| Step::cargo(part.repo, name).args(words.split(' '));
    let steps = [
        direction::check(part.repo),
        cargo("lint: lock file", "metadata --locked --format-version 1 --quiet"),
        cargo("lint: format", "fmt --all --check"),
        cargo("lint: format of fuzz", "fmt --check --manifest-path fuzz/Cargo.toml"),
        cargo("lint: clippy", "clippy --workspace --all-targets").args(STRICT),
        cargo("lint: clippy, every feature", "clippy --package oxicore --all-features --all-targets")
            .args(STRICT),
        cargo("lint: clippy, no feature", "clippy --package oxicore --no-default-features").args(STRICT),
        cargo("lint: clippy, wasm", "clippy --package oxicore-wasm --target wasm32-unknown-unknown")
            .args(STRICT),
        cargo("lint: docs", "doc --workspace --no-deps").env("RUSTDOCFLAGS", "-D warnings"),
    ];
    let own = [
        cargo("lint: this tool's tests", "test --package xtask"),
        cargo("lint: tests of the direction's rule", "test --package oxi-direction"),
    ];
    rust_target::ensure(part.repo, WASM)?;
    rust_target::ensure_component(part.repo, "fmt", "rustfmt")?;
    rust_target::ensure_component(part.repo, "clippy", "clippy")?;
    steps.into_iter().try_for_each(|step| part.check(step))?;
    own.into_iter().try_for_each(|step| part.tests(step, Runner::Cargo))
}
