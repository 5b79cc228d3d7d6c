//! Every route of the platform behind the layers all of them pass.

use std::sync::LazyLock;

use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Extension, Router};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;

use crate::error::Problem;
use crate::http::browser::assets;
use crate::http::layers::{context, headers, trace};
use crate::http::routes::{Route, Routes};
use crate::state::App;
use crate::{
    accounts, admin, clinics, contract, desk, health, home, patients, privacy, recordings, reports, sharing,
    viewer,
};

/// The router with every layer: what [`crate::http::listen::serve`] serves.
pub fn router(app: &App) -> Router {
    let routes = routes();
    let count = health::RouteCount(routes.len());
    let contract = contract::Contract::of(&routes.table());
    let router = routes.into_router(app, clinics::identify);
    layered(app, router.layer(Extension(count)).layer(Extension(contract)))
}

/// Puts the layers every request passes around a router.
pub fn layered(app: &App, router: Router<App>) -> Router {
    router
        .fallback(async || Problem::not_found())
        .layer(from_fn(trace::layer))
        .layer(CatchPanicLayer::new())
        .layer(cross_site_guard(app))
        .layer(from_fn_with_state(app.clone(), context::layer))
        .layer(from_fn_with_state(app.clone(), headers::layer))
        .with_state(app.clone())
}

/// Refuses requests that change something and come from another site's page.
fn cross_site_guard(app: &App) -> CsrfLayer {
    let url = &app.config.app_url;
    CsrfLayer::new().add_trusted_origin(url).unwrap_or_else(|error| {
        tracing::warn!(%error, "APP_URL is no origin a browser sends; only the Host header is compared");
        CsrfLayer::new()
    })
}

/// The routes of all rooms.
fn routes() -> Routes {
    Routes::new()
        .merge(health::routes())
        .merge(contract::routes())
        .merge(assets::routes())
        .merge(home::routes())
        .merge(accounts::routes())
        .merge(clinics::routes())
        .merge(patients::routes())
        .merge(recordings::routes())
        .merge(desk::routes())
        .merge(privacy::routes())
        .merge(admin::routes())
        .merge(sharing::routes())
        .merge(reports::routes())
        .merge(viewer::routes())
}

/// What the table of routes knows about each of them.
pub fn route_table() -> &'static [Route] {
    static TABLE: LazyLock<Vec<Route>> = LazyLock::new(|| routes().table());
    &TABLE
}
