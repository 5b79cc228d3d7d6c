//! What exists for others and what does not exist take the same time.

use std::time::{Duration, Instant};

use axum::http::Method;

use crate::clinics::account_of;
use crate::nights::{made_up, store};
use crate::patients::make_link;
use crate::support::client::Client;

/// Requests of each kind in a round, one after the other.
const REQUESTS: usize = 60;
/// Rounds until the medians must have met: the machine is shared.
const ROUNDS: usize = 12;
const UNKNOWN: &str = "0197d2a0-0000-7000-8000-000000000000";

async fn time(browser: &Client, method: &Method, path: &str) -> Duration {
    let start = Instant::now();
    let answer =
        browser.send(browser.request(method.clone(), path).header("accept", "application/json")).await;
    assert_eq!(answer.status, 404, "{path}");
    start.elapsed()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The medians of both, asked in turns.
async fn medians(browser: &Client, method: &Method, [forbidden, unknown]: [&str; 2]) -> [Duration; 2] {
    let (mut of_forbidden, mut of_unknown) = (Vec::new(), Vec::new());
    for _ in 0..REQUESTS {
        of_forbidden.push(time(browser, method, forbidden).await);
        of_unknown.push(time(browser, method, unknown).await);
    }
    [median(&mut of_forbidden), median(&mut of_unknown)]
}

/// Whether they differ by less than an eighth of the shorter, or a tenth of a millisecond.
fn are_alike([one, other]: [Duration; 2]) -> bool {
    one.abs_diff(other) < (one.min(other) / 8).max(Duration::from_micros(100))
}

behaviours! {
    async fn what_others_have_takes_as_long_as_what_nobody_has(server: Server) {
        let admin = server.admin().await;
        let owner = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let other = server.doctor_made_by(&admin, "dan@clinica.ro").await;
        let night = store(&owner, "a.csv", &made_up(2)).await;
        let link = make_link(&owner, &night, &[]).await;
        let patient = owner.get("/patients").await.between("href=\"/patients/", "\"");
        let account = account_of(&server, "ana@clinica.ro").await;
        for (method, path, id) in [
            (Method::GET, "/recordings/{}", night.rsplit('/').next().unwrap()),
            (Method::GET, "/recordings/{}/file", night.rsplit('/').next().unwrap()),
            (Method::GET, "/patients/{}", &patient),
            (Method::POST, "/links/{}/revoke", link.id()),
            (Method::POST, "/clinic/people/{}/rights", &account),
            (Method::POST, "/admin/users/{}/rights", &account),
            (Method::GET, "/p/{}/recordings/x/file", link.id()),
        ] {
            let (forbidden, unknown) = (path.replace("{}", id), path.replace("{}", UNKNOWN));
            let mut seen = Vec::new();
            while !seen.last().copied().is_some_and(are_alike) {
                assert!(seen.len() < ROUNDS, "{method} {path}: forbidden and unknown take {seen:?}");
                seen.push(medians(&other, &method, [&forbidden, &unknown]).await);
            }
            println!("{:?} {method} {path}: forbidden and unknown take {:?}", server.backend, seen.last().unwrap());
        }
    }
}
