//! Links that can be shown again, replaced, and distinguished; and links of the old platform.

use sqlx::Row as _;

use crate::clinics::{account_of, write};
use crate::nights::{made_up, store};
use crate::patients::{Link, make_link, patient, shared};
use crate::support::Server;
use crate::support::audit_log::audit_lines;
use crate::support::client::{Answer, Client};

const EMAIL: &str = "ana@clinica.ro";

/// A doctor with one recording and a link to it.
pub(crate) struct Shared {
    pub(crate) admin: Client,
    pub(crate) doctor: Client,
    pub(crate) recording: String,
    pub(crate) link: Link,
}

pub(crate) async fn share(server: &Server) -> Shared {
    let admin = server.admin().await;
    let doctor = server.doctor_made_by(&admin, EMAIL).await;
    let recording = store(&doctor, "a.csv", &made_up(2)).await;
    let link = make_link(&doctor, &recording, &[]).await;
    Shared { admin, doctor, recording, link }
}

/// The link on the page of a new link, or of one that is shown again.
pub(crate) fn link_on(answer: &Answer) -> Link {
    let address = answer.between("readonly value=\"", "\"").replace("&#35;", "#");
    let (start, secret) = address.split_once('#').unwrap();
    Link { path: start[start.find("/p/").unwrap()..].to_owned(), secret: secret.to_owned() }
}

/// The typed code on such a page.
pub(crate) fn code_on(answer: &Answer) -> String {
    answer.between("<p class=\"slip-code\">", "</p>")
}

/// What opening a link answers in a new browser.
pub(crate) async fn open(server: &Server, link: &Link) -> u16 {
    server.browser().post(&format!("{}/open", link.path), &[("secret", &link.secret)]).await.status
}

/// Does something with a link: `show`, `new`, `passcode`.
pub(crate) async fn act(doctor: &Client, link: &Link, what: &str, fields: &[(&str, &str)]) -> Answer {
    doctor.post(&format!("/links/{}/{what}", link.id()), fields).await
}

async fn sealed(server: &Server, link: &Link) -> Option<String> {
    let query = sqlx::query_scalar("SELECT sealed FROM patient_links WHERE id = $1").bind(link.id());
    query.fetch_one(server.app.db.read()).await.unwrap()
}

async fn patient_of(server: &Server, link: &Link) -> String {
    let query = sqlx::query_scalar("SELECT patient_id FROM patient_links WHERE id = $1").bind(link.id());
    query.fetch_one(server.app.db.read()).await.unwrap()
}

async fn put_sealed(server: &Server, link: &Link, sealed: &str) {
    write(server, "UPDATE patient_links SET sealed = $2 WHERE id = $1", link.id(), sealed).await;
}

