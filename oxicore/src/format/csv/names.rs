//! What the name of a column says: its letters by a grammar, its meaning by one dictionary ([`dictionary`]).

mod dictionary;

use nom::branch::alt;
use nom::bytes::complete::take;
use nom::combinator::{map_opt, opt, peek};
use nom::multi::fold_many0;
use nom::{IResult, Parser};

use super::columns::Role;
use dictionary::Words;

/// What the name of a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// The header has no such column.
    Absent,
    /// A word of a language that is not known here.
    Unknown,
    /// The same in an encoding that is not known: it may also be a word that is.
    Illegible,
    /// Something beside the readings; [`Role::Other`] for what is of no use.
    Known(Role),
    /// SpO2 or pulse.
    Reading(Role, Plainness),
}

/// How plainly a column's name says that it holds the readings themselves; plainest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Plainness {
    Plain,
    /// With a word beside it that is not known: `SpO2 set point`, `Acclimation SpO2`.
    Named,
    /// `O2`, `PR`, `HR`: also used for reminders.
    Short,
    /// One of these with a word beside it.
    Longer,
    /// With a word of the other reading: `Oximeter pulse rate`.
    Mixed,
    /// A mean over some time.
    Mean,
}

impl Word {
    /// Whether it says the same kind of thing, however plainly.
    pub(super) fn is_of(self, other: Self) -> bool {
        match (self, other) {
            (Self::Reading(role, _), Self::Reading(other, _)) => role == other,
            _ => self == other,
        }
    }

    pub(super) fn of(cell: &[u8]) -> Self {
        let name = Name::of(cell);
        let is_extreme = name.has(dictionary::EXTREMES)
            || name.has(dictionary::LOWEST) && !name.has(dictionary::PER_MINUTE);
        let reading = name.reading();
        if name.has(dictionary::REMINDERS) || name.has(dictionary::ALERTS) && reading.is_some() {
            let is_spo2 =
                name.has(dictionary::VIBRATION) || reading.is_some_and(|(role, _)| role == Role::Spo2);
            return Self::Known(if is_spo2 { Role::Spo2Reminder } else { Role::PulseReminder });
        }
        if is_extreme || name.has(dictionary::BESIDE) || name.has(dictionary::PERSONAL) {
            return Self::Known(Role::Other);
        }
        if name.has(dictionary::MOTION) {
            return Self::Known(Role::Motion);
        }
        match reading {
            Some((reading, _)) if name.has(dictionary::MEANS) => Self::Reading(reading, Plainness::Mean),
            Some((reading, Plainness::Plain)) if name.has_other_words() => {
                Self::Reading(reading, Plainness::Named)
            }
            Some((reading, Plainness::Short)) if name.has_other_words() => {
                Self::Reading(reading, Plainness::Longer)
            }
            Some((reading, plainness)) => Self::Reading(reading, plainness),
            None if name.has(dictionary::STATES) => Self::Known(Role::Other),
            None if name.has(&["\u{fffd}"]) => Self::Illegible,
            None => Self::Unknown,
        }
    }
}

/// Whether a column with this name tells who somebody is.
pub(super) fn is_personal(cell: &[u8]) -> bool {
    let name = Name::of(cell);
    name.has(dictionary::PERSONAL) && !name.has(dictionary::NOT_OF_PEOPLE)
}

/// Whether the name of the time is English.
pub(super) fn is_english(cell: &[u8]) -> bool {
    Name::of(cell).has(dictionary::ENGLISH)
}

/// `Time (UTC)` and its like.
pub(super) fn is_universal(cell: &[u8]) -> bool {
    Name::of(cell).has(dictionary::UNIVERSAL)
}

/// Whether a column with this name holds means of readings.
pub(super) fn is_mean(cell: &[u8]) -> bool {
    matches!(Word::of(cell), Word::Reading(_, Plainness::Mean))
}

