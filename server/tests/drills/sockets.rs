//! Clients that hold connections: silent ones, half-sent headers, and such as never read their answers.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Method;
use tokio::net::TcpSocket;

use crate::Length;
use crate::figures::Figures;
use crate::support::client::Client;
use crate::support::program::Running;
use crate::support::{Database, LIVE_S, block_on, program, seconds};

pub fn run(length: Length) -> Vec<Figures> {
    block_on(async { vec![drill(length).await] })
}

/// Fewer than there are attackers, so that they fill the program.
const CONNECTIONS: &str = "200";
/// How long a client may take nothing of its answer, in this drill.
const WRITE_TIMEOUT_S: u32 = 10;
/// Time from SIGTERM to the end with only such clients, seconds: five of patience, and one to look.
const STOP_S: f64 = 8.0;

async fn drill(length: Length) -> Figures {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let limits = [("MAX_CONNECTIONS", CONNECTIONS), ("WRITE_TIMEOUT_SECS", &WRITE_TIMEOUT_S.to_string())];
    let (program, address) = program(&folder, &Database::Sqlite, &limits);
    let mut running = program.start();
    let attack = Attack::begin(&running).await;
    let (slowest, unanswered) = watch_livez(&Client::new(&address), length.of(60, 20)).await;
    let mut figures = Figures::new("sockets: 400 silent, 100 half-sent and 30 never-reading connections");
    figures.tell("seconds of attack", length.of(60, 20));
    figures.at_most("/livez without an answer in 3 seconds", unanswered, 0);
    figures.at_most("slowest /livez, seconds", seconds(slowest), LIVE_S);
    figures.at_most(
        "never-reading connections still open",
        attack.unread.iter().filter(|one| is_open(one)).count(),
        0,
    );
    figures.tell("other connections still open", attack.others.iter().filter(|one| is_open(one)).count());
    let _unread = never_reading(&running, 3).await;
    until_idle(&running).await;
    running.signal("-TERM");
    let (code, took) = running.ended().await;
    figures.at_most("from SIGTERM to the end, seconds", seconds(took), STOP_S);
    figures.at_most("exit code", code.unwrap_or(-1), 0);
    figures
}

/// Waits until what never-reading clients asked for fills the buffers, and the program has nothing to do any more.
async fn until_idle(running: &Running) {
    let mut before = running.cpu_seconds();
    for _ in 0..30 {
        tokio::time::sleep(Duration::from_secs(2)).await;
        let now = running.cpu_seconds();
        if now - before < 0.1 {
            return;
        }
        before = now;
    }
}

/// Connections that an attacker holds, from several addresses of this machine.
struct Attack {
    unread: Vec<TcpStream>,
    others: Vec<TcpStream>,
}

impl Attack {
    async fn begin(running: &Running) -> Self {
        let unread = never_reading(running, 3).await;
        let mut others = hold(running, 4, 100, b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ").await;
        for from in 5..9 {
            others.extend(hold(running, from, 100, b"").await);
        }
        Self { unread, others }
    }
}

/// Connections that ask for more than fits into their buffers, and take nothing.
async fn never_reading(running: &Running, from: u8) -> Vec<TcpStream> {
    hold(running, from, 30, &b"GET /viewer HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000)).await
}

/// Connections from 127.0.0.`from` on which `bytes` are sent, as far as they are taken, and nothing is read.
async fn hold(running: &Running, from: u8, count: u32, bytes: &[u8]) -> Vec<TcpStream> {
    let mut held = Vec::new();
    for _ in 0..count {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        socket.bind(SocketAddr::from((Ipv4Addr::new(127, 0, 0, from), 0))).unwrap();
        let connected = socket.connect(running.address.parse().unwrap()).await.unwrap();
        let mut stream = connected.into_std().unwrap();
        _ = stream.write(bytes);
        held.push(stream);
    }
    held
}

fn is_open(stream: &TcpStream) -> bool {
    let mut rest = [0; 65536];
    loop {
        match std::io::Read::read(&mut &*stream, &mut rest) {
            Ok(0) => return false,
            Ok(_) => {}
            Err(error) => return error.kind() == std::io::ErrorKind::WouldBlock,
        }
    }
}

/// The slowest answer, and how many there were none of.
async fn watch_livez(browser: &Client, for_seconds: u32) -> (Duration, u32) {
    let (mut slowest, mut unanswered) = (Duration::ZERO, 0);
    let end = Instant::now() + Duration::from_secs(for_seconds.into());
    while Instant::now() < end {
        let begun = Instant::now();
        let asked = browser.try_send(browser.request(Method::GET, "/livez"));
        let answer = tokio::time::timeout(Duration::from_secs(3), asked).await;
        unanswered += u32::from(!matches!(answer, Ok(Ok(answer)) if answer.status == 200));
        slowest = slowest.max(begun.elapsed());
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    (slowest, unanswered)
}
