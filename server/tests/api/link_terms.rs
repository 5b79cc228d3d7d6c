//! What a link shows, what it asks for beside its secret, and until when: as its doctor said last.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use oxi_server::platform::work_pool::Principal;

use crate::links::{Shared, act, link_on, open, share};
use crate::nights::{made_up, store};
use crate::patients::{Link, patient, shared};
use crate::support::client::Client;

const DAY: Duration = Duration::from_hours(24);

/// A second night of the patient of a recording.
async fn second_night(doctor: &Client, first: &str, bytes: &[u8]) -> String {
    let patient = doctor.get(first).await.between("<a href=\"/patients/", "\"");
    let night = store(doctor, "b.csv", bytes).await;
    let moved = doctor.post(&format!("{night}/patient"), &[("patient", &patient)]).await;
    assert_eq!(moved.status, 303, "{}", moved.text());
    night
}

async fn save(doctor: &Client, link: &Link, fields: &[(&str, &str)]) -> u16 {
    doctor.post(&format!("/links/{}", link.id()), fields).await.status
}

fn ticked(recording: &str) -> String {
    format!("night-{}", recording.rsplit('/').next().unwrap())
}

async fn show_passcode(browser: &Client, link: &Link, passcode: &str) -> u16 {
    let fields = [("secret", link.secret.as_str()), ("passcode", passcode)];
    browser.post(&format!("{}/open", link.path), &fields).await.status
}

