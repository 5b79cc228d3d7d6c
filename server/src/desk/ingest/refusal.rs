//! Why a file was not stored, in the reader's language: what is wrong, and where.

use std::time::Duration;

use axum::http::StatusCode;
use oxicore::{ParseError, Span};

use super::limits::{MAX_FILE_BYTES, MAX_FILES, MEGABYTE};
use crate::i18n::{Arg, Locale};

/// Why a file was not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum Refusal {
    /// The form came without a file.
    NoFile,
    /// Longer than [`MAX_FILE_BYTES`].
    TooLarge,
    /// After the first [`MAX_FILES`] of an upload.
    TooMany,
    /// The bytes are no recording.
    Unreadable(ParseError),
    /// The recording spans more time than the platform takes in at once.
    TooLong {
        /// What it spans, in hours begun.
        hours: u64,
        /// What it may span, in hours.
        most: u64,
    },
    /// The binary ends before its last record does.
    Cut {
        /// Bytes that are missing.
        missing: u32,
        /// Length of the file.
        length: u64,
    },
    /// The text ends inside its last line.
    CutLine {
        /// Where that line begins.
        offset: u64,
    },
    /// The object store is away.
    Storage,
    /// Too much is going on to read it now.
    Busy,
    /// The uploader brought it before; the recording has become a colleague's, whom the clinic does not share with them.
    HandedOver,
}

/// Where in the file, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::desk) struct Place {
    /// Line of a text, from 1.
    pub(in crate::desk) line: Option<u32>,
    /// Column of a text, from 1.
    pub(in crate::desk) column: Option<u32>,
    /// Byte, from 0.
    pub(in crate::desk) offset: Option<u64>,
}

