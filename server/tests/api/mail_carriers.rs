//! Each mail arrives exactly once or stands as failed with its reason, whatever its carrier does.

use std::time::Duration;

use oxi_server::platform::jobs::{LEASE, MOST_ATTEMPTS};
use oxi_server::serve;

use crate::support::brevo::{Brevo, KEY, Mood};
use crate::support::client::Client;
use crate::support::mail_server::{Answers, MailServer};
use crate::support::mails::APP_URL;
use crate::support::{ADMIN_EMAIL, Backend, PASSWORD, Server};

/// A platform whose mails go to the stub, with the browser of its administrator.
async fn with_brevo(backend: Backend, brevo: &Brevo, key: &str) -> (Server, Client) {
    let variables = [
        ("MAIL_FOLDER", ""),
        ("BREVO_API_KEY", key),
        ("BREVO_API_URL", &brevo.url),
        ("BREVO_SENDER_EMAIL", "no-reply@clinica.ro"),
        ("BREVO_SENDER_NAME", "Clinica Somn"),
        ("MAIL_TIMEOUT_SECS", "1"),
    ];
    let server = Server::start_with_carrier(backend, &variables).await;
    let admin = server.admin().await;
    (server, admin)
}

async fn ask_for_test(admin: &Client) {
    assert_eq!(admin.post("/admin/mail/test", &[]).await.header("location"), "/admin/mail?asked");
}

async fn page(admin: &Client) -> String {
    admin.get("/admin/mail").await.text()
}

