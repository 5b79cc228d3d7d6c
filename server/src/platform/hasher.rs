//! Argon2id with a bounded, reused amount of memory.
//!
//! Every hash needs 19 MiB. Taking them from the allocator for each sign-in lets the process grow without ever
//! shrinking, so a fixed number of work areas is kept and lent out.

use std::sync::{Arc, Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;
use tokio::sync::Semaphore;

use super::random::Random;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const PREFIX: &str = "$argon2id$v=19$m=19456,t=2,p=1$";
const HASH_BYTES: usize = 32;
const SALT_BYTES: usize = 16;

/// Hashes and checks passwords, never more than a few at once.
#[derive(Clone, Debug)]
pub struct Hasher {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    slots: Semaphore,
    areas: Mutex<Vec<Vec<Block>>>,
    random: Random,
}

impl Hasher {
    /// A hasher that works on at most `at_once` passwords at the same time.
    pub fn new(at_once: usize, random: Random) -> Self {
        let inner = Inner { slots: Semaphore::new(at_once), areas: Mutex::default(), random };
        Self { inner: Arc::new(inner) }
    }

    /// The text to store for a new password: a PHC string with a fresh salt.
    pub async fn hash(&self, password: SecretString) -> String {
        let mut salt = [0; SALT_BYTES];
        salt.copy_from_slice(&self.inner.random.bytes()[..SALT_BYTES]);
        let hash = self.run(password, salt).await;
        format!("{PREFIX}{}${}", STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash))
    }

    /// Whether `password` is the one `stored` was made from. Without a stored hash (unknown account) the same
    /// work is done and the answer is no.
    pub async fn verify(&self, password: SecretString, stored: Option<&str>) -> bool {
        let parsed = stored.and_then(parse);
        let (salt, expected) = parsed.unwrap_or_default();
        let hash = self.run(password, salt).await;
        parsed.is_some() && bool::from(hash.ct_eq(&expected))
    }

    async fn run(&self, password: SecretString, salt: [u8; SALT_BYTES]) -> [u8; HASH_BYTES] {
        let Ok(_slot) = self.inner.slots.acquire().await else {
            unreachable!("the semaphore is never closed")
        };
        let inner = Arc::clone(&self.inner);
        let work = tokio::task::spawn_blocking(move || inner.compute(&password, &salt));
        #[expect(clippy::expect_used, reason = "the task neither panics nor is cancelled")]
        work.await.expect("hashing finishes")
    }
}

impl Inner {
    #[expect(clippy::expect_used, reason = "the parameters are constants that a test exercises")]
    fn compute(&self, password: &SecretString, salt: &[u8]) -> [u8; HASH_BYTES] {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(HASH_BYTES)).expect("valid parameters");
        let mut area = self.areas.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        area.resize(params.block_count(), Block::default());
        let mut hash = [0; HASH_BYTES];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(password.expose_secret().as_bytes(), salt, &mut hash, &mut area)
            .expect("valid lengths");
        self.areas.lock().unwrap_or_else(PoisonError::into_inner).push(area);
        hash
    }
}

fn parse(stored: &str) -> Option<([u8; SALT_BYTES], [u8; HASH_BYTES])> {
    let (salt, hash) = stored.strip_prefix(PREFIX)?.split_once('$')?;
    let salt = STANDARD_NO_PAD.decode(salt).ok()?.try_into().ok()?;
    let hash = STANDARD_NO_PAD.decode(hash).ok()?.try_into().ok()?;
    Some((salt, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hasher() -> Hasher {
        Hasher::new(2, Random::system())
    }

    #[tokio::test]
    async fn the_right_password_passes_and_a_wrong_one_does_not() {
        let hasher = hasher();
        let stored = hasher.hash("corect cal baterie".into()).await;
        assert!(hasher.verify("corect cal baterie".into(), Some(&stored)).await);
        assert!(!hasher.verify("corect cal bateriE".into(), Some(&stored)).await);
    }

    #[tokio::test]
    async fn without_a_stored_hash_every_password_is_wrong() {
        assert!(!hasher().verify("orice".into(), None).await);
    }

    #[tokio::test]
    async fn work_areas_are_reused_rather_than_multiplied() {
        let hasher = hasher();
        let many = (0..8).map(|_| hasher.verify("orice".into(), None));
        for attempt in many {
            attempt.await;
        }
        assert_eq!(hasher.inner.areas.lock().unwrap().len(), 1);
    }

    #[test]
    fn the_stored_text_is_a_phc_string_other_tools_can_read() {
        let reference = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assert!(parse(reference).is_some());
    }
}
