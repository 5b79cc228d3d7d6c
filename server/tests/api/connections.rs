//! Clients that hold connections, send nonsense, or do not read: the real program, from outside.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use oxi_server::config::ListenLimits;
use oxi_server::http::layers::headers::{CONTENT_SECURITY, protective};
use oxi_server::http::listen;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use crate::support::client::{Answer, Client};
use crate::support::program::{Program, Running};
use crate::support::proxy::{self, message};
use crate::support::{ADMIN_EMAIL, PASSWORD};

async fn program(variables: &[(&str, &str)]) -> Running {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let mut all = vec![("DATA_DIR".to_owned(), folder.path().display().to_string())];
    all.extend(variables.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
    Program::new(folder, all).start()
}

/// Connections from one address of this machine that send `bytes` and never read.
async fn silent(running: &Running, count: usize, from: [u8; 4], bytes: &[u8]) -> Vec<std::net::TcpStream> {
    let mut sockets = Vec::new();
    for _ in 0..count {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from((Ipv4Addr::from(from), 0))).unwrap();
        let stream = socket.connect(running.address.parse().unwrap()).await.unwrap();
        let mut stream = stream.into_std().unwrap();
        _ = stream.write(bytes);
        sockets.push(stream);
    }
    sockets
}

/// How many of these connections the platform has ended.
fn ended(sockets: &[std::net::TcpStream]) -> usize {
    sockets.iter().filter(|socket| !matches!(socket.peek(&mut [0]), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)).count()
}

async fn is_alive(running: &Running) -> bool {
    let livez = async { running.browser().get("/livez").await.status };
    tokio::time::timeout(Duration::from_secs(3), livez).await.is_ok_and(|status| status == 200)
}

