//! Bringing the numbers of the list up to date after an update of the algorithms, beside the requests.

use super::night_view::night;
use crate::error::Problem;
use crate::recordings::{self, CanView, Digest, Recording};
use crate::state::App;

/// [`renew`] with a line in the log instead of an answer: for the start of the process.
pub async fn renew_once(app: &App) {
    match renew(app).await {
        Ok(0) => {}
        Ok(renewed) => tracing::info!(renewed, "list numbers computed by the present definitions"),
        Err(problem) => tracing::error!(cause = ?problem.cause(), "list numbers could not be computed anew"),
    }
}

/// Recomputes the list numbers of recordings that another revision of the algorithms made; says how many.
///
/// # Errors
/// When the database is away; what was done stays done.
pub async fn renew(app: &App) -> Result<u64, Problem> {
    let mut renewed = 0;
    for seen in recordings::list_outdated(&app.db, oxicore::ALGORITHM_REVISION).await? {
        match digest(app, &seen).await {
            Ok(digest) => {
                recordings::renew_digest(&app.db, &seen, &digest).await?;
                renewed += 1;
            }
            Err(problem) => report(seen.recording(), &problem),
        }
    }
    Ok(renewed)
}

async fn digest(app: &App, seen: &CanView) -> Result<Digest, Problem> {
    Ok(Digest::of(&night(app, seen).await?.summary))
}

fn report(recording: &Recording, problem: &Problem) {
    tracing::error!(recording = %recording.id, cause = ?problem.cause(), "list numbers stay those of an older revision");
}
