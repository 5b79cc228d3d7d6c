//! The npm package, built and used from Node.js, from strict TypeScript, and in a page and a worker of headless Chromium.

use crate::{failure::Failure, needs, npm, sheet::Part, step::Step, totals::Runner, wasm};

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    wasm::build(part.repo)?;
    npm::install(part.repo, wasm::FOLDER)?;
    let glue = Step::cargo(part.repo, "wasm: glue generator").args(["test", "--package", "oxi-wasm-glue"]);
    part.tests(glue, Runner::Cargo)?;
    let folder = part.repo.at(wasm::FOLDER);
    let package = npm::npm(part.repo, "wasm: Node.js and Chromium", &folder)
        .args(["test"])
        .env("CHROMIUM_PATH", needs::browser()?);
    part.tests(package, Runner::Node)
}
