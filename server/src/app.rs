//! The application: what every handler shares, and the router made of all domains.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;

use crate::config::{Config, Storage};
use crate::error::Problem;
use crate::health::Health;
use crate::http::routes::{Route, Routes};
use crate::http::{assets, headers, trace, visit};
use crate::platform::blobs::Blobs;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError};
use crate::platform::drain::Drain;
use crate::platform::hasher::Hasher;
use crate::platform::random::Random;
use crate::{accounts, health, home, patients, recordings, reports};

/// What every handler shares. Clones share it.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
#[derive(Debug)]
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The object store.
    pub blobs: Blobs,
    /// The time of day.
    pub clock: Clock,
    /// Randomness.
    pub random: Random,
    /// Settings.
    pub config: Config,
    /// Passwords.
    pub hasher: Hasher,
    /// Whether the process is on its way out.
    pub drain: Drain,
    /// What the last look at the store found.
    pub health: Health,
}

/// Passwords hashed at the same time; each takes a core and 19 MiB.
const HASHES_AT_ONCE: usize = 2;

impl App {
    /// Puts the parts together.
    pub fn new(config: Config, db: Db, blobs: Blobs, clock: Clock, random: Random) -> Self {
        let hasher = Hasher::new(HASHES_AT_ONCE, random.clone());
        let (drain, health) = (Drain::default(), Health::default());
        Self(Arc::new(Parts { db, blobs, clock, random, config, hasher, drain, health }))
    }

    /// Connects to what `config` names, with the machine's clock and randomness.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub async fn connect(config: Config) -> Result<Self, DbError> {
        let db = Db::connect(&config.database).await?;
        let blobs = match &config.storage {
            Storage::Folder(root) => Blobs::folder(root),
            Storage::S3(settings) => Blobs::s3(settings),
        };
        Ok(Self::new(config, db, blobs, Clock::system(), Random::system()))
    }

    /// The router with every layer: what [`crate::http::listen::serve`] serves.
    pub fn router(&self) -> Router {
        self.dress(routes().into_router(self, accounts::identify))
    }

    /// Puts the layers every request passes around a router.
    pub fn dress(&self, router: Router<Self>) -> Router {
        router
            .fallback(async || Problem::not_found())
            .layer(from_fn(trace::layer))
            .layer(CatchPanicLayer::new())
            .layer(self.cross_site_guard())
            .layer(from_fn_with_state(self.clone(), visit::layer))
            .layer(from_fn_with_state(self.clone(), headers::layer))
            .with_state(self.clone())
    }

    /// Refuses requests that change something and come from another site's page.
    fn cross_site_guard(&self) -> CsrfLayer {
        let url = &self.config.app_url;
        CsrfLayer::new().add_trusted_origin(url).unwrap_or_else(|error| {
            tracing::warn!(%error, "APP_URL is no origin a browser sends; only the Host header is compared");
            CsrfLayer::new()
        })
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// The routes of all domains.
fn routes() -> Routes {
    Routes::new()
        .merge(health::routes())
        .merge(assets::routes())
        .merge(home::routes())
        .merge(accounts::routes())
        .merge(patients::routes())
        .merge(recordings::routes())
        .merge(reports::routes())
}

/// What the table of routes knows about each of them.
pub fn route_table() -> &'static [Route] {
    static TABLE: LazyLock<Vec<Route>> = LazyLock::new(|| routes().table());
    &TABLE
}
