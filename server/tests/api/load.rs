//! More than one client may ask for: bodies without end, too many of everything, one who takes what is for all.

use std::sync::Arc;
use std::time::{Duration, Instant};

use oxi_server::platform::work_pool::Principal;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::nights::{made_up, store};
use crate::recordings::{change, rows};
use crate::support::client::Client;
use crate::support::program::{Program, Running};
use crate::support::{ADMIN_EMAIL, PASSWORD, Server, config, database_text};

pub(crate) const PART: &str =
    "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.csv\"\r\n\r\n";

/// A night of `hours`, one reading a minute.
fn night_of(hours: u32) -> Vec<u8> {
    let mut text = String::from("Time,Oxygen Level,Pulse Rate,Motion\n");
    for minute in 0..hours * 60 {
        let (day, hour) = (1 + minute / 1_440, minute / 60 % 24);
        text += &format!("{hour:02}:{:02}:00 Jan {day:02} 2026,96,{},0\n", minute % 60, 55 + minute % 9);
    }
    text.into_bytes()
}

/// An upload by hand: header and `start` of the body, `length` bytes of which are announced (all there is if `None`).
pub(crate) async fn begin_upload(
    address: &str,
    client: &Client,
    length: Option<usize>,
    start: &[u8],
) -> TcpStream {
    let token = client.form_token().await;
    let cookies: Vec<_> =
        ["sid", "browser"].map(|name| format!("{name}={}", client.cookie(name).unwrap())).into();
    let length = length.map_or("Transfer-Encoding: chunked".to_owned(), |n| format!("Content-Length: {n}"));
    let head = format!(
        "POST /recordings HTTP/1.1\r\nHost: {address}\r\nCookie: {}\r\nAccept: application/json\r\n\
         X-CSRF-Token: {token}\r\nContent-Type: multipart/form-data; boundary=x\r\nConnection: close\r\n{length}\r\n\r\n",
        cookies.join("; ")
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(start).await.unwrap();
    stream
}

/// Everything that comes back until the connection ends.
async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// Sends `piece` again and again until the answer begins; how much was sent by then, and the answer.
async fn send_until_answered(stream: TcpStream, piece: &[u8], most: usize) -> (usize, String) {
    let (mut from, mut to) = stream.into_split();
    let (mut sent, mut first) = (0, [0; 1]);
    let sending = async {
        while sent < most && to.write_all(piece).await.is_ok() {
            sent += piece.len();
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = sending => {}
        _ = from.read_exact(&mut first) => {}
    }
    drop(to);
    let mut answer = first.to_vec();
    _ = from.read_to_end(&mut answer).await;
    (sent, String::from_utf8_lossy(&answer).into_owned())
}

pub(crate) fn address(server: &Server) -> &str {
    server.url.trim_start_matches("http://")
}

behaviours! {
    async fn a_recording_longer_than_three_days_is_refused_with_what_to_do(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        doctor.set_cookie("lang", Some("en"));
        let answer = doctor.upload("/recordings", &[("weeks.csv", &night_of(100))], true).await;
        let file = &answer.json()["files"][0];
        assert_eq!((answer.status, file["result"].as_str()), (422, Some("too-long")), "{file}");
        let message = file["message"].as_str().unwrap();
        assert!(message.contains("spans 100 hours") && message.contains("at most 72 hours") && message.contains("export"), "{message}");
        doctor.set_cookie("lang", Some("ro"));
        let page = doctor.upload("/recordings", &[("saptamani.csv", &night_of(100))], false).await;
        assert!(page.text().contains("se întinde pe 100 de ore; un fișier poate avea cel mult 72 de ore"), "{}", page.text());
        assert_eq!(rows(&server).await, 0);
        store(&doctor, "three-days.csv", &night_of(72)).await;
    }

    async fn a_long_recording_that_was_stored_before_stays_readable(server: Server) {
        let old = Server::start_with(server.backend, &[("MAX_RECORDING_HOURS", "500")]).await;
        let doctor = old.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "weeks.csv", &night_of(200)).await;
        let (blobs, database) = (old.app.blobs.clone(), database_text(&old.app.config.database));
        let (backend, folder) = (old.backend, old.stop().await);
        let settings = config(&database, folder.path(), &[]);
        let new = Server::start_on(backend, settings, blobs, folder).await;
        let doctor = new.browser();
        doctor.sign_in("ana@clinica.ro", PASSWORD).await;
        for kept in [true, false] {
            if !kept {
                change(&new, &address, "DELETE FROM analyses WHERE recording_id = $1").await;
            }
            for path in ["", "/chart.png", "/file"] {
                let status = doctor.get(&format!("{address}{path}")).await.status;
                assert_eq!(status, 200, "{path}, with its analysis kept: {kept}");
            }
        }
        let again = doctor.upload("/recordings", &[("weeks.csv", &night_of(201))], true).await;
        assert_eq!(again.json()["files"][0]["result"], "too-long");
    }

    async fn who_holds_too_much_waits_for_himself_and_others_do_not(server: Server) {
        let server = Server::start_with(server.backend, &[("WORK_MEMORY_MB", "96")]).await;
        let admin = server.admin().await;
        let (ana, dan) = (server.doctor_made_by(&admin, "ana@clinica.ro").await, server.doctor_made_by(&admin, "dan@clinica.ro").await);
        let mut slow = Vec::new();
        for _ in 0..2 {
            slow.push(begin_upload(address(&server), &ana, Some(12_000_000), PART.as_bytes()).await);
        }
        let mut refused = ana.upload("/recordings", &[("a.csv", &made_up(2))], true).await;
        for _ in 0..9 {
            if refused.status != 503 {
                // The slow ones have not got as far yet.
                tokio::time::sleep(Duration::from_millis(200)).await;
                refused = ana.upload("/recordings", &[("a.csv", &made_up(2))], true).await;
            }
        }
        assert_eq!((refused.status, refused.json()["error"]["code"].as_str()), (503, Some("busy")));
        assert!(!refused.header("retry-after").is_empty());
        let begun = Instant::now();
        dan.sign_in("dan@clinica.ro", PASSWORD).await;
        store(&dan, "b.csv", &made_up(3)).await;
        assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
        drop(slow);
        tokio::time::sleep(Duration::from_millis(200)).await;
        store(&ana, "a.csv", &made_up(2)).await;
    }

    async fn a_flood_of_work_for_one_leaves_health_static_files_and_log_ins_to_others(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let flood: Vec<_> = (0..200).map(|_| {
            let pool = server.app.work.clone();
            tokio::spawn(async move {
                let busy = || std::thread::sleep(Duration::from_millis(100));
                pool.run(&Principal::new("link", "flood"), 20_000_000, busy).await.is_ok()
            })
        }).collect();
        tokio::time::sleep(Duration::from_millis(300)).await;
        let begun = Instant::now();
        assert_eq!((server.browser().get("/livez").await.status, server.browser().get("/health").await.status), (200, 200));
        doctor.sign_in("ana@clinica.ro", PASSWORD).await;
        assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
        let mut served = 0;
        for task in flood {
            served += usize::from(task.await.unwrap());
        }
        assert!((20..200).contains(&served), "{served} of 200: some are served, some told to come back");
    }

    async fn a_last_byte_that_does_not_come_is_given_up_and_its_memory_is_free(server: Server) {
        let server = Server::start_with(server.backend, &[("BODY_TIMEOUT_SECS", "1"), ("WORK_MEMORY_MB", "96")]).await;
        let ana = server.doctor("ana@clinica.ro").await;
        let begun = Instant::now();
        let late = [PART.as_bytes(), &made_up(2)].concat();
        let mut stream = begin_upload(address(&server), &ana, Some(20_000_000), &late).await;
        let answer = rest(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("too-slow"), "{answer}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        assert_eq!(rows(&server).await, 0);
        store(&ana, "a.csv", &made_up(2)).await;
    }

    async fn an_address_or_a_cookie_is_read_no_further_than_it_may_be_long(server: Server) {
        for start in ["GET /?x=", "GET / HTTP/1.1\r\nHost: x\r\nCookie: x="] {
            let mut stream = TcpStream::connect(address(&server)).await.unwrap();
            stream.write_all(start.as_bytes()).await.unwrap();
            let (sent, answer) = send_until_answered(stream, &[b'x'; 1_000], 300_000).await;
            assert!(sent < 300_000 && ["HTTP/1.1 414", "HTTP/1.1 431"].iter().any(|is| answer.starts_with(is)), "{sent}: {answer}");
        }
        let fields = format!("GET /?{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "a=1&".repeat(10_000));
        let mut stream = TcpStream::connect(address(&server)).await.unwrap();
        stream.write_all(fields.as_bytes()).await.unwrap();
        let answer = rest(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }

    async fn the_headers_of_a_part_end_or_the_upload_does(server: Server) {
        let ana = server.doctor("ana@clinica.ro").await;
        let start = b"--x\r\nContent-Disposition: form-data; name=\"";
        let begun = Instant::now();
        let stream = begin_upload(address(&server), &ana, Some(200_000_000), start).await;
        let (sent, answer) = send_until_answered(stream, &[b'n'; 4_096], 100_000_000).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert!(sent < 20_000_000, "{sent} bytes were taken");
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }

    async fn nothing_is_read_after_the_first_file_too_many(server: Server) {
        let ana = server.doctor("ana@clinica.ro").await;
        for name in ["a", ""] {
            let part = format!("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n\r\n");
            let stream = begin_upload(address(&server), &ana, Some(part.len() * 500_000), b"").await;
            let (sent, answer) = send_until_answered(stream, part.repeat(100).as_bytes(), part.len() * 500_000).await;
            assert!(sent < 20_000_000 && answer.len() < 50_000, "{sent} bytes were taken, {} came back", answer.len());
            assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
        }
    }

    async fn an_answer_names_no_more_files_than_an_upload_may_bring(server: Server) {
        let ana = server.doctor("ana@clinica.ro").await;
        let files: Vec<_> = (0..200).map(|_| ("a.csv", &b""[..])).collect();
        let answer = ana.upload("/recordings", &files, true).await;
        let outcomes = answer.json()["files"].as_array().unwrap().clone();
        assert_eq!((outcomes.len(), outcomes[50]["result"].as_str()), (51, Some("too-many")));
    }
}

async fn program(variables: &[(&str, &str)]) -> (Running, Client) {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let data = folder.path().display().to_string();
    let always = [("DATA_DIR", data.as_str()), ("ADMIN_EMAIL", ADMIN_EMAIL), ("ADMIN_PASSWORD", PASSWORD)];
    let all = always.iter().chain(variables).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let running = Program::new(folder, all.collect()).start();
    let doctor = running.browser();
    doctor.sign_in(ADMIN_EMAIL, PASSWORD).await;
    (running, doctor)
}

/// The most memory the program uses while `work` goes on, in MiB.
async fn most_memory(running: &Running, work: impl Future<Output = ()>) -> u64 {
    let (mut most, mut work) = (0, std::pin::pin!(work));
    loop {
        most = most.max(running.memory_mib());
        tokio::select! {
            () = &mut work => return most,
            () = tokio::time::sleep(Duration::from_millis(20)) => {}
        }
    }
}

#[tokio::test]
async fn two_dozen_uploads_whose_last_byte_is_late_do_not_fill_the_memory() {
    let (running, doctor) = program(&[("BODY_TIMEOUT_SECS", "2")]).await;
    let before = running.memory_mib();
    let body = Arc::new([PART.as_bytes(), &vec![b'7'; 19_900_000]].concat());
    let attack = async {
        let uploads = (0..24).map(|_| async {
            let mut stream = begin_upload(&running.address, &doctor, Some(body.len() + 9), b"").await;
            _ = stream.write_all(&body).await;
            rest(&mut stream).await
        });
        let answers = futures_util::future::join_all(uploads).await;
        assert!(answers.iter().all(|answer| !answer.starts_with("HTTP/1.1 2")), "{answers:?}");
    };
    let most = most_memory(&running, attack).await;
    assert!(most < before + 120, "{before} MiB before, {most} MiB at most");
}

#[tokio::test]
async fn large_pictures_for_many_at_once_stay_within_the_memory() {
    let (running, doctor) = program(&[]).await;
    let night = store(&doctor, "a.csv", &made_up(2)).await;
    let attack = async {
        let views = (0..40).map(|_| async { doctor.get(&format!("{night}/chart.png?scale=2")).await.status });
        let statuses = futures_util::future::join_all(views).await;
        assert!(
            statuses.contains(&200) && statuses.iter().all(|status| [200, 503].contains(status)),
            "{statuses:?}"
        );
    };
    let most = most_memory(&running, attack).await;
    assert!(most < 300, "{most} MiB");
}
