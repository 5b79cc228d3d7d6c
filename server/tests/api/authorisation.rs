//! Who may use which route: walked from the table of routes itself, so that no route can be forgotten.

use std::collections::BTreeSet;

use axum::http::Method;
use oxi_server::http::routes::{Access, Realm, Role, Route};
use oxi_server::router::route_table;

use crate::nights::{made_up, store};
use crate::support::client::{Answer, Client};
use crate::support::{PASSWORD, Server};

/// Everything anybody on the internet can reach without an account. A new entry is a decision.
const FOR_ANYBODY: [&str; 37] = [
    "GET /",
    "GET /assets/{*path}",
    "GET /confidentialitate",
    "GET /forgot-password",
    "GET /health",
    "GET /invitation",
    "GET /livez",
    "GET /login",
    "GET /login/second-step",
    "GET /openapi.json",
    "GET /p",
    "GET /p/{id}",
    "GET /p/{id}/privacy",
    "GET /pacient",
    "GET /privacy",
    "GET /readyz",
    "GET /set-password",
    "GET /setup",
    "GET /signup",
    "GET /viewer",
    "GET /viewer-offline.js",
    "GET /viewer.webmanifest",
    "GET /viewer/assets/{*path}",
    "POST /forgot-password",
    "POST /forgot-password/choose",
    "POST /invitation",
    "POST /language",
    "POST /login",
    "POST /login/second-step",
    "POST /login/second-step/passkey",
    "POST /logout",
    "POST /p",
    "POST /p/{id}/open",
    "POST /pacient",
    "POST /set-password",
    "POST /setup",
    "POST /signup",
];

/// The things paths can name: one doctor's recording and patient link, and an account.
pub struct Things {
    pub recording: String,
    pub patient: String,
    pub link: String,
    pub account: String,
    pub request: String,
    pub session: String,
    pub job: String,
    pub erasure: String,
    pub secret: String,
}

/// Identifiers that look right and name nothing.
const UNKNOWN: &str = "0197d2a0-0000-7000-8000-000000000000";

impl Things {
    pub fn unknown() -> Self {
        let id = || UNKNOWN.to_owned();
        Self {
            recording: id(),
            patient: id(),
            link: id(),
            account: id(),
            request: id(),
            session: id(),
            job: id(),
            erasure: id(),
            secret: String::new(),
        }
    }

    /// Identifiers that could name nothing.
    fn impossible(id: &str) -> Self {
        let id = || id.to_owned();
        Self {
            recording: id(),
            patient: id(),
            link: id(),
            account: id(),
            request: id(),
            session: id(),
            job: id(),
            erasure: id(),
            secret: String::new(),
        }
    }

    pub fn path(&self, route: &Route) -> String {
        let id = match route.path.split('/').nth(1) {
            Some("recordings") => &self.recording,
            Some("links" | "p") => &self.link,
            Some("patients") => &self.patient,
            Some("erasures") => &self.erasure,
            Some("clinic") => &self.account,
            Some("admin") if route.path.contains("/requests/") => &self.request,
            Some("admin") if route.path.contains("/jobs/") => &self.job,
            Some("admin") => &self.account,
            Some("account") => &self.session,
            _ => UNKNOWN,
        };
        route.path.replace("{id}", id).replace("{rid}", &self.recording).replace("{*path}", "nothing")
    }
}

fn name(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

fn routes(access: Access) -> impl Iterator<Item = &'static Route> {
    route_table().iter().filter(move |route| route.access == access)
}

/// Everything that needs an account.
fn routes_of_accounts() -> impl Iterator<Item = &'static Route> {
    route_table().iter().filter(|route| route.access.realm == Realm::Account)
}

/// Uses a route as a program would: an action comes with the right token and no other field.
async fn use_route(client: &Client, route: &Route, things: &Things) -> Answer {
    let request =
        client.request(route.method.clone(), &things.path(route)).header("accept", "application/json");
    if route.method != Method::POST {
        return client.send(request).await;
    }
    let token = client.form_token().await;
    client.send(request.header("x-csrf-token", &token).form(&[("csrf", &token)])).await
}

