//! The moment of a row, by grammar: a clock and a date in either order, as phones and desktops of many countries write
//! them, or ISO 8601. Forms with their sources: docs/FORMATS.md, "Times".

mod clock;
mod counted;
mod date;
mod signs;
mod words;

use nom::Parser;
use nom::branch::alt;
use nom::combinator::opt;
use nom::multi::fold_many_m_n;
use nom::sequence::{delimited, preceded};

pub(super) use crate::notices::DateOrder;
use crate::time::LocalDateTime;
pub(super) use clock::{Clock, hour_of_day};
pub(super) use counted::{Number, Unit, clock_ms};
pub(super) use date::Date;
pub(super) use signs::has_digit;
use signs::{NOTHING, Parsed, blanks, digit, gap, number, one_of, sign, thousandths, two};

/// A row's time as written: the clock is certain, the order of a numeric date may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) date: Date,
    pub(super) clock: Clock,
    /// Minutes before universal time, where a zone is written.
    pub(super) offset_min: Option<i16>,
}

impl Stamp {
    /// The moment, once the order of numeric dates is known; `None` when there is no such day.
    pub(super) fn resolve(&self, order: DateOrder) -> Option<LocalDateTime> {
        let date = match (self.date, order) {
            (Date::Certain(year, month, day), _)
            | (Date::Numeric(day, month, year) | Date::Short(day, month, year), DateOrder::DayFirst)
            | (Date::Numeric(month, day, year) | Date::Short(month, day, year), DateOrder::MonthFirst) => {
                (year, month, day)
            }
        };
        LocalDateTime::new(date, self.clock.time)
    }

    /// How many seconds later the moment is in the zone of the first row: zones change at night with the season.
    pub(super) fn shift_s(&self, first_min: Option<i16>) -> i64 {
        let minutes =
            first_min.zip(self.offset_min).map(|(first, own)| i64::from(first).saturating_sub(own.into()));
        minutes.unwrap_or(0).saturating_mul(60)
    }
}

/// Reads the first cell of a row, quoted or not, and gives what follows it. With feature `emay` date and clock may also
/// be two cells. Nobody asks why a time cannot be read, only where: at its beginning.
pub(super) fn stamp(input: &[u8], delimiter: u8) -> Option<(&[u8], Stamp)> {
    let found = one_cell(input);
    #[cfg(feature = "emay")]
    let found = found.or_else(|_| two_cells(input, delimiter));
    #[cfg(not(feature = "emay"))]
    let _ = delimiter;
    let (rest, stamp) = found.ok()?;
    Some((without_spaces(rest), stamp))
}

/// What follows ordinary spaces: a tab may be the delimiter.
fn without_spaces(mut rest: &[u8]) -> &[u8] {
    while let Some(next) = rest.strip_prefix(b" ") {
        rest = next;
    }
    rest
}

fn one_cell(input: &[u8]) -> Parsed<'_, Stamp> {
    let moment = |input| {
        let (rest, stamp) = preceded(blanks, alt((clock_first, date_first, compact))).parse(input)?;
        if is_ambiguous(&stamp) { Err(NOTHING) } else { Ok((rest, stamp)) }
    };
    let quote = one_of(&["\""]);
    if input.starts_with(b"\"") { delimited(&quote, moment, &quote).parse(input) } else { moment(input) }
}

/// Dots in the clock and a dotted date with a short year: either could be the other.
const fn is_ambiguous(stamp: &Stamp) -> bool {
    stamp.clock.is_dotted && matches!(stamp.date, Date::Short(..))
}

/// A date and a clock, each in a cell of its own.
#[cfg(feature = "emay")]
fn two_cells(input: &[u8], delimiter: u8) -> Parsed<'_, Stamp> {
    let date_then = |input| (date::date, divider(delimiter), clock::clock_or_minute).parse(input);
    let clock_then = |input| (clock::clock_or_minute, divider(delimiter), date::date).parse(input);
    let (input, _) = quote(input)?;
    let either = alt((
        date_then.map(|(date, (), clock)| Stamp { date, clock, offset_min: None }),
        clock_then.map(|(clock, (), date)| Stamp { date, clock, offset_min: None }),
    ));
    let (input, stamp) = { either }.parse(input)?;
    let (input, _) = quote(input)?;
    if is_ambiguous(&stamp) { Err(NOTHING) } else { Ok((input, stamp)) }
}

#[cfg(feature = "emay")]
fn quote(input: &[u8]) -> Parsed<'_, Option<()>> {
    opt(one_of(&["\""])).parse(input)
}

/// The end of a cell and the beginning of the next.
#[cfg(feature = "emay")]
fn divider(delimiter: u8) -> impl Fn(&[u8]) -> Parsed<'_, ()> {
    move |input| {
        let (rest, _) = quote(input)?;
        let rest = without_spaces(rest).strip_prefix(&[delimiter]).ok_or(NOTHING)?;
        let (rest, _) = (blanks, quote).parse(rest)?;
        Ok((rest, ()))
    }
}

fn clock_first(input: &[u8]) -> Parsed<'_, Stamp> {
    let (input, clock) = clock::clock_or_minute(input)?;
    let (input, date) = preceded(separator, date::date).parse(input)?;
    Ok((input, Stamp { date, clock, offset_min: None }))
}

