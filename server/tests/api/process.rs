//! The real program: how it starts, what it prints, how it stops.

use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::program::Program;
use crate::support::{ADMIN_EMAIL, Backend, PASSWORD, postgres as server, s3};

impl Program {
    /// The program on the stores of a back end.
    async fn on(backend: Backend, variables: &[(&str, &str)]) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let mut all = vec![("DATA_DIR".to_owned(), folder.path().display().to_string())];
        if backend == Backend::Postgres {
            let bucket = s3::shared().new_bucket();
            all.push(("DATABASE_URL".to_owned(), server::new_database().await));
            all.push(("S3_ENDPOINT".to_owned(), bucket.endpoint));
            all.push(("S3_BUCKET_NAME".to_owned(), bucket.bucket));
            all.push(("S3_ACCESS_KEY_ID".to_owned(), bucket.access_key_id));
            all.push((
                "S3_SECRET_ACCESS_KEY".to_owned(),
                bucket.secret_access_key.expose_secret().to_owned(),
            ));
        }
        all.extend(variables.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        Self::new(folder, all)
    }
}

const ADMIN: [(&str, &str); 2] = [("ADMIN_EMAIL", ADMIN_EMAIL), ("ADMIN_PASSWORD", PASSWORD)];

macro_rules! program_behaviours {
    ($(async fn $name:ident($backend:ident: Backend) $body:block)*) => {
        $(async fn $name($backend: Backend) $body)*

        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                super::$name(super::Backend::Sqlite).await;
            })*
        }

        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                super::$name(super::Backend::Postgres).await;
            })*
        }
    };
}

program_behaviours! {
    async fn the_first_start_prints_a_log_in_that_works_and_later_starts_do_not(backend: Backend) {
        let program = Program::on(backend, &[]).await;
        let running = program.start();
        let log = running.log_with("First log-in").await;
        let code = log.split("/setup#").nth(1).expect("a first log-in").split_whitespace().next().unwrap().to_owned();
        let fields = [("code", code.as_str()), ("name", "Dr. Ana"), ("email", "ana@clinica.ro"), ("password", PASSWORD)];
        assert_eq!(running.browser().post("/setup", &fields).await.status, 303);
        running.signal("-KILL");
        drop(running);
        let again = program.start();
        again.browser().sign_in("ana@clinica.ro", PASSWORD).await;
        assert!(!again.log().contains("First log-in"));
    }

    async fn a_running_request_is_answered_after_the_stop_signal_and_new_ones_are_refused(backend: Backend) {
        let mut running = Program::on(backend, &ADMIN).await.start();
        let mut stream = running.connect().await;
        stream.write_all(b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\
            Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\nemail").await.unwrap();
        tokio::time::sleep(Duration::from_millis(500)).await;
        running.signal("-TERM");
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(TcpStream::connect(&running.address).await.is_err(), "a new connection was accepted");
        stream.write_all(b"=x").await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 403"), "{}", String::from_utf8_lossy(&answer));
        let (code, took) = running.ended().await;
        assert_eq!(code, Some(0), "{}", running.log());
        assert!(took < Duration::from_secs(5), "{took:?}");
    }

    async fn idle_and_half_sent_requests_do_not_hold_the_stop_up(backend: Backend) {
        let mut running = Program::on(backend, &[("DRAIN_SECS", "2")]).await.start();
        let _idle = running.connect().await;
        let mut half = running.connect().await;
        half.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ").await.unwrap();
        tokio::time::sleep(Duration::from_millis(300)).await;
        running.signal("-TERM");
        let (code, took) = running.ended().await;
        assert_eq!(code, Some(0), "{}", running.log());
        assert!(took < Duration::from_secs(6), "{took:?}");
    }

    async fn the_log_names_no_person_and_no_secret(backend: Backend) {
        let program = Program::on(backend, &ADMIN).await;
        let running = program.start();
        let browser = running.browser();
        browser.post("/login", &[("email", ADMIN_EMAIL), ("password", "wrong-password-typed")]).await;
        browser.sign_in(ADMIN_EMAIL, PASSWORD).await;
        browser.post("/admin/users", &[("email", "ana@clinica.ro"), ("name", "Dr. Ana")]).await;
        let log = running.log_with("\"route\":\"/admin/users\"").await;
        assert!(log.contains("\"action\":\"sign-in\"") && log.contains("account-made"), "{log}");
        for secret in ["clinica.ro", PASSWORD, "wrong-password-typed", "Ana", &browser.cookie("sid").unwrap()] {
            assert!(!log.contains(secret), "{secret} in {log}");
        }
    }

    async fn a_storm_of_sign_ins_does_not_swell_the_program(backend: Backend) {
        let running = Program::on(backend, &[ADMIN[0], ADMIN[1], ("CLIENT_IP_HEADER", "x-real-ip")]).await.start();
        let storm: Vec<_> = (0..64).map(|n| {
            let browser = running.browser().at_network(&format!("203.0.113.{n}"));
            tokio::spawn(async move {
                let email = format!("nobody-{n}@clinica.ro");
                browser.post("/login", &[("email", &email), ("password", "wrong")]).await.status
            })
        }).collect();
        let mut statuses = Vec::new();
        for attempt in storm {
            statuses.push(attempt.await.unwrap());
        }
        let is_answered = statuses.contains(&401) && statuses.iter().all(|status| [401, 503].contains(status));
        assert!(is_answered, "checked, or told to come back: {statuses:?} {}", running.log());
        assert!(running.memory_mib() < 200, "{} MiB", running.memory_mib());
    }

    async fn an_administrator_who_lost_the_password_gets_a_link_on_the_machine(backend: Backend) {
        let program = Program::on(backend, &ADMIN).await;
        let running = program.start();
        let done = program.command().args(["admin", "reset", ADMIN_EMAIL]).output().unwrap();
        let words = String::from_utf8(done.stdout).unwrap();
        let code = words.split("/set-password#").nth(1).expect("a link").split_whitespace().next().unwrap();
        let fields = [("code", code), ("password", "alt-cal-alta-baterie-nou")];
        assert_eq!(running.browser().post("/set-password", &fields).await.status, 303);
        running.browser().sign_in(ADMIN_EMAIL, "alt-cal-alta-baterie-nou").await;
        let unknown = program.command().args(["admin", "reset", "nobody@clinica.ro"]).output().unwrap();
        assert!(!unknown.status.success() && String::from_utf8(unknown.stderr).unwrap().contains("no account"));
    }

    async fn bringing_the_database_up_to_date_is_a_command_of_its_own(backend: Backend) {
        let program = Program::on(backend, &ADMIN).await;
        for _ in 0..2 {
            let done = program.command().arg("migrate").output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        }
        program.start().browser().sign_in(ADMIN_EMAIL, PASSWORD).await;
    }
}

#[tokio::test]
async fn a_missing_setting_stops_the_start_and_is_named() {
    let program = Program::on(Backend::Sqlite, &[("S3_BUCKET_NAME", "nights")]).await;
    let ended = program.command().output().unwrap();
    let words = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert!(words.starts_with("oxi: S3_ENDPOINT is not set, but S3_BUCKET_NAME is"), "{words}");
}

#[tokio::test]
async fn a_database_that_is_not_there_stops_the_start_with_a_remedy() {
    let url = "postgres://oxi:hunter2@127.0.0.1:1/oxi";
    let program = Program::on(Backend::Sqlite, &[("DATABASE_URL", url)]).await;
    let ended = program.command().output().unwrap();
    let words = String::from_utf8(ended.stderr).unwrap();
    assert!(
        words.contains("cannot open the PostgreSQL database") && words.contains("DATABASE_URL"),
        "{words}"
    );
    assert!(!words.contains("hunter2"), "{words}");
}

#[tokio::test]
async fn a_taken_port_stops_the_start_with_a_remedy() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let program = Program::on(Backend::Sqlite, &[]).await;
    let port = taken.local_addr().unwrap().port().to_string();
    let ended = program.command().env("PORT", port).output().unwrap();
    let words = String::from_utf8(ended.stderr).unwrap();
    assert!(words.contains("cannot listen on") && words.contains("PORT"), "{words}");
}

