//! A patient is erased: nothing of it is left in database or store, whoever may ask for it, however often it breaks off.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use oxi_server::platform::blobs::{BlobKey, Blobs};
use oxi_server::recordings::hex;
use oxi_server::serve;
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Row as _};

use crate::clinics::{account_of, colleague};
use crate::nights::store;
use crate::patients::{Link, make_link, patient};
use crate::privacy_map;
use crate::support::client::{Answer, Client};
use crate::support::{Backend, PASSWORD, Server, s3};

/// Fifteen minutes whose pulse nobody else has, so that any of its lines is known wherever it lies.
fn unmistakable(seed: u64) -> Vec<u8> {
    let (mut text, mut state) = (String::from("Time,Oxygen Level,Pulse Rate,Motion\n"), seed * 2 + 1);
    for i in 0..225 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (pulse, spo2) = (50 + state % 60, if i % 50 < 12 { 80 + state / 64 % 9 } else { 95 });
        writeln!(text, "22:{:02}:{:02} Jan 02 2026,{spo2},{pulse},0", i * 4 / 60, i * 4 % 60).unwrap();
    }
    text.into_bytes()
}

fn id_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

async fn texts(server: &Server, sql: &'static str, id: &str) -> Vec<String> {
    sqlx::query_scalar(sql).bind(id).fetch_all(server.app.db.read()).await.unwrap()
}

/// A patient with everything that can hang on one: two nights, one of them from another patient who turned out to be the
/// same, links, a visit, something to be done, a mail.
struct Whole {
    patient: String,
    code: String,
    nights: [String; 2],
    files: [Vec<u8>; 2],
    link: Link,
    visitor: Client,
}

async fn patient_of(server: &Server, recording: &str) -> String {
    texts(server, "SELECT patient_id FROM recordings WHERE id = $1", id_of(recording)).await.remove(0)
}

async fn whole(server: &Server, doctor: &Client, seed: u64) -> Whole {
    let files = [unmistakable(seed), unmistakable(seed + 1)];
    let one = store(doctor, &format!("Nume-{seed}-al-pacientului.csv"), &files[0]).await;
    let two = store(doctor, &format!("Alt-{seed}-nume.csv"), &files[1]).await;
    let link = make_link(doctor, &one, &[("note", &format!("Notita-{seed}-x"))]).await;
    make_link(doctor, &two, &[]).await;
    let (patient_id, source) = (patient_of(server, &one).await, patient_of(server, &two).await);
    let merged = doctor.post(&format!("/patients/{source}/merge"), &[("into", &patient_id)]).await;
    assert_eq!(merged.status, 303);
    let visitor = patient(server, &link).await;
    let job = "INSERT INTO jobs (id, kind, subject, due_at) VALUES ('analysis_' || $1, 'analysis', $1, 9999999999999)";
    server.change(sqlx::query(job).bind(id_of(&one))).await;
    let mail = "INSERT INTO outbox (id, template, subject, detail, locale, created_at) VALUES ($1 || 'm', 'x', $1, '', 'ro', 0)";
    server.change(sqlx::query(mail).bind(link.id())).await;
    let nights = "INSERT INTO patient_link_nights (link_id, recording_id) VALUES ($1, $2)";
    server.change(sqlx::query(nights).bind(link.id()).bind(id_of(&one))).await;
    let typed = "INSERT INTO patient_codes (start, link_id, code_hash, expires_at) VALUES ('s' || $1, $1, 'x', 9999999999999) ON CONFLICT DO NOTHING";
    server.change(sqlx::query(typed).bind(link.id())).await;
    let code = texts(server, "SELECT code FROM patients WHERE id = $1", &patient_id).await.remove(0);
    Whole { patient: patient_id, code, nights: [one, two], files, link, visitor }
}

impl Whole {
    async fn erase(&self, by: &Client) -> Answer {
        by.post(&format!("/patients/{}/erase", self.patient), &[("code", &self.code)]).await
    }
}

async fn work_off(server: &Server) {
    serve::worker(&server.app).work_off().await.unwrap();
}

/// Every row of every table as text, binary columns in hexadecimal; by table.
async fn dump(server: &Server) -> BTreeMap<String, String> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in privacy_map::columns(server).await {
        let is_binary = ["series", "strip", "hash", "previous_hash", "checksum"].contains(&&*column);
        let is_hex = is_binary && server.backend == Backend::Sqlite;
        let value = if is_hex { format!("hex(\"{column}\")") } else { format!("CAST(\"{column}\" AS TEXT)") };
        tables.entry(table).or_default().push(format!("COALESCE({value}, '')"));
    }
    let mut dumped = BTreeMap::new();
    for (table, values) in tables {
        let sql = format!("SELECT {} FROM \"{table}\"", values.join(" || '|' || "));
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(server.app.db.read()).await.unwrap();
        dumped.insert(table, rows.iter().map(|row| row.get::<String, _>(0) + "\n").collect());
    }
    dumped
}

