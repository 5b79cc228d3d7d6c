//! A job: removes half-written files of crashes from the object store.

use std::time::Duration;

use crate::error::Problem;
use crate::platform::jobs::Kind;
use crate::state::App;

pub(super) const JOB: Kind<App> = Kind {
    name: "files-half-written",
    every: Some(Duration::from_mins(10)),
    run: |app, _| Box::pin(async move { Ok(remove_drafts(&app).await.map(drop)?) }),
};

/// Removes files that crashes left half-written; says how many.
///
/// # Errors
/// When the object store is away.
pub async fn remove_drafts(app: &App) -> Result<u64, Problem> {
    let removed = app.blobs.tidy().await?;
    if removed > 0 {
        tracing::info!(removed, "half-written files of crashes removed");
    }
    Ok(removed)
}
