//! Guessing passwords is slowed down without shutting out those who know theirs.

use std::time::Duration;

use tokio::task::JoinSet;

use crate::support::client::Client;
use crate::support::{ADMIN_EMAIL, PASSWORD, Server};

const NETWORK: &str = "203.0.113.7";
const WINDOW: Duration = Duration::from_mins(15);

/// Sends one log-in and says how it ended.
async fn log_in(browser: &Client, email: &str, password: &str) -> u16 {
    browser.post("/login", &[("email", email), ("password", password)]).await.status
}

/// Wrong log-ins for ever new addresses from one network; the statuses they got.
async fn flood(server: &Server, network: &str, times: usize) -> Vec<u16> {
    let browser = server.browser().at_network(network);
    let token = browser.form_token().await;
    let mut statuses = Vec::new();
    for n in 0..times {
        let email = format!("nobody-{n}@clinica.ro");
        let fields = [("email", email.as_str()), ("password", "wrong"), ("csrf", token.as_str())];
        statuses.push(browser.post_bare("/login", &fields).await.status);
    }
    statuses
}

async fn rows(server: &Server, table: &'static str) -> i64 {
    sqlx::query_scalar(table).fetch_one(server.app.db.read()).await.unwrap()
}

const THROTTLED: &str = "SELECT COUNT(*) FROM throttle";
const KNOWN: &str = "SELECT COUNT(*) FROM known_browsers";

/// Remembers browsers that were last seen so many days before now, for every account.
async fn remember(server: &Server, browsers: std::ops::Range<i64>, days_ago: i64) {
    for n in browsers {
        let seen_at = server.app.clock.now().as_millis() - days_ago * 86_400_000 - n;
        let query = sqlx::query(
            "INSERT INTO known_browsers (account_id, browser_hash, seen_at) SELECT id, $1, $2 FROM accounts",
        );
        let query = query.bind(format!("browser-{days_ago}-{n}")).bind(seen_at);
        server.change(query).await;
    }
}

