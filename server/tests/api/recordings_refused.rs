//! Files that are no recordings: named, explained in the reader's language, and not stored.

use crate::nights::{CUT, fixture, made_up, store};
use crate::recordings::rows;
use crate::support::audit_log::audit_lines;
use crate::support::client::{Answer, Client};
use crate::support::{Backend, Server};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde";
const HEADER: &[u8] = b"Time,Oxygen Level,Pulse Rate,Motion\n";

async fn nothing_is_stored(server: &Server) {
    assert_eq!(rows(server).await, 0);
    if server.backend == Backend::Sqlite {
        assert!(!server.folder.path().join("files/recordings").exists(), "a blob was stored");
    }
}

/// Uploads a file that must be refused and gives the two answers, in Romanian and in English.
async fn refused(doctor: &Client, name: &str, bytes: &[u8], json: bool) -> [Answer; 2] {
    let mut answers = Vec::new();
    for language in ["ro", "en"] {
        doctor.set_cookie("lang", Some(language));
        answers.push(doctor.upload("/recordings", &[(name, bytes)], json).await);
    }
    answers.try_into().unwrap()
}

behaviours! {
    async fn an_empty_file_is_refused_in_both_languages(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let [ro, en] = refused(&doctor, "gol.csv", b"", false).await;
        assert_eq!((ro.status, en.status), (422, 422));
        assert!(ro.text().contains("<strong>gol.csv: refuzat</strong> Fișierul este gol."), "{}", ro.text());
        assert!(en.text().contains("<strong>gol.csv: refused</strong> The file is empty."), "{}", en.text());
        nothing_is_stored(&server).await;
    }

    async fn a_picture_named_csv_is_refused_with_the_place(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let [ro, en] = refused(&doctor, "poza.csv", PNG, true).await;
        assert_eq!((ro.status, en.status), (422, 422));
        let (ro, en) = (&ro.json()["files"][0], &en.json()["files"][0]);
        assert_eq!((ro["name"].as_str(), ro["result"].as_str()), (Some("poza.csv"), Some("picture-file")));
        assert!(ro["recording"].is_null() && ro["offset"].is_u64(), "{ro}");
        assert!(ro["message"].as_str().unwrap().contains("este o imagine, nu o înregistrare"), "{ro}");
        assert!(en["message"].as_str().unwrap().contains("is a picture, not a recording"), "{en}");
        assert!(en["message"].as_str().unwrap().contains("byte 0") || en["line"].is_u64(), "{en}");
        nothing_is_stored(&server).await;
    }

    async fn a_header_without_readings_is_refused(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let [ro, en] = refused(&doctor, "antet.csv", HEADER, false).await;
        assert_eq!((ro.status, en.status), (422, 422));
        assert!(ro.text().contains("numai antetul, fără nicio măsurătoare"), "{}", ro.text());
        assert!(en.text().contains("a header and not one reading"), "{}", en.text());
        nothing_is_stored(&server).await;
    }

    async fn ten_megabytes_of_zeros_are_refused(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let answer = doctor.upload("/recordings", &[("zero.bin", &vec![0; 10_000_000])], true).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert_eq!(answer.json()["files"][0]["result"], "unknown-format");
        nothing_is_stored(&server).await;
    }

    async fn a_cut_binary_is_refused_with_what_is_missing(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let [ro, en] = refused(&doctor, CUT, &fixture(CUT), true).await;
        assert_eq!((ro.status, en.status), (422, 422));
        assert_eq!((ro.json()["files"][0]["result"].as_str(), ro.json()["files"][0]["offset"].as_u64()), (Some("cut"), Some(643)));
        assert!(ro.text().contains("lipsesc 897 de octeți"), "{}", ro.text());
        assert!(en.text().contains("897 bytes are missing"), "{}", en.text());
        nothing_is_stored(&server).await;
    }

    async fn a_text_cut_in_its_last_line_is_refused(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let whole = made_up(2);
        let answer = doctor.upload("/recordings", &[("taiat.csv", &whole[..whole.len() - 8])], true).await;
        assert_eq!((answer.status, answer.json()["files"][0]["result"].as_str()), (422, Some("cut-line")), "{}", answer.text());
        nothing_is_stored(&server).await;
    }

    async fn half_a_night_is_stored_when_its_doctor_decides_so_and_says_that_it_is_half(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let whole = made_up(2);
        let files = [
            (CUT, fixture(CUT), "lipsesc 897 de octeți. Cifrele se referă numai la cele 120 de măsurători", "897 bytes are missing at its end"),
            ("taiat.csv", whole[..whole.len() - 8].to_vec(), "se termină în mijlocul unui rând", "it ends inside a line"),
        ];
        _ = store(&doctor, "intreg.csv", &made_up(3)).await;
        assert!(!doctor.get("/recordings").await.text().contains("fișier incomplet"));
        for (name, bytes, ro, en) in files {
            let asked = doctor.upload("/recordings", &[(name, &bytes)], true).await.json()["files"][0].clone();
            let decision = asked["incomplete"].as_str().unwrap();
            assert!(asked["recording"].is_null() && decision.len() == 64, "{asked}");
            let stored = doctor.upload_decided("/recordings", &[decision], &[(name, &bytes)], true).await;
            assert_eq!((stored.status, stored.json()["files"][0]["result"].as_str()), (201, Some("stored")), "{}", stored.text());
            let told = audit_lines(&stored.header("x-request-id"));
            assert_eq!((told.len(), &told[0]["action"]), (1, &"incomplete-recording-stored".into()), "{told:?}");
            let address = stored.json()["files"][0]["recording"].as_str().unwrap().to_owned();
            for (language, words) in [("ro", ro), ("en", en)] {
                doctor.set_cookie("lang", Some(language));
                assert!(doctor.get(&address).await.text().contains(words), "{}", doctor.get(&address).await.text());
            }
            doctor.set_cookie("lang", Some("en"));
            assert!(doctor.get("/recordings").await.text().contains(">incomplete file</span>"), "the list says so too");
            doctor.set_cookie("lang", Some("ro"));
            assert_eq!(doctor.get(&format!("{address}/file")).await.body, bytes);
            let again = doctor.upload("/recordings", &[(name, &bytes)], true).await;
            assert_eq!(again.json()["files"][0]["result"], "duplicate", "what was decided is not asked again");
        }
    }

    async fn a_decision_is_about_one_file_and_about_its_end_alone(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let (cut, whole) = (fixture(CUT), made_up(2));
        let other = &whole[..whole.len() - 8];
        let asked = doctor.upload("/recordings", &[(CUT, &cut)], true).await.json()["files"][0].clone();
        let decision = asked["incomplete"].as_str().unwrap();
        let answer = doctor.upload_decided("/recordings", &[decision, "x"], &[("alt.csv", other), ("poza.csv", PNG)], true).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert_eq!((answer.json()["files"][0]["result"].as_str(), answer.json()["files"][1]["result"].as_str()), (Some("cut-line"), Some("picture-file")));
        assert!(answer.json()["files"][1]["incomplete"].is_null());
        nothing_is_stored(&server).await;
    }

    async fn the_page_without_scripts_asks_about_half_a_night(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let [ro, en] = refused(&doctor, CUT, &fixture(CUT), false).await;
        assert!(ro.text().contains("Păstrează ce există") && en.text().contains("Store what is there"), "{}", ro.text());
        let decision = ro.between("name=\"incomplete\" value=\"", "\"");
        nothing_is_stored(&server).await;
        let stored = doctor.upload_decided("/recordings", &[&decision], &[(CUT, &fixture(CUT))], false).await;
        assert_eq!((stored.status, rows(&server).await), (303, 1), "{}", stored.text());
    }

    async fn a_row_that_cannot_be_read_is_named_by_line_and_column(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let text = String::from_utf8(made_up(2)).unwrap().replacen("22:00:08 Jan 02 2026,96", "22:00:08 Jan 02 2026,x6", 1);
        let [ro, en] = refused(&doctor, "rand.csv", text.as_bytes(), true).await;
        assert_eq!((ro.status, en.status), (422, 422));
        assert_eq!((ro.json()["files"][0]["result"].as_str(), ro.json()["files"][0]["line"].as_u64()), (Some("bad-row"), Some(4)));
        assert!(ro.text().contains("(rândul 4, coloana"), "{}", ro.text());
        assert!(en.text().contains("(line 4, column"), "{}", en.text());
        nothing_is_stored(&server).await;
    }

    async fn more_than_twenty_megabytes_are_refused_and_the_rest_is_stored(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        doctor.set_cookie("lang", Some("en"));
        let large = vec![b'x'; 20_000_001];
        let alone = doctor.upload("/recordings", &[("mare.csv", &large)], false).await;
        assert_eq!(alone.status, 413);
        assert!(alone.text().contains("larger than the 20 MB"), "{}", alone.text());
        nothing_is_stored(&server).await;
        let beside = doctor.upload("/recordings", &[("mare.csv", &large), ("bun.csv", &made_up(2))], true).await;
        assert_eq!((beside.status, rows(&server).await), (207, 1));
        assert_eq!(beside.json()["files"][0]["result"], "too-large");
    }

    async fn a_body_that_announces_too_much_is_refused_before_it_is_sent(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let request = doctor.request(reqwest::Method::POST, "/recordings").header("accept", "application/json");
        let request = request.header("content-type", "multipart/form-data; boundary=x").header("content-length", "900000000");
        let answer = doctor.try_send(request.body(Vec::new())).await;
        assert!(answer.is_ok_and(|answer| answer.status == 413));
        nothing_is_stored(&server).await;
    }

    async fn files_beyond_the_fiftieth_are_refused_by_name(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let night = made_up(2);
        let files: Vec<_> = (0..51).map(|_| ("a.csv", night.as_slice())).collect();
        let answer = doctor.upload("/recordings", &files, true).await;
        assert_eq!((answer.status, rows(&server).await), (207, 1));
        assert_eq!(answer.json()["files"][50]["result"], "too-many");
    }

    async fn a_form_without_a_file_says_so(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        doctor.set_cookie("lang", Some("en"));
        let none = doctor.upload("/recordings", &[], false).await;
        let unchosen = doctor.upload("/recordings", &[("", b"")], false).await;
        for answer in [none, unchosen] {
            assert_eq!(answer.status, 422);
            assert!(answer.text().contains("You have not chosen a file."), "{}", answer.text());
        }
        nothing_is_stored(&server).await;
    }
}