/// Whether a column with this name tells a time at which no record was made: when somebody exported or changed it.
pub(super) fn is_other_moment(cell: &[u8]) -> bool {
    Name::of(cell).has(dictionary::OTHER_MOMENTS)
}

/// Whether a column with this name tells whose a row is, or which device made it.
pub(super) fn is_source(cell: &[u8]) -> bool {
    Name::of(cell).has(dictionary::SOURCES)
}

/// Whether two columns are a day and a clock.
pub(super) fn is_day_and_clock(first: &[u8], second: &[u8]) -> bool {
    let [first, second] = [first, second].map(Name::of);
    let is = |day: &Name, clock: &Name| day.has(dictionary::DAY) && clock.has(dictionary::CLOCK);
    is(&first, &second) || is(&second, &first)
}

/// Longest name that is looked at, bytes in small letters.
const MOST: usize = 96;
/// Room that is left for the end.
const END: usize = 2;

/// A name in small letters, its words divided by single spaces, between two bars: `| pulse rate / min |`. So the dictionary
/// can say by spaces and bars where a word may stand.
struct Name {
    text: [u8; MOST],
    len: usize,
    last: Piece,
    /// Which two bytes follow each other somewhere in it, each pair as a number below 64: nearly all words of the dictionary
    /// are ruled out by their first pair and their last.
    pairs: u64,
}

/// A piece of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Letter(char),
    /// A capital before a small letter: where it follows another letter, a word begins.
    Initial(char),
    Digit(char),
    /// A sign that says something.
    Sign(char),
    /// Whatever else stands between words.
    Between,
}

impl Name {
    const BEGUN: Self = Self { text: [0; MOST], len: 0, last: Piece::Between, pairs: 0 };

    fn of(cell: &[u8]) -> Self {
        let begin = || Self::BEGUN.with('|').with(' ');
        let name = fold_many0(piece, begin, Self::and).parse(cell).map_or_else(|_| begin(), |(_, name)| name);
        let text = name.text.get(..name.len).unwrap_or_default();
        let name = if text.ends_with(b" ") { name.with('|') } else { name.with(' ').with('|') };
        let text = name.text.get(..name.len).unwrap_or_default();
        let pairs = text.windows(2).fold(0, |pairs, pair| pairs | bit(pair));
        Self { pairs, ..name }
    }

    /// With the next piece, divided from the last one where a word ends between them.
    fn and(self, piece: Piece) -> Self {
        use Piece::{Between, Digit, Initial, Letter, Sign};
        let is_divided = match (self.last, piece) {
            (Between, _) => false,
            (_, Between | Sign(_)) | (Sign(_) | Digit(_), Letter(_) | Initial(_)) | (Sign(_), Digit(_)) => {
                true
            }
            (Letter(_), Initial(_)) => true,
            _ => false,
        };
        let name = if is_divided { self.with(' ') } else { self };
        let name = match piece {
            Letter(letter) | Initial(letter) | Digit(letter) | Sign(letter) => name.with(letter),
            Between => name,
        };
        Self { last: piece, ..name }
    }

    fn with(mut self, character: char) -> Self {
        let room = if character == '|' || character == ' ' { MOST } else { MOST.saturating_sub(END) };
        let free = self.text.get_mut(self.len..room).filter(|free| free.len() >= character.len_utf8());
        let len = free.map_or(0, |free| character.encode_utf8(free).len());
        self.len = self.len.saturating_add(len);
        self
    }

    /// Whether some of the words is in it.
    fn has(&self, words: Words) -> bool {
        words.iter().any(|word| self.last_place(word.as_bytes()).is_some())
    }

    fn last_place(&self, word: &[u8]) -> Option<usize> {
        let text = self.text.get(..self.len).filter(|_| self.may_hold(word))?;
        text.windows(word.len()).rposition(|part| part == word)
    }

