//! The time of a row: a clock and a date in either order, or ISO 8601.

use crate::time::{LocalDateTime, MONTHS};

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

/// Order of the first two components of a numeric date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateOrder {
    DayFirst,
    MonthFirst,
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

/// Reads the first cell of a row, quoted or not, and gives what follows it. With feature `emay` date and clock may also
/// be two cells. Nobody asks why a time cannot be read, only where: at its beginning.
pub(super) fn stamp(input: &[u8], delimiter: u8) -> Option<(&[u8], Stamp)> {
    let mut text = Text(input);
    let whole = text.attempt(one_cell);
    #[cfg(feature = "emay")]
    let whole = whole.or_else(|| two_cells(&mut text, delimiter));
    #[cfg(not(feature = "emay"))]
    let _ = delimiter;
    text.skip(b" ");
    whole.map(|stamp| (text.0, stamp))
}

fn one_cell(text: &mut Text<'_>) -> Option<Stamp> {
    let is_quoted = text.eat(b"\"");
    let stamp = text.attempt(clock_first).or_else(|| date_first(text))?;
    (!is_quoted || text.eat(b"\"")).then_some(stamp)
}

/// A date and a clock, each in a cell of its own.
#[cfg(feature = "emay")]
fn two_cells(text: &mut Text<'_>, delimiter: u8) -> Option<Stamp> {
    text.eat(b"\"");
    let first = text.attempt(date);
    let clock_before = if first.is_none() { Some(clock(text)?) } else { None };
    text.eat(b"\"");
    text.skip(b" ");
    text.eat(&[delimiter]).then_some(())?;
    text.skip(b" ");
    text.eat(b"\"");
    let clock = clock_before.or_else(|| clock(text))?;
    let date = first.or_else(|| date(text))?;
    text.eat(b"\"");
    Some(Stamp { date, clock })
}

fn clock_first(text: &mut Text<'_>) -> Option<Stamp> {
    let clock = clock(text)?;
    separator(text)?;
    Some(Stamp { date: date(text)?, clock })
}

fn date_first(text: &mut Text<'_>) -> Option<Stamp> {
    let date = date(text)?;
    if !text.eat(b"T") {
        separator(text)?;
    }
    let clock = clock(text)?;
    text.attempt(zone);
    Some(Stamp { date, clock })
}

fn separator(text: &mut Text<'_>) -> Option<()> {
    text.eat(b",");
    text.skip(SPACES).then_some(())
}

/// An ISO zone, `Z`, `+01:00`, `+0100` or `+01`, is read past: device time is wall-clock time.
fn zone(text: &mut Text<'_>) -> Option<()> {
    text.skip(SPACES);
    if text.eat(b"Z") {
        return Some(());
    }
    text.one_of(b"+-")?;
    text.digits(2, 4)?;
    if text.eat(b":") { text.digits(2, 2).map(drop) } else { Some(()) }
}

fn clock(text: &mut Text<'_>) -> Option<Clock> {
    let hour = text.two()?;
    let [minute, second] = [text.after_colon()?, text.after_colon()?];
    text.attempt(fraction);
    let afternoon = text.attempt(meridiem);
    let hour = hour_of_day(hour, afternoon)?;
    let clock = Clock { time: (hour, minute, second), twelve_hour: afternoon.is_some() };
    (minute < 60 && second < 60).then_some(clock)
}

fn fraction(text: &mut Text<'_>) -> Option<u32> {
    text.one_of(b".")?;
    text.digits(1, 9)
}

/// Phones and desktops write ordinary, no-break or narrow no-break spaces before AM and PM.
fn meridiem(text: &mut Text<'_>) -> Option<bool> {
    const WIDE: [&[u8]; 3] = ["\u{202f}".as_bytes(), "\u{a0}".as_bytes(), b"\xa0"];
    text.skip(SPACES);
    WIDE.iter().any(|space| text.eat(space));
    text.skip(SPACES);
    let (word, rest) = text.0.split_first_chunk::<2>()?;
    text.0 = rest;
    match word.map(|letter| letter.to_ascii_lowercase()) {
        [b'p', b'm'] => Some(true),
        [b'a', b'm'] => Some(false),
        _ => None,
    }
}

