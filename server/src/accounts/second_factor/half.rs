//! The table `half_sign_ins`: the right password was given in a browser, the second factor not yet. Such a browser is
//! known by its own secret and signed in nowhere; what it waits for ends after minutes.

use std::time::Duration;

use sqlx::{Any, Executor, Row as _, Transaction};

use crate::accounts::model::KnownAccount;
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;

/// How long a browser may wait.
const LIFETIME: Duration = Duration::from_mins(10);

/// A sign-in that waits for its second step.
#[derive(Debug)]
pub(in crate::accounts) struct Half {
    pub(in crate::accounts) account_id: KnownAccount,
    pub(in crate::accounts) is_remembered: bool,
    /// Whether the owner must be told that it was from here.
    pub(in crate::accounts) is_new_device: bool,
}

/// Begins one in a browser, in place of what it waited for before.
pub(in crate::accounts) async fn begin(
    work: &mut Transaction<'_, Any>,
    half: &Half,
    (browser, now): (&str, Timestamp),
) -> Result<(), DbError> {
    let query = sqlx::query(
        "INSERT INTO half_sign_ins (browser_hash, account_id, is_remembered, is_new_device, begun_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (browser_hash) DO UPDATE SET account_id = $2, is_remembered = $3, is_new_device = $4, begun_at = $5",
    );
    let query = query.bind(browser).bind(half.account_id.as_str()).bind(i64::from(half.is_remembered));
    let query = query.bind(i64::from(half.is_new_device)).bind(now.as_millis());
    query.execute(&mut **work).await.map(drop)
}

/// What a browser waits for.
pub(super) async fn find<'c>(
    asked: impl Executor<'c, Database = Any>,
    browser: &str,
    now: Timestamp,
) -> Result<Option<Half>, DbError> {
    let query = sqlx::query(
        "SELECT account_id, is_remembered, is_new_device FROM half_sign_ins WHERE browser_hash = $1 AND begun_at > $2",
    );
    let query = query.bind(browser).bind(now.minus(LIFETIME).as_millis());
    let Some(row) = query.fetch_optional(asked).await? else { return Ok(None) };
    Ok(Some(Half {
        account_id: row.try_get("account_id")?,
        is_remembered: row.try_get::<i64, _>("is_remembered")? != 0,
        is_new_device: row.try_get::<i64, _>("is_new_device")? != 0,
    }))
}

/// Ends what a browser waits for; `false` when it is no more.
pub(super) async fn take(
    work: &mut Transaction<'_, Any>,
    half: &Half,
    browser: &str,
) -> Result<bool, DbError> {
    let query = sqlx::query("DELETE FROM half_sign_ins WHERE browser_hash = $1 AND account_id = $2");
    let query = query.bind(browser).bind(half.account_id.as_str());
    Ok(query.execute(&mut **work).await?.rows_affected() == 1)
}

/// Ends what browsers wait for at an account.
pub(in crate::accounts) async fn end_all(
    work: &mut Transaction<'_, Any>,
    account: &KnownAccount,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM half_sign_ins WHERE account_id = $1").bind(account.as_str());
    query.execute(&mut **work).await.map(drop)
}

/// Ends what took too long; says how many.
pub(in crate::accounts) async fn delete_outlived(
    work: &mut Transaction<'_, Any>,
    now: Timestamp,
) -> Result<u64, DbError> {
    let query = sqlx::query("DELETE FROM half_sign_ins WHERE begun_at <= $1");
    Ok(query.bind(now.minus(LIFETIME).as_millis()).execute(&mut **work).await?.rows_affected())
}
