//! The table `jobs`. A lease is the proof of who may end a job: every statement after the claim names it.

use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use super::Failure;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};

/// The identifier of a job.
fn id_of(kind: &str, subject: &str) -> String {
    format!("{kind}_{subject}")
}

/// A job whose lease this worker holds.
#[derive(Debug)]
pub(super) struct Claimed {
    id: String,
    lease: String,
    pub(super) subject: String,
    /// This one included.
    pub(super) attempts: i64,
}

/// Asks for a job of a kind, in the transaction that gives the reason for it. What is asked for already is not asked
/// for again; if it is dead, it stays so.
///
/// # Errors
/// When the database fails.
pub async fn enqueue(
    transaction: &mut Transaction<'_, Any>,
    (kind, subject): (&str, &str),
    due: Timestamp,
) -> Result<(), DbError> {
    let query = sqlx::query(INSERT).bind(id_of(kind, subject)).bind(kind).bind(subject);
    query.bind(due.as_millis()).execute(&mut **transaction).await.map(drop)
}

const INSERT: &str =
    "INSERT INTO jobs (id, kind, subject, due_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING";

/// Forgets whatever is to be done about a subject: it is gone. Whoever does it just now is stopped.
///
/// # Errors
/// When the database fails.
pub async fn forget(transaction: &mut Transaction<'_, Any>, subject: &str) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM jobs WHERE subject = $1 AND subject <> ''");
    query.bind(subject).execute(&mut **transaction).await.map(drop)
}

/// Puts a kind on the schedule, unless it is there.
pub(super) async fn schedule(db: &Db, kind: &str, now: Timestamp) -> Result<(), DbError> {
    let query = sqlx::query(INSERT).bind(id_of(kind, "")).bind(kind).bind("").bind(now.as_millis());
    query.execute(db.write()).await.map(drop)
}

/// Whether a job of the kind waits for somebody: what every worker asks again and again, without writing.
pub(super) async fn is_due(db: &Db, kind: &str, now: Timestamp) -> Result<bool, DbError> {
    let query = sqlx::query_scalar(
        "SELECT COUNT(*) FROM (SELECT id FROM jobs WHERE kind = $1 AND due_at <= $2 AND lease_until < $2 \
         AND dead_at IS NULL LIMIT 1) AS due",
    );
    let count: i64 = query.bind(kind).bind(now.as_millis()).fetch_one(db.read()).await?;
    Ok(count > 0)
}

/// Begins the job of the kind that has been due longest; `None` when there is none, or another worker was faster. On
/// PostgreSQL two may find the same row: the second waits for it, and finds it leased.
pub(super) async fn claim(
    db: &Db,
    kind: &str,
    lease: &str,
    (now, until): (Timestamp, Timestamp),
) -> Result<Option<Claimed>, DbError> {
    let query = sqlx::query(
        "UPDATE jobs SET lease = $1, lease_until = $2, attempts = attempts + 1 WHERE id = \
         (SELECT id FROM jobs WHERE kind = $3 AND due_at <= $4 AND lease_until < $4 AND dead_at IS NULL \
          ORDER BY due_at, id LIMIT 1) AND lease_until < $4 RETURNING id, subject, attempts",
    );
    let query = query.bind(lease).bind(until.as_millis()).bind(kind).bind(now.as_millis());
    let Some(row) = query.fetch_optional(db.write()).await? else { return Ok(None) };
    let (id, subject, attempts) = (row.try_get("id")?, row.try_get("subject")?, row.try_get("attempts")?);
    Ok(Some(Claimed { id, lease: lease.to_owned(), subject, attempts }))
}

/// Goes on holding the lease; `false` when somebody else has it.
pub(super) async fn renew(db: &Db, job: &Claimed, until: Timestamp) -> Result<bool, DbError> {
    let query = sqlx::query("UPDATE jobs SET lease_until = $3 WHERE id = $1 AND lease = $2");
    let query = query.bind(&job.id).bind(&job.lease).bind(until.as_millis());
    Ok(query.execute(db.write()).await?.rows_affected() == 1)
}

/// Gives the job back as if it had not been begun: the worker is stopping.
pub(super) async fn release(db: &Db, job: &Claimed) -> Result<(), DbError> {
    let query = sqlx::query(
        "UPDATE jobs SET lease = NULL, lease_until = 0, attempts = attempts - 1 WHERE id = $1 AND lease = $2",
    );
    query.bind(&job.id).bind(&job.lease).execute(db.write()).await.map(drop)
}

/// The job is done, for good.
pub(super) async fn remove(db: &Db, job: &Claimed) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM jobs WHERE id = $1 AND lease = $2");
    query.bind(&job.id).bind(&job.lease).execute(db.write()).await.map(drop)
}

/// The job is done until it is due again.
pub(super) async fn rest(db: &Db, job: &Claimed, (now, due): (Timestamp, Timestamp)) -> Result<(), DbError> {
    let query = sqlx::query(
        "UPDATE jobs SET lease = NULL, lease_until = 0, attempts = 0, last_error = NULL, done_at = $3, due_at = $4 \
         WHERE id = $1 AND lease = $2",
    );
    let query = query.bind(&job.id).bind(&job.lease).bind(now.as_millis()).bind(due.as_millis());
    query.execute(db.write()).await.map(drop)
}

