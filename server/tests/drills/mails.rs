//! Mails while the program is killed without a warning, again and again: each arrives once.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::Length;
use crate::figures::Figures;
use crate::support::brevo::{Brevo, KEY, Mood};
use crate::support::client::Client;
use crate::support::{Database, block_on, program, seconds, signed_in};

pub fn run(length: Length) -> Vec<Figures> {
    block_on(async { vec![on(Database::Sqlite, length).await, on(Database::postgres().await, length).await] })
}

/// Mails that are asked for between two kills.
const MAILS: u32 = 3;
/// The lease of the last program that was killed, and some looks for jobs.
const PATIENCE: Duration = Duration::from_secs(120);

async fn on(database: Database, length: Length) -> Figures {
    let kills = length.of(12, 4);
    let brevo = Brevo::start(Mood::AcceptsSlowly).await;
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let more = [
        ("APP_URL", "http://localhost"),
        ("BREVO_API_KEY", KEY),
        ("BREVO_API_URL", &brevo.url),
        ("SENDER_EMAIL", "oxi@clinica.ro"),
    ];
    let (program, address) = program(&folder, &database, &more);
    let mut running = program.start();
    let browser = signed_in(&address).await;
    for kill in 0..kills {
        ask(&browser).await;
        // A killed program's mail is somebody else's after a minute; the others go out at the next start.
        running.signal("-KILL");
        drop(running);
        running = program.start();
        tokio::time::sleep(Duration::from_millis(u64::from(100 + kill * 97 % 400))).await;
    }
    let asked = kills * MAILS;
    let begun = Instant::now();
    while brevo.mailbox().len() < asked as usize && begun.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let waited = wait_until_noted(&browser, begun).await;
    let mailbox = brevo.mailbox();
    let once: BTreeSet<_> =
        mailbox.iter().map(|mail| mail["headers"]["idempotencyKey"].to_string()).collect();
    let mut figures = Figures::new(format!("mails: under kill -9, {}", database.name()));
    figures.tell("kills", kills);
    figures.tell("mails asked for", asked);
    figures.at_least("mails that arrived", once.len(), asked as usize);
    figures.at_most("mails that arrived twice", mailbox.len().saturating_sub(asked as usize), 0);
    figures.at_least("handed over again, refused as doubles", brevo.requests() - mailbox.len() as u64, 1);
    figures.at_most("seconds until all were noted as sent", waited, seconds(PATIENCE));
    figures
}

async fn ask(browser: &Client) {
    for _ in 0..MAILS {
        assert_eq!(browser.post("/admin/mail/test", &[]).await.status, 303);
    }
}

/// Waits until the page says that nothing waits; the seconds since `begun`.
async fn wait_until_noted(browser: &Client, begun: Instant) -> f64 {
    while begun.elapsed() < PATIENCE + Duration::from_secs(1) {
        if browser.get("/admin/mail").await.text().contains("Niciun mesaj nu așteaptă") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    seconds(begun.elapsed())
}
