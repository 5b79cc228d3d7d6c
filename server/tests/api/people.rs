//! The people of a clinic, and that it never loses its last administrator.

use std::sync::Arc;

use crate::clinics::{account_of, colleague, join, set_sharing, write};
use crate::nights::{made_up, store};
use crate::patients::{make_link, patient, shared};
use crate::support::client::{Answer, Client};
use crate::support::{ADMIN_EMAIL, PASSWORD, Server, config, database_text};

const HEAD: &str = "sef@clinica.ro";
const OTHER: &str = "bogdan@clinica.ro";

/// A clinic with an administrator, and its identifier.
async fn clinic(server: &Server, admin: &Client) -> (Client, String) {
    let head = server.doctor_made_by(admin, HEAD).await;
    (head, account_of(server, HEAD).await)
}

async fn invite(head: &Client, email: &str) -> Answer {
    head.post("/clinic/people", &[("email", email), ("name", "Dr. Nou")]).await
}

fn code_of(page: &Answer) -> String {
    let link = page.between("class=\"one-time\">", "</code>");
    link.rsplit(['#', ';']).next().unwrap().to_owned()
}

/// Whoever opens the link of an invitation without having an account.
async fn with_link(server: &Server, page: &Answer) -> Client {
    let browser = server.browser();
    let set = browser.post("/invitation", &[("code", &code_of(page)), ("password", PASSWORD)]).await;
    assert_eq!(set.status, 303, "{}", set.text());
    browser
}

/// Answers the only invitation that waits.
async fn reply(browser: &Client, reply: &str) -> Answer {
    let id = browser.get("/account/invitations").await.between("name=\"invitation\" value=\"", "\"");
    browser.post("/account/invitations", &[("invitation", &id), ("reply", reply)]).await
}

async fn rights(head: &Client, id: &str, change: &str) -> u16 {
    let answer = head.post(&format!("/clinic/people/{id}/rights"), &[("change", change)]).await;
    // Whoever was signed out meanwhile is sent to sign in.
    if answer.header("location").starts_with("/login") { 401 } else { answer.status }
}

/// The same platform once more, on the same database.
pub(crate) async fn replica(server: &Server) -> Server {
    let folder = tempfile::tempdir().unwrap();
    let config = config(&database_text(&server.app.config.database), folder.path(), &[]);
    Server::start_on(server.backend, config, server.app.blobs.clone(), folder).await
}

/// How many administer the clinic and can.
async fn heads(server: &Server, clinic: &str) -> i64 {
    let query = sqlx::query_scalar(
        "SELECT COUNT(*) FROM memberships m JOIN accounts a ON a.id = m.account_id \
         WHERE m.clinic_id = $1 AND m.role = 'clinic_admin' AND m.is_enabled = 1 AND a.is_enabled = 1",
    );
    query.bind(clinic).fetch_one(server.app.db.read()).await.unwrap()
}

