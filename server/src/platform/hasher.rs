//! Argon2id with a bounded, reused amount of memory.
//!
//! Every hash of this platform needs 19 MiB. Taking them from the allocator for each sign-in lets the process grow without
//! ever shrinking, so as many work areas as the [`WorkPool`] runs at once are kept and lent out. Hashes that came from
//! elsewhere may need more; they take it from the allocator, and from the pool as much as they need.

mod stored;

use std::sync::{Arc, Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

use super::random::Random;
use super::work_pool::{Principal, WorkError, WorkPool};
use stored::Stored;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const PREFIX: &str = "$argon2id$v=19$m=19456,t=2,p=1$";
const HASH_BYTES: usize = 32;
const SALT_BYTES: usize = 16;
/// Blocks of the work areas that are kept.
const BLOCKS: usize = MEMORY_KIB as usize;

/// What a look at a password found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is another one.
    Wrong,
    /// It is the one.
    Right,
    /// It is the one, hashed in another way than this platform hashes today.
    Outdated,
}

impl Verdict {
    /// Whether the password is the one, however it was hashed.
    pub fn is_right(self) -> bool {
        self != Self::Wrong
    }
}

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
        let hash = self.run(principal, password, Stored::today(salt)).await?;
        Ok(format!("{PREFIX}{}${}", STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash)))
    }

    /// Whether `password` is the one `stored` was made from. Without a stored hash (unknown account), or with one that
    /// cannot be read, the same work is done as for a hash of this platform and the answer is no.
    ///
    /// # Errors
    /// [`WorkError`] when the pool is too busy for this `principal`, or can never give what the stored hash needs.
    pub async fn verify(
        &self,
        principal: &Principal,
        password: SecretString,
        stored: Option<&str>,
    ) -> Result<Verdict, WorkError> {
        let parsed = stored.and_then(Stored::parse);
        let is_known = parsed.is_some();
        if stored.is_some() && !is_known {
            tracing::error!("a stored password cannot be read; its owner needs another");
        }
        let as_today = stored.is_some_and(|stored| stored.starts_with(PREFIX));
        let work = parsed.unwrap_or_else(Stored::of_nobody);
        let expected = work.hash.clone();
        let hash = self.run(principal, password, work).await?;
        Ok(match is_known && bool::from(hash.ct_eq(&expected)) {
            false => Verdict::Wrong,
            true if as_today => Verdict::Right,
            true => Verdict::Outdated,
        })
    }

    async fn run(
        &self,
        principal: &Principal,
        password: SecretString,
        work: Stored,
    ) -> Result<Vec<u8>, WorkError> {
        tracing::debug!("a password is hashed");
        let inner = Arc::clone(&self.inner);
        let memory_bytes = work.memory_bytes();
        let hashed =
            self.inner.pool.run_whole(principal, memory_bytes, move || inner.compute(&password, &work));
        Ok(hashed.await?.unwrap_or_default())
    }
}

impl Inner {
    /// `None` for what Argon2 refuses, such as a salt of a few bytes.
    fn compute(&self, password: &SecretString, work: &Stored) -> Option<Vec<u8>> {
        let mut area = self.area(work.params.block_count());
        let mut hash = vec![0; work.hash.len()];
        let done = Argon2::new(work.algorithm, work.version, work.params.clone())
            .hash_password_into_with_memory(
                password.expose_secret().as_bytes(),
                &work.salt,
                &mut hash,
                &mut area,
            );
        if area.len() == BLOCKS {
            self.areas.lock().unwrap_or_else(PoisonError::into_inner).push(area);
        }
        done.is_ok().then_some(hash)
    }

    /// A kept work area where one fits, else a new one.
    fn area(&self, blocks: usize) -> Vec<Block> {
        let kept = || self.areas.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let kept = if blocks == BLOCKS { kept() } else { None };
        kept.unwrap_or_else(|| vec![Block::default(); blocks])
    }
}

