//! Short texts, made without an allocator.

use core::fmt;

use crate::time::number;

/// The longest text written at once.
pub(super) const LONGEST: usize = 80;

/// A short text on the stack.
pub(super) struct Text {
    pub(super) bytes: [u8; LONGEST],
    /// More than [`LONGEST`] once something did not fit.
    pub(super) len: usize,
}

impl Text {
    pub(super) const EMPTY: Self = Self { bytes: [0; LONGEST], len: 0 };

    pub(super) fn words(&mut self, words: &str) -> &mut Self {
        let end = self.len.saturating_add(words.len());
        if let Some(free) = self.bytes.get_mut(self.len..end) {
            free.copy_from_slice(words.as_bytes());
        }
        self.len = end;
        self
    }

    /// At least so many digits.
    pub(super) fn number(&mut self, value: impl Into<u64>, digits: u32) -> &mut Self {
        let _ = number(self, value.into(), digits);
        self
    }

    /// The whole text, if it fits into so many bytes.
    pub(super) fn within(&self, longest: usize) -> Option<&[u8]> {
        self.bytes.get(..self.len).filter(|_| self.len <= longest)
    }
}

impl fmt::Write for Text {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.words(part);
        Ok(())
    }
}
