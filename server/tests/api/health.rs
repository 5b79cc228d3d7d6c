//! Health: what monitors and the hosting platform see, in good times and bad.

use std::time::{Duration, Instant};

use oxi_server::platform::blobs::{Blobs, S3Settings};

use crate::nights::made_up;
use crate::support::client::{Answer, Client};
use crate::support::disk::SmallDisk;
use crate::support::postgres::Cluster;
use crate::support::s3::S3Server;
use crate::support::{ADMIN_EMAIL, Backend, PASSWORD, Server, config};

/// A platform whose object store can be broken.
async fn on_breakable_store(backend: Backend) -> (Server, impl FnOnce()) {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("files");
    let database = match backend {
        Backend::Sqlite => format!("sqlite:{}/oxi.db", folder.path().display()),
        Backend::Postgres => crate::support::postgres::new_database().await,
    };
    let config = config(&database, folder.path(), &[]);
    let mut s3 = S3Server::start();
    let blobs = match backend {
        Backend::Sqlite => Blobs::folder(&files),
        Backend::Postgres => Blobs::s3(&s3.new_bucket()),
    };
    let server = Server::start_on(backend, config, blobs, folder).await;
    let break_it = move || {
        s3.stop();
        if backend == Backend::Sqlite {
            std::fs::remove_dir_all(&files).unwrap();
            std::fs::write(&files, "in the way").unwrap();
        }
    };
    (server, break_it)
}

/// A platform whose database can be broken.
async fn on_breakable_database(backend: Backend) -> (Server, Option<Cluster>) {
    let folder = tempfile::tempdir().unwrap();
    let (database, cluster) = match backend {
        Backend::Sqlite => (format!("sqlite:{}/oxi.db", folder.path().display()), None),
        Backend::Postgres => {
            let cluster = Cluster::start();
            cluster.make_template().await;
            (cluster.new_database().await, Some(cluster))
        }
    };
    let config = config(&database, folder.path(), &[]);
    let blobs = Blobs::folder(folder.path().join("files"));
    (Server::start_on(backend, config, blobs, folder).await, cluster)
}

/// Crashes PostgreSQL, or overwrites the SQLite file with noise.
fn break_database(server: &Server, cluster: Option<&Cluster>) {
    match cluster {
        Some(cluster) => cluster.crash(),
        None => {
            for entry in std::fs::read_dir(server.folder.path()).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    std::fs::write(path, [0x5a; 200_000]).unwrap();
                }
            }
        }
    }
}

/// Makes the database refuse to grow, as it does on a full disk.
async fn fill_database(server: &Server) {
    let statements: &[&'static str] = match server.backend {
        Backend::Sqlite => &["PRAGMA max_page_count = 1"], // as many as there are
        Backend::Postgres => &[
            "CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
             'BEGIN RAISE EXCEPTION ''could not extend file'' USING ERRCODE = ''53100''; END'",
            "CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON recordings EXECUTE FUNCTION disk_full()",
        ],
    };
    for statement in statements {
        server.change(sqlx::query(*statement)).await;
    }
}

async fn empty_database(server: &Server) {
    let statement = match server.backend {
        Backend::Sqlite => "PRAGMA max_page_count = 1000000",
        Backend::Postgres => "DROP TRIGGER disk_full ON recordings",
    };
    server.change(sqlx::query(statement)).await;
}

/// What an upload is told by a database that takes no more; a few may still fit.
async fn upload_until_full(doctor: &Client) -> Answer {
    for night in 0..200 {
        let text = String::from_utf8(made_up(1 + night % 28)).unwrap();
        let text = text.replace(" 2026,", &format!(" {},", 2016 + night / 28));
        let answer = doctor.upload("/recordings", &[("night.csv", text.as_bytes())], true).await;
        if answer.status != 201 {
            return answer;
        }
    }
    panic!("the database never was full");
}

