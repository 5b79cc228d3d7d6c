//! Uploading, listing, showing and deleting recordings.

use std::time::Duration;

use oxi_server::platform::blobs::{BlobError, BlobKey, Blobs, Put};
use oxi_server::recordings::{finish_deletions, give_up_uploads, remove_drafts};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::analyses::renew;
use crate::nights::{self, BINARY, CSV, fixture, made_up, store, store_as_it_is};
use crate::support::Server;

/// Rows of recordings, whatever their state.
pub(crate) async fn rows(server: &Server) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM recordings").fetch_one(server.app.db.read()).await.unwrap()
}

/// The identifier at the end of a recording's address.
pub(crate) fn id_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

async fn blob_key(server: &Server, address: &str) -> BlobKey {
    let query = sqlx::query_scalar("SELECT owner_id FROM recordings WHERE id = $1").bind(id_of(address));
    let owner: String = query.fetch_one(server.app.db.read()).await.unwrap();
    BlobKey::new(&["recordings", &owner, id_of(address)]).unwrap()
}

pub(crate) async fn change(server: &Server, address: &str, sql: &'static str) {
    assert_eq!(server.change(sqlx::query(sql).bind(id_of(address))).await, 1);
}

/// The first recording address in a list page.
fn addresses(list: &str) -> Vec<String> {
    let links = list.split("<th scope=\"row\"><a href=\"").skip(1);
    links.map(|link| link.split('"').next().unwrap().to_owned()).collect()
}

