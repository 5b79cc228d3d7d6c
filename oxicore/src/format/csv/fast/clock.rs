//! The clock of a row: mostly a minute that is known, and its seconds.

use super::cold_path;

use super::digits::{not_pairs, others, pairs};
use crate::format::csv::stamp;

/// Bytes of a clock, `HH:MM:SS`.
pub(super) const BYTES: usize = 8;
/// Earlier than any place a row can have.
pub(super) const NO_TIME: u32 = i32::MIN.cast_unsigned();
const MIDNIGHT: u64 = u64::from_le_bytes(*b"00:00:00");

/// The clock of the row before.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clock {
    /// With `00` for its seconds.
    minute: u64,
    /// Seconds at `minute`, midnight being at `midnight_s`.
    minute_s: u32,
    /// Place of midnight: 0, or within a run that of its samples, wrapping where it lies before the first.
    midnight_s: u32,
    /// Of a clock of twelve hours, whether it is past noon.
    afternoon: Option<bool>,
}

impl Clock {
    /// A clock like the one that is written as `characters`, where they are eight digits and colons.
    pub(super) fn new(characters: u64, like: &stamp::Clock) -> Option<Self> {
        let mut clock = Self { afternoon: like.afternoon, ..Self::default() };
        (clock.begin_any_minute(characters) != NO_TIME).then_some(clock)
    }

    /// Counts seconds so that midnight is at this place.
    pub(super) const fn count_from(&mut self, midnight_s: u32) {
        self.minute_s = self.minute_s.wrapping_sub(self.midnight_s).wrapping_add(midnight_s);
        self.midnight_s = midnight_s;
    }

    /// Seconds since midnight, from its place; [`NO_TIME`] where the characters are none.
    #[inline(always)]
    pub(super) fn second(&mut self, clock: u64) -> u32 {
        let digits = seconds(clock, self.minute);
        if not_seconds(digits) != 0 {
            cold_path();
            return self.begin_minute(clock);
        }
        self.minute_s.wrapping_add(first_pair(digits))
    }

    /// Another minute, which is the next one unless its ones run over or time is missing.
    #[inline(always)]
    fn begin_minute(&mut self, clock: u64) -> u32 {
        const ONE: u64 = u64::from_le_bytes(*b"\0\0\0\0\x01\0\0\0");
        let next = self.minute.wrapping_add(ONE);
        let digits = seconds(clock, next);
        if not_seconds(digits) == 0 && (next >> 32 & 0xff) as u8 <= b'9' {
            (self.minute, self.minute_s) = (next, self.minute_s.wrapping_add(60));
            return self.minute_s.wrapping_add(first_pair(digits));
        }
        self.begin_any_minute(clock)
    }

    #[cold]
    fn begin_any_minute(&mut self, clock: u64) -> u32 {
        const SECONDS: u64 = u64::from_le_bytes(*b"\0\0\0\0\0\0\xff\xff");
        let Some(second) = second_of_day(clock, self.afternoon) else { return NO_TIME };
        let second = second.wrapping_add(self.midnight_s);
        self.minute = (clock & !SECONDS) | (MIDNIGHT & SECONDS);
        self.minute_s = second.wrapping_sub(first_pair(seconds(clock, MIDNIGHT)));
        second
    }
}

/// `HH:MM:SS` as seconds since midnight; of twelve hours, where it is said which.
fn second_of_day(clock: u64, afternoon: Option<bool>) -> Option<u32> {
    let digits = clock ^ MIDNIGHT;
    let [_, hour, _, _, minute, _, _, second] = pairs(digits).to_le_bytes();
    let hour = stamp::hour_of_day(hour, afternoon).filter(|_| not_pairs(digits) == 0)?;
    (minute < 60 && second < 60).then(|| seconds_since_midnight([hour, minute, second]))
}

fn seconds_since_midnight(time: [u8; 3]) -> u32 {
    time.into_iter().fold(0, |sum: u32, part| sum.wrapping_mul(60).wrapping_add(part.into()))
}

/// What is left of a clock in a minute: the digits of its seconds, moved to the front, where constants are short.
#[inline(always)]
const fn seconds(clock: u64, minute: u64) -> u64 {
    (clock ^ minute).rotate_left(16)
}

/// Bits that two digits up to 59 before six equal bytes do not have.
#[inline(always)]
const fn not_seconds(digits: u64) -> u64 {
    others(digits, *b"\x0a\x06\0\0\0\0\0\0", *b"\xf0\xf0\xff\xff\xff\xff\xff\xff")
}

/// The number of the last two digits, once they are the [first](seconds).
#[inline(always)]
const fn first_pair(digits: u64) -> u32 {
    (digits as u32).wrapping_mul(0x0a01 << 16) >> 24
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_read_as_seconds_of_the_day() {
        let read = |text: &[u8; 8]| second_of_day(u64::from_le_bytes(*text), None);
        assert_eq!((read(b"00:00:00"), read(b"23:59:59")), (Some(0), Some(86_399)));
        for text in [b"24:00:00", b"23:60:00", b"23:59:60", b"23-59:59", b"2a:59:59", b"\xb0\xb0:00:00"] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn twelve_hours_begin_with_twelve() {
        let read = |text: &[u8; 8], afternoon| second_of_day(u64::from_le_bytes(*text), Some(afternoon));
        assert_eq!((read(b"12:00:01", false), read(b"12:00:01", true)), (Some(1), Some(43_201)));
        assert_eq!((read(b"01:00:00", true), read(b"13:00:00", true)), (Some(46_800), None));
        assert_eq!(read(b"00:00:00", false), None);
    }
}