impl Stored {
    /// What this platform makes of a password with this salt; the hash is still to be computed.
    fn today(salt: [u8; SALT_BYTES]) -> Self {
        Self {
            algorithm: Algorithm::Argon2id,
            version: Version::V0x13,
            params: params(),
            salt: salt.to_vec(),
            hash: vec![0; HASH_BYTES],
        }
    }

    /// What stands for the password of an account that has none.
    fn of_nobody() -> Self {
        Self::today([0; SALT_BYTES])
    }
}

#[expect(clippy::expect_used, reason = "the parameters are constants that a test exercises")]
fn params() -> Params {
    Params::new(MEMORY_KIB, PASSES, LANES, Some(HASH_BYTES)).expect("valid parameters")
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
        let me = me();
        let verify = |password: &'static str| hasher.verify(&me, password.into(), Some(&stored));
        assert_eq!(verify("corect cal baterie").await.unwrap(), Verdict::Right);
        assert_eq!(verify("corect cal bateriE").await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn without_a_stored_hash_every_password_is_wrong() {
        for stored in [None, Some(""), Some("$2b$12$abc"), Some("$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA")] {
            assert_eq!(
                hasher().verify(&me(), "orice".into(), stored).await.unwrap(),
                Verdict::Wrong,
                "{stored:?}"
            );
        }
    }

    #[tokio::test]
    async fn work_areas_are_reused_rather_than_multiplied() {
        let hasher = hasher();
        for _ in 0..8 {
            _ = hasher.verify(&me(), "orice".into(), None).await.unwrap();
        }
        assert_eq!(hasher.inner.areas.lock().unwrap().len(), 1);
    }

    /// Of `corect cal baterie`, made by the reference implementation in C (argon2-cffi).
    const OF_OTHERS: [&str; 3] = [
        "$argon2id$v=19$m=512,t=1,p=2$c2FyZS1kZS1wcm9iYQ$1DHxLUg/ZFD2PrqgClfcsXJ/Vs/uP+sJ",
        "$argon2i$v=16$m=256,t=3,p=1$c2FyZS1kZS1wcm9iYQ$cxKWFGxG4FuVoGQrHgboNqn3TkA4CpNpcqsZ7wzmsnw",
        "$argon2d$v=19$m=1024,t=2,p=4$c2FyZS1kZS1wcm9iYS0xNg$JsjUmHgA9xIdX68s+CXMhdCBBcCU4XtdlpTXNHMYheSYQHKjTx3mUdEONOjiwCW9FrqSjWwWoTJAkiiem2MB0Q",
    ];

    #[tokio::test]
    async fn hashes_of_other_parameters_are_right_and_outdated_and_leave_no_area_behind() {
        let hasher = hasher();
        for stored in OF_OTHERS {
            let right = hasher.verify(&me(), "corect cal baterie".into(), Some(stored)).await.unwrap();
            let wrong = hasher.verify(&me(), "alt cal".into(), Some(stored)).await.unwrap();
            assert_eq!((right, wrong), (Verdict::Outdated, Verdict::Wrong), "{stored}");
        }
        assert!(hasher.inner.areas.lock().unwrap().is_empty());
    }

    #[test]
    fn parameters_that_would_keep_the_platform_busy_are_not_looked_at() {
        let text = |parameters: &str| {
            format!(
                "$argon2id$v=19${parameters}$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            )
        };
        for fine in ["m=19456,t=2,p=1", "m=102400,t=2,p=8", "m=131072,t=4,p=4", "t=3,p=1,m=4096"] {
            assert!(Stored::parse(&text(fine)).is_some(), "{fine}");
        }
        for vast in [
            "m=131073,t=1,p=1",
            "m=131072,t=5,p=1",
            "m=64,t=99999,p=1",
            "m=4096,t=3,p=17",
            "m=4294967295,t=1,p=1",
        ] {
            assert!(Stored::parse(&text(vast)).is_none(), "{vast}");
        }
    }

    #[test]
    fn the_stored_text_is_a_phc_string_other_tools_can_read() {
        let reference = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let stored = Stored::parse(reference).unwrap();
        assert_eq!((stored.memory_bytes(), stored.params), (19 << 20, params()));
        assert!(reference.starts_with(PREFIX));
    }
}
