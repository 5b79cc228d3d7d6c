//! `POST /recordings`: one or many files, from a plain form or from the drag-and-drop script.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequest, Request, State};
use axum::http::header::{CONTENT_LENGTH, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use super::intake::{Received, Uploader, take_in};
use super::limits::{MAX_FILE_BYTES, MAX_FILES, MAX_PARTS, MAX_UPLOAD_BYTES, MEGABYTE};
use super::outcome::{INCOMPLETE, Outcome, Taken, UploadAnswer, status_of};
use super::refusal::Refusal;
use crate::clinics::Doctor;
use crate::desk::list;
use crate::error::Problem;
use crate::http::browser::csrf::{self, FormGuard};
use crate::http::browser::page::Page;
use crate::http::multipart::{FormError, Part, Parts};
use crate::http::routes::{Field, Form, Kind, Operation, Packing, Reads};
use crate::platform::work_pool::Permit;
use crate::recordings::{self, page_address};
use crate::state::App;

/// Longest form field that is no file.
const MAX_FIELD_BYTES: usize = 1_000;
/// Name of the form's field that holds the files.
const FILES: &str = "files";

/// The form, of which nothing is read before there is room for it.
pub(in crate::desk) struct Unread(Request);

impl<S: Sync> FromRequest<S> for Unread {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &S) -> Result<Self, Infallible> {
        Ok(Self(request))
    }
}

impl Reads for Unread {
    fn read(operation: &mut Operation) {
        let field = |name, kind| Field { name, kind, is_required: false };
        let fields = vec![field(FILES, Kind::Files), field(INCOMPLETE, Kind::Text)];
        operation.form = Some(Form { packing: Packing::Parts, fields, is_open: false });
    }
}

pub(in crate::desk) async fn upload(
    owner: Doctor,
    State(app): State<App>,
    guard: FormGuard,
    page: Page,
    Unread(request): Unread,
) -> Result<Response, Problem> {
    let longest = longest_file(request.headers());
    let room = Arc::new(app.work.hold(&owner.principal(), longest as u64).await?);
    let form = Parts::of(request, MAX_PARTS).await?;
    let by = Uploader { owner: &owner, context: page.context() };
    let outcomes = Upload { app: &app, by, room, longest }.receive_all(&guard, form).await?;
    let mut response = answer(&app, &owner, page, &outcomes).await?;
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("10"));
    }
    Ok(response)
}

async fn answer(app: &App, owner: &Doctor, page: Page, outcomes: &[Outcome]) -> Result<Response, Problem> {
    let status = status_of(outcomes);
    if page.context().wants_json() {
        return Ok((status, Json(UploadAnswer::new(page.locale(), outcomes))).into_response());
    }
    match outcomes {
        [Outcome { taken: taken @ Taken::New { .. }, .. }] if let Some(page) = taken.address() => {
            Ok(Redirect::to(&page).into_response())
        }
        [Outcome { taken: Taken::Known(id), .. }] => {
            Ok(Redirect::to(&format!("{}?duplicate=1", page_address(id))).into_response())
        }
        _ => list::after_upload(app, owner, page, status, outcomes).await,
    }
}

/// Longest file that a body can bring, in bytes: not longer than the body, if that says its length.
fn longest_file(headers: &HeaderMap) -> usize {
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    announced.map_or(MAX_FILE_BYTES, |announced: usize| announced.min(MAX_FILE_BYTES))
}

/// An upload that is being received, file after file into the same room.
struct Upload<'u> {
    app: &'u App,
    by: Uploader<'u>,
    room: Arc<Permit>,
    longest: usize,
}

impl Upload<'_> {
    /// Takes in file after file, so that memory never holds more than one of them, and reads no further than the first
    /// that is one too many.
    async fn receive_all(&self, guard: &FormGuard, mut form: Parts) -> Result<Vec<Outcome>, Problem> {
        let mut is_ours = guard.has_header();
        if is_ours {
            guard.check_header()?;
        }
        let (mut outcomes, mut accepted) = (Vec::new(), Vec::new());
        loop {
            let part = match form.next().await {
                Ok(Some(part)) => part,
                Ok(None) => break,
                Err(FormError::TooManyParts) => {
                    outcomes.push(refused(String::new(), Refusal::TooMany));
                    break;
                }
                Err(error) => return Err(interrupted(error)),
            };
            match part.name() {
                Some(csrf::FIELD) => {
                    let token = receive(part, Vec::new(), MAX_FIELD_BYTES).await?;
                    guard.check(&String::from_utf8_lossy(&token.bytes))?;
                    is_ours = true;
                }
                Some(FILES) if !is_ours => return Err(Problem::forged()),
                Some(FILES) if outcomes.len() >= MAX_FILES => {
                    outcomes.push(refused(name_of(&part), Refusal::TooMany));
                    break;
                }
                Some(FILES) => outcomes.extend(self.take_file(part, &accepted).await?),
                Some(INCOMPLETE) => accepted.push(receive(part, Vec::new(), MAX_FIELD_BYTES).await?.bytes),
                _ => drop(receive(part, Vec::new(), 0).await?),
            }
        }
        if outcomes.is_empty() {
            outcomes.push(refused(String::new(), Refusal::NoFile));
        }
        Ok(outcomes)
    }

    /// Takes in a file; of those `accepted`, by SHA-256, what is there though the end is missing.
    async fn take_file(&self, part: Part<'_>, accepted: &[Bytes]) -> Result<Option<Outcome>, Problem> {
        let name = name_of(&part);
        let body = receive(part, Vec::with_capacity(self.longest), MAX_FILE_BYTES).await?;
        if name.is_empty() && body.bytes.is_empty() {
            return Ok(None); // what browsers send when no file was chosen
        }
        if body.is_too_long {
            return Ok(Some(refused(name, Refusal::TooLarge)));
        }
        let bytes = Arc::clone(&self.room).keep_with(body.bytes);
        let is_accepted_cut = accepted.iter().any(|accepted| accepted == body.sha256.as_bytes());
        let file = Received { file_name: name.clone(), bytes, sha256: body.sha256, is_accepted_cut };
        match take_in(self.app, self.by, file).await {
            Ok(taken) => Ok(Some(Outcome { name, taken })),
            Err(problem) if problem.is_busy() => Ok(Some(refused(name, Refusal::Busy))),
            Err(problem) => Err(problem),
        }
    }
}

fn name_of(part: &Part<'_>) -> String {
    recordings::clean(part.file_name().unwrap_or_default())
}

fn refused(name: String, refusal: Refusal) -> Outcome {
    Outcome { name, taken: Taken::Refused(refusal) }
}

struct Body {
    bytes: Bytes,
    sha256: String,
    is_too_long: bool,
}

/// Reads a part to its end into `bytes` and keeps it only while it is within the limit.
async fn receive(mut part: Part<'_>, mut bytes: Vec<u8>, longest: usize) -> Result<Body, Problem> {
    let (mut hasher, mut is_too_long) = (Sha256::new(), false);
    while let Some(chunk) = part.chunk().await.map_err(interrupted)? {
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

fn interrupted(error: FormError) -> Problem {
    match error {
        FormError::TooLong => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "upload-total")
            .arg("megabytes", MAX_UPLOAD_BYTES / MEGABYTE),
        FormError::TooSlow => Problem::new(StatusCode::REQUEST_TIMEOUT, "too-slow"),
        FormError::TooManyParts | FormError::Broken => {
            Problem::new(StatusCode::BAD_REQUEST, "upload-interrupted")
        }
    }
}
