//! What became of the files of an upload, each and together.

use axum::http::StatusCode;
use serde::Serialize;

use super::refusal::Refusal;
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
    New(RecordingId),
    /// It was stored before.
    Known(RecordingId),
    /// It is not.
    Refused(Refusal),
}

/// 201 something new, 200 nothing new, 207 some refused; all refused: their common status, else 422.
pub(super) fn status_of(outcomes: &[Outcome]) -> StatusCode {
    let refusals: Vec<_> = outcomes
        .iter()
        .filter_map(|outcome| match outcome.taken {
            Taken::Refused(refusal) => Some(refusal.status()),
            Taken::New(_) | Taken::Known(_) => None,
        })
        .collect();
    let has_new = outcomes.iter().any(|outcome| matches!(outcome.taken, Taken::New(_)));
    match refusals.first() {
        None if has_new => StatusCode::CREATED,
        None => StatusCode::OK,
        Some(_) if refusals.len() < outcomes.len() => StatusCode::MULTI_STATUS,
        Some(&first) if refusals.iter().all(|&status| status == first) => first,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
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
    /// The recording's page; `null` when the file was refused.
    recording: Option<String>,
    /// `new`, `known`, or the code of the refusal.
    result: &'static str,
    /// Why it was refused, in the reader's language.
    message: Option<String>,
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
        let (recording, result, refusal) = match &outcome.taken {
            Taken::New(id) => (Some(page_address(id)), "new", None),
            Taken::Known(id) => (Some(page_address(id)), "known", None),
            Taken::Refused(refusal) => (None, refusal.code(), Some(refusal)),
        };
        let place = refusal.map(Refusal::place).unwrap_or_default();
        Self {
            name: outcome.name.clone(),
            recording,
            result,
            message: refusal.map(|refusal| refusal.message(locale)),
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
        let (new, known) =
            (Taken::New(RecordingId::parse("a").unwrap()), Taken::Known(RecordingId::parse("b").unwrap()));
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
