//! A transaction that changes something: it knows who does it, and cannot be committed without an entry that says what
//! was done.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use sqlx::{Any, Transaction};

use super::db::{Db, DbError};

/// What the end of a [`Work`] demands: an entry that says what was done. The rooms above say what it is made of.
pub trait Entry: Send {
    /// Who can do such a thing, and whatever else of the request belongs into the entry.
    type Actor: fmt::Debug + Send;

    /// Tells what was done, once it is done.
    fn tell(self, actor: &Self::Actor);
}

/// A transaction that may change something. Dropped without [`Work::commit`], it changes nothing.
pub struct Work<E: Entry> {
    transaction: Transaction<'static, Any>,
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
        Ok(Self { transaction: db.begin().await?, actor, entry: PhantomData })
    }

    /// Makes the changes last and tells what they were.
    ///
    /// # Errors
    /// When the database fails; then nothing has changed and nothing is told.
    pub async fn commit(self, entry: E) -> Result<(), DbError> {
        self.transaction.commit().await?;
        entry.tell(&self.actor);
        Ok(())
    }
}

impl<E: Entry> Deref for Work<E> {
    type Target = Transaction<'static, Any>;

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

    async fn done(db: &Db) -> i64 {
        let query = sqlx::query_scalar("SELECT COUNT(*) FROM work_done");
        query.fetch_one(db.read()).await.unwrap()
    }

    #[tokio::test]
    async fn what_is_not_committed_neither_lasts_nor_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("oxi.db").display().to_string());
        let db = Db::connect(&url).await.unwrap();
        sqlx::query("CREATE TABLE work_done (n BIGINT)").execute(db.write()).await.unwrap();
        let journal = Journal::default();
        drop(work(&db, &journal).await);
        assert_eq!((done(&db).await, journal.lock().unwrap().len()), (0, 0));
        work(&db, &journal).await.commit(Said("worked")).await.unwrap();
        assert_eq!((done(&db).await, &**journal.lock().unwrap()), (1, &["worked"][..]));
    }
}
