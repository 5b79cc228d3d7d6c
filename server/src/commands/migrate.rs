//! `oxi migrate`.

use crate::config::Config;
use crate::error::StartError;
use crate::platform::db::Db;

/// Brings the database up to date.
///
/// # Errors
/// When the database cannot be reached or changed.
pub async fn migrate(config: &Config) -> Result<(), StartError> {
    let db = Db::open(&config.database).await?;
    db.migrate().await?;
    db.close().await;
    tracing::info!(database = config.database.kind(), "database is up to date");
    Ok(())
}
