//! A filled database of the version before clinics becomes one of clinics, and loses nothing.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use oxi_server::accounts;
use oxi_server::audit::{Act, Duty, Work};
use oxi_server::desk::rebuild;
use oxi_server::platform::blobs::Blobs;
use oxi_server::platform::db::Db;
use sha2::{Digest as _, Sha256};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr as _};

use crate::nights::{made_up, store};
use crate::support::client::Client;
use crate::support::postgres as cluster;
use crate::support::{Backend, PASSWORD, Server, change, config};
use crate::words::files;

/// The last migration of the version that knew no clinics.
const LAST_BEFORE: i64 = 21;

/// The migrations of that version, as its program would have run them.
fn migrations(backend: Backend) -> Vec<Migration> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut paths = files(&folder, "sql");
    paths.sort();
    let all = paths.into_iter().map(|path: PathBuf| {
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (version, description) = stem.split_once('_').unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let text = if backend == Backend::Postgres { text.replace(" BLOB", " BYTEA") } else { text };
        let sql = AssertSqlSafe(text).into_sql_str();
        let description = Cow::Owned(description.replace('_', " "));
        Migration::new(version.parse().unwrap(), description, MigrationType::Simple, sql, false)
    });
    all.filter(|migration| migration.version <= LAST_BEFORE).collect()
}

async fn run(db: &Db, sql: String) {
    change(db, sqlx::query(AssertSqlSafe(sql))).await;
}

/// Two doctors, one of them an administrator; three patients, two of one doctor; a night of each doctor's, and a link.
async fn fill(db: &Db) {
    for (id, name, is_admin) in [("ana", "Dr. Ana", 1), ("dan", "Dr. Dan", 0)] {
        run(db, format!("INSERT INTO accounts (id, email, name, is_admin, created_at) VALUES ('{id}', '{id}@clinica.ro', '{name}', {is_admin}, 1000)")).await;
    }
    for (id, owner, label, at) in
        [("p1", "ana", "'F 17'", 3), ("p2", "ana", "NULL", 2), ("p3", "dan", "NULL", 1)]
    {
        run(db, format!("INSERT INTO patients (id, owner_id, label, created_at) VALUES ('{id}', '{owner}', {label}, {at})")).await;
    }
    run(
        db,
        "INSERT INTO patient_links (id, patient_id, secret_hash, created_at) VALUES ('l1', 'p1', 'x', 5)"
            .into(),
    )
    .await;
    for (id, owner, patient, day) in [("r1", "ana", "'p1'", 2), ("r2", "dan", "NULL", 3)] {
        insert_recording(db, (id, owner, patient), day).await;
        let (patient_label, search) = if id == "r1" { ("'F 17'", "a.csv f 17") } else { ("NULL", "a.csv") };
        run(db, format!("INSERT INTO desk_rows (recording_id, owner_id, uploaded_at, patient_id, patient_label, has_links, starts_at, recording_s, algorithm_revision, reader_revision, layout, search) VALUES ('{id}', '{owner}', 7, {patient}, {patient_label}, 0, 1767391200, 896, 0, 0, 0, '{search}')")).await;
    }
}

/// As a program that knows no clinics does it.
async fn insert_recording(db: &Db, (id, owner, patient): (&str, &str, &str), day: u32) {
    let sha256: String = Sha256::digest(made_up(day)).iter().map(|byte| format!("{byte:02x}")).collect();
    let size = made_up(day).len();
    run(db, format!("INSERT INTO recordings (id, owner_id, patient_id, state, sha256, file_name, size_bytes, created_at, changed_at, algorithm_revision, format, starts_at, recording_s, blob_key) VALUES ('{id}', '{owner}', {patient}, 'ready', '{sha256}', 'a.csv', {size}, 7, 7, 0, 'csv', 1767391200, 896, 'recordings/{owner}/{id}')")).await;
}

async fn before(backend: Backend) -> Server {
    let folder = tempfile::tempdir().unwrap();
    let database = match backend {
        Backend::Sqlite => format!("sqlite:{}", folder.path().join("oxi.db").display()),
        Backend::Postgres => cluster::empty_database().await,
    };
    let config = config(&database, folder.path(), &[]);
    let db = Db::connect(&config.database).await.unwrap();
    let mut work = Work::begin(&db, Duty::Sweep).await.unwrap();
    Migrator::with_migrations(migrations(backend)).run(&mut **work).await.unwrap();
    work.commit(Act::on_nothing("migrated-by-a-test").without_entry()).await.unwrap();
    fill(&db).await;
    db.close().await;
    let blobs = Blobs::folder(folder.path().join("files"));
    for (owner, id, day) in [("ana", "r1", 2), ("dan", "r2", 3), ("dan", "r3", 4)] {
        let path = folder.path().join("files/recordings").join(owner);
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join(id), made_up(day)).unwrap();
    }
    Server::start_on(backend, config, blobs, folder).await
}

