//! One at a time: of all who come with the same key, the others wait for their turn.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use tokio::sync::{Mutex, OwnedMutexGuard};

/// Queues, one for each key; few keys share one, which only makes them wait a little longer. Whoever comes first is
/// served first.
///
/// Holds for one process: of several replicas each lets one in.
#[derive(Debug)]
pub struct Turns([Arc<Mutex<()>>; QUEUES]);

const QUEUES: usize = 64;

/// The turn of whoever holds it, until it is dropped. A task holds at most one of the same [`Turns`].
#[derive(Debug)]
pub struct Turn {
    _held: OwnedMutexGuard<()>,
}

impl Default for Turns {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Arc::default()))
    }
}

impl Turns {
    /// Waits for the turn of `key`; `None` when it does not come within `patience`.
    pub async fn take(&self, key: &str, patience: Duration) -> Option<Turn> {
        let [first, ..]: [u8; 32] = Sha256::digest(key.as_bytes()).into();
        let queue = self.0.get(usize::from(first) % QUEUES)?;
        let held = tokio::time::timeout(patience, Arc::clone(queue).lock_owned()).await.ok()?;
        Some(Turn { _held: held })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(20);

    #[tokio::test]
    async fn one_key_has_one_turn_at_a_time() {
        let turns = Turns::default();
        let first = turns.take("ana", SOON).await;
        assert!(first.is_some() && turns.take("ana", SOON).await.is_none());
        drop(first);
        assert!(turns.take("ana", SOON).await.is_some());
    }

    #[tokio::test]
    async fn other_keys_do_not_wait() {
        let turns = Turns::default();
        let _first = turns.take("ana", SOON).await;
        let mut free = 0;
        for n in 0..20 {
            free += usize::from(turns.take(&format!("dan {n}"), SOON).await.is_some());
        }
        assert!(free >= 17, "{free}");
    }
}
