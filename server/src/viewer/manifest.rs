//! What lets a device keep the viewer: its manifest and its service worker.

use axum::Json;
use axum::extract::Query;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;

use crate::error::Problem;
use crate::http::browser::assets;
use crate::http::routes::Anybody;
use crate::i18n::Locale;

/// `GET /viewer-offline.js`: the program that keeps the viewer on the device. It stands beside `/viewer` because a
/// browser lets it look after nothing above its own address.
pub(super) async fn offline(_: Anybody) -> Result<Response, Problem> {
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
pub(super) async fn manifest(_: Anybody, Query(query): Query<ManifestQuery>) -> Response {
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
