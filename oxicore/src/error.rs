//! What can go wrong: small `Copy` values that say what, and where.

use core::fmt;

use crate::bounded::Bounded;
use crate::time::number;
use crate::units::Span;

pub use crate::code::UnknownCode;

/// Longest part of a file that an error repeats, bytes: longer than any moment that a device writes.
const MOST_SHOWN: usize = 56;

/// Why a file is not a recording, and where in the file.
///
/// [`code`](Self::code) names the kind for translation; `Display` is the English sentence, with what the file says there and
/// a form that would do. `Debug` leaves out what the file says: it is somebody's health data, and may end up in a log.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ParseError {
    kind: ParseErrorKind,
    place: Place,
    shown: Option<Bounded<MOST_SHOWN>>,
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
    /// A file of several columns or signals, and none of them is SpO2.
    NoOximetry,
    /// A table with a column that names people or their personal numbers.
    PersonalData,
    /// The caller asked for a column or a signal that the file has not; the name says what for.
    NoSuchColumn(&'static str),
    /// A setting of the caller outside its range; the name is the setting's.
    BadSetting(&'static str),
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
    /// PNG, JPEG, GIF, TIFF, HEIC, AVIF, WebP or SVG.
    Picture,
    /// A PDF document.
    Pdf,
    /// A text document: Word, OpenDocument or RTF.
    Document,
    /// A web page, also one that was saved under the name of a table.
    WebPage,
    /// A workbook of a spreadsheet program; its sheet saved as CSV may be a recording.
    Spreadsheet,
    /// ZIP, gzip, 7z, RAR, tar, bzip2, xz, Zstandard or Parquet; what is inside may be a recording.
    Archive,
}

impl OtherFile {
    const fn code(self) -> &'static str {
        match self {
            Self::Picture => "picture-file",
            Self::Pdf => "pdf-file",
            Self::Document => "document-file",
            Self::WebPage => "web-page-file",
            Self::Spreadsheet => "spreadsheet-file",
            Self::Archive => "archive-file",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Picture => "a picture",
            Self::Pdf => "a PDF document",
            Self::Document => "a text document",
            Self::WebPage => "a web page",
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
        Self { kind, place: Place::Byte(offset as u64), shown: None }
    }

    pub(crate) const fn in_text(kind: ParseErrorKind, line: u32, column: u32, offset: usize) -> Self {
        Self { kind, place: Place::Text { line, column, offset: offset as u64 }, shown: None }
    }

    /// An interval between records that can only have been meant in another unit.
    pub(crate) fn bad_interval(given: Span) -> Self {
        let mut shown = Bounded::EMPTY;
        let written = number(&mut shown, given.as_secs().into(), 1);
        let shown = written.is_ok().then_some(shown);
        Self { shown, ..Self::at_byte(ParseErrorKind::BadSetting("interval"), 0) }
    }

    /// With what the file says there.
    pub(crate) fn showing(self, text: &[u8]) -> Self {
        self.listing(core::iter::once(text))
    }

    /// With names that the file has.
    pub(crate) fn listing<'n>(self, names: impl Iterator<Item = &'n [u8]>) -> Self {
        let mut shown = Bounded::EMPTY;
        for (at, name) in names.enumerate() {
            shown.push_bytes(if at == 0 { b"" } else { b", " });
            shown.push_bytes(name);
        }
        Self { shown: Some(shown), ..self }
    }

    /// What went wrong.
    #[must_use]
    pub const fn kind(&self) -> ParseErrorKind {
        self.kind
    }

    /// A stable name for translation tables: `empty-file`, `unknown-format`, `no-samples`, `truncated`,
    /// `no-oximetry`, `personal-data`, `no-such-column`, `bad-setting`, `bad-field`, `bad-row`, `contradictory-dates`, `too-large`;
    /// `picture-file`, `pdf-file`, `document-file`, `web-page-file`, `spreadsheet-file`, `archive-file`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.kind {
            ParseErrorKind::EmptyFile => "empty-file",
            ParseErrorKind::UnknownFormat => "unknown-format",
            ParseErrorKind::OtherFile(kind) => kind.code(),
            ParseErrorKind::NoSamples => "no-samples",
            ParseErrorKind::Truncated => "truncated",
            ParseErrorKind::NoOximetry => "no-oximetry",
            ParseErrorKind::PersonalData => "personal-data",
            ParseErrorKind::NoSuchColumn(_) => "no-such-column",
            ParseErrorKind::BadSetting(_) => "bad-setting",
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
            ParseErrorKind::BadField(name)
            | ParseErrorKind::BadSetting(name)
            | ParseErrorKind::BadRow(name)
            | ParseErrorKind::NoSuchColumn(name) => Some(name),
            _ => None,
        }
    }

    /// What the file says there, its first 56 bytes, with `…` for the rest: the cell or the field that cannot be read; of
    /// `no-oximetry` and `no-such-column` the names of the columns or signals that there are, divided by commas; of
    /// `bad-setting` what the caller gave. `None` where nothing stands there.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        self.shown.as_ref().map(Bounded::as_str)
    }

    /// A form that would do there, for example `21:58:20 13/11/2025`.
    #[must_use]
    pub const fn expected(&self) -> Option<&'static str> {
        match self.kind {
            ParseErrorKind::BadRow(name) => match name.as_bytes() {
                b"time" | b"date" | b"clock" | b"calendar" | b"weekday" => Some("21:58:20 13/11/2025"),
                b"zone" => Some("2025-11-13 21:58:20 +02:00"),
                b"spo2" => Some("97"),
                b"pulse" => Some("62"),
                b"fraction" => Some("97.5"),
                _ => None,
            },
            ParseErrorKind::ContradictoryDates => Some("2025-11-13 21:58:20"),
            ParseErrorKind::NoOximetry => Some("SpO2"),
            ParseErrorKind::BadSetting(_) => Some("4"),
            ParseErrorKind::BadField(name) => match name.as_bytes() {
                b"number of signals" => Some("2"),
                b"record duration" => Some("60"),
                b"samples in a record" => Some("60"),
                b"bytes of a value" => Some("#1"),
                b"physical maximum" | b"digital maximum" => Some("100"),
                b"physical minimum" | b"digital minimum" => Some("0"),
                _ => None,
            },
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

impl ParseError {
    /// The sentence up to what the file says.
    const fn words(&self) -> (&'static str, &'static str) {
        match self.kind {
            ParseErrorKind::EmptyFile => ("empty file", ""),
            ParseErrorKind::UnknownFormat => ("not a known oximeter file", ""),
            ParseErrorKind::OtherFile(kind) => ("no oximeter file but ", kind.words()),
            ParseErrorKind::NoSamples => ("no samples after the header", ""),
            ParseErrorKind::Truncated => ("file ends inside its header", ""),
            ParseErrorKind::NoOximetry if self.shown.is_some() => ("no SpO2 among", ""),
            ParseErrorKind::NoOximetry => ("no SpO2 among the signals", ""),
            ParseErrorKind::PersonalData => ("a column with names or numbers of people,", ""),
            ParseErrorKind::NoSuchColumn(name) if self.shown.is_some() => {
                (name, ": no such column or signal; there are")
            }
            ParseErrorKind::NoSuchColumn(name) => (name, ": files of this kind name none"),
            ParseErrorKind::BadSetting(name) => ("too many seconds given as ", name),
            ParseErrorKind::BadField(name) => ("bad ", name),
            ParseErrorKind::BadRow(name) if self.shown.is_none() => ("missing ", name),
            ParseErrorKind::BadRow(name) if matches!(name.as_bytes(), b"cells") => {
                ("more cells than the header,", "")
            }
            ParseErrorKind::BadRow(name) if matches!(name.as_bytes(), b"columns") => {
                ("a second header with other columns,", "")
            }
            ParseErrorKind::BadRow(name) if matches!(name.as_bytes(), b"fraction") => {
                ("a reading, or what follows the decimal comma of one,", "")
            }
            ParseErrorKind::BadRow(name) => match name.as_bytes() {
                b"calendar" => {
                    ("a year before 1970 or after 2100, as of another calendar (Buddhist 2568 is 2025),", "")
                }
                b"weekday" => ("a date on another day of the week,", ""),
                b"source" => ("rows of several people or devices,", ""),
                b"zone" => ("a zone that is not known or has several meanings,", ""),
                _ => ("unreadable ", name),
            },
            ParseErrorKind::ContradictoryDates => ("dates fit neither day-first nor month-first:", ""),
            ParseErrorKind::TooLarge if self.shown.is_some() => {
                ("the clock jumps by more than a month to", "")
            }
            ParseErrorKind::TooLarge => ("longer than any recording", ""),
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, name) = self.words();
        f.write_str(what)?;
        f.write_str(name)?;
        if let Some(found) = self.found() {
            f.write_str(" `")?;
            f.write_str(found)?;
            f.write_str("`")?;
        }
        self.place.fmt(f)?;
        let Some(expected) = self.expected() else { return Ok(()) };
        f.write_str(": expected for example `")?;
        f.write_str(expected)?;
        f.write_str("`")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, value, column) = match *self {
            Self::Byte(offset) => (" at byte ", offset, None),
            Self::Text { line, column, .. } => (" at line ", line.into(), Some(column)),
        };
        f.write_str(before)?;
        number(f, value, 1)?;
        let Some(column) = column else { return Ok(()) };
        f.write_str(", column ")?;
        number(f, column.into(), 1)
    }
}

impl fmt::Debug for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParseError")
            .field("kind", &self.kind)
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

impl core::error::Error for ParseError {}

/// A kept [`Layout`](crate::format::Layout) was offered bytes of another length than it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
#[non_exhaustive]
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
