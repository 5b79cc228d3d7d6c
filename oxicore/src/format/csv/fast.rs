//! The row that nearly all lines are, read without looking at it twice: a 24-hour clock, the date of the row before,
//! and two to five plain numbers. Everything else is left to the general reader, which this one must always equal.

use super::Dialect;
use super::columns::Columns;
use super::row::{Readings, Row};
use crate::recording::Reminders;
use crate::units::{Motion, PulseRate, Spo2};

/// Bytes of a clock, `HH:MM:SS`.
const CLOCK: usize = 8;
/// Most bytes from the end of the clock to the end of the cell, delimiter included.
const DATE: usize = 16;

/// What follows the clock in the row before: the same date, letter by letter.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fast {
    is_possible: bool,
    date: u128,
    mask: u128,
    len: usize,
}

/// A row of the same date as the one before.
pub(super) struct SameDay {
    /// Seconds since midnight.
    pub(super) second: u32,
    pub(super) readings: Readings,
    /// Bytes of the line and its end.
    pub(super) len: usize,
}

impl Fast {
    /// Only the vendors' columns, divided by commas, a byte a character.
    pub(super) fn new(dialect: &Dialect, is_bytes: bool) -> Self {
        let is_plain = is_bytes && dialect.delimiter == b',' && dialect.columns == Columns::VENDOR;
        let is_possible = is_plain && dialect.is_fast;
        Self { is_possible, ..Self::default() }
    }

    /// Remembers the date of a row that the general reader has read from `text`.
    pub(super) fn learn(&mut self, text: &[u8], row: &Row) {
        let len = row.time_len.saturating_add(1).saturating_sub(CLOCK);
        let date = text.get(CLOCK..).and_then(<[u8]>::first_chunk::<DATE>);
        let is_plain =
            !row.stamp.clock.twelve_hour && text.get(CLOCK) == Some(&b' ') && second_of_day(text).is_some();
        self.len = 0;
        if let Some(date) = date.filter(|_| self.is_possible && is_plain && (2..=DATE).contains(&len)) {
            let unused = DATE.saturating_sub(len).saturating_mul(8);
            self.mask = u128::MAX.checked_shr(u32::try_from(unused).unwrap_or(0)).unwrap_or(0);
            self.date = u128::from_le_bytes(*date) & self.mask;
            self.len = len;
        }
    }

    /// The row at the start of `rest`, if it is of the expected shape to the last byte.
    #[inline]
    pub(super) fn read(&self, rest: &[u8]) -> Option<SameDay> {
        let date = u128::from_le_bytes(*rest.get(CLOCK..)?.first_chunk::<DATE>()?);
        if self.len == 0 || date & self.mask != self.date {
            return None;
        }
        let second = second_of_day(rest)?;
        let values = rest.get(CLOCK.checked_add(self.len)?..)?;
        let (spo2, comma, after) = plain(values)?;
        let (pulse, end, mut after) = plain(after).filter(|_| comma == b',')?;
        let (mut end, mut others) = (end, [None; 3]);
        for slot in &mut others {
            if end != b',' {
                break;
            }
            let (value, next, rest) = plain(after)?;
            (*slot, end, after) = (Some(value), next, rest);
        }
        let after = match end {
            b'\n' => after,
            b'\r' => after.strip_prefix(b"\n")?,
            _ => return None,
        };
        let [motion, spo2_reminder, pulse_reminder] = others;
        let is_set = |flag: Option<u32>| flag.is_some_and(|flag| flag != 0);
        let readings = Readings {
            spo2: Spo2::from_device(spo2),
            pulse: PulseRate::from_device(pulse),
            motion: motion.and_then(Motion::from_device),
            reminders: Reminders { spo2: is_set(spo2_reminder), pulse: is_set(pulse_reminder) },
        };
        Some(SameDay { second, readings, len: rest.len().saturating_sub(after.len()) })
    }
}

/// `HH:MM:SS` at the start of a text, all eight bytes at once: after the subtraction of `00:00:00` digits are 0..=9 and
/// colons 0, and adding 0x76 to a digit shows in its top bit whether it is more than 9.
#[inline]
fn second_of_day(text: &[u8]) -> Option<u32> {
    const COLONS: u64 = u64::from_le_bytes(*b"\0\0\xff\0\0\xff\0\0");
    const OVER_9: u64 = u64::from_le_bytes(*b"\x76\x76\0\x76\x76\0\x76\x76");
    const TOP_BITS: u64 = u64::from_le_bytes(*b"\x80\x80\0\x80\x80\0\x80\x80");
    let word = u64::from_le_bytes(*text.first_chunk::<CLOCK>()?) ^ u64::from_le_bytes(*b"00:00:00");
    if (word & COLONS) | ((word.wrapping_add(OVER_9) | word) & TOP_BITS) != 0 {
        return None;
    }
    let [h1, h0, _, m1, m0, _, s1, s0] = word.to_le_bytes().map(u32::from);
    let two = |tens: u32, ones: u32| tens.wrapping_mul(10).wrapping_add(ones);
    let (hour, minute, second) = (two(h1, h0), two(m1, m0), two(s1, s0));
    let is_time = hour < 24 && minute < 60 && second < 60;
    is_time.then(|| hour.wrapping_mul(3_600).wrapping_add(minute.wrapping_mul(60)).wrapping_add(second))
}

/// One to five digits, the byte that ends them, and what follows it.
#[inline]
fn plain(text: &[u8]) -> Option<(u32, u8, &[u8])> {
    let mut value = 0_u32;
    let mut rest = text;
    for _ in 0..=5 {
        let (&byte, after) = rest.split_first()?;
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return (rest.len() < text.len()).then_some((value, byte, after));
        }
        value = value.wrapping_mul(10).wrapping_add(digit.into());
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_read_as_seconds_of_the_day() {
        assert_eq!(second_of_day(b"00:00:00"), Some(0));
        assert_eq!(second_of_day(b"23:59:59 "), Some(86_399));
        for text in [
            &b"24:00:00"[..],
            b"23:60:00",
            b"23:59:60",
            b"23-59:59",
            b"2a:59:59",
            b"\xb0\xb0:00:00",
            b"1:02:03",
        ] {
            assert_eq!(second_of_day(text), None, "{text:?}");
        }
    }

    #[test]
    fn only_one_to_five_plain_digits_are_a_number() {
        assert_eq!(plain(b"96,x"), Some((96, b',', &b"x"[..])));
        assert_eq!(plain(b"65535\n"), Some((65_535, b'\n', &b""[..])));
        for text in [&b"--,"[..], b",", b"", b"96", b"655350,", b" 96,"] {
            assert_eq!(plain(text).filter(|(_, end, _)| matches!(end, b',' | b'\n')), None, "{text:?}");
        }
    }
}
