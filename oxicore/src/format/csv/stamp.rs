//! The time of a row: a clock and a date in either order, or ISO 8601.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while, take_while_m_n};
use nom::character::complete::{one_of, space0, space1};
use nom::combinator::{map, map_opt, not, opt, success, value};
use nom::sequence::{delimited, preceded, terminated};

use super::dates::DateOrder;
use crate::time::{LocalDateTime, MONTHS};

/// Nobody asks why a time cannot be read, only where: at its beginning.
type IResult<I, O> = nom::IResult<I, O, ()>;

/// A row's time as written: the clock is certain, the order of a numeric date may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) date: Date,
    pub(super) clock: Clock,
}

/// A calendar day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Date {
    /// Year, month, day: the month was a word, or the year came first.
    Certain(u16, u8, u8),
    /// First and second component, year: day-first or month-first.
    Numeric(u8, u8, u16),
}

impl Date {
    /// A year that only a clock nobody has set can show.
    pub(super) const fn is_unset(self) -> bool {
        matches!(self, Self::Certain(1970, ..) | Self::Numeric(_, _, 1970))
    }
}

/// Hour 0..=23, minute, second, and whether AM or PM was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) time: (u8, u8, u8),
    pub(super) twelve_hour: bool,
}

impl Stamp {
    /// The moment, once the order of numeric dates is known; `None` when there is no such day.
    pub(super) fn resolve(&self, order: DateOrder) -> Option<LocalDateTime> {
        let date = match (self.date, order) {
            (Date::Certain(year, month, day), _)
            | (Date::Numeric(day, month, year), DateOrder::DayFirst)
            | (Date::Numeric(month, day, year), DateOrder::MonthFirst) => (year, month, day),
        };
        LocalDateTime::new(date, self.clock.time)
    }
}

/// Reads the first cell of a row, quoted or not; leaves what follows it. With feature `emay` date and clock may also
/// be two cells.
pub(super) fn stamp(input: &[u8], delimiter: u8) -> IResult<&[u8], Stamp> {
    let moment = || alt((clock_first, date_first));
    let spaces = take_while(|b| b == b' ');
    let whole = terminated(alt((delimited(tag("\""), moment(), tag("\"")), moment())), spaces).parse(input);
    #[cfg(feature = "emay")]
    let whole = whole.or_else(|_| split(input, delimiter));
    #[cfg(not(feature = "emay"))]
    let _ = delimiter;
    whole
}

/// A date and a clock, each in a cell of its own.
#[cfg(feature = "emay")]
fn split(input: &[u8], delimiter: u8) -> IResult<&[u8], Stamp> {
    let spaces = || take_while(|b| b == b' ');
    let quote = || opt(tag("\""));
    let next = || (quote(), spaces(), take_while_m_n(1, 1, move |b| b == delimiter), spaces(), quote());
    let end = || (quote(), spaces());
    let date_then_clock = map((quote(), date, next(), clock, end()), |(_, date, _, clock, _)| (date, clock));
    let clock_then_date = map((quote(), clock, next(), date, end()), |(_, clock, _, date, _)| (date, clock));
    let (rest, (date, clock)) = alt((date_then_clock, clock_then_date)).parse(input)?;
    Ok((rest, Stamp { date, clock }))
}

fn clock_first(input: &[u8]) -> IResult<&[u8], Stamp> {
    let (rest, (clock, _, date)) = (clock, separator, date).parse(input)?;
    Ok((rest, Stamp { date, clock }))
}

fn date_first(input: &[u8]) -> IResult<&[u8], Stamp> {
    let (rest, (date, _, clock, _)) =
        (date, alt((value((), tag("T")), separator)), clock, zone).parse(input)?;
    Ok((rest, Stamp { date, clock }))
}

fn separator(input: &[u8]) -> IResult<&[u8], ()> {
    value((), (opt(tag(",")), space1)).parse(input)
}

/// An ISO zone is read past: device time is wall-clock time.
fn zone(input: &[u8]) -> IResult<&[u8], ()> {
    let offset = (one_of("+-"), digits(2, 2), opt(tag(":")), digits(2, 2));
    alt((value((), tag("Z")), value((), offset), success(()))).parse(input)
}

fn clock(input: &[u8]) -> IResult<&[u8], Clock> {
    let two = || map(digits(1, 2), |n| n as u8);
    let colon = || tag(":");
    let (rest, (hour, _, minute, _, second)) = (two(), colon(), two(), colon(), two()).parse(input)?;
    let (rest, _) = opt((tag("."), digits(1, 9))).parse(rest)?;
    let (rest, afternoon) = opt(preceded(wide_spaces, meridiem)).parse(rest)?;
    match hour_of_day(hour, afternoon) {
        Some(hour) if minute < 60 && second < 60 => {
            Ok((rest, Clock { time: (hour, minute, second), twelve_hour: afternoon.is_some() }))
        }
        _ => Err(nom::Err::Error(())),
    }
}

/// Phones and desktops write ordinary, no-break or narrow no-break spaces before AM and PM.
fn wide_spaces(input: &[u8]) -> IResult<&[u8], ()> {
    value((), (space0, opt(alt((tag("\u{202f}"), tag("\u{a0}"), tag(&b"\xa0"[..])))), space0)).parse(input)
}

