//! The second factor: a right password alone opens nothing, codes count once, guessing is slowed down, paper helps.

use std::time::Duration;

use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use oxi_server::http::routes::Realm;
use oxi_server::router::route_table;
use sha1::Sha1;

use crate::authorisation::Things;
use crate::support::client::{Answer, Client};
use crate::support::{ADMIN_EMAIL, PASSWORD, Server, config};

const STEP: Duration = Duration::from_secs(30);
const EMAIL: &str = "ana@clinica.ro";
const STEP_PAGE: &str = "/login/second-step";

/// An app with codes, as the standard describes it: slow, and by another way than the platform's.
pub struct Phone {
    seed: Vec<u8>,
}

impl Phone {
    /// The seed as the page writes it for typing by hand.
    fn with(letters: &str) -> Self {
        let letters = letters.chars().filter(char::is_ascii_alphanumeric);
        let digit = |c: char| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap();
        let bits: String = letters.map(|c| format!("{:05b}", digit(c))).collect();
        let bytes = bits.as_bytes().chunks(8).map(|bits| std::str::from_utf8(bits).unwrap());
        Self { seed: bytes.map(|bits| u8::from_str_radix(bits, 2).unwrap()).collect() }
    }

    /// The code that it shows now, or would some steps from now.
    pub fn code(&self, server: &Server, later: i64) -> String {
        let step = server.app.clock.now().as_millis() / 30_000 + later;
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.seed).unwrap();
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let place = (hash[19] & 15) as usize;
        let word = u32::from_be_bytes(hash[place..place + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", word % 1_000_000)
    }
}

/// Sets up an app with codes: the phone, and the codes on paper that were shown.
pub async fn set_up(server: &Server, browser: &Client) -> (Phone, Vec<String>) {
    let offered = browser.post("/account/second-factor/totp", &[]).await;
    assert_eq!(offered.header("location"), "/account/second-factor/totp", "{}", offered.text());
    let phone = Phone::with(&browser.get("/account/second-factor/totp").await.between("secret-text\">", "<"));
    let code = phone.code(server, 0);
    let confirmed = browser.post("/account/second-factor/totp/confirm", &[("code", &code)]).await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text());
    server.wait(STEP);
    (phone, codes(&confirmed))
}