behaviours! {
    async fn a_working_platform_is_healthy_and_counts_its_routes(server: Server) {
        let answer = server.browser().get("/health").await;
        let health = answer.json();
        assert_eq!((answer.status, &health["status"]), (200, &"healthy".into()));
        assert_eq!((&health["checks"]["database"], &health["checks"]["storage"]), (&"ok".into(), &"ok".into()));
        assert_eq!(health["checks"]["callbacks"], oxi_server::router::route_table().len());
        assert!(health["timestamp"].as_str().unwrap().ends_with('Z'));
        assert_eq!(health.as_object().unwrap().len(), 3);
        assert_eq!(health["checks"].as_object().unwrap().len(), 3);
    }

    async fn with_the_store_down_the_platform_is_degraded_but_up(server: Server) {
        let (server, break_it) = on_breakable_store(server.backend).await;
        let browser = server.browser();
        assert_eq!(browser.get("/health").await.json()["checks"]["storage"], "ok");
        break_it();
        server.wait(Duration::from_secs(11));
        let answer = browser.get("/health").await;
        assert_eq!((answer.status, &answer.json()["status"]), (200, &"degraded".into()));
        assert_eq!(answer.json()["checks"]["storage"], "degraded");
        assert!(!answer.text().contains("127.0.0.1") && !answer.text().contains("files"));
    }

    async fn the_store_is_asked_at_most_every_ten_seconds(server: Server) {
        let (server, break_it) = on_breakable_store(server.backend).await;
        let browser = server.browser();
        browser.get("/health").await;
        break_it();
        server.wait(Duration::from_secs(9));
        assert_eq!(browser.get("/health").await.json()["checks"]["storage"], "ok");
    }

    async fn with_the_database_down_health_says_503_and_pages_that_need_none_still_work(server: Server) {
        let (server, cluster) = on_breakable_database(server.backend).await;
        let browser = server.browser();
        assert_eq!(browser.get("/health").await.status, 200);
        break_database(&server, cluster.as_ref());
        let begun = Instant::now();
        let answer = browser.get("/health").await;
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        assert_eq!((answer.status, &answer.json()["status"]), (503, &"unhealthy".into()));
        assert_eq!(answer.header("retry-after"), "10", "whoever is asked to come back is told when");
        assert_eq!(answer.json()["checks"]["database"], "error");
        assert_eq!(browser.get("/readyz").await.status, 503);
        assert_eq!((browser.get("/livez").await.status, browser.get("/").await.status), (200, 200));
        let sign_in = browser.post("/login", &[("email", ADMIN_EMAIL), ("password", PASSWORD)]).await;
        assert!(matches!(sign_in.status, 500 | 503), "{}", sign_in.status);
        assert!(!sign_in.text().to_lowercase().contains("postgres") && !sign_in.text().contains("SELECT"));
    }

    async fn a_full_database_is_told_by_health_and_refuses_for_now(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        assert_eq!(doctor.get("/health").await.json()["checks"]["database"], "ok");
        fill_database(&server).await;
        let refused = upload_until_full(&doctor).await;
        assert_eq!((refused.status, refused.header("retry-after").as_str()), (503, "10"));
        assert_eq!(refused.json()["error"]["code"], "database-full");
        let answer = doctor.get("/health").await;
        assert_eq!((answer.status, &answer.json()["status"]), (200, &"degraded".into()));
        assert_eq!(answer.json()["checks"]["database"], "full");
        assert_eq!(doctor.get("/recordings").await.status, 200, "what is there can be read");
        empty_database(&server).await;
        server.wait(Duration::from_secs(61));
        assert_eq!(doctor.get("/health").await.json()["checks"]["database"], "ok");
        assert_eq!(doctor.upload("/recordings", &[("night.csv", &made_up(7))], true).await.status, 201);
    }

    async fn a_draining_platform_is_alive_but_not_ready(server: Server) {
        let browser = server.browser();
        assert_eq!(browser.get("/readyz").await.status, 200);
        server.app.drain.begin();
        assert_eq!((browser.get("/readyz").await.status, browser.get("/livez").await.status), (503, 200));
    }

    async fn a_second_platform_on_the_same_stores_knows_everything_the_first_one_stored(server: Server) {
        server.doctor("ana@clinica.ro").await;
        let database = crate::support::database_text(&server.app.config.database);
        let (backend, blobs) = (server.backend, server.app.blobs.clone());
        let folder = server.stop().await;
        let config = config(&database, folder.path(), &[]);
        let again = Server::start_on(backend, config, blobs, folder).await;
        again.browser().sign_in("ana@clinica.ro", PASSWORD).await;
    }
}

#[tokio::test]
async fn a_full_disk_has_a_word_of_its_own_and_no_other_words() {
    let Some(disk) = SmallDisk::mount("24m") else { return };
    let folder = tempfile::tempdir().unwrap();
    let config = config(&format!("sqlite:{}/oxi.db", folder.path().display()), folder.path(), &[]);
    let server = Server::start_on(Backend::Sqlite, config, Blobs::folder(disk.path()), folder).await;
    let browser = server.browser();
    assert_eq!(browser.get("/health").await.json()["checks"]["storage"], "ok");
    std::fs::write(disk.path().join("other"), vec![0; 20_000_000]).unwrap();
    server.wait(Duration::from_secs(11));
    let answer = browser.get("/health").await;
    let health = answer.json();
    assert_eq!(
        (answer.status, &health["status"], &health["checks"]["storage"]),
        (200, &"degraded".into(), &"full".into())
    );
    assert!(!answer.text().contains("space") && !answer.text().contains("os error"), "{}", answer.text());
}

