//! A job: forgets visits and typed codes whose time is over.

use std::time::Duration;

use super::links::{codes, store};
use crate::audit::{Act, Duty, Work};
use crate::error::Problem;
use crate::platform::jobs::Kind;
use crate::state::App;

/// The jobs of this room.
pub const JOBS: [Kind<App>; 1] = [Kind {
    name: "visits-over",
    every: Some(Duration::from_mins(10)),
    run: |app, _| Box::pin(async move { Ok(forget(&app).await?) }),
}];

/// In a transaction of its own: who deletes a patient takes locks in another order.
async fn forget(app: &App) -> Result<(), Problem> {
    let mut work = Work::begin(&app.db, Duty::Sweep).await?;
    let now = app.clock.now();
    let forgotten = store::forget_visits(&mut work, now).await? + codes::forget(&mut work, now).await?;
    Ok(work.commit(Act::on_rows("visits-forgotten", forgotten)).await?)
}
