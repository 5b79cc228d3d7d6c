//! Whether the object store works, remembered for a while.

use std::time::Duration;

use tokio::sync::Mutex;

use super::blobs::{BlobError, Blobs};
use super::clock::{Clock, Timestamp};

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

/// Remembers for ten seconds what the object store answered, so that asking for health costs nothing.
#[derive(Debug, Default)]
pub struct Probe {
    storage: Mutex<Option<(Timestamp, StorageState)>>,
}

const FRESH: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(3);

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