/// Starts the program on a server of PostgreSQL: what it says when it refuses.
async fn refusal(url: &str, tls: &str) -> Option<String> {
    let program = Program::on(Backend::Sqlite, &[("DATABASE_URL", url), ("DATABASE_TLS", tls)]).await;
    let ended = program.command().arg("migrate").output().unwrap();
    (!ended.status.success()).then(|| String::from_utf8(ended.stderr).unwrap())
}

#[tokio::test]
async fn a_database_that_must_be_protected_is_and_nothing_falls_back_to_plain_text() {
    let cluster = server::Cluster::start();
    cluster.make_template().await;
    let url = cluster.new_database().await;
    for tls in ["require", "verify-ca", "verify-full"] {
        let words = refusal(&url, tls).await.expect(tls);
        assert!(words.contains("does not support TLS") && words.contains("DATABASE_TLS=disable"), "{words}");
        assert!(!words.contains("127.0.0.1"), "{words}");
    }
    cluster.offer_tls().await;
    let words = refusal(&url, "verify-full").await.expect("a certificate that nobody vouches for");
    assert!(words.contains("invalid peer certificate"), "{words}");
    let trusting = format!("{url}?sslrootcert={}", cluster.certificate().display());
    assert_eq!(refusal(&trusting, "verify-full").await, None);
    let running =
        Program::on(Backend::Sqlite, &[("DATABASE_URL", &url), ("DATABASE_TLS", "require")]).await.start();
    let (protected, plain) = cluster.protected_and_plain().await;
    assert!(protected > 0 && plain == 0, "{protected} {plain}: {}", running.log());
}

#[tokio::test]
async fn a_database_elsewhere_that_may_be_read_on_the_way_is_told() {
    let url = "postgres://oxi@192.0.2.1/oxi?sslmode=prefer";
    let program = Program::on(Backend::Sqlite, &[("DATABASE_URL", url)]).await;
    let ended = program.command().arg("migrate").output().unwrap();
    let log = String::from_utf8(ended.stdout).unwrap();
    assert!(log.contains("DATABASE_TLS=require"), "{log}");
}
