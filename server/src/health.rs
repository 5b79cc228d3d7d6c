//! Whether the platform works: for the platform that hosts it, for monitors and for people.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use serde::Serialize;

use crate::http::routes::{Anybody, Routes};
use crate::platform::probe::StorageState;
use crate::state::App;

/// `GET /health`, `/livez`, `/readyz`.
pub fn routes() -> Routes {
    Routes::new()
        .get::<Anybody, _>("/health", health)
        .get::<Anybody, _>("/livez", async |_: Anybody| "ok")
        .get::<Anybody, _>("/readyz", ready)
}

/// How many routes there are: put into every request by the router.
#[derive(Clone, Copy, Debug)]
pub struct RouteCount(pub usize);

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

/// 503 only when the database cannot be read: with a broken store or a full disk the fix must still be deployable.
async fn health(_: Anybody, State(app): State<App>, Extension(routes): Extension<RouteCount>) -> Response {
    let storage = app.probe.storage(&app.blobs, &app.clock);
    let full = app.probe.is_database_full(&app.db, &app.clock);
    let (database, is_full, storage) = tokio::join!(database_works(&app), full, storage);
    let status = match (database, is_full, storage) {
        (true, false, StorageState::Works) => "healthy",
        (true, ..) => "degraded",
        (false, ..) => "unhealthy",
    };
    let report = Report {
        status,
        timestamp: app.clock.now().to_string(),
        checks: Checks {
            database: match (database, is_full) {
                (true, false) => "ok",
                (true, true) => "full",
                (false, _) => "error",
            },
            storage: storage.word(),
            callbacks: routes.0,
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

/// Whether new work should come here: not while draining, not without a database.
async fn ready(_: Anybody, State(app): State<App>) -> Response {
    if !app.drain.is_draining() && app.db.ping().await.is_ok() {
        return "ready".into_response();
    }
    (StatusCode::SERVICE_UNAVAILABLE, Json(serde_json::json!({"status": "not ready"}))).into_response()
}
