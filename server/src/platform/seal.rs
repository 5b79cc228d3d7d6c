//! Small secrets that must be read again, such as the seed of one-time codes: what reaches the database is sealed, and
//! opens only with the key of the platform, for the purpose and the subject it was sealed for.
//!
//! Each purpose has a key of its own, derived from `SECRET_KEY` (HKDF-SHA-256); the seal is XChaCha20-Poly1305 with a
//! random nonce. What the previous key sealed still opens, and says so, so that whoever opens it seals it anew.

mod key;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::SecretSlice;
use sha2::Sha256;

pub use key::{KeyFailed, KeySource, SecretKey};

use super::random::Random;

/// Keeps keys of this use apart from keys that something else derives from the same secret.
const SALT: &[u8] = b"oxi seal 1";
/// Bytes of a nonce, which stand before what is sealed.
const NONCE: usize = 24;

/// What is sealed, and what it is about: the same bytes open for nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Purpose<'a> {
    name: &'static str,
    subject: &'a str,
}

impl<'a> Purpose<'a> {
    /// A purpose, a few words in kebab-case that never change, and the identifier of the row it is about.
    pub const fn new(name: &'static str, subject: &'a str) -> Self {
        Self { name, subject }
    }
}

/// Seals and opens. Clones share nothing that changes.
#[derive(Clone)]
pub struct Seal {
    current: SecretKey,
    previous: Option<SecretKey>,
    random: Random,
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal(…)")
    }
}

/// What was sealed.
#[derive(Debug)]
pub struct Opened {
    /// The secret.
    pub secret: SecretSlice<u8>,
    /// Whether the previous key sealed it: seal it anew, before that key is forgotten.
    pub is_outdated: bool,
}

/// Why something did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "sealed by another key than SECRET_KEY and SECRET_KEY_PREVIOUS, for something else, or changed since"
)]
pub struct CannotOpen;

impl Seal {
    /// Seals with `current`, opens with either.
    ///
    /// # Errors
    /// When the key stands in a file that can be neither read nor made.
    pub fn new(current: &KeySource, previous: Option<SecretKey>, random: Random) -> Result<Self, KeyFailed> {
        Ok(Self { current: current.key(&random)?, previous, random })
    }

    /// Text for the database, which tells nothing but the length.
    ///
    /// # Errors
    /// For more than 256 GB.
    pub fn seal(&self, purpose: Purpose<'_>, secret: &[u8]) -> Result<String, CannotOpen> {
        let mut sealed = self.random.bytes()[..NONCE].to_vec();
        let nonce = XNonce::try_from(&sealed[..]).map_err(|_| CannotOpen)?;
        let payload = Payload { msg: secret, aad: purpose.subject.as_bytes() };
        sealed.extend(cipher(&self.current, purpose)?.encrypt(&nonce, payload).map_err(|_| CannotOpen)?);
        Ok(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// By what a subject is known again that is kept nowhere: the same each time, and nobody without the key makes it or
    /// tells the subject from it.
    ///
    /// # Errors
    /// Never in fact.
    pub fn mark(&self, purpose: Purpose<'_>) -> Result<String, CannotOpen> {
        mark(&self.current, purpose)
    }

    /// [`Seal::mark`] as the current key makes it, and as the previous one made it.
    ///
    /// # Errors
    /// Never in fact.
    pub fn marks(&self, purpose: Purpose<'_>) -> Result<Vec<String>, CannotOpen> {
        [Some(&self.current), self.previous.as_ref()]
            .into_iter()
            .flatten()
            .map(|key| mark(key, purpose))
            .collect()
    }

    /// What was sealed.
    ///
    /// # Errors
    /// [`CannotOpen`] when it was sealed by a key that is no longer known, for another purpose or subject, or changed.
    pub fn open(&self, purpose: Purpose<'_>, sealed: &str) -> Result<Opened, CannotOpen> {
        let sealed = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| CannotOpen)?;
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or(CannotOpen)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| CannotOpen)?;
        let open = |key: &SecretKey| {
            let payload = Payload { msg: sealed, aad: purpose.subject.as_bytes() };
            cipher(key, purpose)?.decrypt(&nonce, payload).map_err(|_| CannotOpen)
        };
        match (open(&self.current), &self.previous) {
            (Ok(secret), _) => Ok(Opened { secret: secret.into(), is_outdated: false }),
            (Err(_), Some(previous)) => Ok(Opened { secret: open(previous)?.into(), is_outdated: true }),
            (Err(error), None) => Err(error),
        }
    }
}

