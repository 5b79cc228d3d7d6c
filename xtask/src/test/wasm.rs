//! The npm package, built and used from Node.js, from strict TypeScript, in a page and a worker of headless Chromium, and packed
//! in the commonest places.

use crate::{failure::Failure, needs, npm, sheet::Part, totals::Runner, wasm};

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    wasm::build(part.repo)?;
    npm::install(part.repo, wasm::FOLDER)?;
    let folder = part.repo.at(wasm::FOLDER);
    let package = npm::npm(part.repo, "wasm: Node.js and Chromium", &folder)
        .args(["test"])
        .env("CHROMIUM_PATH", needs::browser()?);
    part.tests(package, Runner::Node)?;
    let places = wasm::places(part.repo, &["--ci"])?;
    part.check(places)
}
