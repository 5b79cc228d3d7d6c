//! Randomness, as a parameter: identifiers, and secrets nobody can guess.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use super::clock::Timestamp;

/// A source of random bytes: the operating system's, or a repeatable one for tests.
#[derive(Clone, Debug)]
pub struct Random(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Seeded { seed: u64, drawn: Arc<AtomicU64> },
}

impl Random {
    /// The operating system's generator.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A repeatable sequence, for tests only.
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded { seed, drawn: Arc::default() })
    }

    /// 32 random bytes.
    pub fn bytes(&self) -> [u8; 32] {
        match &self.0 {
            Source::System => system_bytes(),
            Source::Seeded { seed, drawn } => {
                let turn = drawn.fetch_add(1, Ordering::SeqCst);
                Sha256::new()
                    .chain_update(seed.to_le_bytes())
                    .chain_update(turn.to_le_bytes())
                    .finalize()
                    .into()
            }
        }
    }

    /// A new secret of 256 bits.
    pub fn secret(&self) -> Secret {
        Secret(URL_SAFE_NO_PAD.encode(self.bytes()))
    }

    /// A new row identifier (UUID version 7: sorts by time, is no secret).
    pub fn id(&self, now: Timestamp) -> Uuid {
        let bytes = self.bytes();
        let mut tail = [0; 10];
        tail.copy_from_slice(&bytes[..10]);
        Builder::from_unix_timestamp_millis(u64::try_from(now.as_millis()).unwrap_or(0), &tail).into_uuid()
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system")]
#[expect(
    clippy::expect_used,
    reason = "without randomness no secret may be made: stopping is the safe answer"
)]
fn system_bytes() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A secret of 256 random bits as base64url text. Only its [`Secret::fingerprint`] is ever stored.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// The secret itself, for a cookie or a link.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the database keeps in its place.
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// SHA-256 of a presented secret, as base64url text: safe to store, and looking it up takes the same time
/// whether the secret is nearly right or wholly wrong.
pub fn fingerprint(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_never_shows_itself_in_debug_output() {
        let secret = Random::seeded(1).secret();
        assert!(!format!("{secret:?}").contains(secret.expose()));
    }

    #[test]
    fn two_secrets_differ_and_are_43_characters() {
        let random = Random::system();
        let (a, b) = (random.secret(), random.secret());
        assert_eq!((a.expose().len(), a.expose() == b.expose()), (43, false));
    }

    #[test]
    fn identifiers_sort_by_the_moment_they_were_made() {
        let random = Random::system();
        let early = random.id(Timestamp::from_millis(1_700_000_000_000));
        let late = random.id(Timestamp::from_millis(1_700_000_000_001));
        assert!(early < late && early.get_version_num() == 7);
    }
}
