//! Attacks on log-ins: a network full of wrong ones, old passwords during a change, an administrator after an account.

use std::sync::Arc;
use std::time::Instant;

use tokio::task::JoinSet;

use crate::Length;
use crate::figures::Figures;
use crate::support::client::Client;
use crate::support::{Database, PASSWORD, block_on, program, seconds, signed_in};

pub fn run(length: Length) -> Vec<Figures> {
    block_on(async {
        let postgres = Database::postgres().await;
        vec![drill(length, &Database::Sqlite).await, drill(length, &postgres).await]
    })
}

const DOCTOR: &str = "ana@clinica.ro";
/// The network of everybody in the clinic, attacker included.
const CLINIC: &str = "203.0.113.7";
/// Wrong log-ins from one network within 15 minutes before it is over its limit.
const WRONG: u32 = 50;
/// Log-ins with the old password while it is changed.
const AT_ONCE: u8 = 8;
/// Longest log-in of an owner during the attack, seconds.
const OWNER_S: f64 = 5.0;

async fn drill(length: Length, database: &Database) -> Figures {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (program, address) = program(&folder, database, &[("CLIENT_IP_HEADER", "x-real-ip")]);
    let _running = program.start();
    let admin = signed_in(&address).await;
    let mut figures = Figures::new(format!("sign-ins on {}", database.name()));
    let known = Client::new(&address).at_network(CLINIC);
    let mut password = accept_invitation(&admin, &known).await;
    shut_out(&known, &address, &password, &mut figures).await;
    let mut survivors = 0;
    let changes = length.of(20, 4);
    for change in 0..changes {
        let new = format!("alt-cal-alta-baterie-{change}");
        survivors += survive(&known, &address, (&password, &new)).await;
        password = new;
    }
    figures.tell("password changes", changes);
    figures.tell("log-ins with the old password meanwhile", changes * u32::from(AT_ONCE));
    figures.at_most("of these, sessions that outlive the change", survivors, 0);
    take_over(&admin, &known, &mut figures).await;
    figures
}

/// The doctor's first password, set in `browser`.
async fn accept_invitation(admin: &Client, browser: &Client) -> String {
    let made = admin.post("/admin/users", &[("email", DOCTOR), ("name", "Dr. Ana")]).await;
    let code = made.between("data-code=\"", "\"");
    let set = browser.post("/set-password", &[("code", &code), ("password", PASSWORD)]).await;
    assert_eq!(set.status, 303, "{}", set.text());
    PASSWORD.to_owned()
}

async fn log_in(browser: &Client, email: &str, password: &str) -> u16 {
    browser.post("/login", &[("email", email), ("password", password)]).await.status
}

/// Wrong log-ins from a network, then the owner's: in the known browser and in a new one of the same network.
async fn shut_out(known: &Client, address: &str, password: &str, figures: &mut Figures) {
    let attacker = Client::new(address).at_network(CLINIC);
    let mut refused = 0;
    for n in 0..WRONG + 10 {
        refused += u32::from(log_in(&attacker, &format!("nobody-{n}@clinica.ro"), "wrong").await == 429);
    }
    figures.tell("wrong log-ins from the network of the clinic", WRONG + 10);
    figures.at_least("of these, told to wait", refused, 10);
    let new = Client::new(address).at_network(CLINIC);
    for (browser, name) in
        [(known, "owner in a known browser, seconds"), (&new, "owner in a new browser, seconds")]
    {
        let begun = Instant::now();
        let status = log_in(browser, DOCTOR, password).await;
        let took = if status == 303 { seconds(begun.elapsed()) } else { f64::INFINITY };
        figures.at_most(name, took, OWNER_S);
    }
}

/// Log-ins with the old password, all at once, while the owner changes it; how many of their sessions live on.
async fn survive(owner: &Client, address: &str, (old, new): (&str, &str)) -> u32 {
    let mut tries = JoinSet::new();
    for n in 0..AT_ONCE {
        let browser = Client::new(address).at_network(&format!("198.51.100.{n}"));
        let old = old.to_owned();
        tries.spawn(async move {
            log_in(&browser, DOCTOR, &old).await;
            browser
        });
    }
    let changed = owner.post("/account", &[("current", old), ("password", new)]).await;
    assert_eq!(changed.status, 303, "{}", changed.text());
    let mut survivors = 0;
    for browser in tries.join_all().await {
        survivors += u32::from(browser.get("/account").await.status == 200);
    }
    survivors
}

/// An administrator asks for codes of an account that is in use, and for a new password in its owner's name.
async fn take_over(admin: &Client, owner: &Client, figures: &mut Figures) {
    let users = admin.get("/admin/users").await.text();
    let row = users.split("<tr role=\"row\">").find(|row| row.contains(DOCTOR)).unwrap();
    let id = row.split("/admin/users/").nth(1).unwrap().split('/').next().unwrap();
    let asked = admin.post(&format!("/admin/users/{id}/code"), &[]).await;
    figures.at_most("codes shown for an account in use", u32::from(asked.text().contains("data-code")), 0);
    admin.post("/forgot-password", &[("email", DOCTOR)]).await;
    let page = admin.get("/admin/users").await.text();
    let paths = page.split("action=\"").filter_map(|rest| rest.split('"').next());
    let mut confirmed = 0;
    for path in paths.filter(|path| path.ends_with("/confirm")) {
        confirmed += u32::from(admin.post(path, &[]).await.status == 303);
    }
    figures.at_most("own requests that the administrator could confirm", confirmed, 0);
    let is_in = owner.get("/account").await.status == 200;
    figures.at_least("the owner is still signed in (1: yes)", u32::from(is_in), 1);
}
