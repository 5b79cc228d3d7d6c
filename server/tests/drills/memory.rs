//! What the program needs under an ordinary heavy day: two hundred readers and ten uploaders.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use reqwest::Method;

use crate::Length;
use crate::figures::Figures;
use crate::support::client::Client;
use crate::support::{Database, block_on, program, signed_in};
use crate::uploads::{Uploads, audit};

pub fn run(length: Length) -> Vec<Figures> {
    block_on(async { vec![drill(length).await] })
}

const READERS: u32 = 200;
const UPLOADERS: u32 = 10;
/// Peak of the program's memory, MiB, with no variable for the allocator.
const MEMORY_MIB: u64 = 150;

async fn drill(length: Length) -> Figures {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (program, address) = program(&folder, &Database::Sqlite, &[]);
    let running = program.start();
    let browser = Arc::new(signed_in(&address).await);
    let first = browser.upload("/recordings", &[("first.csv", &crate::night::numbered(90_000))], true).await;
    let page = first.json()["files"][0]["recording"].as_str().expect("stored").to_owned();
    let readers = Readers::start(&browser, &page);
    let uploads = Uploads::start(&[Arc::clone(&browser)], UPLOADERS).await;
    tokio::time::sleep(Duration::from_secs(length.of(60, 15).into())).await;
    let (acknowledged, _) = uploads.finish().await;
    let (read, refused) = readers.finish().await;
    let mut figures = Figures::new("memory: 200 readers and 10 uploaders");
    figures.at_most("peak memory, MiB", running.peak_memory_mib(), MEMORY_MIB);
    figures.tell("memory at the end, MiB", running.memory_mib());
    figures.tell("pages, pictures and files read", read);
    figures.tell("answers 503", refused);
    audit(&browser, &acknowledged, 1, &mut figures).await;
    figures
}

struct Readers {
    is_over: Arc<AtomicBool>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
    read: Arc<AtomicU32>,
    refused: Arc<AtomicU32>,
}

impl Readers {
    fn start(browser: &Arc<Client>, page: &str) -> Self {
        let (is_over, read, refused) = <(Arc<AtomicBool>, Arc<AtomicU32>, Arc<AtomicU32>)>::default();
        let paths =
            [page.to_owned(), "/recordings".to_owned(), format!("{page}/chart.png"), format!("{page}/file")];
        let tasks = (0..READERS)
            .map(|reader| {
                let (browser, path) = (Arc::clone(browser), paths[reader as usize % paths.len()].clone());
                let (is_over, read, refused) =
                    (Arc::clone(&is_over), Arc::clone(&read), Arc::clone(&refused));
                tokio::spawn(async move {
                    while !is_over.load(Ordering::SeqCst) {
                        let sent = browser.try_send(browser.request(Method::GET, &path)).await;
                        match sent.map(|answer| answer.status) {
                            Ok(200) => _ = read.fetch_add(1, Ordering::SeqCst),
                            _ => _ = refused.fetch_add(1, Ordering::SeqCst),
                        }
                    }
                })
            })
            .collect();
        Self { is_over, tasks, read, refused }
    }

    /// How many answers were good, and how many were not.
    async fn finish(self) -> (u32, u32) {
        self.is_over.store(true, Ordering::SeqCst);
        for task in self.tasks {
            task.await.unwrap();
        }
        (self.read.load(Ordering::SeqCst), self.refused.load(Ordering::SeqCst))
    }
}
