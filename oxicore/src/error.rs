//! What can go wrong: small `Copy` values that say what, and where.

use core::fmt;

use crate::time::number;

/// Why a file is not a recording, and where in the file.
///
/// [`code`](Self::code) names the kind for translation; `Display` is the English sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    kind: ParseErrorKind,
    place: Place,
}

/// The kinds of [`ParseError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// Zero bytes.
    EmptyFile,
    /// Neither text with times nor a known binary.
    UnknownFormat,
    /// A file of another kind, known by its first bytes.
    OtherFile(OtherFile),
    /// A header, and not one sample after it.
    NoSamples,
    /// The file ends inside its header.
    Truncated,
    /// A file of many signals, and none of them is SpO2.
    NoOximetry,
    /// A binary header field outside its range; the name is the field's.
    BadField(&'static str),
    /// A text row that cannot be read; the name is what was expected there.
    BadRow(&'static str),
    /// Dates that fit neither day-first nor month-first, at the first that needs the other order.
    ContradictoryDates,
    /// Longer than any recording can be: 4 GB, or a year from the first to the last record.
    TooLarge,
}

/// Files that people take for a recording and that are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OtherFile {
    /// PNG, JPEG, GIF or TIFF.
    Picture,
    /// A PDF document.
    Pdf,
    /// A workbook of a spreadsheet program; its sheet saved as CSV may be a recording.
    Spreadsheet,
    /// ZIP, gzip, 7z, RAR or Parquet; what is inside may be a recording.
    Archive,
}

impl OtherFile {
    const fn code(self) -> &'static str {
        match self {
            Self::Picture => "picture-file",
            Self::Pdf => "pdf-file",
            Self::Spreadsheet => "spreadsheet-file",
            Self::Archive => "archive-file",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Picture => "a picture",
            Self::Pdf => "a PDF document",
            Self::Spreadsheet => "a spreadsheet, whose sheet saved as CSV may be one",
            Self::Archive => "an archive, in which one may be",
        }
    }
}

/// Where: a byte of a binary, or a line and column of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Byte(u64),
    Text { line: u32, column: u32, offset: u64 },
}

impl ParseError {
    /// Nothing known at the beginning of a file.
    pub(crate) const UNKNOWN: Self = Self::at_byte(ParseErrorKind::UnknownFormat, 0);

    pub(crate) const fn at_byte(kind: ParseErrorKind, offset: usize) -> Self {
        Self { kind, place: Place::Byte(offset as u64) }
    }

    pub(crate) const fn in_text(kind: ParseErrorKind, line: u32, column: u32, offset: usize) -> Self {
        Self { kind, place: Place::Text { line, column, offset: offset as u64 } }
    }

    /// What went wrong.
    #[must_use]
    pub const fn kind(&self) -> ParseErrorKind {
        self.kind
    }

    /// A stable name for translation tables: `empty-file`, `unknown-format`, `no-samples`, `truncated`,
    /// `no-oximetry`, `bad-field`, `bad-row`, `contradictory-dates`, `too-large`; `picture-file`, `pdf-file`,
    /// `spreadsheet-file`, `archive-file`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.kind {
            ParseErrorKind::EmptyFile => "empty-file",
            ParseErrorKind::UnknownFormat => "unknown-format",
            ParseErrorKind::OtherFile(kind) => kind.code(),
            ParseErrorKind::NoSamples => "no-samples",
            ParseErrorKind::Truncated => "truncated",
            ParseErrorKind::NoOximetry => "no-oximetry",
            ParseErrorKind::BadField(_) => "bad-field",
            ParseErrorKind::BadRow(_) => "bad-row",
            ParseErrorKind::ContradictoryDates => "contradictory-dates",
            ParseErrorKind::TooLarge => "too-large",
        }
    }

    /// The field or value the reader was at, a stable English word (`time`, `spo2`, `month`, ...), if one is known.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        match self.kind {
            ParseErrorKind::BadField(name) | ParseErrorKind::BadRow(name) => Some(name),
            _ => None,
        }
    }

    /// Line of a text file, from 1.
    #[must_use]
    pub const fn line(&self) -> Option<u32> {
        match self.place {
            Place::Text { line, .. } => Some(line),
            Place::Byte(_) => None,
        }
    }

    /// Column of a text file in bytes, from 1.
    #[must_use]
    pub const fn column(&self) -> Option<u32> {
        match self.place {
            Place::Text { column, .. } => Some(column),
            Place::Byte(_) => None,
        }
    }

    /// Position in the file, bytes from 0.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        match self.place {
            Place::Text { offset, .. } | Place::Byte(offset) => offset,
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, name) = match self.kind {
            ParseErrorKind::EmptyFile => ("empty file", ""),
            ParseErrorKind::UnknownFormat => ("not a known oximeter file", ""),
            ParseErrorKind::OtherFile(kind) => ("no oximeter file but ", kind.words()),
            ParseErrorKind::NoSamples => ("no samples after the header", ""),
            ParseErrorKind::Truncated => ("file ends inside its header", ""),
            ParseErrorKind::NoOximetry => ("no SpO2 among the signals", ""),
            ParseErrorKind::BadField(name) => ("bad ", name),
            ParseErrorKind::BadRow(name) => ("unreadable ", name),
            ParseErrorKind::ContradictoryDates => ("dates fit neither day-first nor month-first", ""),
            ParseErrorKind::TooLarge => ("longer than any recording", ""),
        };
        f.write_str(what)?;
        f.write_str(name)?;
        let (place, value) = match self.place {
            Place::Byte(offset) => (" at byte ", offset),
            Place::Text { line, .. } => (" at line ", line.into()),
        };
        f.write_str(place)?;
        number(f, value, 1)?;
        let Some(column) = self.column() else { return Ok(()) };
        f.write_str(", column ")?;
        number(f, column.into(), 1)
    }
}

impl core::error::Error for ParseError {}

/// A kept [`Layout`](crate::Layout) was offered bytes of another length than it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayoutMismatch {
    /// Bytes the layout was made from.
    pub expected: usize,
    /// Bytes given.
    pub given: usize,
}

impl fmt::Display for LayoutMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "layout of {} bytes does not fit {} bytes", self.expected, self.given)
    }
}

impl core::error::Error for LayoutMismatch {}

/// The memory lent by the caller has too few entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BufferTooSmall {
    /// Entries that are certainly enough.
    pub needed: usize,
    /// Entries given.
    pub given: usize,
}

impl fmt::Display for BufferTooSmall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "buffer of {} entries is too small, {} are enough", self.given, self.needed)
    }
}

impl core::error::Error for BufferTooSmall {}
