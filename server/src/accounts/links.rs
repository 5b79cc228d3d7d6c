//! Codes that work once: for the first log-in of a new platform and for choosing a password.
//!
//! The code stands in the fragment of the link, which browsers do not send and proxies do not log; the page fills it
//! into its form, and without JavaScript it is pasted there.

use std::time::Duration;

use sqlx::{Any, Transaction};

use super::model::KnownAccount;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};
use crate::platform::random::{Secret, fingerprint};
use crate::state::App;

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Making the first administrator.
    Setup,
    /// Choosing the password of an account.
    Password,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Password => "password",
        }
    }

    const fn lifetime(self) -> Duration {
        match self {
            Self::Setup => Duration::from_hours(24),
            Self::Password => Duration::from_hours(72),
        }
    }
}

/// How long a code that is sent by mail works.
const MAILED: Duration = Duration::from_hours(1);

/// Makes a code. Earlier codes for the same account stop working.
pub(super) async fn make(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    purpose: Purpose,
    account_id: Option<&KnownAccount>,
) -> Result<Secret, DbError> {
    if let Some(account_id) = account_id {
        withdraw_of(transaction, account_id).await?;
    }
    insert(transaction, app, (purpose, account_id), purpose.lifetime()).await
}

/// Makes a code for a password that is sent by mail. Earlier ones go on working: nobody knows which of several attempts
/// to send the mail arrived. The first that is used ends all of them.
pub(super) async fn make_mailed(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &KnownAccount,
) -> Result<Secret, DbError> {
    insert(transaction, app, (Purpose::Password, Some(account_id)), MAILED).await
}

async fn insert(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    (purpose, account_id): (Purpose, Option<&KnownAccount>),
    lifetime: Duration,
) -> Result<Secret, DbError> {
    let (now, secret) = (app.clock.now(), app.random.secret());
    let query = sqlx::query("DELETE FROM one_time_links WHERE expires_at < $1").bind(now.as_millis());
    query.execute(&mut **transaction).await?;
    let query = sqlx::query(
        "INSERT INTO one_time_links (token_hash, purpose, account_id, expires_at) VALUES ($1, $2, $3, $4)",
    );
    let query = query.bind(secret.fingerprint()).bind(purpose.as_str());
    let query = query.bind(account_id.map(|id| id.as_str())).bind(now.plus(lifetime).as_millis());
    query.execute(&mut **transaction).await?;
    Ok(secret)
}

/// The path of the link that a code for a password is in.
pub(super) fn password_path(code: &Secret) -> String {
    format!("/set-password#{}", code.expose())
}

/// The link that a code for a password is handed over as.
pub(super) fn password_address(app: &App, code: &Secret) -> String {
    format!("{}{}", app.config.app_url, password_path(code))
}

/// The account a code is for, without using it up. `None` if the code is unknown, used or too old.
pub(super) async fn account_of(
    db: &Db,
    now: Timestamp,
    purpose: Purpose,
    code: &str,
) -> Result<Option<KnownAccount>, DbError> {
    let found: Option<Option<KnownAccount>> = sqlx::query_scalar(
        "SELECT account_id FROM one_time_links WHERE token_hash = $1 AND purpose = $2 AND expires_at >= $3",
    )
    .bind(fingerprint(code.trim()))
    .bind(purpose.as_str())
    .bind(now.as_millis())
    .fetch_optional(db.read())
    .await?;
    Ok(found.flatten())
}

/// Whether a code would work, without using it up.
pub(super) async fn is_live(db: &Db, now: Timestamp, purpose: Purpose, code: &str) -> Result<bool, DbError> {
    let count: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM one_time_links WHERE token_hash = $1 AND purpose = $2 AND expires_at >= $3",
    )
    .bind(fingerprint(code.trim()))
    .bind(purpose.as_str())
    .bind(now.as_millis())
    .fetch_one(db.read())
    .await?;
    Ok(count > 0)
}

/// Uses a code up, within the transaction that does what it is for. `false` if it is unknown, used or too old.
pub(super) async fn take(
    transaction: &mut Transaction<'_, Any>,
    now: Timestamp,
    purpose: Purpose,
    code: &str,
) -> Result<bool, DbError> {
    let done =
        sqlx::query("DELETE FROM one_time_links WHERE token_hash = $1 AND purpose = $2 AND expires_at >= $3")
            .bind(fingerprint(code.trim()))
            .bind(purpose.as_str())
            .bind(now.as_millis())
            .execute(&mut **transaction)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Withdraws every code for a purpose.
pub(super) async fn withdraw(
    transaction: &mut Transaction<'_, Any>,
    purpose: Purpose,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM one_time_links WHERE purpose = $1").bind(purpose.as_str());
    query.execute(&mut **transaction).await.map(drop)
}

/// Withdraws every code for an account.
pub(super) async fn withdraw_of(
    transaction: &mut Transaction<'_, Any>,
    account_id: &KnownAccount,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM one_time_links WHERE account_id = $1").bind(account_id.as_str());
    query.execute(&mut **transaction).await.map(drop)
}
