//! The contract: what every route reads and answers, as OpenAPI 3.1, made from the table of routes.

mod document;

use axum::Extension;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;

use crate::http::routes::{Anybody, Route, Routes};

/// `GET /openapi.json`. It is open to anybody: it is the same on every platform of this version and names nothing that
/// belongs to anybody; what guards a route is its proof, not that its path would be unknown.
pub fn routes() -> Routes {
    Routes::new().get::<Anybody, _>("/openapi.json", show)
}

/// The document: put into every request by the router.
#[derive(Clone, Debug)]
pub struct Contract(Bytes);

impl Contract {
    /// The contract of these routes.
    pub fn of(table: &[Route]) -> Self {
        Self(document::document(table).to_string().into())
    }
}

async fn show(_: Anybody, Extension(Contract(document)): Extension<Contract>) -> Response {
    let mut response = document.into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
