//! Bringing analyses up to date after an update of the algorithms or readers, beside the requests.

use super::analysis::REVISIONS;
use super::kept;
use crate::error::Problem;
use crate::recordings;
use crate::rows::{self, Outdated};
use crate::state::App;

/// Recordings looked up at a time.
const BATCH: u32 = 100;

/// [`renew`] with a line in the log instead of an answer: for the start of the process.
pub async fn renew_once(app: &App) {
    match renew(app).await {
        Ok(0) => {}
        Ok(renewed) => tracing::info!(renewed, "nights analysed by the present definitions"),
        Err(problem) => tracing::error!(cause = ?problem.cause(), "nights could not be analysed anew"),
    }
}

/// Makes the analyses of recordings anew that lower revisions made, one after the other; says how many. Safe to run
/// beside other processes: who comes second keeps the same.
///
/// # Errors
/// When the database is away; what was done stays done.
pub async fn renew(app: &App) -> Result<u64, Problem> {
    let (mut renewed, mut after) = (0, None);
    loop {
        let outdated = rows::outdated(&app.db, REVISIONS, after.as_ref(), BATCH).await?;
        let Some(last) = outdated.last().cloned() else { return Ok(renewed) };
        for outdated in outdated {
            renewed += u64::from(renew_one(app, &outdated).await?);
        }
        after = Some(last);
    }
}

/// `false` when there was nothing to do, or it could not be done.
async fn renew_one(app: &App, outdated: &Outdated) -> Result<bool, Problem> {
    let Some(seen) = recordings::find_for_maintenance(&app.db, outdated).await? else { return Ok(false) };
    match kept::make_anew(app, &seen).await {
        Ok(()) => Ok(true),
        Err(problem) => {
            tracing::error!(recording = %outdated.id(), cause = ?problem.cause(), "the analysis stays that of an older revision");
            Ok(false)
        }
    }
}
