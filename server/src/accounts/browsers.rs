//! The table `known_browsers`: browsers in which the owner of an account has signed in before. A flood of wrong
//! passwords from elsewhere does not shut them out.

use std::time::Duration;

use sqlx::{Any, Transaction};

use super::model::KnownAccount;
use crate::ids::AccountId;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};

/// How long a browser stays known without a sign-in.
const KNOWN_FOR: Duration = Duration::from_hours(180 * 24);
/// Browsers that one account knows at a time: the last ones.
const MOST: i64 = 20;

/// Whether the owner of the account has signed in from this browser, and lately. Nobody has for no account, which takes
/// the same query.
pub(super) async fn is_known(
    db: &Db,
    account_id: Option<&KnownAccount>,
    browser: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let count: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM known_browsers WHERE account_id = $1 AND browser_hash = $2 AND seen_at > $3",
    )
    .bind(account_id.map_or("", |id| id.as_str()))
    .bind(browser)
    .bind(now.minus(KNOWN_FOR).as_millis())
    .fetch_one(db.read())
    .await?;
    Ok(count > 0)
}

/// Remembers a browser, and forgets those that are too old or too many.
pub(super) async fn remember(
    transaction: &mut Transaction<'_, Any>,
    account_id: &KnownAccount,
    browser: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO known_browsers (account_id, browser_hash, seen_at) VALUES ($1, $2, $3)
         ON CONFLICT (account_id, browser_hash) DO UPDATE SET seen_at = $3",
    )
    .bind(account_id.as_str())
    .bind(browser)
    .bind(now.as_millis())
    .execute(&mut **transaction)
    .await?;
    sqlx::query(
        "DELETE FROM known_browsers WHERE account_id = $1 AND (seen_at <= $2 OR browser_hash NOT IN
             (SELECT browser_hash FROM known_browsers WHERE account_id = $1
              ORDER BY seen_at DESC, browser_hash LIMIT $3))",
    )
    .bind(account_id.as_str())
    .bind(now.minus(KNOWN_FOR).as_millis())
    .bind(MOST)
    .execute(&mut **transaction)
    .await
    .map(drop)
}

/// The accounts whose owners have signed in from this browser lately.
pub(super) async fn owners(db: &Db, browser: &str, now: Timestamp) -> Result<Vec<AccountId>, DbError> {
    let query =
        sqlx::query_scalar("SELECT account_id FROM known_browsers WHERE browser_hash = $1 AND seen_at > $2");
    query.bind(browser).bind(now.minus(KNOWN_FOR).as_millis()).fetch_all(db.read()).await
}

/// Forgets every browser of an account.
pub(super) async fn forget_all(
    transaction: &mut Transaction<'_, Any>,
    account_id: &KnownAccount,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM known_browsers WHERE account_id = $1").bind(account_id.as_str());
    query.execute(&mut **transaction).await.map(drop)
}