behaviours! {
    async fn somebody_new_is_invited_by_a_link_that_works_once_and_works_in_this_clinic_alone(server: Server) {
        let admin = server.admin().await;
        let (head, clinic) = clinic(&server, &admin).await;
        let lost = code_of(&invite(&head, "nou@clinica.ro").await);
        let again = invite(&head, "nou@clinica.ro").await;
        let too_old = server.browser().post("/invitation", &[("code", &lost), ("password", PASSWORD)]).await;
        assert_eq!(too_old.status, 422, "another link takes its place");
        let weak = server.browser().post("/invitation", &[("code", &code_of(&again)), ("password", "scurt")]).await;
        assert_eq!((weak.status, weak.text().contains(&code_of(&again))), (422, true));
        let new = with_link(&server, &again).await;
        let used = server.browser().post("/invitation", &[("code", &code_of(&again)), ("password", PASSWORD)]).await;
        assert_eq!(used.status, 422);
        let page = new.get("/recordings").await.text();
        assert!(!page.contains("/clinic/switch"), "{page}");
        let night = store(&new, "a.csv", &made_up(2)).await;
        let query = sqlx::query_scalar("SELECT clinic_id FROM recordings").fetch_one(server.app.db.read());
        let where_it_is: String = query.await.unwrap();
        assert_eq!((where_it_is, new.get("/clinic").await.status, head.get(&night).await.status), (clinic, 404, 404));
        let id = account_of(&server, "nou@clinica.ro").await;
        assert_eq!(head.post(&format!("/clinic/people/{id}/code"), &[]).await.status, 422, "it has been used");
        assert_eq!(invite(&head, "nou@clinica.ro").await.status, 422, "works here already");
        for (name, email) in [("", "x@clinica.ro"), ("X", "nimic")] {
            assert_eq!(head.post("/clinic/people", &[("name", name), ("email", email)]).await.status, 422);
        }
    }

    async fn whoever_invites_does_not_learn_whether_the_address_has_an_account(server: Server) {
        let admin = server.admin().await;
        let (head, _) = clinic(&server, &admin).await;
        server.doctor_made_by(&admin, OTHER).await;
        let mut pages = Vec::new();
        for email in [OTHER, "nimeni@clinica.ro"] {
            let page = invite(&head, email).await;
            let text = page.text().replace(&code_of(&page), "").replace(email, "");
            let withdrawn = page.between("name=\"invitation\" value=\"", "\"");
            let text = text.replace(&withdrawn, "");
            let words: Vec<_> = text.lines().filter(|line| !line.contains("csrf") && !line.contains("once")).map(str::to_owned).collect();
            pages.push((page.status, words));
            assert_eq!(head.post("/clinic/people/withdraw", &[("invitation", &withdrawn)]).await.status, 303);
        }
        assert_eq!(pages[0], pages[1]);
    }

    async fn somebody_with_an_account_decides_whether_to_work_here_too(server: Server) {
        let admin = server.admin().await;
        let (head, clinic) = clinic(&server, &admin).await;
        let known = server.doctor_made_by(&admin, OTHER).await;
        account_of(&server, OTHER).await;
        let invited = invite(&head, OTHER).await;
        assert_eq!(invited.status, 200);
        assert_eq!(known.post("/clinic/switch", &[("clinic", &clinic)]).await.status, 404, "nobody has agreed yet");
        assert!(known.get("/recordings").await.text().contains("O clinică vă invită"));
        let stranger = server.doctor_made_by(&admin, "altul@clinica.ro").await;
        let id = known.get("/account/invitations").await.between("name=\"invitation\" value=\"", "\"");
        let stolen = stranger.post("/account/invitations", &[("invitation", &id), ("reply", "accept")]).await;
        assert_eq!(stolen.status, 404);
        let by_link = server.browser().post("/invitation", &[("code", &code_of(&invited)), ("password", PASSWORD)]).await;
        assert_eq!(by_link.status, 422, "the link is no way into the account");
        assert_eq!(reply(&known, "decline").await.status, 303);
        assert!(!head.get("/clinic/people").await.text().contains(OTHER), "declined");
        invite(&head, OTHER).await;
        assert!(head.get("/clinic/people").await.text().contains(OTHER), "it waits");
        assert_eq!(reply(&known, "accept").await.status, 303);
        assert_eq!(known.post("/clinic/switch", &[("clinic", &clinic)]).await.status, 303);
        assert_eq!(known.get("/recordings").await.status, 200);
        let id = account_of(&server, OTHER).await;
        let edited = head.post(&format!("/clinic/people/{id}"), &[("name", "X"), ("email", "x@clinica.ro")]).await;
        assert_eq!(edited.status, 422, "the account is another clinic's too");
        assert_eq!(head.post(&format!("/clinic/people/{id}/remove"), &[]).await.status, 303);
        known.sign_in(OTHER, PASSWORD).await;
        assert_eq!(known.get("/recordings").await.status, 200, "the own clinic is still there");
    }

    async fn name_and_address_are_edited(server: Server) {
        let admin = server.admin().await;
        let (head, clinic) = clinic(&server, &admin).await;
        let doctor = colleague(&server, &admin, OTHER, &clinic).await;
        let id = account_of(&server, OTHER).await;
        let path = format!("/clinic/people/{id}");
        assert_eq!(head.post(&path, &[("name", "Dr. Alt Nume"), ("email", HEAD)]).await.status, 422);
        assert_eq!(head.post(&path, &[("name", "Dr. Alt Nume"), ("email", "alt@clinica.ro")]).await.status, 303);
        assert!(doctor.get("/account").await.text().contains("Dr. Alt Nume"));
        server.browser().sign_in("alt@clinica.ro", PASSWORD).await;
    }

    async fn whoever_is_disabled_is_out_at_once_and_comes_back(server: Server) {
        let admin = server.admin().await;
        let (head, clinic) = clinic(&server, &admin).await;
        let doctor = colleague(&server, &admin, OTHER, &clinic).await;
        let night = store(&doctor, "a.csv", &made_up(2)).await;
        let link = make_link(&doctor, &night, &[]).await;
        let visitor = patient(&server, &link).await;
        let id = account_of(&server, OTHER).await;
        assert_eq!(rights(&head, &id, "disable").await, 303);
        assert_eq!((doctor.get("/account").await.status, visitor.get(&shared(&link, &night)).await.status), (303, 404));
        doctor.sign_in(OTHER, PASSWORD).await;
        assert_eq!(doctor.get("/recordings").await.status, 404);
        assert_eq!(rights(&head, &id, "enable").await, 303);
        assert_eq!((doctor.get(&night).await.status, visitor.get(&shared(&link, &night)).await.status), (200, 200));
    }

    async fn a_locked_account_is_unlocked(server: Server) {
        let admin = server.admin().await;
        let (head, clinic) = clinic(&server, &admin).await;
        colleague(&server, &admin, OTHER, &clinic).await;
        let stranger = server.browser().at_network("203.0.113.9");
        for _ in 0..5 {
            stranger.post("/login", &[("email", OTHER), ("password", "gresit-gresit-gresit")]).await;
        }
        let right = [("email", OTHER), ("password", PASSWORD)];
        assert_eq!(stranger.post("/login", &right).await.status, 429);
        assert_eq!(rights(&head, &account_of(&server, OTHER).await, "unlock").await, 303);
        assert_eq!(stranger.post("/login", &right).await.status, 303);
    }

    async fn the_last_administrator_of_a_clinic_stays(server: Server) {
        let admin = server.admin().await;
        let (head, clinic) = clinic(&server, &admin).await;
        let doctor = colleague(&server, &admin, OTHER, &clinic).await;
        let (own, other) = (account_of(&server, HEAD).await, account_of(&server, OTHER).await);
        for change in ["disable", "remove-admin"] {
            assert_eq!(rights(&head, &own, change).await, 422, "{change}");
        }
        assert_eq!(head.post(&format!("/clinic/people/{own}/remove"), &[]).await.status, 422);
        let by_platform = admin.post(&format!("/admin/users/{own}/rights"), &[("change", "disable")]).await;
        assert_eq!(by_platform.status, 422, "people work in the clinic");
        assert_eq!(rights(&head, &other, "make-admin").await, 303);
        assert_eq!(doctor.get("/clinic").await.status, 200);
        assert_eq!(rights(&doctor, &own, "remove-admin").await, 303);
        assert_eq!((head.get("/clinic").await.status, heads(&server, &clinic).await), (404, 1));
    }

    async fn two_administrators_who_act_at_once_on_two_replicas_never_leave_none(server: Server) {
        let admin = server.admin().await;
        let (head, clinic) = clinic(&server, &admin).await;
        let other = colleague(&server, &admin, OTHER, &clinic).await;
        let (own, id) = (account_of(&server, HEAD).await, account_of(&server, OTHER).await);
        let second = replica(&server).await;
        let there = second.browser();
        for (mine, theirs) in [("remove-admin", "remove-admin"), ("disable", "remove-admin"), ("disable", "disable")] {
            for _ in 0..4 {
                for sql in [
                    "UPDATE memberships SET role = 'clinic_admin', is_enabled = 1 WHERE account_id = $1 AND clinic_id = $2",
                    "UPDATE accounts SET is_enabled = 1 WHERE id = $1 AND $2 <> ''",
                ] {
                    write(&server, sql, &own, &clinic).await;
                    write(&server, sql, &id, &clinic).await;
                }
                head.sign_in(HEAD, PASSWORD).await;
                other.sign_in(OTHER, PASSWORD).await;
                there.set_cookie("sid", other.cookie("sid").as_deref());
                there.set_cookie("browser", other.cookie("browser").as_deref());
                let both = tokio::join!(rights(&head, &id, mine), rights(&there, &own, theirs));
                assert!(matches!(both, (303, 422 | 401 | 404 | 403) | (422 | 401 | 404 | 403, 303)), "{both:?}");
                assert_eq!(heads(&server, &clinic).await, 1, "{mine} and {theirs}: {both:?}");
            }
        }
    }

    async fn two_administrators_of_the_platform_who_act_at_once_on_two_replicas_never_leave_none(server: Server) {
        let admin = server.admin().await;
        let other = server.doctor_made_by(&admin, OTHER).await;
        let (own, id) = (account_of(&server, ADMIN_EMAIL).await, account_of(&server, OTHER).await);
        let second = replica(&server).await;
        let there = second.browser();
        for _ in 0..6 {
            write(&server, "UPDATE accounts SET is_admin = 1, is_enabled = 1 WHERE id IN ($1, $2)", &own, &id).await;
            admin.sign_in(ADMIN_EMAIL, PASSWORD).await;
            other.sign_in(OTHER, PASSWORD).await;
            there.set_cookie("sid", other.cookie("sid").as_deref());
            there.set_cookie("browser", other.cookie("browser").as_deref());
            let act = async |client: &Client, id: &str| {
                client.post(&format!("/admin/users/{id}/rights"), &[("change", "remove-admin")]).await.status
            };
            let both = tokio::join!(act(&admin, &id), act(&there, &own));
            let query = sqlx::query_scalar("SELECT COUNT(*) FROM accounts WHERE is_admin = 1 AND is_enabled = 1");
            let left: i64 = query.fetch_one(server.app.db.read()).await.unwrap();
            assert_eq!(left, 1, "{both:?}");
        }
    }

    async fn a_leaving_doctors_patients_become_a_colleagues_and_the_account_is_removed(server: Server) {
        let admin = server.admin().await;
        let (head, clinic) = clinic(&server, &admin).await;
        let leaving = colleague(&server, &admin, OTHER, &clinic).await;
        let night = store(&leaving, "a.csv", &made_up(2)).await;
        let link = make_link(&leaving, &night, &[]).await;
        let visitor = patient(&server, &link).await;
        let (own, id) = (account_of(&server, HEAD).await, account_of(&server, OTHER).await);
        let remove = format!("/clinic/people/{id}/remove");
        let refused = head.post(&remove, &[]).await;
        assert_eq!((refused.status, refused.text().contains("are încă pacienți")), (422, true));
        for nobody in [&id, "0197d2a0-0000-7000-8000-000000000000", ""] {
            let status = head.post(&format!("/clinic/people/{id}/transfer"), &[("to", nobody)]).await.status;
            assert!(matches!(status, 404 | 422), "{nobody}: {status}");
        }
        assert_eq!(head.post(&format!("/clinic/people/{id}/transfer"), &[("to", &own)]).await.status, 303);
        assert_eq!((head.get(&night).await.status, leaving.get(&night).await.status), (200, 404));
        assert!(head.get("/recordings").await.text().contains(&night));
        assert!(head.get("/patients").await.text().contains(">P-0001</a>"));
        assert_eq!(visitor.get(&shared(&link, &night)).await.status, 200, "the patient notices nothing");
        assert_eq!(head.post(&remove, &[]).await.status, 303);
        assert_eq!(leaving.get("/account").await.status, 303);
        assert!(!admin.get("/admin/users").await.text().contains(OTHER) && !head.get("/clinic/people").await.text().contains(OTHER));
        assert_eq!(server.browser().post("/login", &[("email", OTHER), ("password", PASSWORD)]).await.status, 401);
        let anew = with_link(&server, &invite(&head, OTHER).await).await;
        assert_eq!(anew.get(&night).await.status, 404, "the address is free, what was theirs is not");
    }

    async fn whoever_uploads_again_what_became_a_colleagues_is_told_so_and_led_nowhere(server: Server) {
        let admin = server.admin().await;
        let (head, clinic) = clinic(&server, &admin).await;
        let former = colleague(&server, &admin, OTHER, &clinic).await;
        let night = store(&former, "a.csv", &made_up(2)).await;
        let (own, id) = (account_of(&server, HEAD).await, account_of(&server, OTHER).await);
        assert_eq!(head.post(&format!("/clinic/people/{id}/transfer"), &[("to", &own)]).await.status, 303);
        let bytes = made_up(2);
        let again = former.upload("/recordings", &[("a.csv", &bytes)], true).await;
        let file = &again.json()["files"][0];
        assert_eq!((again.status, &file["result"], &file["recording"]), (409, &"handed-over".into(), &serde_json::Value::Null));
        let page = former.upload("/recordings", &[("a.csv", &bytes)], false).await;
        assert!(page.status == 409 && page.text().contains("a trecut la un coleg") && !page.text().contains(&night));
        set_sharing(&head, "shared").await;
        let seen = former.upload("/recordings", &[("a.csv", &bytes)], true).await;
        assert_eq!((seen.status, &seen.json()["files"][0]["recording"]), (200, &night.as_str().into()), "its page opens");
    }

    async fn a_transfer_amid_uploads_loses_nothing(server: Server) {
        let admin = server.admin().await;
        let (head, clinic) = clinic(&server, &admin).await;
        set_sharing(&head, "shared").await;
        let leaving = Arc::new(colleague(&server, &admin, OTHER, &clinic).await);
        let (own, id) = (account_of(&server, HEAD).await, account_of(&server, OTHER).await);
        let upload = |day: u32| {
            let leaving = Arc::clone(&leaving);
            tokio::spawn(async move { store(&leaving, "a.csv", &made_up(day)).await })
        };
        let uploads: Vec<_> = (1..13).map(upload).collect();
        for _ in 0..3 {
            assert_eq!(head.post(&format!("/clinic/people/{id}/transfer"), &[("to", &own)]).await.status, 303);
        }
        for upload in uploads {
            let night = upload.await.unwrap();
            assert_eq!(head.get(&night).await.status, 200);
        }
        assert_eq!(head.post(&format!("/clinic/people/{id}/transfer"), &[("to", &own)]).await.status, 303);
        let query = sqlx::query_scalar(
            "SELECT COUNT(*) FROM recordings r JOIN desk_rows d ON d.recording_id = r.id \
             WHERE r.doctor_id = $1 AND d.owner_id = $1 AND d.clinic_id = r.clinic_id",
        );
        let theirs: i64 = query.bind(&own).fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!(theirs, 12);
    }

    async fn people_of_another_clinic_are_nobody_here(server: Server) {
        let admin = server.admin().await;
        let (head, _) = clinic(&server, &admin).await;
        server.doctor_made_by(&admin, OTHER).await;
        let (own, id) = (account_of(&server, HEAD).await, account_of(&server, OTHER).await);
        for action in ["", "/code", "/rights", "/transfer", "/remove"] {
            let path = format!("/clinic/people/{id}{action}");
            assert_eq!(head.post(&path, &[("change", "disable"), ("to", &own)]).await.status, 404, "{path}");
        }
        assert_eq!(head.post(&format!("/clinic/people/{own}/transfer"), &[("to", &id)]).await.status, 404);
        join(&server, OTHER, &own).await;
        assert_eq!(rights(&head, &id, "disable").await, 303, "once here, here alone");
    }
}
