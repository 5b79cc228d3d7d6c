//! The table `recordings` and the blobs beside it. Nothing else names them.
//!
//! What reads or changes one recording takes the proof that the asker may; the rest is for uploads and sweeps.

use std::sync::Arc;

use bytes::Bytes;
use oxicore::{LocalDateTime, Span};
use sha2::{Digest as _, Sha256};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, Row as _, Transaction};

use super::access::{CanManage, CanView};
use super::model::{Digest, Recording, State, hex};
use crate::error::Problem;
use crate::http::auth::SignedIn;
use crate::ids::{AccountId, PatientId, RecordingId};
use crate::patients::{OwnedPatient, PatientAccess};
use crate::platform::blobs::BlobKey;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};
use crate::platform::work_pool::Permit;
use crate::state::App;

type AnyQuery<'q> = Query<'q, Any, AnyArguments>;

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT id, owner_id, patient_id, file_name, size_bytes, sha256, created_at, algorithm_revision, format, \
             starts_at, recording_s, odi3_per_h, odi4_per_h, below_90_pct, min_pct FROM recordings ",
            $tail
        )
    };
}

/// The original bytes, as they were uploaded.
///
/// # Errors
/// When the object store is away or holds other bytes than were uploaded, or too much is going on.
pub async fn bytes(app: &App, seen: &CanView) -> Result<Bytes, Problem> {
    let room = app.work.hold(seen.asker(), seen.recording().size_bytes).await?;
    bytes_in(app, seen, Arc::new(room)).await
}

/// The original bytes, as they were uploaded, in memory that was taken before.
///
/// # Errors
/// When the object store is away or holds other bytes than were uploaded.
pub async fn bytes_in(app: &App, seen: &CanView, room: Arc<Permit>) -> Result<Bytes, Problem> {
    let recording = seen.recording();
    let bytes = app.blobs.get(&blob_key(&recording.owner_id, &recording.id)?).await?;
    if hex(&Sha256::digest(&bytes)) == recording.sha256 {
        Ok(room.keep_with(bytes))
    } else {
        Err(Problem::internal(format!(
            "the bytes of recording {} are not those that were uploaded",
            recording.id
        )))
    }
}

/// The recording, if it belongs to this account.
pub(super) async fn find_owned(
    db: &Db,
    owner: &SignedIn,
    id: &RecordingId,
) -> Result<Option<Recording>, DbError> {
    let query = sqlx::query(select!("WHERE id = $1 AND owner_id = $2 AND state = 'ready'"));
    query
        .bind(id.as_str())
        .bind(owner.account_id().as_str())
        .fetch_optional(db.read())
        .await?
        .map(recording)
        .transpose()
}

/// The recording, if it belongs to the patient whose link was opened.
pub(super) async fn find_shared(
    db: &Db,
    access: &PatientAccess,
    id: &RecordingId,
) -> Result<Option<Recording>, DbError> {
    let query = sqlx::query(select!("WHERE id = $1 AND patient_id = $2 AND state = 'ready'"));
    query
        .bind(id.as_str())
        .bind(access.patient_id().as_str())
        .fetch_optional(db.read())
        .await?
        .map(recording)
        .transpose()
}

/// Everything the patient whose link was opened may see, newest night first.
///
/// # Errors
/// When the database fails.
pub async fn list_shared(db: &Db, access: &PatientAccess) -> Result<Vec<Recording>, DbError> {
    let query =
        sqlx::query(select!("WHERE patient_id = $1 AND state = 'ready' ORDER BY starts_at DESC, id DESC"));
    query.bind(access.patient_id().as_str()).fetch_all(db.read()).await?.into_iter().map(recording).collect()
}

/// One page of the account's recordings, newest night first.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, owner: &SignedIn, offset: u32, limit: u32) -> Result<Vec<Recording>, DbError> {
    let query = sqlx::query(select!(
        "WHERE owner_id = $1 AND state = 'ready' ORDER BY starts_at DESC, id DESC LIMIT $2 OFFSET $3"
    ));
    let query = query.bind(owner.account_id().as_str()).bind(i64::from(limit)).bind(i64::from(offset));
    query.fetch_all(db.read()).await?.into_iter().map(recording).collect()
}

/// How many recordings the account has.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, owner: &SignedIn) -> Result<u32, DbError> {
    let query = sqlx::query_scalar("SELECT COUNT(*) FROM recordings WHERE owner_id = $1 AND state = 'ready'");
    let count: i64 = query.bind(owner.account_id().as_str()).fetch_one(db.read()).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// How many recordings the patient has.
pub(super) async fn count_of_patient(
    connection: &mut Transaction<'static, Any>,
    patient: &PatientId,
) -> Result<i64, DbError> {
    let query =
        sqlx::query_scalar("SELECT COUNT(*) FROM recordings WHERE patient_id = $1 AND state <> 'deleting'");
    query.bind(patient.as_str()).fetch_one(&mut **connection).await
}

