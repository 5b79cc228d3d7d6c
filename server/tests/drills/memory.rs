//! What the program needs under an ordinary heavy day: two hundred readers and ten uploaders.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use reqwest::Method;
use tokio::task::JoinHandle;

use crate::Length;
use crate::figures::Figures;
use crate::night;
use crate::support::client::Client;
use crate::support::{Database, block_on, open_link, program, signed_in};
use crate::uploads::{Uploads, audit};

pub fn run(length: Length) -> Vec<Figures> {
    block_on(async { vec![drill(length).await] })
}

const READERS: u32 = 200;
/// Patients among whom the readers are.
const LINKS: u32 = 20;
const UPLOADERS: u32 = 10;
/// Peak of the program's memory, MiB, with no variable for the allocator.
const MEMORY_MIB: u64 = 150;

async fn drill(length: Length) -> Figures {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    // All of them come from the one address of this machine.
    let limits = [("MAX_REQUESTS_PER_ADDRESS", "1024")];
    let (program, address) = program(&folder, &Database::Sqlite, &limits);
    let running = program.start();
    let browser = Arc::new(signed_in(&address).await);
    let readers = Readers::start(&open_links(&browser, &address).await);
    let uploads = Uploads::start(&[Arc::clone(&browser)], UPLOADERS).await;
    tokio::time::sleep(Duration::from_secs(length.of(60, 15).into())).await;
    let ((acknowledged, _), (read, refused)) = tokio::join!(uploads.finish(), readers.finish());
    let mut figures = Figures::new("memory: 200 readers and 10 uploaders");
    figures.at_most("peak memory, MiB", running.peak_memory_mib(), MEMORY_MIB);
    figures.tell("memory at the end, MiB", running.memory_mib());
    figures.tell("pages, pictures and files read", read);
    figures.tell("refused for now, or without an answer", refused);
    audit(&browser, &acknowledged, LINKS as usize, &mut figures).await;
    figures
}

/// A night and a patient's open link to it, so often; the browser and the address of the night behind the link.
async fn open_links(doctor: &Client, address: &str) -> Vec<(Arc<Client>, String)> {
    let mut links = Vec::new();
    for number in 0..LINKS {
        let bytes = night::numbered(90_000 + number);
        let stored = doctor.upload("/recordings", &[("night.csv", &bytes)], true).await;
        let page = stored.json()["files"][0]["recording"].as_str().expect("stored").to_owned();
        let (patient, link) = open_link(doctor, address, &page).await;
        links.push((patient, format!("{link}{page}")));
    }
    links
}

struct Readers {
    tasks: Vec<JoinHandle<()>>,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    is_over: AtomicBool,
    read: AtomicU32,
    refused: AtomicU32,
}

/// Reads over and over; after a refusal a second later.
async fn read(patient: Arc<Client>, path: String, counts: Arc<Counts>) {
    while !counts.is_over.load(Ordering::SeqCst) {
        let sent = patient.try_send(patient.request(Method::GET, &path)).await;
        if sent.is_ok_and(|answer| answer.status == 200) {
            counts.read.fetch_add(1, Ordering::SeqCst);
        } else {
            counts.refused.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

impl Readers {
    fn start(links: &[(Arc<Client>, String)]) -> Self {
        let counts = Arc::new(Counts::default());
        let tasks = (0..READERS as usize)
            .map(|reader| {
                let (patient, night) = &links[reader % links.len()];
                let what = ["", "/chart.png", "/file"][reader % 3];
                tokio::spawn(read(Arc::clone(patient), format!("{night}{what}"), Arc::clone(&counts)))
            })
            .collect();
        Self { tasks, counts }
    }

    /// How many answers were good, and how many were not.
    async fn finish(self) -> (u32, u32) {
        self.counts.is_over.store(true, Ordering::SeqCst);
        for task in self.tasks {
            task.await.unwrap();
        }
        (self.counts.read.load(Ordering::SeqCst), self.counts.refused.load(Ordering::SeqCst))
    }
}
