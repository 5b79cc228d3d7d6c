//! The table `analyses`. Nothing else names it.
//!
//! A row by other revisions than [`REVISIONS`] is not there for this program.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, Row as _, Transaction};

use super::analysis::{Analysis, Events, Figures, REVISIONS};
use super::series::Series;
use crate::ids::RecordingId;
use crate::platform::db::{Db, DbError};
use crate::recordings::{CanView, Recording};
use crate::rows::{Revisions, Strip};

/// The numbers and events of a recording, if they are kept.
pub(super) async fn find_numbers(db: &Db, seen: &CanView) -> Result<Option<(Figures, Events)>, DbError> {
    let id = &seen.recording().id;
    let query = sqlx::query(
        "SELECT figures, events FROM analyses \
         WHERE recording_id = $1 AND algorithm_revision = $2 AND reader_revision = $3 AND layout = $4",
    );
    let row = of_present(query, id).fetch_optional(db.read()).await?;
    undamaged(id, row, |row| Ok((json(row, "figures")?, json(row, "events")?)))
}

/// The numbers and what a list draws, if they are kept.
pub(super) async fn find_figures(
    connection: &mut Transaction<'static, Any>,
    Recording { id, .. }: &Recording,
) -> Result<Option<(Figures, Strip)>, DbError> {
    let query = sqlx::query(
        "SELECT figures, strip FROM analyses \
         WHERE recording_id = $1 AND algorithm_revision = $2 AND reader_revision = $3 AND layout = $4",
    );
    let row = of_present(query, id).fetch_optional(&mut **connection).await?;
    undamaged(id, row, |row| Ok((json(row, "figures")?, Strip(row.try_get("strip")?))))
}

/// The numbers, the events and what a picture draws, if they are kept.
pub(super) async fn find(db: &Db, seen: &CanView) -> Result<Option<Analysis>, DbError> {
    let id = &seen.recording().id;
    let query = sqlx::query(
        "SELECT figures, events, series, strip FROM analyses \
         WHERE recording_id = $1 AND algorithm_revision = $2 AND reader_revision = $3 AND layout = $4",
    );
    let row = of_present(query, id).fetch_optional(db.read()).await?;
    undamaged(id, row, analysis)
}

/// Keeps the analysis of a recording, and forgets those of lower revisions. Beside one of a higher revision, which a
/// newer program has made meanwhile, it is not kept.
pub(super) async fn put(
    connection: &mut Transaction<'static, Any>,
    Recording { id, .. }: &Recording,
    analysis: &Analysis,
) -> Result<(), DbError> {
    let lower = sqlx::query(
        "DELETE FROM analyses WHERE recording_id = $1 \
         AND algorithm_revision <= $2 AND reader_revision <= $3 AND layout <= $4",
    );
    of_present(lower, id).execute(&mut **connection).await?;
    insert(connection, id, analysis).await
}

/// Keeps the analysis of a recording in the place of any other: its bytes are read otherwise from now on, by newer
/// programs too.
pub(super) async fn replace(
    connection: &mut Transaction<'static, Any>,
    Recording { id, .. }: &Recording,
    analysis: &Analysis,
) -> Result<(), DbError> {
    let any = sqlx::query("DELETE FROM analyses WHERE recording_id = $1").bind(id.as_str());
    any.execute(&mut **connection).await?;
    insert(connection, id, analysis).await
}

/// Forgets every analysis of a recording; says how many.
///
/// # Errors
/// When the database fails.
pub async fn forget(
    connection: &mut Transaction<'static, Any>,
    Recording { id, .. }: &Recording,
) -> Result<u64, DbError> {
    let query = sqlx::query("DELETE FROM analyses WHERE recording_id = $1").bind(id.as_str());
    Ok(query.execute(&mut **connection).await?.rows_affected())
}

/// Where there is none yet.
async fn insert(
    connection: &mut Transaction<'static, Any>,
    id: &RecordingId,
    analysis: &Analysis,
) -> Result<(), DbError> {
    let query = sqlx::query(
        "INSERT INTO analyses (recording_id, algorithm_revision, reader_revision, layout, figures, events, series, strip) \
         SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE NOT EXISTS (SELECT 1 FROM analyses WHERE recording_id = $1)",
    );
    let query = of_present(query, id).bind(text(&analysis.figures)?).bind(text(&analysis.events)?);
    let query = query.bind(analysis.series.to_bytes()).bind(analysis.strip.0.as_slice());
    query.execute(&mut **connection).await.map(drop)
}

type AnyQuery<'q> = Query<'q, Any, AnyArguments>;

/// Appends the recording and what the analyses of this program are made by.
fn of_present<'q>(query: AnyQuery<'q>, id: &'q RecordingId) -> AnyQuery<'q> {
    let Revisions { algorithm, reader, layout } = REVISIONS;
    query.bind(id.as_str()).bind(i64::from(algorithm)).bind(i64::from(reader)).bind(i64::from(layout))
}

/// What a row says; one that cannot be read is not there, and what is made in its place takes it.
fn undamaged<T>(
    id: &RecordingId,
    row: Option<AnyRow>,
    read: impl Fn(&AnyRow) -> Result<T, DbError>,
) -> Result<Option<T>, DbError> {
    match row.as_ref().map(read).transpose() {
        Err(DbError::Decode(error)) => {
            tracing::error!(recording = %id, %error, "a kept analysis cannot be read and is made anew");
            Ok(None)
        }
        other => other,
    }
}

fn analysis(row: &AnyRow) -> Result<Analysis, DbError> {
    let series: Vec<u8> = row.try_get("series")?;
    Ok(Analysis {
        figures: json(row, "figures")?,
        events: json(row, "events")?,
        series: Series::from_bytes(&series).map_err(|error| DbError::Decode(error.into()))?,
        strip: Strip(row.try_get("strip")?),
    })
}

fn json<T: DeserializeOwned>(row: &AnyRow, column: &str) -> Result<T, DbError> {
    let text: String = row.try_get(column)?;
    serde_json::from_str(&text).map_err(|error| DbError::Decode(error.into()))
}

fn text(value: &impl Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Encode(error.into()))
}
