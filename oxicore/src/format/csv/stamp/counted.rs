//! Times that are counted from some beginning: numbers of seconds, minutes, days ..., or a clock without a date.

use nom::Parser;
use nom::combinator::{all_consuming, opt};
use nom::multi::fold_many_m_n;
use nom::sequence::{preceded, terminated};

use super::clock::{Clock, clock};
use super::signs::{NOTHING, Parsed, blanks, digit, number, one_of, sign, thousandths, two};

/// What a number of a time column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format::csv) enum Unit {
    Days,
    Hours,
    Minutes,
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

impl Unit {
    /// Nanoseconds.
    const fn ns(self) -> u128 {
        match self {
            Self::Days => 86_400_000_000_000,
            Self::Hours => 3_600_000_000_000,
            Self::Minutes => 60_000_000_000,
            Self::Seconds => 1_000_000_000,
            Self::Milliseconds => 1_000_000,
            Self::Microseconds => 1_000,
            Self::Nanoseconds => 1,
        }
    }
}

/// A number as written: its whole part, how many digits that has, and what stands behind the point in 10^-9.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format::csv) struct Number {
    pub(in crate::format::csv) whole: u64,
    pub(in crate::format::csv) digits: u32,
    billionths: u32,
    pub(in crate::format::csv) decimals: u32,
}

impl Number {
    /// The whole cell, with point or comma.
    pub(in crate::format::csv) fn of(cell: &[u8]) -> Option<Self> {
        all_consuming(decimal).parse(cell).ok().map(|(_, number)| number)
    }

    /// Milliseconds, the nearest; `None` where they are too many to count.
    pub(in crate::format::csv) fn milliseconds(self, unit: Unit) -> Option<i64> {
        const MILLISECOND: u128 = Unit::Milliseconds.ns();
        let part = u128::from(self.billionths).saturating_mul(unit.ns()).div_euclid(Unit::Seconds.ns());
        let ns = u128::from(self.whole).saturating_mul(unit.ns()).saturating_add(part);
        i64::try_from(ns.saturating_add(MILLISECOND / 2).div_euclid(MILLISECOND)).ok()
    }
}

fn decimal(input: &[u8]) -> Parsed<'_, Number> {
    let grow = |(sum, count): (u64, u32), digit: u8| {
        (sum.wrapping_mul(10).wrapping_add(digit.into()), count.wrapping_add(1))
    };
    let shrink = |(sum, place, count): (u32, u32, u32), digit: u8| {
        (sum.wrapping_add(place.wrapping_mul(digit.into())), place.div_euclid(10), count.wrapping_add(1))
    };
    let (input, (whole, digits)) = fold_many_m_n(1, 19, digit, || (0, 0), grow).parse(input)?;
    let part = preceded(sign(b".,"), fold_many_m_n(1, 18, digit, || (0, 100_000_000, 0), shrink));
    let (input, part) = opt(part).parse(input)?;
    let (billionths, _, decimals) = part.unwrap_or_default();
    Ok((input, Number { whole, digits, billionths, decimals }))
}

/// A clock of a cell, in milliseconds since midnight or since the beginning: `21:58:20`, `9:58:20 PM`, `101:02:03.5`;
/// and of minutes and seconds, which have no hours yet: `02:03`.
pub(in crate::format::csv) fn clock_ms(cell: &[u8]) -> Option<ClockTime> {
    let of_day = preceded(blanks, clock).map(of_day);
    let cell_of = all_consuming(of_day).parse(cell);
    let since = || all_consuming(hours_minutes_seconds).parse(cell);
    cell_of.or_else(|_| since()).or_else(|_| all_consuming(minutes_seconds).parse(cell)).ok().map(|it| it.1)
}

/// A clock without a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format::csv) struct ClockTime {
    pub(in crate::format::csv) ms: i64,
    /// Minutes and seconds, or hours and minutes: two numbers alone do not tell.
    pub(in crate::format::csv) is_short: bool,
}

fn of_day(clock: Clock) -> ClockTime {
    let (hour, minute, second) = clock.time;
    time([hour, minute, second].map(u32::from), clock.milliseconds, false)
}

