//! `GET /viewer`: files are read, analysed and drawn in the browser; nothing is sent. Once opened, it works without a
//! connection.

use askama::Template;
use axum::Json;
use axum::extract::Query;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;

use super::definitions::{self, DefinitionRow};
use super::night_view::{EventRow, messages};
use super::numbers::Panel;
use crate::error::Problem;
use crate::http::assets;
use crate::http::page::{Page, render};
use crate::i18n::Locale;

#[derive(Template)]
#[template(path = "viewer.html")]
struct ViewerPage {
    page: Page,
    panel: Panel,
    definitions: Vec<DefinitionRow>,
    events: Vec<EventRow>,
    messages: String,
}

pub(super) async fn viewer(page: Page) -> Result<Html<String>, Problem> {
    let locale = page.locale();
    render(&ViewerPage {
        panel: Panel::new(locale, None),
        definitions: definitions::rows(locale, None),
        events: Vec::new(),
        // Every message of the viewer's own and every parse error, whichever the core knows.
        messages: messages(locale, &["viewer-", "parse-error-", "recording-short"]),
        page,
    })
}

/// `GET /viewer-offline.js`: the program that keeps the viewer on the device. It stands beside `/viewer` because a
/// browser lets it look after nothing above its own address.
pub(super) async fn offline() -> Result<Response, Problem> {
    assets::file("service-worker.js").ok_or_else(Problem::not_found)
}

#[derive(Deserialize)]
pub(super) struct ManifestQuery {
    lang: Option<String>,
}

/// File, sizes and type of each icon: not every device takes the drawing itself.
const ICONS: [(&str, &str, &str); 3] = [
    ("icon.svg", "any", "image/svg+xml"),
    ("icon-192.png", "192x192", "image/png"),
    ("icon-512.png", "512x512", "image/png"),
];

/// `GET /viewer.webmanifest`: what a device needs to know to install the viewer.
pub(super) async fn manifest(Query(query): Query<ManifestQuery>) -> Response {
    let locale = query.lang.as_deref().and_then(Locale::from_tag).unwrap_or_default();
    let manifest = json!({
        "id": "/viewer",
        "start_url": "/viewer",
        "scope": "/viewer",
        "display": "standalone",
        "lang": locale.tag(),
        "name": locale.t("viewer-app-name"),
        "short_name": locale.t("viewer-title"),
        "description": locale.t("viewer-lead"),
        "background_color": "#f3f6f8",
        "theme_color": "#07415a",
        "icons": ICONS.map(|(file, sizes, kind)| json!({
            "src": assets::address(file).unwrap_or_default(), "sizes": sizes, "type": kind, "purpose": "any",
        })),
    });
    let mut response = Json(manifest).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/manifest+json"));
    response
}