fn cipher(key: &SecretKey, purpose: Purpose<'_>) -> Result<XChaCha20Poly1305, CannotOpen> {
    XChaCha20Poly1305::new_from_slice(&derived(key, purpose.name)?).map_err(|_| CannotOpen)
}

/// The key of a purpose.
fn derived(key: &SecretKey, name: &'static str) -> Result<[u8; 32], CannotOpen> {
    let mut derived = [0; 32];
    let expanded = Hkdf::<Sha256>::new(Some(SALT), key.expose()).expand(name.as_bytes(), &mut derived);
    expanded.map(|()| derived).map_err(|_| CannotOpen)
}

/// HMAC-SHA-256 in lower-case hexadecimal.
fn mark(key: &SecretKey, purpose: Purpose<'_>) -> Result<String, CannotOpen> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&derived(key, purpose.name)?).map_err(|_| CannotOpen)?;
    mac.update(purpose.subject.as_bytes());
    Ok(mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    const PURPOSE: Purpose<'_> = Purpose::new("test", "row");

    fn key(seed: u64) -> SecretKey {
        SecretKey::made(&Random::seeded(seed))
    }

    fn seal(current: SecretKey, previous: Option<SecretKey>) -> Seal {
        Seal::new(&KeySource::Given(current), previous, Random::system()).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_for_the_same_purpose_and_subject_alone() {
        let seal = seal(key(1), None);
        let sealed = seal.seal(PURPOSE, b"ten of them").unwrap();
        let opened = seal.open(PURPOSE, &sealed).unwrap();
        assert_eq!((opened.secret.expose_secret(), opened.is_outdated), (&b"ten of them"[..], false));
        for other in [Purpose::new("another", "row"), Purpose::new("test", "another")] {
            assert_eq!(seal.open(other, &sealed).unwrap_err(), CannotOpen);
        }
    }

    #[test]
    fn a_changed_a_cut_and_an_empty_text_do_not_open() {
        let seal = seal(key(1), None);
        let sealed = seal.seal(PURPOSE, b"secret").unwrap();
        let mut changed = URL_SAFE_NO_PAD.decode(&sealed).unwrap();
        for place in 0..changed.len() {
            changed[place] ^= 1;
            assert!(seal.open(PURPOSE, &URL_SAFE_NO_PAD.encode(&changed)).is_err(), "byte {place}");
            changed[place] ^= 1;
        }
        for cut in ["", "AAAA", &sealed[..sealed.len() - 1], "not base64 !"] {
            assert!(seal.open(PURPOSE, cut).is_err(), "{cut}");
        }
    }

    #[test]
    fn what_the_previous_key_sealed_opens_and_says_so_until_that_key_is_forgotten() {
        let sealed = seal(key(1), None).seal(PURPOSE, b"secret").unwrap();
        let rotated = seal(key(2), Some(key(1)));
        let opened = rotated.open(PURPOSE, &sealed).unwrap();
        assert_eq!((opened.secret.expose_secret(), opened.is_outdated), (&b"secret"[..], true));
        let anew = rotated.seal(PURPOSE, opened.secret.expose_secret()).unwrap();
        let forgotten = seal(key(2), None);
        assert!(!forgotten.open(PURPOSE, &anew).unwrap().is_outdated);
        assert_eq!(forgotten.open(PURPOSE, &sealed).unwrap_err(), CannotOpen);
    }

    #[test]
    fn a_mark_is_the_same_each_time_and_another_for_another_subject_purpose_or_key() {
        let (one, rotated) = (seal(key(1), None), seal(key(2), Some(key(1))));
        let mark = one.mark(PURPOSE).unwrap();
        assert_eq!((mark.len(), one.mark(PURPOSE).unwrap()), (64, mark.clone()));
        for other in [Purpose::new("another", "row"), Purpose::new("test", "another")] {
            assert_ne!(one.mark(other).unwrap(), mark);
        }
        assert_eq!(rotated.marks(PURPOSE).unwrap(), [rotated.mark(PURPOSE).unwrap(), mark]);
    }

    #[test]
    fn the_same_secret_sealed_twice_looks_different() {
        let seal = seal(key(1), None);
        assert_ne!(seal.seal(PURPOSE, b"x").unwrap(), seal.seal(PURPOSE, b"x").unwrap());
    }
}
