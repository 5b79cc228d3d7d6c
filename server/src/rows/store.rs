//! The table `desk_rows`. Nothing else names it.

use std::collections::BTreeMap;

use oxicore::{Span, time::LocalDateTime};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, Row as _, Transaction};

use super::model::{
    DeskRow, Figures, Flags, Links, NewRow, PatientMark, RecordingMark, Revisions, Signal, Strip,
};
use super::search;
use crate::clinics::{Handover, Member};
use crate::ids::{ClinicId, PatientId, RecordingId};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};

type AnyQuery<'q> = Query<'q, Any, AnyArguments>;

/// Puts a recording into the list, or in the place of the row it had.
///
/// # Errors
/// When the database fails.
pub async fn insert(connection: &mut Transaction<'static, Any>, row: &NewRow<'_>) -> Result<(), DbError> {
    remove(connection, row.recording).await?;
    let query = sqlx::query(
        "INSERT INTO desk_rows (recording_id, starts_at, recording_s, odi3_per_h, odi4_per_h, below_90_pct, min_pct, \
         is_short, is_below_range, has_notices, is_cut, below_90_pct_with_below_range, is_too_coarse, strip, \
         algorithm_revision, reader_revision, layout, valid_s, valid_pct, patient_id, patient_label, has_links, \
         links_end_at, search, owner_id, uploaded_at, device, clinic_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
         $23, $24, $25, $26, $27, $28)",
    );
    let query = bind_figures(query.bind(row.recording.id.as_str()), row.figures);
    let query = bind_patient(query, row.recording.file_name, row.patient).bind(row.owner_id.as_str());
    let query = query.bind(row.uploaded_at.as_millis()).bind(row.device).bind(row.clinic_id.as_str());
    query.execute(&mut **connection).await.map(drop)
}

/// Takes a recording out of the list.
///
/// # Errors
/// When the database fails.
pub async fn remove(
    connection: &mut Transaction<'static, Any>,
    recording: RecordingMark<'_>,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM desk_rows WHERE recording_id = $1").bind(recording.id.as_str());
    query.execute(&mut **connection).await.map(drop)
}

/// The recording was given to a patient, or taken back.
///
/// # Errors
/// When the database fails.
pub async fn assigned(
    connection: &mut Transaction<'static, Any>,
    recording: RecordingMark<'_>,
    patient: Option<&PatientMark>,
) -> Result<(), DbError> {
    let query = sqlx::query(
        "UPDATE desk_rows SET patient_id = $2, patient_label = $3, has_links = $4, links_end_at = $5, search = $6 \
         WHERE recording_id = $1",
    );
    bind_patient(query.bind(recording.id.as_str()), recording.file_name, patient)
        .execute(&mut **connection)
        .await
        .map(drop)
}

/// The links of a patient are others now.
///
/// # Errors
/// When the database fails.
pub async fn linked(
    connection: &mut Transaction<'static, Any>,
    patient: &PatientMark,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE desk_rows SET has_links = $2, links_end_at = $3 WHERE patient_id = $1");
    let links = patient.links;
    let query = query.bind(patient.id.as_str()).bind(i32::from(links.has_any));
    query.bind(links.end_at.map(Timestamp::as_millis)).execute(&mut **connection).await.map(drop)
}

macro_rules! figures {
    ($tail:literal) => {
        concat!(
            "UPDATE desk_rows SET starts_at = $2, recording_s = $3, odi3_per_h = $4, odi4_per_h = $5, \
             below_90_pct = $6, min_pct = $7, is_short = $8, is_below_range = $9, has_notices = $10, is_cut = $11, \
             below_90_pct_with_below_range = $12, is_too_coarse = $13, strip = $14, algorithm_revision = $15, \
             reader_revision = $16, layout = $17, valid_s = $18, valid_pct = $19 WHERE recording_id = $1",
            $tail
        )
    };
}

/// The recording was analysed anew; figures of higher revisions stay.
///
/// # Errors
/// When the database fails.
pub async fn analysed(
    connection: &mut Transaction<'static, Any>,
    recording: RecordingMark<'_>,
    figures: &Figures,
) -> Result<(), DbError> {
    let tail = figures!(" AND algorithm_revision <= $15 AND reader_revision <= $16 AND layout <= $17");
    let query = sqlx::query(tail).bind(recording.id.as_str());
    bind_figures(query, figures).execute(&mut **connection).await.map(drop)
}

