//! The table `recordings`. Nothing else names it.
//!
//! What changes one takes the proof that the asker may; the rest is for uploads and sweeps.

use oxicore::notices::DateOrder;
use sqlx::{Any, Transaction};

use super::access::{CanManage, CanView};
use super::model::{Digest, Draft, Hidden, Known, Recording, Waiting};
use super::row::{
    bind_digest, columns, hidden, key_of, known, numbers, order_seen, patient_seen, place, recording, signed,
};
use crate::clinics::{ClinicPerson, Doctor, Handover, Member};
use crate::ids::{AccountId, ErasureId, RecordingId};
use crate::patients::{GovernedPatient, HeldPatient, OpenedLink, OwnedPatient, Shown};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};
use crate::rows::Outdated;

macro_rules! select {
    ($tail:literal) => {
        concat!("SELECT ", columns!(), " FROM recordings ", $tail)
    };
}

/// The recording, if the account sees it in the clinic.
pub(super) async fn find_seen(
    db: &Db,
    reader: &Member,
    id: &RecordingId,
) -> Result<Option<Recording>, DbError> {
    let query = sqlx::query(select!(
        "WHERE id = $1 AND clinic_id = $2 AND (doctor_id = $3 OR $4 = 1) AND state = 'ready'"
    ));
    let query = query.bind(id.as_str()).bind(reader.clinic_id().as_str()).bind(reader.account_id().as_str());
    let query = query.bind(i64::from(reader.sees_colleagues()));
    query.fetch_optional(db.read()).await?.map(recording).transpose()
}

/// The recording, if it belongs to the patient whose link was opened; its file has a neutral name.
pub(super) async fn find_shared(db: &Db, shown: &Shown) -> Result<Option<Recording>, DbError> {
    let query = sqlx::query(select!("WHERE id = $1 AND patient_id = $2 AND state = 'ready'"));
    let query = query.bind(shown.recording_id().as_str()).bind(shown.patient_id().as_str());
    let found = query.fetch_optional(db.read()).await?.map(recording).transpose()?;
    Ok(found.map(|found| found.for_patient(shown)))
}

/// The nights that an opened link shows, newest first; the files have neutral names.
///
/// # Errors
/// When the database fails.
pub async fn list_shared(db: &Db, opened: &OpenedLink) -> Result<Vec<Recording>, DbError> {
    let query =
        sqlx::query(select!("WHERE patient_id = $1 AND state = 'ready' ORDER BY starts_at DESC, id DESC"));
    let rows = query.bind(opened.patient_id().as_str()).fetch_all(db.read()).await?;
    let all: Vec<_> = rows.into_iter().map(recording).collect::<Result<_, _>>()?;
    Ok(all
        .into_iter()
        .filter_map(|night| opened.shows(&night.id).map(|shown| night.for_patient(&shown)))
        .collect())
}

/// Gives the recording to a patient of the same clinic, or takes it back; `false` when somebody else was faster.
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

/// Gives every recording of one patient to another; says which.
pub(super) async fn move_all(
    connection: &mut Transaction<'static, Any>,
    from: &HeldPatient,
    to: &HeldPatient,
) -> Result<Vec<RecordingId>, DbError> {
    let query =
        sqlx::query_scalar("UPDATE recordings SET patient_id = $2 WHERE patient_id = $1 RETURNING id");
    query.bind(from.id().as_str()).bind(to.id().as_str()).fetch_all(&mut **connection).await
}

/// Gives a recording to another patient, if it is still the one's.
pub(super) async fn move_one(
    connection: &mut Transaction<'static, Any>,
    id: &RecordingId,
    from: &HeldPatient,
    to: &HeldPatient,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE recordings SET patient_id = $3 WHERE id = $1 AND patient_id = $2");
    let query = query.bind(id.as_str()).bind(from.id().as_str()).bind(to.id().as_str());
    query.execute(&mut **connection).await.map(drop)
}

/// The recordings of a patient.
pub(super) async fn of_patient(
    connection: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
) -> Result<Vec<Recording>, DbError> {
    let query = sqlx::query(select!("WHERE patient_id = $1 AND state = 'ready' ORDER BY id"));
    let rows = query.bind(patient.id().as_str()).fetch_all(&mut **connection).await?;
    rows.into_iter().map(recording).collect()
}

