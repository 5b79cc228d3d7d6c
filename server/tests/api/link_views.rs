//! Who opened a link: when and on what kind of device, and never a doctor of the clinic.

use crate::clinics::{account_of, colleague};
use crate::links::{Shared, share};
use crate::patients::Link;
use crate::support::client::Client;
use crate::support::{PASSWORD, Server};

const PHONE: &str =
    "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 Chrome/143.0.0.0 Mobile Safari/537.36";

/// Opens a link as a telephone would.
async fn open(browser: &Client, link: &Link) {
    let token = browser.form_token().await;
    let request = browser.request(axum::http::Method::POST, &format!("{}/open", link.path));
    let form = [("secret", link.secret.as_str()), ("csrf", token.as_str())];
    assert_eq!(browser.send(request.header("user-agent", PHONE).form(&form)).await.status, 303);
}

async fn views(server: &Server) -> (i64, Vec<String>) {
    let count = sqlx::query_scalar("SELECT SUM(views) FROM patient_links").fetch_one(server.app.db.read());
    let devices = sqlx::query_scalar("SELECT device FROM patient_views").fetch_all(server.app.db.read());
    // SUM is a decimal number on PostgreSQL.
    let count: i64 = match count.await {
        Ok(count) => count,
        Err(_) => sqlx::query_scalar("SELECT views FROM patient_links")
            .fetch_one(server.app.db.read())
            .await
            .unwrap(),
    };
    (count, devices.await.unwrap())
}

behaviours! {
    async fn a_view_is_a_time_and_a_kind_of_device(server: Server) {
        let Shared { doctor, link, .. } = share(&server).await;
        open(&server.browser().at_network("203.0.113.7"), &link).await;
        assert_eq!(views(&server).await, (1, vec!["phone/Chrome".to_owned()]));
        let page = doctor.get(&format!("/links/{}", link.id())).await.text();
        assert!(page.contains("telefon, Chrome") && page.contains("O accesare.") && !page.contains("203.0.113"), "{page}");
    }

    async fn browsers_in_which_a_doctor_of_the_clinic_is_or_was_signed_in_are_not_counted(server: Server) {
        let Shared { admin, doctor, link, .. } = share(&server).await;
        let clinic = account_of(&server, "ana@clinica.ro").await;
        let beside = colleague(&server, &admin, "coleg@clinica.ro", &clinic).await;
        open(&doctor, &link).await;
        open(&beside, &link).await;
        for browser in [&doctor, &beside] {
            assert_eq!(browser.post("/logout", &[]).await.status, 303);
            assert_eq!(browser.get_json("/recordings").await.status, 401);
            open(browser, &link).await;
        }
        assert_eq!(views(&server).await, (0, vec![]));
        let elsewhere = server.doctor_made_by(&admin, "dan@clinica.ro").await;
        open(&elsewhere, &link).await;
        elsewhere.post("/logout", &[]).await;
        open(&elsewhere, &link).await;
        assert_eq!(views(&server).await.0, 2, "a doctor of another clinic may be the patient");
    }

    async fn a_doctor_who_signs_in_again_elsewhere_is_known_there_too(server: Server) {
        let Shared { link, .. } = share(&server).await;
        let home = server.browser();
        home.sign_in("ana@clinica.ro", PASSWORD).await;
        home.post("/logout", &[]).await;
        open(&home, &link).await;
        assert_eq!(views(&server).await.0, 0);
    }
}
