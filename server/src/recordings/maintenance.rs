//! Tidying after crashes, beside the requests.

use std::time::Duration;

use super::{original, store};
use crate::error::Problem;
use crate::http::audit::{Act, Duty, Work};
use crate::state::App;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Uploads given up: announced long ago, never completed.
    pub given_up: u64,
    /// Deletions completed.
    pub erased: u64,
    /// Half-written files of crashes removed from the object store.
    pub drafts: u64,
}

/// How long an upload may take between its announcement and its last step before it is given up.
const PATIENCE: Duration = Duration::from_mins(15);
/// Time between two sweeps.
const PERIOD: Duration = Duration::from_mins(10);

/// Keeps the recordings tidy for as long as the process runs: [`sweep`] again and again.
pub async fn keep_tidy(app: App) {
    loop {
        match sweep(&app).await {
            Ok(swept) if swept == Swept::default() => {}
            Ok(Swept { given_up, erased, drafts }) => {
                tracing::info!(given_up, erased, drafts, "tidied up")
            }
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
    let mut swept = Swept { given_up: give_up_pending(app).await?, ..Swept::default() };
    for hidden in store::list_hidden(&app.db).await? {
        original::erase(app, &hidden).await?;
        swept.erased += 1;
    }
    swept.drafts = app.blobs.tidy().await?;
    Ok(swept)
}

async fn give_up_pending(app: &App) -> Result<u64, Problem> {
    let now = app.clock.now();
    let mut connection = Work::begin(&app.db, Duty::Sweep).await?;
    let given_up = store::give_up_pending(&mut connection, now.minus(PATIENCE), now).await?;
    connection.commit(Act::on_rows("uploads-given-up", given_up)).await?;
    Ok(given_up)
}