behaviours! {
    async fn a_mail_reaches_brevo_whole_and_is_seen_as_sent(server: Server) {
        let brevo = Brevo::start(Mood::Accepts).await;
        let (server, admin) = with_brevo(server.backend, &brevo, KEY).await;
        ask_for_test(&admin).await;
        assert!(page(&admin).await.contains("Mesaj de probă") && brevo.requests() == 0);
        assert_eq!(server.work_off().await, 9);
        let [mail] = &brevo.mailbox()[..] else { panic!("one mail") };
        assert_eq!(mail["sender"]["email"], "no-reply@clinica.ro");
        assert_eq!((&mail["sender"]["name"], &mail["to"][0]["email"]), (&"Clinica Somn".into(), &ADMIN_EMAIL.into()));
        assert!(mail["textContent"].as_str().unwrap().contains(APP_URL) && mail["htmlContent"].as_str().unwrap().contains("<h1"), "{mail}");
        let id = mail["headers"]["idempotencyKey"].as_str().unwrap();
        assert_eq!(mail["headers"]["Message-ID"], format!("<{id}@oxi.example.ro>"));
        let page = page(&admin).await;
        assert!(page.contains("Niciun mesaj nu așteaptă") && page.contains("<dd>1</dd>") && page.contains("Brevo"), "{page}");
        server.wait(Duration::from_hours(24));
        server.work_off().await;
        assert_eq!(brevo.requests(), 1);
    }

    async fn a_refused_key_fails_at_once_with_its_reason_and_is_tried_again_when_asked(server: Server) {
        let brevo = Brevo::start(Mood::Refuses(401)).await;
        let (server, admin) = with_brevo(server.backend, &brevo, KEY).await;
        ask_for_test(&admin).await;
        server.work_off().await;
        server.wait(Duration::from_hours(24));
        server.work_off().await;
        admin.sign_in(ADMIN_EMAIL, PASSWORD).await;
        let seen = page(&admin).await;
        assert_eq!(brevo.requests(), 1, "nothing is tried again by itself");
        assert!(seen.contains("refuză cheia") && seen.contains("unrecognised IP address 203.0.113.7") && seen.contains("nereușit<"), "{seen}");
        assert!(admin.get("/admin/jobs").await.text().contains("Trimiterea unui e-mail"));
        brevo.change_mood(Mood::Accepts);
        assert_eq!(admin.post("/admin/mail/retry", &[]).await.header("location"), "/admin/mail");
        server.work_off().await;
        assert_eq!((brevo.mailbox().len(), page(&admin).await.contains("Niciun mesaj nu așteaptă")), (1, true));
    }

    async fn a_wrong_key_is_told_from_a_right_one(server: Server) {
        let brevo = Brevo::start(Mood::Accepts).await;
        let (server, admin) = with_brevo(server.backend, &brevo, "another").await;
        ask_for_test(&admin).await;
        server.work_off().await;
        assert!(page(&admin).await.contains("401 unauthorized Key not found"));
    }

    async fn what_may_pass_is_tried_again_until_the_mail_arrives_once(server: Server) {
        let brevo = Brevo::start(Mood::Accepts).await;
        let (server, admin) = with_brevo(server.backend, &brevo, KEY).await;
        let passing = [
            (Mood::Refuses(429), "nu primește acum mai multe"),
            (Mood::Refuses(503), "o defecțiune proprie"),
            (Mood::Refuses(402), "nu mai are mesaje"),
            (Mood::Hangs, "nu răspunde"),
            (Mood::Dies, "nu răspunde"),
            (Mood::AcceptsAndDies, "nu răspunde"),
            (Mood::AcceptsAndHangs, "nu răspunde"),
        ];
        for (arrived, (mood, reason)) in passing.into_iter().enumerate() {
            brevo.change_mood(mood);
            ask_for_test(&admin).await;
            server.work_off().await;
            let seen = page(&admin).await;
            assert!(seen.contains(reason) && seen.contains("se încearcă din nou"), "{mood:?}: {seen}");
            brevo.change_mood(Mood::Accepts);
            server.wait(Duration::from_secs(30));
            server.work_off().await;
            assert_eq!(brevo.mailbox().len(), arrived + 1, "{mood:?}");
            assert!(page(&admin).await.contains("Niciun mesaj nu așteaptă"), "{mood:?}");
        }
    }

    async fn what_never_passes_stands_as_failed_after_the_last_attempt(server: Server) {
        let brevo = Brevo::start(Mood::Refuses(500)).await;
        let (server, admin) = with_brevo(server.backend, &brevo, KEY).await;
        ask_for_test(&admin).await;
        for _ in 0..12 {
            server.work_off().await;
            server.wait(Duration::from_hours(1));
        }
        assert_eq!(brevo.requests() as i64, MOST_ATTEMPTS);
        admin.sign_in(ADMIN_EMAIL, PASSWORD).await;
        let seen = page(&admin).await;
        assert!(seen.contains("nereușit<") && seen.contains("(8 încercări)") && seen.contains("500 refused as it was told to"), "{seen}");
    }

    async fn two_replicas_send_each_mail_once(server: Server) {
        let brevo = Brevo::start(Mood::AcceptsSlowly).await;
        let (server, admin) = with_brevo(server.backend, &brevo, KEY).await;
        for _ in 0..12 {
            ask_for_test(&admin).await;
        }
        let work = |app| tokio::spawn(async move { serve::worker(&app).work_off().await.unwrap() });
        let (one, other) = (work(server.app.clone()), work(server.app.clone()));
        let sum = one.await.unwrap() + other.await.unwrap();
        assert_eq!((brevo.mailbox().len(), brevo.requests(), sum), (12, 12, 12 + 8));
    }

    async fn a_worker_that_dies_after_handing_over_does_not_make_the_mail_arrive_twice(server: Server) {
        let brevo = Brevo::start(Mood::AcceptsAndHangs).await;
        let (server, admin) = with_brevo(server.backend, &brevo, KEY).await;
        ask_for_test(&admin).await;
        let app = server.app.clone();
        let dying = tokio::spawn(async move { serve::worker(&app).work_off().await });
        while brevo.mailbox().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        dying.abort();
        assert!(dying.await.unwrap_err().is_cancelled());
        brevo.change_mood(Mood::Accepts);
        server.wait(LEASE + Duration::from_secs(1));
        server.work_off().await;
        assert_eq!((brevo.mailbox().len(), brevo.requests()), (1, 2));
        assert!(page(&admin).await.contains("Niciun mesaj nu așteaptă"));
    }

    async fn a_mail_server_gets_each_mail_once_and_its_refusals_are_told_apart(server: Server) {
        let mails = MailServer::start().await;
        let sender = ("SENDER_EMAIL", "no-reply@clinica.ro");
        let variables = [("MAIL_FOLDER", ""), ("SMTP_URL", &mails.url), sender, ("MAIL_TIMEOUT_SECS", "1")];
        let server = Server::start_with_carrier(server.backend, &variables).await;
        let admin = server.admin().await;
        let passing = [(Answers::Recipient(451), "o defecțiune proprie"), (Answers::Nothing, "nu răspunde")];
        let final_ones = [(Answers::Recipient(550), "refuză acest mesaj"), (Answers::Password(535), "refuză cheia")];
        for (arrived, (answers, reason)) in passing.into_iter().chain(final_ones).enumerate() {
            mails.answer(answers);
            ask_for_test(&admin).await;
            server.work_off().await;
            let seen = page(&admin).await;
            assert!(seen.contains(reason), "{answers:?}: {seen}");
            let tried = mails.connections();
            mails.answer(Answers::Accepts);
            server.wait(Duration::from_secs(30));
            server.work_off().await;
            if seen.contains("nereușit<") {
                assert_eq!((mails.connections(), arrived > 1), (tried, true), "{answers:?}");
                admin.post("/admin/mail/retry", &[]).await;
                server.work_off().await;
            }
            assert_eq!(mails.mailbox().len(), arrived + 1, "{answers:?}");
        }
        let mail = &mails.mailbox()[0];
        assert_eq!((mail.to.as_str(), mail.subject.as_str()), (ADMIN_EMAIL, "Mesaj de probă"));
        assert!(mail.id.ends_with("@oxi.example.ro") && mail.text.contains("ajung la dumneavoastră"), "{mail:?}");
    }

    async fn only_administrators_see_mails_and_without_a_carrier_they_are_told(server: Server) {
        let admin = server.admin().await;
        assert!(page(&admin).await.contains("nu este stabilit niciun serviciu de e-mail"));
        assert_eq!(admin.post("/admin/mail/test", &[]).await.status, 303);
        assert!(page(&admin).await.contains("Niciun mesaj nu așteaptă"));
        let doctor = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        assert_eq!(doctor.get("/admin/mail").await.status, 404);
    }
}
