//! A job: after an update of the algorithms or readers, asks for a new analysis of each night that needs one.

use std::time::Duration;

use super::analysis::REVISIONS;
use super::renew;
use crate::audit::{Act, Duty, Work};
use crate::error::Problem;
use crate::platform::jobs::{self, Kind};
use crate::rows::{self, Outdated};
use crate::state::App;

pub(super) const JOB: Kind<App> = Kind {
    name: "analyses-outdated",
    every: Some(Duration::from_mins(10)),
    run: |app, _| Box::pin(async move { Ok(ask_for_outdated(&app).await.map(drop)?) }),
};

/// Recordings looked up, and jobs asked for, at a time.
const BATCH: u32 = 100;

/// Asks for a job for each recording whose analysis lower revisions made; says how many there are.
///
/// # Errors
/// When the database is away; what was asked for stays so.
pub async fn ask_for_outdated(app: &App) -> Result<u64, Problem> {
    let (mut found, mut after) = (0, None);
    loop {
        let outdated = rows::outdated(&app.db, REVISIONS, after.as_ref(), BATCH).await?;
        let Some(last) = outdated.last().cloned() else { return Ok(found) };
        found += ask_for(app, &outdated).await?;
        after = Some(last);
    }
}

async fn ask_for(app: &App, outdated: &[Outdated]) -> Result<u64, Problem> {
    let (now, count) = (app.clock.now(), outdated.len() as u64);
    let mut work = Work::begin(&app.db, Duty::Analysis).await?;
    for outdated in outdated {
        jobs::enqueue(&mut work, (renew::JOB.name, outdated.id().as_str()), now).await?;
    }
    work.commit(Act::on_rows("analyses-asked-for", count)).await?;
    Ok(count)
}
