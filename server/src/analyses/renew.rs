//! A job: the analysis of one night is made anew, because what is kept is of lower revisions.

use super::analysis::REVISIONS;
use super::kept;
use crate::error::Problem;
use crate::ids::RecordingId;
use crate::platform::jobs::Kind;
use crate::state::App;
use crate::{recordings, rows};

pub(super) const JOB: Kind<App> = Kind {
    name: "analysis",
    every: None,
    run: |app, recording| Box::pin(async move { Ok(renew(&app, &recording).await?) }),
};

/// Nothing where the recording is gone, or somebody was faster.
async fn renew(app: &App, recording: &str) -> Result<(), Problem> {
    let Some(id) = RecordingId::parse(recording) else { return Ok(()) };
    let Some(outdated) = rows::find_outdated(&app.db, REVISIONS, &id).await? else { return Ok(()) };
    match recordings::find_for_maintenance(&app.db, &outdated).await? {
        Some(seen) => kept::make_anew(app, &seen).await,
        None => Ok(()),
    }
}
