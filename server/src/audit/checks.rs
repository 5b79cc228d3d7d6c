//! A job: looks once a day whether the chains are as they were written, and keeps what it found for the pages.

use std::time::Duration;

use sqlx::{Any, Row as _, Transaction};

use super::act::{Act, Work};
use super::model::{Chain, Duty};
use super::verify::{Verified, verify};
use crate::error::Problem;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};
use crate::platform::jobs::Kind;
use crate::state::App;

/// The jobs of this room.
pub const JOBS: [Kind<App>; 1] = [Kind {
    name: "journal-verified",
    every: Some(Duration::from_hours(24)),
    run: |app, _| Box::pin(async move { Ok(look(&app).await?) }),
}];

/// What the last look at a chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// When it was.
    pub at: Timestamp,
    /// As far as the chain is whole.
    pub entries: i64,
    /// The first damaged place; `None`: the chain is whole.
    pub broken_at: Option<i64>,
}

async fn look(app: &App) -> Result<(), Problem> {
    let verified = verify(&app.db).await?;
    for Verified { chain, damage, .. } in &verified {
        if let Some(damage) = damage {
            tracing::error!(chain, seq = damage.seq, kind = ?damage.kind, "the journal is not as it was written");
        }
    }
    let mut work = Work::begin(&app.db, Duty::Verification).await?;
    for chain in &verified {
        put(&mut work, chain, app.clock.now()).await?;
    }
    Ok(work.commit(Act::on_rows("journal-verified", verified.len() as u64)).await?)
}

async fn put(work: &mut Transaction<'static, Any>, found: &Verified, at: Timestamp) -> Result<(), DbError> {
    let query = sqlx::query(
        "INSERT INTO audit_checks (chain, checked_at, entries, last_hash, broken_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (chain) DO UPDATE SET checked_at = $2, entries = $3, last_hash = $4, broken_at = $5",
    );
    let entries = i64::try_from(found.entries).unwrap_or(i64::MAX);
    let query = query.bind(&found.chain).bind(at.as_millis()).bind(entries).bind(&found.last_hash);
    query.bind(found.damage.map(|damage| damage.seq)).execute(&mut **work).await.map(drop)
}

/// What the last look at a chain found; `None` before the first.
///
/// # Errors
/// When the database fails.
pub async fn last_check(db: &Db, chain: &Chain) -> Result<Option<Check>, DbError> {
    let query = sqlx::query("SELECT checked_at, entries, broken_at FROM audit_checks WHERE chain = $1");
    let row = query.bind(chain.as_str()).fetch_optional(db.read()).await?;
    row.map(|row| {
        Ok(Check {
            at: Timestamp::from_millis(row.try_get(0)?),
            entries: row.try_get(1)?,
            broken_at: row.try_get(2)?,
        })
    })
    .transpose()
}
