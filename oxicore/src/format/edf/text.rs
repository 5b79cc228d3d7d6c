//! The grammar of a header's text fields: numbers, dates and clocks in ASCII, padded with spaces; as the standard has
//! them, and as programs are known to write them (docs/FORMATS.md, "EDF").

use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char, digit0, one_of, space0};
use nom::combinator::{all_consuming, map_opt, opt, recognize, verify};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use crate::time::MONTHS;

/// What is left of a text, and what was read.
type Read<'t, T> = IResult<&'t [u8], T>;

/// A calendar day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) numbers: [u8; 3],
    /// Divided as the standard has it, which has day, month and year in this order.
    pub(super) is_standard: bool,
}

/// A whole number, perhaps with a sign or a fraction of zeros.
pub(super) fn whole(text: &[u8]) -> Option<i64> {
    let micros = micros(text)?;
    (micros.wrapping_rem(1_000_000) == 0).then(|| micros.wrapping_div(1_000_000))
}

/// A decimal number in millionths; further digits are cut. Some programs write a comma for the point.
pub(super) fn micros(text: &[u8]) -> Option<i64> {
    field(text, decimal)
}

/// `dd.mm.yy`; also `/` and `-` between the numbers, and numbers of one digit.
pub(super) fn day(text: &[u8]) -> Option<Day> {
    field(text, |text| three_numbers(text, "./-"))
        .map(|(numbers, mark)| Day { numbers, is_standard: mark == '.' })
}

/// `hh.mm.ss`; also `:` and `-` between the numbers, and numbers of one digit.
pub(super) fn clock(text: &[u8]) -> Option<(u8, u8, u8)> {
    field(text, |text| three_numbers(text, ".:-")).map(|([hour, minute, second], _)| (hour, minute, second))
}

/// `yy`, the year of a date that only the recording field tells.
pub(super) fn is_year_elsewhere(text: &[u8]) -> bool {
    text.trim_ascii().ends_with(b"yy")
}

/// `Startdate dd-MMM-yyyy`, the beginning of the recording field of EDF+.
pub(super) fn start_date(text: &[u8]) -> Option<(u16, u8, u8)> {
    let mut date = (tag("Startdate "), number, char('-'), month, char('-'), year);
    let (_, (_, day, _, month, _, year)) = date.parse(text.trim_ascii_start()).ok()?;
    Some((year, month, day))
}

/// The whole text without the spaces around it.
fn field<'t, T>(text: &'t [u8], read: impl Fn(&'t [u8]) -> Read<'t, T>) -> Option<T> {
    let mut whole = all_consuming(delimited(space0, read, space0));
    whole.parse(text).ok().map(|(_, read)| read)
}

fn decimal(text: &[u8]) -> Read<'_, i64> {
    let sign = opt(one_of("+-"));
    let fraction = opt(preceded(one_of(".,"), digit0));
    map_opt((sign, digit0, fraction), |(sign, whole, fraction): (_, &[u8], Option<&[u8]>)| {
        let fraction = fraction.unwrap_or_default();
        let is_number = !(whole.is_empty() && fraction.is_empty()) && whole.len() <= 12;
        let places = fraction.iter().chain(core::iter::repeat(&b'0')).take(6);
        // Eighteen digits at most.
        let digits = whole.iter().chain(places).map(|digit| i64::from(digit.wrapping_sub(b'0')));
        let value = digits.fold(0_i64, |value, digit| value.wrapping_mul(10).wrapping_add(digit));
        is_number.then_some(if sign == Some('-') { value.wrapping_neg() } else { value })
    })
    .parse(text)
}

/// Three numbers of one or two digits with the same mark between them.
fn three_numbers<'t>(text: &'t [u8], marks: &str) -> Read<'t, ([u8; 3], char)> {
    let (rest, (first, mark, second, same, third)) =
        (number, one_of(marks), number, one_of(marks), number).parse(text)?;
    let (rest, _) = verify(|text| Ok((text, mark == same)), |is_same: &bool| *is_same).parse(rest)?;
    Ok((rest, ([first, second, third], mark)))
}

