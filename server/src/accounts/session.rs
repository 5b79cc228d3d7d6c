//! Sessions: one row for each signed-in browser, found by the fingerprint of its cookie.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use axum::http::HeaderValue;
use sqlx::{Any, Transaction};

use super::model::KnownAccount;
use super::second_factor::half::{self, Half};
use super::session_model::{Known, NewSessionRow, Session, SessionId};
use super::{browsers, notices, session_store, store};
use crate::audit::{Act, Duty, Work};
use crate::error::Problem;
use crate::http::browser::cookies::{NewCookie, SameSite, removal};
use crate::http::context::{RequestContext, SESSION_COOKIE};
use crate::http::identity::{Assurance, Identity};
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;
use crate::platform::random::{Secret, fingerprint};
use crate::state::App;

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
    let Some(found) = session_store::find(&app.db, token_hash).await? else { return Ok(None) };
    let (now, limit) = (app.clock.now(), app.config.sessions.of(found.is_remembered));
    if !limit.is_within(found.created_at, found.last_seen_at, now) {
        end_outlived(app, &found).await?;
        return Ok(None);
    }
    let Some((mut identity, has_notice)) = store::signed_in(&app.db, &found).await? else { return Ok(None) };
    if now.since(found.last_seen_at) > NOTE_EVERY {
        note_seen(app, &found, now).await?;
    }
    if has_notice {
        let unread = notices::unread(&app.db, &found.account_id, &found.browser_hash, now).await?;
        identity.notice = unread.into_iter().next();
    }
    Ok(Some(identity))
}

async fn end_outlived(app: &App, found: &Session) -> Result<(), DbError> {
    let mut work = Work::begin(&app.db, Duty::Sessions).await?;
    session_store::delete(&mut work, &found.token_hash).await?;
    work.commit(Act::on_account("session-outlived", &found.account_id)).await
}

async fn note_seen(app: &App, found: &Session, now: Timestamp) -> Result<(), DbError> {
    let mut work = Work::begin(&app.db, Duty::Sessions).await?;
    let id = SessionId::new(app.random.id(now));
    session_store::note_seen(&mut work, found, (&id, now)).await?;
    work.commit(Act::on_account("session-used", &found.account_id).without_entry()).await
}

/// A session that was just begun: its secret goes into the cookie and nowhere else.
#[derive(Debug)]
pub struct NewSession {
    secret: Secret,
    max_age: Option<Duration>,
}

/// What a right password opens.
#[derive(Debug)]
pub enum Entrance {
    /// A session.
    Session(NewSession),
    /// The page that asks for the second factor: this browser waits, signed in nowhere.
    SecondStep,
}

/// How somebody comes in, beside the password.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Manner {
    pub(super) is_remembered: bool,
    /// Whether the owner must be told that it was from here.
    pub(super) is_new_device: bool,
}

/// Lets in whoever has just shown the password, in the browser that sent the request; an account with a second factor
/// asks for that first. `None`, and nothing may be committed, if the account is no longer enabled or its password no
/// longer the one that was `verified`.
///
/// The first statement checks both and holds the account's row. A change of either waits for that row and then ends
/// the sessions it finds, this one among them; if the change came first, the statement finds nothing. One `INSERT ..
/// SELECT` would not do: PostgreSQL lets it read the old row while the change is not committed, and the change does not
/// see the new session.
pub(super) async fn begin(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    (account_id, verified): (&KnownAccount, &str),
    context: &RequestContext,
    manner: Manner,
) -> Result<Option<Entrance>, DbError> {
    let now = app.clock.now();
    match store::hold_verified(transaction, (account_id, verified)).await? {
        None => Ok(None),
        Some(true) => {
            let Manner { is_remembered, is_new_device } = manner;
            let half = Half { account_id: account_id.clone(), is_remembered, is_new_device };
            half::begin(transaction, &half, (&context.browser_fingerprint(), now)).await?;
            Ok(Some(Entrance::SecondStep))
        }
        Some(false) => {
            let known = Known { assurance: Assurance::Password, at: now };
            let session = open(transaction, app, account_id, context, (manner.is_remembered, known)).await?;
            Ok(Some(Entrance::Session(session)))
        }
    }
}

/// Begins a session for an account that the transaction holds, whose owner has shown all that it asks for.
pub(super) async fn open(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &KnownAccount,
    context: &RequestContext,
    (is_remembered, known): (bool, Known),
) -> Result<NewSession, DbError> {
    let (now, secret) = (app.clock.now(), app.random.secret());
    store::note_sign_in(transaction, account_id, now).await?;
    let browser_hash = context.browser_fingerprint();
    browsers::remember(transaction, account_id, &browser_hash, now).await?;
    let row = NewSessionRow {
        id: SessionId::new(app.random.id(now)),
        token_hash: secret.fingerprint(),
        account_id,
        device: context.device(),
        browser_hash: &browser_hash,
        is_remembered,
        known,
        now,
    };
    session_store::insert(transaction, &row).await?;
    Ok(NewSession { secret, max_age: is_remembered.then_some(app.config.sessions.remembered.whole) })
}

/// Ends one session, given its secret.
pub(super) async fn end(transaction: &mut Transaction<'_, Any>, token: &str) -> Result<(), DbError> {
    session_store::delete(transaction, &fingerprint(token)).await
}

/// Ends every session of an account.
pub(super) async fn end_all(
    transaction: &mut Transaction<'_, Any>,
    account_id: &KnownAccount,
) -> Result<(), DbError> {
    session_store::delete_all(transaction, account_id).await
}

impl NewSession {
    /// The `Set-Cookie` line that carries the secret to the browser.
    pub(super) fn cookie(&self, secure: bool) -> Option<HeaderValue> {
        let (value, max_age) = (self.secret.expose(), self.max_age);
        NewCookie { name: SESSION_COOKIE, value, max_age, same_site: SameSite::Lax }.line(secure)
    }
}

/// The `Set-Cookie` line that makes the browser forget its session.
pub(super) fn farewell(secure: bool) -> Option<HeaderValue> {
    removal(SESSION_COOKIE, secure)
}