/// Makes every recording of one doctor in the clinic another's.
pub(super) async fn transfer(
    connection: &mut Transaction<'static, Any>,
    handover: &Handover<'_>,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE recordings SET doctor_id = $3 WHERE clinic_id = $1 AND doctor_id = $2");
    let query = query.bind(handover.clinic_id().as_str());
    let query = query.bind(handover.from().person().id().as_str()).bind(handover.to().person().id().as_str());
    query.execute(&mut **connection).await.map(drop)
}

/// How many recordings somebody has in the clinic.
pub(super) async fn count_of(
    connection: &mut Transaction<'static, Any>,
    whose: &ClinicPerson,
) -> Result<i64, DbError> {
    let query = sqlx::query_scalar("SELECT COUNT(*) FROM recordings WHERE clinic_id = $1 AND doctor_id = $2");
    let query = query.bind(whose.admin().clinic_id().as_str()).bind(whose.person().id().as_str());
    query.fetch_one(&mut **connection).await
}

/// Hides the recording from everybody: the first step of its deletion; `None` when somebody else was faster.
pub(super) async fn hide(
    connection: &mut Transaction<'static, Any>,
    held: &CanManage,
    now: Timestamp,
) -> Result<Option<Hidden>, DbError> {
    let query = sqlx::query(
        "UPDATE recordings SET state = 'deleting', patient_id = NULL, changed_at = $2 \
         WHERE id = $1 AND state = 'ready' AND COALESCE(patient_id, '') = $3",
    );
    let query = query.bind(held.recording().id.as_str()).bind(now.as_millis());
    let done = query.bind(patient_seen(held.recording())).execute(&mut **connection).await?;
    let Recording { id, blob_key, .. } = held.recording().clone();
    Ok((done.rows_affected() == 1).then_some(Hidden { id, blob_key }))
}

/// Hides the recordings of a patient from everybody, and forgets their names: the first step of its erasure.
///
/// # Errors
/// When the database fails.
pub async fn hide_of(
    connection: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
    (erasure, now): (&ErasureId, Timestamp),
) -> Result<Vec<Recording>, DbError> {
    let query = sqlx::query(concat!(
        "UPDATE recordings SET state = 'deleting', patient_id = NULL, file_name = '', erasure_id = $2, changed_at = $3 \
         WHERE patient_id = $1 RETURNING ",
        columns!()
    ));
    let query = query.bind(patient.id().as_str()).bind(erasure.as_str()).bind(now.as_millis());
    query.fetch_all(&mut **connection).await?.into_iter().map(recording).collect()
}

/// What a patient has, for whoever answers for it.
///
/// # Errors
/// When the database fails.
pub async fn list_governed(db: &Db, held: &GovernedPatient) -> Result<Vec<CanView>, DbError> {
    let query =
        sqlx::query(select!("WHERE patient_id = $1 AND clinic_id = $2 AND state = 'ready' ORDER BY id"));
    let query = query.bind(held.patient().id.as_str()).bind(held.by().clinic_id().as_str());
    let rows = query.fetch_all(db.read()).await?.into_iter();
    rows.map(|row| recording(row).map(|found| CanView::of_own(found, held.by()))).collect()
}

/// A doctor's own recordings in the clinic after `after`, in order, `limit` at most.
///
/// # Errors
/// When the database fails.
pub async fn list_of_doctor(
    db: &Db,
    doctor: &Doctor,
    after: Option<&RecordingId>,
    limit: u32,
) -> Result<Vec<CanView>, DbError> {
    let query = sqlx::query(select!(
        "WHERE clinic_id = $1 AND doctor_id = $2 AND id > $3 AND state = 'ready' ORDER BY id LIMIT $4"
    ));
    let query = query.bind(doctor.clinic_id().as_str()).bind(doctor.account_id().as_str());
    let query = query.bind(after.map_or("", RecordingId::as_str)).bind(i64::from(limit));
    let rows = query.fetch_all(db.read()).await?.into_iter();
    rows.map(|row| recording(row).map(|found| CanView::of_own(found, doctor))).collect()
}

/// What is left of the recordings of an erasure.
///
/// # Errors
/// When the database fails.
pub async fn list_erased(db: &Db, erasure: &ErasureId) -> Result<Vec<Hidden>, DbError> {
    let query =
        concat!("SELECT id, ", place!(), " FROM recordings WHERE erasure_id = $1 AND state = 'deleting'");
    let rows = sqlx::query(query).bind(erasure.as_str()).fetch_all(db.read()).await?;
    rows.iter().map(hidden).collect()
}

