//! `GET /viewer`.

use askama::Template;
use axum::response::Html;

use crate::analyses::figures::{DefinitionRow, Panel, definition_rows};
use crate::analyses::{EventRow, messages};
use crate::error::Problem;
use crate::http::browser::page::{Page, render};
use crate::http::routes::Visitor;

#[derive(Template)]
#[template(path = "viewer/viewer.html")]
struct ViewerPage {
    page: Page,
    panel: Panel,
    definitions: Vec<DefinitionRow>,
    events: Vec<EventRow>,
    messages: String,
}

pub(super) async fn viewer(_: Visitor, page: Page) -> Result<Html<String>, Problem> {
    let locale = page.locale();
    render(&ViewerPage {
        panel: Panel::new(locale, None),
        definitions: definition_rows(locale, None),
        events: Vec::new(),
        // Every message of the viewer's own and every parse error, whichever the core knows.
        messages: messages(locale, &["viewer-", "parse-error-", "recording-short"]),
        page,
    })
}
