//! Patient links: opened without a log-in, closed at once, never enumerable.

use std::time::Duration;

use oxi_server::recordings::neutral_name;
use oxicore::{AnalysisOptions, ParseOptions, Recording};

use crate::nights::{self, made_up, store};
use crate::recordings::rows;
use crate::support::client::Client;
use crate::support::{PASSWORD, Server};

/// A link as the doctor sees it once: the path without the secret, and the secret.
pub(crate) struct Link {
    pub(crate) path: String,
    pub(crate) secret: String,
}

impl Link {
    pub(crate) fn id(&self) -> &str {
        self.path.strip_prefix("/p/").unwrap()
    }
}

pub(crate) async fn make_link(doctor: &Client, recording: &str, fields: &[(&str, &str)]) -> Link {
    let answer = doctor.post(&format!("{recording}/links"), fields).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let address = answer.between("readonly value=\"", "\"");
    let (start, secret) = address.split_once("&#35;").or_else(|| address.split_once('#')).unwrap();
    let path = start.find("/p/").map(|at| start[at..].to_owned()).unwrap();
    Link { path, secret: secret.to_owned() }
}

/// A browser in which the link has been opened.
pub(crate) async fn patient(server: &Server, link: &Link) -> Client {
    let browser = server.browser();
    let answer = browser.post(&format!("{}/open", link.path), &[("secret", &link.secret)]).await;
    assert_eq!((answer.status, answer.header("location")), (303, link.path.clone()), "{}", answer.text());
    browser
}

/// The recording's address behind an open link.
pub(crate) fn shared(link: &Link, recording: &str) -> String {
    format!("{}{recording}", link.path)
}

async fn views(server: &Server, link: &Link) -> i64 {
    let query = sqlx::query_scalar("SELECT views FROM patient_links WHERE id = $1").bind(link.id());
    query.fetch_one(server.app.db.read()).await.unwrap()
}

