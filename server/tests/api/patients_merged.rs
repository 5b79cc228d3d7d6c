//! Patients as things of their own: codes, pages, moving a night, two that turn out to be one, and all of it undone.

use std::sync::Arc;

use crate::nights::{made_up, store};
use crate::patients::{Link, make_link, patient, shared};
use crate::support::Server;
use crate::support::client::{Answer, Client};

/// The identifier of a recording's patient; empty without one.
async fn patient_of(server: &Server, recording: &str) -> String {
    let id = recording.rsplit('/').next().unwrap();
    let query = sqlx::query_scalar("SELECT COALESCE(patient_id, '') FROM recordings WHERE id = $1").bind(id);
    query.fetch_one(server.app.db.read()).await.unwrap()
}

/// A night with a patient of its own, and a link.
async fn night(server: &Server, doctor: &Client, day: u32) -> (String, String, Link) {
    let recording = store(doctor, "a.csv", &made_up(day)).await;
    let link = make_link(doctor, &recording, &[]).await;
    let patient = patient_of(server, &recording).await;
    (recording, patient, link)
}

async fn merge(doctor: &Client, source: &str, target: &str) -> Answer {
    doctor.post(&format!("/patients/{source}/merge"), &[("into", target)]).await
}

async fn take_back(doctor: &Client, target: &str) -> Answer {
    let page = doctor.get(&format!("/patients/{target}")).await;
    let merge = page.between("name=\"merge\" value=\"", "\"");
    doctor.post(&format!("/patients/{target}/unmerge"), &[("merge", &merge)]).await
}

/// How the list shows each night's patient.
async fn labels(server: &Server) -> Vec<Option<String>> {
    let query = sqlx::query_scalar("SELECT patient_label FROM desk_rows ORDER BY starts_at");
    query.fetch_all(server.app.db.read()).await.unwrap()
}

