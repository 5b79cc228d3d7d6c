//! Who did what from where is in the log: one line for each act that matters, without names, addresses typed, secrets
//! or health data.

use axum::http::Method;
use serde_json::Value;

use crate::nights::{made_up, store};
use crate::patients::make_link;
use crate::support::audit_log::audit_lines;
use crate::support::client::{Answer, Client};
use crate::support::{ADMIN_EMAIL, PASSWORD, Server};

const NETWORK: &str = "203.0.113.7";
const EMAIL: &str = "ana@clinica.ro";
const NEW_PASSWORD: &str = "alt-cal-alta-baterie-nou";

/// What the log says about the request that got this answer.
fn lines(answer: &Answer) -> Vec<Value> {
    audit_lines(&answer.header("x-request-id"))
}

/// The one line about the answered request.
fn line(answer: &Answer) -> Value {
    let found = lines(answer);
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0].clone()
}

/// Insists on what an act was called, and that its line tells where it came from.
#[track_caller]
fn assert_act(answer: &Answer, action: &str) -> Value {
    let line = line(answer);
    assert_eq!((&line["action"], &line["network"]), (&action.into(), &NETWORK.into()), "{line}");
    line
}

fn at_home(server: &Server) -> Client {
    server.browser().at_network(NETWORK)
}

