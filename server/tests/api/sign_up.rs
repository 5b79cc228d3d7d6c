//! Asking for an account: off unless the operator wants it, decided by an administrator, silent about who has one.

use crate::support::client::Client;
use crate::support::{ADMIN_EMAIL, Backend, PASSWORD, Server};

const NEW: &str = "nou@clinica.ro";
const CHOSEN: &str = "vapor-lalea-tunel-sertar";

async fn open(backend: Backend) -> Server {
    Server::start_with(backend, &[("ALLOW_PUBLIC_SIGNUP", "true")]).await
}

async fn ask(server: &Server, email: &str) -> (u16, String) {
    let fields = [("name", "Dr. Nou"), ("email", email), ("password", CHOSEN)];
    let answer = server.browser().post("/signup", &fields).await;
    let is_told = |line: &&str| line.contains("message");
    (answer.status, answer.text().lines().filter(is_told).collect::<Vec<_>>().join("\n"))
}

async fn decide(admin: &Client, reply: &str) -> u16 {
    let id = admin.get("/admin/users").await.between("name=\"sign_up\" value=\"", "\"");
    admin.post("/admin/users/sign-ups", &[("sign_up", &id), ("reply", reply)]).await.status
}

async fn sign_in(server: &Server, email: &str) -> u16 {
    server.browser().post("/login", &[("email", email), ("password", CHOSEN)]).await.status
}

behaviours! {
    async fn accounts_cannot_be_asked_for_unless_the_operator_allows_it(server: Server) {
        let browser = server.browser();
        let page = browser.get("/signup").await;
        assert_eq!((page.status, page.text().contains("nu se pot cere conturi")), (404, true), "{}", page.text());
        assert_eq!(ask(&server, NEW).await.0, 404);
        assert!(!browser.get("/login").await.text().contains("/signup"));
    }

    async fn an_administrator_decides_who_gets_an_account(server: Server) {
        let server = open(server.backend).await;
        assert!(server.browser().get("/login").await.text().contains("/signup"));
        assert_eq!(ask(&server, NEW).await.0, 200);
        assert_eq!(sign_in(&server, NEW).await, 401, "nobody has approved yet");
        let admin = server.admin().await;
        assert_eq!(decide(&admin, "decline").await, 303);
        assert_eq!((sign_in(&server, NEW).await, admin.get("/admin/users").await.text().contains(NEW)), (401, false));
        ask(&server, NEW).await;
        assert_eq!(decide(&admin, "approve").await, 303);
        let doctor = server.browser();
        doctor.sign_in(NEW, CHOSEN).await;
        assert_eq!((doctor.get("/clinic").await.status, doctor.get("/admin/users").await.status), (200, 404));
    }

    async fn whoever_asks_does_not_learn_who_has_an_account_and_takes_none_over(server: Server) {
        let server = open(server.backend).await;
        let mut answers = Vec::new();
        for email in [NEW, NEW, ADMIN_EMAIL] {
            answers.push(ask(&server, email).await);
            server.wait(std::time::Duration::from_secs(1));
        }
        assert!(answers.iter().all(|answer| answer.0 == 200 && answer.1.contains("a fost trimisă")), "{answers:?}");
        assert!(answers.windows(2).all(|two| two[0] == two[1]), "{answers:?}");
        let admin = server.admin().await;
        assert_eq!(decide(&admin, "approve").await, 303);
        assert_eq!(decide(&admin, "approve").await, 422, "the address has an account");
        server.browser().sign_in(ADMIN_EMAIL, PASSWORD).await;
        assert_eq!(sign_in(&server, ADMIN_EMAIL).await, 401);
    }

    async fn what_was_typed_stays_in_the_form(server: Server) {
        let server = open(server.backend).await;
        let fields = [("name", "Dr. Nou"), ("email", NEW), ("password", "scurt")];
        let refused = server.browser().post("/signup", &fields).await;
        let text = refused.text();
        assert!(refused.status == 422 && text.contains("cel puțin 12 caractere") && text.contains(NEW), "{text}");
        assert!(!text.contains("scurt"));
    }
}