behaviours! {
    async fn a_patient_is_made_without_a_recording_under_the_proposed_code_or_another(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        assert!(doctor.get("/patients").await.text().contains("value=\"P-0001\""));
        let made = doctor.post("/patients", &[("code", "P-0001"), ("note", "F 17")]).await;
        assert_eq!(made.status, 303);
        let page = doctor.get(&made.header("location")).await.text();
        assert!(page.contains("Pacientul P-0001") && page.contains("nu are încă nicio înregistrare"), "{page}");
        assert_eq!(doctor.post("/patients", &[("code", "P-0002/b"), ("note", "")]).await.status, 303);
        assert!(doctor.get("/patients").await.text().contains("value=\"P-0002\""), "a code of one's own counts nothing");
        assert_eq!(doctor.post("/patients", &[("code", "P-0003"), ("note", "")]).await.status, 303);
        for _ in 0..2 {
            assert_eq!(doctor.post("/patients", &[("code", ""), ("note", "")]).await.status, 303);
        }
        let list = doctor.get("/patients").await.text();
        for code in ["P-0001", "P-0002", "P-0002/b", "P-0003", "P-0004"] {
            assert!(list.contains(&format!(">{code}</a>")), "{code}: {list}");
        }
    }

    async fn what_is_no_code_is_refused_with_its_reason(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        doctor.post("/patients", &[("code", "P-0001")]).await;
        for (code, reason) in [
            ("P-0001", "are deja acest cod"),
            ("Popescu", "ar putea fi un nume"),
            ("1850101123456", "seamănă cu un CNP"),
            ("P 17", "cel mult 20 de litere fără diacritice"),
        ] {
            let refused = doctor.post("/patients", &[("code", code), ("note", "N-9")]).await;
            assert_eq!(refused.status, 422, "{code}");
            assert!(refused.text().contains(reason) && refused.text().contains("value=\"N-9\""), "{code}: {}", refused.text());
        }
    }

    async fn codes_are_each_clinics_own(server: Server) {
        let admin = server.admin().await;
        let ana = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let dan = server.doctor_made_by(&admin, "dan@clinica.ro").await;
        for doctor in [&ana, &dan] {
            assert_eq!(doctor.post("/patients", &[("code", "P-0001"), ("note", "")]).await.status, 303);
            assert!(doctor.get("/patients").await.text().contains("value=\"P-0002\""));
        }
    }

    async fn patients_made_at_once_have_codes_of_their_own(server: Server) {
        let doctor = Arc::new(server.doctor("ana@clinica.ro").await);
        let make = |_| {
            let doctor = Arc::clone(&doctor);
            tokio::spawn(async move { doctor.post("/patients", &[("code", "P-0001"), ("proposed", "P-0001")]).await.status })
        };
        for made in (0..12).map(make).collect::<Vec<_>>() {
            assert_eq!(made.await.unwrap(), 303);
        }
        let query = sqlx::query_scalar("SELECT code FROM patients ORDER BY code");
        let codes: Vec<String> = query.fetch_all(server.app.db.read()).await.unwrap();
        assert_eq!(codes, (1..=12).map(|n| format!("P-{n:04}")).collect::<Vec<_>>());
    }

    async fn code_and_note_change_everywhere(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let (recording, id, _link) = night(&server, &doctor, 2).await;
        let saved = doctor.post(&format!("/patients/{id}"), &[("code", "F/17"), ("note", "Știrbu 9")]).await;
        assert_eq!(saved.status, 303);
        assert!(doctor.get(&recording).await.text().contains("F/17 · Știrbu 9"));
        let search: String = sqlx::query_scalar("SELECT search FROM desk_rows").fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!((search.as_str(), labels(&server).await), ("a.csv stirbu 9 f/17", vec![Some("F/17".to_owned())]));
        doctor.post("/patients", &[("code", "F/18")]).await;
        let refused = doctor.post(&format!("/patients/{id}"), &[("code", "F/18"), ("note", "")]).await;
        assert_eq!(refused.status, 422);
    }

    async fn the_list_of_patients_goes_on_page_after_page(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        for _ in 0..53 {
            assert_eq!(doctor.post("/patients", &[]).await.status, 303);
        }
        let first = doctor.get("/patients").await;
        assert!(first.text().contains(">P-0053</a>") && !first.text().contains(">P-0003</a>"));
        let next = first.between("rel=\"next\" href=\"", "\"");
        let second = doctor.get(&next).await.text();
        assert!(second.contains(">P-0003</a>") && second.contains(">P-0001</a>") && !second.contains(">P-0004</a>"), "{second}");
    }

    async fn a_moved_night_is_moved_back_unless_somebody_moved_it_meanwhile(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let (recording, first, link) = night(&server, &doctor, 2).await;
        let made = doctor.post("/patients", &[("code", "B-1")]).await.header("location");
        let second = made.rsplit('/').next().unwrap().to_owned();
        let path = format!("{recording}/patient");
        let moved = doctor.post(&path, &[("patient", &second), ("seen", &first)]).await;
        assert_eq!(moved.header("location"), format!("{recording}?moved={first}#links"));
        let page = doctor.get(&format!("{recording}?moved={first}")).await.text();
        assert!(page.contains("Înregistrarea a fost mutată") && page.contains(&format!("name=\"patient\" value=\"{first}\"")), "{page}");
        let visitor = patient(&server, &link).await;
        assert_eq!(visitor.get(&shared(&link, &recording)).await.status, 404);
        assert_eq!(doctor.post(&path, &[("patient", &first), ("seen", &second)]).await.status, 303);
        assert_eq!((patient_of(&server, &recording).await, visitor.get(&shared(&link, &recording)).await.status), (first.clone(), 200));
        let late = doctor.post(&path, &[("patient", ""), ("seen", &second)]).await;
        assert_eq!((late.status, patient_of(&server, &recording).await), (409, first));
    }

    async fn two_patients_become_one_and_the_old_link_leads_on(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let (one, source, old) = night(&server, &doctor, 2).await;
        let (two, target, new) = night(&server, &doctor, 3).await;
        let visitor = patient(&server, &old).await;
        let merged = merge(&doctor, &source, &target).await;
        assert_eq!((merged.status, merged.header("location")), (303, format!("/patients/{target}?done=merged")));
        for link in [&old, &new] {
            let list = patient(&server, link).await.get(&link.path).await.text();
            assert!(list.contains(&one) && list.contains(&two), "{list}");
        }
        assert_eq!(visitor.get(&shared(&old, &two)).await.status, 200, "a visit that was open leads on too");
        assert_eq!(doctor.get(&format!("/patients/{source}")).await.header("location"), format!("/patients/{target}"));
        let list = doctor.get("/patients").await.text();
        assert!(list.contains(">P-0002</a>") && !list.contains(">P-0001</a>"), "{list}");
        assert_eq!(labels(&server).await, vec![Some("P-0002".to_owned()); 2]);
    }

    async fn a_merge_is_taken_back_with_everything_that_was_not_moved_since(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let (one, source, old) = night(&server, &doctor, 2).await;
        let (two, target, new) = night(&server, &doctor, 3).await;
        let (three, third, _) = night(&server, &doctor, 4).await;
        assert_eq!(doctor.post(&format!("{three}/patient"), &[("patient", &source)]).await.status, 303);
        merge(&doctor, &source, &target).await;
        assert_eq!(doctor.post(&format!("{three}/patient"), &[("patient", &third)]).await.status, 303);
        let back = take_back(&doctor, &target).await;
        assert_eq!((back.status, back.header("location")), (303, format!("/patients/{source}?done=taken-back")));
        assert_eq!(patient_of(&server, &one).await, source);
        assert_eq!((patient_of(&server, &two).await, patient_of(&server, &three).await), (target.clone(), third));
        let visitor = patient(&server, &old).await;
        assert_eq!((visitor.get(&shared(&old, &one)).await.status, visitor.get(&shared(&old, &two)).await.status), (200, 404));
        assert_eq!(patient(&server, &new).await.get(&shared(&new, &one)).await.status, 404);
        assert_eq!(labels(&server).await, ["P-0001", "P-0002", "P-0003"].map(|code| Some(code.to_owned())));
        let again = doctor.get(&format!("/patients/{target}")).await.text();
        assert!(!again.contains("name=\"merge\""), "{again}");
    }

    async fn merges_lead_on_and_on_but_never_in_a_circle(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let (one, first, old) = night(&server, &doctor, 2).await;
        let (_, second, _) = night(&server, &doctor, 3).await;
        let (three, third, _) = night(&server, &doctor, 4).await;
        assert_eq!(merge(&doctor, &first, &first).await.status, 422);
        assert_eq!((merge(&doctor, &first, &second).await.status, merge(&doctor, &second, &third).await.status), (303, 303));
        for (source, target) in [(&third, &first), (&second, &first), (&first, &third)] {
            assert_eq!(merge(&doctor, source, target).await.status, 409, "{source} into {target}");
        }
        assert_eq!(patient(&server, &old).await.get(&shared(&old, &three)).await.status, 200);
        assert_eq!(take_back(&doctor, &third).await.status, 303);
        assert_eq!(take_back(&doctor, &second).await.status, 303);
        assert_eq!(patient_of(&server, &one).await, first);
        let visitor = patient(&server, &old).await;
        assert_eq!((visitor.get(&shared(&old, &one)).await.status, visitor.get(&shared(&old, &three)).await.status), (200, 404));
    }

    async fn two_merges_of_the_same_two_at_once_make_one(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        for day in [2, 4, 6, 8] {
            let (one, first, _) = night(&server, &doctor, day).await;
            let (two, second, _) = night(&server, &doctor, day + 1).await;
            let (there, back) = tokio::join!(merge(&doctor, &first, &second), merge(&doctor, &second, &first));
            let mut statuses = [there.status, back.status];
            statuses.sort_unstable();
            assert_eq!(statuses, [303, 409]);
            assert_eq!(patient_of(&server, &one).await, patient_of(&server, &two).await);
        }
    }

    async fn a_merge_amid_uploads_and_links_loses_nothing(server: Server) {
        let doctor = Arc::new(server.doctor("ana@clinica.ro").await);
        let (_, first, old) = night(&server, &doctor, 1).await;
        let (_, second, _) = night(&server, &doctor, 2).await;
        let work = |day: u32| {
            let (doctor, first) = (Arc::clone(&doctor), first.clone());
            tokio::spawn(async move {
                let recording = store(&doctor, "a.csv", &made_up(day)).await;
                let given = doctor.post(&format!("{recording}/patient"), &[("patient", &first)]).await.status;
                (recording, given)
            })
        };
        let uploads: Vec<_> = (3..13).map(work).collect();
        assert_eq!(merge(&doctor, &first, &second).await.status, 303);
        let visitor = patient(&server, &old).await;
        for upload in uploads {
            let (recording, given) = upload.await.unwrap();
            assert_eq!(doctor.get(&recording).await.status, 200, "every upload is there");
            let patient = patient_of(&server, &recording).await;
            match given {
                303 => assert_eq!((patient, visitor.get(&shared(&old, &recording)).await.status), (second.clone(), 200)),
                status => assert_eq!((status, patient.as_str()), (404, "")),
            }
        }
    }

    async fn patients_of_others_cannot_be_merged_nor_merged_into(server: Server) {
        let admin = server.admin().await;
        let ana = server.doctor_made_by(&admin, "ana@clinica.ro").await;
        let dan = server.doctor_made_by(&admin, "dan@clinica.ro").await;
        let (_, hers, _) = night(&server, &ana, 2).await;
        let (_, other, _) = night(&server, &ana, 3).await;
        let (_, his, _) = night(&server, &dan, 4).await;
        assert_eq!((merge(&ana, &hers, &his).await.status, merge(&dan, &hers, &his).await.status), (404, 404));
        merge(&ana, &hers, &other).await;
        let merge = ana.get(&format!("/patients/{other}")).await.between("name=\"merge\" value=\"", "\"");
        for target in [&his, &other] {
            let stolen = dan.post(&format!("/patients/{target}/unmerge"), &[("merge", &merge)]).await;
            assert_eq!(stolen.status, 404, "{target}");
        }
        assert_eq!(dan.get(&format!("/patients/{other}")).await.status, 404);
    }
}