/// The recording is read otherwise from now on: figures of the reading of before go, whatever computed them.
///
/// # Errors
/// When the database fails.
pub async fn reread(
    connection: &mut Transaction<'static, Any>,
    recording: RecordingMark<'_>,
    figures: &Figures,
) -> Result<(), DbError> {
    let query = sqlx::query(figures!("")).bind(recording.id.as_str());
    bind_figures(query, figures).execute(&mut **connection).await.map(drop)
}

/// How many recordings somebody sees in the clinic: the own ones, and colleagues' where it shares.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, reader: &Member) -> Result<u32, DbError> {
    let clinic = reader.clinic_id().as_str();
    let query = if reader.sees_colleagues() {
        sqlx::query_scalar("SELECT COUNT(*) FROM desk_rows WHERE clinic_id = $1").bind(clinic)
    } else {
        let query = "SELECT COUNT(*) FROM desk_rows WHERE clinic_id = $1 AND owner_id = $2";
        sqlx::query_scalar(query).bind(clinic).bind(reader.account_id().as_str())
    };
    let count: i64 = query.fetch_one(db.read()).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT recording_id, owner_id, uploaded_at, device, patient_id, patient_label, has_links, links_end_at, \
             starts_at, recording_s, odi3_per_h, odi4_per_h, below_90_pct, min_pct, is_short, is_below_range, \
             has_notices, is_cut, below_90_pct_with_below_range, is_too_coarse, strip, algorithm_revision, \
             reader_revision, layout, valid_s, valid_pct FROM desk_rows ",
            $tail
        )
    };
}

/// Some of the recordings that somebody sees in the clinic, newest night first.
///
/// # Errors
/// When the database fails.
pub async fn page(db: &Db, reader: &Member, offset: u32, limit: u32) -> Result<Vec<DeskRow>, DbError> {
    let (clinic, limit, offset) = (reader.clinic_id().as_str(), i64::from(limit), i64::from(offset));
    let query = if reader.sees_colleagues() {
        let tail =
            select!("WHERE clinic_id = $1 ORDER BY starts_at DESC, recording_id DESC LIMIT $2 OFFSET $3");
        sqlx::query(tail).bind(clinic).bind(limit).bind(offset)
    } else {
        let tail = select!(
            "WHERE clinic_id = $1 AND owner_id = $4 ORDER BY starts_at DESC, recording_id DESC LIMIT $2 OFFSET $3"
        );
        sqlx::query(tail).bind(clinic).bind(limit).bind(offset).bind(reader.account_id().as_str())
    };
    query.fetch_all(db.read()).await?.iter().map(row).collect()
}

/// The recordings of a patient that somebody sees in the clinic, newest night first.
///
/// # Errors
/// When the database fails.
pub async fn of_patient(db: &Db, reader: &Member, patient: &PatientId) -> Result<Vec<DeskRow>, DbError> {
    let query = sqlx::query(select!(
        "WHERE patient_id = $1 AND clinic_id = $2 AND (owner_id = $3 OR $4 = 1) \
         ORDER BY starts_at DESC, recording_id DESC"
    ));
    let query = query.bind(patient.as_str()).bind(reader.clinic_id().as_str());
    let query = query.bind(reader.account_id().as_str()).bind(i64::from(reader.sees_colleagues()));
    query.fetch_all(db.read()).await?.iter().map(row).collect()
}

