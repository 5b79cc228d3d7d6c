//! Words of a moment in the languages of phones and desktops: months and halves of a day. Source: Unicode CLDR 44,
//! `months` and `dayPeriods`, formatting and stand-alone forms; small letters.

mod months;

use super::signs::{NOTHING, Parsed, character};
use months::MONTHS;

/// A half of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Half {
    pub(super) is_second: bool,
    /// The plain `AM` or `PM` of the United States.
    pub(super) is_am_pm: bool,
    /// A part of the second half, which has no twelve: noon and midnight are called otherwise.
    pub(super) is_evening: bool,
}

/// What the first half of a day is called, and the second.
const FIRST: &[&str] = &[
    "a.m.",
    "a. m.",
    "a.\u{a0}m.",
    "a.\u{202f}m.",
    "上午",
    "凌晨",
    "早上",
    "清晨",
    "午前",
    "오전",
    "ص",
    "ق.ظ.",
    "π.μ.",
    "öö",
    "de.",
    "fm",
    "ap.",
    "vm.",
    "dop.",
    "пр.об.",
    "дп",
    "priešpiet",
    "priekšp.",
    "f.h.",
    "ก่อนเที่ยง",
    "पूर्वाह्न",
    "e paradites",
];
const SECOND: &[&str] = &[
    "p.m.",
    "p. m.",
    "p.\u{a0}m.",
    "p.\u{202f}m.",
    "下午",
    "午後",
    "오후",
    "م",
    "ب.ظ.",
    "μ.μ.",
    "ös",
    "du.",
    "em",
    "ip.",
    "nm.",
    "odp.",
    "pop.",
    "сл.об.",
    "пп",
    "popiet",
    "pēcp.",
    "e.h.",
    "หลังเที่ยง",
    "अपराह्न",
    "e pasdites",
];
const EVENING: &[&str] = &["晚上", "傍晚"];
/// Vietnamese, as written: in small letters `sa` is a Saturday.
const CAPITALS: [(&str, bool); 2] = [("SA", false), ("CH", true)];

/// The word at the start in small letters: letters of any script.
pub(super) fn word<'a>(mut input: &'a [u8], letters: &mut [char; LONGEST]) -> (usize, &'a [u8]) {
    let mut length = 0_usize;
    while let Ok((rest, letter)) = character(input)
        && letter.is_alphabetic()
    {
        if let Some(slot) = letters.get_mut(length) {
            *slot = small(letter);
        }
        (input, length) = (rest, length.saturating_add(1));
    }
    (length, input)
}

pub(super) const LONGEST: usize = 16;

fn small(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// A month's name or its short form, in any case, without the dot after it.
pub(super) fn month(input: &[u8]) -> Parsed<'_, u8> {
    let mut letters = ['\0'; LONGEST];
    let (length, rest) = word(input, &mut letters);
    let letters = letters.get(..length).filter(|_| length > 2).ok_or(NOTHING)?;
    if let Some(number) = devices(letters) {
        return Ok((rest, number));
    }
    let begins = |name: &&str| {
        let mut letters = letters.iter();
        name.chars().all(|letter| letters.next() == Some(&letter))
    };
    let mut found = None;
    for (names, number) in MONTHS.iter().zip(1_u8..) {
        let longest = names.iter().filter(|name| begins(name)).map(|name| name.len()).max();
        found = found.max(longest.map(|length| (length, number)));
    }
    found.map(|(_, number)| (rest, number)).ok_or(NOTHING)
}

/// The three letters that devices write, which nearly all texts have.
fn devices(letters: &[char]) -> Option<u8> {
    let is = |name: &str| name.chars().map(|letter| letter.to_ascii_lowercase()).eq(letters.iter().copied());
    crate::time::MONTHS.iter().zip(1_u8..).find(|(name, _)| is(name)).map(|(_, number)| number)
}

/// A half of the day, by whatever word.
pub(super) fn half_of_day(input: &[u8]) -> Parsed<'_, Half> {
    let (rest, first) = character(input)?;
    if first.is_ascii() && !first.is_ascii_alphabetic() {
        return Err(NOTHING);
    }
    let half = |is_second| Half { is_second, is_am_pm: false, is_evening: false };
    for (word, is_second) in CAPITALS {
        if let Some(rest) = input.strip_prefix(word.as_bytes()).and_then(whole_word) {
            return Ok((rest, half(is_second)));
        }
    }
    let (first, second) = (small(first), rest.first().map(u8::to_ascii_lowercase));
    if let ('a' | 'p', Some(b'm')) = (first, second) {
        let half = Half { is_am_pm: true, ..half(first == 'p') };
        return Ok((rest.get(1..).unwrap_or_default(), half));
    }
    let evening = Half { is_evening: true, ..half(true) };
    let mut kinds = [(FIRST, half(false)), (SECOND, half(true)), (EVENING, evening)].into_iter();
    let found = kinds.find_map(|(words, half)| {
        let mut alike = words.iter().filter(|word| word.starts_with(first));
        Some((alike.find_map(|word| after(input, word).and_then(whole_word))?, half))
    });
    found.ok_or(NOTHING)
}

/// What follows a word, unless letters go on with it.
fn whole_word(rest: &[u8]) -> Option<&[u8]> {
    let goes_on = rest.first().is_some_and(u8::is_ascii_alphabetic);
    (!goes_on).then_some(rest)
}

/// What follows `word`, which `input` begins with in letters of any case.
fn after<'a>(input: &'a [u8], word: &str) -> Option<&'a [u8]> {
    let mut rest = input;
    for letter in word.chars() {
        let (next, found) = character(rest).ok()?;
        rest = (small(found) == letter).then_some(next)?;
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_in_the_languages_of_phones() {
        for (name, number) in [
            ("January", 1),
            ("ianuarie", 1),
            ("Mai", 5),
            ("März", 3),
            ("AOÛT", 8),
            ("juin", 6),
            ("juillet", 7),
            ("juil", 7),
            ("junio", 6),
            ("noiembrie", 11),
            ("listopadu", 11),
            ("lipca", 7),
            ("červen", 6),
            ("července", 7),
            ("ноября", 11),
            ("сентября", 9),
            ("Şubat", 2),
            ("Ağustos", 8),
            ("décembre", 12),
            ("settembre", 9),
            ("marraskuuta", 11),
            ("maaliskuuta", 3),
        ] {
            assert_eq!(month(name.as_bytes()), Ok((&b""[..], number)), "{name}");
        }
        for other in ["", "No", "Time", "Uhr", "xyz", "listopada", "lip", "srp"] {
            assert!(month(other.as_bytes()).is_err(), "{other}");
        }
    }

    #[test]
    fn no_beginning_stands_for_two_months() {
        for (at, names) in MONTHS.iter().enumerate() {
            for name in *names {
                assert_eq!(
                    month(name.as_bytes()).map(|(_, number)| usize::from(number)),
                    Ok(at + 1),
                    "{name}"
                );
            }
        }
    }
}
