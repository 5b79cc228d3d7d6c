//! The core on a microcontroller without an allocator, in an emulator.

use crate::{failure::Failure, rust_target, sheet::Part, step::Step, totals::Runner};

/// The compilation targets of the emulated boards.
const CORTEX_M4: &str = "thumbv7em-none-eabihf";
const CORTEX_M0: &str = "thumbv6m-none-eabi";

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    rust_target::ensure(part.repo, CORTEX_M4)?;
    rust_target::ensure(part.repo, CORTEX_M0)?;
    let cargo = |name: &str, words: &str| {
        Step::cargo(part.repo, name)
            .args(words.split(' '))
            .folder(part.repo.at("firmware"))
            .env("CARGO_TARGET_DIR", part.repo.target("firmware"))
    };
    let steps = [
        cargo("firmware: format", "fmt --check"),
        cargo("firmware: clippy", "clippy --all-targets -- -D warnings"),
        cargo(
            "firmware: clippy, Cortex-M4",
            "clippy --release --target thumbv7em-none-eabihf -- -D warnings",
        ),
        cargo(
            "firmware: clippy, defmt",
            "clippy --release --lib --features defmt --target thumbv7em-none-eabihf -- -D warnings",
        ),
        cargo("firmware: clippy, Cortex-M0", "clippy --release --target thumbv6m-none-eabi -- -D warnings"),
    ];
    let smallest = Step::cargo(part.repo, "firmware: oxicore for a Cortex-M0")
        .args(["build", "--package", "oxicore", "--no-default-features", "--features", "recorders"])
        .args(["--target", CORTEX_M0]);
    let emulated = cargo("firmware: a night on emulated boards", "test");
    steps.into_iter().try_for_each(|step| part.check(step))?;
    part.check(smallest)?;
    part.tests(emulated, Runner::Cargo)
}
