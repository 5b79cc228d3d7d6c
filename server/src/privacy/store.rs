//! The tables `erasures` and `erasure_marks`.

use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use super::model::{Counts, Erasure, Marks, PATIENT, RECORDING, Reason};
use crate::clinics::Doctor;
use crate::ids::{AccountId, ErasureId};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT id, clinic_id, reason, asked_by, asked_at, done_at, patients, recordings, file_bytes, analyses, \
             links, mails, digest FROM erasures ",
            $tail
        )
    };
}

/// Notes what is being erased.
pub(super) async fn insert(
    work: &mut Transaction<'static, Any>,
    erasure: &Erasure,
    marks: &Marks,
) -> Result<(), DbError> {
    let query = sqlx::query(
        "INSERT INTO erasures (id, clinic_id, reason, asked_by, asked_at, patients, recordings, file_bytes, analyses, \
         links, mails, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    );
    let query = query.bind(erasure.id.as_str()).bind(erasure.clinic_id.as_str());
    let query = query.bind(erasure.reason.as_str()).bind(erasure.asked_by.as_ref().map(AccountId::as_str));
    let Counts { patients, recordings, file_bytes, analyses, links, mails } = erasure.counts;
    let query = query.bind(erasure.asked_at.as_millis()).bind(signed(patients)).bind(signed(recordings));
    let query = query.bind(signed(file_bytes)).bind(signed(analyses)).bind(signed(links)).bind(signed(mails));
    query.bind(&erasure.digest).execute(&mut **work).await?;
    let patients = marks.patients.iter().map(|mark| (PATIENT, mark));
    for (kind, mark) in patients.chain(marks.recordings.iter().map(|mark| (RECORDING, mark))) {
        let query = sqlx::query("INSERT INTO erasure_marks (erasure_id, kind, mark) VALUES ($1, $2, $3)");
        query.bind(erasure.id.as_str()).bind(kind).bind(mark).execute(&mut **work).await?;
    }
    Ok(())
}

/// An erasure of the doctor's clinic, if the doctor asked for it or administers the clinic.
pub(super) async fn find_seen(db: &Db, by: &Doctor, id: &ErasureId) -> Result<Option<Erasure>, DbError> {
    let query = sqlx::query(select!("WHERE id = $1 AND clinic_id = $2 AND (asked_by = $3 OR $4 = 1)"));
    let query = query.bind(id.as_str()).bind(by.clinic_id().as_str()).bind(by.account_id().as_str());
    let row = query.bind(i64::from(by.is_administrator())).fetch_optional(db.read()).await?;
    row.as_ref().map(erasure).transpose()
}

/// An erasure that is not done, given the subject of its job.
pub(super) async fn find_unfinished(db: &Db, id: &str) -> Result<Option<Erasure>, DbError> {
    let query = sqlx::query(select!("WHERE id = $1 AND done_at IS NULL")).bind(id);
    query.fetch_optional(db.read()).await?.as_ref().map(erasure).transpose()
}

/// By what is known again what an erasure took.
pub(super) async fn marks(db: &Db, erasure: &Erasure) -> Result<Marks, DbError> {
    let query = sqlx::query("SELECT kind, mark FROM erasure_marks WHERE erasure_id = $1 ORDER BY kind, mark");
    let mut marks = Marks::default();
    for row in query.bind(erasure.id.as_str()).fetch_all(db.read()).await? {
        match row.try_get("kind")? {
            PATIENT => marks.patients.push(row.try_get("mark")?),
            _ => marks.recordings.push(row.try_get("mark")?),
        }
    }
    Ok(marks)
}

/// The last byte is gone.
pub(super) async fn finish(
    work: &mut Transaction<'static, Any>,
    erasure: &Erasure,
    now: Timestamp,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE erasures SET done_at = $2 WHERE id = $1 AND done_at IS NULL");
    query.bind(erasure.id.as_str()).bind(now.as_millis()).execute(&mut **work).await.map(drop)
}

fn erasure(row: &AnyRow) -> Result<Erasure, DbError> {
    let done_at: Option<i64> = row.try_get("done_at")?;
    Ok(Erasure {
        id: row.try_get("id")?,
        clinic_id: row.try_get("clinic_id")?,
        reason: Reason::parse(row.try_get("reason")?).unwrap_or(Reason::Request),
        asked_by: row.try_get("asked_by")?,
        asked_at: Timestamp::from_millis(row.try_get("asked_at")?),
        done_at: done_at.map(Timestamp::from_millis),
        counts: Counts {
            patients: unsigned(row, "patients")?,
            recordings: unsigned(row, "recordings")?,
            file_bytes: unsigned(row, "file_bytes")?,
            analyses: unsigned(row, "analyses")?,
            links: unsigned(row, "links")?,
            mails: unsigned(row, "mails")?,
        },
        digest: row.try_get("digest")?,
    })
}

fn unsigned(row: &AnyRow, column: &str) -> Result<u64, DbError> {
    Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or(0))
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
