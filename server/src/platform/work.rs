//! A transaction that changes something: it knows who does it, and cannot be committed without an entry that says what
//! was done.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use sqlx::{Any, Transaction};

use super::clock::{Clock, Timestamp};
use super::db::{Db, DbError};

/// What the end of a [`Work`] demands: an entry that says what was done. The rooms above say what it is made of.
pub trait Entry: Send + Sync {
    /// Who can do such a thing, and whatever else of the request belongs into the entry.
    type Actor: fmt::Debug + Send + Sync;

    /// Writes what is being done, as the last thing of its transaction. What cannot be written is not done.
    fn write(
        &self,
        transaction: &mut Open,
        actor: &Self::Actor,
        at: Timestamp,
    ) -> impl Future<Output = Result<(), DbError>> + Send;

    /// Tells what was done, once it is done.
    fn tell(self, actor: &Self::Actor);
}

/// A transaction that is open.
pub type Open = Transaction<'static, Any>;

/// A transaction that may change something. Dropped without [`Work::commit`], it changes nothing.
pub struct Work<E: Entry> {
    transaction: Open,
    clock: Clock,
    actor: E::Actor,
    entry: PhantomData<fn(E)>,
}

impl<E: Entry> Work<E> {
    /// Begins work in somebody's name.
    ///
    /// # Errors
    /// When no connection is free in time or the database is away.
    pub async fn begin(db: &Db, actor: impl Into<E::Actor> + Send) -> Result<Self, DbError> {
        let actor = actor.into();
        Ok(Self { transaction: db.begin().await?, clock: db.clock().clone(), actor, entry: PhantomData })
    }

    /// Writes the entry, makes it and the changes last, and tells what they were.
    ///
    /// # Errors
    /// When the database fails; then nothing has changed and nothing is told.
    pub async fn commit(mut self, entry: E) -> Result<(), DbError> {
        entry.write(&mut self.transaction, &self.actor, self.clock.now()).await?;
        self.transaction.commit().await?;
        entry.tell(&self.actor);
        Ok(())
    }
}

impl<E: Entry> Deref for Work<E> {
    type Target = Open;

    fn deref(&self) -> &Self::Target {
        &self.transaction
    }
}

impl<E: Entry> DerefMut for Work<E> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.transaction
    }
}

impl<E: Entry> fmt::Debug for Work<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Work").field("actor", &self.actor).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::platform::db::DatabaseUrl;

    struct Said(&'static str);
    type Journal = Arc<Mutex<Vec<&'static str>>>;

    impl Entry for Said {
        type Actor = Journal;

        async fn write(&self, open: &mut Open, _: &Journal, at: Timestamp) -> Result<(), DbError> {
            let query = sqlx::query("INSERT INTO entries VALUES ($1)").bind(at.as_millis());
            query.execute(&mut **open).await.map(drop)
        }

        fn tell(self, journal: &Journal) {
            journal.lock().unwrap().push(self.0);
        }
    }

    async fn work(db: &Db, journal: &Journal) -> Work<Said> {
        let mut work = Work::begin(db, Arc::clone(journal)).await.unwrap();
        let query = sqlx::query("INSERT INTO work_done VALUES (1)");
        query.execute(&mut **work).await.unwrap();
        work
    }

    async fn count(db: &Db, table: &'static str) -> i64 {
        let query = sqlx::query_scalar(match table {
            "entries" => "SELECT COUNT(*) FROM entries",
            _ => "SELECT COUNT(*) FROM work_done",
        });
        query.fetch_one(db.read()).await.unwrap()
    }

    /// What lasts of the work, entries, and what was logged.
    async fn outcome(db: &Db, journal: &Journal) -> (i64, i64, usize) {
        let logged = journal.lock().unwrap().len();
        (count(db, "work_done").await, count(db, "entries").await, logged)
    }

    async fn database(folder: &tempfile::TempDir) -> Db {
        let url = DatabaseUrl::Sqlite(folder.path().join("oxi.db").display().to_string());
        let db = Db::connect(&url).await.unwrap();
        sqlx::query("CREATE TABLE work_done (n BIGINT)").execute(db.write()).await.unwrap();
        sqlx::query("CREATE TABLE entries (at BIGINT)").execute(db.write()).await.unwrap();
        db
    }

    #[tokio::test]
    async fn what_is_not_committed_neither_lasts_nor_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (db, journal) = (database(&folder).await, Journal::default());
        drop(work(&db, &journal).await);
        assert_eq!(outcome(&db, &journal).await, (0, 0, 0));
        work(&db, &journal).await.commit(Said("worked")).await.unwrap();
        assert_eq!(outcome(&db, &journal).await, (1, 1, 1));
    }

    #[tokio::test]
    async fn what_has_no_entry_is_not_done() {
        let folder = tempfile::tempdir().unwrap();
        let (db, journal) = (database(&folder).await, Journal::default());
        sqlx::query("DROP TABLE entries").execute(db.write()).await.unwrap();
        work(&db, &journal).await.commit(Said("worked")).await.unwrap_err();
        assert_eq!((count(&db, "work_done").await, journal.lock().unwrap().len()), (0, 0));
    }
}
