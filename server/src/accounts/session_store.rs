//! The table `sessions`.

use sqlx::{Any, Row as _, Transaction};

use super::model::KnownAccount;
use super::session_access::OwnSession;
use super::session_model::{NewSessionRow, OpenSession, Session, SessionId};
use crate::config::SessionLimits;
use crate::http::auth::SignedIn;
use crate::http::device::Device;
use crate::http::identity::{Assurance, Identity, Standing};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};

/// The session with this fingerprint, however old it is.
pub(super) async fn find(db: &Db, token_hash: &str) -> Result<Option<Session>, DbError> {
    let query = sqlx::query(
        "SELECT account_id, COALESCE(browser_hash, '') AS browser_hash, is_remembered, clinic_id, created_at, last_seen_at,
             assurance, COALESCE(stepped_up_at, created_at) AS stepped_up_at
         FROM sessions WHERE token_hash = $1",
    );
    let Some(row) = query.bind(token_hash).fetch_optional(db.read()).await? else { return Ok(None) };
    Ok(Some(Session {
        token_hash: token_hash.to_owned(),
        account_id: row.try_get("account_id")?,
        browser_hash: row.try_get("browser_hash")?,
        is_remembered: row.try_get::<i64, _>("is_remembered")? != 0,
        chosen_clinic: row.try_get("clinic_id")?,
        created_at: Timestamp::from_millis(row.try_get("created_at")?),
        last_seen_at: Timestamp::from_millis(row.try_get("last_seen_at")?),
        assurance: Assurance::of(row.try_get("assurance")?),
        stepped_up_at: Timestamp::from_millis(row.try_get("stepped_up_at")?),
    }))
}

/// Notes when a session was last used, and gives it an identifier if the program that began it did not.
pub(super) async fn note_seen(
    transaction: &mut Transaction<'_, Any>,
    session: &Session,
    (id, now): (&SessionId, Timestamp),
) -> Result<(), DbError> {
    let query =
        sqlx::query("UPDATE sessions SET last_seen_at = $2, id = COALESCE(id, $3) WHERE token_hash = $1");
    let query = query.bind(&session.token_hash).bind(now.as_millis()).bind(id.as_str());
    query.execute(&mut **transaction).await.map(drop)
}

/// Begins a session.
pub(super) async fn insert(
    transaction: &mut Transaction<'_, Any>,
    new: &NewSessionRow<'_>,
) -> Result<(), DbError> {
    let query = sqlx::query(
        "INSERT INTO sessions (token_hash, account_id, is_remembered, created_at, last_seen_at, id, device, browser_hash,
             assurance, stepped_up_at)
         VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9)",
    );
    let query = query.bind(&new.token_hash).bind(new.account_id.as_str()).bind(i64::from(new.is_remembered));
    let query = query.bind(new.now.as_millis()).bind(new.id.as_str()).bind(new.device.to_text());
    let query = query.bind(new.browser_hash).bind(new.known.assurance.as_str());
    let query = query.bind(new.known.at.as_millis());
    query.execute(&mut **transaction).await.map(drop)
}

/// The sessions of the account, the one last used first.
pub(super) async fn list(db: &Db, who: &SignedIn) -> Result<Vec<OpenSession>, DbError> {
    let query = sqlx::query(
        "SELECT id, token_hash, COALESCE(device, '') AS device, is_remembered, created_at, last_seen_at,
             assurance, COALESCE(stepped_up_at, created_at) AS stepped_up_at
         FROM sessions WHERE account_id = $1 ORDER BY last_seen_at DESC, token_hash",
    );
    let rows = query.bind(who.account_id().as_str()).fetch_all(db.read()).await?;
    rows.iter()
        .map(|row| {
            Ok(OpenSession {
                id: row.try_get("id")?,
                device: Device::from_text(row.try_get("device")?),
                is_remembered: row.try_get::<i64, _>("is_remembered")? != 0,
                is_here: row.try_get::<String, _>("token_hash")? == who.identity().session,
                created_at: Timestamp::from_millis(row.try_get("created_at")?),
                last_seen_at: Timestamp::from_millis(row.try_get("last_seen_at")?),
                assurance: Assurance::of(row.try_get("assurance")?),
                stepped_up_at: Timestamp::from_millis(row.try_get("stepped_up_at")?),
            })
        })
        .collect()
}

/// Notes that the owner was known once more in the session that asks.
pub(super) async fn step_up(
    transaction: &mut Transaction<'_, Any>,
    who: &SignedIn,
    assurance: Assurance,
    now: Timestamp,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE sessions SET assurance = $2, stepped_up_at = $3 WHERE token_hash = $1");
    let query = query.bind(&who.identity().session).bind(assurance.as_str()).bind(now.as_millis());
    query.execute(&mut **transaction).await.map(drop)
}

/// Ends a session of the account.
pub(super) async fn delete_own(
    transaction: &mut Transaction<'_, Any>,
    ended: &OwnSession,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM sessions WHERE id = $1 AND account_id = $2");
    let query = query.bind(ended.id().as_str()).bind(ended.owner().account_id().as_str());
    query.execute(&mut **transaction).await.map(drop)
}

/// Ends every session of the account but the one that asks.
pub(super) async fn delete_others(
    transaction: &mut Transaction<'_, Any>,
    who: &SignedIn,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM sessions WHERE account_id = $1 AND token_hash <> $2");
    let query = query.bind(who.account_id().as_str()).bind(&who.identity().session);
    query.execute(&mut **transaction).await.map(drop)
}

/// Ends one session.
pub(super) async fn delete(transaction: &mut Transaction<'_, Any>, token_hash: &str) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash);
    query.execute(&mut **transaction).await.map(drop)
}

/// Ends every session of an account.
pub(super) async fn delete_all(
    transaction: &mut Transaction<'_, Any>,
    account_id: &KnownAccount,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM sessions WHERE account_id = $1").bind(account_id.as_str());
    query.execute(&mut **transaction).await.map(drop)
}

/// Ends every session whose time is over; says how many.
pub(super) async fn delete_outlived(
    transaction: &mut Transaction<'_, Any>,
    limits: &SessionLimits,
    now: Timestamp,
) -> Result<u64, DbError> {
    let SessionLimits { usual, remembered } = limits;
    let query = sqlx::query(
        "DELETE FROM sessions WHERE (is_remembered = 0 AND (created_at < $1 OR last_seen_at < $2))
             OR (is_remembered <> 0 AND (created_at < $3 OR last_seen_at < $4))",
    );
    let query = [usual.whole, usual.idle, remembered.whole, remembered.idle]
        .into_iter()
        .fold(query, |query, time| query.bind(now.minus(time).as_millis()));
    Ok(query.execute(&mut **transaction).await?.rows_affected())
}

/// Remembers in which clinic a session works.
pub(super) async fn choose_clinic(
    transaction: &mut Transaction<'_, Any>,
    identity: &Identity,
    chosen: &Standing,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE sessions SET clinic_id = $2 WHERE token_hash = $1");
    query.bind(&identity.session).bind(chosen.clinic_id.as_str()).execute(&mut **transaction).await.map(drop)
}
