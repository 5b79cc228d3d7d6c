//! The file formats: one file each, recognised by content. Byte tables and dialects: docs/FORMATS.md.

pub(crate) mod csv;
pub(crate) mod legacy;

use crate::error::{ParseError, ParseErrorKind};
use crate::recording::{Layout, ParseOptions};

/// Kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Format {
    /// Text with one row a record: the export of the vendors' apps.
    Csv,
    /// The ring's own binary, "VLD" versions 3, 5 and 6.
    Legacy,
}

impl Format {
    /// The name used in JSON and in every door.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Legacy => "legacy",
        }
    }
}

/// The format whose marks the bytes carry, judged by content alone.
///
/// # Errors
/// Empty file, or nothing known at byte 0.
pub fn detect(bytes: &[u8]) -> Result<Format, ParseError> {
    if bytes.is_empty() {
        Err(ParseError::at_byte(ParseErrorKind::EmptyFile, 0))
    } else if legacy::is_legacy(bytes) {
        Ok(Format::Legacy)
    } else if csv::is_text(bytes) {
        Ok(Format::Csv)
    } else {
        Err(ParseError::at_byte(ParseErrorKind::UnknownFormat, 0))
    }
}

/// Walks the whole file once; afterwards its samples can be read without failing.
pub(crate) fn layout(bytes: &[u8], options: &ParseOptions<'_>) -> Result<Layout, ParseError> {
    match detect(bytes)? {
        Format::Csv => csv::layout(bytes, options),
        Format::Legacy => legacy::layout(bytes),
    }
}