fn time([hours, minutes, seconds]: [u32; 3], milliseconds: u16, is_short: bool) -> ClockTime {
    let of = |count: u32, ms: i64| i64::from(count).saturating_mul(ms);
    let ms = of(hours, 3_600_000).saturating_add(of(minutes, 60_000)).saturating_add(of(seconds, 1_000));
    ClockTime { ms: ms.saturating_add(milliseconds.into()), is_short }
}

fn hours_minutes_seconds(input: &[u8]) -> Parsed<'_, ClockTime> {
    let (input, days) = opt(terminated(days, blanks)).parse(input)?;
    let (input, hours) = number::<1, 5>(input)?;
    let hours = hours.saturating_add(days.unwrap_or(0).saturating_mul(24));
    let (input, minutes) = preceded(sign(b":"), sixty).parse(input)?;
    let (input, seconds) = preceded(sign(b":"), sixty).parse(input)?;
    let (input, part) = opt(preceded(sign(b".,"), thousandths)).parse(input)?;
    Ok((input, time([hours, minutes, seconds], part.unwrap_or(0), false)))
}

fn minutes_seconds(input: &[u8]) -> Parsed<'_, ClockTime> {
    let (input, minutes) = number::<1, 5>(input)?;
    let (input, seconds) = preceded(sign(b":"), sixty).parse(input)?;
    let (input, part) = opt(preceded(sign(b".,"), thousandths)).parse(input)?;
    Ok((input, time([0, minutes, seconds], part.unwrap_or(0), true)))
}

/// `0 days` and `1 day,` before a clock, as the tools of Python write time since a beginning.
fn days(input: &[u8]) -> Parsed<'_, u32> {
    let word = one_of(&["days", "day"]);
    terminated(number::<1, 3>, (blanks, word, opt(sign(b",")))).parse(input)
}

/// Two digits up to 59.
fn sixty(input: &[u8]) -> Parsed<'_, u32> {
    let (input, number) = two(input)?;
    if number < 60 { Ok((input, number.into())) } else { Err(NOTHING) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_counted_in_their_unit() {
        let ms = |cell: &str, unit| Number::of(cell.as_bytes()).and_then(|number| number.milliseconds(unit));
        for (cell, unit, expected) in [
            ("0", Unit::Seconds, 0),
            ("12.25", Unit::Seconds, 12_250),
            ("12,25", Unit::Seconds, 12_250),
            ("0.016667", Unit::Minutes, 1_000),
            ("1763071100", Unit::Seconds, 1_763_071_100_000),
            ("1763071100123456789", Unit::Nanoseconds, 1_763_071_100_123),
            ("45974.9155092593", Unit::Days, 3_972_232_700_000),
        ] {
            assert_eq!(ms(cell, unit), Some(expected), "{cell}");
        }
        for cell in ["", "-1", "1.", ".5", "1e3", "12 s", "99999999999999999999"] {
            assert_eq!(ms(cell, Unit::Seconds), None, "{cell}");
        }
        assert_eq!(ms("9999999999999999999", Unit::Days), None);
    }

    #[test]
    fn clocks_without_a_date_are_counted_from_midnight_or_the_beginning() {
        let ms = |cell: &str| clock_ms(cell.as_bytes()).map(|clock| (clock.ms, clock.is_short));
        for (cell, expected) in [
            ("00:00:01", (1_000, false)),
            ("9:58:20 PM", (79_100_000, false)),
            ("101:02:03.5", (363_723_500, false)),
            ("02:03", (123_000, true)),
            ("125:07", (7_507_000, true)),
            ("0 days 00:00:01", (1_000, false)),
            ("1 days 00:00:01.500000", (86_401_500, false)),
            ("1 day, 0:00:01", (86_401_000, false)),
        ] {
            assert_eq!(ms(cell), Some(expected), "{cell}");
        }
        for cell in
            ["", "1", "00:60", "1:2:3:4", "00:61:00", "21:58:20 Nov 13 2025", "0 days", "-1 days 00:00:01"]
        {
            assert_eq!(ms(cell), None, "{cell}");
        }
    }
}
