//! What every request meets, whoever sends it.

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::Request;
use axum::routing::get;
use oxi_server::http::layers::headers::CONTENT_SECURITY;
use oxi_server::router;
use reqwest::Method;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tower::ServiceExt as _;

use crate::support::{ADMIN_EMAIL, PASSWORD, Server};

behaviours! {
    async fn every_answer_carries_the_protective_headers(server: Server) {
        let browser = server.browser();
        let answers = [
            browser.get("/").await,
            browser.get("/health").await,
            browser.get("/nowhere").await,
            browser.get("/assets/nothing.js").await,
            browser.get("/logout").await,
            browser.get("/account").await,
            browser.post_bare("/login", &[]).await,
            browser.get_json("/nowhere").await,
        ];
        let statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
        assert_eq!(statuses, [200, 200, 404, 404, 405, 303, 403, 404]);
        for answer in answers {
            assert_eq!(answer.header("content-security-policy"), CONTENT_SECURITY);
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("referrer-policy"), "same-origin");
            assert_eq!(answer.header("x-frame-options"), "DENY");
            assert_eq!(answer.header("cache-control"), "no-store");
            assert_eq!(answer.header("strict-transport-security"), "");
            assert_eq!(answer.header("cross-origin-opener-policy"), "", "browsers complain of it over http");
            assert_eq!(answer.header("x-request-id").len(), 36);
        }
    }

    async fn browsers_are_told_to_stay_on_https_where_cookies_are_secure(server: Server) {
        let server = Server::start_with(server.backend, &[("COOKIE_SECURE", "true")]).await;
        let answer = server.browser().get("/nowhere").await;
        assert_eq!(answer.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
    }

    async fn an_unknown_page_says_so_in_the_readers_language(server: Server) {
        let browser = server.browser();
        assert!(browser.get("/nowhere").await.text().contains("Pagina nu există"));
        let english = browser.request(Method::GET, "/nowhere").header("accept-language", "en-GB,en;q=0.9");
        let page = browser.send(english).await.text();
        assert!(page.contains("The page does not exist") && page.contains("<html lang=\"en\">"));
    }

    async fn programs_get_failures_as_json_with_a_code_and_a_reference(server: Server) {
        let answer = server.browser().get_json("/nowhere").await;
        let error = &answer.json()["error"];
        assert_eq!((answer.status, &error["code"]), (404, &"not-found".into()));
        assert_eq!(error["request_id"], answer.header("x-request-id"));
        assert_eq!(error["message"], "Pagina nu există sau nu aveți acces la ea.");
    }

    async fn the_language_chosen_by_hand_wins_and_is_remembered_in_the_account(server: Server) {
        let browser = server.admin().await;
        let answer = browser.post("/language", &[("lang", "en"), ("next", "/account")]).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/account".to_owned()));
        assert!(browser.get("/account").await.text().contains("Change your password"));
        let other = server.admin().await;
        assert!(other.get("/account").await.text().contains("Change your password"));
    }

    async fn a_form_without_its_token_is_refused(server: Server) {
        let browser = server.admin().await;
        assert_eq!(browser.post_bare("/logout", &[]).await.status, 403);
        assert_eq!(browser.post_bare("/logout", &[("csrf", "AAAA")]).await.status, 403);
        assert_eq!(browser.get("/account").await.status, 200);
    }

    async fn a_token_of_another_browser_or_session_is_refused(server: Server) {
        let browser = server.browser();
        let before = browser.form_token().await;
        browser.sign_in(ADMIN_EMAIL, PASSWORD).await;
        let foreign = server.admin().await.form_token().await;
        for token in [before, foreign] {
            assert_eq!(browser.post_bare("/logout", &[("csrf", &token)]).await.status, 403);
        }
    }

    async fn a_request_from_another_sites_page_is_refused_even_with_the_token(server: Server) {
        let browser = server.admin().await;
        let token = browser.form_token().await;
        for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
            let request = browser.request(Method::POST, "/logout").form(&[("csrf", &token)]).header(name, value);
            assert_eq!(browser.send(request).await.status, 403, "{name}");
        }
        assert_eq!(browser.get("/account").await.status, 200);
    }

    async fn forms_work_on_every_name_that_leads_here_and_on_no_other(server: Server) {
        let cases = [
            ("oxi.lan:8080", "http://oxi.lan:8080", 303),
            ("oxi.lan", "https://oxi.lan", 303), // a proxy that ends TLS and hands the name on
            ("oxi.lan:8080", "null", 403),
            ("oxi.lan:8080", "http://evil.lan:8080", 403),
            ("oxi.lan:8080", "http://oxi.lan:8081", 403),
        ];
        for (host, origin, status) in cases {
            assert_eq!(language_form(&server, host, origin).await, status, "{origin} on {host}");
        }
    }

    async fn behind_a_proxy_with_a_name_of_its_own_forms_come_from_the_public_address(server: Server) {
        for address in ["https://oxi.example.ro", "HTTPS://Oxi.Example.RO:443/"] {
            let server = Server::start_with(server.backend, &[("APP_URL", address), ("COOKIE_SECURE", "false")]).await;
            let form = |origin| language_form(&server, "10.0.0.7:8080", origin);
            assert_eq!(form("https://oxi.example.ro").await, 303, "{address}");
            assert_eq!(form("https://oxi.example.ro:8443").await, 403, "{address}");
            assert_eq!(form("http://oxi.example.ro").await, 403, "{address}");
        }
    }

    async fn a_browser_that_sent_no_cookie_is_told_the_address_where_it_would(server: Server) {
        let server = Server::start_with(server.backend, &[("APP_URL", "https://oxi.example.ro")]).await;
        let answer = server.browser().post_bare("/login", &[("csrf", "x"), ("email", "a@b.ro"), ("password", "y")]).await;
        assert_eq!(answer.status, 403);
        assert!(answer.text().contains("cookie") && answer.text().contains("https://oxi.example.ro"), "{}", answer.text());
    }

    async fn a_form_that_is_too_long_is_refused_with_a_sentence(server: Server) {
        let browser = server.browser();
        let long = "x".repeat(70_000);
        let answer = browser.post("/login", &[("email", &long), ("password", "y")]).await;
        assert_eq!(answer.status, 413);
        assert!(answer.text().contains("prea mare"), "{}", answer.text());
    }

    async fn a_form_that_hides_its_length_is_cut_at_the_limit(server: Server) {
        let browser = server.browser();
        let parts = (0..10).map(|_| Ok::<_, std::io::Error>("x".repeat(10_000)));
        let body = reqwest::Body::wrap_stream(futures_util::stream::iter(parts));
        let request = browser.request(Method::POST, "/login").header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(browser.send(request.body(body)).await.status, 413);
    }

    async fn a_header_that_does_not_end_is_cut_off(server: Server) {
        let mut stream = connect(&server).await;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ").await.unwrap();
        let begun = Instant::now();
        let mut rest = Vec::new();
        _ = stream.read_to_end(&mut rest).await;
        let waited = begun.elapsed();
        assert!(waited > Duration::from_millis(500) && waited < Duration::from_secs(8), "{waited:?}");
    }

    async fn a_connection_that_says_nothing_is_cut_off(server: Server) {
        let mut stream = connect(&server).await;
        let begun = Instant::now();
        let mut rest = Vec::new();
        _ = stream.read_to_end(&mut rest).await;
        assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    }

    async fn a_body_that_does_not_come_is_given_up_after_half_a_minute(server: Server) {
        let router = router::router(&server.app);
        let begun = tokio::time::Instant::now();
        tokio::time::pause();
        let body = Body::from_stream(futures_util::stream::pending::<Result<Bytes, std::io::Error>>());
        let request = Request::post("/login").header("content-type", "application/x-www-form-urlencoded");
        let answer = router.oneshot(request.body(body).unwrap()).await.unwrap();
        assert!((400..500).contains(&answer.status().as_u16()), "{}", answer.status());
        assert!(begun.elapsed() <= Duration::from_secs(31), "{:?}", begun.elapsed());
    }

    async fn a_handler_that_panics_answers_with_an_error_page_and_harms_nobody(server: Server) {
        let broken: Router<_> = Router::new().route("/broken", get(async || -> &'static str { panic!("on purpose") }));
        let router = router::layered(&server.app, broken);
        let answer = router.clone().oneshot(Request::get("/broken").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), 500);
        assert!(answer.headers().contains_key("content-security-policy"));
        let body = axum::body::to_bytes(answer.into_body(), 100_000).await.unwrap();
        let page = String::from_utf8_lossy(&body);
        assert!(page.contains("eroare a platformei") && !page.contains("on purpose"), "{page}");
    }

    async fn pages_name_nothing_of_other_sites_and_no_inline_code(server: Server) {
        let admin = server.admin().await;
        for path in ["/", "/login", "/set-password", "/account", "/admin/users", "/recordings", "/pacient", "/viewer"] {
            let page = admin.get(path).await.text();
            assert!(!page.contains("=\"http") || path == "/admin/users", "{path} names another site");
            assert!(!page.contains("style=\"") && !page.contains("<style") && !page.contains(" onclick"), "{path}");
            let inline = page.split("<script").skip(1).filter(|tag| !tag.contains("src=\"") && !tag.contains("application/json"));
            assert_eq!(inline.count(), 0, "{path}");
        }
    }
}

/// The status of a form that a page of `origin` sends to the platform's name `host`.
async fn language_form(server: &Server, host: &str, origin: &str) -> u16 {
    let browser = server.browser();
    let token = browser.form_token().await;
    let request = browser.request(Method::POST, "/language").header("host", host).header("origin", origin);
    browser.send(request.form(&[("csrf", token.as_str()), ("lang", "en"), ("next", "/")])).await.status
}

async fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(server.url.trim_start_matches("http://")).await.unwrap()
}
