//! A file in which day and month cannot be told apart: its page asks, its doctor answers, and everything follows.

use std::sync::Arc;

use oxi_server::analyses::{room_bytes, whole};
use oxi_server::desk::rebuild;
use oxi_server::ids::RecordingId;
use oxi_server::recordings::find_for_maintenance;
use oxi_server::rows::{Revisions, find_outdated};
use oxicore::{ParseOptions, Recording};
use serde_json::Value;
use sqlx::Row as _;

use crate::analyses::renew;
use crate::clinics::{account_of, colleague, set_sharing};
use crate::nights::{made_up, numbers, store};
use crate::patients::{make_link, patient, shared};
use crate::recordings::{change, id_of};
use crate::support::Server;
use crate::support::audit_log::audit_lines;
use crate::support::client::{Answer, Client};

/// The assumed and the other date, as a Romanian page, list and JSON write them.
const JUNE: [&str; 3] = ["joi, 5 iunie 2025", "05.06.2025 22:00", "2025-06-05T22:00:00"];
const MAY: [&str; 3] = ["marți, 6 mai 2025", "06.05.2025 22:00", "2025-05-06T22:00:00"];
const NAME: &str = "Popescu Ion.csv";

/// [`made_up`] with its date in two numbers, each of which may be the day.
fn ambiguous() -> Vec<u8> {
    dated("05/06/2025")
}

pub(crate) fn dated(date: &str) -> Vec<u8> {
    String::from_utf8(made_up(2)).unwrap().replace("Jan 02 2026", date).into_bytes()
}

/// Uploads an ambiguous file, and gives the address of its page, to whose question the upload leads.
pub(crate) async fn stored(doctor: &Client, bytes: &[u8]) -> String {
    let address = store(doctor, NAME, bytes).await;
    address.strip_suffix("#dates").unwrap_or_else(|| panic!("{address} asks nothing")).to_owned()
}

async fn answer(doctor: &Client, night: &str, order: &str) -> Answer {
    doctor.post(&format!("{night}/dates"), &[("order", order)]).await
}

/// Whether the page asks or offers this order.
fn offers(page: &str, order: &str) -> bool {
    page.contains(&format!("name=\"order\" value=\"{order}\""))
}

/// Start and revision as the list and the analysis keep them.
async fn kept(server: &Server, night: &str) -> (i64, i64, String, i64) {
    let query = "SELECT recordings.starts_at, desk_rows.starts_at, figures, analyses.reader_revision FROM recordings \
                 JOIN desk_rows ON desk_rows.recording_id = recordings.id \
                 JOIN analyses ON analyses.recording_id = recordings.id WHERE recordings.id = $1";
    let row = sqlx::query(query).bind(id_of(night)).fetch_one(server.app.db.read()).await.unwrap();
    let figures: Value = serde_json::from_str(&row.get::<String, _>(2)).unwrap();
    let start = figures["summary"]["recording"]["start"].as_str().unwrap().to_owned();
    (row.get(0), row.get(1), start, row.get(3))
}

/// Insists that page, list, rows and picture are of this date and of no other.
async fn assert_dated(server: &Server, doctor: &Client, night: &str, [long, short, iso]: [&str; 3]) {
    let page = doctor.get(night).await.text();
    let heading = format!("<h1>Înregistrare din {long}");
    assert!(page.contains(&heading), "{heading}: {page}");
    assert!(doctor.get("/recordings").await.text().contains(short), "{short}");
    let (of_recording, of_row, of_analysis, _) = kept(server, night).await;
    assert_eq!((of_recording, of_analysis.as_str()), (of_row, iso));
    assert!(page.contains(&format!("data-start=\"{of_row}\"")), "{page}");
}

