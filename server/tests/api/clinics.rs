//! Clinics: nobody sees another's, colleagues see each other's where theirs shares, and the platform looks in only when
//! it is let in.

use std::time::Duration;

use oxi_server::clinics::adopt;
use oxi_server::ids::AccountId;

use crate::nights::{made_up, store};
use crate::patients::{make_link, patient, shared};
use crate::support::client::{Answer, Client};
use crate::support::{ADMIN_EMAIL, PASSWORD, Server};

/// The identifier of an account, which is also that of its first clinic.
pub(crate) async fn account_of(server: &Server, email: &str) -> String {
    let query = sqlx::query_scalar("SELECT id FROM accounts WHERE email = $1").bind(email);
    let id: String = query.fetch_one(server.app.db.read()).await.unwrap();
    adopt(&server.app, &AccountId::parse(&id).unwrap()).await.unwrap();
    id
}

/// Runs a statement with two texts.
pub(crate) async fn write(server: &Server, sql: &'static str, first: &str, second: &str) {
    server.change(sqlx::query(sql).bind(first).bind(second)).await;
}

/// Lets an account work in the clinic that has the identifier of another.
pub(crate) async fn join(server: &Server, email: &str, clinic: &str) {
    let account = account_of(server, email).await;
    let join =
        "INSERT INTO memberships (account_id, clinic_id, role, joined_at) VALUES ($1, $2, 'doctor', 0)";
    write(server, join, &account, clinic).await;
}

/// Takes the clinic of one away, which every account starts with.
pub(crate) async fn leave_home(server: &Server, email: &str) {
    let account = account_of(server, email).await;
    write(server, "DELETE FROM memberships WHERE account_id = $1 AND clinic_id = $2", &account, &account)
        .await;
}

/// A doctor who works in the clinic of somebody else, and in no other.
pub(crate) async fn colleague(server: &Server, admin: &Client, email: &str, clinic: &str) -> Client {
    let doctor = server.doctor_made_by(admin, email).await;
    join(server, email, clinic).await;
    leave_home(server, email).await;
    doctor
}

/// The form of the clinic's settings.
const SETTINGS: [(&str, &str); 10] = [
    ("name", "Clinica Ana"),
    ("phone", "021 000 0000"),
    ("time_zone", "Europe/Bucharest"),
    ("locale", "ro"),
    ("t90_pct", "30"),
    ("short_h", "4"),
    ("signal_pct", "90"),
    ("pulse_low", "50"),
    ("pulse_high", "120"),
    ("odi4_per_h", "5"),
];

/// Decides whether the clinic's doctors see each other's patients.
pub(crate) async fn set_sharing(head: &Client, sharing: &str) {
    let saved = head.post("/clinic", &[&SETTINGS[..], &[("sharing", sharing)]].concat()).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
}

/// What a page or picture of a recording answers to somebody.
async fn statuses(client: &Client, recording: &str) -> Vec<u16> {
    let mut statuses = Vec::new();
    for part in ["", "/file", "/chart.png"] {
        statuses.push(client.get(&format!("{recording}{part}")).await.status);
    }
    statuses
}

async fn switch(client: &Client, clinic: &str) -> Answer {
    client.post("/clinic/switch", &[("clinic", clinic)]).await
}