fn date_first(input: &[u8]) -> Parsed<'_, Stamp> {
    let (input, date) = date::date(input)?;
    let (input, _) = alt((one_of(&["T"]), separator)).parse(input)?;
    let (input, clock) = clock::clock_or_minute(input)?;
    let (input, offset_min) = opt(zone).parse(input)?;
    Ok((input, Stamp { date, clock, offset_min }))
}

/// `20251113T215820` and `20251113215820`, the date first.
fn compact(input: &[u8]) -> Parsed<'_, Stamp> {
    let (input, day) = eight(input)?;
    let (input, _) = opt(alt((one_of(&["T", "_"]), separator))).parse(input)?;
    let (input, time) = number::<6, 6>(input)?;
    let (input, milliseconds) = opt(preceded(sign(b"."), thousandths)).parse(input)?;
    let (input, offset_min) = opt(zone).parse(input)?;
    let part = |number: u32, unit: u32| u8::try_from(number.div_euclid(unit).rem_euclid(100)).unwrap_or(0);
    let date =
        Date::Certain(u16::try_from(day.div_euclid(10_000)).unwrap_or(0), part(day, 100), part(day, 1));
    let clock =
        clock::Clock::of_day((part(time, 10_000), part(time, 100), part(time, 1)), milliseconds.unwrap_or(0));
    let stamp = Stamp { date, clock, offset_min };
    if stamp.resolve(DateOrder::DayFirst).is_some() { Ok((input, stamp)) } else { Err(NOTHING) }
}

/// Eight digits, whatever follows.
fn eight(input: &[u8]) -> Parsed<'_, u32> {
    let grow = |sum: u32, digit: u8| sum.wrapping_mul(10).wrapping_add(digit.into());
    fold_many_m_n(8, 8, digit, || 0_u32, grow).parse(input)
}

fn separator(input: &[u8]) -> Parsed<'_, ()> {
    preceded(opt(one_of(&[",", "\u{60c}"])), gap).parse(input)
}

/// Minutes before universal time: `Z`, `UTC`, `GMT`, `+01:00`, `+0100` or `+01`.
fn zone(input: &[u8]) -> Parsed<'_, i16> {
    preceded(blanks, alt((one_of(&["Z", "UTC", "GMT"]).map(|()| 0), offset))).parse(input)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Date, (u8, u8, u8))> {
        let (rest, stamp) = stamp(text.as_bytes(), b',')?;
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
            ("11:59:30 p. m. 02 de enero de 2026", (23, 59, 30)),
            ("23:59:30 January 2, 2026", (23, 59, 30)),
            ("23:59:30 2 Jan 2026", (23, 59, 30)),
            ("2. januar 2026 23.59.30", (23, 59, 30)),
            ("02-ian.-26 23:59:30", (23, 59, 30)),
            ("2026/1/2 \u{4e0b}\u{5348}11:59:30", (23, 59, 30)),
            ("2026. 1. 2. \u{c624}\u{d6c4} 11:59:30", (23, 59, 30)),
            ("2026\u{5e74}1\u{6708}2\u{65e5} 23:59:30", (23, 59, 30)),
            ("2026-01-02T23:59:30+01:00", (23, 59, 30)),
            ("2026-01-02T23:59:30-0330", (23, 59, 30)),
            ("2026-01-02 23:59:30 +01", (23, 59, 30)),
            ("2026-01-02 23:59:30 Z", (23, 59, 30)),
            ("2026-01-02 23:59:30 ", (23, 59, 30)),
            ("2026-01-02T23:59:30.250Z", (23, 59, 30)),
            ("11:59:30\u{202f}PM Jan 02 2026", (23, 59, 30)),
            ("20260102235930", (23, 59, 30)),
            ("20260102T235930Z", (23, 59, 30)),
            ("20260102 235930", (23, 59, 30)),
        ] {
            assert_eq!(read(text), Some((jan_2, time)), "{text:?}");
        }
        assert_eq!(read("23:59:30 02/01/2026"), Some((Date::Numeric(2, 1, 2026), (23, 59, 30))));
        let arabic = "\u{200f}\u{0662}\u{0663}:\u{0665}\u{0669}:\u{0663}\u{0660} \u{0662}\u{200f}/\u{0661}\u{200f}/\u{0662}\u{0660}\u{0662}\u{0666}";
        assert_eq!(read(arabic), Some((Date::Numeric(2, 1, 2026), (23, 59, 30))));
        assert_eq!(read("23:59:30 2.1.2026."), Some((Date::Numeric(2, 1, 2026), (23, 59, 30))));
        assert_eq!(read("23:59:30 01/13/26"), Some((Date::Short(1, 13, 2026), (23, 59, 30))));
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
            "23.59 Jan 02 2026",
            "23:59: Jan 02 2026",
            "23:60 Jan 02 2026",
            "0:0:0",
            "23:59:30 02/01/126",
            "10.11.12 13.10.25",
            "23:59:30 lip 02 2026",
            "20261302235930",
            "20260102246030",
            "202601022359",
            "202601022359300",
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
