//! Sessions: listed, ended one by one, within their limits; a new device is told.

use std::time::Duration;

use axum::http::Method;

use crate::support::client::Client;
use crate::support::{ADMIN_EMAIL, PASSWORD, Server};

const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";
const HOUR: Duration = Duration::from_hours(1);
const NEW_DEVICE: &str = "dintr-un browser nou: Chrome pe Windows";

/// A browser that says it is Chrome on Windows, signed in.
async fn chrome(server: &Server) -> Client {
    let browser = server.browser();
    sign_in_as_chrome(&browser).await;
    browser
}

async fn sign_in_as_chrome(browser: &Client) {
    let token = browser.form_token().await;
    let request = browser.request(Method::POST, "/login").header("user-agent", CHROME);
    let form = [("email", ADMIN_EMAIL), ("password", PASSWORD), ("csrf", &token)];
    assert_eq!(browser.send(request.form(&form)).await.status, 303);
}

/// The own account's page.
async fn account(browser: &Client) -> String {
    browser.get("/account").await.text()
}

/// Where the buttons lead that end a session.
fn ends(page: &str) -> Vec<String> {
    let parts =
        page.split("action=\"/account/sessions/").skip(1).filter_map(|rest| rest.split_once("/end\""));
    parts.map(|(id, _)| format!("/account/sessions/{id}/end")).collect()
}

async fn count(server: &Server) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM sessions").fetch_one(server.app.db.read()).await.unwrap()
}

