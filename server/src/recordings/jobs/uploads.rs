//! A job: hides uploads that were announced long ago and never completed; [`super::deletions`] removes what is left of
//! them.

use std::time::Duration;

use crate::audit::{Act, Duty, Work};
use crate::error::Problem;
use crate::platform::jobs::Kind;
use crate::recordings::store;
use crate::state::App;

pub(super) const JOB: Kind<App> = Kind {
    name: "uploads-unfinished",
    every: Some(Duration::from_mins(10)),
    run: |app, _| Box::pin(async move { Ok(give_up_uploads(&app).await.map(drop)?) }),
};

/// How long an upload may take between its announcement and its last step before it is given up.
const PATIENCE: Duration = Duration::from_mins(15);

/// Gives up uploads that never finished; says how many.
///
/// # Errors
/// When the database is away.
pub async fn give_up_uploads(app: &App) -> Result<u64, Problem> {
    let now = app.clock.now();
    let mut work = Work::begin(&app.db, Duty::Sweep).await?;
    let given_up = store::give_up_pending(&mut work, now.minus(PATIENCE), now).await?;
    work.commit(Act::on_rows("uploads-given-up", given_up)).await?;
    Ok(given_up)
}
