//! The table `sign_ups`.

use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use crate::accounts::newcomer::Newcomer;
use crate::http::auth::Admin;
use crate::i18n::wording;
use crate::ids::Id;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};

/// Identifier of a sign-up.
pub(in crate::accounts) type SignUpId = Id<SignUpRow>;

/// Marks what belongs to sign-ups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::accounts) enum SignUpRow {}

/// Somebody who waits for an account.
#[derive(Clone, Debug)]
pub(in crate::accounts) struct SignUp {
    pub(in crate::accounts) id: SignUpId,
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) email: String,
    pub(in crate::accounts) asked_at: Timestamp,
}

impl SignUp {
    /// When they asked, in words.
    pub(in crate::accounts) fn time(&self) -> String {
        wording::stamp(self.asked_at)
    }
}

/// Forgets those whose time is over; says how many wait.
pub(super) async fn count_waiting(
    work: &mut Transaction<'static, Any>,
    now: Timestamp,
) -> Result<i64, DbError> {
    let query = sqlx::query("DELETE FROM sign_ups WHERE expires_at <= $1").bind(now.as_millis());
    query.execute(&mut **work).await?;
    sqlx::query_scalar("SELECT COUNT(*) FROM sign_ups").fetch_one(&mut **work).await
}

/// Keeps a sign-up, unless the address waits already: a second one, whose password somebody else may have chosen, does
/// not take the place of the first.
pub(super) async fn insert(
    work: &mut Transaction<'static, Any>,
    id: &SignUpId,
    (who, hash): (&Newcomer, &str),
    (asked_at, expires_at): (Timestamp, Timestamp),
) -> Result<(), DbError> {
    let query = sqlx::query(
        "INSERT INTO sign_ups (id, email, name, password_hash, asked_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (email) DO NOTHING",
    );
    let query = query.bind(id.as_str()).bind(who.email()).bind(who.name()).bind(hash);
    let query = query.bind(asked_at.as_millis()).bind(expires_at.as_millis());
    query.execute(&mut **work).await.map(drop)
}

/// Who waits, the longest first.
pub(in crate::accounts) async fn waiting(db: &Db, _: &Admin, now: Timestamp) -> Result<Vec<SignUp>, DbError> {
    let query = sqlx::query(
        "SELECT id, email, name, asked_at FROM sign_ups WHERE expires_at > $1 ORDER BY asked_at, id",
    );
    let sign_up = |row: &AnyRow| {
        Ok(SignUp {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            email: row.try_get("email")?,
            asked_at: Timestamp::from_millis(row.try_get("asked_at")?),
        })
    };
    query.bind(now.as_millis()).fetch_all(db.read()).await?.iter().map(sign_up).collect()
}

/// Ends a sign-up that an administrator has decided about: name, address and hash of the password, unless it is no more.
pub(super) async fn take(
    work: &mut Transaction<'static, Any>,
    _: &Admin,
    id: &SignUpId,
    now: Timestamp,
) -> Result<Option<(String, String, String)>, DbError> {
    let query = sqlx::query(
        "DELETE FROM sign_ups WHERE id = $1 AND expires_at > $2 RETURNING name, email, password_hash",
    );
    let row = query.bind(id.as_str()).bind(now.as_millis()).fetch_optional(&mut **work).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some((row.try_get("name")?, row.try_get("email")?, row.try_get("password_hash")?)))
}
