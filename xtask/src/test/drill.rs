//! Attacks on the running platform, each a sample of what `cargo xtask drill` does in full.

use crate::{drill, failure::Failure, sheet::Part, totals::Runner};

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    part.tests(drill::sample(part.repo)?, Runner::Cargo)
}
