//! A recording of 306 days and 20 MB, and sixty who look at it at once through a patient's link.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Method;

use crate::Length;
use crate::figures::Figures;
use crate::night;
use crate::support::client::{Answer, Client};
use crate::support::{Database, LIVE_S, block_on, open_link, program, seconds, signed_in};

pub fn run(_: Length) -> Vec<Figures> {
    block_on(async { vec![refused().await, shown().await] })
}

/// Peak of the program's memory, MiB: half of a machine with 512.
const MEMORY_MIB: u64 = 256;
const DAYS: u32 = 306;
const VIEWS: u32 = 60;
/// Hours that a recording may span where the platform is told to take it.
const HOURS_ALLOWED: &str = "8784";

/// As the platform is set up by default: 72 hours at most.
async fn refused() -> Figures {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (program, address) = program(&folder, &Database::Sqlite, &[]);
    let running = program.start();
    let browser = signed_in(&address).await;
    let answer = browser.upload("/recordings", &[("long.csv", &night::of_days(DAYS))], true).await;
    let mut figures = Figures::new("long-night: a recording of 306 days, by default");
    figures.tell("answer", answer.status);
    figures.at_most("recordings stored", u32::from(answer.json()["files"][0]["recording"].is_string()), 0);
    figures.at_most("peak memory, MiB", running.peak_memory_mib(), MEMORY_MIB);
    figures
}

/// Where such recordings are allowed.
async fn shown() -> Figures {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (program, address) = program(&folder, &Database::Sqlite, &[("MAX_RECORDING_HOURS", HOURS_ALLOWED)]);
    let running = program.start();
    let doctor = signed_in(&address).await;
    let stored = doctor.upload("/recordings", &[("long.csv", &night::of_days(DAYS))], true).await;
    let page = stored.json()["files"][0]["recording"].as_str().expect("stored").to_owned();
    let (patient, link) = open_link(&doctor, &address, &page).await;
    let before = running.peak_memory_mib();
    let (seen, slowest_livez) = look(&patient, &format!("{link}{page}"), VIEWS, &address).await;
    let mut figures = Figures::new("long-night: sixty views at once, where it is allowed");
    figures.tell("peak memory before the views, MiB", before);
    figures.at_most("peak memory, MiB", running.peak_memory_mib(), MEMORY_MIB);
    figures.tell("views answered", seen.iter().filter(|answer| answer.status == 200).count());
    let turned_away = seen.iter().filter(|answer| answer.status == 503);
    figures.tell("views turned away for now", turned_away.clone().count());
    let silent = turned_away.filter(|answer| answer.header("retry-after").is_empty());
    figures.at_most("turned away without Retry-After", silent.count(), 0);
    let other = seen.iter().filter(|answer| !matches!(answer.status, 200 | 503));
    figures.at_most("views with another answer, or none", other.count(), 0);
    figures.at_most("slowest /livez meanwhile, seconds", seconds(slowest_livez), LIVE_S);
    figures
}

/// Opens the page so often at once, and asks meanwhile whether the program is alive.
async fn look(patient: &Arc<Client>, page: &str, views: u32, address: &str) -> (Vec<Answer>, Duration) {
    let looking: Vec<_> = (0..views)
        .map(|view| {
            let (patient, mut path) = (Arc::clone(patient), page.to_owned());
            // Every third asks for the picture.
            if view % 3 == 2 {
                path.push_str("/chart.png");
            }
            tokio::spawn(async move { patient.get(&path).await })
        })
        .collect();
    let (monitor, mut slowest) = (Client::new(address), Duration::ZERO);
    while looking.iter().any(|view| !view.is_finished()) {
        let begun = Instant::now();
        _ = monitor.try_send(monitor.request(Method::GET, "/livez")).await;
        slowest = slowest.max(begun.elapsed());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let mut answers = Vec::new();
    for view in looking {
        answers.push(view.await.unwrap());
    }
    (answers, slowest)
}
