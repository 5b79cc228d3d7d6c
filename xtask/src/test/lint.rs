//! What reads the source instead of running it, and this tool's own tests.

use std::fs;

use super::{deny, rules, security};
use crate::{
    direction,
    failure::Failure,
    repo::Repo,
    rust_target::{self, WASM},
    sheet::Part,
    step::Step,
    totals::Runner,
};

const STRICT: [&str; 3] = ["--", "-D", "warnings"];

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    let complaints = rules::complaints(part.repo)?;
    part.check_own("lint: house rules", &complaints);
    part.check_own("lint: tests that the security page names", &security::complaints(part.repo)?);
    deny::run(part)?;
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
        cargo("lint: constants of the browser's charts", "test --package oxi-figure --test it browser::"),
        cargo("lint: tests of the direction's rule", "test --package oxi-direction"),
    ];
    let oldest = oldest(&manifest(part.repo, "oxicore/Cargo.toml")?)?;
    rust_target::ensure_toolchain(part.repo, &oldest)?;
    rust_target::ensure(part.repo, WASM)?;
    rust_target::ensure_component(part.repo, "fmt", "rustfmt")?;
    rust_target::ensure_component(part.repo, "clippy", "clippy")?;
    steps.into_iter().try_for_each(|step| part.check(step))?;
    part.check(with_oldest(part.repo, &oldest))?;
    own.into_iter().try_for_each(|step| part.tests(step, Runner::Cargo))
}

/// The library promises to compile with an older Rust than the pinned one.
fn with_oldest(repo: &Repo, oldest: &str) -> Step {
    Step::new(repo, format!("lint: oxicore with Rust {oldest}"), "rustup")
        .args(["run", oldest, "cargo", "check", "--package", "oxicore", "--all-features"])
        .env("CARGO_TARGET_DIR", repo.target("oldest"))
}

fn manifest(repo: &Repo, path: &str) -> Result<String, Failure> {
    let path = repo.at(path);
    fs::read_to_string(&path).map_err(Failure::io("read", &path))
}

/// The `rust-version` of a manifest.
fn oldest(manifest: &str) -> Result<String, Failure> {
    let line = manifest.lines().find_map(|line| line.strip_prefix("rust-version = \""));
    let version = line.and_then(|rest| rest.strip_suffix('"'));
    version.map(str::to_owned).ok_or_else(|| Failure::new("a manifest without its own rust-version"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_rust_of_the_library_is_four_releases_behind_the_pin() {
        let minor = |version: &str| version.split('.').nth(1).unwrap().parse::<u32>().unwrap();
        let repo = Repo::find().unwrap();
        let pin = manifest(&repo, "rust-toolchain.toml").unwrap();
        let pin = pin.lines().find_map(|line| line.strip_prefix("channel = \"")).unwrap();
        let oldest = oldest(&manifest(&repo, "oxicore/Cargo.toml").unwrap()).unwrap();
        assert_eq!(minor(&oldest) + 4, minor(pin.trim_end_matches('"')));
    }
    #[test]
    fn the_citation_names_the_version() {
        let citation = manifest(&Repo::find().unwrap(), "CITATION.cff").unwrap();
        let line = format!("version: {}", env!("CARGO_PKG_VERSION"));
        assert!(citation.lines().any(|found| found == line), "{line}");
    }
}
