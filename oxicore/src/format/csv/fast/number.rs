//! A time that is counted in numbers: seconds since the beginning, or since 1970.

use crate::format::csv::stamp::Unit;
use crate::format::csv::time_column::Form;
use crate::time::LocalDateTime;

/// Such a time and the day of the row before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    delimiter: u8,
    /// How many make a second.
    per_second: u64,
    /// What midnight would be, in seconds.
    midnight: i64,
    /// Its place: 0, or within a run that of its samples, wrapping where it lies before the first.
    midnight_s: u32,
}

/// Of a day.
const SECONDS: u32 = 86_400;

impl Counted {
    /// Like the row of this time, given in milliseconds; `None` where seconds are not counted one by one.
    pub(super) fn of(form: Form, delimiter: u8, ms: i64, time: LocalDateTime) -> Option<Self> {
        let (Form::Elapsed(unit, _) | Form::Epoch(unit)) = form else { return None };
        let per_second = match unit {
            Unit::Seconds => 1,
            Unit::Milliseconds => 1_000,
            Unit::Microseconds => 1_000_000,
            Unit::Nanoseconds => 1_000_000_000,
            Unit::Minutes | Unit::Hours | Unit::Days => return None,
        };
        let second_of_day = time.seconds_after(time.midnight());
        let midnight = ms.div_euclid(1_000).saturating_sub(second_of_day.into());
        Some(Self { delimiter, per_second, midnight, midnight_s: 0 })
    }

    /// Counts seconds so that midnight is at this place.
    pub(super) const fn count_from(&mut self, midnight_s: u32) {
        self.midnight_s = midnight_s;
    }

    /// The second of the same day, from midnight's place, that the cell at the start of `rest` tells, and what follows its delimiter.
    #[inline]
    pub(super) fn second<'r>(&self, rest: &'r [u8]) -> Option<(u32, &'r [u8])> {
        const MOST: usize = 18; // digits that fit
        let is_digit = |byte: &u8| byte.is_ascii_digit();
        let len = rest.iter().position(|byte| !is_digit(byte)).filter(|len| (1..=MOST).contains(len))?;
        let (digits, mut after) = rest.split_at_checked(len)?;
        if let [b'.', part @ ..] = after {
            let len = part.iter().position(|byte| *byte != b'0').filter(|len| (1..=MOST).contains(len))?;
            after = part.get(len..)?;
        }
        let values = after.strip_prefix(&[self.delimiter])?;
        let add = |sum: u64, digit: &u8| sum.wrapping_mul(10).wrapping_add(digit.wrapping_sub(b'0').into());
        let count = digits.iter().fold(0, add);
        let (seconds, part) = (count.checked_div(self.per_second)?, count.checked_rem(self.per_second)?);
        let second = u32::try_from(i64::try_from(seconds).ok()?.saturating_sub(self.midnight)).ok()?;
        (part == 0 && second < SECONDS).then(|| (second.wrapping_add(self.midnight_s), values))
    }
}
