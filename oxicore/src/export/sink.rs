//! Where the bytes of a written night go.

use core::fmt;

use crate::error::BufferTooSmall;

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

/// Lent memory. Too little of it is an error at the end, which says how much would do.
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
    /// A time of the night is beyond what the format can write: the year 2100 in text, eight digits in EDF+, or there more than a minute between records.
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
