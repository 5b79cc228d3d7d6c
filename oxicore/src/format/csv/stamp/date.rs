//! The calendar day: with a month's name, with the year first, or three numbers whose order others must tell.

use core::ops::RangeInclusive;

use nom::Parser;
use nom::branch::alt;
use nom::combinator::opt;
use nom::sequence::{preceded, terminated};

use super::signs::{NOTHING, Parsed, blanks, gap, number, one_of, sign, two};
use super::weekday::{Weekday, weekday};
use super::words::month;

/// A calendar day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format::csv) enum Date {
    /// Year, month, day: the month was a word, or the year came first.
    Certain(u16, u8, u8),
    /// First and second component, year: day-first or month-first.
    Numeric(u8, u8, u16),
    /// The same with a year of two digits, 1970 to 2059 or of another calendar; the year could also stand first.
    Short(u8, u8, u16),
}

/// Years that a recording can have. Others are of another calendar: 2568 is 2025 in the Buddhist one.
const YEARS: RangeInclusive<u16> = 1970..=2100;

impl Date {
    /// A year that only a clock nobody has set can show.
    pub(in crate::format::csv) const fn is_unset(self) -> bool {
        matches!(self, Self::Certain(1970, ..) | Self::Numeric(_, _, 1970) | Self::Short(_, _, 1970))
    }

    /// Whether the year is one of another calendar.
    pub(super) fn is_of_other_calendar(self) -> bool {
        let (Self::Certain(year, ..) | Self::Numeric(_, _, year) | Self::Short(_, _, year)) = self;
        !YEARS.contains(&year)
    }
}

/// Between the numbers of a date.
const MARKS: &[u8] = b"-/.";
const COMMAS: &[&str] = &[",", "\u{ff0c}", "\u{60c}"];
/// Years of two digits from here on are of the last century: of clocks that nobody has set.
const UNSET_FROM: u32 = 70;
/// And those of this decade are Buddhist years of today rather than years to come: 68 is 2568, which is 2025.
const BUDDHIST_FROM: u32 = 60;

/// The day, and the day of the week before it.
pub(super) fn day(input: &[u8]) -> Parsed<'_, (Option<Weekday>, Date)> {
    // A month comes first: `Mar` is March before it is a Tuesday.
    let alone = date.map(|date| (None, date));
    alt((alone, (weekday.map(Some), date))).parse(input)
}

fn date(input: &[u8]) -> Parsed<'_, Date> {
    alt((month_first, month_second, year_first, numeric)).parse(input)
}

/// `Jan 02 2026`, `January 2, 2026`, and with a full-width comma before the year.
fn month_first(input: &[u8]) -> Parsed<'_, Date> {
    let (input, month) = terminated(month, (opt(one_of(&["."])), gap)).parse(input)?;
    let (input, day) = two(input)?;
    let (input, comma) = opt(one_of(COMMAS)).parse(input)?;
    let (input, is_spaced) = blanks(input)?;
    let (input, year) = year(input)?;
    if comma.is_some() || is_spaced { Ok((input, Date::Certain(year, month, day))) } else { Err(NOTHING) }
}

/// `13 Nov 2025`, `13. November 2025`, `13-nov.-25`, `13 de noviembre de 2025`.
fn month_second(input: &[u8]) -> Parsed<'_, Date> {
    let of = |input| opt(terminated(one_of(&["de", "di", "of"]), gap)).parse(input);
    let (input, day) = terminated(two, (opt(sign(MARKS)), blanks, of)).parse(input)?;
    let (input, month) = terminated(month, (opt(one_of(&["."])), opt(one_of(COMMAS)))).parse(input)?;
    let (input, _) = (opt(sign(b"-/")), blanks, of).parse(input)?;
    let (input, year) = alt((year, short_year)).parse(input)?;
    Ok((input, Date::Certain(year, month, day)))
}

/// `2025-11-13`, `2025/11/13`, `2025. 11. 13.`, and with the signs for year, month and day of East Asia.
fn year_first(input: &[u8]) -> Parsed<'_, Date> {
    let after = |words| terminated(alt((sign(MARKS).map(drop), one_of(words))), blanks);
    let (input, year) = terminated(year, after(&["年", "년"])).parse(input)?;
    let (input, month) = terminated(two, after(&["月", "월"])).parse(input)?;
    let (input, day) = terminated(two, opt(one_of(&["日", "일", "."]))).parse(input)?;
    Ok((input, Date::Certain(year, month, day)))
}

fn numeric(input: &[u8]) -> Parsed<'_, Date> {
    let (input, first) = two(input)?;
    let (input, second) = preceded((sign(MARKS), blanks), two).parse(input)?;
    let (input, _) = (sign(MARKS), blanks).parse(input)?;
    let short = |input| {
        let (rest, year) = short_year(input)?;
        let is_date = first.min(second) <= 12 && first.max(second) <= 31;
        if is_date { Ok((rest, Date::Short(first, second, year))) } else { Err(NOTHING) }
    };
    let (input, date) = alt((year.map(|year| Date::Numeric(first, second, year)), short)).parse(input)?;
    let (input, _) = opt(one_of(&["."])).parse(input)?;
    Ok((input, date))
}

pub(super) fn year(input: &[u8]) -> Parsed<'_, u16> {
    number::<4, 4>.map(|number| u16::try_from(number).unwrap_or(u16::MAX)).parse(input)
}

fn short_year(input: &[u8]) -> Parsed<'_, u16> {
    let full = |number: u32| {
        let century = match number {
            ..BUDDHIST_FROM => 2000,
            BUDDHIST_FROM..UNSET_FROM => 2500,
            _ => 1900,
        };
        u16::try_from(number).unwrap_or(0).saturating_add(century)
    };
    number::<2, 2>.map(full).parse(input)
}
