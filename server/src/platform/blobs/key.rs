//! Names of blobs: a short path of harmless words.

use std::fmt;

/// The name of a blob, such as `recordings/<owner>/<id>`.
///
/// Keys carry the owner and a random identifier, never a digest of the content: whoever puts a file must not learn
/// that somebody else has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobKey(String);

/// A part of a key is empty, too long or holds something other than `a-z`, `0-9`, `-` and `_`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a blob key is made of 1 to 8 words of 1 to 64 characters a-z, 0-9, - and _")]
pub struct BadKey;

impl BlobKey {
    /// Joins words to a key.
    ///
    /// # Errors
    /// [`BadKey`] unless there are 1 to 8 words of 1 to 64 characters `a-z`, `0-9`, `-` and `_` each.
    pub fn new(words: &[&str]) -> Result<Self, BadKey> {
        let fits = (1..=8).contains(&words.len()) && words.iter().all(|word| is_harmless(word));
        if fits { Ok(Self(words.join("/"))) } else { Err(BadKey) }
    }

    /// The key that [`BlobKey::as_str`] gave.
    ///
    /// # Errors
    /// [`BadKey`] for any other text.
    pub fn from_text(text: &str) -> Result<Self, BadKey> {
        Self::new(&text.split('/').collect::<Vec<_>>())
    }

    /// The key as text, words joined by `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn probe() -> Self {
        Self("platform/probe".to_owned())
    }
}

fn is_harmless(word: &str) -> bool {
    (1..=64).contains(&word.len())
        && word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
}

impl fmt::Display for BlobKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_by_slashes() {
        let key = BlobKey::new(&["recordings", "a-1", "b_2"]).unwrap();
        assert_eq!(key.as_str(), "recordings/a-1/b_2");
        assert_eq!(BlobKey::from_text(key.as_str()), Ok(key));
    }

    #[test]
    fn nothing_that_could_leave_the_folder_is_a_key() {
        for word in ["..", ".", "", "a/b", "a\\b", "/etc", "A", "a.b", "ă", "a\0"] {
            assert_eq!(BlobKey::new(&["recordings", word]), Err(BadKey), "{word:?}");
            assert!(
                word == "a/b" || BlobKey::from_text(&format!("recordings/{word}")) == Err(BadKey),
                "{word:?}"
            );
        }
    }
}
