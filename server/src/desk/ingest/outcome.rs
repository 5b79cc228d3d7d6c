//! What became of the files of an upload, each and together.

use axum::http::StatusCode;
use serde::Serialize;

use super::refusal::Refusal;
use crate::desk::dates;
use crate::i18n::Locale;
use crate::ids::RecordingId;
use crate::recordings::page_address;

/// What became of one file.
pub(in crate::desk) struct Outcome {
    pub(in crate::desk) name: String,
    pub(in crate::desk) taken: Taken,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) enum Taken {
    /// It is stored.
    New {
        /// The recording.
        id: RecordingId,
        /// Whether its page asks in which order its dates are written.
        is_date_assumed: bool,
    },
    /// It was stored before.
    Known(RecordingId),
    /// It is not.
    Refused(Refusal),
    /// It is not, unless the doctor decides to store what is there of it: then the file is sent again, with its SHA-256
    /// in the field [`INCOMPLETE`].
    Asked {
        /// What is missing.
        refusal: Refusal,
        /// SHA-256 of the file, lower-case hexadecimal.
        sha256: String,
    },
}

/// The form field in which a doctor's decision stands: to store the file with this SHA-256 though its end is missing.
pub(super) const INCOMPLETE: &str = "incomplete";

impl Taken {
    /// Why it is not stored.
    pub(in crate::desk) const fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::New { .. } | Self::Known(_) => None,
            Self::Refused(refusal) | Self::Asked { refusal, .. } => Some(refusal),
        }
    }

    /// The page of the recording, at the question it asks, if any; `None` where nothing is stored.
    pub(in crate::desk) fn address(&self) -> Option<String> {
        match self {
            Self::New { id, is_date_assumed: true } => Some(dates::question_address(id)),
            Self::New { id, .. } | Self::Known(id) => Some(page_address(id)),
            Self::Refused(_) | Self::Asked { .. } => None,
        }
    }
}

/// 201 something new, 200 nothing new, 207 some refused; all refused: their common status, else 422.
pub(super) fn status_of(outcomes: &[Outcome]) -> StatusCode {
    let refusals: Vec<_> =
        outcomes.iter().filter_map(|outcome| outcome.taken.refusal().map(Refusal::status)).collect();
    let has_new = outcomes.iter().any(|outcome| matches!(outcome.taken, Taken::New { .. }));
    match refusals.first() {
        None if has_new => StatusCode::CREATED,
        None => StatusCode::OK,
        Some(_) if refusals.len() < outcomes.len() => StatusCode::MULTI_STATUS,
        Some(&first) if refusals.iter().all(|&status| status == first) => first,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl Outcome {
    /// Why the file was not stored now, or what is assumed of one that was.
    pub(in crate::desk) fn message(&self, locale: Locale) -> Option<String> {
        match &self.taken {
            Taken::New { is_date_assumed, .. } => is_date_assumed.then(|| locale.t("upload-date-assumed")),
            Taken::Known(_) => Some(locale.t("upload-duplicate-text")),
            Taken::Refused(refusal) | Taken::Asked { refusal, .. } => Some(refusal.message(locale)),
        }
    }

    /// SHA-256 of a file about which the doctor is to decide.
    pub(in crate::desk) fn question(&self) -> Option<&str> {
        match &self.taken {
            Taken::Asked { sha256, .. } => Some(sha256),
            _ => None,
        }
    }
}

#[derive(Serialize)]
pub(super) struct UploadAnswer {
    files: Vec<FileAnswer>,
}

/// What the script learns about one file.
#[derive(Serialize)]
struct FileAnswer {
    name: String,
    /// The recording's page, at the question it asks, if any; `null` when the file was refused.
    recording: Option<String>,
    /// `stored`, `duplicate`, or the code of the refusal.
    result: &'static str,
    /// Why it was not stored now, or what is assumed of it, in the reader's language.
    message: Option<String>,
    /// What to send in the field `incomplete`, before the file, to store what is there of it; `null` where that is no way.
    incomplete: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
    offset: Option<u64>,
}

impl UploadAnswer {
    pub(super) fn new(locale: Locale, outcomes: &[Outcome]) -> Self {
        Self { files: outcomes.iter().map(|outcome| FileAnswer::new(locale, outcome)).collect() }
    }
}

impl FileAnswer {
    fn new(locale: Locale, outcome: &Outcome) -> Self {
        let place = outcome.taken.refusal().map(Refusal::place).unwrap_or_default();
        let result = match &outcome.taken {
            Taken::New { .. } => "stored",
            Taken::Known(_) => "duplicate",
            Taken::Refused(refusal) | Taken::Asked { refusal, .. } => refusal.code(),
        };
        Self {
            name: outcome.name.clone(),
            recording: outcome.taken.address(),
            result,
            message: outcome.message(locale),
            incomplete: outcome.question().map(str::to_owned),
            line: place.line,
            column: place.column,
            offset: place.offset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(taken: &[Taken]) -> Vec<Outcome> {
        taken.iter().map(|taken| Outcome { name: String::new(), taken: taken.clone() }).collect()
    }

    #[test]
    fn the_status_says_what_happened_to_all_files_together() {
        let [a, b] = ["a", "b"].map(|id| RecordingId::parse(id).unwrap());
        let (new, known) = (Taken::New { id: a, is_date_assumed: false }, Taken::Known(b));
        let (large, none) = (Taken::Refused(Refusal::TooLarge), Taken::Refused(Refusal::NoFile));
        let status = |taken: &[&Taken]| {
            status_of(&outcomes(&taken.iter().map(|taken| (*taken).clone()).collect::<Vec<_>>())).as_u16()
        };
        assert_eq!(status(&[&known, &new]), 201);
        assert_eq!(status(&[&known]), 200);
        assert_eq!(status(&[&new, &large]), 207);
        assert_eq!(status(&[&large, &large]), 413);
        assert_eq!(status(&[&large, &none]), 422);
    }
}