#[tokio::test]
async fn when_only_the_disk_of_the_database_is_full_health_says_which() {
    let Some(disk) = SmallDisk::mount("4m") else { return };
    let folder = tempfile::tempdir().unwrap();
    let config = config(&format!("sqlite:{}/oxi.db", disk.path().display()), folder.path(), &[]);
    let blobs = Blobs::folder(folder.path().join("files"));
    let server = Server::start_on(Backend::Sqlite, config, blobs, folder).await;
    let browser = server.admin().await;
    assert_eq!(browser.get("/health").await.json()["checks"]["database"], "ok");
    fill(&disk.path().join("other"));
    let refused = upload_until_full(&browser).await;
    assert_eq!(refused.json()["error"]["code"], "database-full", "{}", refused.text());
    let answer = browser.get("/health").await;
    let checks = &answer.json()["checks"];
    assert_eq!((answer.status, &checks["database"], &checks["storage"]), (200, &"full".into(), &"ok".into()));
}

/// Nobody has uploaded anything yet that could have found it out.
#[tokio::test]
async fn health_finds_a_full_disk_of_sqlite_by_itself() {
    let Some(disk) = SmallDisk::mount("4m") else { return };
    let folder = tempfile::tempdir().unwrap();
    let config = config(&format!("sqlite:{}/oxi.db", disk.path().display()), folder.path(), &[]);
    let server =
        Server::start_on(Backend::Sqlite, config, Blobs::folder(folder.path().join("files")), folder).await;
    fill(&disk.path().join("other"));
    let browser = server.browser();
    for _ in 0..100 {
        if browser.get("/health").await.json()["checks"]["database"] == "full" {
            return;
        }
        server.wait(Duration::from_secs(11));
    }
    panic!("health never found that nothing can be written");
}

#[tokio::test]
async fn health_finds_a_full_disk_of_postgres_by_itself() {
    let server = Server::start(Backend::Postgres).await;
    assert_eq!(server.browser().get("/health").await.json()["checks"]["database"], "ok");
    fill_database(&server).await;
    let trigger = "CREATE TRIGGER disk_full BEFORE UPDATE ON platform_locks EXECUTE FUNCTION disk_full()";
    server.change(sqlx::query(trigger)).await;
    server.wait(Duration::from_secs(11));
    let answer = server.browser().get("/health").await;
    assert_eq!((answer.status, &answer.json()["checks"]["database"]), (200, &"full".into()));
}

/// Writes a file until the disk is full.
fn fill(path: &std::path::Path) {
    use std::io::Write as _;
    let mut file = std::fs::File::create(path).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
}

#[tokio::test]
async fn a_store_that_hangs_does_not_hang_health() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let settings = S3Settings { endpoint, ..crate::support::s3::shared().new_bucket() };
    let folder = tempfile::tempdir().unwrap();
    let config = config(&format!("sqlite:{}/oxi.db", folder.path().display()), folder.path(), &[]);
    let server = Server::start_on(Backend::Sqlite, config, Blobs::s3(&settings), folder).await;
    let begun = Instant::now();
    let answer = server.browser().get("/health").await;
    assert_eq!((answer.status, &answer.json()["checks"]["storage"]), (200, &"degraded".into()));
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn when_postgres_comes_back_the_platform_is_healthy_again_by_itself() {
    let (server, cluster) = on_breakable_database(Backend::Postgres).await;
    let (browser, cluster) = (server.browser(), cluster.unwrap());
    cluster.crash();
    assert_eq!(browser.get("/health").await.status, 503);
    cluster.resume();
    assert_eq!(browser.get("/health").await.status, 200);
    browser.sign_in(ADMIN_EMAIL, PASSWORD).await;
}

#[tokio::test]
async fn a_hundred_outages_leave_the_pool_whole() {
    let (server, cluster) = on_breakable_database(Backend::Postgres).await;
    let cluster = cluster.unwrap();
    for _ in 0..100 {
        cluster.drop_clients(&server.app.config.database).await;
        assert!(server.app.db.ping().await.is_ok());
    }
    let together: Vec<_> = (0..10).map(|_| server.work()).collect();
    let mut held = Vec::new();
    for begin in together {
        held.push(begin.await);
    }
    assert_eq!(held.len(), 10);
}
