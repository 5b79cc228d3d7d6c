//! A file and its samples, read in one pass.

use core::fmt;

#[cfg(feature = "alloc")]
use crate::batch::SampleSink;
#[cfg(feature = "alloc")]
use crate::columns::SampleColumns;
use crate::columns::SampleColumnsMut;
use crate::error::{BufferTooSmall, ParseError};
use crate::format::{Layout, ParseOptions};
use crate::recording::Recording;

/// Why [`read_into`] failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The file is no recording.
    Parse(ParseError),
    /// The lent columns are too short; it says how many entries would do.
    Columns(BufferTooSmall),
}

impl From<ParseError> for ReadError {
    fn from(error: ParseError) -> Self {
        Self::Parse(error)
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parse(error) => error.fmt(f),
            Self::Columns(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for ReadError {}

/// Reads a file and writes its samples into the beginning of `columns`; the recording tells how many they are.
///
/// # Errors
/// [`ReadError`]: no recording, or too little memory. The columns then hold nothing of use.
///
/// # Example
/// ```
/// use oxicore::{ParseOptions, Span, columns::SampleColumnsMut, recording::read_into};
///
/// let file = b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,--,61,3\n";
/// let (mut at, mut spo2, mut pulse, mut motion) = ([Span::ZERO; 8], [None; 8], [None; 8], [None; 8]);
/// let columns = SampleColumnsMut { at: &mut at, spo2: &mut spo2, pulse: &mut pulse, motion: &mut motion };
/// let night = read_into(file, &ParseOptions::default(), columns)?;
/// assert_eq!((night.len(), at[1].as_secs()), (2, 4));
/// assert_eq!(spo2[..2].iter().map(|v| v.map(|v| v.as_pct())).collect::<Vec<_>>(), [Some(96), None]);
/// # Ok::<(), oxicore::recording::ReadError>(())
/// ```
#[inline] // Compiled with the caller's settings: a small build can have this one loop fast.
pub fn read_into<'a>(
    bytes: &'a [u8],
    options: &ParseOptions<'_>,
    mut columns: SampleColumnsMut<'_>,
) -> Result<Recording<'a>, ReadError> {
    let (layout, is_read) = Layout::read_into(bytes, options, &mut columns.filling())?;
    let recording = Recording::of(bytes, layout);
    if !is_read {
        recording.samples().hand_to(&mut columns.filling());
    }
    let (needed, given) = (recording.len(), columns.len());
    if needed <= given { Ok(recording) } else { Err(ReadError::Columns(BufferTooSmall { needed, given })) }
}

/// Reads a file and its samples.
///
/// # Errors
/// [`ParseError`] says what is wrong and where.
#[cfg(feature = "alloc")]
pub fn read_columns<'a>(
    bytes: &'a [u8],
    options: &ParseOptions<'_>,
) -> Result<(Recording<'a>, SampleColumns), ParseError> {
    let mut columns = SampleColumns::default();
    let (layout, is_read) = Layout::read_into(bytes, options, &mut columns)?;
    let recording = Recording::of(bytes, layout);
    Ok((recording, if is_read { columns } else { SampleColumns::of(recording) }))
}

#[cfg(feature = "alloc")]
impl SampleColumns {
    /// The samples of a recording already read.
    #[must_use]
    pub fn of(recording: Recording<'_>) -> Self {
        let mut columns = Self::default();
        columns.expect(recording.len());
        recording.samples().hand_to(&mut columns);
        columns
    }
}
