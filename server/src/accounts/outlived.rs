//! A job: ends sessions whose time is over.

use std::time::Duration;

use super::second_factor::{self, half};
use super::session_store;
use crate::audit::{Act, Duty, Work};
use crate::error::Problem;
use crate::platform::jobs::Kind;
use crate::state::App;

/// The jobs of this room.
pub const JOBS: [Kind<App>; 1] = [Kind {
    name: "sessions-outlived",
    every: Some(Duration::from_mins(10)),
    run: |app, _| Box::pin(async move { Ok(sweep(&app).await?) }),
}];

/// In a transaction of its own: they are of many accounts, and whoever changes one of these takes locks in another
/// order. Nobody gets in by one that is still there: its age is looked at with every request.
async fn sweep(app: &App) -> Result<(), Problem> {
    let mut work = Work::begin(&app.db, Duty::Sessions).await?;
    let now = app.clock.now();
    let ended = session_store::delete_outlived(&mut work, &app.config.sessions, now).await?
        + half::delete_outlived(&mut work, now).await?
        + second_factor::delete_outlived_challenges(&mut work, now).await?;
    Ok(work.commit(Act::on_rows("sessions-outlived", ended)).await?)
}