fn codes(page: &Answer) -> Vec<String> {
    let text = page.text();
    let parts = text.split("<li><code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
    parts.collect()
}

/// Gives the right password and insists that it leads to the second step.
pub async fn first_step(browser: &Client, email: &str) {
    let answer = browser.post("/login", &[("email", email), ("password", PASSWORD)]).await;
    let to = answer.header("location");
    assert!(answer.status == 303 && to.starts_with(STEP_PAGE), "{} {to}", answer.status);
}

async fn second_step(browser: &Client, code: &str) -> u16 {
    browser.post(STEP_PAGE, &[("code", code)]).await.status
}

async fn is_signed_in(browser: &Client) -> bool {
    browser.get("/account").await.status == 200
}

/// A column of text.
async fn texts(server: &Server, query: &'static str) -> Vec<String> {
    sqlx::query_scalar(query).fetch_all(server.app.db.read()).await.unwrap()
}

/// Another replica on the same database.
async fn replica(server: &Server, variables: &[(&str, &str)]) -> Server {
    let folder = tempfile::tempdir().unwrap();
    let mut config = config("sqlite:unused", folder.path(), variables);
    config.database = server.app.config.database.clone();
    let other = Server::start_on(server.backend, config, server.app.blobs.clone(), folder).await;
    let behind = server.app.clock.now().since(other.app.clock.now());
    other.wait(behind);
    other
}

behaviours! {
    async fn a_right_password_and_a_code_sign_in_and_either_alone_does_not(server: Server) {
        let here = server.doctor(EMAIL).await;
        let (phone, paper) = set_up(&server, &here).await;
        assert_eq!(paper.len(), 10);
        let browser = server.browser();
        first_step(&browser, EMAIL).await;
        assert!(!is_signed_in(&browser).await);
        let page = browser.get(STEP_PAGE).await;
        assert!(page.text().contains("Al doilea pas"), "{}", page.text());
        assert_eq!(second_step(&browser, "000000").await, 422);
        let code = phone.code(&server, 0);
        let done = browser.post(STEP_PAGE, &[("code", &format!("{} {}", &code[..3], &code[3..])), ("next", "/patients")]).await;
        assert_eq!((done.status, done.header("location").as_str()), (303, "/patients"));
        assert!(is_signed_in(&browser).await);
        let sessions = browser.get("/account").await.text();
        assert!(sessions.contains("în doi pași"), "{sessions}");
        let stranger = server.browser();
        assert_eq!(second_step(&stranger, &phone.code(&server, 1)).await, 303);
        assert!(!is_signed_in(&stranger).await, "a code without a password opens nothing");
    }

    async fn a_code_counts_once_and_clocks_may_differ_by_one_step(server: Server) {
        let here = server.doctor(EMAIL).await;
        let (phone, _) = set_up(&server, &here).await;
        for (later, accepted) in [(-2, false), (2, false), (-1, false), (0, true), (0, false), (1, true), (0, false), (1, false)] {
            let browser = server.browser();
            browser.set_cookie("browser", here.cookie("browser").as_deref());
            first_step(&browser, EMAIL).await;
            assert_eq!(second_step(&browser, &phone.code(&server, later)).await == 303, accepted, "{later}");
        }
        server.wait(3 * STEP);
        let browser = server.browser();
        first_step(&browser, EMAIL).await;
        assert_eq!(second_step(&browser, &phone.code(&server, -1)).await, 303, "a clock that is late");
    }

    async fn of_many_who_show_the_same_code_at_once_one_comes_in(server: Server) {
        let here = server.doctor(EMAIL).await;
        let (phone, paper) = set_up(&server, &here).await;
        let other = replica(&server, &[("SECRET_KEY", &key_of(&server))]).await;
        for code in [phone.code(&server, 0), paper[0].clone()] {
            let mut browsers = Vec::new();
            for n in 0..6 {
                let at = if n % 2 == 0 { server.browser() } else { other.browser() };
                let browser = at.at_network(&format!("203.0.113.{n}"));
                first_step(&browser, EMAIL).await;
                browsers.push(browser);
            }
            let tries = browsers.into_iter().map(|browser| {
                let code = code.clone();
                tokio::spawn(async move { second_step(&browser, &code).await })
            });
            let mut statuses = Vec::new();
            for tried in tries.collect::<Vec<_>>() {
                statuses.push(tried.await.unwrap());
            }
            assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{code}: {statuses:?}");
        }
    }

    async fn half_a_sign_in_reaches_nothing_and_is_of_one_browser_for_minutes(server: Server) {
        let here = server.doctor(EMAIL).await;
        let (phone, _) = set_up(&server, &here).await;
        let (half, other) = (server.browser(), server.browser());
        first_step(&half, EMAIL).await;
        for route in route_table().iter().filter(|route| matches!(route.access.realm, Realm::Account | Realm::Link)) {
            let request = half.request(route.method.clone(), &Things::unknown().path(route)).header("accept", "application/json");
            let expected = if route.access.realm == Realm::Account { 401 } else { 404 };
            let request = if route.method == Method::POST { request.form(&[("x", "y")]) } else { request };
            assert_eq!(half.send(request).await.status, expected, "{route}");
        }
        assert_eq!(other.get(STEP_PAGE).await.header("location"), "/login?over=1");
        assert_eq!(other.post(STEP_PAGE, &[("code", &phone.code(&server, 0))]).await.header("location"), "/login?over=1");
        server.wait(Duration::from_mins(10));
        assert_eq!(half.post(STEP_PAGE, &[("code", &phone.code(&server, 0))]).await.header("location"), "/login?over=1");
        assert!(!is_signed_in(&half).await);
        assert!(half.get("/login?over=1").await.text().contains("a trecut"));
    }

    async fn half_a_sign_in_ends_with_the_password_and_with_the_account(server: Server) {
        let here = server.doctor(EMAIL).await;
        let (phone, _) = set_up(&server, &here).await;
        let half = server.browser();
        first_step(&half, EMAIL).await;
        let changed = here.post("/account", &[("current", PASSWORD), ("password", "alt-cal-alta-baterie-nou")]).await;
        assert_eq!(changed.status, 303, "{}", changed.text());
        assert!(is_signed_in(&here).await, "whoever changes it goes on");
        assert_eq!(second_step(&half, &phone.code(&server, 0)).await, 303);
        assert!(!is_signed_in(&half).await);
    }

    async fn guessing_at_codes_is_slowed_down_and_the_owner_is_told(server: Server) {
        let here = server.doctor(EMAIL).await;
        let (phone, _) = set_up(&server, &here).await;
        let thief = server.browser().at_network("203.0.113.9");
        first_step(&thief, EMAIL).await;
        for _ in 0..5 {
            assert_eq!(second_step(&thief, "000000").await, 422);
        }
        assert_eq!(second_step(&thief, &phone.code(&server, 0)).await, 429, "a right one is not looked at either");
        for n in 0..5 {
            let thief = server.browser().at_network(&format!("198.51.{n}.9"));
            first_step(&thief, EMAIL).await;
            assert_eq!(second_step(&thief, "000000").await, 422);
        }
        let elsewhere = server.browser().at_network("192.0.2.1");
        first_step(&elsewhere, EMAIL).await;
        assert_eq!(second_step(&elsewhere, "000000").await, 429, "ten in all");
        let account = here.get("/account").await.text();
        assert_eq!(account.matches("un cod greșit la al doilea pas").count(), 1, "{account}");
        let owner = server.browser();
        owner.set_cookie("browser", here.cookie("browser").as_deref());
        first_step(&owner, EMAIL).await;
        assert_eq!(second_step(&owner, &phone.code(&server, 0)).await, 303, "the own browser is not shut out");
    }

    async fn codes_on_paper_open_once_each_and_end_with_their_set(server: Server) {
        let here = server.doctor(EMAIL).await;
        let (_, paper) = set_up(&server, &here).await;
        let overview = here.get("/account/second-factor").await.text();
        assert!(overview.contains("10 coduri") && !overview.contains(&paper[0]), "{overview}");
        let browser = server.browser();
        first_step(&browser, EMAIL).await;
        assert_eq!(second_step(&browser, &paper[3].to_lowercase().replace('-', " ")).await, 303);
        assert!(browser.get("/account/second-factor").await.text().contains("9 coduri"));
        let again = server.browser();
        first_step(&again, EMAIL).await;
        assert_eq!(second_step(&again, &paper[3]).await, 422, "it was used");
        let made = here.post("/account/second-factor/recovery-codes", &[]).await;
        let anew = codes(&made);
        assert_eq!((anew.len(), second_step(&again, &paper[4]).await), (10, 422), "the set of before is over");
        assert_eq!(second_step(&again, &anew[4]).await, 303);
        let kept = texts(&server, "SELECT code_hash FROM recovery_codes").await;
        assert!(kept.len() == 9 && kept.iter().all(|hash| hash.len() == 43), "nothing but hashes: {kept:?}");
    }

    async fn the_first_factor_ends_other_sessions_and_nobody_slips_in_meanwhile(server: Server) {
        let here = server.doctor(EMAIL).await;
        let there = server.browser();
        there.sign_in(EMAIL, PASSWORD).await;
        let half = server.browser();
        set_up(&server, &here).await;
        assert!(is_signed_in(&here).await && !is_signed_in(&there).await);
        first_step(&half, EMAIL).await;
        there.set_cookie("sid", None);
        first_step(&there, EMAIL).await;
        let notice = here.get("/recordings").await.text();
        assert!(!notice.contains("a fost schimbată pe"), "it was done here");
    }

    async fn what_reaches_others_asks_for_the_second_factor_and_not_for_the_password(server: Server) {
        let admin = server.admin().await;
        server.doctor_made_by(&admin, EMAIL).await;
        let id = super::users::id_of(&admin, EMAIL).await;
        let (phone, _) = set_up(&server, &admin).await;
        server.wait(Duration::from_mins(11));
        let rights = format!("/admin/users/{id}/rights");
        let asked = admin.post(&rights, &[("change", "disable")]).await;
        assert!(asked.header("location").starts_with("/account/confirm"), "{}", asked.status);
        let page = admin.get("/account/confirm?next=/admin/users").await.text();
        assert!(page.contains("one-time-code") && !page.contains("current-password"), "{page}");
        let by_password = admin.post("/account/confirm", &[("password", PASSWORD)]).await;
        assert_eq!(by_password.status, 422);
        let code = phone.code(&server, 0);
        let confirmed = admin.post("/account/confirm", &[("code", &code), ("next", "/admin/users")]).await;
        assert_eq!(confirmed.header("location"), "/admin/users");
        assert_eq!(admin.post(&rights, &[("change", "disable")]).await.status, 303);
        server.wait(Duration::from_mins(11));
        let changed = admin.post("/account", &[("current", PASSWORD), ("password", "alt-cal-alta-baterie-nou")]).await;
        assert_eq!(changed.status, 303);
        let asked = admin.post(&rights, &[("change", "enable")]).await;
        assert!(asked.header("location").starts_with("/account/confirm"), "a password changed now is no second factor");
    }

    async fn setting_up_and_removing_ask_again_and_a_seed_counts_only_after_its_first_code(server: Server) {
        let here = server.doctor(EMAIL).await;
        here.post("/account/second-factor/totp", &[]).await;
        let unconfirmed = server.browser();
        unconfirmed.sign_in(EMAIL, PASSWORD).await;
        assert_eq!(here.post("/account/second-factor/totp/confirm", &[("code", "000000")]).await.status, 422);
        assert!(is_signed_in(&unconfirmed).await);
        let (phone, _) = set_up(&server, &here).await;
        server.wait(Duration::from_mins(11));
        for path in ["totp", "totp/confirm", "totp/remove", "recovery-codes"] {
            let answer = here.post(&format!("/account/second-factor/{path}"), &[("code", "1")]).await;
            assert_eq!(answer.header("location"), "/account/confirm?next=%2Faccount%2Fsecond-factor", "{path}");
        }
        here.post("/account/confirm", &[("code", &phone.code(&server, 0))]).await;
        assert_eq!(here.post("/account/second-factor/totp/remove", &[]).await.status, 303);
        let browser = server.browser();
        browser.sign_in(EMAIL, PASSWORD).await;
        assert!(is_signed_in(&browser).await);
        assert!(texts(&server, "SELECT sealed FROM totp_seeds").await.is_empty());
        assert!(texts(&server, "SELECT code_hash FROM recovery_codes").await.is_empty(), "paper opens nothing without");
    }

    async fn a_link_for_a_new_password_does_not_go_around_the_second_factor(server: Server) {
        let admin = server.admin().await;
        let (phone, _) = set_up(&server, &admin).await;
        let link = oxi_server::accounts::reset_link(&server.app, ADMIN_EMAIL).await.unwrap();
        let browser = server.browser();
        let fields = [("code", link.split('#').nth(1).unwrap()), ("password", "alt-cal-alta-baterie-nou")];
        let set = browser.post("/set-password", &fields).await;
        assert!(set.header("location").starts_with(STEP_PAGE), "{}", set.text());
        assert!(!is_signed_in(&browser).await && !is_signed_in(&admin).await);
        assert_eq!(second_step(&browser, &phone.code(&server, 0)).await, 303);
        assert!(is_signed_in(&browser).await);
    }

    async fn administrators_without_a_factor_are_led_to_it_where_one_is_asked_for(server: Server) {
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, EMAIL).await;
        let clinic = crate::clinics::account_of(&server, EMAIL).await;
        let doctor = crate::clinics::colleague(&server, &admin, "dan@clinica.ro", &clinic).await;
        assert_eq!(admin.post("/admin/users/second-factor", &[("required", "yes")]).await.status, 303);
        for (browser, led) in [(&admin, true), (&head, true), (&doctor, false)] {
            let answer = browser.get("/recordings").await;
            assert_eq!(answer.header("location") == "/account/second-factor", led, "{}", answer.status);
        }
        assert!(head.get("/account/second-factor").await.text().contains("este obligatorie aici"));
        assert_eq!(head.get_json("/recordings").await.json()["error"]["code"], "second-factor-needed");
        set_up(&server, &head).await;
        assert_eq!(head.get("/recordings").await.status, 200);
        set_up(&server, &admin).await;
        assert!(admin.get("/admin/users").await.text().contains("Acum este obligatorie."));
        admin.post("/admin/users/second-factor", &[]).await;
        head.post("/account/second-factor/totp/remove", &[]).await;
        assert_eq!(head.get("/recordings").await.status, 200, "it is left open again");
        assert_eq!(head.post("/clinic/people/second-factor", &[("required", "yes")]).await.status, 303);
        assert_eq!(head.get("/recordings").await.header("location"), "/account/second-factor");
        assert_eq!(doctor.get("/recordings").await.status, 200);
    }

    async fn a_lost_factor_is_removed_by_the_clinics_administrator_and_the_owner_is_told(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        let admin = server.admin().await;
        let head = server.doctor_made_by(&admin, EMAIL).await;
        let clinic = crate::clinics::account_of(&server, EMAIL).await;
        let doctor = crate::clinics::colleague(&server, &admin, "dan@clinica.ro", &clinic).await;
        server.doctor_made_by(&admin, "alt@clinica.ro").await;
        let other_clinic = crate::clinics::account_of(&server, "alt@clinica.ro").await;
        let (_, paper) = set_up(&server, &doctor).await;
        let half = server.browser();
        first_step(&half, "dan@clinica.ro").await;
        let id = crate::clinics::account_of(&server, "dan@clinica.ro").await;
        let remove = [("change", "remove-second-factor")];
        let rights = format!("/clinic/people/{id}/rights");
        server.wait(Duration::from_mins(11));
        assert!(head.post(&rights, &remove).await.header("location").starts_with("/account/confirm"));
        head.post("/account/confirm", &[("password", PASSWORD)]).await;
        let done = head.post(&rights, &remove).await;
        assert_eq!(done.status, 303, "{}", done.text());
        assert!(!is_signed_in(&doctor).await && second_step(&half, &paper[0]).await == 303 && !is_signed_in(&half).await);
        let browser = server.browser();
        browser.sign_in("dan@clinica.ro", PASSWORD).await;
        assert!(browser.get("/account").await.text().contains("Un administrator a scos al doilea pas"));
        let mails = server.mails_to("dan@clinica.ro").await;
        assert_eq!(mails.iter().filter(|mail| mail.subject.contains("Al doilea pas")).count(), 2, "added, removed");
        crate::clinics::join(&server, "dan@clinica.ro", &other_clinic).await;
        assert_eq!(head.post(&rights, &remove).await.status, 422, "another clinic's too");
    }

    async fn at_the_machine_the_last_administrators_factors_are_removed(server: Server) {
        let admin = server.admin().await;
        set_up(&server, &admin).await;
        oxi_server::accounts::remove_second_factors(&server.app, ADMIN_EMAIL).await.unwrap();
        assert!(!is_signed_in(&admin).await);
        let browser = server.browser();
        browser.sign_in(ADMIN_EMAIL, PASSWORD).await;
        assert!(is_signed_in(&browser).await);
        assert!(oxi_server::accounts::remove_second_factors(&server.app, "nobody@clinica.ro").await.is_err());
    }

    async fn what_is_no_answer_of_a_key_opens_nothing_and_counts_as_wrong(server: Server) {
        let here = server.doctor(EMAIL).await;
        set_up(&server, &here).await;
        let challenge = "/login/second-step/passkey";
        let browser = server.browser().at_network("203.0.113.9");
        assert_eq!(browser.post(challenge, &[]).await.header("location"), "/login", "nobody waits here");
        first_step(&browser, EMAIL).await;
        assert_eq!(browser.post(challenge, &[]).await.status, 404, "the account has no key");
        for answer in ["{}", "null", "[", r#"{"id":"a","rawId":"YQ","type":"public-key","response":{}}"#, "x"] {
            assert_eq!(browser.post(STEP_PAGE, &[("passkey", answer)]).await.status, 422, "{answer}");
        }
        assert_eq!(browser.post(STEP_PAGE, &[("passkey", "{}")]).await.status, 429);
        let nameless = Server::start_with(server.backend, &[("APP_URL", "http://192.0.2.7:8080")]).await;
        let page = nameless.admin().await.get("/account/second-factor").await.text();
        assert!(page.contains("totp-heading") && !page.contains("passkeys-heading"), "{page}");
        let added = here.post("/account/second-factor/passkeys", &[("passkey", "{}"), ("name", "x")]).await;
        assert_eq!(added.status, 422);
    }

    async fn the_owner_is_told_of_every_change_by_mail(server: Server) {
        let server = Server::start_with_mail(server.backend).await;
        let here = server.doctor(EMAIL).await;
        let (_, paper) = set_up(&server, &here).await;
        let browser = server.browser();
        first_step(&browser, EMAIL).await;
        assert_eq!(second_step(&browser, &paper[0]).await, 303);
        here.post("/account/second-factor/recovery-codes", &[]).await;
        here.post("/account/second-factor/totp/remove", &[]).await;
        let subjects: Vec<_> = server.mails_to(EMAIL).await.into_iter().map(|mail| mail.subject).collect();
        let factor = subjects.iter().filter(|subject| subject.contains("Al doilea pas")).count();
        assert_eq!((factor, subjects.len()), (4, 5), "and one of the new browser: {subjects:?}");
    }

    async fn seeds_are_sealed_and_follow_a_new_key(server: Server) {
        let here = server.doctor(EMAIL).await;
        let (phone, _) = set_up(&server, &here).await;
        let sealed = texts(&server, "SELECT sealed FROM totp_seeds").await.concat();
        let sealed = URL_SAFE_NO_PAD.decode(sealed).unwrap();
        assert!(!sealed.windows(phone.seed.len()).any(|part| part == phone.seed));
        let old = key_of(&server);
        let new = "89abcdef0123456789abcdef0123456789abcdef0123456789abcdef01234567";
        let tried = async |server: &Server| {
            let browser = server.browser();
            first_step(&browser, EMAIL).await;
            second_step(&browser, &phone.code(server, 0)).await
        };
        let without = replica(&server, &[("SECRET_KEY", new)]).await;
        assert_eq!(tried(&without).await, 500, "another key opens nothing");
        let rotating = replica(&server, &[("SECRET_KEY", new), ("SECRET_KEY_PREVIOUS", &old)]).await;
        assert_eq!(tried(&rotating).await, 303);
        without.wait(STEP);
        assert_eq!(tried(&without).await, 303, "using it sealed it anew");
    }
}

/// The key that a test platform made in its folder.
fn key_of(server: &Server) -> String {
    std::fs::read_to_string(server.folder.path().join("secret-key")).unwrap()
}
