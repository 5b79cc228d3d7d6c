//! `POST /recordings`: one or many files, from a plain form or from the drag-and-drop script.

use axum::Json;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use bytes::Bytes;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::intake::{Received, Taken, take_in};
use super::model::RecordingId;
use super::refusal::Refusal;
use super::{file_name, list, store};
use crate::app::App;
use crate::error::Problem;
use crate::http::auth::SignedIn;
use crate::http::csrf::{self, FormGuard};
use crate::http::page::Page;
use crate::i18n::Locale;

/// Bytes in a megabyte, as the limits are worded.
pub(super) const MEGABYTE: usize = 1_000_000;
/// Longest file.
pub(super) const MAX_FILE_BYTES: usize = 20 * MEGABYTE;
/// Most files of one upload.
pub(super) const MAX_FILES: usize = 50;
/// Longest upload.
pub(super) const MAX_UPLOAD_BYTES: usize = 250 * MEGABYTE;
/// Longest form field that is no file.
const MAX_FIELD_BYTES: usize = 1_000;

/// What became of one file.
pub(super) struct Outcome {
    pub(super) name: String,
    pub(super) taken: Taken,
}

pub(super) async fn upload(
    State(app): State<App>,
    owner: SignedIn,
    guard: FormGuard,
    page: Page,
    multipart: Multipart,
) -> Result<Response, Problem> {
    let outcomes = receive_all(&app, &owner, &guard, multipart).await?;
    let status = status_of(&outcomes);
    if page.visit().wants_json() {
        return Ok((status, Json(UploadAnswer::new(page.locale(), &outcomes))).into_response());
    }
    if let [Outcome { taken: Taken::New(id) | Taken::Known(id), .. }] = outcomes.as_slice() {
        return Ok(Redirect::to(&address(id)).into_response());
    }
    list::after_upload(&app, &owner, page, status, &outcomes).await
}

/// Takes in file after file, so that memory never holds more than one of them.
async fn receive_all(
    app: &App,
    owner: &SignedIn,
    guard: &FormGuard,
    mut multipart: Multipart,
) -> Result<Vec<Outcome>, Problem> {
    let mut is_ours = guard.has_header();
    if is_ours {
        guard.check_header()?;
    }
    let mut outcomes = Vec::new();
    while let Some(field) = multipart.next_field().await.map_err(|error| interrupted(&error))? {
        match field.name() {
            Some(csrf::FIELD) => {
                let token = receive(field, MAX_FIELD_BYTES).await?;
                guard.check(&String::from_utf8_lossy(&token.bytes))?;
                is_ours = true;
            }
            Some("files") if !is_ours => return Err(Problem::forged()),
            Some("files") => outcomes.extend(take_field(app, owner, field, outcomes.len()).await?),
            _ => {}
        }
    }
    if outcomes.is_empty() {
        outcomes.push(Outcome { name: String::new(), taken: Taken::Refused(Refusal::NoFile) });
    }
    Ok(outcomes)
}

async fn take_field(
    app: &App,
    owner: &SignedIn,
    field: Field<'_>,
    taken_before: usize,
) -> Result<Option<Outcome>, Problem> {
    let name = file_name::clean(field.file_name().unwrap_or_default());
    let body = receive(field, MAX_FILE_BYTES).await?;
    if name.is_empty() && body.bytes.is_empty() {
        return Ok(None); // what browsers send when no file was chosen
    }
    let taken = if taken_before >= MAX_FILES {
        Taken::Refused(Refusal::TooMany)
    } else if body.is_too_long {
        Taken::Refused(Refusal::TooLarge)
    } else {
        let file = Received { file_name: name.clone(), bytes: body.bytes, sha256: body.sha256 };
        take_in(app, owner, file).await?
    };
    Ok(Some(Outcome { name, taken }))
}

struct Body {
    bytes: Bytes,
    sha256: String,
    is_too_long: bool,
}

/// Reads a field to its end and keeps it only while it is within the limit.
async fn receive(mut field: Field<'_>, longest: usize) -> Result<Body, Problem> {
    let (mut bytes, mut hasher, mut is_too_long) = (Vec::new(), Sha256::new(), false);
    while let Some(chunk) = field.chunk().await.map_err(|error| interrupted(&error))? {
        is_too_long |= bytes.len() + chunk.len() > longest;
        if is_too_long {
            bytes = Vec::new();
        } else {
            hasher.update(&chunk);
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(Body { bytes: bytes.into(), sha256: store::hex(&hasher.finalize()), is_too_long })
}

fn interrupted(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let problem = Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "upload-total");
        return problem.arg("megabytes", MAX_UPLOAD_BYTES / MEGABYTE);
    }
    Problem::new(StatusCode::BAD_REQUEST, "upload-interrupted")
}

/// 201 something new, 200 nothing new, 207 some refused; all refused: their common status, else 422.
fn status_of(outcomes: &[Outcome]) -> StatusCode {
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

/// Where a recording's page is.
pub(super) fn address(id: &RecordingId) -> String {
    format!("/recordings/{id}")
}

#[derive(Serialize)]
struct UploadAnswer {
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
    fn new(locale: Locale, outcomes: &[Outcome]) -> Self {
        Self { files: outcomes.iter().map(|outcome| FileAnswer::new(locale, outcome)).collect() }
    }
}

impl FileAnswer {
    fn new(locale: Locale, outcome: &Outcome) -> Self {
        let (recording, result, refusal) = match &outcome.taken {
            Taken::New(id) => (Some(address(id)), "new", None),
            Taken::Known(id) => (Some(address(id)), "known", None),
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
        let (new, known) = (Taken::New(RecordingId::new("a")), Taken::Known(RecordingId::new("b")));
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
