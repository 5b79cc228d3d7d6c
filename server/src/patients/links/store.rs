//! The tables `patient_links`, `patient_link_nights` and `patient_visits`.

use std::collections::BTreeSet;

use sqlx::{Any, Transaction};

use super::access::OwnedLink;
use super::model::{Link, PASSCODE_TRIES, Terms};
use super::opened::OpenedLink;
use super::row::{at_a_glance, columns, link};
use crate::clinics::ClinicAdmin;
use crate::ids::{LinkId, PatientId, RecordingId};
use crate::patients::access::SeenPatient;
use crate::patients::held::HeldPatient;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};
use crate::rows::Links;

macro_rules! select {
    ($tail:literal) => {
        concat!("SELECT ", columns!(), " FROM patient_links ", $tail)
    };
}

/// The patient's links, newest first.
pub(super) async fn list(db: &Db, patient: &SeenPatient) -> Result<Vec<Link>, DbError> {
    let query = sqlx::query(select!("WHERE patient_id = $1 ORDER BY created_at DESC, id DESC"));
    query.bind(patient.patient().id.as_str()).fetch_all(db.read()).await?.iter().map(link).collect()
}

/// Whether the patient has links, and until when the last of them opens.
pub(super) async fn glance(
    connection: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
) -> Result<Links, DbError> {
    let query = sqlx::query("SELECT expires_at, revoked_at FROM patient_links WHERE patient_id = $1");
    at_a_glance(&query.bind(patient.id().as_str()).fetch_all(&mut **connection).await?)
}

/// A link that is being made.
pub(super) struct NewRow<'a> {
    pub(super) id: &'a LinkId,
    pub(super) secret_hash: &'a str,
    pub(super) sealed: Option<&'a str>,
    pub(super) terms: Terms,
    pub(super) passcode_hash: Option<&'a str>,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) now: Timestamp,
}

/// Makes a link to a patient, which gets the next number there.
pub(super) async fn create(
    work: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
    new: &NewRow<'_>,
) -> Result<Link, DbError> {
    let query = sqlx::query(concat!(
        "INSERT INTO patient_links (id, patient_id, secret_hash, sealed, passcode_hash, expires_at, created_at, shown_at, \
         shows_all, gives_file, gives_text, number) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10, \
         (SELECT COALESCE(MAX(number), 0) + 1 FROM patient_links WHERE patient_id = $2)) RETURNING ",
        columns!()
    ));
    let query = query.bind(new.id.as_str()).bind(patient.id().as_str()).bind(new.secret_hash);
    let query = query.bind(new.sealed).bind(new.passcode_hash);
    let query = query.bind(new.expires_at.map(Timestamp::as_millis)).bind(new.now.as_millis());
    let Terms { shows_all, gives_file, gives_text } = new.terms;
    let query = query.bind(i32::from(shows_all)).bind(i32::from(gives_file)).bind(i32::from(gives_text));
    link(&query.fetch_one(&mut **work).await?)
}

/// The link with this identifier, whatever its state.
pub(in crate::patients) async fn find(db: &Db, id: &LinkId) -> Result<Option<Link>, DbError> {
    let query = sqlx::query(select!("WHERE id = $1")).bind(id.as_str());
    query.fetch_optional(db.read()).await?.as_ref().map(link).transpose()
}

/// The link, whatever its state, if the secret is the right one: its own, or that of the link of the old platform.
pub(in crate::patients) async fn find_by_secret(
    db: &Db,
    id: &LinkId,
    hash: &str,
) -> Result<Option<Link>, DbError> {
    let query = sqlx::query(select!("WHERE id = $1 AND (secret_hash = $2 OR old_token_hash = $2)"));
    query.bind(id.as_str()).bind(hash).fetch_optional(db.read()).await?.as_ref().map(link).transpose()
}

/// The link, whatever its state, to which a link of the old platform leads.
pub(in crate::patients) async fn find_by_old_token(db: &Db, hash: &str) -> Result<Option<Link>, DbError> {
    let query = sqlx::query(select!("WHERE old_token_hash = $1")).bind(hash);
    query.fetch_optional(db.read()).await?.as_ref().map(link).transpose()
}

