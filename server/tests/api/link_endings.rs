//! When a patient's link stops: by itself, with its doctor's account, by an administrator, in one browser.

use std::time::Duration;

use crate::clinics::{account_of, join};
use crate::nights::{made_up, store};
use crate::patients::{Link, make_link, patient, shared};
use crate::support::Server;
use crate::support::client::Client;

const EMAIL: &str = "ana@clinica.ro";
const DAY: Duration = Duration::from_hours(24);

/// A doctor with one recording and a link to it, made with these fields.
struct Shared {
    doctor: Client,
    recording: String,
    link: Link,
}

async fn share(server: &Server, admin: &Client, fields: &[(&str, &str)]) -> Shared {
    let doctor = server.doctor_made_by(admin, EMAIL).await;
    let recording = store(&doctor, "a.csv", &made_up(2)).await;
    let link = make_link(&doctor, &recording, fields).await;
    Shared { doctor, recording, link }
}

async fn open(server: &Server, link: &Link) -> u16 {
    server.browser().post(&format!("{}/open", link.path), &[("secret", &link.secret)]).await.status
}

async fn rights(admin: &Client, change: &str) {
    let id = super::users::id_of(admin, EMAIL).await;
    assert_eq!(admin.post(&format!("/admin/users/{id}/rights"), &[("change", change)]).await.status, 303);
}

