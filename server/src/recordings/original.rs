//! The bytes of a recording in the object store, as they were uploaded.

use std::sync::Arc;

use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use super::access::CanView;
use super::model::{Hidden, Waiting, hex};
use super::store;
use crate::audit::{Act, Duty, Work};
use crate::error::Problem;
use crate::ids::{ClinicId, RecordingId};
use crate::platform::blobs::{BlobKey, Put};
use crate::platform::work_pool::Permit;
use crate::state::App;

/// Where the bytes of a new recording will lie.
///
/// # Errors
/// When an identifier cannot be part of a key, which is a fault of the platform.
pub fn new_key(clinic_id: &ClinicId, id: &RecordingId) -> Result<BlobKey, Problem> {
    BlobKey::new(&["recordings", clinic_id.as_str(), id.as_str()]).map_err(Problem::internal)
}

/// The original bytes, as they were uploaded.
///
/// # Errors
/// When the object store is away or holds other bytes than were uploaded, or too much is going on.
pub(super) async fn bytes(app: &App, seen: &CanView) -> Result<Bytes, Problem> {
    let room = app.work.hold(seen.asker(), seen.recording().size_bytes).await?;
    bytes_in(app, seen, Arc::new(room)).await
}

/// The original bytes, as they were uploaded, in memory that was taken before.
///
/// # Errors
/// When the object store is away or holds other bytes than were uploaded.
pub async fn bytes_in(app: &App, seen: &CanView, room: Arc<Permit>) -> Result<Bytes, Problem> {
    let recording = seen.recording();
    let bytes = app.blobs.get(&recording.blob_key).await?;
    if hex(&Sha256::digest(&bytes)) == recording.sha256 {
        Ok(room.keep_with(bytes))
    } else {
        Err(Problem::internal(format!(
            "the bytes of recording {} are not those that were uploaded",
            recording.id
        )))
    }
}

/// Stores the bytes of a recording that waits for them; an upload that did not finish may have done so before.
///
/// # Errors
/// When the object store is away or holds other bytes in this place.
pub async fn put_bytes(app: &App, waiting: &Waiting, bytes: Bytes) -> Result<(), Problem> {
    match app.blobs.put(&waiting.blob_key, bytes.clone()).await? {
        Put::Stored => Ok(()),
        Put::Taken if app.blobs.get(&waiting.blob_key).await? == bytes => Ok(()),
        Put::Taken => Err(Problem::internal(format!("other bytes lie under {}", waiting.blob_key))),
    }
}

/// Removes bytes and row of a hidden recording, in this order: a crash leaves work for the sweep, never a lost blob. The
/// act was to hide it; what is left of that is the platform's work, whoever gives the occasion.
///
/// # Errors
/// When the object store or the database is away.
pub async fn erase(app: &App, hidden: &Hidden) -> Result<(), Problem> {
    app.blobs.delete(&hidden.blob_key).await?;
    let mut connection = Work::begin(&app.db, Duty::Sweep).await?;
    store::delete(&mut connection, hidden).await?;
    Ok(connection.commit(Act::on_recording("recording-erased", &hidden.id)).await?)
}
