//! The first page.

use askama::Template;
use axum::response::Html;

use crate::error::Problem;
use crate::http::page::{Page, render};
use crate::http::routes::{Policy, Routes};

/// `GET /`.
pub fn routes() -> Routes {
    Routes::new().get("/", Policy::Anyone, home)
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    page: Page,
}

async fn home(page: Page) -> Result<Html<String>, Problem> {
    render(&Home { page })
}
