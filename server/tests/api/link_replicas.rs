//! What a doctor decides about a link on one replica holds on the other from the next request on.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::links::{act, code_on, link_on};
use crate::nights::{made_up, store};
use crate::patients::{Link, make_link, shared};
use crate::people::replica;
use crate::support::client::Client;
use crate::support::{PASSWORD, Server};

const ROUNDS: usize = 20;

/// A browser on the other replica in which the link is open.
async fn visitor(other: &Server, link: &Link) -> Client {
    let browser = other.browser();
    let opened = browser.post(&format!("{}/open", link.path), &[("secret", &link.secret)]).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    browser
}

/// Reads a page of the link on the other replica again and again while `decide` runs on the first. Gives how often it
/// was read before, and which reads began after the decision was answered and were not refused.
async fn read_around(
    reader: &Client,
    path: &str,
    decide: impl Future<Output = ()>,
) -> (usize, Vec<Duration>) {
    let is_over = AtomicBool::new(false);
    let reading = async {
        let mut reads = Vec::new();
        while !is_over.load(Ordering::SeqCst) {
            let began = Instant::now();
            reads.push((began, reader.get(path).await.status));
        }
        reads
    };
    let deciding = async {
        tokio::time::sleep(Duration::from_millis(15)).await;
        decide.await;
        let decided = Instant::now();
        tokio::time::sleep(Duration::from_millis(30)).await;
        is_over.store(true, Ordering::SeqCst);
        decided
    };
    let (reads, decided) = tokio::join!(reading, deciding);
    let before = reads.iter().filter(|(_, status)| *status == 200).count();
    let late = reads.iter().filter(|(began, status)| *began > decided && *status != 404);
    (before, late.map(|(began, _)| began.duration_since(decided)).collect())
}

behaviours! {
    async fn closing_replacing_shortening_and_ending_a_link_holds_at_once_on_the_other_replica(server: Server) {
        let other = replica(&server).await;
        let doctor = server.doctor("ana@clinica.ro").await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        let (mut read, mut late) = (0, Vec::new());
        for round in 0..ROUNDS {
            for what in ["revoke", "new", "passcode", "scope", "expire"] {
                let link = make_link(&doctor, &recording, &[("lifetime", "7")]).await;
                let reader = visitor(&other, &link).await;
                let decide = async {
                    let status = match what {
                        "scope" => {
                            let beside = store(&doctor, "b.csv", &made_up(3)).await;
                            let patient = doctor.get(&recording).await.between("<a href=\"/patients/", "\"");
                            doctor.post(&format!("{beside}/patient"), &[("patient", &patient)]).await;
                            let night = format!("night-{}", beside.rsplit('/').next().unwrap());
                            doctor.post(&format!("/links/{}", link.id()), &[("scope", "chosen"), (&night, "yes")]).await.status
                        }
                        "expire" => {
                            server.change(sqlx::query("UPDATE patient_links SET expires_at = 1 WHERE id = $1").bind(link.id())).await;
                            303
                        }
                        "passcode" => act(&doctor, &link, what, &[("passcode", "1234")]).await.status,
                        _ => act(&doctor, &link, what, &[]).await.status,
                    };
                    assert!(status == 303 || status == 201, "{what}: {status}");
                };
                let (before, found) = read_around(&reader, &shared(&link, &recording), decide).await;
                read += before;
                late.extend(found.into_iter().map(|after| (round, what, after)));
                // Opened again with what was right before.
                let elsewhere = other.browser().at_network(&format!("203.0.{round}.1"));
                let again = elsewhere.post(&format!("{}/open", link.path), &[("secret", &link.secret)]).await.status;
                assert_eq!(again, match what { "scope" => 303, "passcode" => 200, _ => 404 }, "{what}");
            }
        }
        println!("{:?}: {read} reads before, {} late ones", server.backend, late.len());
        assert!(read >= 4 * ROUNDS, "only {read} reads before the decisions: the test saw nothing");
        assert!(late.is_empty(), "{late:?}");
    }

    async fn time_ends_a_link_on_every_replica(server: Server) {
        let other = replica(&server).await;
        let doctor = server.doctor("ana@clinica.ro").await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        for _ in 0..ROUNDS {
            doctor.sign_in("ana@clinica.ro", PASSWORD).await;
            let link = make_link(&doctor, &recording, &[("lifetime", "7")]).await;
            let almost = Duration::from_hours(7 * 24) - Duration::from_millis(1);
            for platform in [&server, &other] {
                platform.wait(almost);
            }
            let reader = visitor(&other, &link).await;
            assert_eq!(reader.get(&shared(&link, &recording)).await.status, 200);
            for platform in [&server, &other] {
                platform.wait(Duration::from_millis(1));
            }
            assert_eq!(reader.get(&shared(&link, &recording)).await.status, 404);
        }
    }

    async fn wrong_codes_and_passcodes_on_one_replica_count_on_the_other(server: Server) {
        let other = replica(&server).await;
        let doctor = server.doctor("ana@clinica.ro").await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        for round in 0..ROUNDS {
            let link = make_link(&doctor, &recording, &[]).await;
            let code = code_on(&act(&doctor, &link, "show", &[]).await);
            let at = |platform: &Server, n: usize| platform.browser().at_network(&format!("203.0.{round}.{n}"));
            for n in 0..5 {
                let platform = if n % 2 == 0 { &server } else { &other };
                let wrong = format!("{}-{}", &code[..4], "A".repeat(12));
                assert_eq!(at(platform, n).post("/p", &[("code", &wrong)]).await.status, 404);
            }
            assert_eq!(at(&other, 9).post("/p", &[("code", &code)]).await.status, 404, "round {round}");
            let new = link_on(&act(&doctor, &link, "new", &[]).await);
            assert_eq!(at(&other, 9).post(&format!("{}/open", link.path), &[("secret", &link.secret)]).await.status, 404);
            assert_eq!(at(&other, 9).post(&format!("{}/open", new.path), &[("secret", &new.secret)]).await.status, 303);
        }
    }
}
