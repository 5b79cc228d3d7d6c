//! The documentation site, built and looked through.

use crate::{failure::Failure, sheet::Part, site, totals::Runner};

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    let site = site::build(part.repo)?;
    part.tests(site.tests(part.repo), Runner::Pytest)
}
