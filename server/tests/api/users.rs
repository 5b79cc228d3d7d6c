//! What administrators do with accounts, and the first log-in of a new platform.

use std::time::Duration;

use crate::support::client::{Answer, Client};
use crate::support::{ADMIN_EMAIL, PASSWORD, Server};

/// The identifier of an account, as the administrator's page shows it.
pub async fn id_of(admin: &Client, email: &str) -> String {
    let page = admin.get("/admin/users").await.text();
    let row = page
        .split("<tr role=\"row\">")
        .find(|row| row.contains(&format!(">{email}</td>")))
        .expect("a row for the account");
    row.split("id=\"account-").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn change(admin: &Client, email: &str, change: &str) -> u16 {
    change_rights(admin, &id_of(admin, email).await, change).await
}

async fn change_rights(admin: &Client, id: &str, change: &str) -> u16 {
    admin.post(&format!("/admin/users/{id}/rights"), &[("change", change)]).await.status
}

async fn invite(admin: &Client, email: &str) -> String {
    admin.post("/admin/users", &[("email", email), ("name", "Dr. Ana")]).await.between("data-code=\"", "\"")
}

async fn first_link(server: &Server) -> String {
    let link = oxi_server::accounts::first_log_in(&server.app).await.unwrap().expect("a first log-in");
    link.split_once("/setup#").unwrap().1.to_owned()
}

const NOBODY: [(&str, &str); 2] = [("ADMIN_EMAIL", ""), ("ADMIN_PASSWORD", "")];

behaviours! {
    async fn a_page_with_a_new_code_that_is_reloaded_makes_no_other_code(server: Server) {
        let admin = server.admin().await;
        _ = reload(&admin, "/admin/users", &[("email", "ana@clinica.ro"), ("name", "Dr. Ana Știrbu")]).await;
        let id = id_of(&admin, "ana@clinica.ro").await;
        let given = reload(&admin, &format!("/admin/users/{id}/code"), &[]).await;
        let code = given.between("data-code=\"", "\"");
        let set = server.browser().post("/set-password", &[("code", &code), ("password", PASSWORD)]).await;
        assert_eq!(set.status, 303, "the code that was shown still works: {}", set.text());
    }

    async fn a_doctor_lets_themself_in_with_the_code_and_chooses_the_password(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        assert_eq!(doctor.get("/account").await.status, 200);
        server.browser().sign_in("ana@clinica.ro", PASSWORD).await;
    }

    async fn a_code_works_once(server: Server) {
        let code = invite(&server.admin().await, "ana@clinica.ro").await;
        let fields = [("code", code.as_str()), ("password", PASSWORD)];
        assert_eq!(server.browser().post("/set-password", &fields).await.status, 303);
        let again = server.browser().post("/set-password", &fields).await;
        assert_eq!(again.status, 422);
        assert!(again.text().contains("Codul nu este valabil"), "{}", again.text());
    }

    async fn a_code_that_met_a_weak_password_still_works(server: Server) {
        let code = invite(&server.admin().await, "ana@clinica.ro").await;
        let weak = server.browser().post("/set-password", &[("code", &code), ("password", "12345678")]).await;
        let good = server.browser().post("/set-password", &[("code", &code), ("password", PASSWORD)]).await;
        assert_eq!((weak.status, good.status), (422, 303));
    }

    async fn a_code_expires_after_three_days(server: Server) {
        let code = invite(&server.admin().await, "ana@clinica.ro").await;
        server.wait(Duration::from_hours(73));
        let late = server.browser().post("/set-password", &[("code", &code), ("password", PASSWORD)]).await;
        assert_eq!(late.status, 422);
    }

    async fn a_newer_code_replaces_the_older_one(server: Server) {
        let admin = server.admin().await;
        let first = invite(&admin, "ana@clinica.ro").await;
        let id = id_of(&admin, "ana@clinica.ro").await;
        let second = admin.post(&format!("/admin/users/{id}/code"), &[]).await.between("data-code=\"", "\"");
        let old = server.browser().post("/set-password", &[("code", &first), ("password", PASSWORD)]).await;
        let new = server.browser().post("/set-password", &[("code", &second), ("password", PASSWORD)]).await;
        assert_eq!((old.status, new.status), (422, 303));
    }

    async fn a_new_password_by_code_ends_the_sessions_of_whoever_had_the_old_one(server: Server) {
        let admin = server.admin().await;
        let doctor = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let link = oxi_server::accounts::reset_link(&server.app, "ana@clinica.ro").await.unwrap();
        let fields = [("code", link.split('#').nth(1).unwrap()), ("password", "alt-cal-alta-baterie-nou")];
        assert_eq!(server.browser().post("/set-password", &fields).await.status, 303);
        assert_eq!(doctor.get("/account").await.status, 303);
    }

    async fn guessing_codes_is_throttled(server: Server) {
        let browser = server.browser();
        let token = browser.form_token().await;
        let guess = [("code", "guess"), ("password", PASSWORD), ("csrf", token.as_str())];
        for _ in 0..50 {
            assert_eq!(browser.post_bare("/set-password", &guess).await.status, 422);
        }
        server.wait(Duration::from_mins(5));
        let waiting = browser.post_bare("/set-password", &guess).await;
        assert_eq!((waiting.status, waiting.header("retry-after").as_str()), (429, "600"));
    }

    async fn a_disabled_doctor_is_out_at_once_and_comes_back_when_enabled(server: Server) {
        let admin = server.admin().await;
        let doctor = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        assert_eq!(change(&admin, "ana@clinica.ro", "disable").await, 303);
        assert_eq!(doctor.get("/account").await.status, 303);
        assert_eq!(change(&admin, "ana@clinica.ro", "enable").await, 303);
        assert_eq!(doctor.get("/account").await.status, 303);
        doctor.sign_in("ana@clinica.ro", PASSWORD).await;
    }

    async fn a_disabled_doctors_code_does_not_work(server: Server) {
        let admin = server.admin().await;
        let code = invite(&admin, "ana@clinica.ro").await;
        change(&admin, "ana@clinica.ro", "disable").await;
        let try_it = server.browser().post("/set-password", &[("code", &code), ("password", PASSWORD)]).await;
        assert_eq!(try_it.status, 422);
    }

    async fn rights_of_administrators_come_and_go_at_once(server: Server) {
        let admin = server.admin().await;
        let doctor = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        assert_eq!(doctor.get("/admin/users").await.status, 404);
        change(&admin, "ana@clinica.ro", "make-admin").await;
        assert_eq!(doctor.get("/admin/users").await.status, 200);
        change(&admin, "ana@clinica.ro", "remove-admin").await;
        assert_eq!(doctor.get("/admin/users").await.status, 404);
    }

    async fn the_last_administrator_stays(server: Server) {
        let admin = server.admin().await;
        for what in ["disable", "remove-admin"] {
            assert_eq!(change(&admin, ADMIN_EMAIL, what).await, 422, "{what}");
        }
        assert_eq!(admin.get("/admin/users").await.status, 200);
    }

    async fn a_disabled_administrator_does_not_count_as_one_who_stays(server: Server) {
        let admin = server.admin().await;
        server.doctor_made_by(&admin, "ana@clinica.ro").await;
        change(&admin, "ana@clinica.ro", "make-admin").await;
        change(&admin, "ana@clinica.ro", "disable").await;
        assert_eq!(change(&admin, ADMIN_EMAIL, "remove-admin").await, 422);
    }

    async fn two_administrators_who_demote_each_other_at_once_leave_one(server: Server) {
        let admin = server.admin().await;
        let other = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        change(&admin, "ana@clinica.ro", "make-admin").await;
        let (first, second) = (id_of(&admin, ADMIN_EMAIL).await, id_of(&admin, "ana@clinica.ro").await);
        let statuses = tokio::join!(
            change_rights(&admin, &second, "remove-admin"),
            change_rights(&other, &first, "remove-admin"),
        );
        let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM accounts WHERE is_admin = 1").fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!(left, 1, "{statuses:?}");
    }

    async fn an_address_has_one_account(server: Server) {
        let admin = server.admin().await;
        invite(&admin, "ana@clinica.ro").await;
        let again = admin.post("/admin/users", &[("email", "ANA@clinica.ro"), ("name", "Altcineva")]).await;
        assert_eq!(again.status, 422);
        assert!(again.text().contains("Există deja un cont"), "{}", again.text());
    }

    async fn names_and_addresses_that_are_none_are_refused(server: Server) {
        let admin = server.admin().await;
        for (email, name) in [("ana", "Ana"), ("ana@clinica.ro", " ")] {
            assert_eq!(admin.post("/admin/users", &[("email", email), ("name", name)]).await.status, 422);
        }
    }

    async fn a_name_is_shown_as_text_whatever_it_contains(server: Server) {
        let admin = server.admin().await;
        let name = "<script>alert(1)</script>";
        let page = admin.post("/admin/users", &[("email", "ana@clinica.ro"), ("name", name)]).await.text();
        assert!(!page.contains(name) && page.contains("alert(1)"));
    }

    async fn a_new_platform_without_settings_makes_its_administrator_by_a_printed_code(server: Server) {
        let server = Server::start_with(server.backend, &NOBODY).await;
        let code = first_link(&server).await;
        let browser = server.browser();
        assert_eq!(browser.get("/setup").await.status, 200);
        let fields = [("code", code.as_str()), ("name", "Dr. Ana"), ("email", "ana@clinica.ro"), ("password", PASSWORD)];
        assert_eq!(browser.post("/setup", &fields).await.status, 303);
        let users = browser.get("/admin/users").await;
        assert_eq!((users.status, users.text().contains("niciodată")), (200, false));
        assert_eq!(server.browser().get("/setup").await.status, 404);
        assert_eq!(server.browser().post("/setup", &fields).await.status, 404);
        assert!(oxi_server::accounts::first_log_in(&server.app).await.unwrap().is_none());
    }

    async fn a_wrong_or_late_setup_code_makes_nobody(server: Server) {
        let server = Server::start_with(server.backend, &NOBODY).await;
        let code = first_link(&server).await;
        let fields = |code| [("code", code), ("name", "Dr. Ana"), ("email", "ana@clinica.ro"), ("password", PASSWORD)];
        assert_eq!(server.browser().post("/setup", &fields("wrong")).await.status, 422);
        server.wait(Duration::from_hours(25));
        assert_eq!(server.browser().post("/setup", &fields(&code)).await.status, 422);
        assert_eq!(server.browser().get("/setup").await.status, 200);
    }

    async fn a_platform_with_accounts_ignores_the_settings_for_the_first_administrator(server: Server) {
        assert!(oxi_server::accounts::first_log_in(&server.app).await.unwrap().is_none());
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM accounts").fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!((count, server.browser().get("/setup").await.status), (1, 404));
    }
}

#[tokio::test]
async fn a_guessable_first_password_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}/oxi.db", folder.path().display());
    let config = crate::support::config(&database, folder.path(), &[("ADMIN_PASSWORD", "password1")]);
    let app = oxi_server::state::App::connect(config).await.unwrap();
    app.db.migrate().await.unwrap();
    let error = oxi_server::accounts::first_log_in(&app).await.unwrap_err().to_string();
    assert!(error.starts_with("ADMIN_PASSWORD cannot be used") && !error.contains("password1"), "{error}");
}

/// Sends a form as its page does, and once more as a reload does; gives the first answer.
async fn reload(admin: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let (token, page) = (admin.form_token().await, admin.get("/admin/users").await);
    let once = page.between("name=\"once\" value=\"", "\"");
    let form = [fields, &[("csrf", &token), ("once", &once)]].concat();
    let first = admin.post_bare(path, &form).await;
    let again = admin.post_bare(path, &form).await;
    assert_eq!((first.status, again.status), (200, 410), "{}", again.text());
    assert!(again.text().contains("Nu s-a făcut nimic a doua oară"), "{}", again.text());
    first
}