behaviours! {
    async fn every_number_of_a_page_is_the_cores_own(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        for (name, expected) in nights::golden() {
            let page = doctor.get(&store_as_it_is(&doctor, &name, &fixture(&name)).await).await;
            assert!(!page.text().contains("[notice"), "{name} has a notice without words: {}", page.text());
            let shown = nights::numbers(&page);
            assert!(shown.len() > 50, "{name}: {} numbers", shown.len());
            for (path, value) in shown {
                let wanted = nights::at(&expected["summary"], &path).as_f64();
                let is_same = match (value, wanted) {
                    (Some(value), Some(wanted)) => (value - wanted).abs() <= 1e-9 * wanted.abs().max(1.0),
                    (value, wanted) => value.is_none() && wanted.is_none(),
                };
                assert!(is_same, "{name}, {path}: {value:?} on the page, {wanted:?} expected");
            }
        }
    }

    /// A database connection remembers what its first query looked like; a missing index must not decide the rest.
    async fn nights_with_and_without_an_index_follow_each_other_in_any_order(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        for round in 0..4 {
            let none = format!("22:00:0{round} Jan 02 2026,--,--,0\n22:00:1{round} Jan 02 2026,--,--,0\n");
            for bytes in [none.into_bytes(), made_up(round + 1)] {
                let page = doctor.get(&store(&doctor, "night.csv", &bytes).await).await;
                assert_eq!(page.status, 200, "{}", page.text());
            }
        }
        assert_eq!(rows(&server).await, 8);
    }

    async fn a_page_prints_rounded_numbers_in_the_readers_language(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "noapte.csv", &made_up(2)).await;
        doctor.set_cookie("lang", Some("ro"));
        let page = doctor.get(&address).await.text();
        assert!(page.contains(">4,0</dd>"), "one event in fifteen minutes: {page}");
        assert!(page.contains("vineri, 2 ianuarie 2026, ora 22:00"), "{page}");
        doctor.set_cookie("lang", Some("en"));
        let page = doctor.get(&address).await.text();
        assert!(page.contains(">4.0</dd>"), "{page}");
        assert!(page.contains("Friday 2 January 2026, 22:00"), "{page}");
    }

    async fn a_page_lists_its_desaturations_and_reconciles_its_readings(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        doctor.set_cookie("lang", Some("en"));
        let page = doctor.get(&store(&doctor, "night.csv", &made_up(2)).await).await.text();
        assert!(page.contains("<td>22:06:36</td><td class=\"num\">01:04</td><td class=\"num\">96</td>"), "{page}");
        assert!(page.contains("Of 225 readings, 225 were analysed."), "{page}");
        assert!(page.contains("Less than four hours"), "{page}");
    }

    async fn the_original_file_comes_back_byte_for_byte(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let name = "Checkme O2 1001_20260102235930 ș.csv";
        let address = store(&doctor, name, &fixture(CSV)).await;
        let file = doctor.get(&format!("{address}/file")).await;
        assert_eq!((file.status, &file.body), (200, &fixture(CSV)));
        assert!(file.header("content-disposition").starts_with("attachment; "), "{:?}", file.headers);
        assert!(file.header("content-disposition").contains("%C8%99.csv"), "{:?}", file.headers);
        assert_eq!(file.header("cache-control"), "no-store");
        assert!(file.header("content-security-policy").contains("sandbox"), "{:?}", file.headers);
    }

    async fn the_same_file_twice_is_one_recording(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let first = doctor.upload("/recordings", &[("a.csv", &made_up(2))], true).await;
        let second = doctor.upload("/recordings", &[("b.csv", &made_up(2))], true).await;
        assert_eq!((first.status, second.status), (201, 200));
        assert_eq!(first.json()["files"][0]["recording"], second.json()["files"][0]["recording"]);
        assert_eq!(rows(&server).await, 1);
    }

    async fn a_file_that_is_there_already_is_told_as_a_duplicate(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let (name, bytes) = ("noapte.csv", made_up(2));
        let address = store(&doctor, name, &bytes).await;
        for (language, words) in [("ro", "Fișierul exista deja; nu s-a păstrat a doua oară."), ("en", "This file was here already; it was not stored a second time.")] {
            doctor.set_cookie("lang", Some(language));
            let told = doctor.upload("/recordings", &[(name, &bytes)], true).await.json()["files"][0].clone();
            assert_eq!((told["result"].as_str(), told["message"].as_str()), (Some("duplicate"), Some(words)));
            let alone = doctor.upload("/recordings", &[(name, &bytes)], false).await;
            assert_eq!((alone.status, alone.header("location")), (303, format!("{address}?duplicate=1")));
            assert!(doctor.get(&alone.header("location")).await.text().contains(words));
            assert!(!doctor.get(&address).await.text().contains(words));
            let beside = doctor.upload("/recordings", &[(name, &bytes), ("gol.csv", b"")], false).await;
            assert!(beside.text().contains("upload-line is-duplicate") && beside.text().contains(words), "{}", beside.text());
            assert!(!beside.text().contains("is-stored"), "{}", beside.text());
            assert!(!beside.text().contains("{$"), "a sentence for the script has a place that no script fills: {}", beside.text());
        }
        assert_eq!(rows(&server).await, 1);
    }

    async fn the_result_of_an_upload_that_is_reloaded_stores_nothing_twice(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let files: [(&str, &[u8]); 3] = [("a.csv", &made_up(2)), ("b.csv", &made_up(3)), ("gol.csv", b"")];
        let first = doctor.upload("/recordings", &files, false).await;
        assert_eq!(first.text().matches("upload-line is-stored").count(), 2, "{}", first.text());
        let again = doctor.upload("/recordings", &files, false).await;
        assert_eq!(again.text().matches("upload-line is-duplicate").count(), 2, "{}", again.text());
        assert_eq!(rows(&server).await, 2);
    }

    async fn the_same_file_many_times_at_once_is_stored_once(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let bytes = made_up(2);
        let token = doctor.form_token().await;
        let uploads = (0..8).map(|_| {
            let part = reqwest::multipart::Part::bytes(bytes.clone()).file_name("a.csv");
            let form = reqwest::multipart::Form::new().text("csrf", token.clone()).part("files", part);
            doctor.send(doctor.request(reqwest::Method::POST, "/recordings").header("accept", "application/json").multipart(form))
        });
        let answers = join_all(uploads).await;
        let new = answers.iter().filter(|answer| answer.status == 201).count();
        let known = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!((new, known, rows(&server).await), (1, 7, 1));
    }

    async fn two_doctors_may_have_the_same_file_and_do_not_learn_of_each_other(server: Server) {
        let admin = server.admin().await;
        let ana = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let dan = server.doctor_made_by(&admin, "dan@clinica.ro").await;
        let first = ana.upload("/recordings", &[("a.csv", &made_up(2))], true).await;
        let second = dan.upload("/recordings", &[("a.csv", &made_up(2))], true).await;
        assert_eq!((first.status, second.status), (201, 201));
        assert_ne!(first.json()["files"][0]["recording"], second.json()["files"][0]["recording"]);
    }

    async fn a_good_file_is_stored_beside_a_bad_one_and_both_are_named(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        doctor.set_cookie("lang", Some("en"));
        let files: [(&str, &[u8]); 2] = [("good.csv", &made_up(2)), ("bad.csv", b"\x89PNG\r\n\x1a\n1234")];
        let answer = doctor.upload("/recordings", &files, false).await;
        assert_eq!((answer.status, rows(&server).await), (207, 1));
        let page = answer.text();
        assert!(page.contains("<strong>good.csv: stored</strong>"), "{page}");
        assert!(page.contains("<strong>bad.csv: refused</strong> The file is a picture, not a recording"), "{page}");
        assert_eq!(addresses(&page).len(), 1);
    }

    async fn the_form_without_scripts_leads_to_the_new_page(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let answer = doctor.upload("/recordings", &[("night.csv", &made_up(2))], false).await;
        assert_eq!(answer.status, 303);
        assert_eq!(doctor.get(&answer.header("location")).await.status, 200);
    }

    async fn an_upload_without_the_forms_token_stores_nothing(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let part = reqwest::multipart::Part::bytes(made_up(2)).file_name("a.csv");
        let form = reqwest::multipart::Form::new().part("files", part).text("csrf", doctor.form_token().await);
        let request = doctor.request(reqwest::Method::POST, "/recordings").multipart(form);
        assert_eq!((doctor.send(request).await.status, rows(&server).await), (403, 0));
    }

    async fn an_upload_that_breaks_off_stores_nothing(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let token = doctor.form_token().await;
        let cookies = ["sid", "browser"].map(|name| format!("{name}={}", doctor.cookie(name).unwrap())).join("; ");
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--x\r\nContent-Disposition: \
             form-data; name=\"files\"; filename=\"a.csv\"\r\n\r\n{}",
            String::from_utf8(made_up(2)).unwrap()
        );
        let host = server.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).await.unwrap();
        let head = format!(
            "POST /recordings HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\nContent-Type: multipart/form-data; \
             boundary=x\r\nContent-Length: {}\r\n\r\n",
            body.len() + 500
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        _ = stream.read_to_end(&mut answer).await;
        assert!(!answer.starts_with(b"HTTP/1.1 2") && !answer.starts_with(b"HTTP/1.1 3"), "{}", String::from_utf8_lossy(&answer));
        assert_eq!(rows(&server).await, 0);
    }

    async fn the_list_has_pages_newest_night_first(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        doctor.set_cookie("lang", Some("en"));
        let days: Vec<_> = (1..=26).map(made_up).collect();
        let late = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).replace("Jan", "Feb").into_bytes();
        let files: Vec<_> = days.iter().cloned().chain(days.iter().map(late)).collect();
        for half in files.chunks(26) {
            let named: Vec<_> = half.iter().map(|bytes| ("Checkme O2 1001_20260102235930.csv", bytes.as_slice())).collect();
            assert_eq!(doctor.upload("/recordings", &named, true).await.status, 201);
        }
        let first = doctor.get("/recordings").await.text();
        let second = doctor.get("/recordings?page=2").await.text();
        assert_eq!((addresses(&first).len(), addresses(&second).len()), (50, 2));
        let newest = first.find("26.02.2026 22:00").unwrap();
        assert!(newest < first.find("25.02.2026 22:00").unwrap());
        assert!(second.contains("01.01.2026 22:00") && second.contains("Page 2 of 2"), "{second}");
        assert!(first.contains("<td>1001</td>"), "{first}");
    }

    async fn for_another_doctor_a_recording_does_not_exist(server: Server) {
        let admin = server.admin().await;
        let ana = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let dan = server.doctor_made_by(&admin, "dan@clinica.ro").await;
        let address = store(&ana, "a.csv", &made_up(2)).await;
        for other in [&dan, &admin] {
            for path in ["", "/file", "/chart.png", "/chart.jpg", "/delete"] {
                assert_eq!(other.get(&format!("{address}{path}")).await.status, 404, "GET {path}");
            }
            for (path, fields) in [("/delete", [("a", "b")]), ("/links", [("note", "")]), ("/patient", [("patient", "")])] {
                assert_eq!(other.post(&format!("{address}{path}"), &fields).await.status, 404, "POST {path}");
            }
            assert!(!other.get("/recordings").await.text().contains(&address));
        }
        assert_eq!(ana.get(&address).await.status, 200);
    }

    async fn without_a_log_in_there_are_no_recordings(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        let stranger = server.browser();
        assert_eq!(stranger.get(&address).await.header("location"), format!("/login?next={}", address.replace('/', "%2F")));
        assert_eq!(stranger.get_json(&format!("{address}/file")).await.status, 401);
        let refused = stranger.upload("/recordings", &[("a.csv", &made_up(3))], true).await;
        assert_eq!((refused.status, rows(&server).await), (401, 1));
    }

    async fn deleting_takes_a_question_and_leaves_neither_row_nor_bytes(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        let key = blob_key(&server, &address).await;
        assert!(doctor.get(&format!("{address}/delete")).await.text().contains(&format!("action=\"{address}/delete\"")));
        assert_eq!(doctor.get(&address).await.status, 200);
        let answer = doctor.post(&format!("{address}/delete"), &[]).await;
        assert_eq!((answer.status, answer.header("location").as_str()), (303, "/recordings?deleted=1"));
        assert_eq!(doctor.get(&address).await.status, 404);
        assert_eq!(rows(&server).await, 0);
        assert!(matches!(server.app.blobs.get(&key).await, Err(BlobError::Missing(_))));
        assert_eq!(doctor.upload("/recordings", &[("a.csv", &made_up(2))], true).await.status, 201);
    }

    async fn an_upload_that_died_before_its_bytes_is_completed_by_the_next_one(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        server.app.blobs.delete(&blob_key(&server, &address).await).await.unwrap();
        change(&server, &address, "UPDATE recordings SET state = 'pending' WHERE id = $1").await;
        assert_eq!(doctor.get(&address).await.status, 404);
        let again = doctor.upload("/recordings", &[("a.csv", &made_up(2))], true).await;
        assert_eq!((again.status, again.json()["files"][0]["recording"].as_str()), (201, Some(address.as_str())));
        assert_eq!(doctor.get(&address).await.status, 200);
    }

    async fn an_upload_that_died_with_its_bytes_is_completed_and_never_by_other_bytes(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        let key = blob_key(&server, &address).await;
        change(&server, &address, "UPDATE recordings SET state = 'pending' WHERE id = $1").await;
        server.app.blobs.delete(&key).await.unwrap();
        assert_eq!(server.app.blobs.put(&key, made_up(3).into()).await.unwrap(), Put::Stored);
        let other = doctor.upload("/recordings", &[("a.csv", &made_up(2))], true).await;
        assert_eq!((other.status, other.json()["files"][0]["result"].as_str()), (503, Some("storage")));
        assert_eq!((doctor.get(&address).await.status, server.app.blobs.get(&key).await.unwrap()), (404, made_up(3).into()));
        server.app.blobs.delete(&key).await.unwrap();
        assert_eq!(server.app.blobs.put(&key, made_up(2).into()).await.unwrap(), Put::Stored);
        let same = doctor.upload("/recordings", &[("a.csv", &made_up(2))], true).await;
        assert_eq!((same.status, doctor.get(&address).await.status), (201, 200), "{}", same.text());
    }

    async fn the_sweep_removes_what_died_and_nothing_else(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let [kept, died, deleted] = [2, 3, 4].map(made_up);
        let kept = store(&doctor, "a.csv", &kept).await;
        let died = store(&doctor, "b.csv", &died).await;
        let deleted = store(&doctor, "c.csv", &deleted).await;
        let keys = [blob_key(&server, &died).await, blob_key(&server, &deleted).await];
        change(&server, &died, "UPDATE recordings SET state = 'pending' WHERE id = $1").await;
        change(&server, &deleted, "UPDATE recordings SET state = 'deleting' WHERE id = $1").await;
        assert_eq!(give_up_uploads(&server.app).await.unwrap(), 0);
        assert_eq!(finish_deletions(&server.app).await.unwrap(), 1);
        server.wait(Duration::from_mins(16));
        assert_eq!(give_up_uploads(&server.app).await.unwrap(), 1);
        assert_eq!((finish_deletions(&server.app).await.unwrap(), rows(&server).await), (1, 1));
        for key in keys {
            assert!(matches!(server.app.blobs.get(&key).await, Err(BlobError::Missing(_))));
        }
        assert_eq!(doctor.get(&kept).await.status, 200);
    }

    async fn the_sweep_removes_what_crashes_left_half_written(server: Server) {
        let folder = tempfile::tempdir().unwrap();
        let (config, drafts) = (server.app.config.clone(), folder.path().join("files/.drafts"));
        let other = Server::start_on(server.backend, config, Blobs::folder(folder.path().join("files")), folder).await;
        other.app.blobs.rehearse().await.unwrap();
        let draft = std::fs::File::create(drafts.join("old")).unwrap();
        draft.set_modified(draft.metadata().unwrap().modified().unwrap() - Duration::from_hours(7)).unwrap();
        assert_eq!(remove_drafts(&other.app).await.unwrap(), 1);
        assert!(!drafts.join("old").exists());
        other.stop().await;
    }

    async fn numbers_of_an_older_revision_are_computed_anew(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        change(&server, &address, "UPDATE desk_rows SET algorithm_revision = 0, odi3_per_h = 99.5 WHERE recording_id = $1").await;
        assert!(doctor.get("/recordings").await.text().contains(">99,5<"));
        assert_eq!(renew(&server.app).await, 1);
        assert!(doctor.get("/recordings").await.text().contains(">4,0<"));
        assert_eq!(renew(&server.app).await, 0);
    }

    async fn bytes_that_changed_in_the_store_are_never_shown(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        let key = blob_key(&server, &address).await;
        server.app.blobs.delete(&key).await.unwrap();
        assert_eq!(server.app.blobs.put(&key, made_up(3).into()).await.unwrap(), Put::Stored);
        let page = doctor.get(&address).await.text();
        assert!(page.contains("vineri, 2 ianuarie 2026, ora 22:00"), "the numbers of what was uploaded: {page}");
        assert_eq!(doctor.get(&format!("{address}/file")).await.status, 500);
        change(&server, &address, "DELETE FROM analyses WHERE recording_id = $1").await;
        for path in ["", "/file", "/chart.png"] {
            assert_eq!(doctor.get(&format!("{address}{path}")).await.status, 500, "{path}");
        }
    }

    async fn while_the_store_is_away_nothing_is_stored_and_the_next_upload_completes(server: Server) {
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("files");
        let config = server.app.config.clone();
        let other = Server::start_on(server.backend, config, Blobs::folder(&files), folder).await;
        let doctor = other.doctor("ana@clinica.ro").await;
        std::fs::write(&files, "no folder").unwrap();
        let away = doctor.upload("/recordings", &[("a.csv", &made_up(2))], true).await;
        assert_eq!((away.status, away.json()["files"][0]["result"].as_str()), (503, Some("storage")));
        assert!(addresses(&doctor.get("/recordings").await.text()).is_empty());
        std::fs::remove_file(&files).unwrap();
        let back = doctor.upload("/recordings", &[("a.csv", &made_up(2))], true).await;
        assert_eq!((back.status, rows(&other).await), (201, 1), "{}", back.text());
        other.stop().await;
    }

    async fn a_deletion_while_the_store_is_away_hides_at_once_and_completes_later(server: Server) {
        let folder = tempfile::tempdir().unwrap();
        let (files, aside) = (folder.path().join("files"), folder.path().join("aside"));
        let config = server.app.config.clone();
        let other = Server::start_on(server.backend, config, Blobs::folder(&files), folder).await;
        let doctor = other.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        let key = blob_key(&other, &address).await;
        std::fs::rename(&files, &aside).unwrap();
        std::fs::write(&files, "no folder").unwrap();
        let answer = doctor.post(&format!("{address}/delete"), &[]).await;
        assert_eq!((answer.status, doctor.get(&address).await.status), (503, 404), "{}", answer.text());
        std::fs::remove_file(&files).unwrap();
        std::fs::rename(&aside, &files).unwrap();
        assert_eq!(finish_deletions(&other.app).await.unwrap(), 1);
        assert!(matches!(other.app.blobs.get(&key).await, Err(BlobError::Missing(_))));
        assert_eq!(rows(&other).await, 0);
        other.stop().await;
    }

    async fn a_binary_is_shown_like_a_text(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, BINARY, &fixture(BINARY)).await;
        let file = doctor.get(&format!("{address}/file")).await;
        assert_eq!(file.body, fixture(BINARY));
        assert_eq!(file.header("content-type"), "application/octet-stream");
        assert_eq!(doctor.get(&address).await.status, 200);
    }

    async fn the_page_of_a_recorded_night_equals_the_vendors_report(server: Server) {
        let name = "Checkme O2 1001_20250129203510.csv";
        let Some(bytes) = nights::real(name) else { return };
        let doctor = server.doctor("ana@clinica.ro").await;
        let page = doctor.get(&store(&doctor, name, &bytes).await).await;
        let numbers = nights::numbers(&page);
        let value = |path: &str| numbers.iter().find(|(shown, _)| shown == path).unwrap().1.unwrap();
        assert_eq!(value("recording.records"), 9_001.0);
        assert_eq!(["aasm.odi3.count", "aasm.odi4.count"].map(value), [271.0, 185.0]);
        assert_eq!(["viatom.drops3", "viatom.drops4"].map(value), [143.0, 95.0]);
        let text = page.text();
        for printed in ["14,30 /h", "9,50 /h", "28:04", "03:20:18", "05:54:40", "11:37", "05:26", "06:11:44", "61,94 %", "09:59:51", "99,96 %", "10:00:08"]
        {
            assert!(text.contains(&format!(">{printed}<")), "{printed} is not on the page");
        }
        assert!(text.contains("67 fără SpO2 (dintre care 67 cu puls prezent)"), "{text}");
    }
}

/// Waits for all of them, all running at once in this task.
async fn join_all<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = futures.map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        for (future, done) in waiting.iter_mut().filter(|(_, done)| done.is_none()) {
            if let std::task::Poll::Ready(answer) = future.as_mut().poll(context) {
                *done = Some(answer);
            }
        }
        if waiting.iter().all(|(_, done)| done.is_some()) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    waiting.into_iter().filter_map(|(_, done)| done).collect()
}
