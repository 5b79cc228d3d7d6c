//! Passwords that many people have, which attackers try first.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words and sequences people choose here and elsewhere, as [`folded`] writes them, one a line.
const LIST: &str = include_str!("common.txt");

static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| LIST.lines().collect());

/// Shortest text that says something when it is repeated.
const SHORTEST_REPEATED: usize = 4;

/// Whether a password is one that many people have, or such a one with digits around it, with digits in place of
/// letters, or written several times.
pub(super) fn is_common(password: &str) -> bool {
    let is_sign = |c: char| !c.is_alphanumeric();
    let bare =
        password.trim_matches(is_sign).trim_matches(|c: char| c.is_ascii_digit()).trim_matches(is_sign);
    let mut all = [password, bare]
        .into_iter()
        .flat_map(|text| [folded(text.chars()), folded(text.chars().map(as_letter))]);
    all.any(|text| !text.is_empty() && is_listed_or_repeated(&text))
}

fn is_listed_or_repeated(text: &str) -> bool {
    let root = root(text);
    let is_trivial = root.len() < text.len() && root.len() < SHORTEST_REPEATED;
    is_trivial || COMMON.contains(text) || COMMON.contains(root)
}

/// The shortest text of which this one is a number of copies.
fn root(text: &str) -> &str {
    let lengths = (1..text.len()).filter(|length| text.len().is_multiple_of(*length));
    let mut starts = lengths.filter_map(|length| text.get(..length));
    starts.find(|start| text.split(start).all(str::is_empty)).unwrap_or(text)
}

/// Letters and digits alone, without capitals and Romanian marks.
fn folded(text: impl Iterator<Item = char>) -> String {
    let plain = text.flat_map(char::to_lowercase).map(|c| match c {
        'ă' | 'â' => 'a',
        'î' => 'i',
        'ș' | '\u{15f}' => 's',
        'ț' | '\u{163}' => 't',
        other => other,
    });
    plain.filter(|c| c.is_alphanumeric()).collect()
}

/// The letter that people write a sign for.
const fn as_letter(sign: char) -> char {
    match sign {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_passwords_are_known_however_they_are_dressed() {
        for common in [
            "parola",
            "Parola123456",
            "P@r0l4-2026!",
            "PĂROLA 1234567",
            "parolaparola",
            "qwertyuiop12",
            "123456789012",
            "Bucure\u{15f}ti1989",
            "abcabcabcabc",
            "1111 1111 1111",
            "te-iubesc-mult",
            "pa55word-2024",
        ] {
            assert!(is_common(common), "{common}");
        }
    }

    #[test]
    fn others_are_not() {
        for other in
            ["corect-cal-baterie-capsator", "parola mea e lunga", "x7Kq!vT2#mPz", "", "日本語のパスワード"]
        {
            assert!(!is_common(other), "{other}");
        }
    }

    #[test]
    fn the_list_is_sorted_and_as_it_is_compared() {
        let lines: Vec<_> = LIST.lines().collect();
        assert!(lines.is_sorted() && lines.len() == COMMON.len(), "sorted, each once");
        assert!(lines.iter().all(|line| line.len() >= 4 && folded(line.chars()) == *line));
    }
}
