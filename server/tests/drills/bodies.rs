//! Uploads made to cost: bodies whose last byte is late, a header of a part without an end, half a million empty files.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt as _};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Body, Method};
use tokio::sync::watch;

use crate::Length;
use crate::figures::Figures;
use crate::support::client::{Answer, Client};
use crate::support::program::{Program, Running};
use crate::support::{Database, block_on, program, seconds, signed_in};

pub fn run(length: Length) -> Vec<Figures> {
    block_on(async {
        vec![late_bytes(length).await, endless_header(length).await, empty_files(length).await]
    })
}

/// Peak of the program's memory, MiB: half of a machine with 512.
const MEMORY_MIB: u64 = 256;
const LATE_UPLOADS: u32 = 24;
const LONG_FILE_BYTES: usize = 19_900_000;

/// A platform whose account is signed in.
struct Platform {
    running: Running,
    browser: Arc<Client>,
    token: String,
    _program: Program,
}

impl Platform {
    async fn start() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let (program, address) = program(&folder, &Database::Sqlite, &[]);
        let running = program.start();
        let browser = Arc::new(signed_in(&address).await);
        let token = browser.form_token().await;
        Self { running, browser, token, _program: program }
    }

    /// The head of a form with its token, up to where the first file begins.
    fn head(&self) -> Bytes {
        format!("--cut\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n", self.token).into()
    }

    /// Sends such a body; `None` when the connection broke or nothing came for a minute.
    async fn send(&self, body: impl Stream<Item = Bytes> + Send + 'static) -> Option<Answer> {
        let body = Body::wrap_stream(body.map(Ok::<_, Infallible>));
        let request = self.browser.request(Method::POST, "/recordings").header(ACCEPT, "application/json");
        let request = request.header(CONTENT_TYPE, "multipart/form-data; boundary=cut").body(body);
        tokio::time::timeout(Duration::from_secs(60), self.browser.try_send(request)).await.ok()?.ok()
    }
}

const FILE: &str = "--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"night.csv\"\r\n\r\n";

async fn late_bytes(length: Length) -> Figures {
    let platform = Arc::new(Platform::start().await);
    let (release, released) = watch::channel(false);
    let uploads: Vec<_> = (0..LATE_UPLOADS)
        .map(|_| {
            let (platform, released) = (Arc::clone(&platform), released.clone());
            tokio::spawn(async move { platform.send(late(platform.head(), released)).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_secs(length.of(20, 8).into())).await;
    let health = platform.browser.get("/health").await.status;
    release.send(true).unwrap();
    let mut answered = 0;
    for upload in uploads {
        answered += u32::from(upload.await.unwrap().is_some());
    }
    let mut figures = Figures::new("bodies: 24 uploads of 20 MB whose last byte is late");
    figures.at_most("peak memory, MiB", platform.running.peak_memory_mib(), MEMORY_MIB);
    figures.at_most("/health meanwhile", health, 200);
    figures.tell("uploads with an answer", answered);
    figures
}

/// A file that is complete but for its end, which comes when it is let go.
fn late(head: Bytes, mut released: watch::Receiver<bool>) -> impl Stream<Item = Bytes> {
    let block = Bytes::from_static(&[b'5'; 100_000]);
    let file = stream::repeat(block).take(LONG_FILE_BYTES / 100_000);
    let end = stream::once(async move {
        _ = released.wait_for(|is_let_go| *is_let_go).await;
        Bytes::from_static(b"\r\n--cut--\r\n")
    });
    stream::iter([head, Bytes::from_static(FILE.as_bytes())]).chain(file).chain(end)
}

async fn endless_header(length: Length) -> Figures {
    let platform = Platform::start().await;
    let (busy, begun) = (platform.running.cpu_seconds(), Instant::now());
    let megabytes = length.of(200, 40);
    let line = Bytes::from(format!("X-A: {}\r\n", "a".repeat(990)));
    let start =
        Bytes::from_static(b"--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n");
    let lines = stream::repeat(line).take(megabytes as usize * 1000);
    let answer = platform.send(stream::iter([platform.head(), start]).chain(lines)).await;
    let mut figures = Figures::new("bodies: the header of a part that does not end");
    figures.tell("megabytes offered", megabytes);
    figures.tell("answer", answer.map_or(0, |answer| answer.status));
    figures.at_most("seconds of processor", rounded(platform.running.cpu_seconds() - busy), 2.0);
    figures.at_most("seconds until its end", seconds(begun.elapsed()), 10.0);
    figures.at_most("peak memory, MiB", platform.running.peak_memory_mib(), MEMORY_MIB);
    figures
}

async fn empty_files(length: Length) -> Figures {
    let platform = Platform::start().await;
    let (busy, begun) = (platform.running.cpu_seconds(), Instant::now());
    let thousands = length.of(500, 100);
    let parts = Bytes::from(format!("{FILE}\r\n").repeat(1000));
    let body = stream::repeat(parts).take(thousands as usize);
    let end = stream::iter([Bytes::from_static(b"--cut--\r\n")]);
    let answer = platform.send(stream::iter([platform.head()]).chain(body).chain(end)).await;
    let mut figures = Figures::new("bodies: hundreds of thousands of empty files");
    figures.tell("files", thousands * 1000);
    figures.tell("answer", answer.as_ref().map_or(0, |answer| answer.status));
    figures.at_most(
        "length of the answer, kilobytes",
        answer.map_or(0, |answer| answer.body.len() / 1000),
        100,
    );
    figures.at_most("seconds of processor", rounded(platform.running.cpu_seconds() - busy), 2.0);
    figures.at_most("seconds until its end", seconds(begun.elapsed()), 10.0);
    figures.at_most("peak memory, MiB", platform.running.peak_memory_mib(), MEMORY_MIB);
    figures
}

fn rounded(seconds: f64) -> f64 {
    (seconds * 10.0).round() / 10.0
}