behaviours! {
    async fn the_page_asks_which_date_it_is_and_the_answer_moves_the_start_and_no_number(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let night = &stored(&doctor, &ambiguous()).await;
        let before = doctor.get(night).await;
        assert_dated(&server, &doctor, night, JUNE).await;
        let page = before.text();
        for said in [&format!(">{}</button>", JUNE[0]), &format!(">{}</button>", MAY[0]), "S-a presupus joi, 5 iunie 2025", "Verificați data"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(offers(&page, "day-first") && offers(&page, "month-first") && !offers(&page, ""), "{page}");
        assert!(!page.contains("data-date-order"), "{page}");
        let picture = doctor.get(&format!("{night}/chart.png")).await;

        let answered = answer(&doctor, night, "month-first").await;
        assert_eq!((answered.status, answered.header("location")), (303, format!("{night}#dates")), "{}", answered.text());
        assert_dated(&server, &doctor, night, MAY).await;
        let after = doctor.get(night).await;
        assert_eq!(numbers(&after), numbers(&before));
        let page = after.text();
        assert!(page.contains("Ordinea datei: lună/zi, stabilită de Dr. Ana Știrbu."), "{page}");
        assert!(page.contains("data-date-order=\"month-first\"") && !page.contains("presupus"), "{page}");
        assert!(page.contains(">Schimbă în joi, 5 iunie 2025</button>") && offers(&page, ""), "{page}");
        let redrawn = doctor.get(&format!("{night}/chart.png")).await;
        assert_ne!(redrawn.header("etag"), picture.header("etag"));
        assert_ne!(redrawn.body, picture.body);
        assert_eq!(doctor.get(&format!("{night}/file")).await.body, ambiguous());
    }

    async fn an_answer_is_changed_and_taken_back(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let night = &stored(&doctor, &ambiguous()).await;
        for (order, date, words) in [
            ("day-first", JUNE, "Ordinea datei: zi/lună, stabilită de"),
            ("month-first", MAY, "Ordinea datei: lună/zi, stabilită de"),
            ("month-first", MAY, "Ordinea datei: lună/zi, stabilită de"),
            ("day-first", JUNE, "Ordinea datei: zi/lună, stabilită de"),
            ("", JUNE, "S-a presupus joi, 5 iunie 2025"),
        ] {
            assert_eq!(answer(&doctor, night, order).await.status, 303, "{order}");
            assert_dated(&server, &doctor, night, date).await;
            assert!(doctor.get(night).await.text().contains(words), "{words}");
        }
        assert_eq!(answer(&doctor, night, "year-first").await.status, 400);
    }

    async fn an_answer_is_kept_when_the_night_is_analysed_anew_in_whatever_way(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let night = &stored(&doctor, &ambiguous()).await;
        answer(&doctor, night, "month-first").await;
        let now = kept(&server, night).await;
        for sql in [
            "UPDATE analyses SET reader_revision = reader_revision - 1, figures = '{}' WHERE recording_id = $1",
            "UPDATE desk_rows SET reader_revision = reader_revision - 1, starts_at = 7 WHERE recording_id = $1",
        ] {
            change(&server, night, sql).await;
        }
        assert_eq!(renew(&server.app).await, 1);
        assert_eq!(kept(&server, night).await, now);
        assert_dated(&server, &doctor, night, MAY).await;
        change(&server, night, "DELETE FROM analyses WHERE recording_id = $1").await;
        assert_dated(&server, &doctor, night, MAY).await;
        change(&server, night, "DELETE FROM desk_rows WHERE recording_id = $1").await;
        assert_eq!(rebuild(&server.app).await.unwrap(), 1);
        assert_dated(&server, &doctor, night, MAY).await;
        let again = doctor.upload("/recordings", &[("alt nume.csv", &ambiguous())], false).await;
        assert_eq!(again.header("location"), format!("{night}?duplicate=1"));
        assert_dated(&server, &doctor, night, MAY).await;
        assert_eq!(answer(&doctor, night, "day-first").await.status, 303, "the other date is still known");
    }

    async fn what_a_newer_program_kept_of_another_reading_does_not_outlive_the_answer(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let night = &stored(&doctor, &ambiguous()).await;
        for sql in [
            "UPDATE analyses SET reader_revision = reader_revision + 1 WHERE recording_id = $1",
            "UPDATE desk_rows SET reader_revision = reader_revision + 1 WHERE recording_id = $1",
        ] {
            change(&server, night, sql).await;
        }
        answer(&doctor, night, "month-first").await;
        assert_dated(&server, &doctor, night, MAY).await;
    }

    async fn an_analysis_that_was_begun_before_the_answer_is_not_kept(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let night = &stored(&doctor, &ambiguous()).await;
        let (app, id) = (&server.app, RecordingId::parse(id_of(night)).unwrap());
        let newer = Revisions { algorithm: 99, reader: 99, layout: 99 };
        let outdated = find_outdated(&app.db, newer, &id).await.unwrap().unwrap();
        let seen = find_for_maintenance(&app.db, &outdated).await.unwrap().unwrap();
        answer(&doctor, night, "month-first").await;
        let kept = kept(&server, night).await;
        change(&server, night, "UPDATE analyses SET layout = 0 WHERE recording_id = $1").await;
        let room = Arc::new(app.work.hold(seen.asker(), room_bytes(seen.recording())).await.unwrap());
        let late = whole(app, &seen, &room).await.unwrap();
        assert_eq!(late.figures.summary.recording.start_or_1970().to_string(), JUNE[2]);
        assert_eq!(self::kept(&server, night).await, kept);
        assert_dated(&server, &doctor, night, MAY).await;
    }

    async fn a_file_that_tells_its_dates_is_not_read_otherwise(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let crossing = |first: &str, second: &str| {
            let text = String::from_utf8(dated(first)).unwrap();
            let row = |at: u32| format!("00:{:02}:{:02} {second},96,60,0\n", at / 60, at % 60);
            format!("{}{}", text.replace("22:", "23:"), (0..200).map(|i| row(i * 4)).collect::<String>()).into_bytes()
        };
        for (name, bytes, reason) in [
            ("litere.csv", made_up(2), "fișierul spune care este ziua"),
            ("numar.csv", dated("25/06/2025"), "mai mare decât 12"),
            ("miez.csv", crossing("05/06/2025", "06/06/2025"), "la miezul nopții"),
            ("O2Ring_20250506220000.csv", dated("05/06/2025"), "numele fișierului"),
            ("la fel.csv", dated("05/05/2025"), "este aceeași"),
        ] {
            let night = store(&doctor, name, &bytes).await;
            let before = doctor.get(&night).await;
            assert!(!before.text().contains("id=\"dates\""), "{name}");
            for order in ["day-first", "month-first"] {
                let refused = answer(&doctor, &night, order).await;
                assert_eq!(refused.status, 422, "{name}, {order}");
                assert!(refused.text().contains(reason), "{name}: {}", refused.text());
            }
            let after = doctor.get(&night).await;
            assert_eq!(numbers(&after), numbers(&before), "{name}");
            assert_eq!(after.between("<h1>", "</h1>"), before.between("<h1>", "</h1>"), "{name}");
            assert!(!after.text().contains("data-date-order"), "{name}");
        }
    }

    async fn an_upload_says_that_the_date_is_assumed_and_leads_to_the_question(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let told = doctor.upload("/recordings", &[(NAME, &ambiguous())], true).await.json()["files"][0].clone();
        assert_eq!(told["result"], "stored");
        assert!(told["message"].as_str().unwrap().starts_with("Data nopții este presupusă"), "{told}");
        let alone = doctor.upload("/recordings", &[("singur.csv", &dated("07/08/2025"))], false).await;
        assert!(alone.status == 303 && alone.header("location").ends_with("#dates"), "{:?}", alone.headers);
        let files: [(&str, &[u8]); 2] = [("sigur.csv", &made_up(3)), ("nesigur.csv", &dated("03/04/2025"))];
        let beside = doctor.upload("/recordings", &files, false).await.text();
        assert_eq!(beside.matches("Data nopții este presupusă").count(), 1, "{beside}");
        assert_eq!(beside.matches("#dates\">Deschide înregistrarea").count(), 1, "{beside}");
    }

    async fn nobody_but_its_doctor_is_asked_or_heard(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, "sef@clinica.ro").await;
        let clinic = account_of(&server, "sef@clinica.ro").await;
        let doctor = colleague(&server, &admin, "ana@clinica.ro", &clinic).await;
        set_sharing(&head, "shared").await;
        let night = &stored(&doctor, &ambiguous()).await;
        assert_eq!(head.post("/clinic/let-in", &[("hours", "1")]).await.status, 303);
        assert_eq!(admin.post("/clinic/switch", &[("clinic", &clinic)]).await.status, 303);
        assert_eq!(admin.get(night).await.status, 200);
        for (who, other) in [("a colleague", &head), ("a guest", &admin), ("nobody", &server.browser())] {
            let page = other.get(night).await.text();
            assert!(!page.contains("id=\"dates\""), "{who}: {page}");
            let refused = answer(other, night, "month-first").await;
            assert!(matches!(refused.status, 303 | 401 | 404), "{who}: {}", refused.status);
            assert_dated(&server, &doctor, night, JUNE).await;
        }
        answer(&doctor, night, "month-first").await;
        let page = head.get(night).await.text();
        assert!(page.contains("Ordinea datei: lună/zi, stabilită de Dr. Ana Știrbu.") && page.contains(MAY[0]), "{page}");
        assert!(!offers(&page, "day-first") && !offers(&page, ""), "{page}");
    }

    async fn a_patient_sees_the_decided_date_and_takes_a_file_that_tells_it(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let night = &stored(&doctor, &ambiguous()).await;
        let link = make_link(&doctor, night, &[]).await;
        let patient = patient(&server, &link).await;
        let address = shared(&link, night);
        assert!(patient.get(&link.path).await.text().contains(JUNE[0]));
        answer(&doctor, night, "month-first").await;
        for round in ["kept", "made anew for the patient"] {
            let page = patient.get(&address).await.text();
            assert!(page.contains(&format!("<h1>Înregistrare din {}", MAY[0])), "{round}: {page}");
            assert!(page.contains("data-date-order=\"month-first\"") && !page.contains("id=\"dates\""), "{round}: {page}");
            assert!(!page.contains(JUNE[0]) && !page.contains("Popescu") && !page.contains("Știrbu"), "{round}: {page}");
            change(&server, night, "DELETE FROM analyses WHERE recording_id = $1").await;
        }
        assert!(patient.get(&link.path).await.text().contains(MAY[0]));
        let file = patient.get(&format!("{address}/file")).await;
        let name = file.header("content-disposition");
        let name = name.split("filename=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!((name, &file.body), ("SpO2_20250506220000.csv", &ambiguous()));
        let read = Recording::parse_with(&file.body, &ParseOptions::default().with_file_name(name)).unwrap();
        assert_eq!(read.start().to_string(), MAY[2]);
        assert!(offers(&doctor.get(night).await.text(), "day-first"), "the doctor may still change it");
    }

    async fn who_decided_is_in_the_log(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let night = &stored(&doctor, &ambiguous()).await;
        for (order, detail) in [("month-first", "month-first"), ("", "as-found")] {
            let told = audit_lines(&answer(&doctor, night, order).await.header("x-request-id"));
            assert_eq!(told.len(), 1, "{told:?}");
            assert_eq!((&told[0]["action"], &told[0]["detail"]), (&"dates-decided".into(), &detail.into()));
            assert_eq!((&told[0]["recording_id"], told[0]["by"].is_string()), (&id_of(night).into(), true));
        }
    }
}
