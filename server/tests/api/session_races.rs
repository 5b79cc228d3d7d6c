//! What happens while something else changes: a session begins only on what was true when it begins.

use tokio::task::JoinSet;

use crate::support::client::Client;
use crate::support::{PASSWORD, Server};

const EMAIL: &str = "ana@clinica.ro";
const NEW_PASSWORD: &str = "alt-cal-alta-baterie-nou";

/// Log-ins with the old password, all at once, each from a browser and network of its own. The hasher works on two at
/// a time, so they are verified before, during and after whatever else runs.
fn many_sign_ins(server: &Server, times: u8) -> JoinSet<Client> {
    let mut tries = JoinSet::new();
    for n in 0..times {
        let browser = server.browser().at_network(&format!("203.0.113.{n}"));
        tries.spawn(async move {
            browser.post("/login", &[("email", EMAIL), ("password", PASSWORD)]).await;
            browser
        });
    }
    tries
}

/// How many of the browsers are signed in.
async fn signed_in(browsers: &[Client]) -> usize {
    let mut count = 0;
    for browser in browsers {
        count += usize::from(browser.get("/account").await.status == 200);
    }
    count
}

async fn rights(admin: &Client, id: &str, change: &str) {
    let answer = admin.post(&format!("/admin/users/{id}/rights"), &[("change", change)]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}

behaviours! {
    async fn log_ins_with_the_old_password_leave_no_session_behind_a_password_change(server: Server) {
        let admin = server.admin().await;
        let doctor = server.doctor_made_by(&admin, EMAIL).await;
        let tries = many_sign_ins(&server, 16);
        let fields = [("current", PASSWORD), ("password", NEW_PASSWORD)];
        assert_eq!(doctor.post("/account", &fields).await.status, 303);
        assert_eq!(signed_in(&tries.join_all().await).await, 0);
        assert_eq!(doctor.get("/account").await.status, 200);
    }

    async fn log_ins_during_a_disabling_leave_no_session_behind(server: Server) {
        let admin = server.admin().await;
        server.doctor_made_by(&admin, EMAIL).await;
        let id = super::users::id_of(&admin, EMAIL).await;
        let tries = many_sign_ins(&server, 12);
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        rights(&admin, &id, "disable").await;
        let browsers = tries.join_all().await;
        rights(&admin, &id, "enable").await;
        assert_eq!(signed_in(&browsers).await, 0);
    }

    async fn of_two_password_changes_at_once_only_one_takes_place(server: Server) {
        let admin = server.admin().await;
        let (first, second) = (server.doctor_made_by(&admin, EMAIL).await, server.browser());
        second.sign_in(EMAIL, PASSWORD).await;
        let fields = |new| [("current", PASSWORD), ("password", new)];
        let (one, other) = (fields(NEW_PASSWORD), fields("inca-un-cal-cu-alta-baterie"));
        let answers = tokio::join!(first.post("/account", &one), second.post("/account", &other));
        let mut statuses = [answers.0.status, answers.1.status];
        statuses.sort_unstable();
        assert!(matches!(statuses, [303, 303..=499]) && statuses[1] != 303, "{statuses:?}");
        assert_eq!(signed_in(&[first, second]).await, 1);
    }

    async fn a_code_used_during_a_disabling_leaves_no_session_behind(server: Server) {
        let admin = server.admin().await;
        let made = admin.post("/admin/users", &[("email", EMAIL), ("name", "Dr. Ana")]).await;
        let code = made.between("data-code=\"", "\"");
        let id = super::users::id_of(&admin, EMAIL).await;
        let browser = server.browser();
        let use_it = async {
            browser.post("/set-password", &[("code", &code), ("password", PASSWORD)]).await;
        };
        tokio::join!(use_it, rights(&admin, &id, "disable"));
        rights(&admin, &id, "enable").await;
        assert_eq!(signed_in(&[browser]).await, 0);
    }

    async fn a_code_used_many_times_at_once_opens_one_session(server: Server) {
        let admin = server.admin().await;
        let made = admin.post("/admin/users", &[("email", EMAIL), ("name", "Dr. Ana")]).await;
        let code = made.between("data-code=\"", "\"");
        let mut tries = JoinSet::new();
        for _ in 0..6 {
            let (browser, code) = (server.browser(), code.clone());
            tries.spawn(async move {
                browser.post("/set-password", &[("code", &code), ("password", PASSWORD)]).await;
                browser
            });
        }
        assert_eq!(signed_in(&tries.join_all().await).await, 1);
    }

    async fn a_code_that_was_not_used_ends_with_a_password_change(server: Server) {
        let admin = server.admin().await;
        let doctor = server.doctor_made_by(&admin, EMAIL).await;
        let link = oxi_server::accounts::reset_link(&server.app, EMAIL).await.unwrap();
        let code = link.split('#').nth(1).unwrap();
        let fields = [("current", PASSWORD), ("password", NEW_PASSWORD)];
        assert_eq!(doctor.post("/account", &fields).await.status, 303);
        let late = server.browser().post("/set-password", &[("code", code), ("password", PASSWORD)]).await;
        assert_eq!(late.status, 422);
    }
}
