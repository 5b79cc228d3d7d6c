//! A throw-away PostgreSQL server: started when the first test needs it, gone when the test program ends.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use oxi_server::platform::db::{DatabaseUrl, Db};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

/// A PostgreSQL server in a folder of its own.
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    account: Option<(u32, u32)>,
    settings: &'static str,
    /// Stops the server when this process ends, however it ends: its standard input is a pipe from here.
    _watchdog: Child,
}

/// What openssl is asked for: a certificate of this machine that vouches for itself alone.
const CERTIFICATE: &str = "[req]\nprompt = no\ndistinguished_name = name\nx509_extensions = more\n[name]\nCN = localhost\n\
    [more]\nbasicConstraints = CA:FALSE\nsubjectAltName = DNS:localhost,IP:127.0.0.1\n";

/// Quick, and never crashed on purpose: nothing has to reach the disk.
const FORGETFUL: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";

static SHARED: LazyLock<Cluster> = LazyLock::new(|| {
    let made = std::thread::spawn(|| {
        let cluster = Cluster::start_with(FORGETFUL);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(cluster.make_template());
        cluster
    });
    made.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause))
});

/// A new database with all tables on the shared server; its address.
pub async fn new_database() -> String {
    SHARED.new_database().await
}

/// A new database without tables on the shared server; its address.
pub async fn empty_database() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("empty_{}", COUNT.fetch_add(1, Ordering::SeqCst));
    SHARED.execute(&format!("CREATE DATABASE {name}")).await;
    SHARED.url(&name)
}

impl Cluster {
    /// Starts a server.
    pub fn start() -> Self {
        Self::start_with("")
    }

    fn start_with(settings: &'static str) -> Self {
        let account = unprivileged_account();
        let folder = tempfile::Builder::new().prefix("oxi-postgres-").tempdir().unwrap().keep();
        if let Some((user, group)) = account {
            chown(&folder, Some(user), Some(group)).unwrap();
        }
        let data = folder.join("data").display().to_string();
        let options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C", "-D", &data];
        run(command("initdb", &folder, account).args(options));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let watchdog = watchdog(&folder, account);
        let cluster = Self { folder, port, account, settings, _watchdog: watchdog };
        cluster.resume();
        cluster
    }

    /// Starts the server's process on its existing data.
    pub fn resume(&self) {
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c max_connections=300 {}",
            self.port,
            self.folder.display(),
            self.settings
        );
        run(self.pg_ctl().args(["-w", "-t", "60", "-o", &options, "start"]));
    }

    /// Ends the server's process at once, without a goodbye to its clients.
    pub fn crash(&self) {
        run(self.pg_ctl().args(["-w", "-m", "immediate", "stop"]));
    }

    /// Address of a database on this server.
    pub fn url(&self, name: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{name}", self.port)
    }

    /// Makes a certificate for the server and switches TLS on.
    pub async fn offer_tls(&self) {
        let data = self.folder.join("data");
        let request = self.folder.join("request");
        fs::write(&request, CERTIFICATE).unwrap();
        let mut openssl = Command::new("openssl");
        openssl.current_dir(data).args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]);
        openssl.arg("-config").arg(request).args(["-keyout", "server.key", "-out", "server.crt"]);
        if let Some((user, group)) = self.account {
            openssl.uid(user).gid(group);
        }
        run(&mut openssl);
        self.execute("ALTER SYSTEM SET ssl = on").await;
        self.execute("SELECT pg_reload_conf()").await;
    }

    /// The server's own certificate.
    pub fn certificate(&self) -> PathBuf {
        self.folder.join("data/server.crt")
    }

    /// How many connections to databases of this server, but for the one that asks, are protected and how many are not.
    pub async fn protected_and_plain(&self) -> (i64, i64) {
        let mut connection = PgConnection::connect(&self.url("postgres")).await.unwrap();
        let query = "SELECT COUNT(*) FILTER (WHERE ssl), COUNT(*) FILTER (WHERE NOT ssl) FROM pg_stat_ssl \
                     JOIN pg_stat_activity USING (pid) WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
        sqlx::query_as(query).fetch_one(&mut connection).await.unwrap()
    }

    /// Makes the database that [`Cluster::new_database`] copies.
    pub async fn make_template(&self) {
        self.execute("CREATE DATABASE oxi_template").await;
        let db = Db::connect(&DatabaseUrl::Postgres(self.url("oxi_template").into())).await.unwrap();
        db.migrate().await.unwrap();
        db.close().await;
    }

    /// A new database with all tables; its address.
    pub async fn new_database(&self) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::SeqCst));
        self.execute(&format!("CREATE DATABASE {name} TEMPLATE oxi_template")).await;
        self.url(&name)
    }

    /// Ends every connection to a database, as a restart of the server would.
    pub async fn drop_clients(&self, database: &DatabaseUrl) {
        let url = database_text(database);
        let name = url.rsplit('/').next().unwrap();
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname";
        self.execute(&format!("{end} = '{name}'")).await;
    }

    async fn execute(&self, sql: &str) {
        let mut connection = PgConnection::connect(&self.url("postgres")).await.unwrap();
        connection.execute(AssertSqlSafe(sql)).await.unwrap();
        connection.close().await.unwrap();
    }

    fn pg_ctl(&self) -> Command {
        let mut command = command("pg_ctl", &self.folder, self.account);
        command.arg("-D").arg(self.folder.join("data")).arg("-l").arg(self.folder.join("log"));
        command
    }
}

/// PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`.
fn unprivileged_account() -> Option<(u32, u32)> {
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        return None;
    }
    let accounts = fs::read_to_string("/etc/passwd").unwrap();
    let ids = |name: &str| {
        let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    Some(ids("postgres").or_else(|| ids("nobody")).expect("an account `postgres` or `nobody` in /etc/passwd"))
}

fn programs() -> PathBuf {
    let version = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let newest = installed.filter_map(|entry| Some(entry.ok()?.path())).max_by_key(version);
    let newest = newest.map(|path| path.join("bin")).filter(|path| path.join("initdb").exists());
    newest.expect(
        "PostgreSQL is not installed: run `apt-get install -y postgresql`, these tests use a real server",
    )
}

fn command(program: &str, folder: &Path, account: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(programs().join(program));
    command.current_dir(folder).env("LC_ALL", "C").env("HOME", folder).stdin(Stdio::null());
    if let Some((user, group)) = account {
        command.uid(user).gid(group);
    }
    command
}

fn run(command: &mut Command) {
    let outcome = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(outcome.success(), "{command:?} failed");
}

fn watchdog(folder: &Path, account: Option<(u32, u32)>) -> Child {
    let pg_ctl = programs().join("pg_ctl").display().to_string();
    let (data, folder_text) = (folder.join("data").display().to_string(), folder.display().to_string());
    let script = format!("cat >/dev/null; {pg_ctl} -D {data} -m immediate stop; rm -rf {folder_text}");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir("/").process_group(0);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some((user, group)) = account {
        command.uid(user).gid(group);
    }
    command.spawn().unwrap()
}

/// The database of a configuration as text, to start a second platform on it.
pub fn database_text(url: &DatabaseUrl) -> String {
    use secrecy::ExposeSecret as _;
    match url {
        DatabaseUrl::Sqlite(path) => format!("sqlite:{path}"),
        DatabaseUrl::Postgres(url) => url.expose_secret().to_owned(),
    }
}
