//! Taking in one file: read, analyse, announce, store, publish. Killed at any point, nothing half-stored is ever
//! seen, and sending the same file again completes it.

use bytes::Bytes;
use oxicore::Format;

use super::outcome::Taken;
use super::refusal::Refusal;
use crate::analyses::{self, Night, Unfit};
use crate::error::Problem;
use crate::http::auth::SignedIn;
use crate::ids::RecordingId;
use crate::recordings::{self, Digest, Draft, State};
use crate::state::App;

/// A whole file, as received.
pub(super) struct Received {
    pub(super) file_name: String,
    pub(super) bytes: Bytes,
    pub(super) sha256: String,
}

/// How often an upload that crosses a deletion of the same file starts over.
const ATTEMPTS: usize = 3;

pub(super) async fn take_in(app: &App, owner: &SignedIn, file: Received) -> Result<Taken, Problem> {
    match read(app, owner, &file).await? {
        Ok(night) => store_away(app, owner, file, Digest::of(&night.summary)).await,
        Err(refusal) => Ok(Taken::Refused(refusal)),
    }
}

/// Refuses what is no whole recording, or too long a one.
async fn read(app: &App, owner: &SignedIn, file: &Received) -> Result<Result<Night, Refusal>, Problem> {
    let (bytes, name, longest) = (file.bytes.clone(), file.file_name.clone(), app.config.longest_recording);
    let night = match analyses::analyse(app, &owner.principal(), bytes, name, longest).await? {
        Ok(night) => night,
        Err(Unfit::Unreadable(error)) => return Ok(Err(Refusal::Unreadable(error))),
        Err(Unfit::TooLong(span)) => return Ok(Err(Refusal::too_long(span, longest))),
    };
    let length = file.bytes.len() as u64;
    Ok(match (night.summary.notices.truncated_bytes, night.summary.recording.format) {
        (0, _) => Ok(night),
        (unfinished, Format::Csv) => {
            Err(Refusal::CutLine { offset: length.saturating_sub(unfinished.into()) })
        }
        (missing, _) => Err(Refusal::Cut { missing, length }),
    })
}

async fn store_away(app: &App, owner: &SignedIn, file: Received, digest: Digest) -> Result<Taken, Problem> {
    let id = match announce(app, owner, &file, digest).await? {
        Announced::Waiting(id) => id,
        Announced::Stored(id) => return Ok(Taken::Known(id)),
    };
    let sha256 = file.sha256;
    if let Err(problem) = recordings::put_bytes(app, owner.account_id(), &id, file.bytes).await {
        tracing::error!(recording = %id, cause = ?problem.cause(), "the bytes of an upload could not be stored");
        return Ok(Taken::Refused(Refusal::Storage));
    }
    if recordings::publish(&app.db, &id, app.clock.now()).await? {
        return Ok(Taken::New(id));
    }
    settled(app, owner, &sha256).await
}

enum Announced {
    /// The row waits for its bytes: made now, or by an upload that did not finish.
    Waiting(RecordingId),
    /// Row and bytes are there.
    Stored(RecordingId),
}

async fn announce(
    app: &App,
    owner: &SignedIn,
    file: &Received,
    digest: Digest,
) -> Result<Announced, Problem> {
    for _ in 0..ATTEMPTS {
        let now = app.clock.now();
        let id = RecordingId::new(app.random.id(now));
        let (file_name, sha256, size_bytes) = (&*file.file_name, &*file.sha256, file.bytes.len() as u64);
        let draft = Draft { id: id.clone(), owner, file_name, size_bytes, sha256, digest, now };
        if recordings::announce(&app.db, &draft).await? {
            return Ok(Announced::Waiting(id));
        }
        match recordings::find_by_digest(&app.db, owner, sha256).await? {
            Some((id, State::Ready)) => return Ok(Announced::Stored(id)),
            Some((id, State::Pending)) => return Ok(Announced::Waiting(id)),
            Some((id, State::Deleting)) => recordings::erase(app, owner.account_id(), &id).await?,
            None => {}
        }
    }
    Err(Problem::unavailable("storage-away", "the same file is being stored and deleted over and over"))
}

/// Another upload of the same bytes was faster, or the sweep gave this one up.
async fn settled(app: &App, owner: &SignedIn, sha256: &str) -> Result<Taken, Problem> {
    Ok(match recordings::find_by_digest(&app.db, owner, sha256).await? {
        Some((id, State::Ready)) => Taken::Known(id),
        _ => Taken::Refused(Refusal::Storage),
    })
}
