//! The journal under load: a long chain is verified, and two hundred readers each leave their openings in it.

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use oxi_server::audit::{Act, Duty, Work};
use oxi_server::platform::db::{DatabaseUrl, Db};
use sha2::{Digest as _, Sha256};
use sqlx::AssertSqlSafe;
use tokio::task::JoinSet;

use crate::Length;
use crate::figures::Figures;
use crate::night;
use crate::support::client::Client;
use crate::support::program::Program;
use crate::support::{Database, PASSWORD, block_on, program, signed_in};

pub fn run(length: Length) -> Vec<Figures> {
    block_on(async {
        let mut figures = Vec::new();
        for is_postgres in [false, true] {
            figures.push(verification(length, &database(is_postgres).await).await);
            figures.push(readers(length, &database(is_postgres).await).await);
        }
        figures
    })
}

async fn database(is_postgres: bool) -> Database {
    if is_postgres { Database::postgres().await } else { Database::Sqlite }
}

/// Entries of the long chain.
const ENTRIES: u32 = 100_000;
/// Longest time to verify it, from the start of the program to its end.
const VERIFIED_S: f64 = 5.0;

async fn verification(length: Length, database: &Database) -> Figures {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (program, _) = program(&folder, database, &[]);
    drop(program.start());
    let db = connect(database, &folder).await;
    let entries = length.of(ENTRIES, ENTRIES / 10);
    fill(&db, entries.into()).await;
    let (whole, first) = verify(&program);
    let (_, second) = verify(&program);
    let mut figures = Figures::new(format!("audit: a chain of {entries} entries, {}", database.name()));
    let found = usize::from(whole.contains(&format!("long: whole, entries 1 to {entries},")));
    figures.at_least("found whole", found, 1);
    figures.at_most("verified by `oxi audit verify`, seconds", first.max(second), VERIFIED_S);
    figures.tell("entries a second", (f64::from(entries) / first.min(second)).round());
    let at = entries / 2;
    tamper(&db, database, &format!("UPDATE audit SET at = at + 1 WHERE chain = 'long' AND seq = {at}")).await;
    let found = verify(&program).0.contains(&format!("long: broken, entry {at} was changed"));
    figures.at_least("one changed millisecond found", usize::from(found), 1);
    figures
}

async fn connect(database: &Database, folder: &Arc<tempfile::TempDir>) -> Db {
    let url = match database {
        Database::Sqlite => DatabaseUrl::Sqlite(folder.path().join("oxi.db").display().to_string()),
        Database::Postgres(_, url) => DatabaseUrl::Postgres(url.clone().into()),
    };
    Db::connect(&url).await.unwrap()
}

/// What the command printed, and how long it took in seconds.
fn verify(program: &Program) -> (String, f64) {
    let begun = Instant::now();
    let mut command: Command = program.command();
    let output = command.args(["audit", "verify"]).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (text, (begun.elapsed().as_secs_f64() * 100.0).round() / 100.0)
}

/// A long chain, its hashes made by a second hand from what the documentation says of them.
async fn fill(db: &Db, entries: i64) {
    let mut work = Work::begin(db, Duty::Sweep).await.unwrap();
    let mut previous = [0_u8; 32];
    for seq in 1..=entries {
        let (actor, subject) = (format!("account:a{}", seq % 40), format!("recording:r{}", seq % 900));
        let hash = hash(seq, previous, [&actor, &subject]);
        let query = sqlx::query(
            "INSERT INTO audit (chain, seq, previous_hash, hash, actor, action, detail, subject, at)
             VALUES ('long', $1, $2, $3, $4, 'recording-opened', 'own', $5, $1)",
        );
        let query = query.bind(seq).bind(previous.as_slice()).bind(hash.as_slice()).bind(actor).bind(subject);
        query.execute(&mut **work).await.unwrap();
        previous = hash;
    }
    let query = sqlx::query("INSERT INTO audit_heads (chain, seq, hash) VALUES ('long', $1, $2)");
    query.bind(entries).bind(previous.as_slice()).execute(&mut **work).await.unwrap();
    work.commit(Act::on_nothing("filled-by-a-drill").without_entry()).await.unwrap();
}

fn hash(seq: i64, previous: [u8; 32], [actor, subject]: [&str; 2]) -> [u8; 32] {
    let mut bytes = vec![1];
    bytes.extend(previous);
    bytes.extend(seq.to_be_bytes());
    bytes.extend(seq.to_be_bytes());
    let text = |bytes: &mut Vec<u8>, text: &str| {
        bytes.extend(u64::try_from(text.len()).unwrap().to_be_bytes());
        bytes.extend(text.as_bytes());
    };
    for field in ["long", actor, "recording-opened", subject] {
        text(&mut bytes, field);
    }
    bytes.extend([1, 0]);
    text(&mut bytes, "own");
    bytes.extend(0_i64.to_be_bytes());
    Sha256::digest(bytes).into()
}

async fn tamper(db: &Db, database: &Database, sql: &str) {
    let of = if matches!(database, Database::Sqlite) { "" } else { " ON audit" };
    let mut work = Work::begin(db, Duty::Sweep).await.unwrap();
    for sql in [format!("DROP TRIGGER audit_unchanged{of}"), sql.to_owned()] {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut **work).await.unwrap();
    }
    work.commit(Act::on_nothing("changed-by-a-drill").without_entry()).await.unwrap();
}

/// People of one clinic who read at once.
const READERS: u32 = 200;
/// Nights among which each chooses.
const NIGHTS: u32 = 50;
/// How long somebody looks at a night before the next one.
const LOOK: Duration = Duration::from_secs(5);
/// Slowest page but for one in a hundred, milliseconds.
const P99_MS: u64 = 200;

