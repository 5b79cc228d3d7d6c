//! Two hundred people sign in at once; then again, some of them with passwords that another platform hashed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use oxi_server::audit::{Act, Duty, Work};
use oxi_server::platform::db::{DatabaseUrl, Db};
use tokio::task::JoinSet;

use crate::Length;
use crate::figures::Figures;
use crate::support::client::Client;
use crate::support::program::Running;
use crate::support::{Database, PASSWORD, block_on, program, seconds, signed_in};

pub fn run(length: Length) -> Vec<Figures> {
    block_on(async { vec![drill(length, false).await, drill(length, true).await] })
}

const PEOPLE: u32 = 200;
/// [`PASSWORD`] as argon2-cffi hashes it with 100 MiB, two passes and eight lanes.
const OF_100_MIB: &str =
    "$argon2id$v=19$m=102400,t=2,p=8$c2FyZS1kZS1wcm9iYS0xNg$PDfvFwSu/HW4DMtKNzcIKBzYL8ByLU8mtKoVI89VJ5E";
/// Peaks of the program's memory, MiB: 120 and 220 MB.
const OWN_MIB: u64 = 114;
const IMPORTED_MIB: u64 = 209;
/// Longest wait of anybody, seconds; busy answers are tried again.
const PATIENCE: Duration = Duration::from_secs(300);

async fn drill(length: Length, has_imported: bool) -> Figures {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    // All of them come from the one address of this machine.
    let limits = [("MAX_REQUESTS_PER_ADDRESS", "1024"), ("CLIENT_IP_HEADER", "x-real-ip")];
    let (program, address) = program(&folder, &Database::Sqlite, &limits);
    let running = program.start();
    signed_in(&address).await;
    let imported = if has_imported { length.of(40, 10) } else { 0 };
    fill(&format!("{}/oxi.db", folder.path().display()), imported).await;
    let begun = Instant::now();
    let inside = all_sign_in(&address).await;
    let name =
        if has_imported { "200 log-ins at once, some with imported hashes" } else { "200 log-ins at once" };
    let mut figures = Figures::new(name);
    figures.tell("passwords hashed elsewhere, 100 MiB each", imported);
    figures.at_least("people who came in", inside, PEOPLE);
    figures.tell("until the last was in, seconds", seconds(begun.elapsed()));
    tell_memory(&running, has_imported, &mut figures);
    figures
}

fn tell_memory(running: &Running, has_imported: bool, figures: &mut Figures) {
    let most = if has_imported { IMPORTED_MIB } else { OWN_MIB };
    figures.at_most("peak memory, MiB", running.peak_memory_mib(), most);
    figures.tell("memory at the end, MiB", running.memory_mib());
}

/// People with the administrator's password, the first of them as another platform hashed it.
async fn fill(path: &str, imported: u32) {
    let db = Db::connect(&DatabaseUrl::Sqlite(path.to_owned())).await.unwrap();
    let mut work = Work::begin(&db, Duty::Sweep).await.unwrap();
    for number in 0..PEOPLE {
        let query = sqlx::query(
            "INSERT INTO accounts (id, email, name, password_hash, is_admin, created_at)
             SELECT $1, $2, 'Dr. Ana', CASE WHEN $3 = 1 THEN $4 ELSE password_hash END, 0, 0
             FROM accounts WHERE is_admin = 1",
        );
        let query = query.bind(format!("0197d2a0-0000-7000-8000-{number:012}")).bind(email(number));
        query.bind(i64::from(number < imported)).bind(OF_100_MIB).execute(&mut **work).await.unwrap();
    }
    work.commit(Act::on_rows("filled-by-a-drill", PEOPLE.into()).without_entry()).await.unwrap();
    db.close().await;
}

fn email(number: u32) -> String {
    format!("d{number}@clinica.ro")
}

/// How many come in, each trying again after a busy answer.
async fn all_sign_in(address: &str) -> u32 {
    let mut tries = JoinSet::new();
    for number in 0..PEOPLE {
        let browser = Client::new(address).at_network(&format!("10.0.{}.{}", number / 100, number % 100));
        tries.spawn(async move { sign_in(&browser, &email(number)).await });
    }
    tries.join_all().await.into_iter().map(u32::from).sum()
}

async fn sign_in(browser: &Client, email: &str) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        match browser.post("/login", &[("email", email), ("password", PASSWORD)]).await.status {
            303 => return true,
            503 => tokio::time::sleep(Duration::from_secs(1)).await,
            _ => return false,
        }
    }
    false
}
