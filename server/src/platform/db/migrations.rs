//! The files of `server/migrations`, in order. They are written once, for both databases: `BLOB` is the only word
//! that PostgreSQL spells otherwise. What cannot be said in one text, such as a trigger, is a pair of files,
//! `0085_name.sqlite.sql` and `0085_name.postgres.sql`.

use std::borrow::Cow;

use rust_embed::RustEmbed;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AnyPool, AssertSqlSafe, SqlSafeStr as _};

#[derive(RustEmbed)]
#[folder = "migrations"]
struct Files;

/// Why the tables could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationFailed {
    /// A file of `server/migrations` is not named like `0001_accounts.sql`.
    #[error("migration file {0:?} is not named like 0001_accounts.sql")]
    Name(String),
    /// The database refused.
    #[error("the database could not be brought up to date: {0}")]
    Database(#[from] MigrateError),
}

pub(super) async fn run(pool: &AnyPool, is_sqlite: bool) -> Result<(), MigrationFailed> {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let elsewhere = if is_sqlite { ".postgres.sql" } else { ".sqlite.sql" };
    let names = names.iter().filter(|name| !name.ends_with(elsewhere));
    let migrations = names.map(|name| migration(name, is_sqlite)).collect::<Result<_, _>>()?;
    Ok(Migrator::with_migrations(migrations).run(pool).await?)
}

fn migration(name: &str, is_sqlite: bool) -> Result<Migration, MigrationFailed> {
    let bad_name = || MigrationFailed::Name(name.to_owned());
    let (version, description) =
        name.strip_suffix(".sql").and_then(|stem| stem.split_once('_')).ok_or_else(bad_name)?;
    let description = description.trim_end_matches(".sqlite").trim_end_matches(".postgres");
    let version = version.parse().map_err(|_| bad_name())?;
    let file = Files::get(name).ok_or_else(bad_name)?;
    let written = String::from_utf8_lossy(&file.data);
    let text = if is_sqlite { written.into_owned() } else { written.replace(" BLOB", " BYTEA") };
    let description = Cow::Owned(description.replace('_', " "));
    let sql = AssertSqlSafe(text).into_sql_str();
    Ok(Migration::new(version, description, MigrationType::Simple, sql, false))
}
