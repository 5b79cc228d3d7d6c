//! The table `patients`.

use std::collections::BTreeMap;

use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use super::held::HeldPatient;
use super::links::model::Link;
use super::model::{Code, Merge, Note, Patient};
use super::row::{columns, patient};
use crate::accounts::AdministeredAccount;
use crate::clinics::{ClinicAdmin, ClinicPerson, Handover, Member};
use crate::ids::{AccountId, ClinicId, PatientId};
use crate::platform::db::{Db, DbError};

macro_rules! select {
    ($tail:literal) => {
        concat!("SELECT ", columns!(), " FROM patients ", $tail)
    };
}

/// The patients that somebody sees in the clinic, the highest codes first: those after `after`, `limit` at most.
pub(super) async fn list(
    db: &Db,
    reader: &Member,
    after: Option<&Code>,
    limit: u32,
) -> Result<Vec<Patient>, DbError> {
    if !reader.sees_colleagues() {
        return list_own(db, reader, after, limit).await;
    }
    let query = sqlx::query(select!(
        "WHERE clinic_id = $1 AND ($2 = 1 OR code < $3) AND merged_into IS NULL ORDER BY code DESC LIMIT $4"
    ));
    let query = query.bind(reader.clinic_id().as_str()).bind(i64::from(after.is_none()));
    let query = query.bind(after.map_or("", Code::as_str)).bind(i64::from(limit));
    query.fetch_all(db.read()).await?.iter().map(patient).collect()
}

/// [`list`] of the account's own patients alone.
pub(super) async fn list_own(
    db: &Db,
    reader: &Member,
    after: Option<&Code>,
    limit: u32,
) -> Result<Vec<Patient>, DbError> {
    let query = sqlx::query(select!(
        "WHERE clinic_id = $1 AND owner_id = $5 AND ($2 = 1 OR code < $3) AND merged_into IS NULL \
         ORDER BY code DESC LIMIT $4"
    ));
    let query = query.bind(reader.clinic_id().as_str()).bind(i64::from(after.is_none()));
    let query = query.bind(after.map_or("", Code::as_str)).bind(i64::from(limit));
    query.bind(reader.account_id().as_str()).fetch_all(db.read()).await?.iter().map(patient).collect()
}

/// The patient, if it is the account's own in the clinic, or whosever in it where `sees_all`.
pub(super) async fn find_in_clinic(
    db: &Db,
    (reader, sees_all): (&Member, bool),
    id: &PatientId,
) -> Result<Option<Patient>, DbError> {
    let query = sqlx::query(select!("WHERE id = $1 AND clinic_id = $2 AND (owner_id = $3 OR $4 = 1)"));
    let query = query.bind(id.as_str()).bind(reader.clinic_id().as_str()).bind(reader.account_id().as_str());
    let row = query.bind(i64::from(sees_all)).fetch_optional(db.read()).await?;
    row.as_ref().map(patient).transpose()
}

/// Makes a patient; `false` when somebody in the clinic has the code.
pub(super) async fn create(
    connection: &mut Transaction<'static, Any>,
    patient: &Patient,
) -> Result<bool, DbError> {
    let query = sqlx::query(
        "INSERT INTO patients (id, clinic_id, owner_id, code, label, created_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (clinic_id, code) DO NOTHING",
    );
    let query = query.bind(patient.id.as_str()).bind(patient.clinic_id.as_str());
    let query = query.bind(patient.owner_id.as_str()).bind(patient.code.as_str());
    let query = query.bind(patient.note.as_ref().map(Note::as_str)).bind(patient.created_at.as_millis());
    Ok(query.execute(&mut **connection).await?.rows_affected() == 1)
}

/// Keeps everybody else from giving recordings to the patient or deleting it until the transaction ends; `None`
/// when the patient is gone, or has turned out to be another.
pub(super) async fn hold(
    connection: &mut Transaction<'static, Any>,
    id: &PatientId,
) -> Result<Option<Patient>, DbError> {
    let query = sqlx::query(concat!(
        "UPDATE patients SET created_at = created_at WHERE id = $1 AND merged_into IS NULL RETURNING ",
        columns!()
    ));
    let row = query.bind(id.as_str()).fetch_optional(&mut **connection).await?;
    row.as_ref().map(patient).transpose()
}

/// Removes the patient, those who turned out to be the same, and what hangs on them (links, visits, merges); says whom.
pub(super) async fn remove(
    connection: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
) -> Result<Vec<PatientId>, DbError> {
    let query = sqlx::query_scalar(
        "DELETE FROM patients WHERE id IN (WITH RECURSIVE same (id) AS (SELECT $1 UNION SELECT p.id FROM patients p \
         JOIN same ON p.merged_into = same.id) SELECT id FROM same) RETURNING id",
    );
    query.bind(patient.id().as_str()).fetch_all(&mut **connection).await
}

/// Gives the patients of a program that knows no clinics, which have no code either, the one of their owner.
///
/// # Errors
/// When the database fails.
pub async fn settle(
    connection: &mut Transaction<'static, Any>,
    held: &HeldPatient,
    code: &Code,
) -> Result<bool, DbError> {
    let query = sqlx::query(
        "UPDATE patients SET clinic_id = owner_id, code = $2 WHERE id = $1 AND clinic_id IS NULL AND NOT EXISTS \
         (SELECT 1 FROM patients taken WHERE taken.clinic_id = patients.owner_id AND taken.code = $2)",
    );
    Ok(query.bind(held.id().as_str()).bind(code.as_str()).execute(&mut **connection).await?.rows_affected()
        == 1)
}