fn meridiem(input: &[u8]) -> IResult<&[u8], bool> {
    alt((value(true, tag_no_case("pm")), value(false, tag_no_case("am")))).parse(input)
}

/// 12 AM is midnight, 12 PM is noon.
fn hour_of_day(hour: u8, afternoon: Option<bool>) -> Option<u8> {
    match (hour, afternoon) {
        (0..=23, None) => Some(hour),
        (12, Some(true)) | (1..=11, Some(false)) => Some(hour),
        (12, Some(false)) => Some(0),
        (1..=11, Some(true)) => hour.checked_add(12),
        _ => None,
    }
}

fn date(input: &[u8]) -> IResult<&[u8], Date> {
    alt((named_month, year_first, numeric)).parse(input)
}

/// `Jan 02 2026`, `Jan 2, 2026`, and with a full-width comma before the year.
fn named_month(input: &[u8]) -> IResult<&[u8], Date> {
    let day = map(digits(1, 2), |n| n as u8);
    let comma = alt((tag(","), tag("\u{FF0C}")));
    let gap = alt((value((), (comma, space0)), value((), space1)));
    let (rest, (month, _, day, _, year)) = (month, space1, day, gap, year).parse(input)?;
    Ok((rest, Date::Certain(year, month, day)))
}

fn year_first(input: &[u8]) -> IResult<&[u8], Date> {
    let two = || map(digits(1, 2), |n| n as u8);
    let (rest, (year, _, month, _, day)) = (year, one_of("-/."), two(), one_of("-/."), two()).parse(input)?;
    Ok((rest, Date::Certain(year, month, day)))
}

fn numeric(input: &[u8]) -> IResult<&[u8], Date> {
    let two = || map(digits(1, 2), |n| n as u8);
    let (rest, (first, _, second, _, year)) =
        (two(), one_of("/.-"), two(), one_of("/.-"), year).parse(input)?;
    Ok((rest, Date::Numeric(first, second, year)))
}

fn year(input: &[u8]) -> IResult<&[u8], u16> {
    map(digits(4, 4), |n| n as u16).parse(input)
}

/// English three letters, any case; a longer word is not a month.
fn month(input: &[u8]) -> IResult<&[u8], u8> {
    let number =
        |word: &[u8]| MONTHS.iter().zip(1_u8..).find(|(m, _)| word.eq_ignore_ascii_case(m.as_bytes()));
    map_opt(take_while_m_n(3, 3, |b: u8| b.is_ascii_alphabetic()), move |word| Some(number(word)?.1))
        .parse(input)
}

/// A number of `min..=max` digits that no further digit follows.
fn digits<'a>(min: usize, max: usize) -> impl Parser<&'a [u8], Output = u32, Error = ()> {
    let all = take_while_m_n(min, max, |b: u8| b.is_ascii_digit());
    map(terminated(all, not(one_of("0123456789"))), |text: &[u8]| {
        text.iter().fold(0_u32, |n, &b| n.wrapping_mul(10).wrapping_add(u32::from(b.wrapping_sub(b'0'))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Date, (u8, u8, u8))> {
        let (rest, stamp) = stamp(text.as_bytes(), b',').ok()?;
        rest.is_empty().then_some((stamp.date, stamp.clock.time))
    }

    #[test]
    fn every_way_to_write_a_moment_is_read() {
        let jan_2 = Date::Certain(2026, 1, 2);
        for (text, time) in [
            ("23:59:30 Jan 02 2026", (23, 59, 30)),
            ("\"11:59:30PM Jan 2, 2026\"", (23, 59, 30)),
            ("11:59:30PM Jan 2, 2026", (23, 59, 30)),
            ("12:00:01AM Jan 02 2026", (0, 0, 1)),
            ("12:00:01 pm jan 02\u{FF0C}2026", (12, 0, 1)),
            ("2026-01-02T23:59:30+01:00", (23, 59, 30)),
            ("2026-01-02 23:59:30 ", (23, 59, 30)),
            ("2026-01-02T23:59:30.250Z", (23, 59, 30)),
            ("11:59:30\u{202f}PM Jan 02 2026", (23, 59, 30)),
        ] {
            assert_eq!(read(text), Some((jan_2, time)), "{text:?}");
        }
        assert_eq!(read("23:59:30 02/01/2026"), Some((Date::Numeric(2, 1, 2026), (23, 59, 30))));
        assert_eq!(read("28/03/2025 23:59:56"), Some((Date::Numeric(28, 3, 2025), (23, 59, 56))));
    }

    #[test]
    #[cfg(feature = "emay")]
    fn a_date_and_a_clock_may_be_two_cells() {
        for text in ["1/2/2026,11:59:30 PM", "\"1/2/2026\",\"11:59:30 PM\"", "11:59:30 PM, 1/2/2026"] {
            assert_eq!(read(text), Some((Date::Numeric(1, 2, 2026), (23, 59, 30))), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "Time",
            "24:00:00 Jan 02 2026",
            "13:00:00PM Jan 02 2026",
            "23:59 Jan 02 2026",
            "0:0:0",
            "23:59:30 Janu 02 2026",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_does_not_resolve() {
        let (_, stamp) = stamp(b"10:00:00 31/02/2026", b',').unwrap();
        assert_eq!(stamp.resolve(DateOrder::DayFirst), None);
    }
}