async fn readers(length: Length, database: &Database) -> Figures {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    // All of them come from the one address of this machine.
    let limits = [("MAX_REQUESTS_PER_ADDRESS", "1024"), ("CLIENT_IP_HEADER", "x-real-ip")];
    let (program, address) = program(&folder, database, &limits);
    let _running = program.start();
    let head = signed_in(&address).await;
    let nights = Arc::new(nights(&head).await);
    let db = connect(database, &folder).await;
    let readers = length.of(READERS, 20);
    hire(&db, readers).await;
    let before = openings(&db).await;
    let read = read(&address, readers, &nights, length.of(12, 2)).await;
    let kept = openings(&db).await - before;
    let mut figures = Figures::new(format!(
        "audit: {readers} people of one clinic, a night every {} seconds each, {}",
        LOOK.as_secs(),
        database.name()
    ));
    let opened = read.first.len();
    figures.tell("nights opened for the first time in the hour", opened);
    figures.at_least("openings kept in the journal", kept, i64::try_from(opened).unwrap());
    figures.at_most("pages not answered", read.failed, 0);
    for (name, mut times) in [("first", read.first), ("again", read.again)] {
        times.sort_unstable();
        let nth = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
        let (half, most) = if name == "first" {
            ("first opening, median, ms", "first opening, p99, ms")
        } else {
            ("opened again, median, ms", "opened again, p99, ms")
        };
        figures.tell(half, nth(50));
        match length {
            Length::Full => figures.at_most(most, nth(99), P99_MS),
            Length::Sample => figures.tell(most, nth(99)),
        }
    }
    let whole = verify(&program).0;
    figures.at_least(
        "chains whole afterwards",
        usize::from(!whole.contains("broken") && whole.contains("whole")),
        1,
    );
    figures
}

async fn nights(head: &Client) -> Vec<String> {
    let mut pages = Vec::new();
    for number in 0..NIGHTS {
        let stored = head.upload("/recordings", &[("night.csv", &night::numbered(number))], true).await;
        pages.push(stored.json()["files"][0]["recording"].as_str().expect("stored").to_owned());
    }
    pages
}

/// Colleagues in the clinic of the administrator, who share everything, with the administrator's password.
async fn hire(db: &Db, readers: u32) {
    let mut work = Work::begin(db, Duty::Sweep).await.unwrap();
    sqlx::query("UPDATE clinics SET is_shared = 1").execute(&mut **work).await.unwrap();
    for number in 0..readers {
        let id = id(number);
        let query = sqlx::query(
            "INSERT INTO accounts (id, email, name, password_hash, is_admin, created_at, is_settled)
             SELECT $1, $2, 'Dr. Ana', password_hash, 0, 0, 1 FROM accounts WHERE is_admin = 1",
        );
        query.bind(&id).bind(email(number)).execute(&mut **work).await.unwrap();
        let query = sqlx::query(
            "INSERT INTO memberships (account_id, clinic_id, role, joined_at) SELECT $1, id, 'doctor', 0 FROM clinics",
        );
        query.bind(&id).execute(&mut **work).await.unwrap();
    }
    work.commit(Act::on_rows("filled-by-a-drill", readers.into()).without_entry()).await.unwrap();
}

fn id(number: u32) -> String {
    format!("0197d2a0-0000-7000-8000-{number:012}")
}

fn email(number: u32) -> String {
    format!("d{number}@clinica.ro")
}

async fn openings(db: &Db) -> i64 {
    let query = sqlx::query_scalar("SELECT COUNT(*) FROM audit WHERE action = 'recording-opened'");
    query.fetch_one(db.read()).await.unwrap()
}

/// How long pages took, in milliseconds.
#[derive(Default)]
struct Read {
    first: Vec<u64>,
    again: Vec<u64>,
    failed: u32,
}

/// Everybody signs in; then each opens one night after the other, and each of them again.
async fn read(address: &str, readers: u32, nights: &Arc<Vec<String>>, rounds: u32) -> Read {
    let mut inside = Vec::new();
    for number in 0..readers {
        let client = Client::new(address).at_network(&format!("10.0.{}.{}", number / 250, number % 250));
        client.sign_in(&email(number), PASSWORD).await;
        inside.push(client);
    }
    let mut tasks = JoinSet::new();
    for (number, client) in (0..).zip(inside) {
        let nights = Arc::clone(nights);
        tasks.spawn(async move {
            let mut read = Read::default();
            // Nobody begins together with everybody else.
            tokio::time::sleep(LOOK * number / readers).await;
            for round in 0..rounds {
                let page = &nights[usize::try_from(number * 7 + round).unwrap() % nights.len()];
                open(&client, page, &mut read.first, &mut read.failed).await;
                tokio::time::sleep(LOOK / 2).await;
                open(&client, page, &mut read.again, &mut read.failed).await;
                tokio::time::sleep(LOOK / 2).await;
            }
            read
        });
    }
    let mut all = Read::default();
    while let Some(read) = tasks.join_next().await {
        let Read { first, again, failed } = read.unwrap();
        all.first.extend(first);
        all.again.extend(again);
        all.failed += failed;
    }
    all
}

async fn open(client: &Client, page: &str, times: &mut Vec<u64>, failed: &mut u32) {
    let begun = Instant::now();
    if client.get(page).await.status == 200 {
        times.push(u64::try_from(begun.elapsed().as_millis()).unwrap());
    } else {
        *failed += 1;
    }
}