behaviours! {
    async fn the_links_of_a_disabled_doctor_stop_at_once_and_open_again_with_the_account(server: Server) {
        let admin = server.admin().await;
        let Shared { recording, link, .. } = share(&server, &admin, &[]).await;
        let patient = patient(&server, &link).await;
        let pages = ["", "/file", "/chart.png"].map(|part| format!("{}{part}", shared(&link, &recording)));
        rights(&admin, "disable").await;
        for page in pages.iter().chain([&link.path]) {
            assert_eq!(patient.get(page).await.status, 404, "{page}");
        }
        assert_eq!(open(&server, &link).await, 404);
        rights(&admin, "enable").await;
        assert_eq!((open(&server, &link).await, patient.get(&pages[0]).await.status), (303, 200));
    }

    async fn an_administrator_closes_all_links_of_an_account_for_good_without_seeing_a_patient(server: Server) {
        let admin = server.admin().await;
        let Shared { doctor, recording, link } = share(&server, &admin, &[("note", "FISA-17")]).await;
        let dan = server.doctor_made_by(&admin, "dan@clinica.ro").await;
        let his = store(&dan, "b.csv", &made_up(3)).await;
        let his_link = make_link(&dan, &his, &[]).await;
        let patient = patient(&server, &link).await;
        let id = super::users::id_of(&admin, EMAIL).await;
        let closed = admin.post(&format!("/admin/users/{id}/links/close"), &[]).await;
        assert_eq!((closed.status, closed.header("location").as_str()), (303, "/admin/users?links-closed=1"));
        let page = admin.get("/admin/users?links-closed=1").await.text();
        assert!(page.contains("message-success") && !page.contains("FISA-17") && !page.contains(link.id()));
        assert_eq!(patient.get(&shared(&link, &recording)).await.status, 404);
        assert_eq!((open(&server, &link).await, open(&server, &his_link).await), (404, 303));
        assert!(doctor.get(&recording).await.text().contains("<td>închis</td>"));
        assert_eq!(doctor.post(&format!("/admin/users/{id}/links/close"), &[]).await.status, 404, "a doctor is no administrator");
        assert_eq!(admin.post("/admin/users/0197d2a0-0000-7000-8000-000000000000/links/close", &[]).await.status, 404);
    }

    async fn an_administrator_of_a_clinic_closes_the_links_of_a_colleague_there(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, "sef@clinica.ro").await;
        let clinic = account_of(&server, "sef@clinica.ro").await;
        let doctor = server.doctor_made_by(&admin, "dan@clinica.ro").await;
        let id = account_of(&server, "dan@clinica.ro").await;
        let at_home = store(&doctor, "a.csv", &made_up(2)).await;
        let link_at_home = make_link(&doctor, &at_home, &[]).await;
        join(&server, "dan@clinica.ro", &clinic).await;
        assert_eq!(doctor.post("/clinic/switch", &[("clinic", &clinic)]).await.status, 303);
        let here = store(&doctor, "b.csv", &made_up(3)).await;
        let link_here = make_link(&doctor, &here, &[]).await;
        let closed = head.post(&format!("/clinic/people/{id}/links/close"), &[]).await;
        assert_eq!((closed.status, closed.header("location").as_str()), (303, "/clinic/people?links-closed=1"));
        assert!(head.get("/clinic/people?links-closed=1").await.text().contains("message-success"));
        assert_eq!((open(&server, &link_here).await, open(&server, &link_at_home).await), (404, 303));
    }

    async fn a_link_works_for_ninety_days_unless_the_doctor_says_otherwise(server: Server) {
        let admin = server.admin().await;
        let Shared { doctor, recording, link } = share(&server, &admin, &[]).await;
        let lasting = make_link(&doctor, &recording, &[("lifetime", "unlimited")]).await;
        assert!(doctor.get(&recording).await.text().contains("<option value=\"90\" selected>"));
        server.wait(89 * DAY);
        assert_eq!(open(&server, &link).await, 303);
        server.wait(2 * DAY);
        assert_eq!((open(&server, &link).await, open(&server, &lasting).await), (404, 303));
    }

    async fn the_usual_lifetime_is_a_setting(server: Server) {
        let server = Server::start_with(server.backend, &[("LINK_DAYS", "14")]).await;
        let admin = server.admin().await;
        let Shared { doctor, recording, link } = share(&server, &admin, &[]).await;
        assert!(doctor.get(&recording).await.text().contains("<option value=\"14\" selected>"));
        server.wait(15 * DAY);
        assert_eq!(open(&server, &link).await, 404);
    }

    async fn the_patient_sees_until_when_the_link_works(server: Server) {
        let admin = server.admin().await;
        let Shared { doctor, recording, link } = share(&server, &admin, &[("lifetime", "30")]).await;
        let page = patient(&server, &link).await.get(&link.path).await.text();
        assert!(page.contains("datetime=\"2026-02-20T"), "{page}");
        let lasting = make_link(&doctor, &recording, &[("lifetime", "unlimited")]).await;
        let page = patient(&server, &lasting).await.get(&lasting.path).await.text();
        assert!(!page.contains("datetime=\"") && page.contains("până când îl închide medicul"), "{page}");
    }

    async fn closing_a_link_in_a_browser_ends_it_there_and_nowhere_else(server: Server) {
        let admin = server.admin().await;
        let Shared { recording, link, .. } = share(&server, &admin, &[]).await;
        let (here, there) = (patient(&server, &link).await, patient(&server, &link).await);
        let cookie = format!("p-{}", link.id());
        let kept = here.cookie(&cookie).unwrap();
        for page in [link.path.clone(), shared(&link, &recording)] {
            assert!(here.get(&page).await.text().contains(&format!("action=\"{}/close\"", link.path)), "{page}");
        }
        let closed = here.post(&format!("{}/close", link.path), &[]).await;
        assert_eq!((closed.status, closed.header("location").as_str()), (303, "/pacient"));
        assert_eq!((here.cookie(&cookie), here.get(&shared(&link, &recording)).await.status), (None, 404));
        here.set_cookie(&cookie, Some(&kept));
        assert_eq!(here.get(&shared(&link, &recording)).await.status, 404, "a kept cookie opens nothing");
        assert_eq!(there.get(&shared(&link, &recording)).await.status, 200);
        assert_eq!(here.get(&format!("{}/close", link.path)).await.status, 405);
    }
}
