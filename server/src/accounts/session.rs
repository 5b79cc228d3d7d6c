//! Sessions: one row for each signed-in browser, found by the fingerprint of its cookie.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use axum::http::HeaderValue;
use sqlx::{Any, Row as _, Transaction};

use crate::app::App;
use crate::error::Problem;
use crate::http::auth::Identity;
use crate::http::cookies::{NewCookie, SameSite, removal};
use crate::http::visit::SESSION_COOKIE;
use crate::i18n::Locale;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};
use crate::platform::random::{Secret, fingerprint};

/// How long a session lasts.
struct Lifetime {
    /// Without a request.
    idle: Duration,
    /// In any case.
    whole: Duration,
}

const FOR_TODAY: Lifetime = Lifetime { idle: Duration::from_hours(8), whole: Duration::from_hours(24) };
const REMEMBERED: Lifetime =
    Lifetime { idle: Duration::from_hours(14 * 24), whole: Duration::from_hours(30 * 24) };
/// The last request is noted at most this often.
const NOTE_EVERY: Duration = Duration::from_mins(1);

/// Finds who a session secret belongs to: nobody if it is unknown or too old, or the account is disabled.
pub fn identify(
    app: App,
    token: String,
) -> Pin<Box<dyn Future<Output = Result<Option<Identity>, Problem>> + Send>> {
    Box::pin(async move { Ok(find(&app, &fingerprint(&token)).await?) })
}

async fn find(app: &App, token_hash: &str) -> Result<Option<Identity>, DbError> {
    let row = sqlx::query(
        "SELECT s.is_remembered, s.created_at, s.last_seen_at, a.id, a.name, a.is_admin, a.locale
         FROM sessions s JOIN accounts a ON a.id = s.account_id
         WHERE s.token_hash = $1 AND a.is_enabled = 1",
    )
    .bind(token_hash)
    .fetch_optional(app.db.read())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (now, seen) = (app.clock.now(), Timestamp::from_millis(row.try_get("last_seen_at")?));
    let begun = Timestamp::from_millis(row.try_get("created_at")?);
    let lifetime = if row.try_get::<i64, _>("is_remembered")? != 0 { REMEMBERED } else { FOR_TODAY };
    if now.since(seen) > lifetime.idle || now.since(begun) > lifetime.whole {
        end(&app.db, token_hash).await?;
        return Ok(None);
    }
    if now.since(seen) > NOTE_EVERY {
        note_seen(&app.db, token_hash, now).await?;
    }
    let locale: Option<String> = row.try_get("locale")?;
    Ok(Some(Identity {
        account_id: row.try_get("id")?,
        name: row.try_get("name")?,
        is_admin: row.try_get::<i64, _>("is_admin")? != 0,
        locale: locale.as_deref().and_then(Locale::from_tag),
        session: token_hash.to_owned(),
    }))
}

async fn note_seen(db: &Db, token_hash: &str, now: Timestamp) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE sessions SET last_seen_at = $2 WHERE token_hash = $1");
    query.bind(token_hash).bind(now.as_millis()).execute(db.write()).await.map(drop)
}

/// A session that was just begun: its secret goes into the cookie and nowhere else.
#[derive(Debug)]
pub(super) struct NewSession {
    secret: Secret,
    is_remembered: bool,
}

/// Begins a session for an account and sweeps out sessions nobody can use any more.
pub(super) async fn begin(app: &App, account_id: &str, is_remembered: bool) -> Result<NewSession, DbError> {
    let mut transaction = app.db.begin().await?;
    let session = begin_in(&mut transaction, app, account_id, is_remembered).await?;
    transaction.commit().await?;
    Ok(session)
}

/// [`begin`] within a transaction.
pub(super) async fn begin_in(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &str,
    is_remembered: bool,
) -> Result<NewSession, DbError> {
    let (now, secret) = (app.clock.now(), app.random.secret());
    sqlx::query("DELETE FROM sessions WHERE created_at < $1")
        .bind(now.minus(REMEMBERED.whole).as_millis())
        .execute(&mut **transaction)
        .await?;
    sqlx::query(
        "INSERT INTO sessions (token_hash, account_id, is_remembered, created_at, last_seen_at)
         VALUES ($1, $2, $3, $4, $4)",
    )
    .bind(secret.fingerprint())
    .bind(account_id)
    .bind(i64::from(is_remembered))
    .bind(now.as_millis())
    .execute(&mut **transaction)
    .await?;
    Ok(NewSession { secret, is_remembered })
}

/// Ends one session.
pub(super) async fn end(db: &Db, token_hash: &str) -> Result<(), DbError> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
        .bind(token_hash)
        .execute(db.write())
        .await
        .map(drop)
}

/// Ends every session of an account.
pub(super) async fn end_all(transaction: &mut Transaction<'_, Any>, account_id: &str) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM sessions WHERE account_id = $1").bind(account_id);
    query.execute(&mut **transaction).await.map(drop)
}

impl NewSession {
    /// The `Set-Cookie` line that carries the secret to the browser.
    pub(super) fn cookie(&self, secure: bool) -> Option<HeaderValue> {
        let max_age = self.is_remembered.then_some(REMEMBERED.whole);
        let value = self.secret.expose();
        NewCookie { name: SESSION_COOKIE, value, max_age, same_site: SameSite::Lax }.line(secure)
    }
}

/// The `Set-Cookie` line that makes the browser forget its session.
pub(super) fn farewell(secure: bool) -> Option<HeaderValue> {
    removal(SESSION_COOKIE, secure)
}