behaviours! {
    async fn a_link_is_shown_again_as_it_was_and_each_time_is_told(server: Server) {
        let Shared { doctor, link, .. } = share(&server).await;
        let kept = sealed(&server, &link).await.unwrap();
        assert!(!kept.contains(&link.secret));
        let first = act(&doctor, &link, "show", &[]).await;
        let again = act(&doctor, &link, "show", &[]).await;
        for shown in [&first, &again] {
            assert_eq!((shown.status, &link_on(shown).path, &link_on(shown).secret), (200, &link.path, &link.secret));
            assert!(shown.text().contains("<svg class=\"qr\""), "{}", shown.text());
            let logged = audit_lines(&shown.header("x-request-id"));
            assert_eq!((logged.len(), &logged[0]["action"], &logged[0]["link_id"]), (1, &"link-shown".into(), &link.id().into()));
        }
        assert_eq!(code_on(&first), code_on(&again), "the code of a slip goes on working");
        assert!(!doctor.get(&format!("/links/{}", link.id())).await.text().contains(&link.secret));
        assert_eq!(open(&server, &link).await, 303);
    }

    async fn a_clinic_that_keeps_no_copies_shows_a_link_once_and_forgets_those_that_it_has(server: Server) {
        let Shared { doctor, recording, link, .. } = share(&server).await;
        assert_eq!(doctor.post("/clinic/links", &[("copies", "none")]).await.status, 303);
        let later = doctor.post(&format!("{recording}/links"), &[]).await;
        assert!(later.text().contains("clinica nu păstrează copii"), "{}", later.text());
        let later = link_on(&later);
        for link in [&link, &later] {
            assert_eq!(sealed(&server, link).await, None);
            let refused = act(&doctor, link, "show", &[]).await;
            assert!(refused.status == 422 && !refused.text().contains(&link.secret), "{}", refused.text());
            assert_eq!(open(&server, link).await, 303, "it goes on working");
        }
        let codes: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM patient_codes WHERE sealed IS NOT NULL").fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!(codes, 0);
        let new = link_on(&act(&doctor, &link, "new", &[]).await);
        assert_eq!((open(&server, &link).await, open(&server, &new).await), (404, 303));
        assert_eq!(doctor.post("/clinic/links", &[("copies", "kept")]).await.status, 303);
        assert_eq!(act(&doctor, &new, "show", &[]).await.status, 422, "what was not kept is not there");
        assert!(sealed(&server, &link_on(&act(&doctor, &new, "new", &[]).await)).await.is_some());
    }

    async fn a_sealed_copy_is_shown_for_its_own_link_alone(server: Server) {
        let Shared { admin, doctor, recording, link } = share(&server).await;
        let other = server.doctor_made_by(&admin, "dan@clinica.ro").await;
        let foreign = store(&other, "b.csv", &made_up(3)).await;
        let foreign = make_link(&other, &foreign, &[]).await;
        let beside = make_link(&doctor, &recording, &[]).await;
        for stolen in [&foreign, &beside] {
            put_sealed(&server, &link, &sealed(&server, stolen).await.unwrap()).await;
            let shown = act(&doctor, &link, "show", &[]).await;
            assert!(shown.status == 422 && !shown.text().contains(&stolen.secret), "{}", shown.text());
        }
    }

    async fn a_link_in_the_place_of_another_shows_the_same_and_closes_it(server: Server) {
        let Shared { doctor, recording, link, .. } = share(&server).await;
        let patient_here = patient(&server, &link).await;
        let saved = doctor.post(&format!("/links/{}", link.id()), &[("scope", "all"), ("lifetime", "30")]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        assert_eq!(act(&doctor, &link, "passcode", &[("passcode", "1234")]).await.status, 303);
        let made = act(&doctor, &link, "new", &[]).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let new = link_on(&made);
        assert_eq!((open(&server, &link).await, patient_here.get(&link.path).await.status), (404, 404));
        assert_eq!(open(&server, &new).await, 200, "it asks for the passcode");
        let browser = server.browser();
        let inside = browser.post(&format!("{}/open", new.path), &[("secret", &new.secret), ("passcode", "1234")]).await;
        assert_eq!(inside.status, 303);
        assert_eq!(browser.get(&format!("{}/file", shared(&new, &recording))).await.status, 404, "nor does it give files");
        let rows = sqlx::query("SELECT number, expires_at - created_at AS lasts FROM patient_links ORDER BY number").fetch_all(server.app.db.read()).await.unwrap();
        let rows: Vec<(i64, i64)> = rows.iter().map(|row| (row.get("number"), row.get("lasts"))).collect();
        assert_eq!(rows, [(1, 30 * 86_400_000), (2, 30 * 86_400_000)]);
        let again = act(&doctor, &link, "new", &[]).await;
        assert_eq!((again.status, act(&doctor, &link, "show", &[]).await.status), (422, 422), "{}", again.text());
    }

    async fn links_are_told_apart_by_number_and_date_and_never_by_their_secret(server: Server) {
        let Shared { doctor, recording, link, .. } = share(&server).await;
        make_link(&doctor, &recording, &[]).await;
        let page = doctor.get(&recording).await.text();
        let patient = doctor.get(&recording).await.between("<a href=\"/patients/", "\"");
        for page in [page, doctor.get(&format!("/patients/{patient}")).await.text()] {
            assert!(page.contains(&format!("<a href=\"/links/{}\">Linkul 1</a>", link.id())), "{page}");
            assert!(page.contains(">Linkul 2</a>") && !page.contains(&link.secret));
        }
        let made = doctor.post(&format!("/patients/{patient}/links"), &[]).await;
        assert!(made.status == 201 && made.text().contains("Linkul 3"), "{}", made.text());
    }

    async fn a_link_of_the_old_platform_leads_on_until_its_link_is_closed_or_replaced(server: Server) {
        let Shared { doctor, recording, link, .. } = share(&server).await;
        let replaced = make_link(&doctor, &recording, &[]).await;
        let ways = [(&link, "c0ffee00-1111-4222-8333-444455556666"), (&replaced, "c0ffee00-1111-4222-8333-444455557777")];
        for (link, token) in ways {
            let hash = oxi_server::platform::random::fingerprint(token);
            write(&server, "UPDATE patient_links SET old_token_hash = $2 WHERE id = $1", link.id(), &hash).await;
            for _ in 0..2 {
                let browser = server.browser();
                let led = browser.get(&format!("/?token={token}")).await;
                assert_eq!((led.status, led.header("location")), (303, format!("{}#{token}", link.path)));
                assert!(browser.cookie(&format!("p-{}", link.id())).is_none(), "looking at an address opens nothing");
                let inside = browser.post(&format!("{}/open", link.path), &[("secret", token)]).await;
                assert_eq!((inside.status, browser.get(&shared(link, &recording)).await.status), (303, 200));
            }
            assert_eq!(open(&server, link).await, 303, "its own secret opens it too");
        }
        assert_eq!(act(&doctor, &link, "revoke", &[]).await.status, 303);
        assert_eq!(act(&doctor, &replaced, "new", &[]).await.status, 201);
        for (link, token) in ways {
            let closed = server.browser().get(&format!("/?token={token}")).await;
            let unknown = server.browser().get("/?token=c0ffee00-1111-4222-8333-000000000000").await;
            for refused in [closed, unknown] {
                assert_eq!((refused.status, refused.header("location").as_str()), (303, "/pacient?closed=1"));
            }
            let logged = server.browser().get("/pacient?closed=1").await;
            assert!(logged.status == 404 && logged.text().contains("nu mai este valabil"), "{}", logged.text());
            assert_eq!(server.browser().post(&format!("{}/open", link.path), &[("secret", token)]).await.status, 404);
        }
    }

    async fn links_of_the_old_platform_are_not_guessed(server: Server) {
        let browser = server.browser();
        let mut last = 0;
        for n in 0..51 {
            last = browser.get(&format!("/?token={n}")).await.status;
        }
        assert_eq!(last, 429);
    }

    async fn nothing_of_one_clinics_link_opens_or_changes_anothers(server: Server) {
        let Shared { admin, doctor, recording, link } = share(&server).await;
        let other = server.doctor_made_by(&admin, "dan@clinica.ro").await;
        assert_ne!(account_of(&server, EMAIL).await, account_of(&server, "dan@clinica.ro").await);
        let foreign = store(&other, "b.csv", &made_up(3)).await;
        let foreign_link = make_link(&other, &foreign, &[]).await;
        let replayed = Link { path: foreign_link.path.clone(), secret: link.secret.clone() };
        assert_eq!(open(&server, &replayed).await, 404, "the secret at another link");
        let visitor = patient(&server, &link).await;
        let visit = visitor.cookie(&format!("p-{}", link.id())).unwrap();
        visitor.set_cookie(&format!("p-{}", foreign_link.id()), Some(&visit));
        assert_eq!(visitor.get(&shared(&foreign_link, &foreign)).await.status, 404, "the visit at another link");
        assert_eq!(visitor.get(&shared(&link, &foreign)).await.status, 404, "another's night at the own link");
        let night = format!("night-{}", foreign.rsplit('/').next().unwrap());
        let chosen = doctor.post(&format!("/links/{}", link.id()), &[("scope", "chosen"), (&night, "yes")]).await;
        assert_eq!((chosen.status, visitor.get(&shared(&link, &foreign)).await.status), (400, 404), "another's night chosen");
        for (what, fields) in [("show", &[][..]), ("new", &[]), ("revoke", &[]), ("passcode", &[("passcode", "1234")])] {
            assert_eq!(act(&other, &link, what, fields).await.status, 404, "{what}");
        }
        assert_eq!(other.post(&format!("/links/{}", link.id()), &[("scope", "all")]).await.status, 404);
        assert_eq!((other.get(&format!("/links/{}", link.id())).await.status, visitor.get(&shared(&link, &recording)).await.status), (404, 200));
    }

    async fn links_of_several_patients_are_shown_on_one_sheet_and_each_is_told(server: Server) {
        let Shared { admin, doctor, link, .. } = share(&server).await;
        let page = doctor.post("/patients", &[("code", "X-2")]).await.header("location");
        let (without, with) = (page.rsplit('/').next().unwrap(), patient_of(&server, &link).await);
        let ticked = [format!("patient-{with}"), format!("patient-{without}")];
        let form = [(ticked[0].as_str(), "yes"), (&ticked[1], "yes")];
        let sheet = doctor.post("/links/sheet", &form).await;
        assert_eq!(sheet.status, 201, "{}", sheet.text());
        let text = sheet.text();
        assert_eq!((text.matches("<article class=\"slip\"").count(), text.matches("<svg class=\"qr\"").count()), (2, 2));
        assert!(text.contains(&link.secret) && text.contains("link existent") && text.contains("link nou"), "{text}");
        let logged: Vec<_> = audit_lines(&sheet.header("x-request-id")).iter().map(|line| line["action"].as_str().unwrap().to_owned()).collect();
        assert_eq!(logged, ["link-shown", "link-made"]);
        assert_eq!(doctor.post("/links/sheet", &[]).await.status, 422);
        let other = server.doctor_made_by(&admin, "dan@clinica.ro").await;
        assert_eq!(other.post("/links/sheet", &form).await.status, 404, "another's patients");
        assert_eq!(doctor.post("/clinic/links", &[("copies", "none")]).await.status, 303);
        let replaced = doctor.post("/links/sheet", &form[..1]).await;
        assert!(replaced.text().contains("cel vechi s-a închis"), "{}", replaced.text());
        assert_eq!((open(&server, &link).await, open(&server, &link_on(&replaced)).await), (404, 303));
    }
}