behaviours! {
    async fn log_ins_are_told_from_failed_ones(server: Server) {
        let browser = at_home(&server);
        let id = super::users::id_of(&server.admin().await, ADMIN_EMAIL).await;
        let wrong = browser.post("/login", &[("email", ADMIN_EMAIL), ("password", "wrong")]).await;
        assert_eq!(assert_act(&wrong, "sign-in-failed")["account_id"], id.as_str());
        let unknown = browser.post("/login", &[("email", "typed@clinica.ro"), ("password", PASSWORD)]).await;
        assert_eq!(assert_act(&unknown, "sign-in-failed")["account_id"], Value::Null);
        let right = browser.post("/login", &[("email", ADMIN_EMAIL), ("password", PASSWORD)]).await;
        assert_eq!(assert_act(&right, "sign-in")["account_id"], id.as_str());
        let out = browser.post("/logout", &[]).await;
        assert_eq!(assert_act(&out, "sign-out")["account_id"], id.as_str());
    }

    async fn attempts_beyond_a_limit_are_told(server: Server) {
        let browser = at_home(&server);
        for _ in 0..5 {
            browser.post("/login", &[("email", ADMIN_EMAIL), ("password", "wrong")]).await;
        }
        let limited = browser.post("/login", &[("email", ADMIN_EMAIL), ("password", PASSWORD)]).await;
        assert_act(&limited, "sign-in-limited");
    }

    async fn forms_from_elsewhere_are_told(server: Server) {
        let browser = at_home(&server);
        let forged = browser.post_bare("/login", &[("email", ADMIN_EMAIL), ("password", PASSWORD)]).await;
        assert_act(&forged, "form-refused");
        let request = browser.request(Method::POST, "/login").header("origin", "https://evil.example").body("");
        assert_act(&browser.send(request).await, "form-refused");
    }

    async fn password_changes_are_told(server: Server) {
        let browser = at_home(&server);
        browser.sign_in(ADMIN_EMAIL, PASSWORD).await;
        let wrong = browser.post("/account", &[("current", "wrong"), ("password", NEW_PASSWORD)]).await;
        assert_act(&wrong, "own-password-wrong");
        let changed = browser.post("/account", &[("current", PASSWORD), ("password", NEW_PASSWORD)]).await;
        assert_act(&changed, "password-changed");
        let guess = browser.post("/set-password", &[("code", "guess"), ("password", PASSWORD)]).await;
        assert_act(&guess, "code-refused");
    }

    async fn what_administrators_do_is_told_with_who_and_whom(server: Server) {
        let admin = at_home(&server);
        admin.sign_in(ADMIN_EMAIL, PASSWORD).await;
        let own = super::users::id_of(&admin, ADMIN_EMAIL).await;
        let made = admin.post("/admin/users", &[("email", EMAIL), ("name", "Dr. Ana")]).await;
        let id = super::users::id_of(&admin, EMAIL).await;
        let told = assert_act(&made, "account-made");
        assert_eq!((&told["by"], &told["account_id"]), (&own.as_str().into(), &id.as_str().into()));
        for (path, fields, action) in [
            (format!("/admin/users/{id}/code"), vec![], "code-given"),
            (format!("/admin/users/{id}/rights"), vec![("change", "make-admin")], "rights-changed"),
            (format!("/admin/users/{id}/rights"), vec![("change", "disable")], "rights-changed"),
            (format!("/admin/users/{id}/links/close"), vec![], "links-closed"),
        ] {
            let told = assert_act(&admin.post(&path, &fields).await, action);
            assert_eq!((&told["by"], &told["account_id"]), (&own.as_str().into(), &id.as_str().into()), "{path}");
        }
    }

    async fn requests_for_a_new_password_are_told(server: Server) {
        let admin = server.admin().await;
        server.doctor_made_by(&admin, EMAIL).await;
        let id = super::users::id_of(&admin, EMAIL).await;
        let owner = at_home(&server);
        let asked = owner.post("/forgot-password", &[("email", EMAIL)]).await;
        assert_eq!(assert_act(&asked, "password-request")["account_id"], id.as_str());
        let early = owner.post("/forgot-password/choose", &[("password", NEW_PASSWORD)]).await;
        assert_act(&early, "code-refused");
        let page = admin.get("/admin/users").await;
        let request = page.between("action=\"/admin/requests/", "/");
        let confirmed = admin.post(&format!("/admin/requests/{request}/confirm"), &[]).await;
        assert_eq!(line(&confirmed)["action"], "password-request-confirmed");
        let set = owner.post("/forgot-password/choose", &[("password", NEW_PASSWORD)]).await;
        assert_act(&set, "password-set");
    }

    async fn openings_and_endings_of_links_and_deletions_are_told(server: Server) {
        let doctor = at_home(&server);
        doctor.sign_in(ADMIN_EMAIL, PASSWORD).await;
        let recording = store(&doctor, "Popescu Ion 1780101.csv", &made_up(2)).await;
        let link = make_link(&doctor, &recording, &[("note", "FISA-17")]).await;
        let opener = at_home(&server);
        let open = format!("{}/open", link.path);
        let wrong = opener.post(&open, &[("secret", "wrong-secret")]).await;
        assert_eq!(assert_act(&wrong, "link-refused")["link_id"], link.id());
        let right = opener.post(&open, &[("secret", &link.secret)]).await;
        assert_eq!(assert_act(&right, "link-opened")["link_id"], link.id());
        let left = opener.post(&format!("{}/close", link.path), &[]).await;
        assert_eq!(assert_act(&left, "link-left")["link_id"], link.id());
        let revoked = doctor.post(&format!("/links/{}/revoke", link.id()), &[]).await;
        assert_eq!(assert_act(&revoked, "link-revoked")["link_id"], link.id());
        let made = doctor.post(&format!("{recording}/links"), &[]).await;
        assert_act(&made, "link-made");
        let deleted = doctor.post(&format!("{recording}/delete"), &[]).await;
        assert_eq!(assert_act(&deleted, "recording-deleted")["recording_id"], recording.rsplit('/').next().unwrap());
        let told: String = [&wrong, &right, &left, &revoked, &made, &deleted].into_iter().flat_map(lines).map(|line| line.to_string()).collect();
        for word in ["Popescu", "FISA", "wrong-secret", &link.secret, "clinica.ro"] {
            assert!(!told.contains(word), "{word} in {told}");
        }
    }

    async fn whatever_is_typed_is_not_in_the_log(server: Server) {
        let browser = at_home(&server);
        let answer = browser.post("/login", &[("email", "typed@clinica.ro"), ("password", "typed-password")]).await;
        let pasted = browser.post("/pacient", &[("link", "/p/pasted-id#pasted-secret")]).await;
        let told = format!("{:?} {:?}", lines(&answer), lines(&pasted));
        assert!(told.contains("link-refused"), "{told}");
        for word in ["typed", "pasted"] {
            assert!(!told.contains(word), "{word} in {told}");
        }
    }
}
