//! A job: completes deletions that a crash, or an object store that was away, left unfinished.

use std::time::Duration;

use crate::error::Problem;
use crate::platform::jobs::Kind;
use crate::recordings::{original, store};
use crate::state::App;

pub(super) const JOB: Kind<App> = Kind {
    name: "deletions-unfinished",
    every: Some(Duration::from_mins(10)),
    run: |app, _| Box::pin(async move { Ok(finish_deletions(&app).await.map(drop)?) }),
};

/// Removes what is left of hidden recordings; says of how many.
///
/// # Errors
/// When the database or the object store is away; what was done stays done.
pub async fn finish_deletions(app: &App) -> Result<u64, Problem> {
    let mut erased = 0;
    for hidden in store::list_hidden(&app.db).await? {
        original::erase(app, &hidden).await?;
        erased += 1;
    }
    Ok(erased)
}