/// How many nights a patient has.
///
/// # Errors
/// When the database fails.
pub async fn count_of_patient(db: &Db, patient: &PatientId) -> Result<u32, DbError> {
    let query = sqlx::query_scalar("SELECT COUNT(*) FROM desk_rows WHERE patient_id = $1");
    let count: i64 = query.bind(patient.as_str()).fetch_one(db.read()).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Makes every line of one doctor in the clinic another's.
///
/// # Errors
/// When the database fails.
pub async fn transfer(
    connection: &mut Transaction<'static, Any>,
    handover: &Handover<'_>,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE desk_rows SET owner_id = $3 WHERE clinic_id = $1 AND owner_id = $2");
    let query = query.bind(handover.clinic_id().as_str());
    let query = query.bind(handover.from().person().id().as_str()).bind(handover.to().person().id().as_str());
    query.execute(&mut **connection).await.map(drop)
}

/// How many recordings each clinic has.
///
/// # Errors
/// When the database fails.
pub async fn count_by_clinic(db: &Db) -> Result<BTreeMap<ClinicId, i64>, DbError> {
    let query = sqlx::query(
        "SELECT clinic_id, COUNT(*) AS n FROM desk_rows WHERE clinic_id IS NOT NULL GROUP BY clinic_id",
    );
    let pair = |row: &AnyRow| Ok((row.try_get("clinic_id")?, row.try_get("n")?));
    query.fetch_all(db.read()).await?.iter().map(pair).collect()
}

/// Forgets the lines of a program that knows no clinics: they are made anew.
///
/// # Errors
/// When the database fails.
pub async fn forget_homeless(connection: &mut Transaction<'static, Any>) -> Result<u64, DbError> {
    let query = sqlx::query("DELETE FROM desk_rows WHERE clinic_id IS NULL");
    Ok(query.execute(&mut **connection).await?.rows_affected())
}

/// A recording whose figures lower revisions computed.
#[derive(Clone, Debug)]
pub struct Outdated(RecordingId);

impl Outdated {
    /// Identifier of the recording.
    pub fn id(&self) -> &RecordingId {
        &self.0
    }
}

/// Recordings after `after` whose figures lower revisions computed, in order, `limit` at most.
///
/// # Errors
/// When the database fails.
pub async fn outdated(
    db: &Db,
    revisions: Revisions,
    after: Option<&Outdated>,
    limit: u32,
) -> Result<Vec<Outdated>, DbError> {
    let query = sqlx::query_scalar(
        "SELECT recording_id FROM desk_rows WHERE recording_id > $1 \
         AND (algorithm_revision < $2 OR reader_revision < $3 OR layout < $4) ORDER BY recording_id LIMIT $5",
    );
    let query = query
        .bind(after.map_or("", |after| after.0.as_str()))
        .bind(i64::from(revisions.algorithm))
        .bind(i64::from(revisions.reader));
    let query = query.bind(i64::from(revisions.layout)).bind(i64::from(limit));
    Ok(query.fetch_all(db.read()).await?.into_iter().map(Outdated).collect())
}

/// The recording, if its figures are such ones now.
///
/// # Errors
/// When the database fails.
pub async fn find_outdated(
    db: &Db,
    revisions: Revisions,
    recording: &RecordingId,
) -> Result<Option<Outdated>, DbError> {
    let query = sqlx::query_scalar(
        "SELECT recording_id FROM desk_rows WHERE recording_id = $1 \
         AND (algorithm_revision < $2 OR reader_revision < $3 OR layout < $4)",
    );
    let query = query.bind(recording.as_str()).bind(i64::from(revisions.algorithm));
    let query = query.bind(i64::from(revisions.reader)).bind(i64::from(revisions.layout));
    Ok(query.fetch_optional(db.read()).await?.map(Outdated))
}

/// The recordings from `first` to `last` that have a row which lacks nothing that the analysis tells.
///
/// # Errors
/// When the database fails.
pub async fn known(db: &Db, first: &RecordingId, last: &RecordingId) -> Result<Vec<RecordingId>, DbError> {
    let query = sqlx::query_scalar(
        "SELECT recording_id FROM desk_rows WHERE recording_id >= $1 AND recording_id <= $2 \
         AND (valid_s IS NOT NULL OR is_short IS NULL) ORDER BY recording_id",
    );
    query.bind(first.as_str()).bind(last.as_str()).fetch_all(db.read()).await
}

/// Appends eighteen values in the order of the table. The statement is prepared anew each time: a kept one takes a
/// missing `f64` for a single on PostgreSQL.
fn bind_figures<'q>(query: AnyQuery<'q>, figures: &'q Figures) -> AnyQuery<'q> {
    let flag = |of: fn(&Flags) -> bool| figures.flags.as_ref().map(|flags| i32::from(of(flags)));
    let query = query.bind(figures.starts_at.unix_seconds()).bind(i64::from(figures.length.as_secs()));
    let query = query.bind(figures.odi3_per_h).bind(figures.odi4_per_h).bind(figures.below_90_pct);
    let query = query.bind(figures.min_pct.map(i32::from)).bind(flag(|flags| flags.is_short));
    let query = query.bind(flag(|flags| flags.is_below_range)).bind(flag(|flags| flags.has_notices));
    let query = query.bind(flag(|flags| flags.is_cut)).bind(figures.below_90_pct_with_below_range);
    let query = query.bind(flag(|flags| flags.is_too_coarse));
    let query = query.bind(figures.strip.as_ref().map(|Strip(parts)| parts.as_slice()));
    let Revisions { algorithm, reader, layout } = figures.revisions;
    let query = query.bind(i64::from(algorithm)).bind(i64::from(reader)).bind(i64::from(layout));
    let query = query.bind(figures.signal.map(|signal| i64::from(signal.valid_s)));
    query.bind(figures.signal.map(|signal| signal.valid_pct)).persistent(false)
}

/// Appends five values in the order of the table.
fn bind_patient<'q>(query: AnyQuery<'q>, file_name: &str, patient: Option<&'q PatientMark>) -> AnyQuery<'q> {
    let links = patient.map(|patient| patient.links).unwrap_or_default();
    let query = query.bind(patient.map(|patient| patient.id.as_str()));
    let query = query.bind(patient.map(|patient| patient.code.as_str()));
    let query = query.bind(i32::from(links.has_any)).bind(links.end_at.map(Timestamp::as_millis));
    query.bind(search::text(file_name, patient))
}

fn row(row: &AnyRow) -> Result<DeskRow, DbError> {
    Ok(DeskRow {
        recording_id: row.try_get("recording_id")?,
        owner_id: row.try_get("owner_id")?,
        uploaded_at: Timestamp::from_millis(row.try_get("uploaded_at")?),
        device: row.try_get("device")?,
        patient: patient(row)?,
        figures: figures(row)?,
    })
}

fn patient(row: &AnyRow) -> Result<Option<PatientMark>, DbError> {
    let Some(id) = row.try_get("patient_id")? else { return Ok(None) };
    let end_at: Option<i64> = row.try_get("links_end_at")?;
    let has_any = row.try_get::<i32, _>("has_links")? != 0;
    let links = Links { has_any, end_at: end_at.map(Timestamp::from_millis) };
    let code = row.try_get::<Option<String>, _>("patient_label")?.unwrap_or_default();
    Ok(Some(PatientMark { id, code, note: None, links }))
}

fn figures(row: &AnyRow) -> Result<Figures, DbError> {
    let starts_at = LocalDateTime::from_unix_seconds(row.try_get("starts_at")?);
    let min_pct: Option<i32> = row.try_get("min_pct")?;
    Ok(Figures {
        starts_at: starts_at.ok_or_else(|| impossible("starts_at"))?,
        length: Span::from_secs(unsigned(row, "recording_s")?),
        odi3_per_h: row.try_get("odi3_per_h")?,
        odi4_per_h: row.try_get("odi4_per_h")?,
        below_90_pct: row.try_get("below_90_pct")?,
        below_90_pct_with_below_range: row.try_get("below_90_pct_with_below_range")?,
        min_pct: min_pct.and_then(|pct| u8::try_from(pct).ok()),
        signal: signal(row)?,
        flags: flags(row)?,
        strip: row.try_get::<Option<Vec<u8>>, _>("strip")?.map(Strip),
        revisions: Revisions {
            algorithm: unsigned(row, "algorithm_revision")?,
            reader: unsigned(row, "reader_revision")?,
            layout: unsigned(row, "layout")?,
        },
    })
}

fn signal(row: &AnyRow) -> Result<Option<Signal>, DbError> {
    let (valid_s, valid_pct): (Option<i64>, Option<f64>) =
        (row.try_get("valid_s")?, row.try_get("valid_pct")?);
    let Some((valid_s, valid_pct)) = valid_s.zip(valid_pct) else { return Ok(None) };
    let valid_s = u32::try_from(valid_s).map_err(|_| impossible("valid_s"))?;
    Ok(Some(Signal { valid_s, valid_pct }))
}

fn flags(row: &AnyRow) -> Result<Option<Flags>, DbError> {
    let flag = |column: &str| -> Result<Option<bool>, DbError> {
        Ok(row.try_get::<Option<i32>, _>(column)?.map(|flag| flag != 0))
    };
    let all = (flag("is_short")?, flag("is_below_range")?, flag("has_notices")?);
    let (Some(is_short), Some(is_below_range), Some(has_notices)) = all else { return Ok(None) };
    let is_cut = flag("is_cut")?.unwrap_or(false);
    let is_too_coarse = flag("is_too_coarse")?.unwrap_or(false);
    Ok(Some(Flags { is_short, is_below_range, has_notices, is_cut, is_too_coarse }))
}

fn unsigned(row: &AnyRow, column: &'static str) -> Result<u32, DbError> {
    u32::try_from(row.try_get::<i64, _>(column)?).map_err(|_| impossible(column))
}

fn impossible(column: &str) -> DbError {
    DbError::Decode(format!("a row of the list has an impossible {column}").into())
}
