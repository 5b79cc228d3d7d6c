//! Taking in one file: read, analyse, announce, store, publish. Killed at any point, nothing half-stored is ever
//! seen, and sending the same file again completes it.

use bytes::Bytes;
use oxicore::format::Format;

use super::outcome::Taken;
use super::refusal::Refusal;
use crate::analyses::{self, Analysis, Source, Unfit};
use crate::audit::{Act, Work};
use crate::clinics::Doctor;
use crate::desk::entry;
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::ids::RecordingId;
use crate::recordings::{self, Digest, Draft, Known, Waiting};
use crate::state::App;

/// A whole file, as received.
pub(super) struct Received {
    pub(super) file_name: String,
    pub(super) bytes: Bytes,
    pub(super) sha256: String,
    /// Whether the doctor has decided to store it though its end is missing.
    pub(super) is_accepted_cut: bool,
}

/// Who uploads, and by which request.
#[derive(Clone, Copy)]
pub(super) struct Uploader<'u> {
    pub(super) owner: &'u Doctor,
    pub(super) context: &'u RequestContext,
}

/// How often an upload that crosses a deletion of the same file starts over.
const ATTEMPTS: usize = 3;

pub(super) async fn take_in(app: &App, by: Uploader<'_>, file: Received) -> Result<Taken, Problem> {
    match read(app, by.owner, &file).await? {
        Ok(analysis) => store_away(app, by, file, &analysis).await,
        Err(refusal) if refusal.is_question() => ask(app, by.owner, refusal, file.sha256).await,
        Err(refusal) => Ok(Taken::Refused(refusal)),
    }
}

/// Leaves it to the doctor whether half a night is stored, unless that has been decided before.
async fn ask(app: &App, owner: &Doctor, refusal: Refusal, sha256: String) -> Result<Taken, Problem> {
    Ok(match recordings::find_by_digest(&app.db, owner, &sha256).await? {
        Some(Known::Stored(id)) => known(app, owner, id).await?,
        _ => Taken::Asked { refusal, sha256 },
    })
}

/// What the same bytes were stored as before, if its page opens for the uploader: it may have become a colleague's.
async fn known(app: &App, owner: &Doctor, id: RecordingId) -> Result<Taken, Problem> {
    let is_seen = recordings::is_seen(app, owner, &id).await?;
    Ok(if is_seen { Taken::Known(id) } else { Taken::Refused(Refusal::HandedOver) })
}

/// Refuses what is no recording, too long a one, and what is no whole one unless its doctor has decided to store it.
async fn read(app: &App, owner: &Doctor, file: &Received) -> Result<Result<Analysis, Refusal>, Problem> {
    let (bytes, longest) = (file.bytes.clone(), app.config.longest_recording);
    let source = Source::undecided(file.file_name.clone());
    let analysis = match analyses::analyse(app, &owner.principal(), bytes, source, longest).await? {
        Ok(analysis) => analysis,
        Err(Unfit::Unreadable(error)) => return Ok(Err(Refusal::Unreadable(error))),
        Err(Unfit::TooLong(span)) => return Ok(Err(Refusal::too_long(span, longest))),
    };
    let length = file.bytes.len() as u64;
    let summary = &analysis.figures.summary;
    Ok(match (summary.notices.truncated_bytes, summary.recording.format) {
        (0, _) => Ok(analysis),
        _ if file.is_accepted_cut => Ok(analysis),
        (unfinished, Format::Csv) => {
            Err(Refusal::CutLine { offset: length.saturating_sub(unfinished.into()) })
        }
        (missing, _) => Err(Refusal::Cut { missing, length }),
    })
}

