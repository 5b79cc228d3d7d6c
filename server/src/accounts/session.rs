//! Sessions: one row for each signed-in browser, found by the fingerprint of its cookie.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use axum::http::HeaderValue;
use sqlx::{Any, Transaction};

use super::store;
use crate::error::Problem;
use crate::http::browser::cookies::{NewCookie, SameSite, removal};
use crate::http::context::SESSION_COOKIE;
use crate::http::identity::Identity;
use crate::platform::db::{Db, DbError};
use crate::platform::random::{Secret, fingerprint};
use crate::state::App;

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
    let Some(found) = store::session(&app.db, token_hash).await? else { return Ok(None) };
    let (now, lifetime) = (app.clock.now(), if found.is_remembered { REMEMBERED } else { FOR_TODAY });
    if now.since(found.last_seen_at) > lifetime.idle || now.since(found.created_at) > lifetime.whole {
        store::delete_session(&app.db, token_hash).await?;
        return Ok(None);
    }
    if now.since(found.last_seen_at) > NOTE_EVERY {
        store::note_seen(&app.db, token_hash, now).await?;
    }
    Ok(Some(found.identity))
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
    store::delete_sessions_before(transaction, now.minus(REMEMBERED.whole)).await?;
    store::insert_session(transaction, &secret.fingerprint(), account_id, is_remembered, now).await?;
    Ok(NewSession { secret, is_remembered })
}

/// Ends one session, given its secret.
pub(super) async fn end(db: &Db, token: &str) -> Result<(), DbError> {
    store::delete_session(db, &fingerprint(token)).await
}

/// Ends every session of an account.
pub(super) async fn end_all(transaction: &mut Transaction<'_, Any>, account_id: &str) -> Result<(), DbError> {
    store::delete_sessions_of(transaction, account_id).await
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
