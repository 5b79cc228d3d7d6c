//! The moment of a row, by grammar: a clock and a date in either order, as phones and desktops of many countries write
//! them, or ISO 8601. Forms with their sources: docs/FORMATS.md, "Times".

mod clock;
mod counted;
mod date;
mod signs;
mod weekday;
mod words;
mod zone;

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
use weekday::{Weekday, weekday};

use zone::{Zone, zone};

/// A row's time as written: the clock is certain, the order of a numeric date may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) date: Date,
    pub(super) clock: Clock,
    /// Minutes before universal time, where a zone is written.
    pub(super) offset_min: Option<i16>,
    /// The name of a zone is written that could be several.
    pub(super) has_unknown_zone: bool,
    /// The day of the week, where it is written.
    weekday: Option<Weekday>,
}

impl Stamp {
    fn new(date: Date, clock: Clock, zone: Option<Zone>, weekday: Option<Weekday>) -> Self {
        let offset_min = match zone {
            Some(Zone::Offset(minutes)) => Some(minutes),
            Some(Zone::Unknown) | None => None,
        };
        Self { date, clock, offset_min, has_unknown_zone: zone == Some(Zone::Unknown), weekday }
    }

    /// The moment, once the order of numeric dates is known; `None` when there is no such day, or it is another day of the week.
    pub(super) fn resolve(&self, order: DateOrder) -> Option<LocalDateTime> {
        self.of_calendar(order).filter(|time| self.weekday.is_none_or(|day| day.is_of(*time)))
    }

    /// Whether the day of the week tells more of a date than its numbers do.
    pub(super) const fn has_weekday(&self) -> bool {
        self.weekday.is_some()
    }

    /// Why there is no moment.
    pub(super) fn fault(&self, order: DateOrder) -> &'static str {
        match self.of_calendar(order) {
            Some(_) => "weekday",
            None if self.date.is_of_other_calendar() => "calendar",
            None => "date",
        }
    }

    fn of_calendar(&self, order: DateOrder) -> Option<LocalDateTime> {
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
    let (rest, stamp) = if delimiter == b',' { (rest, stamp) } else { with_decimals(rest, stamp) };
    Some((without_spaces(rest), stamp))
}

/// Three or six decimals of the second behind a comma, which does not divide the cells.
fn with_decimals(rest: &[u8], stamp: Stamp) -> (&[u8], Stamp) {
    let decimals = preceded(sign(b","), alt((number::<3, 3>, number::<6, 6>.map(|number| number / 1_000))));
    match { decimals }.parse(rest) {
        Ok((rest, thousandths)) if stamp.clock.milliseconds == 0 && stamp.offset_min.is_none() => {
            let milliseconds = u16::try_from(thousandths).unwrap_or(0);
            (rest, Stamp { clock: Clock { milliseconds, ..stamp.clock }, ..stamp })
        }
        _ => (rest, stamp),
    }
}

/// Whether a moment is a day and a clock in a cell each.
pub(super) fn is_in_two_cells(input: &[u8], delimiter: u8) -> bool {
    one_cell(input).is_err() && stamp(input, delimiter).is_some()
}

/// Whether a moment begins with a day of the week.
pub(super) fn begins_with_weekday(input: &[u8], delimiter: u8) -> bool {
    weekday(input).is_ok() && stamp(input, delimiter).is_some()
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
        let (rest, stamp) =
            preceded(blanks, alt((clock_first, date_first, compact, clock_inside))).parse(input)?;
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
    let date_then = |input| (date::day, divider(delimiter), clock::clock_or_minute).parse(input);
    let clock_then = |input| (clock::clock_or_minute, divider(delimiter), date::day).parse(input);
    let (input, _) = quote(input)?;
    let either = alt((
        date_then.map(|((weekday, date), (), clock)| Stamp::new(date, clock, None, weekday)),
        clock_then.map(|(clock, (), (weekday, date))| Stamp::new(date, clock, None, weekday)),
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
    let date = |input| preceded(separator, date::day).parse(input);
    if let Ok((input, (weekday, date))) = date(input) {
        let (input, zone) = opt(zone).parse(input)?;
        return Ok((input, Stamp::new(date, clock, zone, weekday)));
    }
    // Not before: a month's name in capitals is no zone.
    let (input, (zone, (weekday, date))) = (zone, date).parse(input)?;
    Ok((input, Stamp::new(date, clock, Some(zone), weekday)))
}

fn date_first(input: &[u8]) -> Parsed<'_, Stamp> {
    let (input, (before, date)) = date::day(input)?;
    let (input, after) = if before.is_some() { (input, None) } else { opt(weekday).parse(input)? };
    let separated = alt((one_of(&["T", "_"]), joined, separator));
    let (input, _) =
        if after.is_some() { blanks.map(drop).parse(input)? } else { { separated }.parse(input)? };
    let (input, clock) = clock::clock_or_minute(input)?;
    let (input, _) = opt((blanks, one_of(&["Uhr", "uhr"]))).parse(input)?;
    let (input, zone) = opt(zone).parse(input)?;
    Ok((input, Stamp::new(date, clock, zone, before.or(after))))
}

/// `Thu Nov 13 21:58:20 2025`, and with a zone before the year, as the tools of Unix write it.
fn clock_inside(input: &[u8]) -> Parsed<'_, Stamp> {
    let (input, (weekday, month, ())) = (weekday, words::month, gap).parse(input)?;
    let (input, (day, (), clock)) = (two, gap, clock::clock).parse(input)?;
    let (input, (zone, (), year)) = (opt(zone), gap, date::year).parse(input)?;
    Ok((input, Stamp::new(Date::Certain(year, month, day), clock, zone, Some(weekday))))
}

/// `20251113T215820` and `20251113215820`, the date first.
fn compact(input: &[u8]) -> Parsed<'_, Stamp> {
    let (input, day) = eight(input)?;
    let (input, _) = opt(alt((one_of(&["T", "_"]), separator))).parse(input)?;
    let (input, time) = number::<6, 6>(input)?;
    let (input, milliseconds) = opt(preceded(sign(b"."), thousandths)).parse(input)?;
    let (input, zone) = opt(zone).parse(input)?;
    let part = |number: u32, unit: u32| u8::try_from(number.div_euclid(unit).rem_euclid(100)).unwrap_or(0);
    let date =
        Date::Certain(u16::try_from(day.div_euclid(10_000)).unwrap_or(0), part(day, 100), part(day, 1));
    let clock =
        clock::Clock::of_day((part(time, 10_000), part(time, 100), part(time, 1)), milliseconds.unwrap_or(0));
    let stamp = Stamp::new(date, clock, zone, None);
    if stamp.resolve(DateOrder::DayFirst).is_some() { Ok((input, stamp)) } else { Err(NOTHING) }
}

/// Eight digits, whatever follows.
fn eight(input: &[u8]) -> Parsed<'_, u32> {
    let grow = |sum: u32, digit: u8| sum.wrapping_mul(10).wrapping_add(digit.into());
    fold_many_m_n(8, 8, digit, || 0_u32, grow).parse(input)
}

/// A word between a date and a clock, as phones and desktops write it in full.
fn joined(input: &[u8]) -> Parsed<'_, ()> {
    const WORDS: &[&str] = &[
        "at", "um", "à", "a las", "às", "as", "alle", "ora", "la", "kl.", "kl", "klo", "om", "o", "в", "на",
        "-",
    ];
    (separator, one_of(WORDS), gap).map(drop).parse(input)
}

fn separator(input: &[u8]) -> Parsed<'_, ()> {
    preceded(opt(one_of(&[",", "\u{60c}"])), gap).parse(input)
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