/// The link, whatever its state, if a browser has opened it and the visit goes on at `now`.
pub(super) async fn find_by_visit(
    db: &Db,
    id: &LinkId,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<Link>, DbError> {
    let query = sqlx::query(select!(
        "WHERE id = $1 AND EXISTS (SELECT 1 FROM patient_visits v \
         WHERE v.token_hash = $2 AND v.link_id = patient_links.id AND v.expires_at > $3)"
    ));
    let query = query.bind(id.as_str()).bind(token_hash).bind(now.as_millis());
    query.fetch_optional(db.read()).await?.as_ref().map(link).transpose()
}

/// The nights that were chosen for a link.
pub(super) async fn nights(db: &Db, link: &Link) -> Result<BTreeSet<RecordingId>, DbError> {
    let query = sqlx::query_scalar("SELECT recording_id FROM patient_link_nights WHERE link_id = $1");
    Ok(query.bind(link.id.as_str()).fetch_all(db.read()).await?.into_iter().collect())
}

/// Says what a link shows from now on.
pub(super) async fn set_terms(
    work: &mut Transaction<'static, Any>,
    owned: &OwnedLink,
    terms: Terms,
    expires_at: Option<Timestamp>,
) -> Result<(), DbError> {
    let query = sqlx::query(
        "UPDATE patient_links SET shows_all = $2, gives_file = $3, gives_text = $4, expires_at = $5 WHERE id = $1",
    );
    let Terms { shows_all, gives_file, gives_text } = terms;
    let query = query.bind(owned.id().as_str()).bind(i32::from(shows_all)).bind(i32::from(gives_file));
    let query = query.bind(i32::from(gives_text)).bind(expires_at.map(Timestamp::as_millis));
    query.execute(&mut **work).await.map(drop)
}

/// Chooses the nights of a link anew.
pub(super) async fn set_nights(
    work: &mut Transaction<'static, Any>,
    link: &LinkId,
    (_, nights): (&HeldPatient, &BTreeSet<RecordingId>),
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM patient_link_nights WHERE link_id = $1");
    query.bind(link.as_str()).execute(&mut **work).await?;
    for night in nights {
        let query = sqlx::query("INSERT INTO patient_link_nights (link_id, recording_id) VALUES ($1, $2)");
        query.bind(link.as_str()).bind(night.as_str()).execute(&mut **work).await?;
    }
    Ok(())
}

/// Gives a link another passcode or none, and ends whatever was opened without it.
pub(super) async fn set_passcode(
    work: &mut Transaction<'static, Any>,
    owned: &OwnedLink,
    hash: Option<&str>,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE patient_links SET passcode_hash = $2, passcode_tries = 0 WHERE id = $1");
    query.bind(owned.id().as_str()).bind(hash).execute(&mut **work).await?;
    let query = sqlx::query("DELETE FROM patient_visits WHERE link_id = $1");
    query.bind(owned.id().as_str()).execute(&mut **work).await.map(drop)
}

/// Takes one of the tries of a passcode, before it is looked at: however many come at once, no more pass. The number of
/// the try, if there was one left.
pub(in crate::patients) async fn take_try(
    work: &mut Transaction<'static, Any>,
    link: &Link,
) -> Result<Option<i64>, DbError> {
    let query = sqlx::query_scalar(
        "UPDATE patient_links SET passcode_tries = passcode_tries + 1 \
         WHERE id = $1 AND passcode_tries < $2 AND passcode_hash IS NOT NULL RETURNING passcode_tries",
    );
    query.bind(link.id.as_str()).bind(PASSCODE_TRIES).fetch_optional(&mut **work).await
}

/// Gives back a try of a passcode that was not looked at.
pub(in crate::patients) async fn give_try_back(
    work: &mut Transaction<'static, Any>,
    link: &Link,
) -> Result<(), DbError> {
    let query = sqlx::query(
        "UPDATE patient_links SET passcode_tries = passcode_tries - 1 WHERE id = $1 AND passcode_tries > 0",
    );
    query.bind(link.id.as_str()).execute(&mut **work).await.map(drop)
}

/// Notes that a doctor has the link before the eyes, sealed anew if it must be.
pub(super) async fn note_shown(
    work: &mut Transaction<'static, Any>,
    owned: &OwnedLink,
    sealed_anew: Option<&str>,
    now: Timestamp,
) -> Result<(), DbError> {
    let query =
        sqlx::query("UPDATE patient_links SET shown_at = $2, sealed = COALESCE($3, sealed) WHERE id = $1");
    let query = query.bind(owned.id().as_str()).bind(now.as_millis()).bind(sealed_anew);
    query.execute(&mut **work).await.map(drop)
}

/// Forgets the sealed copies of a patient's links; says of which.
pub(super) async fn forget_copies(
    work: &mut Transaction<'static, Any>,
    (_, patient): (&ClinicAdmin, &PatientId),
) -> Result<Vec<LinkId>, DbError> {
    let query = sqlx::query_scalar(
        "UPDATE patient_links SET sealed = NULL WHERE patient_id = $1 AND sealed IS NOT NULL RETURNING id",
    );
    query.bind(patient.as_str()).fetch_all(&mut **work).await
}

/// Gives every link of a patient to another; says which.
pub(in crate::patients) async fn move_all(
    work: &mut Transaction<'static, Any>,
    from: &HeldPatient,
    to: &HeldPatient,
) -> Result<Vec<LinkId>, DbError> {
    let query =
        sqlx::query_scalar("UPDATE patient_links SET patient_id = $2 WHERE patient_id = $1 RETURNING id");
    query.bind(from.id().as_str()).bind(to.id().as_str()).fetch_all(&mut **work).await
}

/// Gives a link to another patient, if it is still the one's.
pub(in crate::patients) async fn move_one(
    work: &mut Transaction<'static, Any>,
    link: &LinkId,
    (from, to): (&HeldPatient, &HeldPatient),
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE patient_links SET patient_id = $3 WHERE id = $1 AND patient_id = $2");
    let query = query.bind(link.as_str()).bind(from.id().as_str()).bind(to.id().as_str());
    query.execute(&mut **work).await.map(drop)
}

/// Closes a link for good; `false` when it was closed already.
pub(super) async fn revoke(
    work: &mut Transaction<'static, Any>,
    owned: &OwnedLink,
    now: Timestamp,
) -> Result<bool, DbError> {
    let query = sqlx::query(
        "UPDATE patient_links SET revoked_at = $2, sealed = NULL WHERE id = $1 AND revoked_at IS NULL",
    );
    let query = query.bind(owned.id().as_str()).bind(now.as_millis());
    Ok(query.execute(&mut **work).await?.rows_affected() == 1)
}

/// Closes every link of a patient for good; says how many.
pub(super) async fn revoke_all(
    work: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
    now: Timestamp,
) -> Result<u64, DbError> {
    let query = sqlx::query(
        "UPDATE patient_links SET revoked_at = $2, sealed = NULL WHERE patient_id = $1 AND revoked_at IS NULL",
    );
    Ok(query.bind(patient.id().as_str()).bind(now.as_millis()).execute(&mut **work).await?.rows_affected())
}

/// Remembers until when a browser has the link open, and counts the view where there is one; `false` when the link was
/// closed or got another passcode meanwhile. The row is held first: whoever changes it comes before or after.
pub(in crate::patients) async fn admit(
    work: &mut Transaction<'static, Any>,
    link: &Link,
    (token_hash, until): (&str, Timestamp),
    view: Option<Timestamp>,
) -> Result<bool, DbError> {
    let query = sqlx::query(
        "UPDATE patient_links SET passcode_tries = 0, views = views + $3, last_viewed_at = COALESCE($4, last_viewed_at) \
         WHERE id = $1 AND revoked_at IS NULL AND COALESCE(passcode_hash, '') = $2",
    );
    let passcode = link.passcode.as_ref().map_or("", |passcode| &passcode.hash);
    let query = query.bind(link.id.as_str()).bind(passcode).bind(i64::from(view.is_some()));
    let held = query.bind(view.map(Timestamp::as_millis)).execute(&mut **work).await?.rows_affected() == 1;
    if held {
        let insert = "INSERT INTO patient_visits (token_hash, link_id, expires_at) VALUES ($1, $2, $3)";
        let query = sqlx::query(insert).bind(token_hash).bind(link.id.as_str()).bind(until.as_millis());
        query.execute(&mut **work).await?;
    }
    Ok(held)
}

/// Ends a link's visit in one browser.
pub(in crate::patients) async fn leave(
    work: &mut Transaction<'static, Any>,
    opened: &OpenedLink,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM patient_visits WHERE link_id = $1 AND token_hash = $2");
    query.bind(opened.link_id().as_str()).bind(opened.visit()).execute(&mut **work).await.map(drop)
}

/// Forgets visits whose time is over; says how many.
pub(in crate::patients) async fn forget_visits(
    work: &mut Transaction<'static, Any>,
    now: Timestamp,
) -> Result<u64, DbError> {
    let query = sqlx::query("DELETE FROM patient_visits WHERE expires_at <= $1");
    Ok(query.bind(now.as_millis()).execute(&mut **work).await?.rows_affected())
}
