//! The key of the platform: from the settings, or made once in a file of its own.

use std::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretSlice};

use crate::platform::private;
use crate::platform::random::Random;

/// Fewer bytes than this can be guessed.
const LEAST_BYTES: usize = 32;
/// Fewer different bytes than this were typed, not drawn: of 32 random ones there are 16 at the very least.
const LEAST_DIFFERENT: usize = 8;

/// A secret from which keys are derived. Its `Debug` form hides it.
#[derive(Clone)]
pub struct SecretKey(SecretSlice<u8>);

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl SecretKey {
    /// The 32 or more bytes that 64 or more hexadecimal digits write, else the bytes of the text itself; `None` for fewer
    /// than 32 bytes, or when nearly all of them are the same.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let bytes = from_hex(text).filter(|bytes| bytes.len() >= LEAST_BYTES);
        let bytes = bytes.unwrap_or_else(|| text.as_bytes().to_vec());
        let mut different = bytes.clone();
        different.sort_unstable();
        different.dedup();
        let is_drawn = bytes.len() >= LEAST_BYTES && different.len() >= LEAST_DIFFERENT;
        is_drawn.then(|| Self(bytes.into()))
    }

    /// A new one of 32 random bytes.
    pub(super) fn made(random: &Random) -> Self {
        Self(random.bytes().to_vec().into())
    }

    pub(super) fn expose(&self) -> &[u8] {
        self.0.expose_secret()
    }

    fn to_hex(&self) -> String {
        self.expose().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |c: u8| char::from(c).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| if let [high, low] = pair { Some(digit(*high)? << 4 | digit(*low)?) } else { None })
        .collect()
}

/// Where the key comes from.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// From the settings.
    Given(SecretKey),
    /// From a file, which is made where there is none.
    File(PathBuf),
}

/// Why there is no key: a sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum KeyFailed {
    /// The file can be neither read nor made.
    #[error(
        "the secret key in {path} can be neither read nor made ({cause}): set SECRET_KEY to 64 hexadecimal digits"
    )]
    File {
        /// The file.
        path: String,
        /// What the file system says.
        cause: io::Error,
    },
    /// The file holds something else.
    #[error("{path} holds no secret key of 32 bytes or more: bring it back from a backup, or set SECRET_KEY")]
    Unusable {
        /// The file.
        path: String,
    },
}

impl KeySource {
    pub(super) fn key(&self, random: &Random) -> Result<SecretKey, KeyFailed> {
        let path = match self {
            Self::Given(key) => return Ok(key.clone()),
            Self::File(path) => path,
        };
        let text = read_or_make(path, random)
            .map_err(|cause| KeyFailed::File { path: path.display().to_string(), cause })?;
        SecretKey::parse(&text).ok_or_else(|| KeyFailed::Unusable { path: path.display().to_string() })
    }
}

/// What the file holds. Of two processes that make it at once one wins, and both read the same key.
fn read_or_make(path: &Path, random: &Random) -> io::Result<String> {
    if let Some(text) = read(path)? {
        return Ok(text);
    }
    private::create_folder(path.parent().unwrap_or(Path::new(".")))?;
    let text = SecretKey::made(random).to_hex();
    match private::create_whole(path, text.as_bytes(), random.secret().expose()) {
        Ok(()) => {
            tracing::info!(file = %path.display(), "made a secret key: keep a copy of this file, apart from the database")
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    read(path)?.ok_or_else(|| ErrorKind::NotFound.into())
}

fn read(path: &Path) -> io::Result<Option<String>> {
    match private::close(path).and_then(|_| fs::read_to_string(path)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    const HEX: &str = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";

    #[test]
    fn hexadecimal_digits_are_the_bytes_they_write_and_other_texts_their_own() {
        assert_eq!(SecretKey::parse(&format!(" {HEX}\n")).unwrap().expose()[..3], [0x00, 0x11, 0x22]);
        assert_eq!(SecretKey::parse(HEX).unwrap().expose().len(), 32);
        let words = "four words that nobody would guess at";
        assert_eq!(SecretKey::parse(words).unwrap().expose(), words.as_bytes());
        assert_eq!(
            SecretKey::parse(&HEX[..32]).unwrap().expose(),
            &HEX.as_bytes()[..32],
            "half as many digits"
        );
    }

    #[test]
    fn what_is_short_or_the_same_throughout_is_no_key() {
        for text in ["", "dev-", &HEX[..31], &"0".repeat(64), &"dev-".repeat(16)] {
            assert!(SecretKey::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_key_is_made_once_for_its_owner_alone_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/secret-key");
        let key = |seed| KeySource::File(path.clone()).key(&Random::seeded(seed)).unwrap();
        let (first, again) = (key(1), key(2));
        assert_eq!(first.expose(), again.expose());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn of_many_that_start_at_once_all_have_the_same_key() {
        let folder = tempfile::tempdir().unwrap();
        let source = KeySource::File(folder.path().join("secret-key"));
        let keys: Vec<_> = std::thread::scope(|scope| {
            let start = || scope.spawn(|| source.key(&Random::system()).unwrap().to_hex());
            let all: Vec<_> = (0..8).map(|_| start()).collect();
            all.into_iter().map(|started| started.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]), "{}", keys.len());
    }

    #[test]
    fn a_file_that_was_cut_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret-key");
        fs::write(&path, &HEX[..20]).unwrap();
        let refused = KeySource::File(path.clone()).key(&Random::system()).unwrap_err();
        assert!(refused.to_string().contains("backup"), "{refused}");
        assert_eq!(fs::read_to_string(path).unwrap(), HEX[..20]);
    }

    #[test]
    fn debug_output_shows_no_key() {
        let key = SecretKey::parse(HEX).unwrap();
        assert_eq!(
            format!("{key:?} {:?}", KeySource::Given(key.clone())),
            "SecretKey(…) Given(SecretKey(…))"
        );
    }
}
