//! What stands around the clock in the time's cell of a row: the date, letter by letter.

use super::clock::BYTES;

/// Longest cell of a time, with quotes and the delimiter after it.
const MOST: usize = 32;

/// The time's cell of the row before, up to the numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Head {
    text: [u8; MOST],
    /// 0 as long as no date is known.
    len: usize,
    clock_at: usize,
}

/// A cell before its clock, the clock, and what is after it.
type Parts<'c> = (&'c [u8], &'c [u8; BYTES], &'c [u8]);

impl Head {
    /// Of the cell of a time with the delimiter after it, if it can be kept: the clock is around its first colon.
    pub(super) fn of(cell: &[u8]) -> Option<Self> {
        let clock_at = cell.iter().position(|&byte| byte == b':')?.checked_sub(2)?;
        let mut head = Self { text: [0; MOST], len: cell.len(), clock_at };
        head.text.get_mut(..cell.len())?.copy_from_slice(cell);
        Some(head)
    }

    /// The clock of the row at the start of `rest`, if its date is this, and what follows the cell.
    #[inline]
    pub(super) fn clock<'r>(&self, rest: &'r [u8]) -> Option<(u64, &'r [u8])> {
        let (cell, values) = rest.split_at_checked(self.len)?;
        let (before, clock, after) = self.parts(cell)?;
        let (known_before, _, known_after) = self.parts(&self.text)?;
        let is_known = before == known_before && known_after.starts_with(after);
        is_known.then(|| (u64::from_le_bytes(*clock), values))
    }

    #[inline]
    fn parts<'c>(&self, cell: &'c [u8]) -> Option<Parts<'c>> {
        let (before, rest) = cell.split_at_checked(self.clock_at)?;
        let (clock, after) = rest.split_first_chunk()?;
        Some((before, clock, after))
    }
}
