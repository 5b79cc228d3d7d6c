//! The shape that nearly all rows have, to the byte.

use super::cold_path;

use super::digits::{self, words};

/// How rows of a date look whose numbers are small: a clock, a space, the date, and `97,58,0`, which is how 95 to 98 of 100
/// rows end, without reminders or with two that were not given.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usual {
    /// Bytes of a row; 0 where no row is usual.
    len: usize,
    /// Bytes of its reminders.
    pub(super) reminders: usize,
    /// The first and the last eight bytes between clock and numbers, which may overlap.
    date: [u64; 2],
}

/// Two reminders that were not given, between the comma before them and the end of the line.
const NONE_GIVEN: &[u8; 5] = b",0,0\n";
/// Bytes of them that a [usual](Usual) row has.
pub(super) const REMINDERS: usize = NONE_GIVEN.len() - 1;
/// Bytes of a clock and a word, or of a word and the numbers.
const WORDS: usize = 16;
/// Bytes of `97,58,0` and what follows.
const VALUES: usize = 8;

impl Usual {
    /// Like the row `text`, whose time is in `cell`.
    pub(super) fn of(text: &[u8], cell: &[u8]) -> Option<Self> {
        let [_, _, b':', _, _, _, _, _, date @ ..] = cell else { return None };
        if date.first() != Some(&b' ') || date.len() > 16 {
            return None;
        }
        let reminders = if text.ends_with(b",0,0") { REMINDERS } else { 0 };
        Some(Self {
            len: cell.len().saturating_add(VALUES).saturating_add(reminders),
            reminders,
            date: [*date.first_chunk()?, *date.last_chunk()?].map(u64::from_le_bytes),
        })
    }

    /// Cells behind the time.
    pub(super) const fn cells(&self) -> usize {
        if self.reminders == 0 { 3 } else { 5 }
    }

    /// The clock of the row at the start of `rest`, if it is of the same date, and what follows its time.
    #[inline]
    pub(super) fn clock<'r>(&self, rest: &'r [u8]) -> Option<(u64, &'r [u8])> {
        let (cell, values) =
            rest.split_at_checked(self.len.checked_sub(VALUES)?.checked_sub(self.reminders)?)?;
        let [clock, low] = words(cell.first_chunk()?);
        let [_, high] = words(cell.last_chunk()?);
        ([low, high] == self.date).then_some((clock, values))
    }

    /// The clock and the numbers of the row at the start of `rest`, if it is a usual one or has a motion of two digits, as 2
    /// to 5 of 100 have; and what follows it.
    #[inline(always)]
    pub(super) fn read<const REMINDERS: usize>(self, rest: &[u8]) -> Option<(u64, [u8; 3], &[u8])> {
        // Says before the loop what every row of it would be asked: two words are there. Where no row is usual, the
        // words overlap so that no bytes are both a date of zeros and numbers.
        let len = self.len.max(WORDS.saturating_add(REMINDERS));
        let (row, after) = rest.split_at_checked(len)?;
        let (row, tail) = row.split_last_chunk::<REMINDERS>()?;
        let [clock, low] = words(row.first_chunk()?);
        let [high, values] = words(row.last_chunk()?);
        let other_date = (low ^ self.date[0]) | (high ^ self.date[1]);
        let end = if REMINDERS == 0 { *b"00,00,0\n" } else { *b"00,00,0," };
        let numbers = values ^ u64::from_le_bytes(end);
        if other_date | digits::not_short(numbers) == 0 && NONE_GIVEN.ends_with(tail) {
            return Some((clock, digits::short(numbers), after));
        }
        cold_path();
        let numbers = values ^ u64::from_le_bytes(*b"00,00,00");
        let is_long = other_date | digits::not_pairs(numbers) == 0 && NONE_GIVEN.starts_with(tail);
        is_long.then_some(())?;
        let pairs = digits::pairs(numbers);
        let numbers = [(pairs >> 8) as u8, (pairs >> 32) as u8, (pairs >> 56) as u8];
        Some((clock, numbers, after.strip_prefix(b"\n")?))
    }
}
