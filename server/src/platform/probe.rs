//! Whether the object store works and the database has room, remembered for a while.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;

use super::blobs::{BlobError, Blobs};
use super::clock::{Clock, Timestamp};
use super::db::{Db, is_full};

/// What the object store answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageState {
    /// It can be read, and written where that can be asked.
    Works,
    /// It has no room for one more long file.
    Full,
    /// It does not answer or refuses.
    Away,
}

impl StorageState {
    /// The word of the health report.
    pub fn word(self) -> &'static str {
        match self {
            Self::Works => "ok",
            Self::Full => "full",
            Self::Away => "degraded",
        }
    }
}

/// Remembers for ten seconds what the stores answered, so that asking for health costs nothing.
#[derive(Debug, Default)]
pub struct Probe {
    storage: Mutex<Option<(Timestamp, StorageState)>>,
    /// Whether a small write found the database's disk full.
    room: Mutex<Option<(Timestamp, bool)>>,
    /// When a request last found it full, in milliseconds: a small write may still fit where a large one does not.
    seen_full: AtomicI64,
}

const FRESH: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(3);
/// How long a disk that a request found full is called so.
const FULL: Duration = Duration::from_mins(1);

impl Probe {
    /// How the store is. Holding the lock while asking makes everybody else wait for the one answer.
    pub async fn storage(&self, blobs: &Blobs, clock: &Clock) -> StorageState {
        let mut known = self.storage.lock().await;
        let now = clock.now();
        if let Some((at, state)) = *known
            && now.since(at) < FRESH
        {
            return state;
        }
        let state = ask(blobs).await;
        *known = Some((now, state));
        state
    }

    /// Whether the disk of the database is full, as far as writing tells.
    pub async fn is_database_full(&self, db: &Db, clock: &Clock) -> bool {
        let now = clock.now();
        if now.since(Timestamp::from_millis(self.seen_full.load(Ordering::Relaxed))) < FULL {
            return true;
        }
        let mut known = self.room.lock().await;
        if let Some((at, is_known_full)) = *known
            && now.since(at) < FRESH
        {
            return is_known_full;
        }
        let is_full_now = db.rehearse().await.is_err_and(|error| is_full(&error));
        *known = Some((now, is_full_now));
        is_full_now
    }

    /// Says that a request has found the disk of the database full.
    pub fn saw_full_database(&self, clock: &Clock) {
        self.seen_full.store(clock.now().as_millis(), Ordering::Relaxed);
    }
}

async fn ask(blobs: &Blobs) -> StorageState {
    match tokio::time::timeout(PATIENCE, blobs.probe()).await {
        Ok(Ok(())) => StorageState::Works,
        Ok(Err(error)) => {
            tracing::error!(%error, "the object store does not work");
            if matches!(error, BlobError::Full(_)) { StorageState::Full } else { StorageState::Away }
        }
        Err(_) => StorageState::Away,
    }
}