behaviours! {
    async fn a_new_doctor_has_a_clinic_of_one(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let page = doctor.get("/clinic").await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("value=\"Dr. Ana Știrbu\"") && page.text().contains("Europe/Bucharest"), "{}", page.text());
        assert!(!page.text().contains("/clinic/switch"), "there is nothing to switch");
    }

    async fn settings_are_kept_and_impossible_ones_refused_with_what_was_typed(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        set_sharing(&doctor, "shared").await;
        let page = doctor.get("/clinic").await.text();
        for kept in ["value=\"Clinica Ana\"", "value=\"021 000 0000\"", "value=\"shared\" checked"] {
            assert!(page.contains(kept), "{kept}: {page}");
        }
        for (field, odd) in [("name", " "), ("phone", "sunați"), ("t90_pct", "101"), ("pulse_low", "120"), ("short_h", "")] {
            let typed: Vec<_> = SETTINGS.iter().map(|(name, value)| (*name, if *name == field { odd } else { *value })).collect();
            let refused = doctor.post("/clinic", &[&typed[..], &[("sharing", "own")]].concat()).await;
            assert_eq!(refused.status, 422, "{field}");
            assert!(refused.text().contains(&format!("value=\"{odd}\"")), "{field}: {}", refused.text());
        }
        assert!(doctor.get("/clinic").await.text().contains("value=\"shared\" checked"), "nothing was changed");
    }

    async fn colleagues_see_each_others_nights_only_where_the_clinic_shares_and_change_nothing(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let clinic = account_of(&server, "ana@clinica.ro").await;
        let colleague = colleague(&server, &admin, "bogdan@clinica.ro", &clinic).await;
        let hers = store(&head, "a.csv", &made_up(2)).await;
        let link = make_link(&head, &hers, &[("note", "F 17")]).await;
        let his = store(&colleague, "b.csv", &made_up(3)).await;
        assert_eq!((statuses(&colleague, &hers).await, statuses(&head, &his).await), (vec![404; 3], vec![404; 3]));
        assert!(!colleague.get("/recordings").await.text().contains(&hers));
        set_sharing(&head, "shared").await;
        assert_eq!((statuses(&colleague, &hers).await, statuses(&head, &his).await), (vec![200; 3], vec![200; 3]));
        let list = colleague.get("/recordings").await.text();
        assert!(list.contains(&hers) && list.contains(&his) && list.contains("a unui coleg"), "{list}");
        let page = colleague.get(&hers).await.text();
        assert!(page.contains("P-0001 · F 17"), "{page}");
        for path in [hers.clone(), format!("{hers}/file")] {
            let told = crate::support::audit_log::audit_lines(&colleague.get(&path).await.header("x-request-id"));
            assert_eq!((told.len(), &told[0]["action"], &told[0]["detail"]), (1, &"recording-opened".into(), &"colleague".into()));
            assert_eq!((&told[0]["clinic_id"], told[0]["recording_id"].as_str().unwrap()), (&clinic.as_str().into(), hers.rsplit('/').next().unwrap()));
        }
        assert!(crate::support::audit_log::audit_lines(&head.get(&hers).await.header("x-request-id")).is_empty(), "the own one");
        for tool in ["/delete\"", "/links\"", "/revoke\"", "/patient\""] {
            assert!(!page.contains(tool), "{tool} in {page}");
        }
        for (action, fields) in [("delete", [("a", "b")]), ("links", [("lifetime", "7")]), ("patient", [("patient", "")])] {
            assert_eq!(colleague.post(&format!("{hers}/{action}"), &fields).await.status, 404, "{action}");
        }
        assert_eq!(colleague.post(&format!("/links/{}/revoke", link.id()), &[]).await.status, 404);
        assert_eq!(colleague.get("/clinic").await.status, 404, "the clinic's page is its administrators'");
        set_sharing(&head, "own").await;
        assert_eq!(statuses(&colleague, &hers).await, vec![404; 3]);
    }

    async fn nights_are_flagged_by_the_limits_of_the_clinic(server: Server) {
        let admin = server.admin().await;
        let doctor = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let night = store(&doctor, "a.csv", &made_up(2)).await;
        make_link(&doctor, &night, &[]).await;
        let patients = doctor.get("/patients").await.between("href=\"/patients/", "\"");
        for (hours, other) in [("12", "11"), ("11", "12")] {
            let limits: Vec<_> = SETTINGS.iter().map(|(name, value)| (*name, if *name == "short_h" { hours } else { *value })).collect();
            assert_eq!(doctor.post("/clinic", &[&limits[..], &[("sharing", "own")]].concat()).await.status, 303);
            for page in ["/recordings".to_owned(), format!("/patients/{patients}")] {
                let text = doctor.get(&page).await.text();
                assert!(text.contains(&format!("sub {hours} ore valide")), "{page}: {text}");
                assert!(!text.contains(&format!("sub {other} ore valide")), "{page}");
            }
        }
        server.change(sqlx::query("UPDATE desk_rows SET valid_s = NULL, valid_pct = NULL")).await;
        assert!(!doctor.get("/recordings").await.text().contains("ore valide"), "a row of a program of before");
        assert_eq!(oxi_server::desk::rebuild(&server.app).await.unwrap(), 1);
        assert!(doctor.get("/recordings").await.text().contains("sub 11 ore valide"));
    }

    async fn a_form_opened_for_one_clinic_writes_into_no_other(server: Server) {
        let admin = server.admin().await;
        server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let clinic = account_of(&server, "ana@clinica.ro").await;
        let both = server.doctor_made_by(&admin, "bogdan@clinica.ro").await;
        let home = account_of(&server, "bogdan@clinica.ro").await;
        join(&server, "bogdan@clinica.ro", &clinic).await;
        assert_eq!(switch(&both, &home).await.status, 303);
        let opened_at_home = both.form_token().await;
        assert_eq!(switch(&both, &clinic).await.status, 303);
        for (accept, words) in [("text/html", "altă clinică"), ("application/json", "other-clinic")] {
            let file = reqwest::multipart::Part::bytes(made_up(2)).file_name("a.csv");
            let form = reqwest::multipart::Form::new().text("csrf", opened_at_home.clone()).part("files", file);
            let request = both.request(reqwest::Method::POST, "/recordings").header("accept", accept);
            let refused = both.send(request.multipart(form)).await;
            assert_eq!((refused.status, refused.text().contains(words)), (409, true), "{}", refused.text());
        }
        let patient = both.post_bare("/patients", &[("csrf", &opened_at_home), ("code", "X-1")]).await;
        assert_eq!(patient.status, 409);
        for table in ["recordings", "patients"] {
            let sql = if table == "recordings" { "SELECT COUNT(*) FROM recordings" } else { "SELECT COUNT(*) FROM patients" };
            let stored: i64 = sqlx::query_scalar(sql).fetch_one(server.app.db.read()).await.unwrap();
            assert_eq!(stored, 0, "{table}");
        }
        let language = both.post_bare("/language", &[("csrf", &opened_at_home), ("lang", "en")]).await;
        assert_eq!(language.status, 303, "what is about no clinic goes on working");
        let back = both.post_bare("/clinic/switch", &[("csrf", &opened_at_home), ("clinic", &home)]).await;
        assert_eq!(back.status, 303);
        assert_eq!(both.post_bare("/patients", &[("csrf", &opened_at_home), ("code", "X-1")]).await.status, 303);
    }

    async fn whoever_works_in_two_clinics_works_in_one_at_a_time(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        set_sharing(&head, "shared").await;
        let clinic = account_of(&server, "ana@clinica.ro").await;
        let both = server.doctor_made_by(&admin, "bogdan@clinica.ro").await;
        let at_home = store(&both, "b.csv", &made_up(3)).await;
        join(&server, "bogdan@clinica.ro", &clinic).await;
        let home = account_of(&server, "bogdan@clinica.ro").await;
        let page = both.get("/recordings").await.text();
        assert!(page.contains("/clinic/switch") && page.contains("Clinica Ana"), "{page}");

        assert_eq!(switch(&both, &clinic).await.status, 303);
        assert_eq!(statuses(&both, &at_home).await, vec![404; 3], "his own, in the other clinic");
        let here = store(&both, "c.csv", &made_up(4)).await;
        assert_eq!(statuses(&head, &here).await, vec![200; 3]);
        let same = store(&both, "b.csv", &made_up(3)).await;
        assert_ne!(same, at_home, "the same file is another recording in another clinic");
        assert_eq!(store(&both, "b.csv", &made_up(3)).await, same, "and known there");
        assert_eq!(both.get(&format!("{same}/file")).await.body, made_up(3));
        assert!(both.get(&same).await.text().contains("SHA-256"));

        assert_eq!(switch(&both, &home).await.status, 303);
        assert_eq!((statuses(&both, &at_home).await, statuses(&both, &here).await), (vec![200; 3], vec![404; 3]));
        let foreign = account_of(&server, ADMIN_EMAIL).await;
        let unknown = switch(&both, "0197d2a0-0000-7000-8000-000000000000").await;
        let refused = switch(&both, &foreign).await;
        assert_eq!((refused.status, unknown.status), (404, 404));
    }

    async fn an_administrator_of_the_platform_sees_nights_only_while_the_clinic_lets_them_in(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let clinic = account_of(&server, "ana@clinica.ro").await;
        let hers = store(&head, "a.csv", &made_up(2)).await;
        assert_eq!((switch(&admin, &clinic).await.status, statuses(&admin, &hers).await), (404, vec![404; 3]));
        assert_eq!(head.post("/clinic/let-in", &[("hours", "25")]).await.status, 400, "only offered times");
        assert_eq!(head.post("/clinic/let-in", &[("hours", "24")]).await.status, 303);
        assert_eq!(statuses(&admin, &hers).await, vec![404; 3], "not before going there");
        assert_eq!(switch(&admin, &clinic).await.status, 303);
        assert_eq!(statuses(&admin, &hers).await, vec![200; 3]);
        let list = admin.get("/recordings").await.text();
        assert!(list.contains(&hers) && list.contains("v-a dat permisiunea") && !list.contains("type=\"file\""), "{list}");
        for path in [format!("{hers}/delete"), format!("{hers}/links"), "/clinic".to_owned(), "/clinic/let-in".to_owned()] {
            assert_eq!(admin.post(&path, &[("hours", "24")]).await.status, 404, "{path}");
        }
        server.wait(Duration::from_hours(24));
        admin.sign_in(ADMIN_EMAIL, PASSWORD).await;
        assert_eq!((switch(&admin, &clinic).await.status, statuses(&admin, &hers).await), (404, vec![404; 3]));
        head.sign_in("ana@clinica.ro", PASSWORD).await;
        head.post("/clinic/let-in", &[("hours", "1")]).await;
        assert_eq!(switch(&admin, &clinic).await.status, 303);
        head.post("/clinic/let-in", &[("hours", "0")]).await;
        assert_eq!(statuses(&admin, &hers).await, vec![404; 3], "ended at once");
    }

    async fn administrators_of_the_platform_see_how_much_each_clinic_uses_it_and_no_more(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        set_sharing(&head, "own").await;
        let night = store(&head, "Popescu.csv", &made_up(2)).await;
        make_link(&head, &night, &[("note", "F 17")]).await;
        store(&head, "b.csv", &made_up(3)).await;
        leave_home(&server, ADMIN_EMAIL).await;
        let page = admin.get("/admin/clinics").await;
        let line = page.between("<th scope=\"row\">Clinica Ana</th>", "</tr>");
        let numbers: Vec<_> = line.split("\"num\">").skip(1).map(|cell| cell.split('<').next().unwrap()).collect();
        assert_eq!(numbers, ["1", "1", "2"]);
        for word in ["Popescu", "F 17", "P-0001", &night] {
            assert!(!page.text().contains(word), "{word}");
        }
        assert_eq!(head.get("/admin/clinics").await.status, 404);
    }

    async fn an_administrator_without_a_clinic_is_told_so_and_administers(server: Server) {
        let admin = server.admin().await;
        leave_home(&server, ADMIN_EMAIL).await;
        let page = admin.get("/recordings").await;
        assert_eq!(page.status, 404);
        assert!(page.text().contains("nu lucrează acum în nicio clinică"), "{}", page.text());
        assert_eq!((admin.get("/admin/users").await.status, admin.get("/account").await.status), (200, 200));
        assert_eq!(admin.upload("/recordings", &[("a.csv", &made_up(2))], true).await.status, 404);
    }

    async fn the_links_of_a_doctor_who_no_longer_works_in_the_clinic_do_not_open(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let clinic = account_of(&server, "ana@clinica.ro").await;
        set_sharing(&head, "own").await;
        let colleague = colleague(&server, &admin, "bogdan@clinica.ro", &clinic).await;
        let his = store(&colleague, "b.csv", &made_up(3)).await;
        let link = make_link(&colleague, &his, &[]).await;
        let patient = patient(&server, &link).await;
        let account = account_of(&server, "bogdan@clinica.ro").await;
        write(&server, "UPDATE memberships SET is_enabled = 0 WHERE account_id = $1 AND clinic_id = $2", &account, &clinic).await;
        assert_eq!((patient.get(&link.path).await.status, patient.get(&shared(&link, &his)).await.status), (404, 404));
        assert_eq!(colleague.get("/recordings").await.status, 404);
        write(&server, "UPDATE memberships SET is_enabled = 1 WHERE account_id = $1 AND clinic_id = $2", &account, &clinic).await;
        assert_eq!(patient.get(&shared(&link, &his)).await.status, 200);
    }

    async fn nobody_of_the_clinic_counts_as_a_patient_who_opened_a_link(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let clinic = account_of(&server, "ana@clinica.ro").await;
        let colleague = colleague(&server, &admin, "bogdan@clinica.ro", &clinic).await;
        let hers = store(&head, "a.csv", &made_up(2)).await;
        let link = make_link(&head, &hers, &[]).await;
        for (reader, views) in [(&head, 0), (&colleague, 0), (&server.browser(), 1)] {
            reader.post(&format!("{}/open", link.path), &[("secret", &link.secret)]).await;
            let query = sqlx::query_scalar("SELECT views FROM patient_links WHERE id = $1").bind(link.id());
            let counted: i64 = query.fetch_one(server.app.db.read()).await.unwrap();
            assert_eq!(counted, views);
        }
    }
}
