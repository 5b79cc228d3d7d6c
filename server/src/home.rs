//! What belongs to no room: the first page, and the language switch.

mod language;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use crate::error::Problem;
use crate::http::browser::page::{Page, render};
use crate::http::routes::{Routes, Visitor};
use crate::patients;
use crate::state::App;

/// `GET /` and `POST /language`.
pub fn routes() -> Routes {
    Routes::new().get::<Visitor, _>("/", home).merge(language::routes())
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    page: Page,
}

#[derive(Deserialize)]
struct HomeQuery {
    /// The secret of a link of the old platform, which led patients here.
    token: Option<String>,
}

async fn home(
    _: Visitor,
    State(app): State<App>,
    Query(query): Query<HomeQuery>,
    page: Page,
) -> Result<Response, Problem> {
    match query.token {
        Some(token) => patients::follow_old(&app, page, &token).await,
        None => Ok(render(&Home { page })?.into_response()),
    }
}