/// A number of one or two digits, perhaps padded with spaces.
fn number(text: &[u8]) -> Read<'_, u8> {
    let digits = preceded(space0, take_while_m_n(1, 2, |byte: u8| byte.is_ascii_digit()));
    digits
        .map(|digits: &[u8]| digits.iter().fold(0_u8, |n, d| n.wrapping_mul(10).wrapping_add(d & 0x0f)))
        .parse(text)
}

fn year(text: &[u8]) -> Read<'_, u16> {
    let digits = take_while_m_n(4, 4, |byte: u8| byte.is_ascii_digit());
    digits
        .map(|digits: &[u8]| {
            digits.iter().fold(0, |n: u16, d| n.wrapping_mul(10).wrapping_add((d & 0x0f).into()))
        })
        .parse(text)
}

/// English, three letters, in any case.
fn month(text: &[u8]) -> Read<'_, u8> {
    let (rest, name) = recognize(take_while_m_n(3, 3, |byte: u8| byte.is_ascii_alphabetic())).parse(text)?;
    let found = MONTHS.iter().zip(1_u8..).find(|(month, _)| name.eq_ignore_ascii_case(month.as_bytes()));
    map_opt(|text| Ok((text, found)), |found: Option<(&&str, u8)>| Some(found?.1)).parse(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_numbers_are_read_in_millionths() {
        for (text, expected) in [
            ("1", 1_000_000),
            ("-3276.8 ", -3_276_800_000),
            ("+0.5", 500_000),
            ("100.05921", 100_059_210),
            (".25", 250_000),
            ("1,5", 1_500_000),
            ("-300,0", -300_000_000),
            ("0.12345678", 123_456),
        ] {
            assert_eq!(micros(text.as_bytes()), Some(expected), "{text}");
        }
        for text in ["", "-", ".", ",", "1e3", "1.000,5", "x", "9999999999999", "1 2"] {
            assert_eq!(micros(text.as_bytes()), None, "{text}");
        }
        assert_eq!([whole(b"60,00"), whole(b"1.5")], [Some(60), None]);
    }

    #[test]
    fn days_and_clocks_have_one_mark_between_numbers_of_one_or_two_digits() {
        let numbers = |text: &[u8]| day(text).map(|day| (day.numbers, day.is_standard));
        assert_eq!(numbers(b"13.11.25"), Some(([13, 11, 25], true)));
        assert_eq!(numbers(b"3.1.25  "), Some(([3, 1, 25], true)));
        assert_eq!(numbers(b" 3. 1.25"), Some(([3, 1, 25], true)));
        assert_eq!(numbers(b"13/11/25"), Some(([13, 11, 25], false)));
        assert_eq!(numbers(b"13-11-25"), Some(([13, 11, 25], false)));
        assert_eq!([clock(b"9.8.7   "), clock(b"21:58:20")], [Some((9, 8, 7)), Some((21, 58, 20))]);
        for text in [&b"13.11/25"[..], b"        ", b"13.11.yy", b"1311.25", b"13.11.2025", b"XX.XX.XX"] {
            assert_eq!(numbers(text), None, "{}", text.escape_ascii());
        }
    }

    #[test]
    fn the_recording_field_of_edf_plus_begins_with_the_date() {
        assert_eq!(start_date(b"Startdate 02-JAN-2026 X X X"), Some((2026, 1, 2)));
        assert_eq!(start_date(b"Startdate 2-Jan-2026"), Some((2026, 1, 2)));
        for text in [&b"Startdate X X X X"[..], b"02-JAN-2026", b"Startdate 02-JAM-2026", b""] {
            assert_eq!(start_date(text), None, "{}", text.escape_ascii());
        }
    }
}
