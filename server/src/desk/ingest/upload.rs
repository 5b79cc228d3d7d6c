//! `POST /recordings`: one or many files, from a plain form or from the drag-and-drop script.

use axum::Json;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use super::intake::{Received, take_in};
use super::limits::{MAX_FILE_BYTES, MAX_FILES, MAX_UPLOAD_BYTES, MEGABYTE};
use super::outcome::{Outcome, Taken, UploadAnswer, status_of};
use super::refusal::Refusal;
use crate::desk::list;
use crate::error::Problem;
use crate::http::auth::SignedIn;
use crate::http::browser::csrf::{self, FormGuard};
use crate::http::browser::page::Page;
use crate::recordings::{self, page_address};
use crate::state::App;

/// Longest form field that is no file.
const MAX_FIELD_BYTES: usize = 1_000;

pub(in crate::desk) async fn upload(
    State(app): State<App>,
    owner: SignedIn,
    guard: FormGuard,
    page: Page,
    multipart: Multipart,
) -> Result<Response, Problem> {
    let outcomes = receive_all(&app, &owner, &guard, multipart).await?;
    let status = status_of(&outcomes);
    if page.context().wants_json() {
        return Ok((status, Json(UploadAnswer::new(page.locale(), &outcomes))).into_response());
    }
    if let [Outcome { taken: Taken::New(id) | Taken::Known(id), .. }] = outcomes.as_slice() {
        return Ok(Redirect::to(&page_address(id)).into_response());
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
    let name = recordings::clean(field.file_name().unwrap_or_default());
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
    Ok(Body { bytes: bytes.into(), sha256: recordings::hex(&hasher.finalize()), is_too_long })
}

fn interrupted(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let problem = Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "upload-total");
        return problem.arg("megabytes", MAX_UPLOAD_BYTES / MEGABYTE);
    }
    Problem::new(StatusCode::BAD_REQUEST, "upload-interrupted")
}
