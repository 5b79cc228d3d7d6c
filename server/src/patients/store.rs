//! The tables `patients`, `patient_links` and `patient_visits`.

use std::collections::BTreeMap;

use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use super::access::{OwnedLink, PatientAccess, SeenPatient};
use super::held::HeldPatient;
use super::model::{Code, Lifetime, Link, Merge, Note, Opened, Patient};
use super::row::{at_a_glance, columns, link, opened, patient, patient_id};
use crate::accounts::AdministeredAccount;
use crate::clinics::{ClinicPerson, Doctor, Handover, Member};
use crate::ids::{AccountId, ClinicId, LinkId, PatientId};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};
use crate::rows::Links;

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

/// The patient, if the account sees it in the clinic.
pub(super) async fn find_seen(db: &Db, reader: &Member, id: &PatientId) -> Result<Option<Patient>, DbError> {
    let query = sqlx::query(select!("WHERE id = $1 AND clinic_id = $2 AND (owner_id = $3 OR $4 = 1)"));
    let query = query.bind(id.as_str()).bind(reader.clinic_id().as_str()).bind(reader.account_id().as_str());
    let row = query.bind(i64::from(reader.sees_colleagues())).fetch_optional(db.read()).await?;
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

/// The patient's links, newest first.
pub(super) async fn links(db: &Db, patient: &SeenPatient) -> Result<Vec<Link>, DbError> {
    let query = sqlx::query(
        "SELECT id, created_at, expires_at, revoked_at, views, last_viewed_at FROM patient_links \
         WHERE patient_id = $1 ORDER BY created_at DESC, id DESC",
    );
    query.bind(patient.patient().id.as_str()).fetch_all(db.read()).await?.iter().map(link).collect()
}

/// Whether the patient has links, and until when the last of them opens.
pub(super) async fn links_at_a_glance(
    connection: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
) -> Result<Links, DbError> {
    let query = sqlx::query("SELECT expires_at, revoked_at FROM patient_links WHERE patient_id = $1");
    at_a_glance(&query.bind(patient.id().as_str()).fetch_all(&mut **connection).await?)
}

/// Makes a link to a patient.
pub(super) async fn create_link(
    connection: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
    link: &LinkId,
    secret_hash: &str,
    (lifetime, now): (Lifetime, Timestamp),
) -> Result<(), DbError> {
    let query = sqlx::query(
        "INSERT INTO patient_links (id, patient_id, secret_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
    );
    let query = query.bind(link.as_str()).bind(patient.id().as_str()).bind(secret_hash).bind(now.as_millis());
    query.bind(lifetime.end(now).map(Timestamp::as_millis)).execute(&mut **connection).await.map(drop)
}

/// The link's patient, if the link belongs to the account.
pub(super) async fn find_owned_link(
    db: &Db,
    owner: &Doctor,
    id: &LinkId,
) -> Result<Option<(LinkId, PatientId)>, DbError> {
    let query = sqlx::query(
        "SELECT l.id, l.patient_id FROM patient_links l JOIN patients p ON p.id = l.patient_id \
         WHERE l.id = $1 AND p.clinic_id = $2 AND p.owner_id = $3",
    );
    let query = query.bind(id.as_str()).bind(owner.clinic_id().as_str()).bind(owner.account_id().as_str());
    let row = query.fetch_optional(db.read()).await?;
    row.map(|row| Ok((row.try_get("id")?, patient_id(&row)?))).transpose()
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

/// Gives every link of a patient to another; says which.
pub(super) async fn move_links(
    connection: &mut Transaction<'static, Any>,
    from: &HeldPatient,
    to: &HeldPatient,
) -> Result<Vec<LinkId>, DbError> {
    let query =
        sqlx::query_scalar("UPDATE patient_links SET patient_id = $2 WHERE patient_id = $1 RETURNING id");
    query.bind(from.id().as_str()).bind(to.id().as_str()).fetch_all(&mut **connection).await
}

/// Gives a link to another patient, if it is still the one's.
pub(super) async fn move_link(
    connection: &mut Transaction<'static, Any>,
    link: &LinkId,
    (from, to): (&HeldPatient, &HeldPatient),
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE patient_links SET patient_id = $3 WHERE id = $1 AND patient_id = $2");
    let query = query.bind(link.as_str()).bind(from.id().as_str()).bind(to.id().as_str());
    query.execute(&mut **connection).await.map(drop)
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

/// Closes a link for good; closing it again changes nothing.
pub(super) async fn revoke(
    connection: &mut Transaction<'static, Any>,
    link: &OwnedLink,
    now: Timestamp,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE patient_links SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL");
    query.bind(link.id().as_str()).bind(now.as_millis()).execute(&mut **connection).await.map(drop)
}

/// Closes every link of a patient for good.
pub(super) async fn revoke_all(
    connection: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
    now: Timestamp,
) -> Result<(), DbError> {
    let query =
        sqlx::query("UPDATE patient_links SET revoked_at = $2 WHERE patient_id = $1 AND revoked_at IS NULL");
    query.bind(patient.id().as_str()).bind(now.as_millis()).execute(&mut **connection).await.map(drop)
}

/// The patients of an account whose links have not all been closed, in the order in which they are held.
pub(super) async fn linked_patients(
    connection: &mut Transaction<'static, Any>,
    owner: &AdministeredAccount,
) -> Result<Vec<PatientId>, DbError> {
    let query = sqlx::query_scalar(
        "SELECT DISTINCT l.patient_id FROM patient_links l JOIN patients p ON p.id = l.patient_id \
         WHERE p.owner_id = $1 AND l.revoked_at IS NULL ORDER BY l.patient_id",
    );
    query.bind(owner.id().as_str()).fetch_all(&mut **connection).await
}

/// [`linked_patients`] in the clinic of the administrator who asks.
pub(super) async fn linked_patients_here(
    connection: &mut Transaction<'static, Any>,
    owner: &ClinicPerson,
) -> Result<Vec<PatientId>, DbError> {
    let query = sqlx::query_scalar(
        "SELECT DISTINCT l.patient_id FROM patient_links l JOIN patients p ON p.id = l.patient_id \
         WHERE p.clinic_id = $1 AND p.owner_id = $2 AND l.revoked_at IS NULL ORDER BY l.patient_id",
    );
    let (clinic, doctor) = (owner.admin().clinic_id(), owner.person().id());
    query.bind(clinic.as_str()).bind(doctor.as_str()).fetch_all(&mut **connection).await
}

/// The link, if it opens at `now` and the secret is the right one.
pub(super) async fn find_by_secret(
    db: &Db,
    link: &LinkId,
    secret_hash: &str,
    now: Timestamp,
) -> Result<Option<Opened>, DbError> {
    let query = sqlx::query(
        "SELECT l.id, l.patient_id, l.expires_at, p.owner_id, COALESCE(p.clinic_id, p.owner_id) AS clinic_id \
         FROM patient_links l JOIN patients p ON p.id = l.patient_id \
         WHERE l.id = $1 AND l.secret_hash = $2 AND l.revoked_at IS NULL \
         AND (l.expires_at IS NULL OR l.expires_at > $3)",
    );
    let query = query.bind(link.as_str()).bind(secret_hash).bind(now.as_millis());
    query.fetch_optional(db.read()).await?.as_ref().map(opened).transpose()
}

/// Whether there is such a link, whatever its state.
pub(super) async fn link_exists(db: &Db, link: &LinkId) -> Result<bool, DbError> {
    let query = sqlx::query("SELECT id FROM patient_links WHERE id = $1").bind(link.as_str());
    Ok(query.fetch_optional(db.read()).await?.is_some())
}

/// The link a browser has opened, if the link still opens at `now`.
pub(super) async fn find_by_visit(
    db: &Db,
    link: &LinkId,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<Opened>, DbError> {
    let query = sqlx::query(
        "SELECT l.id, l.patient_id, l.expires_at, p.owner_id, COALESCE(p.clinic_id, p.owner_id) AS clinic_id \
         FROM patient_visits v JOIN patient_links l ON l.id = v.link_id \
         JOIN patients p ON p.id = l.patient_id \
         WHERE v.token_hash = $2 AND v.expires_at > $3 AND l.id = $1 AND l.revoked_at IS NULL \
         AND (l.expires_at IS NULL OR l.expires_at > $3)",
    );
    let query = query.bind(link.as_str()).bind(token_hash).bind(now.as_millis());
    query.fetch_optional(db.read()).await?.as_ref().map(opened).transpose()
}

/// Remembers that a browser has opened a link, and counts the view unless it is the owner's own.
pub(super) async fn admit(
    connection: &mut Transaction<'static, Any>,
    opened: &Opened,
    token_hash: &str,
    until: Timestamp,
    view: Option<Timestamp>,
) -> Result<(), DbError> {
    let insert = "INSERT INTO patient_visits (token_hash, link_id, expires_at) VALUES ($1, $2, $3)";
    let query = sqlx::query(insert).bind(token_hash).bind(opened.link_id.as_str()).bind(until.as_millis());
    query.execute(&mut **connection).await?;
    if let Some(now) = view {
        let count = "UPDATE patient_links SET views = views + 1, last_viewed_at = $2 WHERE id = $1";
        let query = sqlx::query(count).bind(opened.link_id.as_str()).bind(now.as_millis());
        query.execute(&mut **connection).await?;
    }
    Ok(())
}

/// Ends a link's visit in one browser.
pub(super) async fn leave(
    connection: &mut Transaction<'static, Any>,
    access: &PatientAccess,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM patient_visits WHERE link_id = $1 AND token_hash = $2");
    query.bind(access.link_id().as_str()).bind(access.visit()).execute(&mut **connection).await.map(drop)
}

/// Forgets visits whose time is over; says how many.
pub(super) async fn forget_visits(
    connection: &mut Transaction<'static, Any>,
    now: Timestamp,
) -> Result<u64, DbError> {
    let query = sqlx::query("DELETE FROM patient_visits WHERE expires_at <= $1");
    Ok(query.bind(now.as_millis()).execute(&mut **connection).await?.rows_affected())
}
