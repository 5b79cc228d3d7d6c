//! Whether the object store works, remembered for a while.

use std::time::Duration;

use tokio::sync::Mutex;

use super::blobs::Blobs;
use super::clock::{Clock, Timestamp};

/// Remembers for ten seconds what the object store answered, so that asking for health costs nothing.
#[derive(Debug, Default)]
pub struct Probe {
    storage: Mutex<Option<(Timestamp, bool)>>,
}

const FRESH: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(3);

impl Probe {
    /// Whether the store answers. Holding the lock while asking makes everybody else wait for the one answer.
    pub async fn storage_works(&self, blobs: &Blobs, clock: &Clock) -> bool {
        let mut known = self.storage.lock().await;
        let now = clock.now();
        if let Some((at, works)) = *known
            && now.since(at) < FRESH
        {
            return works;
        }
        let answer = tokio::time::timeout(PATIENCE, blobs.probe()).await;
        let works = matches!(answer, Ok(Ok(())));
        if let Ok(Err(error)) = &answer {
            tracing::error!(%error, "the object store does not answer");
        }
        *known = Some((now, works));
        works
    }
}
