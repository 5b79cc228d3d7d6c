//! The library, with every feature set it promises.

use crate::{failure::Failure, rust_target, sheet::Part, step::Step, totals::Runner};

const BARE_METAL: &str = "thumbv7em-none-eabihf";

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    let cargo = |name: &str, words: &str| Step::cargo(part.repo, name).args(words.split(' '));
    let every = cargo("core: all features", "test --no-fail-fast --package oxicore --all-features");
    let none = cargo("core: no features", "test --no-fail-fast --package oxicore --no-default-features");
    let bare = cargo(
        "core: bare metal",
        "build --package oxicore --no-default-features --target thumbv7em-none-eabihf",
    );
    let figure =
        cargo("core: pictures, all features", "test --no-fail-fast --package oxi-figure --all-features");
    let plain = cargo("core: pictures without pixels", "clippy --package oxi-figure -- -D warnings");
    let benches = cargo("core: each benchmark once", "test --package oxi-benches --lib --benches");
    let readme = cargo("core: example of the README", "test --package oxi-benches --doc");
    let fuzz = cargo("core: fuzz targets", "check --manifest-path fuzz/Cargo.toml --no-default-features")
        .env("CARGO_TARGET_DIR", part.repo.target("fuzz"));
    part.tests(every, Runner::Cargo)?;
    part.tests(none, Runner::Cargo)?;
    rust_target::ensure(part.repo, BARE_METAL)?;
    part.check(bare)?;
    part.tests(figure, Runner::Cargo)?;
    part.check(plain)?;
    part.tests(benches, Runner::Cargo)?;
    part.tests(readme, Runner::Cargo)?;
    part.check(fuzz)
}
