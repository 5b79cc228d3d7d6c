//! The C interface: its calls, its header, and programs in C on this machine and on an emulated board.

use crate::{failure::Failure, rust_target, sheet::Part, step::Step, totals::Runner};

const BOARD: &str = "thumbv7em-none-eabihf";

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    rust_target::ensure(part.repo, BOARD)?;
    let board = Step::cargo(part.repo, "c: clippy, board").args([
        "clippy",
        "--package",
        "oxicore-c",
        "--lib",
        "--target",
        BOARD,
        "--",
        "-D",
        "warnings",
    ]);
    let tests = Step::cargo(part.repo, "c: calls, header, programs").args([
        "test",
        "--no-fail-fast",
        "--package",
        "oxicore-c",
    ]);
    part.check(board)?;
    part.tests(tests, Runner::Cargo)
}
