//! From a row of the table to what it says, and from the list numbers to a row.

use oxicore::notices::DateOrder;
use oxicore::{Span, time::LocalDateTime};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, Row as _};

use super::model::{DecidedDates, Digest, Hidden, Known, Recording, State, Waiting};
use crate::clinics::Doctor;
use crate::ids::{PatientId, RecordingId};
use crate::platform::blobs::BlobKey;
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;

/// Where the bytes lie; rows that an older program writes beside this one do not say it.
macro_rules! place {
    () => {
        "COALESCE(blob_key, 'recordings/' || owner_id || '/' || id) AS blob_key"
    };
}

/// What [`recording`] reads.
macro_rules! columns {
    () => {
        concat!(
            "id, COALESCE(clinic_id, owner_id) AS clinic_id, COALESCE(doctor_id, owner_id) AS doctor_id, patient_id, \
             file_name, size_bytes, SUBSTR(sha256, 1, 64) AS sha256, created_at, \
             algorithm_revision, format, starts_at, recording_s, odi3_per_h, odi4_per_h, below_90_pct, min_pct, \
             date_order, date_order_by, ",
            place!()
        )
    };
}

/// The places of the list numbers, as [`bind_digest`] fills them after the identifier.
macro_rules! numbers {
    () => {
        "algorithm_revision = $2, format = $3, starts_at = $4, recording_s = $5, odi3_per_h = $6, odi4_per_h = $7, \
         below_90_pct = $8, min_pct = $9"
    };
}

pub(super) use {columns, numbers, place};

type AnyQuery<'q> = Query<'q, Any, AnyArguments>;

pub(super) fn id(row: &AnyRow) -> Result<RecordingId, DbError> {
    row.try_get("id")
}

pub(super) fn blob_key(row: &AnyRow) -> Result<BlobKey, DbError> {
    BlobKey::from_text(row.try_get("blob_key")?).map_err(|_| impossible("blob_key"))
}

pub(super) fn recording(row: AnyRow) -> Result<Recording, DbError> {
    Ok(Recording {
        id: id(&row)?,
        clinic_id: row.try_get("clinic_id")?,
        owner_id: row.try_get("doctor_id")?,
        patient_id: row.try_get("patient_id")?,
        file_name: row.try_get("file_name")?,
        size_bytes: unsigned(&row, "size_bytes")?,
        sha256: row.try_get("sha256")?,
        blob_key: blob_key(&row)?,
        created_at: Timestamp::from_millis(row.try_get("created_at")?),
        decided_dates: decided_dates(&row)?,
        digest: digest(&row)?,
    })
}

fn decided_dates(row: &AnyRow) -> Result<Option<DecidedDates>, DbError> {
    let Some(order) = row.try_get::<Option<String>, _>("date_order")? else { return Ok(None) };
    let order = order.parse().map_err(|_| impossible("date_order"))?;
    Ok(Some(DecidedDates { order, by: row.try_get("date_order_by")? }))
}

pub(super) fn known(row: &AnyRow) -> Result<Known, DbError> {
    let (id, blob_key) = (id(row)?, blob_key(row)?);
    Ok(match state(row)? {
        State::Ready => Known::Stored(id),
        State::Pending => Known::Waiting(Waiting { id, blob_key }),
        State::Deleting => Known::Hidden(Hidden { id, blob_key }),
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
    oxicore::format::Format::ALL
        .map(|format| format.code())
        .into_iter()
        .find(|known| *known == name)
        .unwrap_or("?")
}

fn state(row: &AnyRow) -> Result<State, DbError> {
    State::parse(row.try_get("state")?).ok_or_else(|| impossible("state"))
}

fn unsigned<T: TryFrom<i64>>(row: &AnyRow, column: &'static str) -> Result<T, DbError> {
    T::try_from(row.try_get::<i64, _>(column)?).map_err(|_| impossible(column))
}

fn impossible(column: &str) -> DbError {
    DbError::Decode(format!("a recording has an impossible {column}").into())
}

/// Appends the list numbers: eight values in the order of the table.
///
/// The statement is prepared anew each time. A kept one has the types of its first values, and sqlx 0.9 gives a missing
/// `f64` to PostgreSQL as a single: every number after it would be refused.
pub(super) fn bind_digest<'q>(query: AnyQuery<'q>, digest: &Digest) -> AnyQuery<'q> {
    let query = query.bind(i64::from(digest.algorithm_revision)).bind(digest.format);
    let query = query.bind(digest.starts_at.unix_seconds()).bind(i64::from(digest.length.as_secs()));
    let query = query.bind(digest.odi3_per_h).bind(digest.odi4_per_h).bind(digest.below_90_pct);
    query.bind(digest.min_pct.map(i32::from)).persistent(false)
}

pub(super) fn hidden(row: &AnyRow) -> Result<Hidden, DbError> {
    Ok(Hidden { id: id(row)?, blob_key: blob_key(row)? })
}

/// What tells the bytes of an account from others of it. They may be there once in each of its clinics; the one that
/// has the account's identifier, which every account had before there were others, adds nothing.
pub(super) fn key_of(owner: &Doctor, sha256: &str) -> String {
    let (clinic, account) = (owner.clinic_id().as_str(), owner.account_id().as_str());
    if clinic == account { sha256.to_owned() } else { format!("{sha256}:{clinic}") }
}

/// The order of dates that the asker saw; numbers of another reading must not be kept.
pub(super) fn order_seen(recording: &Recording) -> &'static str {
    recording.date_order().map_or("", DateOrder::code)
}

/// The patient as the asker saw it; a change that assumes another one must not happen.
pub(super) fn patient_seen(recording: &Recording) -> &str {
    recording.patient_id.as_ref().map_or("", PatientId::as_str)
}

pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
