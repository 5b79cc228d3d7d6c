//! Speed, in a unit that a busy machine cannot disturb: instructions.

use crate::{failure::Failure, gate, sheet::Part, step::Step, totals::Runner};

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    let words = "test --package oxi-benches --lib gate::";
    let own = Step::cargo(part.repo, "gate: how counts are compared").args(words.split(' '));
    part.tests(own, Runner::Cargo)?;
    let counted = gate::counter(part.repo, "gate: instructions", "check");
    part.check(counted)
}
