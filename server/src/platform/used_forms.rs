//! The table `used_forms`: identifiers of forms that count once and have counted.

use std::time::Duration;

use sqlx::{Any, Transaction};

use super::clock::Timestamp;
use super::db::DbError;

/// How long a use is remembered: longer than a form counts.
const KEPT: Duration = Duration::from_hours(8 * 24);

/// Uses a form up within the transaction of what it does; `false` when it has been used before.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    transaction: &mut Transaction<'_, Any>,
    id: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let query = sqlx::query("DELETE FROM used_forms WHERE used_at < $1").bind(now.minus(KEPT).as_millis());
    query.execute(&mut **transaction).await?;
    let query = sqlx::query("INSERT INTO used_forms (id, used_at) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    let done = query.bind(id).bind(now.as_millis()).execute(&mut **transaction).await?;
    Ok(done.rows_affected() == 1)
}
