//! Defences that stand at every route, tried at every route: what is asked for comes from the contract, so that a new
//! route or field is tried by itself. `docs/SECURITY.md` names them.

use std::sync::Arc;

use axum::http::Method;
use oxi_server::http::routes::{Kind, Packing, Role, Route};
use oxi_server::router::route_table;

use crate::authorisation::{Things, owner_with_things};
use crate::nights::{made_up, store};
use crate::support::Server;
use crate::support::client::{Answer, Client};
use crate::support::program::Program;
use crate::support::{ADMIN_EMAIL, PASSWORD};

const SCRIPT: &str = "\"'><script>alert(1)</script>";
/// What must not come back of it: the beginning of an element.
const ELEMENT: &str = "<script>alert";

/// `code=P-77` as gzip packs it.
const PACKED: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x4b\xce\x4f\x49\xb5\x0d\xd0\x35\x37\x07\x00\xda\x4e\x7f\x27\x09\x00\x00\x00";

fn is_text(kind: &Kind) -> bool {
    *kind == Kind::Text
}

/// A request that puts `text` into every text that the route reads; `None` if it reads none.
fn with_text(
    client: &Client,
    route: &Route,
    things: &Things,
    text: &str,
    token: &str,
) -> Option<reqwest::RequestBuilder> {
    let value = |kind: &Kind| match kind {
        Kind::OneOf(words) => words[0].to_owned(),
        Kind::Text => text.to_owned(),
        _ => "1".to_owned(),
    };
    let query: Vec<_> = route.operation.query.iter().map(|field| (field.name, value(&field.kind))).collect();
    let path = format!("{}?{}", things.path(route), serde_urlencoded::to_string(&query).unwrap());
    let request = client.request(route.method.clone(), &path);
    let Some(form) = &route.operation.form else {
        let is_asked = route.operation.query.iter().any(|field| is_text(&field.kind));
        return is_asked.then_some(request);
    };
    let is_asked = form.packing == Packing::Encoded && form.fields.iter().any(|field| is_text(&field.kind));
    let fields: Vec<_> = form.fields.iter().map(|field| (field.name, value(&field.kind))).collect();
    is_asked.then(|| request.header("x-csrf-token", token).form(&fields))
}

/// Sends `text` everywhere, as whoever the route is for, and looks at each answer.
async fn everywhere(server: &Server, text: &str, look: impl Fn(&Route, &Answer)) {
    let admin = server.admin().await;
    let (owner, things) = owner_with_things(server, &admin).await;
    owner.post(&format!("/p/{}/open", things.link), &[("secret", &things.secret)]).await;
    let mut asked = 0;
    for route in route_table() {
        let client = if route.access.role == Role::Administrator { &admin } else { &owner };
        let token = client.form_token().await;
        if let Some(request) = with_text(client, route, &things, text, &token) {
            look(route, &client.send(request).await);
            asked += 1;
        }
    }
    assert!(asked > 30, "{asked}");
}