behaviours! {
    async fn a_link_shows_all_nights_and_later_ones_unless_some_were_chosen(server: Server) {
        let Shared { doctor, recording, link, .. } = share(&server).await;
        let visitor = patient(&server, &link).await;
        let second = second_night(&doctor, &recording, &made_up(3)).await;
        assert_eq!(visitor.get(&shared(&link, &second)).await.status, 200, "a later one is shown");
        let chosen = ticked(&recording);
        assert_eq!(save(&doctor, &link, &[("scope", "chosen"), (&chosen, "yes"), ("file", "yes")]).await, 303);
        let third = second_night(&doctor, &recording, &made_up(4)).await;
        for part in ["", "/file", "/chart.png", "/chart.jpg"] {
            assert_eq!(visitor.get(&format!("{}{part}", shared(&link, &recording))).await.status, 200, "{part}");
            for hidden in [&second, &third] {
                assert_eq!(visitor.get(&format!("{}{part}", shared(&link, hidden))).await.status, 404, "{part}");
            }
        }
        let list = visitor.get(&link.path).await.text();
        assert!(list.contains(&recording) && !list.contains(&second) && !list.contains(&third), "{list}");
        let page = doctor.get(&format!("/links/{}", link.id())).await.text();
        assert!(page.contains(&format!("name=\"{chosen}\" type=\"checkbox\" value=\"yes\" checked")), "{page}");
        assert_eq!(save(&doctor, &link, &[("scope", "chosen")]).await, 422, "no night is no choice");
        assert_eq!(save(&doctor, &link, &[("scope", "all")]).await, 303);
        assert_eq!(visitor.get(&shared(&link, &third)).await.status, 200);
    }

    async fn a_chosen_night_that_becomes_anothers_is_shown_no_more(server: Server) {
        let Shared { doctor, recording, link, .. } = share(&server).await;
        let visitor = patient(&server, &link).await;
        assert_eq!(save(&doctor, &link, &[("scope", "chosen"), (&ticked(&recording), "yes")]).await, 303);
        assert_eq!(visitor.get(&shared(&link, &recording)).await.status, 200);
        assert_eq!(doctor.post(&format!("{recording}/patient"), &[("patient", "")]).await.status, 303);
        assert_eq!(visitor.get(&shared(&link, &recording)).await.status, 404);
        assert_eq!(doctor.post(&format!("{recording}/delete"), &[]).await.status, 303);
        assert_eq!(visitor.get(&link.path).await.status, 200);
    }

    async fn a_link_that_gives_no_file_offers_none(server: Server) {
        let Shared { doctor, recording, link, .. } = share(&server).await;
        let visitor = patient(&server, &link).await;
        let (page, file) = (shared(&link, &recording), format!("{}/file", shared(&link, &recording)));
        assert!(visitor.get(&page).await.text().contains(&format!("data-file-url=\"{file}\"")));
        assert_eq!(save(&doctor, &link, &[("scope", "all"), ("text", "yes")]).await, 303);
        let shown = visitor.get(&page).await;
        assert!(shown.status == 200 && !shown.text().contains(&file), "{}", shown.text());
        assert_eq!((visitor.get(&file).await.status, visitor.get(&format!("{page}/chart.png")).await.status), (404, 200));
    }

    async fn the_time_of_a_link_can_be_changed(server: Server) {
        let Shared { doctor, link, .. } = share(&server).await;
        server.wait(80 * DAY);
        doctor.sign_in("ana@clinica.ro", crate::support::PASSWORD).await;
        assert_eq!(save(&doctor, &link, &[("scope", "all")]).await, 303);
        assert_eq!(save(&doctor, &link, &[("scope", "all"), ("lifetime", "31")]).await, 400);
        assert_eq!(save(&doctor, &link, &[("scope", "all"), ("lifetime", "30")]).await, 303);
        server.wait(29 * DAY);
        assert_eq!(open(&server, &link).await, 303);
        server.wait(2 * DAY);
        assert_eq!(open(&server, &link).await, 404);
    }

    async fn a_passcode_is_asked_for_with_the_link_and_without_a_script(server: Server) {
        let Shared { doctor, recording, link, .. } = share(&server).await;
        let open_before = patient(&server, &link).await;
        assert_eq!(act(&doctor, &link, "passcode", &[("passcode", "abc")]).await.status, 422);
        assert_eq!(act(&doctor, &link, "passcode", &[("passcode", "Zăpadă 12")]).await.status, 303);
        assert_eq!(open_before.get(&shared(&link, &recording)).await.status, 404, "whoever had it open must show it");
        let browser = server.browser();
        let asked = browser.post(&format!("{}/open", link.path), &[("secret", &link.secret)]).await;
        assert!(asked.status == 200 && asked.text().contains(&format!("name=\"secret\" value=\"{}\"", link.secret)), "{}", asked.text());
        assert_eq!(browser.get(&shared(&link, &recording)).await.status, 404);
        assert_eq!(show_passcode(&browser, &link, "zăpadă 12").await, 403);
        assert_eq!(show_passcode(&browser, &link, " Zăpadă 12 ").await, 303);
        assert_eq!(browser.get(&shared(&link, &recording)).await.status, 200);
        let wrong_secret = Link { secret: "A".repeat(43), path: link.path.clone() };
        assert_eq!(show_passcode(&server.browser(), &wrong_secret, "Zăpadă 12").await, 404);
        let kept: String = sqlx::query_scalar("SELECT passcode_hash FROM patient_links").fetch_one(server.app.db.read()).await.unwrap();
        assert!(kept.starts_with("$argon2id$"), "{kept}");
        assert_eq!(act(&doctor, &link, "passcode", &[("remove", "yes")]).await.status, 303);
        assert_eq!(open(&server, &link).await, 303);
    }

    async fn five_wrong_passcodes_lock_a_link_until_its_doctor_gives_another(server: Server) {
        let Shared { doctor, link, .. } = share(&server).await;
        assert_eq!(act(&doctor, &link, "passcode", &[("passcode", "1234")]).await.status, 303);
        let browsers: Vec<_> = (0..5).map(|n| server.browser().at_network(&format!("203.0.113.{n}"))).collect();
        assert_eq!(show_passcode(&browsers[0], &link, "0000").await, 403);
        assert_eq!(show_passcode(&browsers[0], &link, "1234").await, 303, "a right one takes the wrong ones back");
        for browser in &browsers {
            assert_eq!(show_passcode(browser, &link, "0000").await, 403);
        }
        let locked = server.browser().post(&format!("{}/open", link.path), &[("secret", &link.secret), ("passcode", "1234")]).await;
        assert!(locked.status == 403 && locked.text().contains("de prea multe ori"), "{}", locked.text());
        assert!(doctor.get(&format!("/links/{}", link.id())).await.text().contains("blocată după 5"));
        assert_eq!(act(&doctor, &link, "passcode", &[("passcode", "5678")]).await.status, 303);
        assert_eq!(show_passcode(&server.browser(), &link, "5678").await, 303);
    }

    async fn of_many_passcodes_at_once_no_more_than_five_are_looked_at(server: Server) {
        let Shared { doctor, link, .. } = share(&server).await;
        assert_eq!(act(&doctor, &link, "passcode", &[("passcode", "1234")]).await.status, 303);
        let browsers: Vec<_> = (0..12).map(|n| server.browser().at_network(&format!("203.0.113.{n}"))).collect();
        futures_util::future::join_all(browsers.iter().map(|browser| show_passcode(browser, &link, "0000"))).await;
        let tries: i64 = sqlx::query_scalar("SELECT passcode_tries FROM patient_links").fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!((tries, show_passcode(&server.browser(), &link, "1234").await), (5, 403));
    }

    async fn a_new_link_of_a_locked_one_is_not_locked(server: Server) {
        let Shared { doctor, link, .. } = share(&server).await;
        assert_eq!(act(&doctor, &link, "passcode", &[("passcode", "1234")]).await.status, 303);
        for _ in 0..5 {
            show_passcode(&server.browser(), &link, "0000").await;
        }
        let new = link_on(&act(&doctor, &link, "new", &[]).await);
        assert_eq!((show_passcode(&server.browser(), &link, "1234").await, show_passcode(&server.browser(), &new, "1234").await), (404, 303));
    }

    async fn a_passcode_that_nobody_could_look_at_is_no_try(server: Server) {
        let Shared { doctor, link, .. } = share(&server).await;
        assert_eq!(act(&doctor, &link, "passcode", &[("passcode", "1234")]).await.status, 303);
        let is_over = Arc::new(AtomicBool::new(false));
        for n in 0..32 {
            let (pool, is_over) = (server.app.work.clone(), Arc::clone(&is_over));
            let busy = async move || {
                let wait = move || while !is_over.load(Ordering::SeqCst) { std::thread::sleep(Duration::from_millis(5)) };
                pool.run(&Principal::new("test", &n.to_string()), 1, wait).await
            };
            tokio::spawn(busy());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        let refused = show_passcode(&server.browser(), &link, "1234").await;
        is_over.store(true, Ordering::SeqCst);
        let tries: i64 = sqlx::query_scalar("SELECT passcode_tries FROM patient_links").fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!((refused, tries), (503, 0));
        assert_eq!(show_passcode(&server.browser(), &link, "1234").await, 303);
    }
}
