//! The database: SQLite in a file, or PostgreSQL. Every query is one SQL text that both of them run.
//!
//! Columns are `TEXT`, `BIGINT`, `INTEGER` (0 or 1 for flags), `DOUBLE PRECISION` or `BLOB`; moments are milliseconds;
//! placeholders are `$1`, `$2`. Sums of integers need `CAST(... AS BIGINT)`. A query that binds an `Option<f64>` is not
//! `persistent`.

mod migrations;
mod open;
mod tls;

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use sqlx::any::AnyPoolOptions;
use sqlx::{Any, AnyPool, Executor as _, Row as _, Transaction};

use super::clock::Clock;

pub use migrations::MigrationFailed;
pub use open::OpenFailed;
pub use tls::{Tls, UnknownTls};

/// Why a query failed.
pub type DbError = sqlx::Error;

/// Whether a query failed because the disk of the database is full: `SQLITE_FULL`, or `disk_full` of PostgreSQL.
pub fn is_full(error: &DbError) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => number & 0xff == 13,
        _ => code == "53100",
    })
}

/// Where the database is.
#[derive(Clone, Debug)]
pub enum DatabaseUrl {
    /// `sqlite:` and the path of a file.
    Sqlite(String),
    /// `postgres://` with user, password, host and database: never printed.
    Postgres(SecretString),
}

impl DatabaseUrl {
    /// A PostgreSQL database; `tls` decides how the connection is protected, else the address itself does, else PostgreSQL
    /// connections outside this machine need TLS if `is_strict`.
    pub fn postgres(url: &str, tls: Option<Tls>, is_strict: bool) -> Self {
        let needs_tls = || is_strict && !tls::is_chosen_in(url) && !tls::is_on_this_machine(url);
        let tls = tls.or_else(|| needs_tls().then_some(Tls::Require));
        Self::Postgres(tls.map_or_else(|| url.to_owned(), |tls| tls.applied_to(url)).into())
    }

    /// Which of the two this is, for messages: `SQLite` or `PostgreSQL`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}

/// Connections to the database, and the clock that dates what work leaves behind. Clones share them.
///
/// SQLite allows one writer at a time, so all writing goes through one connection and reading through connections
/// that refuse to write. On PostgreSQL both are the same pool.
#[derive(Clone, Debug)]
pub struct Db {
    read: AnyPool,
    write: AnyPool,
    is_sqlite: bool,
    clock: Clock,
}

const ACQUIRE: Duration = Duration::from_secs(3);
const LIFETIME: Duration = Duration::from_mins(30);
const POSTGRES_CONNECTIONS: u32 = 10;
const SQLITE_READERS: u32 = 4;

impl Db {
    /// Opens the database; a missing SQLite file is created.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses the credentials, or the file cannot be opened.
    pub async fn connect(url: &DatabaseUrl) -> Result<Self, DbError> {
        sqlx::any::install_default_drivers();
        match url {
            DatabaseUrl::Sqlite(path) => {
                open::close_to_others(path);
                let url = format!("sqlite://{path}?mode=rwc");
                let write = pool(1, SQLITE_WRITER).connect(&url).await?;
                let read = pool(SQLITE_READERS, SQLITE_READER).connect(&url).await?;
                Ok(Self { read, write, is_sqlite: true, clock: Clock::system() })
            }
            DatabaseUrl::Postgres(url) => {
                let both = pool(POSTGRES_CONNECTIONS, POSTGRES).connect(url.expose_secret()).await?;
                Ok(Self { read: both.clone(), write: both, is_sqlite: false, clock: Clock::system() })
            }
        }
    }

    /// The same database by another clock than the machine's.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// What dates the entries of work.
    pub(super) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Where queries that change nothing run.
    pub fn read(&self) -> &AnyPool {
        &self.read
    }

    /// Where single statements that change something run. The rooms above begin a [`super::work::Work`].
    pub(super) fn write(&self) -> &AnyPool {
        &self.write
    }

    /// Starts a transaction that may write, for [`super::work::Work`].
    pub(super) async fn begin(&self) -> Result<Transaction<'static, Any>, DbError> {
        self.write.begin().await
    }

    /// Asks the database for a sign of life, through a table that must be there.
    ///
    /// # Errors
    /// When the database does not answer within two seconds.
    pub async fn ping(&self) -> Result<(), DbError> {
        let query = sqlx::query("SELECT COUNT(*) FROM platform_locks").execute(&self.read);
        match tokio::time::timeout(Duration::from_secs(2), query).await {
            Ok(answer) => answer.map(drop),
            Err(_) => Err(DbError::PoolTimedOut),
        }
    }

    /// Writes something that matters to nobody. It must differ from what is there: SQLite does not write the same again.
    ///
    /// # Errors
    /// When it cannot be written within two seconds, which may only mean that others write.
    pub async fn rehearse(&self) -> Result<(), DbError> {
        let query = sqlx::query("UPDATE platform_locks SET taken = taken + 1").execute(&self.write);
        match tokio::time::timeout(Duration::from_secs(2), query).await {
            Ok(answer) => answer.map(drop),
            Err(_) => Err(DbError::PoolTimedOut),
        }
    }

    /// Takes what was deleted out of the files too: SQLite keeps pages of before in the file beside the database until they
    /// are written back (deleted bytes are zeroed there). PostgreSQL gives their space free by itself.
    ///
    /// # Errors
    /// When somebody is reading just then; it can be tried again.
    pub async fn forget_deleted(&self) -> Result<(), DbError> {
        if !self.is_sqlite {
            return Ok(());
        }
        let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.write).await?;
        let is_busy: i64 = row.try_get(0)?;
        if is_busy == 0 { Ok(()) } else { Err(DbError::PoolTimedOut) }
    }

    /// Brings the tables up to date; safe to run from several processes at once.
    ///
    /// # Errors
    /// When a migration fails, or the database was made by a newer program.
    pub async fn migrate(&self) -> Result<(), MigrationFailed> {
        migrations::run(&self.write, self.is_sqlite).await
    }

    /// Says goodbye to the database properly.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

/// Makes transactions that take the same lock wait for each other, each until its end. `name` is a row of the table.
///
/// # Errors
/// When the database fails.
pub async fn lock(transaction: &mut Transaction<'_, Any>, name: &str) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE platform_locks SET taken = taken + 1 WHERE name = $1").bind(name);
    let done = query.execute(&mut **transaction).await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::RowNotFound) }
}

const SQLITE_WRITER: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
     PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON";
const SQLITE_READER: &str = "PRAGMA query_only = ON; PRAGMA busy_timeout = 5000";
const POSTGRES: &str = "SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'";

fn pool(connections: u32, greeting: &'static str) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        .max_lifetime(LIFETIME)
        .test_before_acquire(true)
        .after_connect(move |connection, _| {
            Box::pin(async move { connection.execute(greeting).await.map(drop) })
        })
}
