//! A doctor who lost the password asks for a new one in the own browser; an administrator confirms and never holds
//! anything that lets in.

use std::time::Duration;

use crate::support::client::{Answer, Client};
use crate::support::{ADMIN_EMAIL, PASSWORD, Server};

const EMAIL: &str = "ana@clinica.ro";
const NEW_PASSWORD: &str = "alt-cal-alta-baterie-nou";

/// Asks for a new password; the number to compare.
async fn ask(browser: &Client, email: &str) -> String {
    let asked = browser.post("/forgot-password", &[("email", email)]).await;
    assert_eq!(
        (asked.status, asked.header("location").as_str()),
        (303, "/forgot-password"),
        "{}",
        asked.text()
    );
    browser.get("/forgot-password").await.between("data-number=\"", "\"")
}

/// The administrator's act on the request with this number.
async fn decide(admin: &Client, number: &str, act: &str) -> Answer {
    let page = admin.get("/admin/users").await.text();
    let row =
        page.split("<li class=\"request\">").find(|row| row.contains(number)).expect("the request is listed");
    let path = row.split("action=\"").find(|action| action.contains(act)).unwrap().split('"').next().unwrap();
    admin.post(path, &[]).await
}

async fn choose(browser: &Client, password: &str) -> u16 {
    browser.post("/forgot-password/choose", &[("password", password)]).await.status
}

/// A browser of the owner's, where no administrator is.
fn at_owners(server: &Server) -> Client {
    server.browser().at_network("198.51.100.20")
}

/// An administrator's and a doctor's browser.
async fn people(server: &Server) -> (Client, Client) {
    let admin = server.admin().await;
    let doctor = server.doctor_made_by(&admin, EMAIL).await;
    (admin, doctor)
}

