//! The npm package, built and used from Node.js.

use crate::{failure::Failure, npm, sheet::Part, totals::Runner, wasm};

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    wasm::build(part.repo)?;
    let folder = part.repo.at("oxicore-wasm");
    let node = npm::npm(part.repo, "wasm: node", &folder).args(["test"]);
    part.tests(node, Runner::Node)
}
