//! Argon2id with a bounded, reused amount of memory.
//!
//! Every hash needs 19 MiB. Taking them from the allocator for each sign-in lets the process grow without ever
//! shrinking, so as many work areas as the [`WorkPool`] runs at once are kept and lent out.

use std::sync::{Arc, Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

use super::random::Random;
use super::work_pool::{Principal, WorkError, WorkPool};

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const PREFIX: &str = "$argon2id$v=19$m=19456,t=2,p=1$";
const HASH_BYTES: usize = 32;
const SALT_BYTES: usize = 16;

/// Hashes and checks passwords, in the work pool of the whole program.
#[derive(Clone, Debug)]
pub struct Hasher {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    pool: WorkPool,
    areas: Mutex<Vec<Vec<Block>>>,
    random: Random,
}

impl Hasher {
    /// A hasher that works in `pool`.
    pub fn new(pool: WorkPool, random: Random) -> Self {
        let inner = Inner { pool, areas: Mutex::default(), random };
        Self { inner: Arc::new(inner) }
    }

    /// The text to store for a new password: a PHC string with a fresh salt.
    ///
    /// # Errors
    /// [`WorkError`] when the pool is too busy for this `principal`.
    pub async fn hash(&self, principal: &Principal, password: SecretString) -> Result<String, WorkError> {
        let mut salt = [0; SALT_BYTES];
        salt.copy_from_slice(&self.inner.random.bytes()[..SALT_BYTES]);
        let hash = self.run(principal, password, salt).await?;
        Ok(format!("{PREFIX}{}${}", STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash)))
    }

    /// Whether `password` is the one `stored` was made from. Without a stored hash (unknown account) the same
    /// work is done and the answer is no.
    ///
    /// # Errors
    /// [`WorkError`] when the pool is too busy for this `principal`.
    pub async fn verify(
        &self,
        principal: &Principal,
        password: SecretString,
        stored: Option<&str>,
    ) -> Result<bool, WorkError> {
        let parsed = stored.and_then(parse);
        let (salt, expected) = parsed.unwrap_or_default();
        let hash = self.run(principal, password, salt).await?;
        Ok(parsed.is_some() && bool::from(hash.ct_eq(&expected)))
    }

    async fn run(
        &self,
        principal: &Principal,
        password: SecretString,
        salt: [u8; SALT_BYTES],
    ) -> Result<[u8; HASH_BYTES], WorkError> {
        tracing::debug!("a password is hashed");
        let inner = Arc::clone(&self.inner);
        let memory_bytes = u64::from(MEMORY_KIB) << 10;
        self.inner.pool.run(principal, memory_bytes, move || inner.compute(&password, &salt)).await
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
    use crate::platform::work_pool::WorkLimits;

    fn hasher() -> Hasher {
        let pool = WorkPool::new(WorkLimits::with_memory(WorkLimits::DEFAULT_MEMORY_BYTES));
        Hasher::new(pool, Random::system())
    }

    fn me() -> Principal {
        Principal::new("network", "192.0.2.1")
    }

    #[tokio::test]
    async fn the_right_password_passes_and_a_wrong_one_does_not() {
        let hasher = hasher();
        let stored = hasher.hash(&me(), "corect cal baterie".into()).await.unwrap();
        assert!(hasher.verify(&me(), "corect cal baterie".into(), Some(&stored)).await.unwrap());
        assert!(!hasher.verify(&me(), "corect cal bateriE".into(), Some(&stored)).await.unwrap());
    }

    #[tokio::test]
    async fn without_a_stored_hash_every_password_is_wrong() {
        assert!(!hasher().verify(&me(), "orice".into(), None).await.unwrap());
    }

    #[tokio::test]
    async fn work_areas_are_reused_rather_than_multiplied() {
        let hasher = hasher();
        for _ in 0..8 {
            _ = hasher.verify(&me(), "orice".into(), None).await.unwrap();
        }
        assert_eq!(hasher.inner.areas.lock().unwrap().len(), 1);
    }

    #[test]
    fn the_stored_text_is_a_phc_string_other_tools_can_read() {
        let reference = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assert!(parse(reference).is_some());
    }
}