/// Announces a file; `None` when the account has these bytes already.
///
/// # Errors
/// When the database fails.
pub async fn announce(
    connection: &mut Transaction<'static, Any>,
    draft: &Draft<'_>,
) -> Result<Option<Waiting>, DbError> {
    let query = sqlx::query(
        "INSERT INTO recordings (id, owner_id, state, sha256, file_name, size_bytes, created_at, changed_at, \
         algorithm_revision, format, starts_at, recording_s, odi3_per_h, odi4_per_h, below_90_pct, min_pct, blob_key, \
         clinic_id, doctor_id) \
         VALUES ($1, $2, 'pending', $3, $4, $5, $6, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $2) \
         ON CONFLICT (owner_id, sha256) DO NOTHING",
    );
    let key = key_of(draft.owner, draft.sha256);
    let query = query.bind(draft.id.as_str()).bind(draft.owner.account_id().as_str()).bind(key);
    let query = query.bind(draft.file_name).bind(signed(draft.size_bytes)).bind(draft.now.as_millis());
    let query = bind_digest(query, &draft.digest).bind(draft.blob_key.as_str());
    let query = query.bind(draft.owner.clinic_id().as_str());
    let is_new = query.execute(&mut **connection).await?.rows_affected() == 1;
    Ok(is_new.then(|| Waiting { id: draft.id.clone(), blob_key: draft.blob_key.clone() }))
}

/// What is known about bytes that an account has uploaded before.
///
/// # Errors
/// When the database fails.
pub async fn find_by_digest(db: &Db, owner: &Doctor, sha256: &str) -> Result<Option<Known>, DbError> {
    let query =
        concat!("SELECT id, state, ", place!(), " FROM recordings WHERE owner_id = $1 AND sha256 = $2");
    let query = sqlx::query(query).bind(owner.account_id().as_str()).bind(key_of(owner, sha256));
    let row = query.fetch_optional(db.read()).await?;
    row.as_ref().map(known).transpose()
}

/// Makes an announced recording visible, now that its bytes are stored, under the name and with the numbers of the
/// upload that completes it; `None` when it was not waiting.
///
/// # Errors
/// When the database fails.
pub async fn publish(
    connection: &mut Transaction<'static, Any>,
    waiting: &Waiting,
    (file_name, digest): (&str, &Digest),
    now: Timestamp,
) -> Result<Option<Recording>, DbError> {
    let query = sqlx::query(concat!(
        "UPDATE recordings SET ",
        numbers!(),
        ", state = 'ready', file_name = $10, changed_at = $11 WHERE id = $1 AND state = 'pending' RETURNING ",
        columns!()
    ));
    let query = bind_digest(query.bind(waiting.id.as_str()), digest).bind(file_name).bind(now.as_millis());
    query.fetch_optional(&mut **connection).await?.map(recording).transpose()
}

/// Removes the row of a hidden recording, and what the database keeps beside it.
pub(super) async fn delete(
    connection: &mut Transaction<'static, Any>,
    hidden: &Hidden,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM recordings WHERE id = $1 AND state = 'deleting'");
    query.bind(hidden.id.as_str()).execute(&mut **connection).await.map(drop)
}

/// Hides uploads that never finished: announced before `before` and still waiting for their bytes.
pub(super) async fn give_up_pending(
    connection: &mut Transaction<'static, Any>,
    before: Timestamp,
    now: Timestamp,
) -> Result<u64, DbError> {
    let query = sqlx::query(
        "UPDATE recordings SET state = 'deleting', changed_at = $2 WHERE state = 'pending' AND changed_at < $1",
    );
    let query = query.bind(before.as_millis()).bind(now.as_millis());
    Ok(query.execute(&mut **connection).await?.rows_affected())
}

/// Every hidden recording.
pub(super) async fn list_hidden(db: &Db) -> Result<Vec<Hidden>, DbError> {
    let query = concat!("SELECT id, ", place!(), " FROM recordings WHERE state = 'deleting'");
    let rows = sqlx::query(query).fetch_all(db.read()).await?;
    rows.iter().map(hidden).collect()
}

