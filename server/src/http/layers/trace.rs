//! One line in the log for each request: what, how long, how it ended. Never who.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

use crate::http::context::RequestContext;

/// Runs around each matched route, inside [`super::context::layer`].
pub async fn layer(
    matched: Option<MatchedPath>,
    context: RequestContext,
    request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let response = next.run(request).await;
    let route = matched.as_ref().map_or("-", MatchedPath::as_str);
    let latency_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    tracing::info!(request_id = context.id(), %method, route, status, latency_ms, "request");
    response
}