impl Refusal {
    /// A name for programs, kebab-case.
    pub(in crate::desk) const fn code(&self) -> &'static str {
        match self {
            Self::NoFile => "no-file",
            Self::TooLarge => "too-large",
            Self::TooMany => "too-many",
            Self::Unreadable(error) => error.code(),
            Self::TooLong { .. } => "too-long",
            Self::Cut { .. } => "cut",
            Self::CutLine { .. } => "cut-line",
            Self::Storage => "storage",
            Self::Busy => "busy",
            Self::HandedOver => "handed-over",
        }
    }

    /// The status of an answer that reports this alone.
    pub(in crate::desk) const fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge | Self::TooMany => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Storage | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::HandedOver => StatusCode::CONFLICT,
            Self::NoFile
            | Self::Unreadable(_)
            | Self::TooLong { .. }
            | Self::Cut { .. }
            | Self::CutLine { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// Whether what is there of the file can be stored all the same, when the doctor decides so.
    pub(super) const fn is_question(&self) -> bool {
        matches!(self, Self::Cut { .. } | Self::CutLine { .. })
    }

    /// Where in the file the fault is.
    pub(in crate::desk) fn place(&self) -> Place {
        match self {
            Self::Unreadable(error) => {
                Place { line: error.line(), column: error.column(), offset: Some(error.offset()) }
            }
            Self::Cut { length: offset, .. } | Self::CutLine { offset } => {
                Place { offset: Some(*offset), ..Place::default() }
            }
            _ => Place::default(),
        }
    }

    /// For a recording that spans more than `longest`.
    pub(super) fn too_long(span: Span, longest: Duration) -> Self {
        let hour = 3_600;
        Self::TooLong { hours: u64::from(span.as_secs()).div_ceil(hour), most: longest.as_secs() / hour }
    }

    /// The sentence: what is wrong and where.
    pub(in crate::desk) fn message(&self, locale: Locale) -> String {
        let sentence = match self {
            Self::NoFile => locale.t("upload-no-file"),
            Self::TooLarge => {
                locale.t_args("upload-too-large", &[("megabytes", (MAX_FILE_BYTES / MEGABYTE).into())])
            }
            Self::TooMany => locale.t_args("upload-too-many", &[("files", MAX_FILES.into())]),
            Self::Unreadable(error) => unreadable(locale, error),
            Self::TooLong { hours, most } => {
                locale.t_args("upload-too-long", &[("hours", (*hours).into()), ("most", (*most).into())])
            }
            Self::Cut { missing, .. } => locale.t_args("parse-error-cut", &[("bytes", (*missing).into())]),
            Self::CutLine { .. } => locale.t("parse-error-cut-line"),
            Self::Storage => locale.t("upload-storage"),
            Self::Busy => locale.t("upload-busy"),
            Self::HandedOver => locale.t("upload-handed-over"),
        };
        let found =
            self.error().and_then(ParseError::found).map(|found| said(locale, "parse-error-found", found));
        let place = place_in_words(locale, self.place());
        let place = match (&found, place) {
            (Some(_), Some(place)) => Some(format!("({place}).")),
            (_, place) => place.map(|place| format!("({place})")),
        };
        let expected = self.error().and_then(ParseError::expected);
        let expected = expected.map(|expected| said(locale, "parse-error-expected", expected));
        let parts = [Some(sentence), found, place, expected];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    const fn error(&self) -> Option<&ParseError> {
        match self {
            Self::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}

/// What the file says, or a form that would do.
fn said(locale: Locale, key: &str, text: &str) -> String {
    locale.t_args(key, &[("text", text.into())])
}

/// By its code and field, else by its code.
fn unreadable(locale: Locale, error: &ParseError) -> String {
    let of_code = format!("parse-error-{}", error.code());
    let of_field = error.field().map(|field| format!("{of_code}-{field}"));
    let known = |key: &String| crate::i18n::keys(locale).contains(key);
    let key = of_field.into_iter().chain([of_code]).find(known);
    locale.t(key.as_deref().unwrap_or("parse-error-unknown"))
}

fn place_in_words(locale: Locale, place: Place) -> Option<String> {
    let number = |name: &'static str, value: u64| (name, Arg::from(value.to_string()));
    match place {
        Place { line: Some(line), column: Some(column), .. } => Some(locale.t_args(
            "parse-error-place-line-column",
            &[number("line", line.into()), number("column", column.into())],
        )),
        Place { line: Some(line), .. } => {
            Some(locale.t_args("parse-error-place-line", &[number("line", line.into())]))
        }
        Place { offset: Some(offset), .. } => {
            Some(locale.t_args("parse-error-place-offset", &[number("offset", offset)]))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal_of(bytes: &[u8]) -> Refusal {
        Refusal::Unreadable(oxicore::Recording::parse(bytes).unwrap_err())
    }

    #[test]
    fn every_refusal_has_words_in_both_languages() {
        let all = [
            Refusal::NoFile,
            Refusal::TooLarge,
            Refusal::TooMany,
            Refusal::Cut { missing: 3, length: 643 },
            Refusal::CutLine { offset: 80 },
            Refusal::Storage,
            Refusal::Busy,
            Refusal::TooLong { hours: 7_344, most: 72 },
            Refusal::TooLong { hours: 2, most: 1 },
            refusal_of(b""),
            refusal_of(b"\x89PNG\r\n\x1a\n"),
            refusal_of(b"Time,Oxygen Level,Pulse Rate,Motion\n"),
            refusal_of(b"Nume,CNP\nIon,1\n"),
        ];
        for (refusal, locale) in all.iter().flat_map(|refusal| Locale::ALL.map(|locale| (refusal, locale))) {
            let message = refusal.message(locale);
            assert!(!message.contains('['), "{message}");
            assert!(message.len() > 20, "{message}");
        }
    }

    #[test]
    fn the_place_is_named() {
        assert!(Refusal::Cut { missing: 3, length: 643 }.message(Locale::Ro).ends_with("(octetul 643)"));
        assert!(refusal_of(b"\x89PNG\r\n\x1a\n").message(Locale::En).contains('('));
    }

    #[test]
    fn a_cell_that_cannot_be_read_is_shown_with_a_form_that_would_do() {
        let refusal = refusal_of(b"Time,SpO2,Pulse\n9:58:20 x. m.,97,60\n");
        let ro = "Data și ora unui rând nu pot fi citite. În fișier: „9:58:20 x. m.” (rândul 2, coloana 1). Acceptat, de exemplu: „21:58:20 13/11/2025”.";
        assert_eq!(refusal.message(Locale::Ro), ro);
        let en = "The date and time of a row cannot be read. In the file: “9:58:20 x. m.” (line 2, column 1). Accepted, for example: “21:58:20 13/11/2025”.";
        assert_eq!(refusal.message(Locale::En), en);
    }

    #[test]
    fn every_code_of_the_core_has_words_in_both_languages() {
        let codes = [
            "empty-file",
            "unknown-format",
            "no-samples",
            "truncated",
            "no-oximetry",
            "bad-field",
            "bad-row",
            "contradictory-dates",
            "too-large",
            "picture-file",
            "pdf-file",
            "spreadsheet-file",
            "archive-file",
            "document-file",
            "web-page-file",
            "personal-data",
            "no-such-column",
            "bad-setting",
        ];
        for (code, locale) in codes.iter().flat_map(|code| Locale::ALL.map(|locale| (code, locale))) {
            assert!(crate::i18n::keys(locale).contains(&format!("parse-error-{code}")), "{code} in {locale}");
        }
    }
}
