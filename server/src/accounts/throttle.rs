//! Slows guessing down, in the database so that all replicas count together.
//!
//! Attempts count by account and network, by network, and by account. The last limit could be used to shut an owner
//! out, so it does not hold for browsers in which that owner has signed in before.

use std::time::Duration;

use sqlx::Row as _;

use super::store;
use crate::app::App;
use crate::error::Problem;
use crate::http::visit::Visit;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};
use crate::platform::random::fingerprint;

/// How many attempts a window allows.
#[derive(Clone, Copy, Debug)]
struct Limit {
    attempts: i64,
    window: Duration,
}

const PER_ACCOUNT_AND_NETWORK: Limit = Limit { attempts: 5, window: Duration::from_mins(15) };
const PER_NETWORK: Limit = Limit { attempts: 50, window: Duration::from_mins(15) };
const PER_ACCOUNT: Limit = Limit { attempts: 30, window: Duration::from_mins(15) };

/// A sign-in attempt that has been counted; forgiven when it succeeds.
#[derive(Debug)]
pub(super) struct Attempt {
    bucket: String,
}

/// Counts a sign-in attempt before the password is looked at.
///
/// # Errors
/// 429 when there were too many, the same for addresses with and without an account.
pub(super) async fn sign_in(app: &App, visit: &Visit, email: &str) -> Result<Attempt, Problem> {
    let bucket = bucket(&["sign-in", email, visit.network()]);
    count(app, &bucket, PER_ACCOUNT_AND_NETWORK).await?;
    count(app, &self::bucket(&["network", visit.network()]), PER_NETWORK).await?;
    if !store::is_known_browser(&app.db, email, &visit.browser_fingerprint()).await? {
        count(app, &self::bucket(&["account", email]), PER_ACCOUNT).await?;
    }
    Ok(Attempt { bucket })
}

/// Counts a guess at a one-time code.
///
/// # Errors
/// 429 when there were too many from this network.
pub(super) async fn code(app: &App, visit: &Visit) -> Result<(), Problem> {
    count(app, &bucket(&["code", visit.network()]), PER_NETWORK).await
}

/// Counts a patient link that was opened with a wrong secret. Right ones are never counted and never refused: many
/// patients share a network, and nobody guesses 256 bits.
///
/// # Errors
/// 429 when there were too many from this network.
pub async fn wrong_link(app: &App, visit: &Visit) -> Result<(), Problem> {
    count(app, &bucket(&["patient-link", visit.network()]), PER_NETWORK).await
}

/// Counts a guess at the own password by somebody who sits at a signed-in browser.
///
/// # Errors
/// 429 when there were too many for this account.
pub(super) async fn own_password(app: &App, account_id: &str) -> Result<Attempt, Problem> {
    let bucket = bucket(&["own-password", account_id]);
    count(app, &bucket, PER_ACCOUNT_AND_NETWORK).await?;
    Ok(Attempt { bucket })
}

impl Attempt {
    /// Takes the count back: the password was right.
    pub(super) async fn forgive(&self, db: &Db) -> Result<(), DbError> {
        sqlx::query("DELETE FROM throttle WHERE bucket = $1")
            .bind(&self.bucket)
            .execute(db.write())
            .await
            .map(drop)
    }
}

/// Subjects are hashed: the table holds neither addresses nor networks.
fn bucket(parts: &[&str]) -> String {
    fingerprint(&parts.join("\0"))
}

async fn count(app: &App, bucket: &str, limit: Limit) -> Result<(), Problem> {
    let now = app.clock.now();
    let (attempts, window_start) = raise(&app.db, bucket, now, limit.window).await?;
    if attempts <= limit.attempts {
        return Ok(());
    }
    tracing::warn!(attempts, "too many attempts");
    Err(Problem::too_many(window_start.plus(limit.window).since(now)))
}

/// Adds one in a single statement, so that attempts made at once are all counted.
async fn raise(db: &Db, bucket: &str, now: Timestamp, window: Duration) -> Result<(i64, Timestamp), DbError> {
    let row = sqlx::query(
        "INSERT INTO throttle (bucket, attempts, window_start) VALUES ($1, 1, $2)
         ON CONFLICT (bucket) DO UPDATE SET
             attempts = CASE WHEN throttle.window_start <= $3 THEN 1 ELSE throttle.attempts + 1 END,
             window_start = CASE WHEN throttle.window_start <= $3 THEN $2 ELSE throttle.window_start END
         RETURNING attempts, window_start",
    )
    .bind(bucket)
    .bind(now.as_millis())
    .bind(now.minus(window).as_millis())
    .fetch_one(db.write())
    .await?;
    Ok((row.try_get("attempts")?, Timestamp::from_millis(row.try_get("window_start")?)))
}

/// Removes counts whose window is over; called when somebody signs in.
pub(super) async fn sweep(db: &Db, now: Timestamp) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM throttle WHERE window_start < $1");
    query.bind(now.minus(PER_NETWORK.window).as_millis()).execute(db.write()).await.map(drop)
}