behaviours! {
    async fn no_code_is_shown_for_an_account_that_has_signed_in(server: Server) {
        let (admin, doctor) = people(&server).await;
        let id = super::users::id_of(&admin, EMAIL).await;
        assert!(!admin.get("/admin/users").await.text().contains(&format!("/admin/users/{id}/code")));
        let refused = admin.post(&format!("/admin/users/{id}/code"), &[]).await;
        assert_eq!(refused.status, 422);
        assert!(!refused.text().contains("data-code"), "{}", refused.text());
        assert_eq!(doctor.get("/account").await.status, 200);
    }

    async fn the_browser_that_asked_sets_the_password_once_the_administrator_has_confirmed(server: Server) {
        let (admin, doctor) = people(&server).await;
        let owner = at_owners(&server);
        let number = ask(&owner, " ANA@clinica.ro ").await;
        assert_eq!(choose(&owner, NEW_PASSWORD).await, 422, "not confirmed yet");
        assert_eq!(decide(&admin, &number, "/confirm").await.status, 303);
        assert_eq!(doctor.get("/account").await.status, 200, "nothing has ended yet");
        server.browser().sign_in(ADMIN_EMAIL, PASSWORD).await;
        assert!(owner.get("/forgot-password").await.text().contains("name=\"password\""));
        assert_eq!(choose(&owner, "12345678").await, 422);
        assert_eq!(choose(&owner, NEW_PASSWORD).await, 303);
        assert_eq!((owner.get("/account").await.status, doctor.get("/account").await.status), (200, 303));
        assert_eq!(choose(&owner, PASSWORD).await, 422, "it works once");
        server.browser().sign_in(EMAIL, NEW_PASSWORD).await;
        let known: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM known_browsers b JOIN accounts a ON a.id = b.account_id WHERE a.email = 'ana@clinica.ro'")
            .fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!(known, 2, "the browser that asked and the one that has just signed in");
    }

    async fn what_the_administrator_sees_lets_nobody_in(server: Server) {
        let (admin, _doctor) = people(&server).await;
        let owner = at_owners(&server);
        let number = ask(&owner, EMAIL).await;
        let secret = owner.cookie("asked").unwrap();
        let confirmed = decide(&admin, &number, "/confirm").await;
        let page = admin.get("/admin/users").await;
        assert!(![confirmed.text(), page.text()].iter().any(|text| text.contains(&secret) || text.contains("data-code")));
        for thief in [server.browser(), admin] {
            assert_eq!(choose(&thief, NEW_PASSWORD).await, 422);
        }
        let kept: Vec<String> = sqlx::query_scalar("SELECT secret_hash FROM password_requests").fetch_all(server.app.db.read()).await.unwrap();
        assert!(kept.len() == 1 && kept[0] != secret);
    }

    async fn the_owner_is_told_at_the_next_sign_in(server: Server) {
        let (admin, _doctor) = people(&server).await;
        let thief = at_owners(&server);
        let number = ask(&thief, EMAIL).await;
        decide(&admin, &number, "/confirm").await;
        let owner = server.browser();
        owner.sign_in(EMAIL, PASSWORD).await;
        let page = owner.get("/recordings").await.text();
        assert!(page.contains("class=\"message message-warning notice\"") && page.contains("datetime=\"2026-01-21T"), "{page}");
        assert_eq!(choose(&thief, NEW_PASSWORD).await, 422, "who knows the password needs no other: the request has ended");
        assert_eq!(owner.post("/account/notices", &[]).await.status, 303);
        assert!(!owner.get("/recordings").await.text().contains("message-warning notice"));
    }

    async fn a_new_password_by_request_is_told_too(server: Server) {
        let (admin, _doctor) = people(&server).await;
        let owner = at_owners(&server);
        let number = ask(&owner, EMAIL).await;
        decide(&admin, &number, "/confirm").await;
        choose(&owner, NEW_PASSWORD).await;
        assert!(owner.get("/recordings").await.text().contains("message-warning notice"));
    }

    async fn an_unknown_and_a_disabled_address_look_like_a_known_one(server: Server) {
        let (admin, _doctor) = people(&server).await;
        server.doctor_made_by(&admin, "dan@clinica.ro").await;
        let dan = super::users::id_of(&admin, "dan@clinica.ro").await;
        admin.post(&format!("/admin/users/{dan}/rights"), &[("change", "disable")]).await;
        let mut pages = Vec::new();
        for email in [EMAIL, "dan@clinica.ro", "nobody@clinica.ro", "no address"] {
            let browser = server.browser();
            let number = ask(&browser, email).await;
            assert_eq!(number.len(), 7, "{number}");
            let page = browser.get("/forgot-password").await;
            let token = page.between("name=\"csrf\" value=\"", "\"");
            pages.push(page.text().replace(&number, "N").replace(&token, "T"));
        }
        assert!(pages.iter().all(|page| *page == pages[0]), "{pages:#?}");
        assert_eq!(admin.get("/admin/users").await.text().matches("<li class=\"request\">").count(), 1);
    }

    async fn a_request_ends_when_it_is_refused_and_after_a_day(server: Server) {
        let (admin, _doctor) = people(&server).await;
        let refused = at_owners(&server);
        let number = ask(&refused, EMAIL).await;
        assert_eq!(decide(&admin, &number, "/refuse").await.status, 303);
        assert_eq!(choose(&refused, NEW_PASSWORD).await, 422);
        let late = at_owners(&server);
        let number = ask(&late, EMAIL).await;
        decide(&admin, &number, "/confirm").await;
        server.wait(Duration::from_hours(25));
        assert_eq!(choose(&late, NEW_PASSWORD).await, 422);
    }

    async fn an_administrator_confirms_neither_an_own_request_nor_one_from_an_own_browser(server: Server) {
        let (admin, _doctor) = people(&server).await;
        let elsewhere = server.browser();
        let number = ask(&elsewhere, ADMIN_EMAIL).await;
        assert_eq!(decide(&admin, &number, "/confirm").await.status, 422, "an own request");
        let number = ask(&admin, EMAIL).await;
        assert_eq!(decide(&admin, &number, "/confirm").await.status, 422, "from the administrator's browser");
        assert_eq!(choose(&admin, NEW_PASSWORD).await, 422);
    }

    async fn an_administrator_confirms_a_request_from_the_network_that_the_clinic_shares(server: Server) {
        let (admin, _doctor) = people(&server).await;
        let owner = server.browser();
        let number = ask(&owner, EMAIL).await;
        assert_eq!(decide(&admin, &number, "/confirm").await.status, 303);
        assert_eq!(choose(&owner, NEW_PASSWORD).await, 303);
    }

    async fn the_own_account_shows_a_notice_once(server: Server) {
        let (admin, _doctor) = people(&server).await;
        let owner = at_owners(&server);
        let number = ask(&owner, EMAIL).await;
        decide(&admin, &number, "/confirm").await;
        choose(&owner, NEW_PASSWORD).await;
        let account = owner.get("/account").await.text();
        assert!(account.contains("id=\"notices\"") && !account.contains("message-warning notice"), "{account}");
        assert!(owner.get("/recordings").await.text().contains("message-warning notice"));
    }

    async fn a_disabled_doctor_gets_no_new_password(server: Server) {
        let (admin, _doctor) = people(&server).await;
        let owner = at_owners(&server);
        let number = ask(&owner, EMAIL).await;
        decide(&admin, &number, "/confirm").await;
        let id = super::users::id_of(&admin, EMAIL).await;
        admin.post(&format!("/admin/users/{id}/rights"), &[("change", "disable")]).await;
        assert_eq!(choose(&owner, NEW_PASSWORD).await, 422);
    }

    async fn many_requests_for_one_account_keep_few_rows_and_are_slowed_down(server: Server) {
        people(&server).await;
        for n in 0..4 {
            let network = format!("203.0.113.{n}");
            for _ in 0..3 {
                ask(&server.browser().at_network(&network), EMAIL).await;
            }
        }
        let kept: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM password_requests").fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!(kept, 5);
        let browser = server.browser().at_network("203.0.113.99");
        let mut last = 0;
        for n in 0..11 {
            last = browser.post("/forgot-password", &[("email", &format!("nobody-{n}@clinica.ro"))]).await.status;
        }
        assert_eq!(last, 429);
    }

    async fn on_the_machine_itself_the_last_administrator_gets_a_link(server: Server) {
        let admin = server.admin().await;
        let link = oxi_server::accounts::reset_link(&server.app, " ADMIN@Clinica.RO").await.unwrap();
        let code = link.split_once("/set-password#").unwrap().1;
        assert_eq!(admin.get("/account").await.status, 200, "nothing has ended yet");
        let browser = server.browser();
        let set = browser.post("/set-password", &[("code", code), ("password", NEW_PASSWORD)]).await;
        assert_eq!((set.status, admin.get("/account").await.status), (303, 303));
        assert!(browser.get("/recordings").await.text().contains("message-warning notice"));
        let unknown = oxi_server::accounts::reset_link(&server.app, "nobody@clinica.ro").await;
        assert!(unknown.unwrap_err().to_string().contains("no account"));
    }
}
