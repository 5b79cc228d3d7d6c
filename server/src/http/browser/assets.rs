//! Built browser code and style, served from inside the program under names that change with their content.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderName, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::error::Problem;
use crate::http::routes::{Anybody, Routes};

#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Files;

/// `GET /assets/...`, and the same files under `/viewer/assets/...`, where the viewer's service worker may look after
/// what its worker loads.
pub fn routes() -> Routes {
    Routes::new()
        .get::<Anybody, _>("/assets/{*path}", asset)
        .get::<Anybody, _>("/viewer/assets/{*path}", asset)
}

/// The address of the built file called `name` in the manifest, such as `/assets/app.3f2a.css` for `app.css`.
pub fn address(name: &str) -> Option<String> {
    hashed(name).map(|file| format!("/assets/{file}"))
}

/// The built file called `name` in the manifest, for an address that does not change with the content.
pub fn file(name: &str) -> Option<Response> {
    let path = hashed(name)?;
    let mut response = Body::from(Files::get(path)?.data).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    Some(response)
}

fn hashed(name: &str) -> Option<&'static str> {
    static MANIFEST: LazyLock<BTreeMap<String, String>> = LazyLock::new(manifest);
    MANIFEST.get(name).map(String::as_str)
}

fn manifest() -> BTreeMap<String, String> {
    let file = Files::get("manifest.json");
    file.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
}

async fn asset(_: Anybody, Path(path): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let (file, encoding) = find(&path, &headers).ok_or_else(Problem::not_found)?;
    let mut response = Body::from(file.data).into_response();
    let mut set = |name: HeaderName, value: &'static str| {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    };
    set(CONTENT_TYPE, content_type(&path));
    set(CACHE_CONTROL, "public, max-age=31536000, immutable");
    set(VARY, "accept-encoding");
    if let Some(encoding) = encoding {
        set(CONTENT_ENCODING, encoding);
    }
    Ok(response)
}

/// The file, or its smaller form if one was built (`app.js.br`, `app.js.gz`) and the browser takes it.
fn find(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes = |name: &str| {
        accepted.split(',').any(|part| part.split(';').next().unwrap_or_default().trim() == name)
    };
    for (encoding, suffix) in [("br", ".br"), ("gzip", ".gz")] {
        if takes(encoding)
            && let Some(file) = Files::get(&format!("{path}{suffix}"))
        {
            return Some((file, Some(encoding)));
        }
    }
    Files::get(path).map(|file| (file, None))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
