//! `GET /viewer`: a file is read, analysed and drawn in the browser; nothing is sent.

use askama::Template;
use axum::response::Html;

use super::night_view::CHART_MESSAGES;
use super::numbers::Panel;
use crate::error::Problem;
use crate::http::page::{Page, render};
use crate::http::script;
use crate::i18n;

#[derive(Template)]
#[template(path = "viewer.html")]
struct ViewerPage {
    page: Page,
    panel: Panel,
    messages: String,
}

pub(super) async fn viewer(page: Page) -> Result<Html<String>, Problem> {
    let locale = page.locale();
    // Every message of the viewer's own and every parse error, whichever the core knows.
    let own = i18n::keys(locale).iter().map(String::as_str);
    let own = own.filter(|key| key.starts_with("viewer-") || key.starts_with("parse-error-"));
    let messages = script::messages(locale, CHART_MESSAGES.into_iter().chain(own), &[]);
    render(&ViewerPage { panel: Panel::new(locale, None), messages, page })
}
