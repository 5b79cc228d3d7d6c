//! Tidying after crashes and updates, beside the requests.

use std::time::Duration;

use super::analysis::analyse;
use super::model::{Digest, Recording};
use super::permission::CanView;
use super::store;
use crate::app::App;
use crate::error::Problem;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Uploads given up: announced long ago, never completed.
    pub given_up: u64,
    /// Deletions completed.
    pub erased: u64,
}

/// How long an upload may take between its announcement and its last step before it is given up.
const PATIENCE: Duration = Duration::from_mins(15);
/// Time between two sweeps.
const PERIOD: Duration = Duration::from_mins(10);

/// Keeps the recordings tidy for as long as the process runs: [`renew`] once, [`sweep`] again and again.
pub async fn keep_tidy(app: App) {
    match renew(&app).await {
        Ok(0) => {}
        Ok(renewed) => tracing::info!(renewed, "list numbers computed by the present definitions"),
        Err(problem) => tracing::error!(cause = ?problem.cause(), "list numbers could not be computed anew"),
    }
    loop {
        match sweep(&app).await {
            Ok(swept) if swept == Swept::default() => {}
            Ok(Swept { given_up, erased }) => tracing::info!(given_up, erased, "tidied up"),
            Err(problem) => {
                tracing::error!(cause = ?problem.cause(), "could not tidy up; trying again later")
            }
        }
        tokio::time::sleep(PERIOD).await;
    }
}

/// Completes interrupted uploads and deletions by removing what is left of them. Safe to run beside other processes.
///
/// # Errors
/// When the database or the object store is away; what was done stays done.
pub async fn sweep(app: &App) -> Result<Swept, Problem> {
    let now = app.clock.now();
    let given_up = store::give_up_pending(&app.db, now.minus(PATIENCE), now).await?;
    let mut swept = Swept { given_up, erased: 0 };
    for (owner_id, id) in store::list_hidden(&app.db).await? {
        store::erase(app, &owner_id, &id).await?;
        swept.erased += 1;
    }
    Ok(swept)
}

/// Recomputes the list numbers of recordings that another revision of the algorithms made; says how many.
///
/// # Errors
/// When the database is away; what was done stays done.
pub async fn renew(app: &App) -> Result<u64, Problem> {
    let mut renewed = 0;
    for seen in store::list_outdated(&app.db, oxicore::ALGORITHM_REVISION).await? {
        match digest(app, &seen).await {
            Ok(digest) => {
                store::renew(&app.db, &seen.recording().id, &digest).await?;
                renewed += 1;
            }
            Err(problem) => report(seen.recording(), &problem),
        }
    }
    Ok(renewed)
}

async fn digest(app: &App, seen: &CanView) -> Result<Digest, Problem> {
    let bytes = store::bytes(app, seen).await?;
    let night = analyse(bytes, seen.recording().file_name.clone()).await?.map_err(Problem::internal)?;
    Ok(Digest::of(&night.summary))
}

fn report(recording: &Recording, problem: &Problem) {
    tracing::error!(recording = %recording.id, cause = ?problem.cause(), "list numbers stay those of an older revision");
}
