//! What stands around the clock in the time's cell of a row: the date, letter by letter.

use super::clock::{BYTES, Clock};
use crate::format::csv::stamp;

/// Longest cell of a time, with quotes and the delimiter after it.
const MOST: usize = 32;
const WORDS: usize = MOST / 8;

/// The time's cell of the row before, up to the numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Head {
    text: [u64; WORDS],
    /// Ones where `text` tells, zeros at the clock and behind the cell.
    told: [u64; WORDS],
    clock_at: usize,
    /// 0 as long as no date is known.
    len: usize,
}

impl Head {
    /// Of the cell of a time with the delimiter after it, if it can be kept: the clock is around its first colon.
    pub(super) fn of(cell: &[u8]) -> Option<Self> {
        let clock_at = cell.iter().position(|&byte| byte == b':')?.checked_sub(2)?;
        let (mut text, mut told) = ([0; MOST], [0; MOST]);
        text.get_mut(..cell.len())?.copy_from_slice(cell);
        told.get_mut(..cell.len())?.fill(0xff);
        told.get_mut(clock_at..clock_at.checked_add(BYTES)?)?.fill(0);
        let words = |bytes: [u8; MOST]| {
            let (words, _) = bytes.as_chunks();
            core::array::from_fn(|word| words.get(word).copied().map_or(0, u64::from_le_bytes))
        };
        Some(Self { text: words(text), told: words(told), clock_at, len: cell.len() })
    }

    /// With the clock in it, which must read `time`.
    pub(super) fn with_clock(self, cell: &[u8], time: &stamp::Clock) -> Option<(Self, Clock)> {
        Some((self, Clock::new(self.clock_of(cell)?, time)?))
    }

    /// The clock of the row at the start of `rest`, if its date is this, and what follows the cell.
    #[inline]
    pub(super) fn clock<'r>(&self, rest: &'r [u8]) -> Option<(u64, &'r [u8])> {
        let row: &[u8; MOST] = rest.first_chunk()?;
        let (words, _) = row.as_chunks();
        let known = self.text.iter().zip(&self.told);
        let others = words
            .iter()
            .zip(known)
            .fold(0, |others, (word, (text, told))| others | ((u64::from_le_bytes(*word) ^ text) & told));
        (others == 0 && self.len > 0).then_some(())?;
        Some((self.clock_of(row)?, rest.get(self.len..)?))
    }

    #[inline]
    fn clock_of(&self, row: &[u8]) -> Option<u64> {
        row.get(self.clock_at..)?.first_chunk().copied().map(u64::from_le_bytes)
    }
}
