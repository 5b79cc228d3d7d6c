//! The analysis of a recording: kept since the recording was taken in, or made when it is asked for and kept then.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use sqlx::{Any, Transaction};

use super::analysis::{Analysis, Events, Figures, Unfit};
use super::reading::Source;
use super::store;
use crate::audit::{Act, Duty, Work};
use crate::error::Problem;
use crate::platform::work_pool::{Permit, Principal};
use crate::recordings::{self, CanView, Digest, Recording};
use crate::rows;
use crate::state::App;

/// The numbers and events of a recording, in `room` for [`room_bytes`].
///
/// # Errors
/// When the database is away. Without a kept analysis also when the bytes cannot be fetched or, after an upload passed,
/// no longer be read.
pub async fn numbers(app: &App, seen: &CanView, room: &Arc<Permit>) -> Result<(Figures, Events), Problem> {
    if let Some(kept) = store::find_numbers(&app.db, seen).await? {
        return Ok(kept);
    }
    let Analysis { figures, events, .. } = make(app, seen, Arc::clone(room)).await?;
    Ok((figures, events))
}

/// Everything about a recording, in `room` for [`room_bytes`].
///
/// # Errors
/// As [`numbers`].
pub async fn whole(app: &App, seen: &CanView, room: &Arc<Permit>) -> Result<Analysis, Problem> {
    match store::find(&app.db, seen).await? {
        Some(kept) => Ok(kept),
        None => make(app, seen, Arc::clone(room)).await,
    }
}

/// Makes the analysis anew and keeps it. That it cannot be kept does not keep it from being shown.
async fn make(app: &App, seen: &CanView, room: Arc<Permit>) -> Result<Analysis, Problem> {
    let recording = seen.recording();
    let bytes = recordings::bytes_in(app, seen, room).await?;
    // However long it is: another limit may have held when it came.
    let source = Source { file_name: recording.file_name.clone(), date_order: recording.date_order() };
    let analysis =
        analyse(app, seen.asker(), bytes, source, Duration::MAX).await?.map_err(Problem::internal)?;
    if let Err(problem) = renew(app, seen, &analysis).await {
        tracing::error!(recording = %recording.id, cause = ?problem.cause(), "an analysis could not be kept");
    }
    Ok(analysis)
}

/// Makes the analysis of a recording anew, whatever is kept.
pub(super) async fn make_anew(app: &App, seen: &CanView) -> Result<(), Problem> {
    let room = app.work.hold(seen.asker(), room_bytes(seen.recording())).await?;
    make(app, seen, Arc::new(room)).await.map(drop)
}

/// Reads and analyses a file beside the threads that answer requests. It may span `longest`; what is stored already may
/// span anything ([`Duration::MAX`]).
///
/// # Errors
/// Outside: too much is going on, or the program is failing or stopping. Inside: the bytes are no recording, or too long
/// a one.
pub async fn analyse(
    app: &App,
    asker: &Principal,
    bytes: Bytes,
    source: Source,
    longest: Duration,
) -> Result<Result<Analysis, Unfit>, Problem> {
    tracing::debug!(size_bytes = bytes.len(), "a file is analysed");
    // The lists of desaturations are no longer than the file.
    let room = bytes.len() as u64 + ANALYSIS_BYTES;
    Ok(app.work.run(asker, room, move || Analysis::of_file(&bytes, &source, longest)).await?)
}

/// What showing a recording takes, in bytes: its file, should the analysis be missing, and for each desaturation there
/// can be what is kept of it and its line on a page.
pub fn room_bytes(recording: &Recording) -> u64 {
    let desaturations = u64::from(recording.digest.length.as_secs()) / SHORTEST_EVENT_S;
    recording.size_bytes + PAGE_BYTES + desaturations * (LINE_BYTES + KEPT_BYTES)
}

/// Memory that an analysis takes beside the file and lists of desaturations: states of detectors, counts, and the
/// readings of a picture.
const ANALYSIS_BYTES: u64 = 1_500_000;
/// A page without lines of desaturations.
const PAGE_BYTES: u64 = 200_000;
/// The line of a desaturation: its words, and its HTML.
const LINE_BYTES: u64 = 500;
/// A desaturation as it is kept, by every profile: its JSON, and what is made of it.
const KEPT_BYTES: u64 = 600;
/// Desaturations are seldom closer together.
const SHORTEST_EVENT_S: u64 = 10;

/// Puts a new analysis in the place of an older one, here and in what repeats its numbers; nothing when the recording
/// is being deleted, a newer program was here, or a doctor has decided meanwhile how its dates are read.
async fn renew(app: &App, seen: &CanView, analysis: &Analysis) -> Result<(), Problem> {
    let recording = seen.recording();
    let mut connection = Work::begin(&app.db, Duty::Analysis).await?;
    let digest = Digest::of(&analysis.figures.summary);
    if recordings::renew_digest(&mut connection, seen, &digest).await? {
        store::put(&mut connection, recording, analysis).await?;
        rows::analysed(&mut connection, recording.mark(), &analysis.row()).await?;
        let act = Act::on_recording("analysis-renewed", &recording.id).in_clinic(&recording.clinic_id);
        connection.commit(act).await?;
    }
    Ok(())
}

/// Keeps the analysis of a recording that becomes visible in the same transaction.
///
/// # Errors
/// When the database fails.
pub async fn keep(
    connection: &mut Transaction<'static, Any>,
    recording: &Recording,
    analysis: &Analysis,
) -> Result<(), Problem> {
    Ok(store::put(connection, recording, analysis).await?)
}

/// What the list shows of a recording, if its analysis is kept.
///
/// # Errors
/// When the database fails.
pub async fn row(
    connection: &mut Transaction<'static, Any>,
    recording: &Recording,
) -> Result<Option<rows::Figures>, Problem> {
    let kept = store::find_figures(connection, recording).await?;
    Ok(kept.map(|(figures, strip)| figures.row(strip)))
}