/// One doctor with a recording that is shared by a link.
pub async fn owner_with_things(server: &Server, admin: &Client) -> (Client, Things) {
    let owner = server.doctor_made_by(admin, "ana@clinica.ro").await;
    let recording = store(&owner, "a.csv", &made_up(2)).await.rsplit('/').next().unwrap().to_owned();
    let shared = owner.post(&format!("/recordings/{recording}/links"), &[]).await;
    assert_eq!(shared.status, 201, "{}", shared.text());
    let address = shared.between("readonly value=\"", "\"");
    let (link, secret) = address.split("/p/").nth(1).unwrap().split_at(UNKNOWN.len());
    let (link, secret) = (link.to_owned(), secret[secret.len() - 43..].to_owned());
    let account = super::users::id_of(admin, "ana@clinica.ro").await;
    let session = other_session(server, &owner, "ana@clinica.ro").await;
    server.browser().post("/forgot-password", &[("email", "ana@clinica.ro")]).await;
    let request = admin.get("/admin/users").await.between("/admin/requests/", "/");
    let patient = owner.get(&format!("/recordings/{recording}")).await;
    let patient = patient.between("fără pacient</option>\n        <option value=\"", "\"");
    let job = dead_job(server).await;
    let erasure = erasure(server, &account, &account).await;
    (owner, Things { recording, patient, link, account, request, session, job, erasure, secret })
}

/// A job that was given up.
pub async fn dead_job(server: &Server) -> String {
    let query = "INSERT INTO jobs (id, kind, subject, due_at, attempts, last_error, dead_at) \
                 VALUES ('analysis_1', 'analysis', '1', 0, 8, 'storage-away', 1769000000000)";
    server.change(sqlx::query(query)).await;
    "analysis_1".to_owned()
}

/// What somebody had erased in a clinic.
pub async fn erasure(server: &Server, by: &str, clinic: &str) -> String {
    let query = "INSERT INTO erasures (id, clinic_id, reason, asked_by, asked_at, patients, recordings, file_bytes, analyses, \
                 links, mails, digest) VALUES ('erasure-' || $1, $2, 'request', $1, 0, 1, 0, 0, 0, 0, 0, '')";
    server.change(sqlx::query(query).bind(by).bind(clinic)).await;
    format!("erasure-{by}")
}

/// A second session of somebody who is signed in here.
pub async fn other_session(server: &Server, browser: &Client, email: &str) -> String {
    server.browser().sign_in(email, PASSWORD).await;
    browser.get("/account").await.between("action=\"/account/sessions/", "/")
}

pub fn without_reference(answer: &Answer) -> String {
    let error = &answer.json()["error"];
    format!("{} {} {}", answer.status, error["code"], error["message"])
}

fn file(name: &'static str) -> reqwest::multipart::Part {
    reqwest::multipart::Part::bytes(made_up(3)).file_name(name)
}

#[test]
fn what_is_open_to_anybody_is_written_down() {
    let open: BTreeSet<String> =
        route_table().iter().filter(|route| route.access.is_for_anybody()).map(name).collect();
    let expected = BTreeSet::from(FOR_ANYBODY.map(str::to_owned));
    assert_eq!(open, expected);
}

#[test]
fn no_route_is_declared_twice() {
    let names: BTreeSet<String> = route_table().iter().map(name).collect();
    assert_eq!(names.len(), route_table().len());
}

