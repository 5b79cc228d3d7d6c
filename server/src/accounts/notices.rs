//! What owners must be told about their account: shown on every page from the next request on, until they have read it.

use std::time::Duration;

use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;
use sqlx::{Any, Row as _, Transaction};

use super::model::KnownAccount;
use super::store;
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::SignedIn;
use crate::http::browser::csrf::Form;
use crate::http::context::RequestContext;
use crate::http::device::Device;
use crate::http::identity::Notice;
use crate::http::routes::Routes;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().post::<SignedIn, _>("/account/notices", read)
}

/// How long the notice of a sign-in from a new browser is shown. In that browser itself nobody can say that they have read it.
const NEW_DEVICE_FOR: Duration = Duration::from_hours(90 * 24);

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An administrator confirmed a request for a new password.
    RequestConfirmed,
    /// A new password was set by such a request.
    SetByRequest,
    /// A link for a new password was made on the machine itself.
    ResetLinkMade,
    /// A new password was set with a one-time link.
    SetByLink,
    /// Somebody signed in from a browser that was not known.
    NewDevice,
    /// A clinic asks whether the owner will work there.
    Invited,
    /// A second factor was set up, changed or removed.
    SecondFactorChanged,
    /// Somebody gave the right password in a browser that was not known, and a wrong second factor.
    SecondStepFailed,
    /// An administrator, or somebody at the machine, removed the second factors.
    SecondFactorRemoved,
}

impl Kind {
    const ALL: [Self; 9] = [
        Self::RequestConfirmed,
        Self::SetByRequest,
        Self::ResetLinkMade,
        Self::SetByLink,
        Self::NewDevice,
        Self::Invited,
        Self::SecondFactorChanged,
        Self::SecondStepFailed,
        Self::SecondFactorRemoved,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::RequestConfirmed => "request-confirmed",
            Self::SetByRequest => "set-by-request",
            Self::ResetLinkMade => "reset-link-made",
            Self::SetByLink => "set-by-link",
            Self::NewDevice => "new-device",
            Self::Invited => "invited",
            Self::SecondFactorChanged => "second-factor-changed",
            Self::SecondStepFailed => "second-step-failed",
            Self::SecondFactorRemoved => "second-factor-removed",
        }
    }

    /// The key of its sentence.
    const fn message_key(self) -> &'static str {
        match self {
            Self::RequestConfirmed => "notice-request-confirmed",
            Self::SetByRequest => "notice-set-by-request",
            Self::ResetLinkMade => "notice-reset-link-made",
            Self::SetByLink => "notice-set-by-link",
            Self::NewDevice => "notice-new-device",
            Self::Invited => "notice-invited",
            Self::SecondFactorChanged => "notice-second-factor-changed",
            Self::SecondStepFailed => "notice-second-step-failed",
            Self::SecondFactorRemoved => "notice-second-factor-removed",
        }
    }
}

/// Tells the owner, within the transaction that does what is told.
pub(super) async fn add(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &KnownAccount,
    kind: Kind,
) -> Result<(), DbError> {
    insert(transaction, app, account_id, (kind, None)).await
}

/// [`add`] of what may happen many times: the last time alone is told.
pub(super) async fn renew(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &KnownAccount,
    kind: Kind,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM account_notices WHERE account_id = $1 AND kind = $2");
    query.bind(account_id.as_str()).bind(kind.as_str()).execute(&mut **transaction).await?;
    add(transaction, app, account_id, kind).await
}

/// Tells the owner in every other browser that somebody signed in from this one: whoever it was cannot hide it.
pub(super) async fn add_new_device(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &KnownAccount,
    context: &RequestContext,
) -> Result<(), DbError> {
    insert(transaction, app, account_id, (Kind::NewDevice, Some(context))).await
}

/// Tells the owner in every other browser that a second factor was changed in this one.
pub(super) async fn add_second_factor_changed(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &KnownAccount,
    context: &RequestContext,
) -> Result<(), DbError> {
    insert(transaction, app, account_id, (Kind::SecondFactorChanged, Some(context))).await
}

async fn insert(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &KnownAccount,
    (kind, from): (Kind, Option<&RequestContext>),
) -> Result<(), DbError> {
    let now = app.clock.now();
    let query = sqlx::query(
        "DELETE FROM account_notices WHERE account_id = $1 AND browser_hash IS NOT NULL AND happened_at <= $2",
    );
    let query = query.bind(account_id.as_str()).bind(now.minus(NEW_DEVICE_FOR).as_millis());
    query.execute(&mut **transaction).await?;
    sqlx::query(
        "INSERT INTO account_notices (id, account_id, kind, happened_at, device, browser_hash)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(app.random.id(now).to_string())
    .bind(account_id.as_str())
    .bind(kind.as_str())
    .bind(now.as_millis())
    .bind(from.map(|context| context.device().to_text()))
    .bind(from.map(RequestContext::browser_fingerprint))
    .execute(&mut **transaction)
    .await?;
    store::set_has_notice(transaction, account_id, true).await
}

/// What the owner has not read and is told in this browser, newest first, at most twenty.
pub(super) async fn unread(
    db: &Db,
    account_id: &KnownAccount,
    browser: &str,
    now: Timestamp,
) -> Result<Vec<Notice>, DbError> {
    let query = sqlx::query(
        "SELECT kind, happened_at, device FROM account_notices
         WHERE account_id = $1 AND COALESCE(browser_hash, '') <> $2 AND (browser_hash IS NULL OR happened_at > $3)
         ORDER BY happened_at DESC, id DESC LIMIT 20",
    );
    let told_in = if browser.is_empty() { "none" } else { browser };
    let query = query.bind(account_id.as_str()).bind(told_in).bind(now.minus(NEW_DEVICE_FOR).as_millis());
    let rows = query.fetch_all(db.read()).await?;
    let mut notices = Vec::new();
    for row in &rows {
        let kind: String = row.try_get("kind")?;
        let at = Timestamp::from_millis(row.try_get("happened_at")?);
        let device: Option<String> = row.try_get("device")?;
        let device = device.as_deref().map(Device::from_text);
        let known = Kind::ALL.into_iter().find(|known| known.as_str() == kind);
        notices.extend(known.map(|kind| Notice { message_key: kind.message_key(), at, device }));
    }
    Ok(notices)
}

#[derive(Deserialize)]
struct Nothing {}

/// `POST /account/notices`: the owner has read them.
async fn read(
    who: SignedIn,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let browser = context.browser_fingerprint();
    let mut work = Work::begin(&app.db, context).await?;
    let own = KnownAccount::from(&who);
    let remain = forget(&mut work, &own, &browser, app.clock.now()).await?;
    store::set_has_notice(&mut work, &own, remain).await?;
    work.commit(Act::on_account("notices-read", who.account_id())).await?;
    Ok(Redirect::to("/account"))
}

/// Forgets what is told in this browser; says whether anything remains, which is told in others.
async fn forget(
    transaction: &mut Transaction<'_, Any>,
    account_id: &KnownAccount,
    browser: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let query = sqlx::query(
        "DELETE FROM account_notices WHERE account_id = $1
         AND (COALESCE(browser_hash, '') <> $2 OR happened_at <= $3)",
    );
    let query = query.bind(account_id.as_str()).bind(browser).bind(now.minus(NEW_DEVICE_FOR).as_millis());
    query.execute(&mut **transaction).await?;
    let query = sqlx::query_scalar("SELECT COUNT(*) FROM account_notices WHERE account_id = $1");
    let remain: i64 = query.bind(account_id.as_str()).fetch_one(&mut **transaction).await?;
    Ok(remain > 0)
}
