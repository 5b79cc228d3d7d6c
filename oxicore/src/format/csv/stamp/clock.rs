//! The time of day: `21:58:20`, `21.58.20`, with a fraction, with half a day before or after it.

use nom::Parser;
use nom::combinator::{not, opt};
use nom::sequence::{preceded, terminated};

use super::signs::{NOTHING, Parsed, blanks, sign, thousandths, two};
use super::words::half_of_day;

/// Hour 0..=23, minute, second, and which half of the day was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format::csv) struct Clock {
    pub(in crate::format::csv) time: (u8, u8, u8),
    /// Of a second that is written with a fraction.
    pub(in crate::format::csv) milliseconds: u16,
    /// Of a clock of twelve hours, whether it is past noon.
    pub(in crate::format::csv) afternoon: Option<bool>,
    /// `AM` or `PM` as the United States write it, which put the month first.
    pub(in crate::format::csv) is_am_pm: bool,
    /// Dots divide it, as they may divide a date.
    pub(super) is_dotted: bool,
}

impl Clock {
    /// Of 24 hours.
    pub(super) const fn of_day(time: (u8, u8, u8), milliseconds: u16) -> Self {
        Self { time, milliseconds, afternoon: None, is_am_pm: false, is_dotted: false }
    }

    /// Since midnight.
    pub(in crate::format::csv) fn milliseconds_of_day(&self) -> i64 {
        let (hour, minute, second) = self.time;
        let in_sixties = |sum: i64, part: u8| sum.wrapping_mul(60).wrapping_add(part.into());
        let seconds = [hour, minute, second].into_iter().fold(0, in_sixties);
        seconds.wrapping_mul(1_000).wrapping_add(self.milliseconds.into())
    }
}

pub(super) fn clock(input: &[u8]) -> Parsed<'_, Clock> {
    clock_of(input, false)
}

/// The clock beside a date, whose seconds may be left out: `21:58` is the minute, as spreadsheets show it.
pub(super) fn clock_or_minute(input: &[u8]) -> Parsed<'_, Clock> {
    clock(input).or_else(|_| clock_of(input, true))
}

fn clock_of(input: &[u8], is_whole_minute: bool) -> Parsed<'_, Clock> {
    let (input, before) = opt(terminated(half_of_day, blanks)).parse(input)?;
    let (input, hour) = two(input)?;
    let (input, mark) = sign(b":.")(input)?;
    let (input, minute) = two(input)?;
    let seconds = preceded(sign(if mark == b':' { b":" } else { b"." }), two);
    let (input, (second, milliseconds)) = if is_whole_minute && mark == b':' {
        not(sign(b":.")).map(|()| (0, None)).parse(input)?
    } else {
        (seconds, opt(preceded(sign(b"."), thousandths))).parse(input)?
    };
    let (input, after) = opt(preceded(blanks, half_of_day)).parse(input)?;
    let half = before.xor(after);
    let is_twice = before.is_some() && after.is_some();
    let is_twelve = hour == 12 && half.is_some_and(|half| half.is_evening);
    let hour = hour_of_day(hour, half.map(|half| half.is_second)).ok_or(NOTHING)?;
    if is_twice || is_twelve || minute > 59 || second > 59 {
        return Err(NOTHING);
    }
    let clock = Clock {
        time: (hour, minute, second),
        milliseconds: milliseconds.unwrap_or(0),
        afternoon: half.map(|half| half.is_second),
        is_am_pm: half.is_some_and(|half| half.is_am_pm),
        is_dotted: mark == b'.',
    };
    Ok((input, clock))
}

/// 12 AM is midnight, 12 PM is noon.
pub(in crate::format::csv) fn hour_of_day(hour: u8, afternoon: Option<bool>) -> Option<u8> {
    match (hour, afternoon) {
        (0..=23, None) => Some(hour),
        (12, Some(true)) | (1..=11, Some(false)) => Some(hour),
        (12, Some(false)) => Some(0),
        (1..=11, Some(true)) => hour.checked_add(12),
        _ => None,
    }
}
