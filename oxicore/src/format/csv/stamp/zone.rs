//! The zone behind a clock: an offset, or a name that means the same everywhere.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{not, opt};
use nom::sequence::{delimited, preceded, terminated};

use super::signs::{NOTHING, Parsed, blanks, number, one_of, sign, two};

/// Minutes before universal time of zones with one meaning, with summer time. Names such as `CST`, `IST` or `BST` mean several.
const NAMES: [(&str, i16); 28] = [
    ("Z", 0),
    ("UTC", 0),
    ("UT", 0),
    ("GMT", 0),
    ("EET", 120),
    ("EEST", 180),
    ("CET", 60),
    ("CEST", 120),
    ("MEZ", 60),
    ("MESZ", 120),
    ("WEST", 60),
    ("MSK", 180),
    ("EST", -300),
    ("EDT", -240),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("AKST", -540),
    ("AKDT", -480),
    ("JST", 540),
    ("KST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("ACST", 570),
    ("NZST", 720),
    ("NZDT", 780),
];

/// A zone as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Minutes before universal time.
    Offset(i16),
    /// A name of several meanings, or one that is not known.
    Unknown,
}

/// `Z`, `UTC`, `GMT`, `EET`, `+01:00`, `+0100`, `+01`, `+01:00[Europe/Paris]`, `GMT+0100 (Central European Standard Time)`; and other capitals.
pub(super) fn zone(input: &[u8]) -> Parsed<'_, Zone> {
    let (input, _) = blanks(input)?;
    if !matches!(input.first(), Some(b'A'..=b'Z' | b'+' | b'-')) {
        return Err(NOTHING);
    }
    let universal = preceded(alt((one_of(&["UTC"]), one_of(&["GMT"]))), offset);
    let words = |input| {
        let is_inside = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'-' | b'\'');
        let end = <[u8]>::iter(input).position(|byte| !is_inside(byte)).unwrap_or(input.len());
        input.split_at_checked(end).map(|(words, rest)| (rest, words)).ok_or(NOTHING)
    };
    let explained = opt(preceded(blanks, delimited(sign(b"("), words, sign(b")"))));
    let region = |input| {
        let is_inside = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'_' | b'-');
        let end = <[u8]>::iter(input).position(|byte| !is_inside(byte)).unwrap_or(input.len());
        input.split_at_checked(end).map(|(words, rest)| (rest, words)).ok_or(NOTHING)
    };
    let region = opt(delimited(sign(b"["), region, sign(b"]")));
    let known = alt((terminated(universal, explained), name, terminated(offset, region))).map(Zone::Offset);
    alt((known, capitals.map(|()| Zone::Unknown))).parse(input)
}

/// What looks like the name of a zone.
fn capitals(input: &[u8]) -> Parsed<'_, ()> {
    let end = input.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(input.len());
    let (word, rest) = input.split_at_checked(end).ok_or(NOTHING)?;
    let is_name = matches!(word.len(), 2..=5) && word.iter().all(u8::is_ascii_uppercase);
    if is_name { Ok((rest, ())) } else { Err(NOTHING) }
}

fn name(input: &[u8]) -> Parsed<'_, i16> {
    let letter = |input| match <[u8]>::first(input) {
        Some(byte) if byte.is_ascii_alphabetic() => Ok((input, ())),
        _ => Err(NOTHING),
    };
    let named = |&(name, minutes): &(&str, i16)| {
        let rest = input.strip_prefix(name.as_bytes())?;
        Some((not(letter).parse(rest).ok()?.0, minutes))
    };
    NAMES.iter().find_map(named).ok_or(NOTHING)
}

fn offset(input: &[u8]) -> Parsed<'_, i16> {
    let (input, side) = sign(b"+-")(input)?;
    let short = (two, opt(preceded(sign(b":"), two))).map(|(hours, minutes)| (hours, minutes.unwrap_or(0)));
    let long = number::<4, 4>.map(|digits| {
        let part = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
        (part(digits.div_euclid(100)), part(digits.rem_euclid(100)))
    });
    let (input, (hours, minutes)) = alt((long, short)).parse(input)?;
    let offset = i16::from(hours).saturating_mul(60).saturating_add(minutes.into());
    Ok((input, if side == b'-' { offset.saturating_neg() } else { offset }))
}
