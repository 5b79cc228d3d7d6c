//! A night is analysed when it is taken in, and not again.

use oxi_server::analyses::{JOBS, ask_for_outdated};
use oxi_server::platform::jobs::Worker;
use oxi_server::state::App;
use sqlx::Row as _;

use crate::nights::{self, made_up, store};
use crate::recordings::{change, id_of};
use crate::support::Server;
use crate::support::client::Client;
use crate::support::log::Log;

/// Analyses and reads of the object store since this was last asked.
fn counted(log: &Log) -> (usize, usize) {
    (log.count("a file is analysed"), log.count("a blob is read"))
}

/// The kept analyses: what each was made by, and how long its numbers are.
async fn kept(server: &Server) -> Vec<(i64, i64, i64, i64)> {
    let query = "SELECT algorithm_revision, reader_revision, layout, CAST(LENGTH(figures) AS BIGINT) AS length \
                 FROM analyses ORDER BY recording_id, algorithm_revision, reader_revision, layout";
    let rows = sqlx::query(query).fetch_all(server.app.db.read()).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))).collect()
}

/// A page without what is another with every answer: the token of its forms, and the identifier of those that count once.
async fn page(doctor: &Client, address: &str) -> String {
    let page = doctor.get(address).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let token = page.between("name=\"csrf\" value=\"", "\"");
    let text = page.text().replace(&token, "");
    let once = text.split_once("name=\"once\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
    once.map_or_else(|| text.clone(), |(once, _)| text.replace(once, ""))
}

/// A quarter of an hour of another tool's table, a pulse about 60 before an SpO2 about 95, under these names.
fn foreign(header: &str) -> Vec<u8> {
    let row = |i: u32| {
        let (spo2, pulse) = (if (100..115).contains(&i) { 86 } else { 96 }, 55 + i % 9);
        format!("13/11/2025 22:{:02}:{:02};{pulse};{spo2}\n", i * 4 / 60, i * 4 % 60)
    };
    format!("{header}\n{}", (0..225).map(row).collect::<String>()).into_bytes()
}

/// Twenty minutes of a ring, a second each, with a fall to 65 % and 30 s below the range of the ring behind it.
fn below_range() -> Vec<u8> {
    let levels = (0..300).map(|_| Some(95)).chain((65..94).rev().map(Some)).chain((0..30).map(|_| None));
    let levels = levels.chain((65..95).map(Some)).chain((0..811).map(|_| Some(95)));
    let row = |(at, spo2): (u32, Option<u32>)| {
        let spo2 = spo2.map_or_else(|| "--".to_owned(), |pct| pct.to_string());
        format!("22:{:02}:{:02} Jan 02 2026,{spo2},60,0\n", at / 60, at % 60)
    };
    format!("Time,Oxygen Level,Pulse Rate,Motion\n{}", (0..).zip(levels).map(row).collect::<String>())
        .into_bytes()
}

/// Brings analyses up to date as the jobs do; says of how many nights.
pub async fn renew(app: &App) -> u64 {
    let before = ask_for_outdated(app).await.unwrap();
    let worker = Worker::new((&app.db, &app.clock, &app.random, &app.drain), JOBS.to_vec(), app.clone());
    worker.work_off().await.unwrap();
    before - ask_for_outdated(app).await.unwrap()
}

behaviours! {
    async fn a_night_of_revision_1_is_computed_anew_and_says_what_lies_below_the_range(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &below_range()).await;
        let (right, list, now) =
            (page(&doctor, &address).await, page(&doctor, "/recordings").await, kept(&server).await);
        assert_eq!(now[0].0, 2, "revision");
        for sql in [
            "UPDATE analyses SET algorithm_revision = 1, figures = '{}' WHERE recording_id = $1",
            "UPDATE desk_rows SET algorithm_revision = 1, odi3_per_h = 88.5, is_below_range = 0, \
             below_90_pct_with_below_range = NULL, is_too_coarse = NULL WHERE recording_id = $1",
        ] {
            change(&server, &address, sql).await;
        }
        assert!(doctor.get("/recordings").await.text().contains(">88,5<"), "what the older program left");
        renew(&server.app).await;
        assert_eq!(page(&doctor, "/recordings").await, list);
        assert_eq!(page(&doctor, &address).await, right);
        assert_eq!(kept(&server).await, now);
        for shown in [&list, &right] {
            assert!(shown.contains("&#60;= 65"), "the lowest is a bound: {shown}");
        }
        assert!(list.contains("cu măsurătorile sub limită"), "T90 a second time");
        assert!(right.contains("data-metric=\"quality.below_range_readings\" data-format=\"int\" data-value=\"30\""));
        for level in [90, 88] {
            assert!(right.contains(&format!("data-metric=\"spo2.below_{level}_pct_with_below_range\"")), "T{level} again");
        }
        assert!(right.contains("data-metric=\"aasm.odi3.count\" data-format=\"int\" data-value=\"1\""));
    }

    async fn showing_a_night_and_its_picture_analyses_nothing_and_reads_no_file(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let (log, _guard) = Log::listen();
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        assert_eq!(counted(&log), (1, 0), "taking the night in");
        for path in ["", "/chart.png", "/chart.png?scale=2", "/chart.jpg"] {
            assert_eq!(doctor.get(&format!("{address}{path}")).await.status, 200);
            assert_eq!(counted(&log), (0, 0), "{path}");
        }
        doctor.get("/recordings").await;
        assert_eq!(counted(&log), (0, 0), "the list");
        assert_eq!(doctor.get(&format!("{address}/file")).await.body, made_up(2));
        assert_eq!(counted(&log), (0, 1), "the interactive chart's file");
    }

    async fn a_patients_view_analyses_nothing_and_reads_no_file(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        let made = doctor.post(&format!("{address}/links"), &[("note", "P17"), ("lifetime", "7")]).await;
        let link = made.between("/p/", "<");
        let (id, secret) = link.split_once('#').unwrap();
        let patient = server.browser();
        assert_eq!(patient.post(&format!("/p/{id}/open"), &[("secret", secret.split('"').next().unwrap())]).await.status, 303);
        let (log, _guard) = Log::listen();
        for path in ["", "/chart.png"] {
            let night = format!("/p/{id}/recordings/{}{path}", id_of(&address));
            assert_eq!(patient.get(&night).await.status, 200, "{path}");
            assert_eq!(counted(&log), (0, 0), "{path}");
        }
    }

    async fn a_missing_analysis_is_made_when_it_is_asked_for_and_kept(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        let picture = format!("{address}/chart.png");
        let (first, drawn, rows) = (page(&doctor, &address).await, doctor.get(&picture).await.body, kept(&server).await);
        let (log, _guard) = Log::listen();
        for asked in [&address, &picture] {
            change(&server, &address, "DELETE FROM analyses WHERE recording_id = $1").await;
            assert_eq!(doctor.get(asked).await.status, 200);
            assert_eq!((counted(&log), kept(&server).await), ((1, 1), rows.clone()), "{asked}");
        }
        assert_eq!((page(&doctor, &address).await, doctor.get(&picture).await.body), (first, drawn));
        assert_eq!(counted(&log), (0, 0));
    }

    async fn an_analysis_by_other_revisions_is_not_there_and_goes_when_its_successor_comes(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        let (first, rows) = (page(&doctor, &address).await, kept(&server).await);
        let older = [
            "UPDATE analyses SET algorithm_revision = 0, figures = '{}' WHERE recording_id = $1",
            "UPDATE analyses SET reader_revision = 0, figures = '{}' WHERE recording_id = $1",
            "UPDATE analyses SET layout = 0, figures = '{}' WHERE recording_id = $1",
        ];
        for sql in older {
            change(&server, &address, sql).await;
            assert_eq!(page(&doctor, &address).await, first, "{sql}");
            assert_eq!(kept(&server).await, rows, "{sql}");
        }
    }

    async fn a_table_of_another_tool_that_an_older_reader_misread_is_read_anew_when_the_program_starts(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let misread = store(&doctor, "misread.csv", &foreign("Heure;Saturation;Pouls")).await;
        let wrong = page(&doctor, &misread).await;
        let address = store(&doctor, "pletismo.csv", &foreign("Heure;Pouls;Saturation")).await;
        let (right, list) = (page(&doctor, &address).await, page(&doctor, "/recordings").await);
        let now = kept(&server).await;
        for sql in [
            "UPDATE analyses SET reader_revision = reader_revision - 1, \
             figures = (SELECT wrong.figures FROM analyses wrong WHERE wrong.recording_id <> $1) WHERE recording_id = $1",
            "UPDATE desk_rows SET reader_revision = reader_revision - 1, odi3_per_h = 88.5 WHERE recording_id = $1",
        ] {
            change(&server, &address, sql).await;
        }
        assert!(doctor.get("/recordings").await.text().contains(">88,5<"), "what the older program left");
        renew(&server.app).await;
        assert_eq!(page(&doctor, "/recordings").await, list);
        assert_eq!(page(&doctor, &address).await, right);
        assert_eq!(kept(&server).await, now);
        let figure = |page: &str| page.split("data-metric=\"spo2.mean_pct\"").nth(1).map(|rest| rest[..120].to_owned());
        assert_ne!(figure(&right), figure(&wrong), "the two readings differ");
    }

    async fn an_analysis_of_a_newer_program_stays_and_is_not_shown_by_this_one(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        let first = page(&doctor, &address).await;
        change(&server, &address, "UPDATE analyses SET reader_revision = 99, figures = 'of tomorrow' WHERE recording_id = $1").await;
        change(&server, &address, "UPDATE desk_rows SET reader_revision = 99, odi3_per_h = 77.5 WHERE recording_id = $1").await;
        assert_eq!(page(&doctor, &address).await, first);
        assert_eq!(kept(&server).await.iter().map(|row| row.1).collect::<Vec<_>>(), [99]);
        assert_eq!(renew(&server.app).await, 0);
        assert!(doctor.get("/recordings").await.text().contains(">77,5<"));
    }

    async fn a_damaged_analysis_is_made_anew(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        let (first, rows) = (page(&doctor, &address).await, kept(&server).await);
        change(&server, &address, "UPDATE analyses SET figures = '{\"summary\":' WHERE recording_id = $1").await;
        assert_eq!(page(&doctor, &address).await, first);
        assert_eq!(kept(&server).await, rows);
    }

    async fn two_processes_that_bring_analyses_up_to_date_make_the_same(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let mut addresses = Vec::new();
        for day in 1..=5 {
            addresses.push(store(&doctor, "a.csv", &made_up(day)).await);
        }
        let (list, rows) = (page(&doctor, "/recordings").await, kept(&server).await);
        for address in &addresses {
            change(&server, address, "UPDATE analyses SET layout = 0, figures = '{}' WHERE recording_id = $1").await;
            change(&server, address, "UPDATE desk_rows SET layout = 0, odi4_per_h = 55.5 WHERE recording_id = $1").await;
        }
        let both = tokio::join!(renew(&server.app), renew(&server.app));
        assert!(both.0 + both.1 >= 5);
        assert_eq!((page(&doctor, "/recordings").await, kept(&server).await), (list, rows));
        assert_eq!(renew(&server.app).await, 0);
    }

    async fn a_night_that_cannot_be_analysed_does_not_keep_the_others_from_it(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let [lost, kept] = [2, 3].map(made_up);
        let (lost, kept) = (store(&doctor, "a.csv", &lost).await, store(&doctor, "b.csv", &kept).await);
        for address in [&lost, &kept] {
            change(&server, address, "UPDATE desk_rows SET algorithm_revision = 0 WHERE recording_id = $1").await;
        }
        change(&server, &lost, "UPDATE recordings SET blob_key = 'recordings/of/nobody' WHERE id = $1").await;
        assert_eq!(renew(&server.app).await, 1);
        assert_eq!(doctor.get(&format!("{lost}/file")).await.status, 500);
    }

    async fn deleting_a_recording_deletes_its_analysis(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        assert_eq!(kept(&server).await.len(), 1);
        assert_eq!(doctor.post(&format!("{address}/delete"), &[]).await.status, 303);
        assert!(kept(&server).await.is_empty());
    }

    async fn an_upload_that_completes_another_names_it_and_is_what_was_analysed(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        // Which of the two is the day, only the name tells.
        let rows: String = (0..2).map(|i| format!("22:00:0{} 02/01/2026,96,60,0\n", i * 4)).collect();
        let address = store(&doctor, "O2Ring_20260201220000.csv", rows.as_bytes()).await;
        change(&server, &address, "UPDATE recordings SET state = 'pending' WHERE id = $1").await;
        assert_eq!(store(&doctor, "O2Ring_20260102220000.csv", rows.as_bytes()).await, address);
        let first = page(&doctor, &address).await;
        assert!(first.contains("vineri, 2 ianuarie 2026"), "{first}");
        change(&server, &address, "DELETE FROM analyses WHERE recording_id = $1").await;
        assert_eq!(page(&doctor, &address).await, first);
    }

    async fn what_is_kept_of_a_recorded_night_is_small(server: Server) {
        let name = "Checkme O2 1001_20250129203510.csv";
        let Some(bytes) = nights::real(name) else { return };
        let doctor = server.doctor("ana@clinica.ro").await;
        store(&doctor, name, &bytes).await;
        let query = "SELECT CAST(LENGTH(figures) AS BIGINT), CAST(LENGTH(events) AS BIGINT), CAST(LENGTH(series) AS BIGINT) FROM analyses";
        let row = sqlx::query(query).fetch_one(server.app.db.read()).await.unwrap();
        let [figures, events, series] = [0, 1, 2].map(|column| row.get::<i64, _>(column));
        println!("kept of {} bytes: figures {figures}, events {events}, series {series}", bytes.len());
        assert!(figures < 15_000 && events < 150_000 && series < 60_000, "{figures} {events} {series}");
    }
}
