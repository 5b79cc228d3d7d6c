//! Nights written as files that other programs read: text of the vendors' most common dialect, and EDF+.
//! Nothing is allocated: bytes go to a [`Sink`], which may be lent memory.
//!
//! # Example
//! ```
//! use oxicore::{Recording, export};
//!
//! let night = Recording::parse(b"22:00:00 02/01/2026,96,58,0\n22:00:04 02/01/2026,--,--,7\n")?;
//! let mut lent = [0; 256];
//! let mut memory = export::Memory::new(&mut lent);
//! export::csv(night, &mut memory)?;
//! let text = memory.finish()?;
//! assert!(text.ends_with(b"22:00:04 Jan 02 2026,--,--,7,0,0\n"));
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod csv;
mod edf;

use core::fmt;

pub use csv::csv;
pub use edf::edf;

use crate::error::BufferTooSmall;
use crate::time::number;

/// Where the bytes of a file go.
pub trait Sink {
    /// Why it takes no more.
    type Error;

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// When it cannot; the file is then incomplete.
    fn put(&mut self, bytes: &[u8]) -> Result<(), Self::Error>;
}

#[cfg(feature = "alloc")]
impl Sink for alloc::vec::Vec<u8> {
    type Error = core::convert::Infallible;

    fn put(&mut self, bytes: &[u8]) -> Result<(), Self::Error> {
        self.extend_from_slice(bytes);
        Ok(())
    }
}

/// Lent memory. Too little of it is told at the end, together with how much would do.
#[derive(Debug)]
pub struct Memory<'m> {
    memory: &'m mut [u8],
    written: usize,
}

impl<'m> Memory<'m> {
    /// Empty.
    #[must_use]
    pub const fn new(memory: &'m mut [u8]) -> Self {
        Self { memory, written: 0 }
    }

    /// The file.
    ///
    /// # Errors
    /// [`BufferTooSmall`] says how many bytes the file has.
    pub fn finish(self) -> Result<&'m [u8], BufferTooSmall> {
        let (needed, given) = (self.written, self.memory.len());
        self.memory.get(..needed).ok_or(BufferTooSmall { needed, given })
    }
}

impl Sink for Memory<'_> {
    type Error = core::convert::Infallible;

    fn put(&mut self, bytes: &[u8]) -> Result<(), Self::Error> {
        let end = self.written.saturating_add(bytes.len());
        if let Some(free) = self.memory.get_mut(self.written..end) {
            free.copy_from_slice(bytes);
        }
        self.written = end;
        Ok(())
    }
}

/// Why a night was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportError<E> {
    /// The sink took no more.
    Sink(E),
    /// A time of the night is beyond what the format can write: the year 2100 in text, eight digits in EDF+.
    OutOfRange,
}

impl<E> From<E> for ExportError<E> {
    fn from(error: E) -> Self {
        Self::Sink(error)
    }
}

impl<E: fmt::Display> fmt::Display for ExportError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sink(error) => error.fmt(f),
            Self::OutOfRange => f.write_str("a time of the night is beyond what the format can write"),
        }
    }
}

impl<E: core::error::Error> core::error::Error for ExportError<E> {}

/// The longest text written at once.
const LONGEST: usize = 80;

/// A short text on the stack.
struct Text {
    bytes: [u8; LONGEST],
    /// More than [`LONGEST`] once something did not fit.
    len: usize,
}

impl Text {
    const EMPTY: Self = Self { bytes: [0; LONGEST], len: 0 };

    fn words(&mut self, words: &str) -> &mut Self {
        let end = self.len.saturating_add(words.len());
        if let Some(free) = self.bytes.get_mut(self.len..end) {
            free.copy_from_slice(words.as_bytes());
        }
        self.len = end;
        self
    }

    /// At least so many digits.
    fn number(&mut self, value: impl Into<u64>, digits: u32) -> &mut Self {
        let _ = number(self, value.into(), digits);
        self
    }

    /// The whole text, if it fits into so many bytes.
    fn within(&self, longest: usize) -> Option<&[u8]> {
        self.bytes.get(..self.len).filter(|_| self.len <= longest)
    }
}

impl fmt::Write for Text {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.words(part);
        Ok(())
    }
}