behaviours! {
    async fn the_own_sessions_are_listed_in_words_and_end_one_by_one(server: Server) {
        let here = server.admin().await;
        let (there, elsewhere) = (chrome(&server).await, server.browser());
        server.wait(HOUR);
        elsewhere.sign_in(ADMIN_EMAIL, PASSWORD).await;
        assert_eq!(here.get("/account").await.status, 200, "it is noted as used");
        let page = account(&here).await;
        assert_eq!((page.matches("Chrome pe Windows").count(), page.matches("dispozitiv necunoscut").count()), (2, 3), "{page}");
        assert!(page.contains("aici, acum"), "{page}");
        let ways = ends(&page);
        assert_eq!(ways.len(), 2, "one for each other session: {page}");
        let last = here.post(&ways[1], &[]).await;
        assert_eq!((last.status, last.header("location").as_str()), (303, "/account#sessions"));
        let open = [here.get("/account").await.status, there.get("/account").await.status, elsewhere.get("/account").await.status];
        assert_eq!(open, [200, 303, 200], "the one that was not used for longest was the last of the list");
        assert_eq!(here.post(&ways[1], &[]).await.status, 404, "it is no more");
    }

    async fn all_other_sessions_end_at_once(server: Server) {
        let (here, there, elsewhere) = (server.admin().await, server.admin().await, chrome(&server).await);
        assert_eq!(here.post("/account/sessions/end-others", &[]).await.status, 303);
        let open = [here.get("/account").await.status, there.get("/account").await.status, elsewhere.get("/account").await.status];
        assert_eq!((open, count(&server).await), ([200, 303, 303], 1));
        assert!(!account(&here).await.contains("/account/sessions/"), "there is nothing to end");
    }

    async fn a_session_of_somebody_else_is_not_there(server: Server) {
        let admin = server.admin().await;
        let doctor = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let other = chrome(&server).await;
        for way in ends(&account(&admin).await) {
            assert_eq!(doctor.post(&way, &[]).await.status, 404);
        }
        assert_eq!((admin.get("/account").await.status, other.get("/account").await.status), (200, 200));
    }

    async fn what_a_page_calls_a_session_is_not_made_from_its_secret(server: Server) {
        let (here, there) = (server.admin().await, server.admin().await);
        let id = ends(&account(&here).await)[0].split('/').nth(3).unwrap().to_owned();
        let stored: Vec<String> = sqlx::query_scalar("SELECT token_hash FROM sessions").fetch_all(server.app.db.read()).await.unwrap();
        assert!(stored.iter().all(|hash| *hash != id) && there.cookie("sid").unwrap() != id);
        let thief = server.browser();
        thief.set_cookie("sid", Some(&id));
        assert_eq!(thief.get("/account").await.status, 303);
    }

    async fn a_session_that_an_older_program_began_gets_a_name_when_it_is_used(server: Server) {
        let (here, there) = (server.admin().await, server.admin().await);
        server.change(sqlx::query("UPDATE sessions SET id = NULL, device = NULL, browser_hash = NULL")).await;
        assert!(ends(&account(&here).await).is_empty());
        server.wait(Duration::from_mins(2));
        assert_eq!(there.get("/account").await.status, 200);
        let ways = ends(&account(&here).await);
        assert_eq!(ways.len(), 1);
        assert_eq!(here.post(&ways[0], &[]).await.status, 303);
        assert_eq!(there.get("/account").await.status, 303);
    }

    async fn the_limits_of_sessions_are_settings(server: Server) {
        let settings = [("SESSION_IDLE_HOURS", "1"), ("SESSION_HOURS", "3"), ("PERMANENT_SESSION_LIFETIME", "2"), ("REMEMBERED_IDLE_DAYS", "1")];
        let server = Server::start_with(server.backend, &settings).await;
        assert!(server.browser().get("/login").await.text().contains("(2 zile)"));
        let (idle, busy, kept) = (server.admin().await, server.admin().await, server.browser());
        let answer = kept.post("/login", &[("email", ADMIN_EMAIL), ("password", PASSWORD), ("remember", "yes")]).await;
        assert!(answer.header("set-cookie").contains("Max-Age=172800"), "{:?}", answer.headers);
        let mut open = Vec::new();
        for minutes in [50, 20, 50, 50, 20] {
            server.wait(Duration::from_mins(minutes));
            open.push(busy.get("/account").await.status);
        }
        assert_eq!(open, [200, 200, 200, 200, 303]);
        assert_eq!((idle.get("/account").await.status, kept.get("/account").await.status), (303, 200));
        server.wait(25 * HOUR);
        assert_eq!(kept.get("/account").await.status, 303, "not used for a day");
    }

    async fn sessions_whose_time_is_over_are_neither_listed_nor_kept(server: Server) {
        let here = server.browser();
        here.post("/login", &[("email", ADMIN_EMAIL), ("password", PASSWORD), ("remember", "yes")]).await;
        server.admin().await;
        server.wait(9 * HOUR);
        assert!(ends(&account(&here).await).is_empty());
        assert_eq!(count(&server).await, 2);
        chrome(&server).await;
        oxi_server::serve::worker(&server.app).work_off().await.unwrap();
        assert_eq!(count(&server).await, 2, "the job removed it");
    }

    async fn a_log_in_from_a_new_browser_is_told_in_the_others_and_cannot_be_hidden_there(server: Server) {
        let owner = server.admin().await;
        assert!(!account(&owner).await.contains("dintr-un browser nou"), "the first one is no news");
        let stranger = chrome(&server).await;
        assert!(!stranger.get("/recordings").await.text().contains(NEW_DEVICE), "whoever it was is told nothing");
        stranger.post("/account/notices", &[]).await;
        assert!(owner.get("/recordings").await.text().contains(NEW_DEVICE));
        stranger.post("/logout", &[]).await;
        sign_in_as_chrome(&stranger).await;
        stranger.post("/account/notices", &[]).await;
        assert_eq!(account(&owner).await.matches(NEW_DEVICE).count(), 1, "a known browser is no news");
        owner.post("/account/notices", &[]).await;
        assert!(!account(&owner).await.contains(NEW_DEVICE));
    }

    async fn what_reaches_others_asks_for_the_password_again_after_ten_minutes(server: Server) {
        let admin = server.admin().await;
        server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let id = super::users::id_of(&admin, "ana@clinica.ro").await;
        let rights = format!("/admin/users/{id}/rights");
        server.wait(Duration::from_mins(10));
        assert_eq!(admin.post(&rights, &[("change", "make-admin")]).await.header("location"), "/admin/users");
        server.wait(Duration::from_secs(1));
        let asked = admin.post(&rights, &[("change", "remove-admin")]).await;
        assert_eq!((asked.status, asked.header("location").as_str()), (303, "/account/confirm?next=%2Fadmin%2Fusers"));
        assert!(admin.get("/admin/users").await.text().contains("remove-admin\">"), "nothing was changed");
        let unknown = admin.post("/admin/users/0197d2a0-0000-7000-8000-000000000000/rights", &[("change", "disable")]).await;
        assert_eq!(unknown.status, 404);
        let page = admin.get(&asked.header("location")).await;
        assert!(page.status == 200 && page.text().contains("value=\"/admin/users\""), "{}", page.text());
        let wrong = admin.post("/account/confirm", &[("password", "gresit"), ("next", "/admin/users")]).await;
        assert_eq!(wrong.status, 422);
        let right = [("password", PASSWORD), ("next", "/admin/users")];
        assert_eq!(admin.post("/account/confirm", &right).await.header("location"), "/admin/users");
        assert_eq!(admin.post(&rights, &[("change", "remove-admin")]).await.header("location"), "/admin/users");
        let elsewhere = admin.post("/account/confirm", &[("password", PASSWORD), ("next", "//evil.example")]).await;
        assert_eq!(elsewhere.header("location"), "/account");
        assert!(account(&admin).await.contains("cu parola, "));
    }

    async fn a_new_browser_is_told_for_90_days(server: Server) {
        server.admin().await;
        chrome(&server).await;
        for (days, is_told) in [(0, true), (91, false)] {
            server.wait(24 * days * HOUR);
            let owner = server.admin().await;
            assert_eq!(account(&owner).await.contains(NEW_DEVICE), is_told, "{days}");
        }
    }
}
