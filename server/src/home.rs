//! What belongs to no room: the first page, and the language switch.

mod language;

use askama::Template;
use axum::response::Html;

use crate::error::Problem;
use crate::http::browser::page::{Page, render};
use crate::http::routes::{Routes, Visitor};

/// `GET /` and `POST /language`.
pub fn routes() -> Routes {
    Routes::new().get::<Visitor, _>("/", home).merge(language::routes())
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    page: Page,
}

async fn home(_: Visitor, page: Page) -> Result<Html<String>, Problem> {
    render(&Home { page })
}
