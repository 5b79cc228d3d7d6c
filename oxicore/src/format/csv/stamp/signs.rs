//! The smallest pieces of a moment: digits of every script, spaces of every width, marks without a width.

use nom::combinator::not;
use nom::multi::fold_many_m_n;
use nom::sequence::terminated;
use nom::{IResult, Parser};

/// Nobody asks why a moment cannot be read, only where its cell begins: errors carry nothing.
pub(super) type Parsed<'a, T> = IResult<&'a [u8], T, ()>;

pub(super) const NOTHING: nom::Err<()> = nom::Err::Error(());

/// The zeros of the scripts in which phones write numbers; the other nine digits follow each in Unicode.
const ZEROS: [char; 7] = ['٠', '۰', '०', '০', '๐', '၀', '\u{ff10}'];

/// No width of their own: they only say which way a text runs.
const MARKS: [char; 13] = [
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{feff}',
];

/// Beside the ordinary space and the tab: no-break, narrow no-break, thin and full-width ones.
const WIDE_SPACES: [char; 4] = ['\u{a0}', '\u{202f}', '\u{2009}', '\u{3000}'];

/// Whether some digit, of whatever script, is in it.
pub(in crate::format::csv) fn has_digit(text: &[u8]) -> bool {
    text.iter().any(u8::is_ascii_digit)
        || text.utf8_chunks().flat_map(|chunk| chunk.valid().chars()).any(|it| value(it).is_some())
}

/// The first character, where the bytes are UTF-8.
pub(super) fn character(input: &[u8]) -> Parsed<'_, char> {
    if let Some((&byte, rest)) = input.split_first()
        && byte.is_ascii()
    {
        return Ok((rest, byte.into()));
    }
    let head = input.get(..4).unwrap_or(input);
    let first = head.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next()).ok_or(NOTHING)?;
    Ok((input.get(first.len_utf8()..).unwrap_or_default(), first))
}

fn value(digit: char) -> Option<u8> {
    let after = |zero: &char| u32::from(digit).checked_sub(u32::from(*zero)).filter(|value| *value < 10);
    ZEROS.iter().find_map(after).and_then(|value| u8::try_from(value).ok())
}

pub(super) fn digit(input: &[u8]) -> Parsed<'_, u8> {
    match input.split_first() {
        Some((byte @ b'0'..=b'9', rest)) => Ok((rest, byte.wrapping_sub(b'0'))),
        Some((0x80.., _)) => {
            let (rest, first) = character(input)?;
            value(first).map(|value| (rest, value)).ok_or(NOTHING)
        }
        _ => Err(NOTHING),
    }
}

/// A number of `MIN..=MAX` digits that no further digit follows.
pub(super) fn number<const MIN: usize, const MAX: usize>(input: &[u8]) -> Parsed<'_, u32> {
    let grow = |sum: u32, digit: u8| sum.wrapping_mul(10).wrapping_add(digit.into());
    terminated(fold_many_m_n(MIN, MAX, digit, || 0_u32, grow), not(digit)).parse(input)
}

/// What stands behind the point of a number, one to nine digits, in thousandths; what is finer is cut off.
pub(super) fn thousandths(input: &[u8]) -> Parsed<'_, u16> {
    let grow = |(sum, place): (u16, u16), digit: u8| {
        (sum.wrapping_add(place.wrapping_mul(digit.into())), place.div_euclid(10))
    };
    let digits = fold_many_m_n(1, 9, digit, || (0, 100), grow);
    terminated(digits, not(digit)).map(|(sum, _)| sum).parse(input)
}

/// One or two digits.
pub(super) fn two(input: &[u8]) -> Parsed<'_, u8> {
    number::<1, 2>.map(|number| u8::try_from(number).unwrap_or(u8::MAX)).parse(input)
}

/// One of these bytes, after any marks.
pub(super) fn sign(any: &'static [u8]) -> impl Fn(&[u8]) -> Parsed<'_, u8> {
    move |input| match marks(input).split_first() {
        Some((&byte, rest)) if any.contains(&byte) => Ok((rest, byte)),
        _ => Err(NOTHING),
    }
}

/// One of these words, as written.
pub(super) fn one_of(words: &'static [&'static str]) -> impl Fn(&[u8]) -> Parsed<'_, ()> {
    move |input| {
        let rest = words.iter().find_map(|word| input.strip_prefix(word.as_bytes()));
        rest.map(|rest| (rest, ())).ok_or(NOTHING)
    }
}

fn marks(mut input: &[u8]) -> &[u8] {
    while input.first().is_some_and(|byte| !byte.is_ascii())
        && let Ok((rest, first)) = character(input)
        && MARKS.contains(&first)
    {
        input = rest;
    }
    input
}

/// What follows an ordinary or wide space, also the no-break space of Windows-1252, which is no UTF-8.
fn after_space(input: &[u8]) -> Option<&[u8]> {
    match input.split_first()? {
        (b' ' | b'\t' | b'\xa0', rest) => Some(rest),
        (0x80.., _) => {
            character(input).ok().filter(|(_, first)| WIDE_SPACES.contains(first)).map(|(rest, _)| rest)
        }
        _ => None,
    }
}

/// Passes over spaces and marks; says whether there was a space. Never fails.
pub(super) fn blanks(input: &[u8]) -> Parsed<'_, bool> {
    let (mut rest, mut is_spaced) = (marks(input), false);
    while let Some(next) = after_space(rest) {
        (rest, is_spaced) = (marks(next), true);
    }
    Ok((rest, is_spaced))
}

/// At least one space.
pub(super) fn gap(input: &[u8]) -> Parsed<'_, ()> {
    match blanks(input) {
        Ok((rest, true)) => Ok((rest, ())),
        _ => Err(NOTHING),
    }
}
