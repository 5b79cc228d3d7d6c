//! Starts the platform for a test, on either set of back ends, and talks to it like a browser.

pub mod acts;
pub mod audit_log;
pub mod brevo;
pub mod client;
pub mod disk;
pub mod log;
pub mod mail_server;
pub mod mails;
pub mod postgres;
#[expect(dead_code, reason = "the drills use more of it")]
pub mod program;
pub mod proxy;
pub mod s3;

use std::path::{Path, PathBuf};
use std::time::Duration;

use oxi_server::audit::{Act, Duty, Work};
use oxi_server::config::Config;
use oxi_server::platform::blobs::Blobs;
use oxi_server::platform::clock::{Clock, Timestamp};
use oxi_server::platform::db::Db;
use oxi_server::platform::random::Random;
use oxi_server::platform::seal::Seal;
use oxi_server::state::App;
use oxi_server::{accounts, serve};
use sqlx::Any;
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use client::Client;
pub use postgres::database_text;

/// What the platform stands on in a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// SQLite in a file, blobs in a folder.
    Sqlite,
    /// A real PostgreSQL server, blobs on an S3 service.
    Postgres,
}

/// Declares behaviours as functions of a running [`Server`]; each becomes one test in `mod sqlite` and one in
/// `mod postgres`.
macro_rules! behaviours {
    ($($(#[$attribute:meta])* async fn $name:ident($server:ident: Server) $body:block)*) => {
        $($(#[$attribute])* async fn $name($server: $crate::support::Server) $body)*

        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                super::$name($crate::support::Server::start($crate::support::Backend::Sqlite).await).await;
            })*
        }

        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                super::$name($crate::support::Server::start($crate::support::Backend::Postgres).await).await;
            })*
        }
    };
}

/// E-mail address of the administrator every test platform starts with.
pub const ADMIN_EMAIL: &str = "admin@clinica.ro";
/// Password of that administrator, and of the doctors [`Server::doctor`] makes.
pub const PASSWORD: &str = "corect-cal-baterie-capsator";

/// A running platform.
pub struct Server {
    /// The platform's insides, for what cannot be seen from outside.
    pub app: App,
    /// Address without a slash at the end.
    pub url: String,
    /// What it stands on.
    pub backend: Backend,
    /// Its folder: database and files on [`Backend::Sqlite`].
    pub folder: TempDir,
    /// Where its files lie.
    pub store: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<()>>,
    _compared: acts::Compared,
}

impl Server {
    /// Starts a platform with an empty database and the administrator [`ADMIN_EMAIL`].
    pub async fn start(backend: Backend) -> Self {
        Self::start_with(backend, &[]).await
    }

    /// [`Server::start`] with further variables of the environment.
    pub async fn start_with(backend: Backend, variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = match backend {
            Backend::Sqlite => format!("sqlite:{}", folder.path().join("oxi.db").display()),
            Backend::Postgres => postgres::new_database().await,
        };
        let (blobs, store) = match backend {
            Backend::Sqlite => {
                let store = folder.path().join("files");
                (Blobs::folder(&store), store)
            }
            Backend::Postgres => {
                let bucket = s3::shared().new_bucket();
                (Blobs::s3(&bucket), s3::shared().root().join(&bucket.bucket))
            }
        };
        let config = config(&database, folder.path(), variables);
        Self { store, ..Self::start_on(backend, config, blobs, folder).await }
    }

    /// Starts a platform on chosen stores.
    pub async fn start_on(backend: Backend, config: Config, blobs: Blobs, folder: TempDir) -> Self {
        audit_log::listen();
        let db = Db::connect(&config.database).await.unwrap();
        db.migrate().await.unwrap();
        let random = Random::system();
        let seal = Seal::new(&config.secret_key, config.previous_secret_key.clone(), random.clone()).unwrap();
        let clock = Clock::manual(Timestamp::from_millis(1_769_000_000_000));
        let app = App::new(config, db, blobs, seal, (clock, random));
        accounts::first_log_in(&app).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let compared = acts::compare(&url);
        _ = client::CHANGED.set(acts::check);
        let (stop, stopped) = oneshot::channel::<()>();
        let running = app.clone();
        let task =
            tokio::spawn(async move { serve::run(&running, listener, async { _ = stopped.await }).await });
        let store = folder.path().join("files");
        Self { app, url, backend, folder, store, stop: Some(stop), task: Some(task), _compared: compared }
    }

    /// A browser that has never been here.
    pub fn browser(&self) -> Client {
        Client::new(&self.url)
    }

    /// A browser in which the administrator is signed in.
    pub async fn admin(&self) -> Client {
        let client = self.browser();
        client.sign_in(ADMIN_EMAIL, PASSWORD).await;
        client
    }

    /// A browser in which a new doctor is signed in; made the way an administrator makes one.
    pub async fn doctor(&self, email: &str) -> Client {
        let admin = self.admin().await;
        self.doctor_made_by(&admin, email).await
    }

    /// [`Server::doctor`] with an administrator's browser at hand.
    pub async fn doctor_made_by(&self, admin: &Client, email: &str) -> Client {
        let made = admin.post("/admin/users", &[("email", email), ("name", "Dr. Ana Știrbu")]).await;
        let code = made.between("data-code=\"", "\"");
        let client = self.browser();
        let set = client.post("/set-password", &[("code", &code), ("password", PASSWORD)]).await;
        assert_eq!(set.status, 303, "{}", set.text());
        client
    }

    /// A transaction of the test's own, in the name of the platform.
    pub async fn work(&self) -> Work {
        Work::begin(&self.app.db, Duty::Sweep).await.unwrap()
    }

    /// Puts into the database what no page would, by one statement; says how many rows it changed.
    pub async fn change(&self, query: Query<'_, Any, AnyArguments>) -> u64 {
        change(&self.app.db, query).await
    }

    /// Moves the platform's clock forward.
    pub fn wait(&self, time: Duration) {
        self.app.clock.advance(time);
    }

    /// Asks the platform to stop, as SIGTERM does, and waits until it has.
    pub async fn stop(mut self) -> TempDir {
        _ = self.stop.take().unwrap().send(());
        self.task.take().unwrap().await.unwrap();
        self.folder
    }
}

/// [`Server::change`] before there is a server.
pub async fn change(db: &Db, query: Query<'_, Any, AnyArguments>) -> u64 {
    let mut work = Work::begin(db, Duty::Sweep).await.unwrap();
    let changed = query.execute(&mut **work).await.unwrap().rows_affected();
    work.commit(Act::on_rows("changed-by-a-test", changed).without_entry()).await.unwrap();
    changed
}

/// Settings of a test platform.
pub fn config(database: &str, folder: &Path, variables: &[(&str, &str)]) -> Config {
    let folder = folder.display().to_string();
    let always = [
        ("DATABASE_URL", database),
        ("DATA_DIR", &folder),
        ("ADMIN_EMAIL", ADMIN_EMAIL),
        ("ADMIN_PASSWORD", PASSWORD),
        ("ADMIN_NAME", "Administrator"),
        ("CLIENT_IP_HEADER", "x-real-ip"),
        ("HEADER_TIMEOUT_SECS", "2"),
    ];
    let lookup = |name: &str| {
        let mut all = variables.iter().chain(&always);
        all.find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    };
    Config::from_lookup(lookup).unwrap()
}