/// Every byte of every file below a folder.
fn bytes_below(folder: &Path, found: &mut Vec<u8>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes_below(&path, found);
        } else {
            found.extend(path.display().to_string().into_bytes());
            found.extend(std::fs::read(path).unwrap_or_default());
        }
    }
}

/// Everything that lies in the store, and on SQLite in the database's files.
fn all_bytes(server: &Server) -> Vec<u8> {
    let mut found = Vec::new();
    bytes_below(server.folder.path(), &mut found);
    if server.backend == Backend::Postgres {
        bytes_below(&server.store, &mut found);
    }
    found
}

fn holds(heap: &[u8], needle: &[u8]) -> bool {
    heap.windows(needle.len()).any(|window| window == needle)
}

/// The files of an archive, as another program reads them.
fn unzip(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.zip"), archive).unwrap();
    let script = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; \
                  z.extractall(sys.argv[2]); print('\\n'.join(z.namelist()))";
    let (from, to) = (folder.path().join("a.zip"), folder.path().join("out"));
    let read =
        std::process::Command::new("python3").args(["-c", script]).arg(from).arg(&to).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let names = String::from_utf8(read.stdout).unwrap();
    names.lines().map(|name| (name.to_owned(), std::fs::read(to.join(name)).unwrap())).collect()
}

/// What the database keeps of a night beside its file.
async fn kept_of(server: &Server, recording: &str) -> Vec<u8> {
    let query = sqlx::query("SELECT figures, events, series FROM analyses WHERE recording_id = $1");
    let row = query.bind(id_of(recording)).fetch_one(server.app.db.read()).await.unwrap();
    let (figures, events, series): (String, String, Vec<u8>) = (row.get(0), row.get(1), row.get(2));
    [figures.into_bytes(), events.into_bytes(), series].concat()
}

/// Stretches of what is kept of one patient's nights that are not in what is kept of the other's.
async fn stretches_of_its_own(server: &Server, one: &Whole, other: &Whole) -> Vec<Vec<u8>> {
    let mut others = kept_of(server, &other.nights[0]).await;
    others.extend(kept_of(server, &other.nights[1]).await);
    let mut own = kept_of(server, &one.nights[0]).await;
    own.extend(kept_of(server, &one.nights[1]).await);
    own.chunks_exact(48).filter(|stretch| !holds(&others, stretch)).step_by(7).map(<[u8]>::to_vec).collect()
}

