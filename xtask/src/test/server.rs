//! The platform: SQLite and a real PostgreSQL, a folder and a real S3 server, all started by the tests themselves.

use crate::{failure::Failure, sheet::Part, step::Step, totals::Runner};

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    let tests =
        Step::cargo(part.repo, "server: tests").args(["test", "--no-fail-fast", "--package", "oxi-server"]);
    part.tests(tests, Runner::Cargo)
}
