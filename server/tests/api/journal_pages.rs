//! Who reads the journal, and what it says: administrators with filters, patients in plain words.

use std::time::Duration;

use oxi_server::audit::JOBS;

use crate::clinics::{account_of, colleague, set_sharing};
use crate::nights::{made_up, store};
use crate::patients::{make_link, patient, shared};
use crate::support::PASSWORD;
use crate::support::client::Client;

/// The rows of a journal page as text, newest first.
async fn rows(browser: &Client, path: &str) -> Vec<String> {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200, "{path}: {}", page.text());
    let text = page.text();
    let body = text.split("<tbody").nth(1).unwrap_or_default().split("</tbody>").next().unwrap();
    let without_tags = |row: &str| {
        let pieces = row.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text));
        pieces.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    body.split("<tr").skip(1).map(without_tags).collect()
}

fn id_of(page: &str) -> &str {
    page.rsplit('/').next().unwrap()
}

behaviours! {
    async fn administrators_of_a_clinic_read_its_journal_and_nobody_else_does(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, "sef@clinica.ro").await;
        let other = server.doctor_made_by(&admin, "dan@alta.ro").await;
        let clinic = account_of(&server, "sef@clinica.ro").await;
        let doctor = colleague(&server, &admin, "ana@clinica.ro", &clinic).await;
        doctor.post("/patients", &[("code", "P-17")]).await;
        other.post("/patients", &[("code", "X-99")]).await;
        assert_eq!(doctor.get("/clinic/journal").await.status, 404);
        assert_eq!(server.browser().get_json("/clinic/journal").await.status, 401);
        assert_eq!(head.get("/admin/journal").await.status, 404);
        let seen = rows(&head, "/clinic/journal").await;
        assert!(seen.iter().any(|row| row.contains("a creat un pacient")), "{seen:#?}");
        let others = rows(&other, "/clinic/journal").await;
        assert_eq!(others.iter().filter(|row| row.contains("a creat un pacient")).count(), 1, "{others:#?}");
        assert!(others.iter().any(|row| row.contains("pacientul X-99")), "{others:#?}");
        let platform = rows(&admin, "/admin/journal").await;
        assert!(platform.iter().any(|row| row.contains("a intrat în cont")), "{platform:#?}");
        assert!(!platform.iter().any(|row| row.contains("a creat un pacient")), "{platform:#?}");
    }

    async fn what_the_administrator_does_not_see_has_no_name_in_the_journal(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, "sef@clinica.ro").await;
        let clinic = account_of(&server, "sef@clinica.ro").await;
        let doctor = colleague(&server, &admin, "ana@clinica.ro", &clinic).await;
        set_sharing(&head, "own").await;
        doctor.post("/patients", &[("code", "P-17"), ("note", "fișa 9")]).await;
        let page = head.get("/clinic/journal").await.text();
        assert!(page.contains("un pacient") && !page.contains("P-17") && !page.contains("fișa 9"), "{page}");
        set_sharing(&head, "shared").await;
        let page = head.get("/clinic/journal").await.text();
        assert!(page.contains("pacientul P-17") && !page.contains("fișa 9"), "{page}");
    }

    async fn the_journal_is_filtered_by_who_what_about_what_and_when(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, "sef@clinica.ro").await;
        let clinic = account_of(&server, "sef@clinica.ro").await;
        let doctor = colleague(&server, &admin, "ana@clinica.ro", &clinic).await;
        set_sharing(&head, "shared").await;
        let night = store(&doctor, "a.csv", &made_up(2)).await;
        server.wait(Duration::from_hours(48));
        doctor.sign_in("ana@clinica.ro", PASSWORD).await;
        head.sign_in("sef@clinica.ro", PASSWORD).await;
        doctor.get(&night).await;
        head.get(&night).await;
        let count = async |query: &str| rows(&head, &format!("/clinic/journal?{query}")).await.len();
        let (ana, subject) = (account_of(&server, "ana@clinica.ro").await, format!("recording:{}", id_of(&night)));
        assert_eq!(count("action=recording-opened").await, 2);
        assert_eq!(count(&format!("action=recording-opened&actor=account:{ana}")).await, 1);
        assert_eq!(count(&format!("action=recording-opened&subject={subject}")).await, 2);
        assert_eq!(count(&format!("subject={subject}&until=2026-01-21")).await, 2);
        assert_eq!(count(&format!("subject={subject}&from=2026-01-23")).await, 2);
        assert_eq!(count(&format!("subject={subject}&from=2026-01-23&actor=account:{ana}&action=recording-opened")).await, 1);
        assert_eq!(count("action=recording-opened&actor=operator").await, 0);
        for wrong in ["actor=nobody", "subject=recording:A%22", "from=yesterday", "before=x", "action=a%20b"] {
            assert_eq!(head.get(&format!("/clinic/journal?{wrong}")).await.status, 400, "{wrong}");
        }
    }

    async fn the_pages_of_the_journal_leave_nothing_out_and_show_nothing_twice(server: Server) {
        let head = server.doctor("sef@clinica.ro").await;
        for number in 0..60 {
            head.post("/patients", &[("code", &format!("P-{number}"))]).await;
        }
        let (mut path, mut seen) = ("/clinic/journal?action=patient-made".to_owned(), Vec::new());
        loop {
            seen.extend(rows(&head, &path).await);
            let page = head.get(&path).await.text();
            let Some((_, older)) = page.split_once("rel=\"next\" href=\"") else { break };
            path = older.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
        }
        let codes: Vec<_> = seen.iter().map(|row| row.rsplit(' ').next().unwrap().to_owned()).collect();
        let expected: Vec<_> = (0..60).rev().map(|number| format!("P-{number}")).collect();
        assert_eq!(codes, expected);
    }

    async fn a_patient_sees_in_plain_words_who_opened_the_night(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, "sef@clinica.ro").await;
        let clinic = account_of(&server, "sef@clinica.ro").await;
        let doctor = colleague(&server, &admin, "ana@clinica.ro", &clinic).await;
        set_sharing(&head, "shared").await;
        let night = store(&doctor, "a.csv", &made_up(2)).await;
        let link = make_link(&doctor, &night, &[]).await;
        for browser in [&doctor, &head] {
            assert_eq!(browser.get(&night).await.status, 200);
        }
        let visitor = patient(&server, &link).await;
        let page = visitor.get(&shared(&link, &night)).await.text();
        let list = page.split("class=\"openings\"").nth(1).unwrap().split("</details>").next().unwrap();
        for who in ["medicul dumneavoastră", "alt medic al clinicii", "cineva cu linkul dumneavoastră"] {
            assert_eq!(list.matches(who).count(), 1, "{who}: {list}");
        }
        assert!(!page.contains("Dr. Ana") && !list.contains("clinica.ro"), "{list}");
    }

    async fn what_the_daily_look_found_stands_on_the_page(server: Server) {
        let head = server.doctor("sef@clinica.ro").await;
        head.post("/patients", &[("code", "P-17")]).await;
        assert!(head.get("/clinic/journal").await.text().contains("încă neverificat"));
        (JOBS[0].run)(server.app.clone(), String::new()).await.unwrap();
        let page = head.get("/clinic/journal").await.text();
        assert!(page.contains("lanț întreg,") && !page.contains("lanț rupt"), "{page}");
        server.change(sqlx::query("UPDATE audit_checks SET broken_at = 3")).await;
        let page = head.get("/clinic/journal").await.text();
        assert!(page.contains("lanț rupt") && page.contains("de la rândul 3"), "{page}");
    }
}
