//! `/p`: where the code on a slip of paper is typed, by people without a camera.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use serde::Deserialize;

use super::enter::{Entered, enter};
use super::links::codes::{self, Tried, Typed};
use super::links::opened::Opening;
use super::links::store as links;
use super::passcode_page::passcode_page;
use super::store as patients;
use crate::audit::{self, About, Act, Work};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::http::routes::Visitor;
use crate::platform::limits::{self, Bucket, LONGEST_WINDOW, Limit};
use crate::state::App;

/// Wrong codes from one network in a quarter of an hour. Beyond that no code is looked at: unlike the secret of a link,
/// it is short enough to be tried.
const WRONG_CODES: Limit = Limit { attempts: 20, window: LONGEST_WINDOW };

#[derive(Template)]
#[template(path = "patients/code_entry.html")]
struct CodeEntry {
    page: Page,
    is_refused: bool,
}

/// `GET /p`.
pub(super) async fn show(_: Visitor, page: Page) -> Result<Html<String>, Problem> {
    render(&CodeEntry { page, is_refused: false })
}

#[derive(Deserialize)]
pub(super) struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    passcode: String,
}

/// `POST /p`. Unknown, wrong, used up and outlived codes get the same answer, as do those of closed links.
pub(super) async fn open(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Form(form): Form<CodeForm>,
) -> Result<Response, Problem> {
    let wrong = Bucket::new(&["patient-code", page.context().network()]);
    limits::check(&app.db, app.clock.now(), &wrong, WRONG_CODES).await?;
    let Some(opening) = find(&app, page.context(), &form.code).await? else {
        limits::count(&app.db, app.clock.now(), &wrong, WRONG_CODES).await?;
        return Ok((StatusCode::NOT_FOUND, render(&CodeEntry { page, is_refused: true })?).into_response());
    };
    match enter(&app, &page, &opening, &form.passcode).await? {
        Entered::In(response) => Ok(response),
        Entered::Asked(asked) => passcode_page(page, ("/p", "code", form.code.trim()), asked),
    }
}

/// The link to which a code leads, if it is right and the link opens.
async fn find(app: &App, context: &RequestContext, code: &str) -> Result<Option<Opening>, Problem> {
    let Some(typed) = Typed::parse(code) else {
        audit::note(context, "link-code-refused", About::NOTHING);
        return Ok(None);
    };
    let mut work = Work::begin(&app.db, context.clone()).await?;
    let (id, is_right) = match codes::try_code(&mut work, &typed, app.clock.now()).await? {
        Tried::Unknown => {
            audit::note(context, "link-code-refused", About::NOTHING);
            return Ok(None);
        }
        Tried::Wrong(link) => (link, false),
        Tried::Right(link) => (link, true),
    };
    let Some(link) = links::find(&app.db, &id).await? else { return Ok(None) };
    let (clinic, owner) = patients::behind(&app.db, &link).await?;
    let act = match is_right {
        true => Act::on_link_of("link-code-accepted", &id, &owner).unlisted(),
        false => Act::on_link("link-code-refused", &id),
    };
    work.commit(act.in_clinic(&clinic)).await?;
    Opening::of(app, is_right.then_some(link)).await
}