/// Gives the recording to a patient of the same owner, or takes it back; `false` when somebody else was faster.
pub(super) async fn assign(
    connection: &mut Transaction<'static, Any>,
    held: &CanManage,
    patient: Option<&OwnedPatient>,
) -> Result<bool, DbError> {
    let query = sqlx::query(
        "UPDATE recordings SET patient_id = $2 WHERE id = $1 AND state = 'ready' AND COALESCE(patient_id, '') = $3",
    );
    let recording = held.recording();
    let query = query.bind(recording.id.as_str()).bind(patient.map(|patient| patient.id().as_str()));
    let done = query.bind(patient_seen(recording)).execute(&mut **connection).await?;
    Ok(done.rows_affected() == 1)
}

/// Hides the recording from everybody: the first step of its deletion; `false` when somebody else was faster.
pub(super) async fn hide(
    connection: &mut Transaction<'static, Any>,
    held: &CanManage,
    now: Timestamp,
) -> Result<bool, DbError> {
    let query = sqlx::query(
        "UPDATE recordings SET state = 'deleting', patient_id = NULL, changed_at = $2 \
         WHERE id = $1 AND state = 'ready' AND COALESCE(patient_id, '') = $3",
    );
    let query = query.bind(held.recording().id.as_str()).bind(now.as_millis());
    let done = query.bind(patient_seen(held.recording())).execute(&mut **connection).await?;
    Ok(done.rows_affected() == 1)
}

/// A file that is about to be stored.
#[derive(Debug)]
pub struct Draft<'a> {
    /// Its identifier.
    pub id: RecordingId,
    /// Who uploads it.
    pub owner: &'a SignedIn,
    /// Cleaned name.
    pub file_name: &'a str,
    /// Length in bytes.
    pub size_bytes: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: &'a str,
    /// Its numbers for the list.
    pub digest: Digest,
    /// The moment.
    pub now: Timestamp,
}

/// Announces a file; `false` when the account has these bytes already.
///
/// # Errors
/// When the database fails.
pub async fn announce(db: &Db, draft: &Draft<'_>) -> Result<bool, DbError> {
    let query = sqlx::query(
        "INSERT INTO recordings (id, owner_id, state, sha256, file_name, size_bytes, created_at, changed_at, \
         algorithm_revision, format, starts_at, recording_s, odi3_per_h, odi4_per_h, below_90_pct, min_pct) \
         VALUES ($1, $2, 'pending', $3, $4, $5, $6, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
         ON CONFLICT (owner_id, sha256) DO NOTHING",
    );
    let query = query.bind(draft.id.as_str()).bind(draft.owner.account_id().as_str()).bind(draft.sha256);
    let query = query.bind(draft.file_name).bind(signed(draft.size_bytes)).bind(draft.now.as_millis());
    Ok(bind_digest(query, &draft.digest).execute(db.write()).await?.rows_affected() == 1)
}

/// What is known about bytes that an account has uploaded before.
///
/// # Errors
/// When the database fails.
pub async fn find_by_digest(
    db: &Db,
    owner: &SignedIn,
    sha256: &str,
) -> Result<Option<(RecordingId, State)>, DbError> {
    let query = sqlx::query("SELECT id, state FROM recordings WHERE owner_id = $1 AND sha256 = $2");
    let row = query.bind(owner.account_id().as_str()).bind(sha256).fetch_optional(db.write()).await?;
    row.map(|row| Ok((row.try_get("id")?, state(&row)?))).transpose()
}

/// Makes an announced recording visible, now that its bytes are stored; `false` when it was not waiting.
///
/// # Errors
/// When the database fails.
pub async fn publish(db: &Db, id: &RecordingId, now: Timestamp) -> Result<bool, DbError> {
    let query = sqlx::query(
        "UPDATE recordings SET state = 'ready', changed_at = $2 WHERE id = $1 AND state = 'pending'",
    );
    Ok(query.bind(id.as_str()).bind(now.as_millis()).execute(db.write()).await?.rows_affected() == 1)
}

/// Stores the bytes of an announced recording.
///
/// # Errors
/// When the object store is away.
pub async fn put_bytes(
    app: &App,
    owner_id: &AccountId,
    id: &RecordingId,
    bytes: Bytes,
) -> Result<(), Problem> {
    Ok(app.blobs.put(&blob_key(owner_id, id)?, bytes).await?)
}

/// Removes bytes and row of a hidden recording, in this order: a crash leaves work for the sweep, never a lost blob.
///
/// # Errors
/// When the object store or the database is away.
pub async fn erase(app: &App, owner_id: &AccountId, id: &RecordingId) -> Result<(), Problem> {
    app.blobs.delete(&blob_key(owner_id, id)?).await?;
    let query = sqlx::query("DELETE FROM recordings WHERE id = $1 AND state = 'deleting'");
    query.bind(id.as_str()).execute(app.db.write()).await?;
    Ok(())
}

/// Hides uploads that never finished: announced before `before` and still waiting for their bytes.
pub(super) async fn give_up_pending(db: &Db, before: Timestamp, now: Timestamp) -> Result<u64, DbError> {
    let query = sqlx::query(
        "UPDATE recordings SET state = 'deleting', changed_at = $2 WHERE state = 'pending' AND changed_at < $1",
    );
    Ok(query.bind(before.as_millis()).bind(now.as_millis()).execute(db.write()).await?.rows_affected())
}

