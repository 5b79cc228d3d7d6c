//! Signing in and out, sessions, passwords.

use std::time::Duration;

use tokio::task::JoinSet;

use crate::support::client::Client;
use crate::support::log::Log;
use crate::support::{ADMIN_EMAIL, PASSWORD, Server};

const HOUR: Duration = Duration::from_hours(1);
/// [`PASSWORD`] as argon2-cffi hashes it with 100 MiB, two passes and eight lanes.
const OF_100_MIB: &str =
    "$argon2id$v=19$m=102400,t=2,p=8$c2FyZS1kZS1wcm9iYS0xNg$PDfvFwSu/HW4DMtKNzcIKBzYL8ByLU8mtKoVI89VJ5E";

behaviours! {
    async fn signing_in_opens_the_pages_of_doctors(server: Server) {
        let browser = server.browser();
        assert_eq!(browser.get("/account").await.status, 303);
        browser.sign_in(ADMIN_EMAIL, PASSWORD).await;
        let page = browser.get("/account").await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains(ADMIN_EMAIL));
    }

    async fn the_address_may_be_typed_in_capitals_and_with_spaces(server: Server) {
        let answer = server.browser().post("/login", &[("email", " ADMIN@Clinica.RO "), ("password", PASSWORD)]).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/recordings".to_owned()));
    }

    async fn a_wrong_password_an_unknown_address_and_a_disabled_account_get_the_same_answer(server: Server) {
        let admin = server.admin().await;
        server.doctor_made_by(&admin, "ana@clinica.ro").await;
        disable(&admin, "ana@clinica.ro").await;
        let mut answers = Vec::new();
        for (email, password) in [(ADMIN_EMAIL, "wrong"), ("nobody@clinica.ro", PASSWORD), ("ana@clinica.ro", PASSWORD)] {
            let browser = server.browser();
            let token = browser.form_token().await;
            let answer = browser.post("/login", &[("email", email), ("password", password)]).await;
            answers.push((answer.status, answer.text().replace(email, "").replace(&token, "")));
        }
        assert_eq!(answers[0].0, 401);
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0], answers[2]);
    }

    /// What takes time is the hash: it is made once whatever the address is, which holds on a loaded machine too.
    async fn an_unknown_address_takes_the_work_of_a_wrong_password(server: Server) {
        let admin = server.admin().await;
        server.doctor_made_by(&admin, "ana@clinica.ro").await;
        disable(&admin, "ana@clinica.ro").await;
        admin.post("/admin/users", &[("email", "dan@clinica.ro"), ("name", "Dan")]).await;
        let (log, _guard) = Log::listen();
        let without_password = "dan@clinica.ro";
        for email in [ADMIN_EMAIL, "nobody@clinica.ro", "ana@clinica.ro", without_password, "no address"] {
            let refused = server.browser().post("/login", &[("email", email), ("password", "wrong")]).await;
            assert_eq!((refused.status, log.count("a password is hashed")), (401, 1), "{email}");
        }
    }

    async fn after_five_wrong_passwords_even_the_right_one_has_to_wait(server: Server) {
        let browser = server.browser();
        for _ in 0..5 {
            assert_eq!(browser.post("/login", &[("email", ADMIN_EMAIL), ("password", "wrong")]).await.status, 401);
        }
        let waiting = browser.post("/login", &[("email", ADMIN_EMAIL), ("password", PASSWORD)]).await;
        assert_eq!(waiting.status, 429);
        assert!(waiting.text().contains("15 minute"), "{}", waiting.text());
        assert_eq!(waiting.header("retry-after"), "900");
        server.wait(15 * Duration::from_mins(1));
        browser.sign_in(ADMIN_EMAIL, PASSWORD).await;
    }

    async fn addresses_without_an_account_are_throttled_alike(server: Server) {
        let browser = server.browser();
        for _ in 0..5 {
            browser.post("/login", &[("email", "nobody@clinica.ro"), ("password", "wrong")]).await;
        }
        assert_eq!(browser.post("/login", &[("email", "nobody@clinica.ro"), ("password", "wrong")]).await.status, 429);
    }

    async fn a_flood_from_everywhere_does_not_shut_the_owner_out_of_a_known_browser(server: Server) {
        let own = server.admin().await;
        own.post("/logout", &[]).await;
        for n in 0..32 {
            let attacker = server.browser().at_network(&format!("203.0.113.{n}"));
            attacker.post("/login", &[("email", ADMIN_EMAIL), ("password", "wrong")]).await;
        }
        let elsewhere = server.browser().at_network("198.51.100.1");
        assert_eq!(elsewhere.post("/login", &[("email", ADMIN_EMAIL), ("password", PASSWORD)]).await.status, 429);
        own.sign_in(ADMIN_EMAIL, PASSWORD).await;
    }

    async fn a_session_ends_after_eight_idle_hours(server: Server) {
        let browser = server.admin().await;
        server.wait(7 * HOUR);
        assert_eq!(browser.get("/account").await.status, 200);
        server.wait(7 * HOUR);
        assert_eq!(browser.get("/account").await.status, 200);
        server.wait(9 * HOUR);
        assert_eq!(browser.get("/account").await.status, 303);
    }

    async fn a_session_in_use_ends_after_a_day(server: Server) {
        let browser = server.admin().await;
        for _ in 0..4 {
            server.wait(6 * HOUR);
            assert_eq!(browser.get("/account").await.status, 200);
        }
        server.wait(HOUR);
        assert_eq!(browser.get("/account").await.status, 303);
    }

    async fn a_remembered_session_lasts_a_month_when_used_and_a_fortnight_when_not(server: Server) {
        let browser = server.browser();
        let fields = [("email", ADMIN_EMAIL), ("password", PASSWORD), ("remember", "yes")];
        let answer = browser.post("/login", &fields).await;
        assert!(answer.header("set-cookie").contains("Max-Age=2592000"), "{:?}", answer.headers);
        for _ in 0..3 {
            server.wait(9 * 24 * HOUR);
            assert_eq!(browser.get("/account").await.status, 200);
        }
        server.wait(4 * 24 * HOUR);
        assert_eq!(browser.get("/account").await.status, 303);
    }

    async fn signing_in_again_gives_a_new_session_and_ends_the_old_one(server: Server) {
        let browser = server.admin().await;
        let old = browser.cookie("sid").unwrap();
        browser.sign_in(ADMIN_EMAIL, PASSWORD).await;
        let thief = server.browser();
        thief.set_cookie("sid", Some(&old));
        assert_ne!(browser.cookie("sid").unwrap(), old);
        assert_eq!(thief.get("/account").await.status, 303);
    }

    async fn a_session_cookie_made_up_by_the_visitor_opens_nothing(server: Server) {
        let browser = server.browser();
        browser.set_cookie("sid", Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        assert_eq!(browser.get("/account").await.status, 303);
    }

    async fn after_signing_out_the_cookie_opens_nothing_even_if_kept(server: Server) {
        let browser = server.admin().await;
        let kept = browser.cookie("sid").unwrap();
        let out = browser.post("/logout", &[]).await;
        assert_eq!((out.status, browser.cookie("sid")), (303, None));
        browser.set_cookie("sid", Some(&kept));
        assert_eq!(browser.get("/account").await.status, 303);
    }

    async fn signing_out_by_a_link_does_nothing(server: Server) {
        let browser = server.admin().await;
        assert_eq!(browser.get("/logout").await.status, 405);
        assert_eq!(browser.get("/account").await.status, 200);
    }

    async fn the_database_holds_no_session_secret_and_no_password(server: Server) {
        let browser = server.admin().await;
        let stored: Vec<String> = sqlx::query_scalar("SELECT token_hash FROM sessions").fetch_all(server.app.db.read()).await.unwrap();
        assert!(!stored.contains(&browser.cookie("sid").unwrap()));
        let hash: String = sqlx::query_scalar("SELECT password_hash FROM accounts").fetch_one(server.app.db.read()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && !hash.contains(PASSWORD));
    }

    async fn changing_the_password_ends_all_other_sessions(server: Server) {
        let (here, there) = (server.admin().await, server.admin().await);
        let fields = [("current", PASSWORD), ("password", "alt-cal-alta-baterie-nou")];
        assert_eq!(here.post("/account", &fields).await.status, 303);
        assert_eq!((here.get("/account").await.status, there.get("/account").await.status), (200, 303));
        let old = server.browser().post("/login", &[("email", ADMIN_EMAIL), ("password", PASSWORD)]).await;
        assert_eq!(old.status, 401);
        server.browser().sign_in(ADMIN_EMAIL, "alt-cal-alta-baterie-nou").await;
    }

    async fn changing_the_password_needs_the_current_one_and_a_good_new_one(server: Server) {
        let browser = server.admin().await;
        let wrong = browser.post("/account", &[("current", "wrong"), ("password", "alt-cal-alta-baterie-nou")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("Parola actuală nu este corectă"), "{}", wrong.text());
        for (weak, said) in [
            ("kR.t!vQ2xp7", "cel puțin 12 caractere"),
            ("Parola123456!", "le folosesc mulți oameni"),
            ("admin@clinica.ro", "ușor de ghicit"),
        ] {
            let refused = browser.post("/account", &[("current", PASSWORD), ("password", weak)]).await;
            assert!(refused.status == 422 && refused.text().contains(said), "{weak}: {}", refused.text());
        }
    }

    /// The parameters of the platform before this one: 100 MiB, more than one principal's share of the work pool.
    async fn a_password_hashed_elsewhere_opens_the_account_and_is_hashed_anew(server: Server) {
        server.change(sqlx::query("UPDATE accounts SET password_hash = $1").bind(OF_100_MIB)).await;
        let stored = async || -> String {
            sqlx::query_scalar("SELECT password_hash FROM accounts").fetch_one(server.app.db.read()).await.unwrap()
        };
        let wrong = server.browser().post("/login", &[("email", ADMIN_EMAIL), ("password", "wrong")]).await;
        assert_eq!((wrong.status, stored().await.as_str()), (401, OF_100_MIB));
        let browser = server.browser();
        browser.sign_in(ADMIN_EMAIL, PASSWORD).await;
        assert_eq!(browser.get("/account").await.status, 200);
        let renewed = stored().await;
        assert!(renewed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{renewed}");
        server.browser().sign_in(ADMIN_EMAIL, PASSWORD).await;
        assert_eq!(stored().await, renewed, "once");
        assert_eq!(server.browser().post("/login", &[("email", ADMIN_EMAIL), ("password", "wrong")]).await.status, 401);
    }

    /// Both find the old hash; the first puts another in its place.
    async fn two_first_log_ins_at_once_on_two_replicas_both_pass(server: Server) {
        let second = crate::people::replica(&server).await;
        for round in 0..3 {
            server.change(sqlx::query("UPDATE accounts SET password_hash = $1").bind(OF_100_MIB)).await;
            let (here, there) = (server.browser(), second.browser());
            let fields = [("email", ADMIN_EMAIL), ("password", PASSWORD)];
            let both = tokio::join!(here.post("/login", &fields), there.post("/login", &fields));
            assert_eq!((both.0.status, both.1.status), (303, 303), "{round}");
        }
    }

    async fn log_ins_at_once_with_passwords_of_100_mib_pass_one_after_the_other(server: Server) {
        let admin = server.admin().await;
        for n in 0..2 {
            server.doctor_made_by(&admin, &format!("d{n}@clinica.ro")).await;
        }
        server.change(sqlx::query("UPDATE accounts SET password_hash = $1").bind(OF_100_MIB)).await;
        let mut tries = JoinSet::new();
        for n in 0..2 {
            let browser = server.browser().at_network(&format!("203.0.113.{n}"));
            tries.spawn(async move {
                let email = format!("d{n}@clinica.ro");
                browser.post("/login", &[("email", &email), ("password", PASSWORD)]).await.status
            });
        }
        assert_eq!(tries.join_all().await, [303; 2]);
    }

    async fn a_password_hash_that_would_keep_the_platform_busy_opens_nothing(server: Server) {
        let vast = OF_100_MIB.replace("m=102400,t=2", "m=1048576,t=9");
        server.change(sqlx::query("UPDATE accounts SET password_hash = $1").bind(&vast)).await;
        let answer = server.browser().post("/login", &[("email", ADMIN_EMAIL), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 401);
    }

    async fn a_pool_too_small_for_a_password_says_so_instead_of_calling_it_wrong(server: Server) {
        let small = Server::start_with(server.backend, &[("WORK_MEMORY_MB", "96")]).await;
        small.change(sqlx::query("UPDATE accounts SET password_hash = $1").bind(OF_100_MIB)).await;
        let answer = small.browser().post("/login", &[("email", ADMIN_EMAIL), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 500);
    }

    async fn after_signing_in_people_land_where_they_wanted_to_go_but_never_elsewhere(server: Server) {
        let browser = server.browser();
        let asked = browser.get("/admin/users?x=1").await;
        assert_eq!(asked.header("location"), "/login?next=%2Fadmin%2Fusers%3Fx%3D1");
        let fields = [("email", ADMIN_EMAIL), ("password", PASSWORD), ("next", "/admin/users?x=1")];
        assert_eq!(browser.post("/login", &fields).await.header("location"), "/admin/users?x=1");
        for foreign in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
            let fields = [("email", ADMIN_EMAIL), ("password", PASSWORD), ("next", foreign)];
            assert_eq!(server.browser().post("/login", &fields).await.header("location"), "/recordings", "{foreign}");
        }
    }

    async fn programs_get_sign_in_failures_as_json(server: Server) {
        let answer = server.browser().get_json("/account").await;
        assert_eq!((answer.status, &answer.json()["error"]["code"]), (401, &"sign-in-needed".into()));
    }

    async fn secure_cookies_carry_every_protection(server: Server) {
        let server = Server::start_with(server.backend, &[("COOKIE_SECURE", "true")]).await;
        let browser = server.browser();
        let page = browser.get("/login").await;
        let token = page.between("name=\"csrf\" value=\"", "\"");
        let fields = [("email", ADMIN_EMAIL), ("password", PASSWORD), ("csrf", &token)];
        let line = browser.post_bare("/login", &fields).await.header("set-cookie");
        assert!(line.starts_with("__Host-sid="), "{line}");
        for flag in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(line.contains(flag), "{flag} missing in {line}");
        }
    }
}

async fn disable(admin: &Client, email: &str) {
    let id = super::users::id_of(admin, email).await;
    admin.post(&format!("/admin/users/{id}/rights"), &[("change", "disable")]).await;
}
