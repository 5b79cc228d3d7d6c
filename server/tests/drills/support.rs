//! The platform as a process, with the stores of the API tests.

#[path = "../api/support/brevo.rs"]
#[expect(dead_code, reason = "the API tests use more of it")]
pub mod brevo;
#[path = "../api/support/client.rs"]
#[expect(dead_code, reason = "the API tests use more of it")]
pub mod client;
#[path = "../api/support/postgres.rs"]
#[expect(dead_code, reason = "the API tests use more of it")]
pub mod postgres;
#[path = "../api/support/program.rs"]
#[expect(dead_code, reason = "the API tests use more of it")]
pub mod program;

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use client::Client;
use postgres::Cluster;
use program::Program;
use tempfile::TempDir;

/// The one account of a drill's platform.
const EMAIL: &str = "admin@clinica.ro";
pub const PASSWORD: &str = "corect-cal-baterie-capsator";

/// Slowest answer of `/livez` under any attack, seconds: monitors wait longer.
pub const LIVE_S: f64 = 2.0;

/// The database of a drill.
pub enum Database {
    /// In the folder of the program.
    Sqlite,
    /// On a server of its own, which keeps what it has promised.
    Postgres(Box<Cluster>, String),
}

impl Database {
    /// A new PostgreSQL server with an empty database.
    pub async fn postgres() -> Self {
        let cluster = Cluster::start();
        cluster.make_template().await;
        let url = cluster.new_database().await;
        Self::Postgres(Box::new(cluster), url)
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(..) => "PostgreSQL",
        }
    }
}

/// A program with files in `folder`, and the address it will have at each start.
pub fn program(folder: &Arc<TempDir>, database: &Database, more: &[(&str, &str)]) -> (Program, String) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let address = format!("http://127.0.0.1:{port}");
    let data = folder.path().display().to_string();
    let mut variables = vec![
        ("DATA_DIR", data.as_str()),
        ("PORT", &port),
        ("ADMIN_EMAIL", EMAIL),
        ("ADMIN_PASSWORD", PASSWORD),
    ];
    if let Database::Postgres(_, url) = database {
        variables.push(("DATABASE_URL", url));
    }
    variables.extend(more);
    let owned = variables.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    (Program::new(Arc::clone(folder), owned), address)
}

/// A browser in which the account is signed in.
pub async fn signed_in(address: &str) -> Client {
    let client = Client::new(address);
    client.sign_in(EMAIL, PASSWORD).await;
    client
}

/// The same browser at another program on the same database.
pub fn also_at(client: &Client, address: &str) -> Client {
    let other = Client::new(address);
    other.set_cookie("sid", client.cookie("sid").as_deref());
    other
}

/// A patient's browser in which a link to the recording has been opened, and the link's path.
pub async fn open_link(doctor: &Client, address: &str, page: &str) -> (Arc<Client>, String) {
    let made = doctor.post(&format!("{page}/links"), &[]).await;
    let shown = if made.status == 303 { doctor.get(&made.header("location")).await } else { made };
    let link = shown.between("readonly value=\"", "\"");
    let (start, secret) = link.split_once("&#35;").or_else(|| link.split_once('#')).unwrap();
    let path = start[start.find("/p/").unwrap()..].to_owned();
    let patient = Client::new(address);
    let opened = patient.post(&format!("{path}/open"), &[("secret", secret)]).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    (Arc::new(patient), path)
}

/// Runs a drill's work to its end.
pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(work)
}

/// Seconds to a tenth.
pub fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 10.0).round() / 10.0
}

/// How many files lie in a folder and its folders.
pub fn files_in(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files_in(&path) } else { 1 }).sum()
}