behaviours! {
    async fn a_flood_of_wrong_passwords_does_not_lock_its_network_for_right_ones(server: Server) {
        let known = server.browser().at_network(NETWORK);
        known.sign_in(ADMIN_EMAIL, PASSWORD).await;
        known.post("/logout", &[]).await;
        flood(&server, NETWORK, 60).await;
        assert_eq!(log_in(&known, ADMIN_EMAIL, PASSWORD).await, 303, "a known browser");
        assert_eq!(log_in(&server.browser().at_network(NETWORK), ADMIN_EMAIL, PASSWORD).await, 303, "a new browser");
    }

    async fn beyond_the_limit_of_a_network_a_wrong_password_is_told_to_wait_whoever_it_is_for(server: Server) {
        let statuses = flood(&server, NETWORK, 52).await;
        assert_eq!(statuses[..50], [401; 50]);
        assert_eq!(statuses[50..], [429; 2]);
        let browser = server.browser().at_network(NETWORK);
        assert_eq!(log_in(&browser, ADMIN_EMAIL, "wrong").await, 429);
        assert_eq!(log_in(&server.browser(), ADMIN_EMAIL, "wrong").await, 401, "another network");
        server.wait(WINDOW);
        assert_eq!(log_in(&browser, ADMIN_EMAIL, "wrong").await, 401, "later");
    }

    async fn in_a_network_over_its_limit_an_account_can_be_guessed_at_twice_and_no_more(server: Server) {
        let own = server.browser().at_network(NETWORK);
        own.sign_in(ADMIN_EMAIL, PASSWORD).await;
        flood(&server, NETWORK, 50).await;
        let attacker = server.browser().at_network(NETWORK);
        for _ in 0..2 {
            assert_eq!(log_in(&attacker, ADMIN_EMAIL, "wrong").await, 429);
        }
        assert_eq!(log_in(&attacker, ADMIN_EMAIL, PASSWORD).await, 429, "the third guess is not even looked at");
        assert_eq!(log_in(&own, ADMIN_EMAIL, PASSWORD).await, 303, "a known browser");
    }

    async fn right_passwords_are_no_attempts(server: Server) {
        let mut tries = JoinSet::new();
        for _ in 0..12 {
            let browser = server.browser();
            tries.spawn(async move { log_in(&browser, ADMIN_EMAIL, PASSWORD).await });
        }
        assert_eq!(tries.join_all().await, [303; 12]);
        assert_eq!(rows(&server, THROTTLED).await, 0);
    }

    async fn guesses_sent_at_once_are_all_counted(server: Server) {
        let mut tries = JoinSet::new();
        for _ in 0..12 {
            let browser = server.browser();
            tries.spawn(async move { log_in(&browser, ADMIN_EMAIL, "wrong").await });
        }
        let looked_at = tries.join_all().await.into_iter().filter(|status| *status == 401).count();
        assert_eq!(looked_at, 5);
    }

    async fn others_in_the_same_network_cannot_shut_an_owner_out_of_a_known_browser(server: Server) {
        let own = server.admin().await;
        own.post("/logout", &[]).await;
        let attacker = server.browser();
        for _ in 0..6 {
            log_in(&attacker, ADMIN_EMAIL, "wrong").await;
        }
        assert_eq!(log_in(&server.browser(), ADMIN_EMAIL, PASSWORD).await, 429, "guessing from new browsers stops");
        assert_eq!(log_in(&own, ADMIN_EMAIL, PASSWORD).await, 303);
    }

    async fn in_a_known_browser_too_guessing_ends(server: Server) {
        let own = server.admin().await;
        own.post("/logout", &[]).await;
        let mut statuses = Vec::new();
        for _ in 0..11 {
            statuses.push(log_in(&own, ADMIN_EMAIL, "wrong").await);
        }
        assert_eq!((statuses[9], statuses[10]), (401, 429));
    }

    async fn ever_new_addresses_do_not_grow_the_table_for_ever(server: Server) {
        for n in 0..3 {
            flood(&server, &format!("203.0.113.{n}"), 20).await;
            server.wait(WINDOW + Duration::from_secs(1));
        }
        flood(&server, NETWORK, 1).await;
        assert_eq!(rows(&server, THROTTLED).await, 3, "what the last failure wrote and nothing older");
    }

    async fn an_address_that_can_be_none_is_refused_like_a_wrong_one_and_leaves_no_more(server: Server) {
        let browser = server.browser();
        for email in ["", "no address", "a\0b@clinica.ro", &"x".repeat(2_000)] {
            assert_eq!(log_in(&browser, email, "wrong").await, 401, "{email:?}");
        }
    }

    async fn whoever_has_to_wait_is_told_for_how_long_on_every_page(server: Server) {
        let browser = server.browser();
        let signed_in = server.admin().await;
        for _ in 0..5 {
            log_in(&browser, ADMIN_EMAIL, "wrong").await;
            signed_in.post("/account", &[("current", "wrong"), ("password", "x")]).await;
        }
        server.wait(Duration::from_mins(4));
        for (browser, path, fields) in [
            (&browser, "/login", [("email", ADMIN_EMAIL), ("password", "wrong")]),
            (&signed_in, "/account", [("current", "wrong"), ("password", "x")]),
        ] {
            let waiting = browser.post(path, &fields).await;
            assert_eq!((waiting.status, waiting.header("retry-after").as_str()), (429, "660"), "{path}");
        }
    }

    async fn right_one_time_codes_are_no_attempts(server: Server) {
        let admin = server.admin().await;
        let made = admin.post("/admin/users", &[("email", "ana@clinica.ro"), ("name", "Dr. Ana")]).await;
        let code = made.between("data-code=\"", "\"");
        let guesser = server.browser();
        let token = guesser.form_token().await;
        for _ in 0..51 {
            guesser.post_bare("/set-password", &[("code", "guess"), ("password", PASSWORD), ("csrf", &token)]).await;
        }
        let right = server.browser().post("/set-password", &[("code", &code), ("password", PASSWORD)]).await;
        assert_eq!(right.status, 303, "{}", right.text());
    }

    async fn known_browsers_are_few_and_recent(server: Server) {
        remember(&server, 0..30, 1).await;
        remember(&server, 0..2, 200).await;
        server.admin().await;
        assert_eq!(rows(&server, KNOWN).await, 20);
        server.wait(Duration::from_hours(24 * 181));
        server.admin().await;
        assert_eq!(rows(&server, KNOWN).await, 1);
    }

    async fn a_password_change_ends_known_browsers_but_the_one_it_is_made_in(server: Server) {
        let (here, there) = (server.admin().await, server.admin().await);
        assert_eq!(rows(&server, KNOWN).await, 2);
        let fields = [("current", PASSWORD), ("password", "alt-cal-alta-baterie-nou")];
        assert_eq!(here.post("/account", &fields).await.status, 303);
        assert_eq!(rows(&server, KNOWN).await, 1);
        for _ in 0..6 {
            log_in(&there, ADMIN_EMAIL, "wrong").await;
        }
        assert_eq!(log_in(&there, ADMIN_EMAIL, "alt-cal-alta-baterie-nou").await, 429, "no longer known");
        assert_eq!(log_in(&here, ADMIN_EMAIL, "alt-cal-alta-baterie-nou").await, 303);
    }
}
