//! Every principal at every route: what the table says is what happens, on what exists and on what does not.
//!
//! An action is sent without the token of its form: the guard decides before the form is looked at, so that whoever
//! is admitted is refused for the token alone (403) and nothing changes.

use std::time::Duration;

use axum::http::Method;
use oxi_server::http::routes::{Access, Realm, Role, Route, Scope};
use oxi_server::router::route_table;

use crate::authorisation::{Things, without_reference};
use crate::nights::{made_up, store};
use crate::patients::{Link, make_link, patient};
use crate::support::client::{Answer, Client};
use crate::support::{ADMIN_EMAIL, PASSWORD, Server};

/// Somebody who asks, with what this somebody's paths name.
struct Principal {
    who: Who,
    browser: Client,
    things: Things,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Anonymous,
    Owner,
    OtherDoctor,
    Administrator,
    DisabledDoctor,
    LinkHolder,
    HolderOfExpiredLink,
    HolderOfRevokedLink,
    HolderOfOtherLink,
    /// With the own link in the path, and another patient's recording.
    HolderOfOtherLinkAtIt,
}

impl Who {
    const fn is_signed_in(self) -> bool {
        matches!(self, Self::Owner | Self::OtherDoctor | Self::Administrator)
    }
}

/// What the table promises: `None` for whoever is admitted, else the status of the refusal.
fn refusal(route: &Route, who: Who, exists: bool) -> Option<u16> {
    let access: Access = route.access;
    let is_holder = match who {
        Who::LinkHolder => true,
        Who::HolderOfOtherLinkAtIt => !route.path.contains("{rid}"),
        _ => false,
    };
    match (access.realm, access.role, access.scope) {
        (Realm::Open | Realm::Visitor, ..) => None,
        (Realm::Account, ..) if !who.is_signed_in() => Some(401),
        (Realm::Account, Role::Administrator, _) if who != Who::Administrator => Some(404),
        (Realm::Account, _, Scope::Own) if who != Who::Owner || !exists => Some(404),
        (Realm::Account, _, Scope::Platform) if !exists => Some(404),
        (Realm::Link, ..) if !is_holder || !exists => Some(404),
        (Realm::Account | Realm::Link, ..) => None,
    }
}

async fn ask(client: &Client, route: &Route, things: &Things) -> Answer {
    let request =
        client.request(route.method.clone(), &things.path(route)).header("accept", "application/json");
    client.send(if route.method == Method::POST { request.form(&[("x", "y")]) } else { request }).await
}

/// What is the same for everybody who may not know that something is there.
fn alike(refused: &Answer, unknown: &Answer) -> bool {
    without_reference(refused) == without_reference(unknown)
}

async fn walk(principals: &[Principal]) {
    for route in route_table() {
        for Principal { who, browser, things } in principals {
            let real = ask(browser, route, things).await;
            let unknown = ask(browser, route, &Things::unknown()).await;
            for (answer, exists) in [(&real, true), (&unknown, false)] {
                let place = format!("{route}, {who:?}, exists {exists}: {}", answer.status);
                assert!(answer.status < 500, "{place}");
                match refusal(route, *who, exists) {
                    Some(status) => assert_eq!(answer.status, status, "{place}"),
                    None if route.access.is_for_anybody() => {}
                    None if exists => assert!(!matches!(answer.status, 401 | 404), "{place}"),
                    None => {}
                }
            }
            if real.status == 404 && unknown.status == 404 {
                assert!(alike(&real, &unknown), "{route}, {who:?} tells what exists");
            }
        }
    }
}

/// Everybody there is, around one doctor's recording and its links.
async fn everybody(server: &Server) -> Vec<Principal> {
    let admin = server.admin().await;
    let owner = server.doctor_made_by(&admin, "ana@clinica.ro").await;
    let recording = store(&owner, "a.csv", &made_up(2)).await;
    let short = make_link(&owner, &recording, &[("lifetime", "7")]).await;
    server.wait(Duration::from_hours(24 * 7 - 1));
    admin.sign_in(ADMIN_EMAIL, PASSWORD).await;
    owner.sign_in("ana@clinica.ro", PASSWORD).await;
    let other = server.doctor_made_by(&admin, "bogdan@clinica.ro").await;
    let disabled = server.doctor_made_by(&admin, "corina@clinica.ro").await;
    let account = crate::users::id_of(&admin, "ana@clinica.ro").await;
    server.browser().post("/forgot-password", &[("email", "ana@clinica.ro")]).await;
    let request = admin.get("/admin/users").await.between("/admin/requests/", "/");
    let of_disabled = crate::users::id_of(&admin, "corina@clinica.ro").await;
    admin.post(&format!("/admin/users/{of_disabled}/rights"), &[("change", "disable")]).await;

    let valid = make_link(&owner, &recording, &[("lifetime", "30")]).await;
    let revoked = make_link(&owner, &recording, &[("lifetime", "30")]).await;
    let of_other = {
        let foreign = store(&other, "b.csv", &made_up(3)).await;
        make_link(&other, &foreign, &[("lifetime", "30")]).await
    };
    let things = |link: &Link| {
        let recording = recording.rsplit('/').next().unwrap().to_owned();
        let (account, request) = (account.clone(), request.clone());
        Things { recording, link: link.id().to_owned(), account, request, secret: String::new() }
    };
    let principal = |who, browser, link: &Link| Principal { who, browser, things: things(link) };
    let principals = vec![
        principal(Who::Anonymous, server.browser(), &valid),
        principal(Who::OtherDoctor, other, &valid),
        principal(Who::Administrator, admin, &valid),
        principal(Who::DisabledDoctor, disabled, &valid),
        principal(Who::LinkHolder, patient(server, &valid).await, &valid),
        principal(Who::HolderOfExpiredLink, patient(server, &short).await, &short),
        principal(Who::HolderOfRevokedLink, patient(server, &revoked).await, &revoked),
        principal(Who::HolderOfOtherLinkAtIt, patient(server, &of_other).await, &of_other),
        principal(Who::HolderOfOtherLink, patient(server, &of_other).await, &valid),
    ];
    owner.post(&format!("/links/{}/revoke", revoked.id()), &[]).await;
    server.wait(Duration::from_hours(2));
    principals.into_iter().chain([principal(Who::Owner, owner, &valid)]).collect()
}

behaviours! {
    async fn no_question_waits_for_a_writer(server: Server) {
        let principals = everybody(&server).await;
        let owner = principals.iter().find(|principal| principal.who == Who::Owner).unwrap();
        assert_eq!(owner.browser.get("/recordings").await.status, 200, "the session is noted as used");
        let mut writer = server.app.db.begin().await.unwrap();
        sqlx::query("UPDATE platform_locks SET taken = taken + 1").execute(&mut *writer).await.unwrap();
        let is_question = |route: &&Route| {
            route.method == Method::GET && route.access.realm == Realm::Account && route.access.role == Role::Any
        };
        for route in route_table().iter().filter(is_question) {
            let answer = ask(&owner.browser, route, &owner.things).await;
            assert_eq!(answer.status, 200, "{route}");
        }
    }

    async fn every_principal_is_admitted_and_refused_as_the_table_says(server: Server) {
        let principals = everybody(&server).await;
        walk(&principals).await;
        let owner = principals.iter().find(|principal| principal.who == Who::Owner).unwrap();
        assert_eq!(owner.browser.get(&format!("/recordings/{}", owner.things.recording)).await.status, 200);
    }
}
