//! Tidying after crashes and updates: run at start.

use std::time::Duration;

use super::analysis::analyse;
use super::model::Digest;
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
    /// Recordings whose list numbers were computed anew.
    pub renewed: u64,
}

/// How long an upload may take between its announcement and its last step before it is given up.
const PATIENCE: Duration = Duration::from_mins(15);

/// Completes interrupted uploads and deletions by removing what is left of them, and recomputes the list numbers of
/// recordings that another revision of the algorithms made. Safe to run beside other processes.
///
/// # Errors
/// When the database or the object store is away; what was done stays done.
pub async fn sweep(app: &App) -> Result<Swept, Problem> {
    let now = app.clock.now();
    let given_up = store::give_up_pending(&app.db, now.minus(PATIENCE), now).await?;
    let mut swept = Swept { given_up, ..Swept::default() };
    for (owner_id, id) in store::list_hidden(&app.db).await? {
        store::erase(app, &owner_id, &id).await?;
        swept.erased += 1;
    }
    for seen in store::list_outdated(&app.db, oxicore::ALGORITHM_REVISION).await? {
        let bytes = store::bytes(app, &seen).await?;
        match analyse(bytes, seen.recording().file_name.clone()).await? {
            Ok(night) => store::renew(&app.db, &seen.recording().id, &Digest::of(&night.summary)).await?,
            Err(error) => {
                tracing::error!(recording = %seen.recording().id, %error, "cannot be read any more")
            }
        }
        swept.renewed += 1;
    }
    Ok(swept)
}
