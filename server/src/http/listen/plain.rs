//! Answers that no handler makes: a status, the protective headers, nothing else. The connection ends with them.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{CONNECTION, CONTENT_LENGTH, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;

/// Makes plain answers. Clones share the headers.
#[derive(Clone, Debug)]
pub(super) struct Plain(Arc<HeaderMap>);

impl Plain {
    /// `protective`: the headers that every answer of the platform carries.
    pub(super) fn new(mut protective: HeaderMap) -> Self {
        protective.insert(CONNECTION, HeaderValue::from_static("close"));
        protective.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        Self(Arc::new(protective))
    }

    /// The answer for a server that writes answers itself.
    pub(super) fn answer(&self, status: StatusCode) -> Response {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = status;
        *answer.headers_mut() = (*self.0).clone();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        answer
    }

    /// The answer as it goes over the wire.
    pub(super) fn bytes(&self, status: StatusCode) -> Vec<u8> {
        let mut bytes = format!("HTTP/1.1 {status}\r\n").into_bytes();
        for (name, value) in self.answer(status).headers() {
            for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
                bytes.extend_from_slice(part);
            }
        }
        bytes.extend_from_slice(b"\r\n");
        bytes
    }
}