/// Sends `request` over a new connection and reads until the platform closes it.
async fn raw(running: &Running, request: &str) -> String {
    let mut stream = TcpStream::connect(&running.address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    _ = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
    String::from_utf8(answer).unwrap()
}

fn is_protected(answer: &str) -> bool {
    let answer = answer.to_lowercase();
    let policy = format!("content-security-policy: {CONTENT_SECURITY}").to_lowercase();
    [policy.as_str(), "x-content-type-options: nosniff", "x-frame-options: deny", "cache-control: no-store"]
        .iter()
        .all(|line| answer.contains(line))
}

#[tokio::test]
async fn silent_sockets_from_many_addresses_do_not_shut_others_out() {
    let running = program(&[("MAX_CONNECTIONS", "50"), ("HEADER_TIMEOUT_SECS", "60")]).await;
    let mut sockets = Vec::new();
    for address in 2..12 {
        sockets
            .extend(silent(&running, 20, [127, 0, 0, address], b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ").await);
    }
    assert!(is_alive(&running).await);
    assert!(ended(&sockets) >= 150, "{}", ended(&sockets));
}

#[tokio::test]
async fn one_address_has_a_bounded_number_of_connections_and_makes_room_among_its_own() {
    let limits = [("MAX_CONNECTIONS_PER_ADDRESS", "20"), ("HEADER_TIMEOUT_SECS", "60")];
    let running = program(&limits).await;
    let others = silent(&running, 5, [127, 0, 0, 2], b"").await;
    let sockets = silent(&running, 60, [127, 0, 0, 1], b"").await;
    assert!(is_alive(&running).await);
    assert!(ended(&sockets) >= 40 && ended(&others) == 0, "{} {}", ended(&sockets), ended(&others));
}

#[tokio::test]
async fn behind_a_proxy_all_connections_come_from_one_address_and_none_is_too_many() {
    let limits = [("MAX_CONNECTIONS_PER_ADDRESS", "2"), ("CLIENT_IP_HEADER", "x-real-ip")];
    let running = program(&limits).await;
    let sockets = silent(&running, 20, [127, 0, 0, 1], b"").await;
    assert!(is_alive(&running).await);
    assert_eq!(ended(&sockets), 0);
}

#[tokio::test]
async fn who_finds_no_room_is_told_when_to_come_back() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let slow = async || {
        tokio::time::sleep(Duration::from_secs(5)).await;
        "done"
    };
    let second = Duration::from_secs(1);
    let limits = ListenLimits {
        header: 9 * second,
        write: 9 * second,
        request: 9 * second,
        connections: 1,
        connections_per_address: None,
        drain: second,
    };
    let router = Router::new().route("/slow", get(slow));
    tokio::spawn(listen::serve(listener, router, limits, protective(false), std::future::pending()));
    let mut served = TcpStream::connect(address).await.unwrap();
    served.write_all(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    tokio::time::sleep(second).await;
    let mut late = TcpStream::connect(address).await.unwrap();
    late.write_all(&post(1_000)).await.unwrap();
    let mut refusal = String::new();
    late.read_to_string(&mut refusal)
        .await
        .expect("the refusal arrives whole, and the connection ends after it");
    assert!(refusal.starts_with("HTTP/1.1 503") && is_protected(&refusal), "{refusal}");
    assert!(refusal.contains("retry-after: 5\r\n") && refusal.contains("connection: close"), "{refusal}");
    let answer = String::from_utf8(message(&mut served).await.unwrap()).unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("done"),
        "who is served is not sent away: {answer}"
    );
}

/// More answers than the kernel's buffers hold.
fn many_requests() -> Vec<u8> {
    b"GET /login HTTP/1.1\r\nHost: x\r\n\r\n".repeat(4000)
}

#[tokio::test]
async fn a_client_that_never_reads_is_cut() {
    let running = program(&[("WRITE_TIMEOUT_SECS", "1"), ("HEADER_TIMEOUT_SECS", "60")]).await;
    let _sockets = silent(&running, 3, [127, 0, 0, 1], &many_requests()).await;
    let log = running.log_with("did not take their answers").await;
    assert!(log.contains("did not take their answers"));
    assert!(is_alive(&running).await);
}

#[tokio::test]
async fn an_address_has_a_bounded_number_of_requests_under_way_and_signed_out_clients_half_of_them() {
    let limits = [
        ("MAX_REQUESTS_PER_ADDRESS", "8"),
        ("CLIENT_IP_HEADER", "x-real-ip"),
        ("WRITE_TIMEOUT_SECS", "4"),
        ("ADMIN_EMAIL", ADMIN_EMAIL),
        ("ADMIN_PASSWORD", PASSWORD),
    ];
    let running = program(&limits).await;
    let (attacked, signed_in) = (browser_at(&running, ATTACKER), browser_at(&running, ATTACKER));
    signed_in.sign_in(ADMIN_EMAIL, PASSWORD).await;
    let unread = format!("GET /login HTTP/1.1\r\nHost: x\r\nX-Real-IP: {ATTACKER}\r\n\r\n").repeat(4000);
    let sockets = silent(&running, 6, [127, 0, 0, 1], unread.as_bytes()).await;
    let refused = until(&attacked, "/login", 503).await;
    assert_eq!(refused.header("retry-after"), "5");
    assert_eq!(attacked.get("/livez").await.status, 200, "whatever is open to all is not counted");
    assert_eq!(signed_in.get("/account").await.status, 200, "the other half");
    assert_eq!(browser_at(&running, "203.0.113.9").get("/login").await.status, 200, "another address");
    until(&attacked, "/login", 200).await;
    assert_eq!(ended(&sockets), 6, "those that never read are cut, and their requests end with them");
}

const ATTACKER: &str = "203.0.113.7";

fn browser_at(running: &Running, network: &str) -> Client {
    running.browser().at_network(network)
}

/// Asks again and again until the answer has this status.
async fn until(browser: &Client, path: &str, status: u16) -> Answer {
    for _ in 0..80 {
        let answer = browser.get(path).await;
        if answer.status == status {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{path} never answered {status}");
}

#[tokio::test]
async fn a_request_as_a_whole_may_only_take_so_long() {
    let running = program(&[("REQUEST_TIMEOUT_SECS", "1")]).await;
    let begun = Instant::now();
    let answer = raw(&running, "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nemail").await;
    assert!(answer.is_empty() && begun.elapsed() < Duration::from_secs(4), "{:?} {answer}", begun.elapsed());
}

#[tokio::test]
async fn clients_that_never_read_or_never_finish_do_not_hold_the_stop_up() {
    let mut running = program(&[("HEADER_TIMEOUT_SECS", "60")]).await;
    let _readers = silent(&running, 10, [127, 0, 0, 1], &many_requests()).await;
    let half = b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nemail";
    let _writers = silent(&running, 10, [127, 0, 0, 1], half).await;
    let _half = silent(&running, 10, [127, 0, 0, 1], b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ").await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    running.signal("-TERM");
    let (code, took) = running.ended().await;
    assert_eq!(code, Some(0), "{}", running.log());
    assert!(took < Duration::from_secs(9), "{took:?}");
}

#[tokio::test]
async fn answers_to_requests_that_cannot_be_read_carry_the_protective_headers() {
    let running = program(&[]).await;
    let (long, page) = ("x".repeat(500_000), "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    let unreadable = [
        (400, "GARBAGE\r\n\r\n".to_owned()),
        (400, format!("{page}GARBAGE\r\n\r\n")),
        (400, "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: a\r\n\r\n".to_owned()),
        (400, "GET / HTTP/1.1\r\nHost: x\r\nBad Name: a\r\n\r\n".to_owned()),
        (414, format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", &long[..70_000])),
        (431, format!("GET / HTTP/1.1\r\nHost: x\r\n{}\r\n", "X-A: b\r\n".repeat(200))),
    ];
    for (status, request) in unreadable {
        let answer = raw(&running, &request).await;
        let (begin, refusal) =
            (&request[..request.len().min(60)], answer.rsplit("HTTP/1.1 ").next().unwrap());
        assert!(refusal.starts_with(&status.to_string()), "{begin:?}: {answer}");
        assert!(is_protected(refusal) && refusal.contains("connection: close"), "{begin:?}: {answer}");
    }
}

/// hyper reads the next request only when all of the answer before it is with the kernel.
#[tokio::test]
async fn so_does_the_refusal_of_what_comes_after_many_requests_whose_answers_nobody_read() {
    let running = program(&[]).await;
    let upload = "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nnight";
    for request in ["GET /login HTTP/1.1\r\nHost: x\r\n\r\n", upload] {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let (mut from, mut to) = socket.connect(running.address.parse().unwrap()).await.unwrap().into_split();
        let all = format!("{}GARBAGE\r\n\r\n", request.repeat(900));
        let sending = tokio::spawn(async move { to.write_all(all.as_bytes()).await.map(|()| to) });
        tokio::time::sleep(Duration::from_secs(1)).await;
        let mut answers = String::new();
        from.read_to_string(&mut answers).await.unwrap();
        sending.await.unwrap().unwrap();
        let answers: Vec<_> = answers.split("HTTP/1.1 ").skip(1).collect();
        assert_eq!(answers.len(), 901, "{request}");
        assert!(answers[900].starts_with("400"), "{}", answers[900]);
        assert!(answers.iter().all(|answer| is_protected(answer)), "{request}");
    }
}

#[tokio::test]
async fn a_request_names_one_host() {
    let running = program(&[]).await;
    let close = "Connection: close\r\n";
    for (status, request) in [
        (400, format!("GET /livez HTTP/1.1\r\n{close}\r\n")),
        (400, format!("GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n{close}\r\n")),
        (400, format!("GET /livez HTTP/1.1\r\nHost:\r\n{close}\r\n")),
        (400, format!("GET /livez HTTP/1.1\r\nHost: a/b\r\n{close}\r\n")),
        (400, "GET /livez HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n".to_owned()),
        (200, format!("GET /livez HTTP/1.1\r\nHost: [::1]:80\r\n{close}\r\n")),
        (200, "GET /livez HTTP/1.0\r\n\r\n".to_owned()),
    ] {
        let answer = raw(&running, &request).await;
        let line = answer.lines().next().unwrap_or_default();
        assert!(line.contains(&status.to_string()) && is_protected(&answer), "{request:?}: {answer}");
    }
}

fn post(length: usize) -> Vec<u8> {
    let head = format!("POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n");
    [head.into_bytes(), vec![b'x'; length]].concat()
}

#[tokio::test]
async fn a_refusal_before_the_body_was_read_breaks_no_later_request_behind_a_proxy() {
    let running = program(&[]).await;
    let mut client = TcpStream::connect(proxy::start(&running.address).await).await.unwrap();
    let mut bad = Vec::new();
    for length in [10, 1_000, 70_000, 200_000, 1_000_000, 5_000_000].repeat(3) {
        for (request, allowed) in
            [(post(length), "4"), (b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(), "200")]
        {
            client.write_all(&request).await.unwrap();
            let answer = String::from_utf8_lossy(&message(&mut client).await.unwrap()).into_owned();
            if !answer[9..].starts_with(allowed) {
                bad.push((length, answer.lines().next().unwrap().to_owned()));
            }
        }
    }
    assert!(bad.is_empty(), "{bad:?}");
}

#[tokio::test]
async fn a_small_body_that_is_refused_unread_keeps_the_connection_and_a_large_one_says_that_it_ends() {
    let running = program(&[]).await;
    let mut stream = TcpStream::connect(&running.address).await.unwrap();
    for (length, ends) in [(70_000, false), (70_000, false), (3_000_000, true)] {
        stream.write_all(&post(length)).await.unwrap();
        let answer = String::from_utf8(message(&mut stream).await.unwrap()).unwrap();
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
        assert_eq!(answer.contains("\r\nconnection: close\r\n"), ends, "{length}: {answer}");
    }
}

#[tokio::test]
async fn a_client_that_asks_before_it_sends_is_refused_at_once() {
    let running = program(&[]).await;
    let begun = Instant::now();
    let head = "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\nExpect: 100-continue\r\n\r\n";
    let answer = raw(&running, head).await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("connection: close"), "{answer}");
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_proxy_that_nobody_told_of_is_told_once_in_the_log() {
    let running = program(&[]).await;
    for _ in 0..3 {
        raw(
            &running,
            "GET /login HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1\r\nConnection: close\r\n\r\n",
        )
        .await;
    }
    let log = running.log_with("CLIENT_IP_HEADER").await;
    assert_eq!(log.matches("CLIENT_IP_HEADER").count(), 1, "{log}");
    assert!(!log.contains("192.0.2.1"), "{log}");
}