behaviours! {
    async fn no_page_shows_a_script_that_was_sent_to_it(server: Server) {
        everywhere(&server, SCRIPT, |route, answer| {
            assert!(!answer.text().contains(ELEMENT), "{route}: {}", answer.text());
            assert!(answer.status < 500, "{route}");
        }).await;
    }

    async fn no_page_shows_a_script_that_was_stored(server: Server) {
        let admin = server.admin().await;
        let (owner, mut things) = owner_with_things(&server, &admin).await;
        let night = store(&owner, &format!("{SCRIPT}.csv"), &made_up(3)).await;
        things.recording = night.rsplit('/').next().unwrap().to_owned();
        owner.post(&format!("{night}/links"), &[("note", SCRIPT), ("label", SCRIPT)]).await;
        for (table, column) in [("clinics", "name"), ("accounts", "name"), ("patients", "label"), ("clinics", "phone")] {
            let query = match (table, column) {
                ("clinics", "name") => "UPDATE clinics SET name = $1",
                ("clinics", _) => "UPDATE clinics SET phone = $1",
                ("accounts", _) => "UPDATE accounts SET name = $1",
                _ => "UPDATE patients SET label = $1",
            };
            assert!(server.change(sqlx::query(query).bind(SCRIPT)).await > 0, "{table}.{column}");
        }
        let mut shown = 0;
        for route in route_table().iter().filter(|route| route.method == Method::GET) {
            for client in [&owner, &admin] {
                let page = client.get(&things.path(route)).await;
                // A certificate is plain text, which no browser takes for a page.
                let is_text = page.header("content-type").starts_with("text/plain");
                assert!(!is_text || page.header("x-content-type-options") == "nosniff", "{route}");
                assert!(is_text || !page.text().contains(ELEMENT), "{route}: {}", page.text());
                shown += u32::from(page.text().contains("alert(1)"));
            }
        }
        assert!(shown >= 4, "the text is shown, as text: {shown}");
    }

    async fn nothing_that_is_sent_becomes_a_header(server: Server) {
        everywhere(&server, "/a\r\nx-planted: 1\r\n\r\n<p>", |route, answer| {
            assert_eq!(answer.header("x-planted"), "", "{route}");
            let lines = answer.headers.iter().map(|(_, value)| value.as_bytes());
            assert!(lines.flatten().all(|byte| !matches!(byte, b'\r' | b'\n')), "{route}");
            assert!(answer.status < 500, "{route}");
        }).await;
    }

    async fn no_place_of_a_path_leads_out_of_its_folder(server: Server) {
        let admin = server.admin().await;
        let (owner, things) = owner_with_things(&server, &admin).await;
        owner.post(&format!("/p/{}/open", things.link), &[("secret", &things.secret)]).await;
        for up in ["..%2f..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "..%5c..%5cetc", "%2e%2e%2foxi.db", "....%2f%2f"] {
            for route in route_table().iter().filter(|route| route.method == Method::GET && route.path.contains('{')) {
                let client = if route.access.role == Role::Administrator { &admin } else { &owner };
                let places = ["{id}", "{rid}", "{*path}"];
                let path = places.iter().fold(route.path.to_owned(), |path, place| path.replace(place, up));
                let answer = client.get(&path).await;
                // What asks for the password again does so before it looks for the thing.
                let is_refused = answer.status == 404 || route.access.is_stepped_up && answer.status == 303;
                assert!(is_refused, "{route} with {up}: {}", answer.status);
            }
        }
    }

    async fn a_session_that_somebody_planted_is_not_the_one_that_signs_in(server: Server) {
        let planted = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let (victim, attacker) = (server.browser(), server.browser());
        for browser in [&victim, &attacker] {
            browser.set_cookie("sid", Some(planted));
        }
        victim.sign_in(ADMIN_EMAIL, PASSWORD).await;
        assert_ne!(victim.cookie("sid").as_deref(), Some(planted));
        assert_eq!((victim.get("/account").await.status, attacker.get("/account").await.status), (200, 303));
    }

    async fn wrong_links_are_slowed_down_and_right_ones_are_not(server: Server) {
        let admin = server.admin().await;
        let (_owner, things) = owner_with_things(&server, &admin).await;
        let guesser = server.browser().at_network("198.51.100.9");
        let (path, token) = (format!("/p/{}/open", things.link), guesser.form_token().await);
        let wrong = "A".repeat(43);
        let mut statuses = Vec::new();
        for _ in 0..200 {
            let guessed = guesser.post_bare(&path, &[("secret", &wrong), ("csrf", &token)]).await;
            statuses.push(guessed.status);
            if guessed.status == 429 {
                break;
            }
        }
        assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
        let right = guesser.post_bare(&path, &[("secret", &things.secret), ("csrf", &token)]).await;
        assert_eq!(right.status, 303);
    }

    async fn what_is_packed_is_not_unpacked(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let token = doctor.form_token().await;
        // `code=P-77`, packed by gzip.
        let packed = PACKED.to_vec();
        let request = doctor.request(Method::POST, "/patients").header("content-encoding", "gzip");
        let request = request.header("x-csrf-token", &token).header("accept", "application/json");
        let form = request.header("content-type", "application/x-www-form-urlencoded").body(packed.clone());
        assert!(doctor.send(form).await.status < 500);
        assert!(!doctor.get("/patients").await.text().contains("P-77"), "what is inside is not read");
        let zip = [b"PK\x03\x04".as_slice(), &[0; 60], b"a.csv"].concat();
        for (name, bytes) in [("night.zip", &zip), ("night.csv.gz", &packed)] {
            let answer = doctor.upload("/recordings", &[(name, bytes)], true).await;
            let result = answer.json()["files"][0]["result"].clone();
            assert!(answer.status == 422 && (result == "archive-file" || result == "unknown-format"), "{name}: {result}");
        }
        assert_eq!(crate::recordings::rows(&server).await, 0);
    }
}

#[tokio::test]
async fn whatever_is_sent_the_log_is_one_object_a_line() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let data = folder.path().display().to_string();
    let settings =
        [("DATA_DIR", &*data), ("LOG", "debug"), ("ADMIN_EMAIL", ADMIN_EMAIL), ("ADMIN_PASSWORD", PASSWORD)];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let running = Program::new(folder, settings.to_vec()).start();
    let greeting = running.log_with("Oxi runs at").await.len();
    let browser = running.browser();
    let planted = "x\r\n{\"level\":\"INFO\",\"act\":\"planted\"}\u{1b}[2J";
    browser.post("/login", &[("email", planted), ("password", planted), ("next", planted)]).await;
    browser.post("/pacient", &[("link", planted)]).await;
    let agent = browser.request(Method::GET, "/%0d%0a%7b%22act%22:%22planted%22%7d?a=%0a");
    browser.send(agent.header("user-agent", "x\t{\"act\":\"planted\"}").header("x-request-id", "a{}")).await;
    let log = running.log_with("link-refused").await;
    for line in log[greeting..].lines() {
        let line: serde_json::Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(line["level"].is_string() && line["act"] != "planted", "{line}");
    }
    assert!(log.contains("link-refused"), "{log}");
}