/// Owner and identifier of every hidden recording.
pub(super) async fn list_hidden(db: &Db) -> Result<Vec<(AccountId, RecordingId)>, DbError> {
    let rows = sqlx::query("SELECT owner_id, id FROM recordings WHERE state = 'deleting'");
    rows.fetch_all(db.read()).await?.iter().map(owner_and_id).collect()
}

/// Recordings whose list numbers another revision of the algorithms computed.
///
/// # Errors
/// When the database fails.
pub async fn list_outdated(db: &Db, revision: u32) -> Result<Vec<CanView>, DbError> {
    let rows = sqlx::query(select!("WHERE algorithm_revision <> $1 AND state = 'ready' ORDER BY id"));
    let rows = rows.bind(i64::from(revision)).fetch_all(db.read()).await?;
    rows.into_iter().map(|row| recording(row).map(CanView::for_maintenance)).collect()
}

/// Replaces the list numbers of a recording.
///
/// # Errors
/// When the database fails.
pub async fn renew_digest(db: &Db, seen: &CanView, digest: &Digest) -> Result<(), DbError> {
    let query = sqlx::query(
        "UPDATE recordings SET algorithm_revision = $2, format = $3, starts_at = $4, recording_s = $5, \
         odi3_per_h = $6, odi4_per_h = $7, below_90_pct = $8, min_pct = $9 WHERE id = $1",
    );
    bind_digest(query.bind(seen.recording().id.as_str()), digest).execute(db.write()).await.map(drop)
}

/// Appends the list numbers: eight values in the order of the table.
///
/// The statement is prepared anew each time. A kept one has the types of its first values, and sqlx 0.9 gives a missing
/// `f64` to PostgreSQL as a single: every number after it would be refused.
fn bind_digest<'q>(query: AnyQuery<'q>, digest: &Digest) -> AnyQuery<'q> {
    let query = query.bind(i64::from(digest.algorithm_revision)).bind(digest.format);
    let query = query.bind(digest.starts_at.unix_seconds()).bind(i64::from(digest.length.as_secs()));
    let query = query.bind(digest.odi3_per_h).bind(digest.odi4_per_h).bind(digest.below_90_pct);
    query.bind(digest.min_pct.map(i32::from)).persistent(false)
}

/// The patient as the asker saw it; a change that assumes another one must not happen.
fn patient_seen(recording: &Recording) -> &str {
    recording.patient_id.as_ref().map_or("", PatientId::as_str)
}

fn blob_key(owner_id: &AccountId, id: &RecordingId) -> Result<BlobKey, Problem> {
    BlobKey::new(&["recordings", owner_id.as_str(), id.as_str()]).map_err(Problem::internal)
}

fn owner_and_id(row: &AnyRow) -> Result<(AccountId, RecordingId), DbError> {
    Ok((row.try_get("owner_id")?, row.try_get("id")?))
}

fn recording(row: AnyRow) -> Result<Recording, DbError> {
    Ok(Recording {
        id: row.try_get("id")?,
        owner_id: row.try_get("owner_id")?,
        patient_id: row.try_get("patient_id")?,
        file_name: row.try_get("file_name")?,
        size_bytes: unsigned(&row, "size_bytes")?,
        sha256: row.try_get("sha256")?,
        created_at: Timestamp::from_millis(row.try_get("created_at")?),
        digest: digest(&row)?,
    })
}

fn digest(row: &AnyRow) -> Result<Digest, DbError> {
    let starts_at = LocalDateTime::from_unix_seconds(row.try_get("starts_at")?);
    let min_pct: Option<i32> = row.try_get("min_pct")?;
    Ok(Digest {
        algorithm_revision: unsigned(row, "algorithm_revision")?,
        format: format_name(row.try_get("format")?),
        starts_at: starts_at.ok_or_else(|| impossible("starts_at"))?,
        length: Span::from_secs(unsigned(row, "recording_s")?),
        odi3_per_h: row.try_get("odi3_per_h")?,
        odi4_per_h: row.try_get("odi4_per_h")?,
        below_90_pct: row.try_get("below_90_pct")?,
        min_pct: min_pct.and_then(|pct| u8::try_from(pct).ok()),
    })
}

fn format_name(name: &str) -> &'static str {
    oxicore::Format::ALL.map(|format| format.name()).into_iter().find(|known| *known == name).unwrap_or("?")
}

fn state(row: &AnyRow) -> Result<State, DbError> {
    State::parse(row.try_get("state")?).ok_or_else(|| impossible("state"))
}

fn unsigned<T: TryFrom<i64>>(row: &AnyRow, column: &'static str) -> Result<T, DbError> {
    T::try_from(row.try_get::<i64, _>(column)?).map_err(|_| impossible(column))
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn impossible(column: &str) -> DbError {
    DbError::Decode(format!("a recording has an impossible {column}").into())
}
