//! The original file, byte for byte.

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use super::access::{CanRead, CanView, SharedFile};
use super::file_name::attachment;
use super::original;
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::state::App;

/// `GET /recordings/{id}/file`.
pub(super) async fn file(
    read: CanRead,
    State(app): State<App>,
    context: RequestContext,
) -> Result<Response, Problem> {
    read.open(&context).await?;
    download(&app, &read).await
}

/// `GET /p/{id}/recordings/{rid}/file`.
pub(super) async fn shared_file(
    shared: SharedFile,
    State(app): State<App>,
    context: RequestContext,
) -> Result<Response, Problem> {
    shared.open(&context).await?;
    download(&app, &shared).await
}

async fn download(app: &App, seen: &CanView) -> Result<Response, Problem> {
    let recording = seen.recording();
    let mut response = original::bytes(app, seen).await?.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(recording.digest.format)));
    let name = if recording.file_name.is_empty() { "recording" } else { &recording.file_name };
    let disposition = HeaderValue::from_str(&attachment(name)).map_err(Problem::internal)?;
    headers.insert(CONTENT_DISPOSITION, disposition);
    // Whatever is in the file, no browser may run it.
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    Ok(response)
}

const fn content_type(format: &str) -> &'static str {
    match format.as_bytes() {
        b"csv" => "text/csv",
        _ => "application/octet-stream",
    }
}