/// A recording whose figures are outdated, for the program itself.
///
/// # Errors
/// When the database fails.
pub async fn find_for_maintenance(db: &Db, outdated: &Outdated) -> Result<Option<CanView>, DbError> {
    let query = sqlx::query(select!("WHERE id = $1 AND state = 'ready'")).bind(outdated.id().as_str());
    query.fetch_optional(db.read()).await?.map(|row| recording(row).map(CanView::for_maintenance)).transpose()
}

/// Recordings after `after` that are ready, in order, `limit` at most.
///
/// # Errors
/// When the database fails.
pub async fn list_ready(db: &Db, after: Option<&RecordingId>, limit: u32) -> Result<Vec<Recording>, DbError> {
    let query = sqlx::query(select!("WHERE id > $1 AND state = 'ready' ORDER BY id LIMIT $2"));
    let query = query.bind(after.map_or("", RecordingId::as_str)).bind(i64::from(limit));
    query.fetch_all(db.read()).await?.into_iter().map(recording).collect()
}

/// Keeps everybody else from changing the recording until the transaction ends; `false` when it is no longer as it was
/// seen.
///
/// # Errors
/// When the database fails.
pub async fn hold(connection: &mut Transaction<'static, Any>, seen: &Recording) -> Result<bool, DbError> {
    let query = sqlx::query(
        "UPDATE recordings SET changed_at = changed_at \
         WHERE id = $1 AND state = 'ready' AND COALESCE(patient_id, '') = $2",
    );
    let query = query.bind(seen.id.as_str()).bind(patient_seen(seen));
    Ok(query.execute(&mut **connection).await?.rows_affected() == 1)
}

/// Replaces the list numbers of a recording; `false` when it is gone, has those of a newer program, or a doctor has
/// decided meanwhile how its dates are read.
///
/// # Errors
/// When the database fails.
pub async fn renew_digest(
    connection: &mut Transaction<'static, Any>,
    seen: &CanView,
    digest: &Digest,
) -> Result<bool, DbError> {
    let query = sqlx::query(concat!(
        "UPDATE recordings SET ",
        numbers!(),
        " WHERE id = $1 AND state = 'ready' AND algorithm_revision <= $2 AND COALESCE(date_order, '') = $10",
    ));
    let query =
        bind_digest(query.bind(seen.recording().id.as_str()), digest).bind(order_seen(seen.recording()));
    Ok(query.execute(&mut **connection).await?.rows_affected() == 1)
}

/// Keeps how a doctor has decided that the dates are read, with the list numbers of that reading; `false` when somebody
/// else was faster.
///
/// # Errors
/// When the database fails.
pub async fn decide_dates(
    connection: &mut Transaction<'static, Any>,
    held: &CanManage,
    order: Option<DateOrder>,
    digest: &Digest,
) -> Result<bool, DbError> {
    let query = sqlx::query(concat!(
        "UPDATE recordings SET ",
        numbers!(),
        ", date_order = $11, date_order_by = $12 WHERE id = $1 AND state = 'ready' AND COALESCE(date_order, '') = $10",
    ));
    let query =
        bind_digest(query.bind(held.recording().id.as_str()), digest).bind(order_seen(held.recording()));
    let by = order.map(|_| held.owner().account_id().as_str());
    let query = query.bind(order.map(DateOrder::code)).bind(by);
    Ok(query.execute(&mut **connection).await?.rows_affected() == 1)
}

/// Gives the recordings of a program that knows no clinics the one of their owner.
///
/// # Errors
/// When the database fails.
pub async fn settle(connection: &mut Transaction<'static, Any>, owner: &AccountId) -> Result<u64, DbError> {
    let query = sqlx::query(
        "UPDATE recordings SET clinic_id = owner_id, doctor_id = owner_id WHERE clinic_id IS NULL AND owner_id = $1",
    );
    Ok(query.bind(owner.as_str()).execute(&mut **connection).await?.rows_affected())
}

/// Whose recordings have no clinic.
///
/// # Errors
/// When the database fails.
pub async fn homeless(db: &Db) -> Result<Vec<AccountId>, DbError> {
    let query = sqlx::query_scalar("SELECT DISTINCT owner_id FROM recordings WHERE clinic_id IS NULL");
    query.fetch_all(db.read()).await
}
