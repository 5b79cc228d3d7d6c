//! A job: removes the bytes of what was erased from the object store, and the last rows about them.

use bytes::Bytes;

use super::model::{Erasure, tombstone};
use super::store;
use crate::audit::{Act, Duty, Work};
use crate::error::Problem;
use crate::platform::blobs::BlobKey;
use crate::platform::jobs::Kind;
use crate::recordings;
use crate::state::App;

pub(super) const JOB: Kind<App> = Kind {
    name: "erasure",
    every: None,
    run: |app, id| Box::pin(async move { Ok(finish(&app, &id).await?) }),
};

/// Each step bears being done again: whoever is killed between two leaves the rest to the next.
async fn finish(app: &App, id: &str) -> Result<(), Problem> {
    let Some(erasure) = store::find_unfinished(&app.db, id).await? else { return Ok(()) };
    for hidden in recordings::list_erased(&app.db, &erasure.id).await? {
        recordings::erase(app, &hidden).await?;
    }
    keep_tombstone(app, &erasure).await?;
    app.db.forget_deleted().await?;
    let mut work = Work::begin(&app.db, Duty::Erasure).await?;
    store::finish(&mut work, &erasure, app.clock.now()).await?;
    Ok(work.commit(Act::on_clinic("erasure-done", &erasure.clinic_id)).await?)
}

/// Beside the database too: one that comes back from a backup knows nothing of it.
async fn keep_tombstone(app: &App, erasure: &Erasure) -> Result<(), Problem> {
    let marks = store::marks(&app.db, erasure).await?;
    let text = tombstone((&erasure.id, &erasure.clinic_id), erasure.asked_at, &marks);
    let key = BlobKey::new(&["erasures", erasure.clinic_id.as_str(), erasure.id.as_str()]);
    // Whatever lies there is the same: the job was here before.
    _ = app.blobs.put(&key.map_err(Problem::internal)?, Bytes::from(text)).await?;
    Ok(())
}
