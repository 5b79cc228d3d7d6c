//! From settings to a running platform, its background work, and its orderly end.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::config::Config;
use crate::error::StartError;
use crate::http::layers::headers;
use crate::http::listen;
use crate::platform::jobs::{Kind, Worker};
use crate::router::router;
use crate::state::App;
use crate::telemetry::say;
use crate::{accounts, analyses, audit, clinics, desk, mail, patients, privacy, recordings};

/// Runs the platform until it is told to stop by SIGTERM or Ctrl-C.
///
/// # Errors
/// When it cannot start: the sentence says what to do.
pub async fn serve(config: Config) -> Result<(), StartError> {
    let app = App::connect(config).await?;
    app.db.migrate().await?;
    let listed = desk::rebuild(&app).await;
    listed.map_err(|problem| format!("the list of recordings cannot be made: {:?}", problem.cause()))?;
    let log_in = accounts::first_log_in(&app).await?;
    if let Err(error) = app.blobs.rehearse().await {
        tracing::error!(store = app.blobs.kind(), %error, "the object store does not work: uploads will fail");
    }
    let listener = bind(&app.config).await?;
    let address = listener.local_addr()?;
    let (database, storage, mail) = (app.config.database.kind(), app.blobs.kind(), app.mailer.kind());
    tracing::info!(%address, database, storage, mail, "listening");
    warn_of_hidden_clients(&app.config);
    say(&format!("Oxi runs at {}", app.config.app_url));
    if let Some(link) = log_in {
        say(&format!("First log-in (works once, for 24 hours): {link}"));
    }
    let jobs = worker(&app);
    let jobs = tokio::spawn(async move { jobs.run().await });
    run(&app, listener, stop_signal()?).await;
    jobs.abort();
    tracing::info!("stopped");
    Ok(())
}

/// With `https` some proxy stands in front; unless it is known where it writes the clients' addresses, all of them count
/// as one network.
fn warn_of_hidden_clients(config: &Config) {
    if config.app_url.starts_with("https://") && config.client_header.is_none() {
        tracing::warn!("CLIENT_IP_HEADER is not set: behind a proxy all clients look like one network");
    }
}

/// Who does what is done beside the requests: the jobs of all rooms, the quick ones first.
pub fn worker(app: &App) -> Worker<App> {
    let mut kinds = vec![MAIL];
    kinds.extend(accounts::JOBS);
    kinds.extend(patients::JOBS);
    kinds.extend(recordings::JOBS);
    kinds.extend(privacy::JOBS);
    kinds.extend(desk::JOBS);
    kinds.extend(audit::JOBS);
    kinds.extend(analyses::JOBS);
    Worker::new((&app.db, &app.clock, &app.random, &app.drain), kinds, app.clone())
}

/// A job: sends a mail of the outbox, which one of all rooms' templates composes.
const MAIL: Kind<App> = Kind {
    name: mail::JOB,
    every: None,
    run: |app, id| Box::pin(async move { mail::send(&app, &[&accounts::MAILS, &clinics::MAILS], &id).await }),
};

/// Serves `app` on `listener` until `stop` resolves, lets running requests finish and closes the database.
pub async fn run(app: &App, listener: TcpListener, stop: impl Future<Output = ()>) {
    let drain = app.drain.clone();
    let stop = async move {
        stop.await;
        drain.begin();
    };
    let protective = headers::protective(app.config.secure_cookies);
    listen::serve(listener, router(app), app.config.listen_limits, protective, stop).await;
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
