//! Mails on both databases: what owners are told, and that it arrives once.

use std::time::Duration;

use sqlx::Row as _;

use crate::support::brevo::{Brevo, KEY, Mood};
use crate::support::client::Client;
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

    async fn a_lost_password_is_replaced_by_a_link_that_works_once(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        let doctor = server.doctor(EMAIL).await;
        let lost = server.browser();
        assert!(ask(&lost, EMAIL).await.contains("un mesaj cu un link este pe drum"));
        let [mail] = &server.mails_to(EMAIL).await[..] else { panic!("one mail") };
        assert_eq!((mail.subject.as_str(), &mail.path()[..14]), ("Parolă nouă", "/set-password#"));
        assert!(!outbox(&server).await.contains(&mail.code()), "no secret is kept");
        assert_eq!(doctor.get("/account").await.status, 200, "nothing has ended yet");
        let chosen = [("code", mail.code()), ("password", NEW_PASSWORD.to_owned())];
        let chosen = chosen.each_ref().map(|(name, value)| (*name, value.as_str()));
        server.wait(Duration::from_secs(1));
        assert_eq!(lost.post("/set-password", &chosen).await.status, 303);
        assert_eq!((lost.get("/account").await.status, doctor.get("/account").await.status), (200, 303));
        assert_eq!(server.browser().post("/set-password", &chosen).await.status, 422, "it works once");
        let mails = server.mails_to(EMAIL).await;
        assert_eq!(mails.last().unwrap().subject, "Parola dumneavoastră a fost schimbată");
    }

    async fn a_mailed_link_works_for_an_hour(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        server.doctor(EMAIL).await;
        ask(&server.browser(), EMAIL).await;
        let [mail] = &server.mails_to(EMAIL).await[..] else { panic!("one mail") };
        server.wait(Duration::from_mins(61));
        let late = [("code", mail.code()), ("password", NEW_PASSWORD.to_owned())];
        let late = late.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(server.browser().post("/set-password", &late).await.status, 422);
    }

    async fn an_unknown_address_is_answered_alike_and_gets_no_mail(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        server.doctor(EMAIL).await;
        let (known, unknown) = (ask(&server.browser(), EMAIL).await, ask(&server.browser(), "nobody@clinica.ro").await);
        let alike = |page: &str| {
            let main = page.split("<main").nth(1).unwrap();
            main.split("data-number").next().unwrap().to_owned()
        };
        assert_eq!(alike(&known), alike(&unknown));
        assert_eq!(waiting(&server).await, 2, "both leave the same behind");
        assert_eq!((server.mails_to(EMAIL).await.len(), server.mails_to("nobody@clinica.ro").await.len()), (1, 0));
        assert_eq!(waiting(&server).await, 0);
    }

    async fn nobody_fills_the_mailbox_of_another(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        server.doctor(EMAIL).await;
        for _ in 0..5 {
            ask(&server.browser(), EMAIL).await;
            server.work_off().await;
            server.wait(Duration::from_secs(1));
        }
        let mails = server.mails_to(EMAIL).await;
        assert_eq!(mails.len(), 3);
        server.wait(Duration::from_hours(1));
        ask(&server.browser(), EMAIL).await;
        assert_eq!(server.mails_to(EMAIL).await.len(), 4);
    }

    async fn whoever_signs_in_meanwhile_needs_no_link(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        let doctor = server.doctor(EMAIL).await;
        ask(&server.browser(), EMAIL).await;
        doctor.sign_in(EMAIL, PASSWORD).await;
        assert_eq!(server.mails_to(EMAIL).await.len(), 0);
    }

    async fn whoever_changes_an_address_does_not_get_into_the_account_by_it(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        let admin = server.admin().await;
        let (_, colleague) = invited(&server, &admin, "dan@clinica.ro").await;
        let id = crate::clinics::account_of(&server, "dan@clinica.ro").await;
        server.wait(Duration::from_secs(1));
        admin.post("/account/confirm", &[("password", PASSWORD)]).await;
        let changed = [("name", "Dr. Dan"), ("email", "mine@elsewhere.ro")];
        let answer = admin.post(&format!("/clinic/people/{id}"), &changed).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        ask(&server.browser(), "mine@elsewhere.ro").await;
        assert_eq!(server.mails_to("mine@elsewhere.ro").await.len(), 0);
        server.wait(Duration::from_secs(1));
        colleague.sign_in("mine@elsewhere.ro", PASSWORD).await;
        ask(&server.browser(), "mine@elsewhere.ro").await;
        let mails = server.mails_to("mine@elsewhere.ro").await;
        assert!(mails.iter().any(|mail| mail.subject == "Parolă nouă"), "{mails:?}");
    }

    async fn somebody_without_an_account_is_invited_by_mail_and_makes_one(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        let admin = server.admin().await;
        let (code, colleague) = invited(&server, &admin, "dan@clinica.ro").await;
        assert!(admin.get("/clinic/people").await.text().contains("dan@clinica.ro"));
        assert_eq!(colleague.get("/recordings").await.status, 200);
        assert!(!outbox(&server).await.contains(&code), "no secret is kept");
        let again = [("code", code.as_str()), ("password", PASSWORD)];
        assert_eq!(server.browser().post("/invitation", &again).await.status, 422, "it works once");
    }

    async fn somebody_with_an_account_is_invited_into_it(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        let admin = server.admin().await;
        let doctor = server.doctor_made_by(&admin, EMAIL).await;
        doctor.post("/language", &[("lang", "en"), ("next", "/account")]).await;
        invite(&admin, EMAIL).await;
        let [mail] = &server.mails_to(EMAIL).await[..] else { panic!("one mail") };
        assert_eq!((mail.subject.as_str(), mail.path().as_str()), ("Invitation to work in a clinic", "/account/invitations"));
        assert!(doctor.get("/account/invitations").await.text().contains("Accept"));
    }

    async fn an_invitation_that_was_taken_back_or_renewed_sends_no_mail(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        let admin = server.admin().await;
        invite(&admin, "dan@clinica.ro").await;
        invite(&admin, "dan@clinica.ro").await;
        let [mail] = &server.mails_to("dan@clinica.ro").await[..] else { panic!("one mail") };
        invite(&admin, "dan@clinica.ro").await;
        let earlier = [("code", mail.code()), ("password", PASSWORD.to_owned())];
        let earlier = earlier.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(server.browser().post("/invitation", &earlier).await.status, 422, "the one before no longer works");
        let id = admin.get("/clinic/people").await.between("name=\"invitation\" value=\"", "\"");
        assert_eq!(admin.post("/clinic/people/withdraw", &[("invitation", &id)]).await.status, 303);
        assert_eq!((server.mails_to("dan@clinica.ro").await.len(), waiting(&server).await), (1, 0));
    }

    async fn every_secret_of_one_mail_works_until_one_is_used(server: Server) {
        let brevo = Brevo::start(Mood::AcceptsAndDies).await;
        let carrier = [("MAIL_FOLDER", ""), ("BREVO_API_KEY", KEY), ("BREVO_API_URL", &brevo.url), ("SENDER_EMAIL", "a@b.ro")];
        let server = Server::start_with_carrier(server.backend, &carrier).await;
        let admin = server.admin().await;
        server.doctor_made_by(&admin, EMAIL).await;
        ask(&server.browser(), EMAIL).await;
        invite(&admin, "dan@clinica.ro").await;
        for _ in 0..2 {
            server.work_off().await;
            server.wait(Duration::from_mins(1));
        }
        brevo.change_mood(Mood::Accepts);
        server.work_off().await;
        let mailbox = brevo.mailbox();
        assert_eq!((mailbox.len(), brevo.requests()), (2, 6), "both were accepted at once and asked for twice more");
        for page in ["/set-password", "/invitation"] {
            let link = format!("{APP_URL}{page}#");
            let code = mailbox.iter().find_map(|mail| mail["textContent"].as_str().unwrap().split_once(&link)).unwrap().1;
            let fields = [("code", code.split_whitespace().next().unwrap()), ("password", NEW_PASSWORD)];
            assert_eq!(server.browser().post(page, &fields).await.status, 303, "{page}");
        }
        let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM one_time_links").fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!(left, 0, "the others ended with it");
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

/// All that the outbox holds.
async fn outbox(server: &Server) -> String {
    let query = sqlx::query(
        "SELECT id, template, subject, detail, COALESCE(last_error, '') AS last_error FROM outbox",
    );
    let rows = query.fetch_all(server.app.db.read()).await.unwrap();
    let columns = ["id", "template", "subject", "detail", "last_error"];
    rows.iter().flat_map(|row| columns.map(|column| row.get::<String, _>(column))).collect()
}

/// Asks for a new password: the page that follows.
async fn ask(browser: &Client, email: &str) -> String {
    assert_eq!(browser.post("/forgot-password", &[("email", email)]).await.status, 303);
    browser.get("/forgot-password").await.text()
}

/// Invites somebody, who is shown no link to hand over.
async fn invite(admin: &Client, email: &str) {
    let answer = admin.post("/clinic/people", &[("email", email), ("name", "Dr. Dan Păun")]).await;
    assert!(answer.status == 200 && answer.text().contains("Invitația este pe drum"), "{}", answer.text());
    assert!(!answer.text().contains("/invitation#"));
}

/// Somebody without an account who is invited and makes one: the secret, and the browser.
async fn invited(server: &Server, admin: &Client, email: &str) -> (String, Client) {
    invite(admin, email).await;
    let mail = server.mails_to(email).await.pop().unwrap();
    assert!(mail.path().starts_with("/invitation#") && mail.text.contains("Clinica „"), "{}", mail.text);
    let browser = server.browser();
    let fields = [("code", mail.code()), ("password", PASSWORD.to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let joined = browser.post("/invitation", &fields).await;
    assert_eq!(joined.status, 303, "{}", joined.text());
    (mail.code(), browser)
}
