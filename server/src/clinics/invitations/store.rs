//! The table `invitations`.

use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use super::model::{Answered, Invitation, InvitationId, NewInvitation};
use crate::accounts::Person;
use crate::clinics::row::{role, text_of};
use crate::clinics::scope::ClinicAdmin;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};

/// Keeps an invitation in place of the one that the address had to the clinic, and forgets those whose time is over.
pub(super) async fn insert(
    work: &mut Transaction<'static, Any>,
    admin: &ClinicAdmin,
    new: &NewInvitation<'_>,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM invitations WHERE expires_at <= $1").bind(new.now.as_millis());
    query.execute(&mut **work).await?;
    let query = sqlx::query(
        "INSERT INTO invitations (id, clinic_id, email, name, role, secret_hash, invited_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (clinic_id, email) DO UPDATE SET \
         id = $1, name = $4, role = $5, secret_hash = $6, invited_at = $7, expires_at = $8",
    );
    let query = query.bind(new.id.as_str()).bind(admin.clinic_id().as_str());
    let query = query.bind(new.who.email()).bind(new.who.name()).bind(text_of(new.role));
    let query = query.bind(&new.secret_hash).bind(new.now.as_millis()).bind(new.expires_at.as_millis());
    query.execute(&mut **work).await.map(drop)
}

/// The invitations to a clinic that wait for an answer, by name.
pub(super) async fn of_clinic(
    db: &Db,
    admin: &ClinicAdmin,
    now: Timestamp,
) -> Result<Vec<Invitation>, DbError> {
    let query = sqlx::query(
        "SELECT id, clinic_id, email, name, role, expires_at FROM invitations \
         WHERE clinic_id = $1 AND expires_at > $2 ORDER BY LOWER(name), id",
    );
    let query = query.bind(admin.clinic_id().as_str()).bind(now.as_millis());
    query.fetch_all(db.read()).await?.iter().map(invitation).collect()
}

/// The invitations of somebody that wait for an answer, the newest first.
pub(super) async fn of_person(db: &Db, person: &Person, now: Timestamp) -> Result<Vec<Invitation>, DbError> {
    let query = sqlx::query(
        "SELECT id, clinic_id, email, name, role, expires_at FROM invitations \
         WHERE email = $1 AND expires_at > $2 ORDER BY invited_at DESC, id",
    );
    let query = query.bind(person.email()).bind(now.as_millis());
    query.fetch_all(db.read()).await?.iter().map(invitation).collect()
}

/// The invitation that a mail is about, if it still waits for an answer.
pub(super) async fn of_mail(
    db: &Db,
    id: &InvitationId,
    now: Timestamp,
) -> Result<Option<Invitation>, DbError> {
    let query = sqlx::query(
        "SELECT id, clinic_id, email, name, role, expires_at FROM invitations WHERE id = $1 AND expires_at > $2",
    );
    let row = query.bind(id.as_str()).bind(now.as_millis()).fetch_optional(db.read()).await?;
    row.as_ref().map(invitation).transpose()
}

/// One more secret that opens an invitation for as long as it waits; those of invitations that are over are forgotten.
pub(super) async fn add_secret(
    work: &mut Transaction<'static, Any>,
    invitation: &Invitation,
    (secret_hash, now): (&str, Timestamp),
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM invitation_secrets WHERE expires_at <= $1").bind(now.as_millis());
    query.execute(&mut **work).await?;
    let query = sqlx::query(
        "INSERT INTO invitation_secrets (secret_hash, invitation_id, expires_at) VALUES ($1, $2, $3)",
    );
    let query = query.bind(secret_hash).bind(invitation.id.as_str()).bind(invitation.expires_at.as_millis());
    query.execute(&mut **work).await.map(drop)
}

/// The invitation whose link has this secret.
pub(super) async fn of_secret(
    db: &Db,
    secret_hash: &str,
    now: Timestamp,
) -> Result<Option<Invitation>, DbError> {
    let query = sqlx::query(
        "SELECT id, clinic_id, email, name, role, expires_at FROM invitations \
         WHERE (secret_hash = $1 OR id IN (SELECT invitation_id FROM invitation_secrets WHERE secret_hash = $1)) \
         AND expires_at > $2",
    );
    let row = query.bind(secret_hash).bind(now.as_millis()).fetch_optional(db.read()).await?;
    row.as_ref().map(invitation).transpose()
}

fn invitation(row: &AnyRow) -> Result<Invitation, DbError> {
    Ok(Invitation {
        id: row.try_get("id")?,
        clinic_id: row.try_get("clinic_id")?,
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        role: role(row.try_get("role")?)?,
        expires_at: Timestamp::from_millis(row.try_get("expires_at")?),
    })
}

/// Ends an invitation of somebody, who has answered it; `None` when there is no such invitation, or no longer.
pub(super) async fn take(
    work: &mut Transaction<'static, Any>,
    (id, email): (&InvitationId, &str),
    now: Timestamp,
) -> Result<Option<Answered>, DbError> {
    let query = sqlx::query(
        "DELETE FROM invitations WHERE id = $1 AND email = $2 AND expires_at > $3 RETURNING clinic_id, role",
    );
    let query = query.bind(id.as_str()).bind(email).bind(now.as_millis());
    let Some(row) = query.fetch_optional(&mut **work).await? else { return Ok(None) };
    Ok(Some(Answered { clinic_id: row.try_get("clinic_id")?, role: role(row.try_get("role")?)? }))
}

/// Takes an invitation to the clinic back.
pub(super) async fn withdraw(
    work: &mut Transaction<'static, Any>,
    admin: &ClinicAdmin,
    id: &InvitationId,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM invitations WHERE id = $1 AND clinic_id = $2");
    let query = query.bind(id.as_str()).bind(admin.clinic_id().as_str());
    query.execute(&mut **work).await.map(drop)
}