/// The job failed: it is due again at `due`, or dead from `dead` on.
pub(super) async fn fail(
    db: &Db,
    job: &Claimed,
    reason: &Failure,
    (due, dead): (Timestamp, Option<Timestamp>),
) -> Result<(), DbError> {
    let query = sqlx::query(
        "UPDATE jobs SET lease = NULL, lease_until = 0, last_error = $3, due_at = $4, dead_at = $5 \
         WHERE id = $1 AND lease = $2",
    );
    let query = query.bind(&job.id).bind(&job.lease).bind(&reason.code).bind(due.as_millis());
    query.bind(dead.map(Timestamp::as_millis)).execute(db.write()).await.map(drop)
}

/// How a job that has failed stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// It is tried again then.
    Waiting(Timestamp),
    /// It failed for good then.
    Dead(Timestamp),
}

/// A job whose last attempt failed.
#[derive(Clone, Debug)]
pub struct Failing {
    /// Identifier.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// What it is about: an identifier, or nothing.
    pub subject: String,
    /// How often it was begun.
    pub attempts: i64,
    /// Why the last attempt failed: the code of a sentence.
    pub last_error: String,
    /// What becomes of it.
    pub state: JobState,
}

macro_rules! select_failing {
    ($tail:literal) => {
        concat!(
            "SELECT id, kind, subject, attempts, last_error, due_at, dead_at FROM jobs WHERE last_error IS NOT NULL ",
            $tail
        )
    };
}

/// What failed, the dead first, then what is tried again soonest; a hundred at most.
///
/// # Errors
/// When the database fails.
pub async fn failing(db: &Db) -> Result<Vec<Failing>, DbError> {
    let query = sqlx::query(select_failing!(
        "ORDER BY CASE WHEN dead_at IS NULL THEN 1 ELSE 0 END, due_at, id LIMIT 100"
    ));
    query.fetch_all(db.read()).await?.iter().map(failing_of_row).collect()
}

/// What failed of one kind, in the order of [`failing`]; two hundred at most.
///
/// # Errors
/// When the database fails.
pub async fn failing_of(db: &Db, kind: &str) -> Result<Vec<Failing>, DbError> {
    let query = sqlx::query(select_failing!(
        "AND kind = $1 ORDER BY CASE WHEN dead_at IS NULL THEN 1 ELSE 0 END, due_at, id LIMIT 200"
    ));
    query.bind(kind).fetch_all(db.read()).await?.iter().map(failing_of_row).collect()
}

/// A job that failed; `None` when there is no such job, or it has ended well meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn find_failing(db: &Db, id: &str) -> Result<Option<Failing>, DbError> {
    let row = sqlx::query(select_failing!("AND id = $1")).bind(id).fetch_optional(db.read()).await?;
    row.as_ref().map(failing_of_row).transpose()
}

fn failing_of_row(row: &AnyRow) -> Result<Failing, DbError> {
    let due_at = Timestamp::from_millis(row.try_get("due_at")?);
    let dead_at: Option<i64> = row.try_get("dead_at")?;
    Ok(Failing {
        id: row.try_get("id")?,
        kind: row.try_get("kind")?,
        subject: row.try_get("subject")?,
        attempts: row.try_get("attempts")?,
        last_error: row.try_get("last_error")?,
        state: dead_at.map_or(JobState::Waiting(due_at), |at| JobState::Dead(Timestamp::from_millis(at))),
    })
}

/// What is done again and again.
#[derive(Clone, Debug)]
pub struct Scheduled {
    /// Its kind.
    pub kind: String,
    /// When it last ended well.
    pub done_at: Option<Timestamp>,
    /// When it is due.
    pub due_at: Timestamp,
}

/// The schedule, by the words of its kinds.
///
/// # Errors
/// When the database fails.
pub async fn scheduled(db: &Db) -> Result<Vec<Scheduled>, DbError> {
    let query = sqlx::query("SELECT kind, done_at, due_at FROM jobs WHERE subject = '' ORDER BY kind");
    let line = |row: &AnyRow| {
        let done_at: Option<i64> = row.try_get("done_at")?;
        Ok(Scheduled {
            kind: row.try_get("kind")?,
            done_at: done_at.map(Timestamp::from_millis),
            due_at: Timestamp::from_millis(row.try_get("due_at")?),
        })
    };
    query.fetch_all(db.read()).await?.iter().map(line).collect()
}

/// Has what failed tried again, as if it had never been begun.
///
/// # Errors
/// When the database fails.
pub async fn try_again(
    transaction: &mut Transaction<'_, Any>,
    job: &Failing,
    now: Timestamp,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE jobs SET dead_at = NULL, attempts = 0, due_at = $2 WHERE id = $1");
    query.bind(&job.id).bind(now.as_millis()).execute(&mut **transaction).await.map(drop)
}
