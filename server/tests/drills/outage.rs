//! Uploads while PostgreSQL is killed without a goodbye, again and again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Method;

use crate::Length;
use crate::figures::Figures;
use crate::support::client::Client;
use crate::support::{Database, block_on, program, seconds, signed_in};
use crate::uploads::{Uploads, audit};

pub fn run(length: Length) -> Vec<Figures> {
    block_on(async { vec![drill(length).await] })
}

const UPLOADERS: u32 = 8;

/// Longest time, in seconds, from PostgreSQL being back to the platform saying so.
const SOON_S: f64 = 10.0;

async fn drill(length: Length) -> Figures {
    let outages = length.of(20, 3);
    let database = Database::postgres().await;
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (program, address) = program(&folder, &database, &[]);
    let _running = program.start();
    let browser = Arc::new(signed_in(&address).await);
    let uploads = Uploads::start(&[Arc::clone(&browser)], UPLOADERS).await;
    let (mut longest, mut unhealthy) = (Duration::ZERO, 0);
    for outage in 0..outages {
        tokio::time::sleep(Duration::from_millis(u64::from(300 + outage * 397 % 1000))).await;
        unhealthy += u32::from(crash_and_resume(&database, &browser).await);
        longest = longest.max(until_healthy(&browser).await);
    }
    let (acknowledged, broken) = uploads.finish().await;
    let mut figures = Figures::new("postgres: uploads while PostgreSQL is killed");
    figures.tell("outages", outages);
    figures.at_least("outages in which /health said 503", unhealthy, outages);
    figures.tell("uploads cut off or refused, and repeated", broken);
    figures.at_most("longest until healthy again, seconds", seconds(longest), SOON_S);
    audit(&browser, &acknowledged, 0, &mut figures).await;
    figures
}

/// Whether the platform told of the outage.
async fn crash_and_resume(database: &Database, browser: &Client) -> bool {
    let Database::Postgres(cluster, _) = database else { return false };
    tokio::task::block_in_place(|| cluster.crash());
    let told = health(browser).await == Some(503);
    tokio::task::block_in_place(|| cluster.resume());
    told
}

async fn until_healthy(browser: &Client) -> Duration {
    let begun = Instant::now();
    while health(browser).await != Some(200) && begun.elapsed() < Duration::from_secs(60) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    begun.elapsed()
}

async fn health(browser: &Client) -> Option<u16> {
    browser.try_send(browser.request(Method::GET, "/health")).await.ok().map(|answer| answer.status)
}