/// Patients without a clinic, and whose they are.
///
/// # Errors
/// When the database fails.
pub async fn homeless(db: &Db) -> Result<Vec<(PatientId, AccountId)>, DbError> {
    let query =
        sqlx::query("SELECT id, owner_id FROM patients WHERE clinic_id IS NULL ORDER BY created_at, id");
    let pair = |row: &AnyRow| Ok((row.try_get("id")?, row.try_get("owner_id")?));
    query.fetch_all(db.read()).await?.iter().map(pair).collect()
}

/// Says which patient this one turned out to be.
pub(super) async fn merge(
    connection: &mut Transaction<'static, Any>,
    source: &HeldPatient,
    target: &HeldPatient,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE patients SET merged_into = $2 WHERE id = $1");
    query.bind(source.id().as_str()).bind(target.id().as_str()).execute(&mut **connection).await.map(drop)
}

/// Makes the patient of a merge that is taken back one of its own again, and holds it; `None` when it is gone.
pub(super) async fn unmerge(
    connection: &mut Transaction<'static, Any>,
    merge: &Merge,
) -> Result<Option<Patient>, DbError> {
    let query =
        sqlx::query(concat!("UPDATE patients SET merged_into = NULL WHERE id = $1 RETURNING ", columns!()));
    let row = query.bind(merge.source_id.as_str()).fetch_optional(&mut **connection).await?;
    row.as_ref().map(patient).transpose()
}

/// Whether another patient of the clinic has the code.
pub(super) async fn is_taken(
    connection: &mut Transaction<'static, Any>,
    held: &HeldPatient,
    code: &Code,
) -> Result<bool, DbError> {
    let others = "SELECT id FROM patients WHERE clinic_id = $1 AND code = $2 AND id <> $3";
    let query = sqlx::query(others).bind(held.patient().clinic_id.as_str());
    let query = query.bind(code.as_str()).bind(held.id().as_str());
    Ok(query.fetch_optional(&mut **connection).await?.is_some())
}

/// Changes code and note.
pub(super) async fn rename(
    connection: &mut Transaction<'static, Any>,
    held: &HeldPatient,
    code: &Code,
    note: Option<&Note>,
) -> Result<Patient, DbError> {
    let query = sqlx::query(concat!(
        "UPDATE patients SET code = $2, label = $3 WHERE id = $1 RETURNING ",
        columns!()
    ));
    let query = query.bind(held.id().as_str()).bind(code.as_str()).bind(note.map(Note::as_str));
    patient(&query.fetch_one(&mut **connection).await?)
}

/// How many patients each clinic has.
///
/// # Errors
/// When the database fails.
pub async fn count_by_clinic(db: &Db) -> Result<BTreeMap<ClinicId, i64>, DbError> {
    let query = sqlx::query(
        "SELECT clinic_id, COUNT(*) AS n FROM patients WHERE clinic_id IS NOT NULL AND merged_into IS NULL \
         GROUP BY clinic_id",
    );
    let pair = |row: &AnyRow| Ok((row.try_get("clinic_id")?, row.try_get("n")?));
    query.fetch_all(db.read()).await?.iter().map(pair).collect()
}

/// The patients of somebody in the clinic, in the order in which they are held.
pub(super) async fn of_doctor(
    connection: &mut Transaction<'static, Any>,
    whose: &ClinicPerson,
) -> Result<Vec<PatientId>, DbError> {
    let query =
        sqlx::query_scalar("SELECT id FROM patients WHERE clinic_id = $1 AND owner_id = $2 ORDER BY id");
    let query = query.bind(whose.admin().clinic_id().as_str()).bind(whose.person().id().as_str());
    query.fetch_all(&mut **connection).await
}

/// Makes a patient the colleague's.
pub(super) async fn transfer(
    connection: &mut Transaction<'static, Any>,
    id: &PatientId,
    handover: &Handover<'_>,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE patients SET owner_id = $2 WHERE id = $1");
    let query = query.bind(id.as_str()).bind(handover.to().person().id().as_str());
    query.execute(&mut **connection).await.map(drop)
}

/// The patients of an account, wherever it works, in the order in which they are held.
pub(super) async fn of_account(
    connection: &mut Transaction<'static, Any>,
    owner: &AdministeredAccount,
) -> Result<Vec<PatientId>, DbError> {
    let query = sqlx::query_scalar("SELECT id FROM patients WHERE owner_id = $1 ORDER BY id");
    query.bind(owner.id().as_str()).fetch_all(&mut **connection).await
}

/// The patients of the clinic, in the order in which they are held.
pub(super) async fn of_clinic(
    connection: &mut Transaction<'static, Any>,
    admin: &ClinicAdmin,
) -> Result<Vec<PatientId>, DbError> {
    let query = sqlx::query_scalar("SELECT id FROM patients WHERE clinic_id = $1 ORDER BY id");
    query.bind(admin.clinic_id().as_str()).fetch_all(&mut **connection).await
}

/// The clinic and the doctor of the patient that a link opens.
pub(super) async fn behind(db: &Db, link: &Link) -> Result<(ClinicId, AccountId), DbError> {
    let query = sqlx::query(
        "SELECT COALESCE(clinic_id, owner_id) AS clinic_id, owner_id FROM patients WHERE id = $1",
    );
    let row = query.bind(link.patient_id.as_str()).fetch_one(db.read()).await?;
    Ok((row.try_get("clinic_id")?, row.try_get("owner_id")?))
}