    /// False for nearly every word that is not in it: one of its two pairs is missing.
    fn may_hold(&self, word: &[u8]) -> bool {
        let is_there = |pair: Option<&[u8; 2]>| pair.is_none_or(|pair| self.pairs & bit(pair) != 0);
        is_there(word.first_chunk()) && is_there(word.last_chunk())
    }

    fn reading(&self) -> Option<(Role, Plainness)> {
        let (oxygen, pulse) = (self.last_of(dictionary::OXYGEN), self.last_of(dictionary::PULSE));
        let short_oxygen = self.has(dictionary::SHORT_OXYGEN);
        let short_pulse = self.has(dictionary::SHORT_PULSE);
        match (oxygen, pulse) {
            (None, None) if short_oxygen => Some((Role::Spo2, Plainness::Short)),
            (None, None) if short_pulse => Some((Role::Pulse, Plainness::Short)),
            (None, None) => None,
            (Some(_), None) if short_pulse => Some((Role::Pulse, Plainness::Mixed)),
            (Some(_), None) => Some((Role::Spo2, Plainness::Plain)),
            (None, Some(_)) if short_oxygen => Some((Role::Pulse, Plainness::Mixed)),
            (None, Some(_)) => Some((Role::Pulse, Plainness::Plain)),
            (Some(oxygen), Some(pulse)) => Some((self.of_both(oxygen > pulse), Plainness::Mixed)),
        }
    }

    /// With words of both readings: by its unit, else by what comes last, as `oximeter pulse` is a pulse.
    fn of_both(&self, is_oxygen_last: bool) -> Role {
        let is_rate = self.has(dictionary::RATES);
        let is_share = self.has(dictionary::PERCENT);
        let is_oxygen = if is_rate == is_share { is_oxygen_last } else { is_share };
        if is_oxygen { Role::Spo2 } else { Role::Pulse }
    }

    /// Whether some word is neither part of a reading's name nor one that says nothing more about it.
    fn has_other_words(&self) -> bool {
        const LIMITS: usize = 2;
        let known = [
            dictionary::OXYGEN,
            dictionary::PULSE,
            dictionary::SHORT_PULSE,
            dictionary::RATES,
            dictionary::PERCENT,
            dictionary::OF_READINGS,
        ];
        let text = self.text.get(..self.len).unwrap_or_default();
        let is_limit = |byte: &u8| matches!(byte, b' ' | b'|');
        let mut end = 0_usize;
        text.split(is_limit).any(|word| {
            let begin = end;
            end = begin.saturating_add(word.len()).saturating_add(1);
            // With what limits it on both sides.
            let around = begin.saturating_sub(LIMITS)..end.saturating_add(1).min(text.len());
            let around = text.get(around).unwrap_or_default();
            let has = |part: &&str| {
                let part = part.as_bytes();
                self.may_hold(part) && around.windows(part.len()).any(|found| found == part)
            };
            let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte >= 0x80;
            word.iter().any(is_letter) && !known.iter().any(|words| words.iter().any(has))
        })
    }

    /// Where the last of the words begins.
    fn last_of(&self, words: Words) -> Option<usize> {
        words.iter().filter_map(|word| self.last_place(word.as_bytes())).max()
    }
}

/// The number of two bytes as a bit.
fn bit(pair: &[u8]) -> u64 {
    match *pair {
        [a, b, ..] => 1_u64.wrapping_shl(u32::from(a).wrapping_mul(5) ^ u32::from(b)),
        _ => u64::MAX,
    }
}

fn piece(input: &[u8]) -> IResult<&[u8], Piece, ()> {
    let initial = map_opt((character, peek(opt(character))), |(first, next)| {
        let is_initial = first.is_uppercase() && next.is_some_and(char::is_lowercase);
        is_initial.then_some(Piece::Initial(small(first)))
    });
    let other = map_opt(character, |character| {
        Some(match character {
            '0'..='9' => Piece::Digit(character),
            '%' | '/' | '<' | '>' => Piece::Sign(character),
            char::REPLACEMENT_CHARACTER => Piece::Letter(character),
            letter if letter.is_alphabetic() => Piece::Letter(small(letter)),
            _ => Piece::Between,
        })
    });
    alt((initial, other)).parse(input)
}

