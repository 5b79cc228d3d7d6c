//! The browser code: types, unit tests, and the whole platform in headless Chromium.

use crate::{failure::Failure, needs, npm, sheet::Part, step::Step, totals::Runner, web};

const FOLDER: &str = "server/web";

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    web::build(part.repo)?;
    let folder = part.repo.at(FOLDER);
    part.check(npm::npm(part.repo, "web: types and rules", &folder).args(["run", "check"]))?;
    part.tests(npm::npm(part.repo, "web: unit tests", &folder).args(["test"]), Runner::Node)?;
    end_to_end(part)
}

fn end_to_end(part: &mut Part<'_>) -> Result<(), Failure> {
    // As the server's own tests build it: the same dependencies with the same features, so nothing is built twice.
    let words = ["test", "--no-run", "--package", "oxi-server"];
    Step::cargo(part.repo, "web: server to test against").args(words).must(part.repo)?;
    let browser = needs::browser()?;
    let tests = npm::npm(part.repo, "web: end to end", &part.repo.at(FOLDER))
        .args(["run", "e2e"])
        .env("OXI_SERVER_BIN", part.repo.target("debug/oxi"))
        .env("CHROMIUM_PATH", browser);
    part.tests(tests, Runner::Node)
}