async fn entered(server: &Server, name: &str) -> Client {
    let link = accounts::reset_link(&server.app, &format!("{name}@clinica.ro")).await.unwrap();
    let browser = server.browser();
    let fields = [("code", link.split('#').nth(1).unwrap()), ("password", PASSWORD)];
    assert_eq!(browser.post("/set-password", &fields).await.status, 303);
    browser
}

async fn a_filled_database_of_the_version_before_becomes_clinics_of_one(backend: Backend) {
    let server = before(backend).await;
    let (ana, dan) = (entered(&server, "ana").await, entered(&server, "dan").await);
    let list = ana.get("/recordings").await.text();
    assert!(list.contains("/recordings/r1") && !list.contains("/recordings/r2"), "{list}");
    let page = ana.get("/recordings/r1").await.text();
    assert!(
        page.contains("P-0002 · F 17") && page.contains("P-0001 (") && page.contains("/links/l1/revoke"),
        "{page}"
    );
    assert_eq!(ana.get("/recordings/r1/file").await.body, made_up(2));
    assert_eq!((dan.get("/recordings/r1").await.status, ana.get("/recordings/r2").await.status), (404, 404));
    assert!(dan.get("/recordings/r2").await.text().contains("P-0001 ("), "codes begin anew in each clinic");
    assert!(ana.get("/clinic").await.text().contains("value=\"Dr. Ana\""));
    assert_eq!((ana.get("/admin/users").await.status, dan.get("/admin/users").await.status), (200, 404));
    assert_eq!(store(&ana, "a.csv", &made_up(2)).await, "/recordings/r1", "the file is known");
    let patched: Vec<String> = searches(&server).await;
    run(&server.app.db, "DELETE FROM desk_rows".into()).await;
    rebuild(&server.app).await.unwrap();
    assert_eq!(
        (patched, "a.csv f 17 p-0002"),
        (searches(&server).await, searches(&server).await[0].as_str())
    );
}

async fn searches(server: &Server) -> Vec<String> {
    let query = sqlx::query_scalar("SELECT search FROM desk_rows ORDER BY recording_id");
    query.fetch_all(server.app.db.read()).await.unwrap()
}

async fn what_the_version_before_writes_during_an_update_is_found_its_clinic(backend: Backend) {
    let server = before(backend).await;
    let db = &server.app.db;
    run(db, "INSERT INTO accounts (id, email, name, is_admin, created_at) VALUES ('eva', 'eva@clinica.ro', 'Dr. Eva', 0, 1000)".into()).await;
    run(db, "INSERT INTO patients (id, owner_id, label, created_at) VALUES ('p4', 'dan', 'nou', 8)".into())
        .await;
    run(db, "INSERT INTO patients (id, owner_id, created_at) VALUES ('p5', 'eva', 8)".into()).await;
    insert_recording(db, ("r3", "dan", "'p4'"), 4).await;
    run(db, "INSERT INTO desk_rows (recording_id, owner_id, uploaded_at, patient_id, patient_label, has_links, starts_at, recording_s, algorithm_revision, reader_revision, layout, search) VALUES ('r3', 'dan', 7, 'p4', 'nou', 0, 1767391200, 896, 0, 0, 0, 'a.csv nou')".into()).await;
    assert_eq!(rebuild(&server.app).await.unwrap(), 1);
    assert_eq!(rebuild(&server.app).await.unwrap(), 0);
    let (dan, eva) = (entered(&server, "dan").await, entered(&server, "eva").await);
    assert!(dan.get("/recordings").await.text().contains("/recordings/r3"));
    assert!(dan.get("/recordings/r3").await.text().contains("P-0002 · nou"));
    assert_eq!(eva.get("/clinic").await.status, 200);
    assert_eq!(store(&dan, "a.csv", &made_up(4)).await, "/recordings/r3");
}

mod sqlite {
    use crate::support::Backend::Sqlite;

    #[tokio::test]
    async fn a_filled_database_of_the_version_before_becomes_clinics_of_one() {
        super::a_filled_database_of_the_version_before_becomes_clinics_of_one(Sqlite).await;
    }

    #[tokio::test]
    async fn what_the_version_before_writes_during_an_update_is_found_its_clinic() {
        super::what_the_version_before_writes_during_an_update_is_found_its_clinic(Sqlite).await;
    }
}

mod postgres {
    use crate::support::Backend::Postgres;

    #[tokio::test]
    async fn a_filled_database_of_the_version_before_becomes_clinics_of_one() {
        super::a_filled_database_of_the_version_before_becomes_clinics_of_one(Postgres).await;
    }

    #[tokio::test]
    async fn what_the_version_before_writes_during_an_update_is_found_its_clinic() {
        super::what_the_version_before_writes_during_an_update_is_found_its_clinic(Postgres).await;
    }
}