behaviours! {
    async fn of_an_erased_patient_no_row_and_no_byte_is_left(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let (gone, stays) = (whole(&server, &doctor, 710).await, whole(&server, &doctor, 820).await);
        let links = "SELECT id FROM patient_links WHERE patient_id = $1";
        let merges = "SELECT id FROM patient_merges WHERE target_id = $1";
        let mut ids = texts(&server, links, &gone.patient).await;
        ids.extend(texts(&server, merges, &gone.patient).await);
        ids.extend(texts(&server, "SELECT id FROM patients WHERE merged_into = $1", &gone.patient).await);
        ids.extend(gone.nights.iter().map(|night| id_of(night).to_owned()));
        ids.push(gone.patient.clone());
        let before = dump(&server).await;
        for (table, entry) in privacy_map::map() {
            let is_there = ids.iter().any(|id| before[&table].contains(id.as_str()));
            assert_eq!(is_there, !entry.erased().is_empty() || table == "audit", "{table}: this test puts a row in each that is erased");
        }
        let mut runs: Vec<Vec<u8>> = ["Nume-710-al", "Alt-710-nume", "Notita-710-x", "notita-710"].map(|text| text.into()).to_vec();
        let kept = stretches_of_its_own(&server, &gone, &stays).await;
        assert!(kept.len() > 10, "{}", kept.len());
        runs.extend(kept);
        for file in &gone.files {
            runs.extend(file.chunks(64).skip(1).step_by(9).map(<[u8]>::to_vec));
        }
        let heap = all_bytes(&server);
        assert!(holds(&heap, &gone.files[0]) && holds(&heap, &stays.files[0]));

        let answer = gone.erase(&doctor).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        assert_eq!(doctor.get(&gone.nights[0]).await.status, 404, "hidden from the next request on");
        assert_eq!(gone.visitor.get(&gone.link.path).await.status, 404);
        work_off(&server).await;

        let after = dump(&server).await;
        for (table, rows) in after.iter().filter(|(table, _)| *table != "audit") {
            for id in &ids {
                assert!(!rows.contains(id.as_str()), "{table} names {id}");
            }
        }
        let heap = all_bytes(&server);
        for run in &runs {
            assert!(!holds(&heap, run), "{}", String::from_utf8_lossy(run));
            assert!(after.values().all(|rows| !holds(rows.as_bytes(), run)));
        }
        assert!(holds(&heap, &stays.files[0]) && holds(&heap, &stays.files[1]), "another patient's");
        assert_eq!(stays.visitor.get(&stays.link.path).await.status, 200);
    }

    async fn the_certificate_says_what_was_erased_by_whom_and_not_whose_it_was(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let gone = whole(&server, &doctor, 710).await;
        let address = gone.erase(&doctor).await.header("location");
        assert!(doctor.get(&address).await.text().contains("http-equiv=\"refresh\""), "on its way");
        work_off(&server).await;
        let page = doctor.get(&address).await.text();
        for fact in ["<dt>Nopți</dt><dd>2</dd>", "<dt>Pacienți (cu cei uniți)</dt><dd>2</dd>", "<dt>Linkuri, cu vizitele lor</dt><dd>2</dd>", "Dr. Ana Știrbu", "nu a declarat cât timp"] {
            assert!(page.contains(fact), "{fact}: {page}");
        }
        let text = doctor.get(&format!("{address}/certificate")).await;
        assert!(text.header("content-disposition").contains("attachment"));
        let text = text.text();
        assert!(!page.contains(&gone.code) && !text.contains(&gone.code) && !text.contains(&gone.patient));
        let (human, tombstone) = text.split_once("oxi-erasure 1\n").unwrap();
        let digest = hex(&Sha256::digest(format!("oxi-erasure 1\n{tombstone}")));
        assert!(human.contains(&digest), "{text}");
        let clinic = account_of(&server, "ana@clinica.ro").await;
        let key = BlobKey::new(&["erasures", &clinic, id_of(&address)]).unwrap();
        let kept = server.app.blobs.get(&key).await.unwrap();
        assert_eq!(kept, format!("oxi-erasure 1\n{tombstone}"));
    }

    async fn the_code_is_typed_and_the_password_asked_for_again(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let kept = whole(&server, &doctor, 710).await;
        let path = format!("/patients/{}/erase", kept.patient);
        assert!(doctor.get(&path).await.text().contains("2 nopți"));
        let refused = doctor.post(&path, &[("code", "P-9999")]).await;
        assert!(refused.status == 422 && refused.text().contains("Nu s-a șters nimic"), "{}", refused.text());
        server.wait(Duration::from_mins(11));
        assert!(doctor.get(&path).await.header("location").starts_with("/account/confirm"));
        assert!(kept.erase(&doctor).await.header("location").starts_with("/account/confirm"));
        assert_eq!(doctor.get(&kept.nights[0]).await.status, 200);
        doctor.post("/account/confirm", &[("password", PASSWORD)]).await;
        assert!(kept.erase(&doctor).await.header("location").starts_with("/erasures/"));
        assert_eq!(kept.erase(&doctor).await.status, 404, "once");
    }

    async fn everything_of_a_patient_is_exported_without_secrets(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let kept = whole(&server, &doctor, 710).await;
        whole(&server, &doctor, 820).await;
        let archive = doctor.post(&format!("/patients/{}/export", kept.patient), &[]).await;
        assert_eq!(archive.header("content-type"), "application/zip");
        let files = unzip(&archive.body);
        for (night, (name, bytes)) in kept.nights.iter().zip(["Nume-710-al-pacientului.csv", "Alt-710-nume.csv"].iter().zip(&kept.files)) {
            let folder = format!("nights/02.01.2026 22-00-{}", id_of(night));
            assert_eq!(files[&format!("{folder}/{name}")], *bytes);
            let analysis: serde_json::Value = serde_json::from_slice(&files[&format!("{folder}/analysis.json")]).unwrap();
            assert!(analysis["figures"]["summary"]["aasm"]["odi4"]["count"].as_u64() > Some(0), "{analysis}");
            let about: serde_json::Value = serde_json::from_slice(&files[&format!("{folder}/night.json")]).unwrap();
            assert_eq!(about["patient_id"], kept.patient.as_str());
        }
        let patient: serde_json::Value = serde_json::from_slice(&files["patient.json"]).unwrap();
        assert_eq!((&patient["code"], patient["links"].as_array().unwrap().len()), (&kept.code.as_str().into(), 2));
        assert_eq!(files.len(), 7, "nothing of another patient: {:?}", files.keys());
        assert!(!holds(&archive.body, kept.link.secret.as_bytes()) && !holds(&archive.body, b"secret_hash"));
    }

    async fn everything_of_a_doctor_in_the_clinic_is_exported(server: Server) {
        let admin = server.admin().await;
        let (doctor, other) = (server.doctor_made_by(&admin, "ana@clinica.ro").await, server.doctor_made_by(&admin, "dan@clinica.ro").await);
        let (kept, foreign) = (whole(&server, &doctor, 710).await, whole(&server, &other, 820).await);
        store(&doctor, "a nimanui.csv", &unmistakable(930)).await;
        assert!(doctor.get("/account/export").await.text().contains("action=\"/account/export\""));
        let archive = doctor.post("/account/export", &[]).await;
        let files = unzip(&archive.body);
        assert_eq!(files.keys().filter(|name| name.ends_with(".csv")).count(), 3);
        let account: serde_json::Value = serde_json::from_slice(&files["account.json"]).unwrap();
        assert_eq!(account["email"], "ana@clinica.ro");
        assert!(files.contains_key(&format!("patients/{}.json", kept.code)));
        assert!(!holds(&archive.body, foreign.patient.as_bytes()));
    }

    async fn the_page_about_data_is_for_everybody_in_both_languages(server: Server) {
        let browser = server.browser();
        assert!(browser.get("/").await.text().contains("href=\"/confidentialitate\""));
        let page = browser.get("/confidentialitate").await.text();
        assert!(page.contains("Cine răspunde de date") && page.contains("clinica de la care aveți linkul") && !page.contains("{clinic}"), "{page}");
        let doctor = server.doctor("ana@clinica.ro").await;
        let kept = whole(&server, &doctor, 710).await;
        let shown = kept.visitor.get(&kept.link.path).await;
        let address = format!("{}/privacy", kept.link.path);
        assert!(shown.text().contains(&format!("href=\"{address}\"")));
        assert!(kept.visitor.get(&address).await.text().contains("Operatorul datelor este clinica Dr. Ana Știrbu"));
        assert!(!browser.get(&address).await.text().contains("Știrbu"), "a stranger with the address alone");
        browser.post("/language", &[("lang", "en"), ("next", "/")]).await;
        assert!(browser.get("/privacy").await.text().contains("Who answers for the data"));
    }

    async fn an_erasure_whose_worker_died_is_ended_by_the_next(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let gone = whole(&server, &doctor, 710).await;
        let address = gone.erase(&doctor).await.header("location");
        let lease = "UPDATE jobs SET lease = 'dead', lease_until = $1, attempts = 1 WHERE kind = 'erasure'";
        let until = server.app.clock.now().plus(Duration::from_mins(1)).as_millis();
        assert_eq!(server.change(sqlx::query(lease).bind(until)).await, 1);
        work_off(&server).await;
        assert!(doctor.get(&address).await.text().contains("încă nu"), "the lease may still be held");
        server.wait(Duration::from_mins(2));
        work_off(&server).await;
        work_off(&server).await;
        let page = doctor.get(&address).await.text();
        assert!(page.contains("Datele au fost șterse") && page.contains("<dt>Nopți</dt><dd>2</dd>"), "{page}");
        assert!(!holds(&all_bytes(&server), &gone.files[0]));
    }

    async fn the_clinics_administrator_may_ask_and_a_colleague_or_a_stranger_may_not(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, "sef@clinica.ro").await;
        let clinic = account_of(&server, "sef@clinica.ro").await;
        let doctor = colleague(&server, &admin, "ana@clinica.ro", &clinic).await;
        let other = colleague(&server, &admin, "dan@clinica.ro", &clinic).await;
        let gone = whole(&server, &doctor, 710).await;
        for stranger in [&other, &admin] {
            assert_eq!(gone.erase(stranger).await.status, 404);
        }
        let address = gone.erase(&head).await.header("location");
        assert_eq!(head.get(&address).await.status, 200);
        for stranger in [&doctor, &other, &admin] {
            assert_eq!(stranger.get(&address).await.status, 404);
        }
    }
}

#[tokio::test]
async fn an_erasure_goes_on_when_the_store_is_there_again() {
    let (mut service, folder) = (s3::S3Server::start(), tempfile::tempdir().unwrap());
    let blobs = Blobs::s3(&service.new_bucket());
    let database = format!("sqlite:{}", folder.path().join("oxi.db").display());
    let config = crate::support::config(&database, folder.path(), &[]);
    let server = Server::start_on(Backend::Sqlite, config, blobs, folder).await;
    let doctor = server.doctor("ana@clinica.ro").await;
    let gone = whole(&server, &doctor, 710).await;
    service.stop();
    let address = gone.erase(&doctor).await.header("location");
    work_off(&server).await;
    let page = doctor.get(&address).await.text();
    assert!(page.contains("încă nu"), "{page}");
    assert_eq!(doctor.get(&gone.nights[0]).await.status, 404);
}
