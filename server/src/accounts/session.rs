//! Sessions: one row for each signed-in browser, found by the fingerprint of its cookie.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use axum::http::HeaderValue;
use sqlx::{Any, Transaction};

use super::{browsers, notices, store};
use crate::error::Problem;
use crate::http::audit::{Act, Duty, Work};
use crate::http::browser::cookies::{NewCookie, SameSite, removal};
use crate::http::context::SESSION_COOKIE;
use crate::http::identity::Identity;
use crate::ids::AccountId;
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;
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
        end_outlived(app, &found).await?;
        return Ok(None);
    }
    if now.since(found.last_seen_at) > NOTE_EVERY {
        note_seen(app, &found, now).await?;
    }
    let mut identity = found.identity;
    if found.has_notice {
        identity.notice = notices::unread(&app.db, &identity.account_id).await?.into_iter().next();
    }
    Ok(Some(identity))
}

async fn end_outlived(app: &App, found: &store::Session) -> Result<(), DbError> {
    let mut work = Work::begin(&app.db, Duty::Sessions).await?;
    store::delete_session(&mut work, &found.identity.session).await?;
    work.commit(Act::on_account("session-outlived", &found.identity.account_id)).await
}

async fn note_seen(app: &App, found: &store::Session, now: Timestamp) -> Result<(), DbError> {
    let mut work = Work::begin(&app.db, Duty::Sessions).await?;
    store::note_seen(&mut work, found, now).await?;
    work.commit(Act::on_account("session-used", &found.identity.account_id)).await
}

/// A session that was just begun: its secret goes into the cookie and nowhere else.
#[derive(Debug)]
pub(super) struct NewSession {
    secret: Secret,
    is_remembered: bool,
}

/// Begins a session for whoever has just shown the password, in this browser, and sweeps out sessions nobody can use any
/// more. `None`, and nothing may be committed, if the account is no longer enabled or its password no longer the one
/// that was `verified`.
///
/// The first statement checks both and holds the account's row. A change of either waits for that row and then ends
/// the sessions it finds, this one among them; if the change came first, the statement finds nothing. One `INSERT ..
/// SELECT` would not do: PostgreSQL lets it read the old row while the change is not committed, and the change does not
/// see the new session.
pub(super) async fn begin(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    (account_id, verified): (&AccountId, &str),
    browser: &str,
    is_remembered: bool,
) -> Result<Option<NewSession>, DbError> {
    let (now, secret) = (app.clock.now(), app.random.secret());
    if !store::note_sign_in(transaction, (account_id, verified), now).await? {
        return Ok(None);
    }
    browsers::remember(transaction, account_id, browser, now).await?;
    store::delete_sessions_before(transaction, now.minus(REMEMBERED.whole)).await?;
    store::insert_session(transaction, &secret.fingerprint(), account_id, is_remembered, now).await?;
    Ok(Some(NewSession { secret, is_remembered }))
}

/// Ends one session, given its secret.
pub(super) async fn end(transaction: &mut Transaction<'_, Any>, token: &str) -> Result<(), DbError> {
    store::delete_session(transaction, &fingerprint(token)).await
}

/// Ends every session of an account.
pub(super) async fn end_all(
    transaction: &mut Transaction<'_, Any>,
    account_id: &AccountId,
) -> Result<(), DbError> {
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
