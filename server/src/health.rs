//! Whether the platform works: for the platform that hosts it, for monitors and for people.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use tokio::sync::Mutex;

use crate::app::{App, route_table};
use crate::http::routes::{Policy, Routes};
use crate::platform::clock::Timestamp;

/// `GET /health`, `/livez`, `/readyz`.
pub fn routes() -> Routes {
    Routes::new().get("/health", Policy::Open, health).get("/livez", Policy::Open, async || "ok").get(
        "/readyz",
        Policy::Open,
        ready,
    )
}

/// Remembers for ten seconds what the object store answered, so that asking for health costs nothing.
#[derive(Debug, Default)]
pub struct Health {
    storage: Mutex<Option<(Timestamp, bool)>>,
}

const FRESH: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Serialize)]
struct Report {
    status: &'static str,
    timestamp: String,
    checks: Checks,
}

#[derive(Serialize)]
struct Checks {
    database: &'static str,
    storage: &'static str,
    callbacks: usize,
}

/// 503 only when the database is down: with a broken store the fix must still be deployable.
async fn health(State(app): State<App>) -> Response {
    let (database, storage) = tokio::join!(database_works(&app), storage_works(&app));
    let status = match (database, storage) {
        (true, true) => "healthy",
        (true, false) => "degraded",
        (false, _) => "unhealthy",
    };
    let report = Report {
        status,
        timestamp: app.clock.now().to_string(),
        checks: Checks {
            database: if database { "ok" } else { "error" },
            storage: if storage { "ok" } else { "degraded" },
            callbacks: route_table().len(),
        },
    };
    let code = if database { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (code, Json(report)).into_response()
}

async fn database_works(app: &App) -> bool {
    let answer = app.db.ping().await;
    if let Err(error) = &answer {
        tracing::error!(%error, "the database does not answer");
    }
    answer.is_ok()
}

/// Holding the lock while asking makes everybody else wait for the one answer.
async fn storage_works(app: &App) -> bool {
    let mut known = app.health.storage.lock().await;
    let now = app.clock.now();
    if let Some((at, works)) = *known
        && now.since(at) < FRESH
    {
        return works;
    }
    let answer = tokio::time::timeout(PATIENCE, app.blobs.probe()).await;
    let works = matches!(answer, Ok(Ok(())));
    if let Ok(Err(error)) = &answer {
        tracing::error!(%error, "the object store does not answer");
    }
    *known = Some((now, works));
    works
}

/// Whether new work should come here: not while draining, not without a database.
async fn ready(State(app): State<App>) -> Response {
    if !app.drain.is_draining() && app.db.ping().await.is_ok() {
        return "ready".into_response();
    }
    (StatusCode::SERVICE_UNAVAILABLE, Json(serde_json::json!({"status": "not ready"}))).into_response()
}
