//! Words of the database as sentences.

use crate::i18n::{Locale, keys};

/// What a word means, by the key `<of>-<word>`; the word itself if another version of the program wrote it.
pub(super) fn in_words(locale: Locale, of: &str, word: String) -> String {
    let key = format!("{of}-{word}");
    if keys(locale).contains(&key) { locale.t(&key) } else { word }
}