/// 12 AM is midnight, 12 PM is noon.
pub(super) fn hour_of_day(hour: u8, afternoon: Option<bool>) -> Option<u8> {
    match (hour, afternoon) {
        (0..=23, None) => Some(hour),
        (12, Some(true)) | (1..=11, Some(false)) => Some(hour),
        (12, Some(false)) => Some(0),
        (1..=11, Some(true)) => hour.checked_add(12),
        _ => None,
    }
}

fn date(text: &mut Text<'_>) -> Option<Date> {
    text.attempt(named_month).or_else(|| text.attempt(year_first)).or_else(|| numeric(text))
}

/// `Jan 02 2026`, `Jan 2, 2026`, and with a full-width comma before the year.
fn named_month(text: &mut Text<'_>) -> Option<Date> {
    let (name, rest) = text.0.split_first_chunk::<3>()?;
    text.0 = rest;
    let (_, month) = MONTHS.iter().zip(1..).find(|(month, _)| name.eq_ignore_ascii_case(month.as_bytes()))?;
    text.skip(SPACES).then_some(())?;
    let day = text.two()?;
    let has_comma = text.eat(b",") || text.eat("\u{FF0C}".as_bytes());
    (text.skip(SPACES) || has_comma).then_some(())?;
    Some(Date::Certain(text.year()?, month, day))
}

fn year_first(text: &mut Text<'_>) -> Option<Date> {
    let year = text.year()?;
    let month = text.after_mark()?;
    Some(Date::Certain(year, month, text.after_mark()?))
}

fn numeric(text: &mut Text<'_>) -> Option<Date> {
    let first = text.two()?;
    let second = text.after_mark()?;
    text.one_of(MARKS)?;
    Some(Date::Numeric(first, second, text.year()?))
}

/// Between the numbers of a date.
const MARKS: &[u8] = b"-/.";
const SPACES: &[u8] = b" \t";

/// What is left to read. A reader that finds nothing may have taken some of it; [`attempt`](Self::attempt) has not.
struct Text<'a>(&'a [u8]);

impl Text<'_> {
    fn attempt<T>(&mut self, read: fn(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = Self(self.0);
        let found = read(&mut ahead)?;
        self.0 = ahead.0;
        Some(found)
    }

    /// Whether it began with this.
    fn eat(&mut self, beginning: &[u8]) -> bool {
        self.0.strip_prefix(beginning).map(|rest| self.0 = rest).is_some()
    }

    /// Passes over any number of these bytes; whether there was one.
    fn skip(&mut self, any: &[u8]) -> bool {
        let before = self.0.len();
        while self.one_of(any).is_some() {}
        self.0.len() < before
    }

    fn one_of(&mut self, any: &[u8]) -> Option<()> {
        let (_, rest) = self.0.split_first().filter(|(first, _)| any.contains(first))?;
        self.0 = rest;
        Some(())
    }

    /// A number of `min..=max` digits that no further digit follows.
    fn digits(&mut self, min: usize, max: usize) -> Option<u32> {
        let (mut value, mut count) = (0_u32, 0_usize);
        while let Some((digit, rest)) = self.0.split_first().filter(|(digit, _)| digit.is_ascii_digit()) {
            value = value.wrapping_mul(10).wrapping_add(u32::from(digit.wrapping_sub(b'0')));
            count = count.wrapping_add(1);
            self.0 = rest;
        }
        (min..=max).contains(&count).then_some(value)
    }

    fn two(&mut self) -> Option<u8> {
        self.digits(1, 2).map(|number| number as u8)
    }

    fn year(&mut self) -> Option<u16> {
        self.digits(4, 4).map(|number| number as u16)
    }

    fn after_colon(&mut self) -> Option<u8> {
        self.one_of(b":")?;
        self.two()
    }

    fn after_mark(&mut self) -> Option<u8> {
        self.one_of(MARKS)?;
        self.two()
    }
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
            ("2026-01-02T23:59:30+01:00", (23, 59, 30)),
            ("2026-01-02T23:59:30-0330", (23, 59, 30)),
            ("2026-01-02 23:59:30 +01", (23, 59, 30)),
            ("2026-01-02 23:59:30 Z", (23, 59, 30)),
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