behaviours! {
    async fn without_signing_in_no_route_of_doctors_or_administrators_answers(server: Server) {
        let admin = server.admin().await;
        let (_owner, things) = owner_with_things(&server, &admin).await;
        let anonymous = server.browser();
        for route in routes_of_accounts() {
            let answer = use_route(&anonymous, route, &things).await;
            assert_eq!(answer.status, 401, "{}", name(route));
            let page = anonymous.send(anonymous.request(route.method.clone(), &things.path(route))).await;
            assert!(page.status == 303 && page.header("location").starts_with("/login"), "{}", name(route));
        }
    }

    async fn a_disabled_doctor_with_a_live_cookie_is_nobody(server: Server) {
        let admin = server.admin().await;
        let (owner, things) = owner_with_things(&server, &admin).await;
        admin.post(&format!("/admin/users/{}/rights", things.account), &[("change", "disable")]).await;
        for route in routes_of_accounts() {
            assert_eq!(use_route(&owner, route, &things).await.status, 401, "{}", name(route));
        }
    }

    async fn to_other_doctors_and_to_administrators_a_doctors_things_do_not_exist(server: Server) {
        let admin = server.admin().await;
        let (owner, things) = owner_with_things(&server, &admin).await;
        let other = server.doctor_made_by(&admin, "bogdan@clinica.ro").await;
        for route in routes(Access::OWNER).chain(routes(Access::READER)) {
            for stranger in [&other, &admin] {
                let foreign = use_route(stranger, route, &things).await;
                let unknown = use_route(stranger, route, &Things::unknown()).await;
                assert_eq!(foreign.status, 404, "{}", name(route));
                assert_eq!(without_reference(&foreign), without_reference(&unknown), "{}", name(route));
            }
        }
        assert_eq!(owner.get(&format!("/recordings/{}", things.recording)).await.status, 200);
        assert!(!other.get("/recordings").await.text().contains(&things.recording));
        assert!(!admin.get("/recordings").await.text().contains(&things.recording));
    }

    async fn the_owner_reaches_every_own_thing(server: Server) {
        let admin = server.admin().await;
        let (owner, things) = owner_with_things(&server, &admin).await;
        for route in routes(Access::OWNER).chain(routes(Access::READER)).filter(|route| route.method == Method::GET) {
            assert_eq!(use_route(&owner, route, &things).await.status, 200, "{}", name(route));
        }
    }

    async fn to_doctors_the_routes_of_administrators_do_not_exist(server: Server) {
        let admin = server.admin().await;
        let (owner, things) = owner_with_things(&server, &admin).await;
        for route in routes_of_accounts().filter(|route| route.access.role == Role::Administrator) {
            let answer = use_route(&owner, route, &things).await;
            assert_eq!((answer.status, &answer.json()["error"]["code"]), (404, &"not-found".into()), "{}", name(route));
            assert_ne!(use_route(&admin, route, &things).await.status, 404, "{}", name(route));
        }
    }

    async fn what_a_patient_link_shows_does_not_exist_for_anybody_who_has_not_opened_it(server: Server) {
        let admin = server.admin().await;
        let (owner, things) = owner_with_things(&server, &admin).await;
        let other = server.doctor_made_by(&admin, "bogdan@clinica.ro").await;
        for route in routes(Access::LINK) {
            for stranger in [&server.browser(), &other, &admin, &owner] {
                let foreign = use_route(stranger, route, &things).await;
                let unknown = use_route(stranger, route, &Things::unknown()).await;
                assert_eq!(foreign.status, 404, "{}", name(route));
                assert_eq!(without_reference(&foreign), without_reference(&unknown), "{}", name(route));
            }
        }
    }

    async fn what_could_be_no_identifier_is_not_found_and_reaches_no_query(server: Server) {
        let admin = server.admin().await;
        let with_id = |route: &&Route| route.path.contains("{id}") && route.path != "/p/{id}";
        for id in ["%00", "a%0Ab", "%C8%99", "x%2F..", &"a".repeat(65)] {
            for route in route_table().iter().filter(with_id) {
                let request = admin.request(route.method.clone(), &Things::impossible(id).path(route));
                let request = match route.method {
                    Method::POST => {
                        let token = admin.form_token().await;
                        request.header("x-csrf-token", &token).form(&[("csrf", &*token), ("change", "enable")])
                    }
                    _ => request,
                };
                let answer = admin.send(request.header("accept", "application/json")).await;
                assert_eq!(answer.status, 404, "{} with {id}", name(route));
            }
            assert_eq!(admin.get(&format!("/p/{id}")).await.status, 404, "{id}");
        }
    }

    async fn no_action_is_taken_without_the_token_of_its_form(server: Server) {
        let admin = server.admin().await;
        let (owner, things) = owner_with_things(&server, &admin).await;
        owner.post(&format!("/p/{}/open", things.link), &[("secret", &things.secret)]).await;
        for route in route_table().iter().filter(|route| route.method == Method::POST) {
            let client = if route.access.role == Role::Administrator { &admin } else { &owner };
            let request = client.request(Method::POST, &things.path(route)).header("accept", "application/json");
            let request = match route.path {
                "/recordings" => request.multipart(reqwest::multipart::Form::new().part("files", file("b.csv"))),
                _ => request.form(&[("x", "y")]),
            };
            assert_eq!(client.send(request).await.status, 403, "{}", name(route));
        }
        assert_eq!(owner.get(&format!("/recordings/{}", things.recording)).await.status, 200);
        assert_eq!(super::recordings::rows(&server).await, 1);
    }

    async fn no_route_changes_anything_by_get(server: Server) {
        let admin = server.admin().await;
        let (owner, things) = owner_with_things(&server, &admin).await;
        for route in route_table().iter().filter(|route| route.method == Method::GET) {
            let answer = use_route(&owner, route, &things).await;
            assert!(answer.status < 500, "{} answered {}", name(route), answer.status);
        }
        assert_eq!(owner.get(&format!("/recordings/{}", things.recording)).await.status, 200);
    }
}
