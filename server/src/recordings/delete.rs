//! Deleting a recording: asked for on a page of its own, then row and bytes are gone.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, Redirect};

use super::access::CanManage;
use super::model::page_address;
use super::{assignment, original, store};
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::i18n::wording;
use crate::patients;
use crate::rows;
use crate::state::App;

#[derive(Template)]
#[template(path = "recordings/delete.html")]
struct DeletePage {
    page: Page,
    what: String,
    back: String,
}

/// `GET /recordings/{id}/delete`: says what will be gone and asks.
pub(super) async fn ask(held: CanManage, page: Page) -> Result<Html<String>, Problem> {
    let recording = held.recording();
    let start = wording::long(page.locale(), recording.digest.starts_at);
    let what = page.t_with("recording-delete-what", "start", start);
    render(&DeletePage { page, what, back: page_address(&recording.id) })
}

#[derive(serde::Deserialize)]
pub(super) struct Nothing {}

/// `POST /recordings/{id}/delete`: hides the recording at once, then removes the bytes, then the row. Should the
/// object store be away in between, the sweep finishes.
pub(super) async fn delete(
    held: CanManage,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let recording = held.recording();
    let patient = recording.patient_id.as_ref();
    let mut connection = Work::begin(&app.db, context).await?;
    if let Some(patient) = patient {
        patients::hold(&mut connection, patient).await?;
    }
    let hidden = store::hide(&mut connection, &held, app.clock.now()).await?;
    let hidden = hidden.ok_or_else(assignment::changed_meanwhile)?;
    rows::remove(&mut connection, recording.mark()).await?;
    connection.commit(Act::on_recording("recording-deleted", &recording.id)).await?;
    original::erase(&app, &hidden).await.map_err(unfinished)?;
    Ok(Redirect::to("/recordings?deleted=1"))
}

fn unfinished(problem: Problem) -> Problem {
    tracing::error!(cause = ?problem.cause(), "a deletion waits for the object store");
    Problem::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, "delete-unfinished")
}