async fn store_away(
    app: &App,
    by: Uploader<'_>,
    file: Received,
    analysis: &Analysis,
) -> Result<Taken, Problem> {
    let digest = Digest::of(&analysis.figures.summary);
    let waiting = match announce(app, by, &file, digest).await? {
        Announced::Waiting(waiting) => waiting,
        Announced::Stored(id) => return known(app, by.owner, id).await,
    };
    let (Received { file_name, bytes, sha256, .. }, id) = (file, waiting.id());
    if let Err(problem) = recordings::put_bytes(app, &waiting, bytes).await {
        tracing::error!(recording = %id, cause = ?problem.cause(), "the bytes of an upload could not be stored");
        return Ok(Taken::Refused(Refusal::Storage));
    }
    if publish(app, by, &waiting, (&file_name, &digest), analysis).await? {
        let is_date_assumed = analysis.figures.either_start.is_some();
        return Ok(Taken::New { id: id.clone(), is_date_assumed });
    }
    settled(app, by.owner, &sha256).await
}

/// Makes a recording visible together with its analysis and its line of the list; `false` when it was not waiting.
async fn publish(
    app: &App,
    by: Uploader<'_>,
    waiting: &Waiting,
    upload: (&str, &Digest),
    analysis: &Analysis,
) -> Result<bool, Problem> {
    let mut connection = Work::begin(&app.db, by.context.clone()).await?;
    let now = app.clock.now();
    let Some(recording) = recordings::publish(&mut connection, waiting, upload, now).await? else {
        return Ok(false);
    };
    analyses::keep(&mut connection, &recording, analysis).await?;
    entry::enter(&mut connection, &recording, None, &analysis.row()).await?;
    connection.commit(stored(&recording.id, analysis)).await?;
    Ok(true)
}

/// That a doctor has decided to keep half a night matters to whoever asks later why its end is missing.
fn stored(id: &RecordingId, analysis: &Analysis) -> Act {
    match analysis.figures.summary.notices.truncated_bytes {
        0 => Act::on_recording("recording-stored", id).unlisted(),
        _ => Act::on_recording("incomplete-recording-stored", id),
    }
}

enum Announced {
    /// The row waits for its bytes: made now, or by an upload that did not finish.
    Waiting(Waiting),
    /// Row and bytes are there.
    Stored(RecordingId),
}

async fn announce(
    app: &App,
    by: Uploader<'_>,
    file: &Received,
    digest: Digest,
) -> Result<Announced, Problem> {
    for _ in 0..ATTEMPTS {
        if let Some(waiting) = announce_new(app, by, file, digest).await? {
            return Ok(Announced::Waiting(waiting));
        }
        match recordings::find_by_digest(&app.db, by.owner, &file.sha256).await? {
            Some(Known::Stored(id)) => return Ok(Announced::Stored(id)),
            Some(Known::Waiting(waiting)) => return Ok(Announced::Waiting(waiting)),
            Some(Known::Hidden(hidden)) => recordings::erase(app, &hidden).await?,
            None => {}
        }
    }
    Err(Problem::unavailable("storage-away", "the same file is being stored and deleted over and over"))
}

/// Announces a file under a new identifier; `None` when the account has these bytes already.
async fn announce_new(
    app: &App,
    Uploader { owner, context }: Uploader<'_>,
    file: &Received,
    digest: Digest,
) -> Result<Option<Waiting>, Problem> {
    let now = app.clock.now();
    let id = RecordingId::new(app.random.id(now));
    let (file_name, sha256, size_bytes) = (&*file.file_name, &*file.sha256, file.bytes.len() as u64);
    let key = recordings::new_key(owner.clinic_id(), &id)?;
    let blob_key = &key;
    let draft = Draft { id: id.clone(), owner, file_name, size_bytes, sha256, blob_key, digest, now };
    let mut connection = Work::begin(&app.db, context.clone()).await?;
    let Some(waiting) = recordings::announce(&mut connection, &draft).await? else { return Ok(None) };
    connection.commit(Act::on_recording("recording-announced", &id).unlisted()).await?;
    Ok(Some(waiting))
}

/// Another upload of the same bytes was faster, or the sweep gave this one up.
async fn settled(app: &App, owner: &Doctor, sha256: &str) -> Result<Taken, Problem> {
    Ok(match recordings::find_by_digest(&app.db, owner, sha256).await? {
        Some(Known::Stored(id)) => known(app, owner, id).await?,
        _ => Taken::Refused(Refusal::Storage),
    })
}