/// The next character, of full width or below the line as its plain one; U+FFFD for a byte that is no UTF-8.
fn character(input: &[u8]) -> IResult<&[u8], char, ()> {
    let (rest, _) = take(1_usize).parse(input)?;
    let head = input.get(..4).unwrap_or(input);
    let valid = head.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    match valid.chars().next() {
        Some(found) => Ok((input.get(found.len_utf8()..).unwrap_or_default(), plain(found))),
        None => Ok((rest, char::REPLACEMENT_CHARACTER)),
    }
}

fn plain(character: char) -> char {
    const WIDE: core::ops::RangeInclusive<char> = '\u{ff01}'..='\u{ff5e}';
    match character {
        '\u{2082}' => '2',
        wide if WIDE.contains(&wide) => char::from_u32(u32::from(wide).wrapping_sub(0xfee0)).unwrap_or(wide),
        other => other,
    }
}

fn small(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::csv::columns::Columns;
    use crate::format::csv::time_column::TimeColumn;
    use crate::format::hints::ColumnChoice;
    use std::format;
    use std::string::String;
    use std::vec::Vec;

    /// Words as the name of a column, without the signs that limit them.
    fn names(words: &[Words]) -> Vec<String> {
        let plain = |word: &&str| String::from(word.replace('|', "").trim());
        words.iter().flat_map(|words| words.iter()).map(plain).collect()
    }

    fn roles(names: &[&str]) -> Vec<Role> {
        let header = format!("Time;{}", names.join(";"));
        let columns =
            Columns::of_header(header.as_bytes(), b';', TimeColumn::USUAL, &ColumnChoice::NONE).unwrap();
        (0..names.len()).map(|index| columns.role(index)).collect()
    }

    #[test]
    fn no_order_of_the_known_words_of_the_readings_changes_what_they_are() {
        let pulses = names(&[dictionary::PULSE, dictionary::SHORT_PULSE]);
        for oxygen in names(&[dictionary::OXYGEN, dictionary::SHORT_OXYGEN]) {
            for pulse in &pulses {
                assert_eq!(roles(&[&oxygen, pulse]), [Role::Spo2, Role::Pulse], "{oxygen}, {pulse}");
                assert_eq!(roles(&[pulse, &oxygen]), [Role::Pulse, Role::Spo2], "{pulse}, {oxygen}");
            }
        }
    }

    #[test]
    fn no_companion_of_the_dictionary_changes_which_columns_the_readings_are() {
        let companions = [
            dictionary::BESIDE,
            dictionary::EXTREMES,
            dictionary::LOWEST,
            dictionary::MOTION,
            dictionary::REMINDERS,
        ];
        // A bar says that the word is the whole name, or begins or ends it.
        for companion in companions.iter().flat_map(|words| words.iter()) {
            let (is_part, companion) = (!companion.contains('|'), companion.replace('|', ""));
            let companion = companion.trim();
            for (spo2, pulse) in [("SpO2", "Pulse Rate"), ("Saturație", "Puls"), ("血氧", "脉率")] {
                let of = [companion.into(), format!("{spo2} {companion}"), format!("{pulse} {companion}")];
                for name in of.into_iter().take(if is_part { 3 } else { 1 }) {
                    for at in 0..3 {
                        let mut names = [spo2, pulse].to_vec();
                        names.insert(at, &name);
                        let mut found = roles(&names);
                        let beside = found.remove(at);
                        assert_eq!(found, [Role::Spo2, Role::Pulse], "{names:?}");
                        assert!(!matches!(beside, Role::Spo2 | Role::Pulse), "{names:?}");
                    }
                }
            }
        }
    }
}
