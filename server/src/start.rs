//! From settings to a running platform, and to its orderly end.

use std::error::Error;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::app::App;
use crate::config::Config;
use crate::http::listen;
use crate::platform::db::{DatabaseUrl, Db};
use crate::telemetry::say;
use crate::{accounts, recordings};

/// Why the platform did not start: a sentence for the operator.
pub type StartError = Box<dyn Error + Send + Sync>;

/// Brings the database up to date.
///
/// # Errors
/// When the database cannot be reached or changed.
pub async fn migrate(config: &Config) -> Result<(), StartError> {
    make_folder_for(&config.database)?;
    let db = Db::connect(&config.database).await.map_err(|error| explain(&config.database, &error))?;
    db.migrate().await?;
    db.close().await;
    tracing::info!(database = config.database.kind(), "database is up to date");
    Ok(())
}

/// Runs the platform until it is told to stop by SIGTERM or Ctrl-C.
///
/// # Errors
/// When it cannot start: the sentence says what to do.
pub async fn serve(config: Config) -> Result<(), StartError> {
    make_folder_for(&config.database)?;
    let database = config.database.clone();
    let app = App::connect(config).await.map_err(|error| explain(&database, &error))?;
    app.db.migrate().await?;
    let log_in = accounts::first_log_in(&app).await?;
    if let Err(error) = app.blobs.rehearse().await {
        tracing::error!(store = app.blobs.kind(), %error, "the object store does not work: uploads will fail");
    }
    let listener = bind(&app.config).await?;
    let address = listener.local_addr()?;
    tracing::info!(%address, database = database.kind(), storage = app.blobs.kind(), "listening");
    say(&format!("Oxi runs at {}", app.config.app_url));
    if let Some(link) = log_in {
        say(&format!("First log-in (works once, for 24 hours): {link}"));
    }
    let tidying = tokio::spawn(recordings::keep_tidy(app.clone()));
    run(&app, listener, stop_signal()?).await;
    tidying.abort();
    tracing::info!("stopped");
    Ok(())
}

/// Serves `app` on `listener` until `stop` resolves, lets running requests finish and closes the database.
pub async fn run(app: &App, listener: TcpListener, stop: impl Future<Output = ()>) {
    let drain = app.drain.clone();
    let stop = async move {
        stop.await;
        drain.begin();
    };
    listen::serve(listener, app.router(), app.config.listen_limits, stop).await;
    if tokio::time::timeout(GOODBYE, app.db.close()).await.is_err() {
        tracing::warn!("some queries did not finish in time");
    }
}

/// Longest time for the database to take back its connections at the end.
const GOODBYE: Duration = Duration::from_secs(3);

async fn bind(config: &Config) -> Result<TcpListener, StartError> {
    let bound = match TcpListener::bind(config.listen).await {
        Err(_) if !config.listen_is_chosen => {
            TcpListener::bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), config.listen.port())).await
        }
        bound => bound,
    };
    bound.map_err(|error| {
        format!("cannot listen on {}: {error}; choose another port with PORT", config.listen).into()
    })
}

fn make_folder_for(database: &DatabaseUrl) -> Result<(), StartError> {
    let DatabaseUrl::Sqlite(path) = database else { return Ok(()) };
    let Some(folder) = Path::new(path).parent() else { return Ok(()) };
    std::fs::create_dir_all(folder).map_err(|error| {
        format!(
            "cannot create the folder {} for the database: {error}; choose another with DATA_DIR",
            folder.display()
        )
        .into()
    })
}

fn explain(database: &DatabaseUrl, error: &sqlx::Error) -> StartError {
    format!("cannot open the {} database: {error}; check DATABASE_URL", database.kind()).into()
}

fn stop_signal() -> Result<impl Future<Output = ()>, StartError> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
