//! Mails on both databases: what owners are told, and that it arrives once.

use std::time::Duration;

use crate::support::mails::APP_URL;
use crate::support::{PASSWORD, Server};

const EMAIL: &str = "ana@clinica.ro";
const NEW_PASSWORD: &str = "alt-cal-alta-baterie-nou";

behaviours! {
    async fn without_a_carrier_nothing_waits_to_be_sent(server: Server) {
        let doctor = server.doctor(EMAIL).await;
        let change = [("current", PASSWORD), ("password", NEW_PASSWORD)];
        assert_eq!(doctor.post("/account", &change).await.status, 303);
        assert_eq!(waiting(&server).await, 0);
    }

    async fn the_owner_is_told_of_a_new_password_and_a_new_browser_once(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        let doctor = server.doctor(EMAIL).await;
        assert_eq!(server.mails_to(EMAIL).await.len(), 0, "the first password of an account is no news");
        let change = [("current", PASSWORD), ("password", NEW_PASSWORD)];
        assert_eq!(doctor.post("/account", &change).await.status, 303);
        server.wait(Duration::from_secs(1));
        let elsewhere = server.browser();
        let windows = [("email", EMAIL), ("password", NEW_PASSWORD), ("csrf", &elsewhere.form_token().await)];
        let request = elsewhere.request(reqwest::Method::POST, "/login").form(&windows);
        let request = request.header("user-agent", "Mozilla/5.0 (Windows NT 10.0) Firefox/145.0");
        assert_eq!(elsewhere.send(request).await.status, 303);
        let [changed, device] = &server.mails_to(EMAIL).await[..] else { panic!("two mails") };
        assert_eq!(changed.subject, "Parola dumneavoastră a fost schimbată");
        assert!(changed.text.contains("21.01.2026 12:53 UTC") && changed.text.starts_with("Bună ziua, Dr. Ana Știrbu,"), "{}", changed.text);
        assert!(device.text.contains("Firefox pe Windows") && device.html.contains("Firefox pe Windows"), "{}", device.text);
        assert_eq!(device.path(), "/account");
        assert!(device.id.ends_with("@oxi.example.ro") && device.id != changed.id, "{}", device.id);
        assert!(changed.text.contains(&format!("la {APP_URL}.")), "{}", changed.text);
        server.wait(Duration::from_hours(1));
        assert_eq!((server.mails_to(EMAIL).await.len(), waiting(&server).await), (2, 0));
    }

    async fn who_has_chosen_a_language_is_written_to_in_it(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        let doctor = server.doctor(EMAIL).await;
        assert_eq!(doctor.post("/language", &[("lang", "en"), ("next", "/account")]).await.status, 303);
        let change = [("current", PASSWORD), ("password", NEW_PASSWORD)];
        assert_eq!(doctor.post("/account", &change).await.status, 303);
        let [mail] = &server.mails_to(EMAIL).await[..] else { panic!("one mail") };
        assert_eq!(mail.subject, "Your password was changed");
        assert!(mail.html.contains("<html lang=\"en\">") && mail.text.starts_with("Hello Dr. Ana Știrbu,"), "{mail:?}");
    }

    async fn an_account_that_is_disabled_meanwhile_gets_no_mail(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        let doctor = server.doctor(EMAIL).await;
        let change = [("current", PASSWORD), ("password", NEW_PASSWORD)];
        assert_eq!(doctor.post("/account", &change).await.status, 303);
        assert_eq!(waiting(&server).await, 1);
        server.change(sqlx::query("UPDATE accounts SET is_enabled = 0 WHERE email = $1").bind(EMAIL)).await;
        assert_eq!((server.mails_to(EMAIL).await.len(), waiting(&server).await), (0, 0));
    }
}

/// Mails that have not been sent.
async fn waiting(server: &Server) -> i64 {
    let query = sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL");
    query.fetch_one(server.app.db.read()).await.unwrap()
}