behaviours! {
    async fn a_link_opens_without_a_log_in(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let recording = store(&doctor, "Checkme O2 1001_20260102220000.csv", &made_up(2)).await;
        let link = make_link(&doctor, &recording, &[("note", "F 17"), ("lifetime", "30")]).await;
        assert_eq!(link.secret.len(), 43);
        let patient = patient(&server, &link).await;
        assert!(patient.get(&link.path).await.text().contains(&shared(&link, &recording)));
        let page = patient.get(&shared(&link, &recording)).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("data-metric=\"aasm.odi3.count\" data-format=\"int\" data-value=\"1\""), "{}", page.text());
        assert_eq!(patient.get(&format!("{}/file", shared(&link, &recording))).await.body, made_up(2));
        let picture = patient.get(&format!("{}/chart.png", shared(&link, &recording))).await;
        assert_eq!((picture.status, picture.header("content-type").as_str()), (200, "image/png"));
    }

    async fn a_page_of_a_new_link_that_is_reloaded_makes_no_second_link(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        let once = doctor.get(&recording).await.between("name=\"once\" value=\"", "\"");
        let path = format!("{recording}/links");
        let token = doctor.form_token().await;
        let form = [("csrf", token.as_str()), ("once", once.as_str())];
        let (first, beside) = tokio::join!(doctor.post_bare(&path, &form), doctor.post_bare(&path, &form));
        let again = doctor.post_bare(&path, &form).await;
        let mut statuses = [first.status, beside.status];
        statuses.sort_unstable();
        assert_eq!((statuses, again.status), ([201, 410], 410), "{}", again.text());
        assert!(again.text().contains("Nu s-a creat un al doilea link") && !again.text().contains("readonly value"), "{}", again.text());
        let links: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM patient_links").fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!(links, 1);
        let another = doctor.get(&recording).await.between("name=\"once\" value=\"", "\"");
        assert_eq!(doctor.post_bare(&path, &[("csrf", &token), ("once", &another)]).await.status, 201);
    }

    async fn a_form_that_counts_once_counts_for_a_week_and_not_without_its_identifier(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        let once = doctor.get(&recording).await.between("name=\"once\" value=\"", "\"");
        server.wait(Duration::from_hours(24 * 7 + 1));
        doctor.sign_in("ana@clinica.ro", PASSWORD).await;
        let token = doctor.form_token().await;
        for once in [once.as_str(), "", "x"] {
            let answer = doctor.post_bare(&format!("{recording}/links"), &[("csrf", &token), ("once", once)]).await;
            assert_eq!(answer.status, 403, "{once}: {}", answer.text());
        }
    }

    async fn a_patient_sees_no_doctors_tools_no_code_and_no_note(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        let link = make_link(&doctor, &recording, &[("note", "FISA-17")]).await;
        let patient = patient(&server, &link).await;
        for path in [link.path.clone(), shared(&link, &recording)] {
            let text = patient.get(&path).await.text();
            for word in ["FISA-17", "P-0001", "/delete", "/links", "ana@clinica.ro", "Știrbu"] {
                assert!(!text.contains(word), "{word} on {path}");
            }
        }
    }

    async fn a_patient_never_meets_the_name_of_the_file(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        for (name, neutral) in [
            ("Popescu Ion 1850312080017 1001_20260102220000.csv", "1001_20260102220000"),
            ("Popescu Ion 1850312080017.Popescu", "SpO2 2026-01-02 22-00"),
        ] {
            let recording = store(&doctor, name, &made_up(2)).await;
            let link = make_link(&doctor, &recording, &[]).await;
            let patient = patient(&server, &link).await;
            let base = shared(&link, &recording);
            for path in ["", "/file", "/chart.png", "/chart.jpg", "/chart.png?download=1", "/chart.jpg?download=1"] {
                let answer = patient.get(&format!("{base}{path}")).await;
                let seen = format!("{:?} {}", answer.headers, answer.text());
                assert_eq!(answer.status, 200, "{path}");
                assert!(!seen.contains("Popescu") && !seen.contains("1850312080017"), "{name} on {path}: {seen}");
            }
            assert!(!patient.get(&link.path).await.text().contains("Popescu"), "{name} in the list");
            let named = |path: &str, ending: &str| (format!("{base}{path}"), format!("filename=\"{neutral}{ending}\""));
            for (path, wanted) in [named("/file", ".csv"), named("/chart.png?download=1", ".png"), named("/chart.jpg?download=1", ".jpg")] {
                let disposition = patient.get(&path).await.header("content-disposition");
                assert!(disposition.contains(&wanted), "{path}: {disposition}");
            }
            assert!(patient.get(&base).await.text().contains(&format!("data-file-name=\"{neutral}.csv\"")));
            let own = doctor.get(&format!("{recording}/file")).await.header("content-disposition");
            assert!(own.contains("Popescu") && doctor.get(&recording).await.text().contains(name), "the doctor's own: {own}");
            assert_eq!(doctor.post(&format!("{recording}/delete"), &[]).await.status, 303);
        }
    }

    async fn only_a_digest_of_the_secret_is_kept(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        let link = make_link(&doctor, &recording, &[]).await;
        let query = sqlx::query_scalar("SELECT secret_hash FROM patient_links WHERE id = $1").bind(link.id());
        let kept: String = query.fetch_one(server.app.db.read()).await.unwrap();
        assert_ne!(kept, link.secret);
        assert!(!doctor.get(&recording).await.text().contains(&link.secret));
    }

    async fn unknown_wrong_revoked_and_expired_links_look_the_same(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        let wrong = Link { secret: "A".repeat(43), ..make_link(&doctor, &recording, &[]).await };
        let revoked = make_link(&doctor, &recording, &[]).await;
        let expired = make_link(&doctor, &recording, &[("lifetime", "7")]).await;
        let unknown = Link { path: "/p/0197d2a0-0000-7000-8000-000000000000".into(), secret: "B".repeat(43) };
        assert_eq!(doctor.post(&format!("/links/{}/revoke", revoked.id()), &[]).await.status, 303);
        server.wait(Duration::from_hours(24 * 7 + 1));
        let mut bodies = Vec::new();
        for link in [&unknown, &wrong, &revoked, &expired] {
            let browser = server.browser();
            let answer = browser.post(&format!("{}/open", link.path), &[("secret", &link.secret)]).await;
            assert_eq!(answer.status, 404, "{}", link.path);
            let token = answer.between("name=\"csrf\" value=\"", "\"");
            bodies.push(answer.text().replace(link.id(), "ID").replace(&token, "TOKEN"));
            assert_eq!(browser.get(&link.path).await.status, 200, "the page that asks for the code tells nothing");
            assert_eq!(browser.get(&shared(link, &recording)).await.status, 404);
        }
        assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:#?}");
        assert!(bodies[0].contains("nu mai este valabil"), "{}", bodies[0]);
    }

    async fn a_revoked_link_shows_nothing_from_the_next_request_on(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        let link = make_link(&doctor, &recording, &[]).await;
        let patient = patient(&server, &link).await;
        let paths = ["", "/file", "/chart.png", "/chart.jpg"].map(|path| format!("{}{path}", shared(&link, &recording)));
        for path in &paths {
            assert_eq!(patient.get(path).await.status, 200, "{path}");
        }
        let id = recording.rsplit('/').next().unwrap();
        let answer = doctor.post(&format!("/links/{}/revoke", link.id()), &[("recording", id)]).await;
        assert_eq!(answer.header("location"), format!("{recording}#links"));
        for path in paths.iter().chain([&link.path]) {
            assert_eq!(patient.get(path).await.status, 404, "{path}");
        }
        assert!(doctor.get(&recording).await.text().contains("<td>închis</td>"));
    }

    async fn an_open_link_ends_with_its_time_and_with_the_visit(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        let link = make_link(&doctor, &recording, &[]).await;
        let first = patient(&server, &link).await;
        server.wait(Duration::from_hours(13));
        assert_eq!(first.get(&shared(&link, &recording)).await.status, 404);
        let again = patient(&server, &link).await;
        assert_eq!(again.get(&shared(&link, &recording)).await.status, 200);
    }

    async fn one_patients_link_does_not_open_anothers_recordings(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let (mine, other) = (store(&doctor, "a.csv", &made_up(2)).await, store(&doctor, "b.csv", &made_up(3)).await);
        let (my_link, other_link) = (make_link(&doctor, &mine, &[]).await, make_link(&doctor, &other, &[]).await);
        let patient = patient(&server, &my_link).await;
        assert_eq!(patient.get(&shared(&my_link, &other)).await.status, 404);
        assert_eq!(patient.get(&shared(&other_link, &other)).await.status, 404);
        assert!(!patient.get(&my_link.path).await.text().contains(&other));
        let cookie = patient.cookie(&format!("p-{}", my_link.id())).unwrap();
        patient.set_cookie(&format!("p-{}", other_link.id()), Some(&cookie));
        assert_eq!(patient.get(&shared(&other_link, &other)).await.status, 404);
        assert_eq!(patient.get_json(&mine).await.status, 401);
    }

    async fn views_are_counted_but_not_the_doctors_own(server: Server) {
        let admin = server.admin().await;
        let doctor = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        let link = make_link(&doctor, &recording, &[]).await;
        let open = format!("{}/open", link.path);
        assert_eq!(doctor.post(&open, &[("secret", &link.secret)]).await.status, 303);
        assert_eq!(views(&server, &link).await, 0);
        let patient = patient(&server, &link).await;
        _ = patient.get(&shared(&link, &recording)).await;
        _ = admin.post(&open, &[("secret", &link.secret)]).await;
        assert_eq!(views(&server, &link).await, 2);
    }

    async fn the_code_or_the_whole_link_may_be_pasted(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        let link = make_link(&doctor, &recording, &[]).await;
        let whole = format!(" https://oxi.example{}#{} ", link.path, link.secret);
        let by_page = server.browser().post(&format!("{}/open", link.path), &[("secret", &whole)]).await;
        let elsewhere = server.browser();
        let by_entry = elsewhere.post("/pacient", &[("link", &whole)]).await;
        assert_eq!((by_page.status, by_entry.status, by_entry.header("location")), (303, 303, link.path.clone()));
        assert_eq!(elsewhere.get(&shared(&link, &recording)).await.status, 200);
        assert_eq!(elsewhere.post("/pacient", &[("link", "nimic")]).await.status, 404);
    }

    async fn a_patient_may_have_several_nights(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let (first, second) = (store(&doctor, "a.csv", &made_up(2)).await, store(&doctor, "b.csv", &made_up(3)).await);
        let link = make_link(&doctor, &first, &[("note", "F 17")]).await;
        let patient_id = doctor.get(&second).await.between("fără pacient</option>\n        <option value=\"", "\"");
        let moved = doctor.post(&format!("{second}/patient"), &[("patient", &patient_id)]).await;
        assert_eq!(moved.status, 303, "{}", moved.text());
        let patient = patient(&server, &link).await;
        let list = patient.get(&link.path).await.text();
        assert!(list.find(&second).unwrap() < list.find(&first).unwrap(), "newest first: {list}");
        assert_eq!(doctor.post(&format!("{second}/patient"), &[("patient", "")]).await.status, 303);
        assert_eq!(patient.get(&shared(&link, &second)).await.status, 404);
        assert_eq!(patient.get(&shared(&link, &first)).await.status, 200);
    }

    async fn a_patient_lives_on_without_a_recording_and_so_do_the_links(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        let link = make_link(&doctor, &recording, &[]).await;
        let patient = patient(&server, &link).await;
        assert_eq!(doctor.post(&format!("{recording}/delete"), &[]).await.status, 303);
        assert_eq!((patient.get(&link.path).await.status, rows(&server).await), (200, 0));
        assert_eq!(patient.get(&shared(&link, &recording)).await.status, 404);
        let other = store(&doctor, "b.csv", &made_up(3)).await;
        let patient_id = doctor.get(&other).await.between("fără pacient</option>\n        <option value=\"", "\"");
        assert_eq!(doctor.post(&format!("{other}/patient"), &[("patient", &patient_id)]).await.status, 303);
        assert_eq!(patient.get(&shared(&link, &other)).await.status, 200);
    }

    async fn for_another_doctor_patients_and_links_do_not_exist(server: Server) {
        let admin = server.admin().await;
        let ana = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let dan = server.doctor_made_by(&admin, "dan@clinica.ro").await;
        let hers = store(&ana, "a.csv", &made_up(2)).await;
        let link = make_link(&ana, &hers, &[("note", "F 17")]).await;
        let his = store(&dan, "b.csv", &made_up(3)).await;
        assert_eq!(dan.post(&format!("/links/{}/revoke", link.id()), &[]).await.status, 404);
        let patient_id = ana.get(&hers).await.between("fără pacient</option>\n        <option value=\"", "\"");
        assert_eq!(dan.post(&format!("{his}/patient"), &[("patient", &patient_id)]).await.status, 404);
        assert!(!dan.get(&his).await.text().contains("F 17"));
        _ = patient(&server, &link).await;
    }

    async fn guesses_are_slowed_down(server: Server) {
        let browser = server.browser();
        let mut last = 0;
        for _ in 0..51 {
            last = browser.post("/p/0197d2a0-0000-7000-8000-000000000000/open", &[("secret", "x")]).await.status;
        }
        assert_eq!(last, 429);
        server.wait(Duration::from_hours(1));
        let later = browser.post("/p/0197d2a0-0000-7000-8000-000000000000/open", &[("secret", "x")]).await.status;
        assert_eq!(later, 404);
    }

    async fn the_public_pages_work_in_both_languages_without_scripts(server: Server) {
        for (language, patient, viewer) in [("ro", "Medicul v-a dat un link", "fără să îl trimiteți nicăieri"), ("en", "Your doctor has given you a link", "without sending it anywhere")]
        {
            let browser = server.browser();
            browser.set_cookie("lang", Some(language));
            assert!(browser.get("/pacient").await.text().contains(patient));
            let page = browser.get("/viewer").await;
            assert!(page.text().contains(viewer) && page.text().contains("<noscript>"), "{}", page.text());
            assert!(!page.text().contains("[viewer-") && !page.text().contains("[chart-"), "{}", page.text());
            let messages: serde_json::Value = serde_json::from_str(&page.between("id=\"messages\">", "</script>")).unwrap();
            assert!(messages["chart-threshold"].as_str().unwrap().contains("%value%"), "{messages}");
        }
    }
}

/// A patient who opens the downloaded file in the viewer must read the same night.
#[test]
fn every_file_is_read_alike_under_the_name_that_a_patient_gets() {
    let analysed = |bytes: &[u8], name: &str| {
        let options = ParseOptions::default().with_file_name(name);
        Recording::parse_with(bytes, &options).unwrap().analyze(&AnalysisOptions::default()).summary
    };
    let names: Vec<String> = nights::golden().keys().cloned().collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        let bytes = nights::fixture(&name);
        let own = analysed(&bytes, &name);
        let neutral =
            neutral_name(&name, (own.recording.start_or_1970(), false), own.recording.format.code());
        assert_eq!(format!("{:?}", analysed(&bytes, &neutral)), format!("{own:?}"), "{name} as {neutral}");
    }
}
