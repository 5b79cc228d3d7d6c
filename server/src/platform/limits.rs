//! Slows guessing down, in the database so that all replicas count together.
//!
//! Counts are written outside a work transaction: they are no act of anybody, and must last when what is counted fails.

use std::time::Duration;

use sqlx::Row as _;

use super::clock::Timestamp;
use super::db::{Db, DbError};
use super::random::fingerprint;

/// How many attempts, or failed attempts, a window allows.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Attempts in one window.
    pub attempts: i64,
    /// Length of the window, which begins with the first attempt that counts.
    pub window: Duration,
}

/// What one network may try, whatever it tries: people share networks.
pub const PER_NETWORK: Limit = Limit { attempts: 50, window: LONGEST_WINDOW };
/// No window is longer; older counts are removed.
pub const LONGEST_WINDOW: Duration = Duration::from_mins(15);

/// Why an attempt may not be made.
#[derive(Debug, thiserror::Error)]
pub enum LimitError {
    /// There were too many; the next one makes sense after this time.
    #[error("too many attempts; the next one makes sense in {0:?}")]
    TooMany(Duration),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// What is counted. Subjects are hashed: the table holds neither addresses nor networks.
#[derive(Clone, Debug)]
pub struct Bucket(String);

impl Bucket {
    /// The bucket of a kind of attempt and its subjects.
    pub fn new(parts: &[&str]) -> Self {
        Self(fingerprint(&parts.join("\0")))
    }

    /// What the table calls it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Counts an attempt, and forgets counts whose window is over.
///
/// # Errors
/// [`LimitError::TooMany`] when this one was beyond the limit.
pub async fn count(db: &Db, now: Timestamp, bucket: &Bucket, limit: Limit) -> Result<(), LimitError> {
    sweep(db, now).await?;
    let (attempts, window_start) = raise(db, bucket, now, limit.window).await?;
    let wait = window_start.plus(limit.window).since(now);
    if attempts <= limit.attempts { Ok(()) } else { Err(LimitError::TooMany(wait)) }
}

/// Whether the window allows another attempt, without counting one: for limits on failed attempts, which are counted
/// by [`count`] once they have failed.
///
/// # Errors
/// [`LimitError::TooMany`] when it does not.
pub async fn check(db: &Db, now: Timestamp, bucket: &Bucket, limit: Limit) -> Result<(), LimitError> {
    let query =
        sqlx::query("SELECT attempts, window_start FROM throttle WHERE bucket = $1 AND window_start > $2");
    let query = query.bind(&bucket.0).bind(now.minus(limit.window).as_millis());
    let Some(row) = query.fetch_optional(db.read()).await? else { return Ok(()) };
    if row.try_get::<i64, _>("attempts")? < limit.attempts {
        return Ok(());
    }
    let window_start = Timestamp::from_millis(row.try_get("window_start")?);
    Err(LimitError::TooMany(window_start.plus(limit.window).since(now)))
}

/// Adds one in a single statement, so that attempts made at once are all counted.
async fn raise(
    db: &Db,
    bucket: &Bucket,
    now: Timestamp,
    window: Duration,
) -> Result<(i64, Timestamp), DbError> {
    let row = sqlx::query(
        "INSERT INTO throttle (bucket, attempts, window_start) VALUES ($1, 1, $2)
         ON CONFLICT (bucket) DO UPDATE SET
             attempts = CASE WHEN throttle.window_start <= $3 THEN 1 ELSE throttle.attempts + 1 END,
             window_start = CASE WHEN throttle.window_start <= $3 THEN $2 ELSE throttle.window_start END
         RETURNING attempts, window_start",
    )
    .bind(&bucket.0)
    .bind(now.as_millis())
    .bind(now.minus(window).as_millis())
    .fetch_one(db.write())
    .await?;
    Ok((row.try_get("attempts")?, Timestamp::from_millis(row.try_get("window_start")?)))
}

/// Takes the counts of a bucket back.
///
/// # Errors
/// When the database fails.
pub async fn forgive(db: &Db, bucket: &Bucket) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM throttle WHERE bucket = $1").bind(&bucket.0);
    query.execute(db.write()).await.map(drop)
}

/// Removes counts whose window is over.
async fn sweep(db: &Db, now: Timestamp) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM throttle WHERE window_start <= $1");
    query.bind(now.minus(LONGEST_WINDOW).as_millis()).execute(db.write()).await.map(drop)
}
