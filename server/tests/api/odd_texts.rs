//! Texts no person types, sent to every place of every route: refused or ignored by both databases alike, never a
//! failure of the platform.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::Method;
use oxi_server::http::routes::Route;
use oxi_server::router::route_table;

use crate::authorisation::Things;
use crate::clinics::account_of;
use crate::nights::{made_up, store};
use crate::patients::make_link;
use crate::source::sources;
use crate::support::client::Client;
use crate::support::{ADMIN_EMAIL, PASSWORD, Server};

/// Control characters, half a character, and ends of lines, percent-encoded as addresses and forms carry them.
const ODD: [&str; 9] =
    ["%00", "a%00b", "%01%02", "%1f", "%7f", "%0d%0aSet-Cookie:%20x=y", "%c2%85", "%ff%fe", "%e2%80%ae"];

/// Who sends a form.
#[derive(Clone, Copy)]
enum Sender {
    Administrator,
    Doctor,
    /// Nobody who is signed in, from an address that has not tried anything yet.
    Stranger,
}

/// Who sends it, where to, and its fields as a person would fill them in.
type Form = (Sender, &'static str, &'static [(&'static str, &'static str)]);

/// Every form whose fields are texts; `{recording}` and the like stand for what is there.
const FORMS: [Form; 38] = [
    (
        Sender::Administrator,
        "/admin/users",
        &[("name", "Ana"), ("email", "alta@clinica.ro"), ("is_admin", "yes")],
    ),
    (
        Sender::Stranger,
        "/login",
        &[("email", ADMIN_EMAIL), ("password", PASSWORD), ("next", "/"), ("remember", "yes")],
    ),
    (Sender::Administrator, "/admin/users/sign-ups", &[("sign_up", "{account}"), ("reply", "decline")]),
    (
        Sender::Stranger,
        "/signup",
        &[("name", "Dan"), ("email", "dan@clinica.ro"), ("password", "alt-cal-alta-baterie-nou")],
    ),
    (Sender::Stranger, "/invitation", &[("code", "x"), ("password", PASSWORD)]),
    (Sender::Stranger, "/set-password", &[("code", "x"), ("password", PASSWORD)]),
    (Sender::Stranger, "/forgot-password", &[("email", EMAIL)]),
    (Sender::Stranger, "/forgot-password/choose", &[("password", PASSWORD)]),
    (Sender::Stranger, "/language", &[("lang", "ro"), ("next", "/")]),
    (Sender::Stranger, "/pacient", &[("link", "/p/{link}#x")]),
    (Sender::Stranger, "/p/{link}/open", &[("secret", "x"), ("passcode", "1234")]),
    (Sender::Stranger, "/p", &[("code", "ABCD-EFGH-JKLM-NPQR"), ("passcode", "1234")]),
    (Sender::Doctor, "/account", &[("current", "wrong"), ("password", "alt-cal-alta-baterie-nou")]),
    (
        Sender::Doctor,
        "/recordings/{recording}/links",
        &[("note", "F 17"), ("lifetime", "30"), ("once", "{once}")],
    ),
    (Sender::Doctor, "/recordings/{recording}/dates", &[("order", "day-first")]),
    (Sender::Doctor, "/recordings/{recording}/patient", &[("patient", "{patient}"), ("seen", "{patient}")]),
    (
        Sender::Doctor,
        "/links/{link}",
        &[
            ("scope", "chosen"),
            ("night-{recording}", "yes"),
            ("file", "yes"),
            ("text", "yes"),
            ("lifetime", "30"),
        ],
    ),
    (Sender::Doctor, "/links/{link}/passcode", &[("passcode", "1234"), ("remove", "no")]),
    (Sender::Doctor, "/links/sheet", &[("patient-{patient}", "yes"), ("once", "{once}")]),
    (Sender::Doctor, "/clinic/links", &[("copies", "kept")]),
    (Sender::Doctor, "/links/{link}/revoke", &[("recording", "{recording}")]),
    (Sender::Doctor, "/patients", &[("code", "F-17"), ("proposed", "P-0002"), ("note", "F 17")]),
    (Sender::Doctor, "/patients/{patient}", &[("code", "F-18"), ("proposed", "P-0002"), ("note", "F 18")]),
    (Sender::Doctor, "/patients/{patient}/merge", &[("into", "{patient}")]),
    (Sender::Doctor, "/patients/{patient}/unmerge", &[("merge", "{patient}")]),
    (
        Sender::Doctor,
        "/clinic",
        &[
            ("name", "Clinica Ana"),
            ("phone", "021 000 0000"),
            ("time_zone", "Europe/Bucharest"),
            ("locale", "ro"),
            ("sharing", "own"),
            ("t90_pct", "30"),
            ("short_h", "4"),
            ("signal_pct", "90"),
            ("pulse_low", "50"),
            ("pulse_high", "120"),
            ("odi4_per_h", "5"),
        ],
    ),
    (Sender::Doctor, "/clinic/people", &[("name", "Dan"), ("email", "dan@clinica.ro"), ("once", "{once}")]),
    (Sender::Doctor, "/account/confirm", &[("password", PASSWORD), ("next", "/account")]),
    (Sender::Administrator, "/admin/mail/test", &[]),
    (Sender::Administrator, "/admin/mail/retry", &[("mail", "{account}")]),
    (Sender::Doctor, "/clinic/people/withdraw", &[("invitation", "{account}")]),
    (Sender::Doctor, "/account/invitations", &[("invitation", "{account}"), ("reply", "decline")]),
    (Sender::Doctor, "/clinic/people/{account}", &[("name", "Dr. Ana"), ("email", EMAIL)]),
    (Sender::Doctor, "/clinic/people/{account}/transfer", &[("to", "{account}")]),
    (Sender::Doctor, "/clinic/switch", &[("clinic", "{account}")]),
    (Sender::Doctor, "/account/second-factor/passkeys", &[("name", "x"), ("passkey", "{}")]),
    (Sender::Doctor, "/account/second-factor/passkeys/remove", &[("key", "{account}")]),
    (Sender::Administrator, "/admin/users/second-factor", &[("required", "yes")]),
];

const EMAIL: &str = "ana@clinica.ro";

/// Names of the texts in addresses: what stands behind their `?`.
const QUERY: [&str; 12] = [
    "token",
    "closed",
    "next",
    "after",
    "asked",
    "done",
    "over",
    "saved",
    "deleted",
    "duplicate",
    "moved",
    "links-closed",
];

/// Every field of every form, all at once; unknown ones are ignored.
fn fields() -> BTreeSet<&'static str> {
    FORMS.iter().flat_map(|(_, _, fields)| fields.iter().map(|(name, _)| *name)).collect()
}

/// Names of the texts that forms and addresses have, as the source declares them.
fn declared() -> BTreeSet<String> {
    let rooms = sources().into_iter().filter(|(_, text)| text.contains("Form(") || text.contains("Query("));
    rooms
        .flat_map(|(_, text)| text.split("Deserialize)]").skip(1).flat_map(texts_of).collect::<Vec<_>>())
        .collect()
}

/// The fields of a struct that hold text; `rest` begins behind its `derive`.
fn texts_of(rest: &str) -> Vec<String> {
    let item: String =
        rest.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let Some((head, body)) = item.split_once('{') else { return Vec::new() };
    if !head.contains("struct ") || head.contains('(') && head.contains(';') {
        return Vec::new();
    }
    let mut renamed = None;
    let mut names = Vec::new();
    for line in body.split('}').next().unwrap_or_default().lines().map(str::trim) {
        if let Some((_, name)) = line.split_once("rename = \"") {
            renamed = name.split('"').next().map(str::to_owned);
        } else if let Some((name, kind)) = line.split_once(": ") {
            let name = renamed.take().unwrap_or_else(|| name.rsplit(' ').next().unwrap().to_owned());
            if ["String", "FormId"].iter().any(|text| kind.contains(text)) {
                names.push(name);
            }
        }
    }
    names
}

/// Cookies whose values the platform reads.
const COOKIES: [&str; 3] = ["sid", "lang", "asked"];

fn path(route: &Route, odd: &str) -> String {
    route.path.replace("{id}", odd).replace("{rid}", odd).replace("{*path}", odd)
}

/// A form with `odd` in every field.
fn form(token: &str, odd: &str) -> String {
    let texts = fields().into_iter().map(|field| format!("&{field}={odd}"));
    format!("csrf={token}{}", texts.collect::<String>())
}

/// A form that is filled in well but for one field, which is `odd` as addresses and forms carry it.
fn one_odd(token: &str, fields: &[(&str, String)], (field, odd): (&str, &str)) -> String {
    let good = fields.iter().filter(|(name, _)| *name != field).map(|(name, value)| (*name, value.as_str()));
    let good: Vec<_> = good.chain([("csrf", token)]).collect();
    format!("{}&{field}={odd}", serde_urlencoded::to_string(&good).unwrap())
}

/// Sends a form as the platform's own page would, and says what came back.
async fn send(client: &Client, path: &str, body: String) -> u16 {
    let request = client.request(Method::POST, path).body(body);
    client.send(request.header("content-type", "application/x-www-form-urlencoded")).await.status
}

fn routes(method: Method) -> impl Iterator<Item = &'static Route> {
    route_table().iter().filter(move |route| route.method == method)
}

/// A doctor in a clinic of the own, with a night that a patient's link opens.
struct Fixture {
    admin: Client,
    doctor: Client,
    things: Things,
}

impl Fixture {
    async fn new(server: &Server) -> Self {
        let admin = server.admin().await;
        let doctor = server.doctor_made_by(&admin, EMAIL).await;
        let recording = store(&doctor, "a.csv", &made_up(2)).await;
        let link = make_link(&doctor, &recording, &[]).await;
        let recording = recording.rsplit('/').next().unwrap().to_owned();
        let query = sqlx::query_scalar("SELECT patient_id FROM recordings WHERE id = $1").bind(&recording);
        let patient = query.fetch_one(server.app.db.read()).await.unwrap();
        let (account, link) = (account_of(server, EMAIL).await, link.id().to_owned());
        Self { admin, doctor, things: Things { recording, patient, link, account, ..Things::unknown() } }
    }

    /// `text` with what is there in its places.
    fn filled(&self, server: &Server, text: &str) -> String {
        let once = server.app.random.id(server.app.clock.now()).to_string();
        let Things { recording, patient, link, account, .. } = &self.things;
        let places = [
            ("{recording}", recording),
            ("{patient}", patient),
            ("{link}", link),
            ("{account}", account),
            ("{once}", &once),
        ];
        places.into_iter().fold(text.to_owned(), |text, (place, value)| text.replace(place, value))
    }

    /// Whoever sends the form with this number, after a time in which attempts are forgotten and sessions are not.
    async fn sender(&self, server: &Server, who: Sender, number: usize) -> Client {
        server.wait(Duration::from_hours(1));
        match who {
            Sender::Stranger => return server.browser().at_network(&format!("203.0.113.{number}")),
            Sender::Administrator => self.admin.sign_in(ADMIN_EMAIL, PASSWORD).await,
            Sender::Doctor => self.doctor.sign_in(EMAIL, PASSWORD).await,
        }
        let same = server.browser();
        let signed_in = if matches!(who, Sender::Doctor) { &self.doctor } else { &self.admin };
        for name in ["sid", "browser"] {
            same.set_cookie(name, signed_in.cookie(name).as_deref());
        }
        same
    }
}

/// What is sent in place of a good text.
const ODD_TEXTS: [&str; 5] = ["%00", "/%0d%0a", "/%00", "/%7f", "%ff"];

behaviours! {
    async fn no_address_or_query_makes_the_platform_fail(server: Server) {
        let (admin, nobody) = (server.admin().await, server.browser());
        for route in routes(Method::GET) {
            for odd in ODD {
                for path in [path(route, odd), format!("{}?page={odd}&from={odd}&lang={odd}", path(route, odd))] {
                    for client in [&admin, &nobody] {
                        let status = client.get(&path).await.status;
                        assert!(status < 500, "GET {path} answered {status}");
                    }
                }
            }
        }
    }

    async fn no_query_about_what_is_there_makes_the_platform_fail(server: Server) {
        let Fixture { doctor, things, .. } = Fixture::new(&server).await;
        for route in routes(Method::GET) {
            for odd in ODD {
                let query: Vec<_> = QUERY.iter().map(|name| format!("{name}={odd}")).collect();
                let path = format!("{}?{}", things.path(route), query.join("&"));
                let status = doctor.get(&path).await.status;
                assert!(status < 500, "GET {path} answered {status}");
            }
        }
    }

    async fn no_form_makes_the_platform_fail(server: Server) {
        for route in routes(Method::POST).filter(|route| route.path != "/recordings") {
            let (admin, nobody) = (server.admin().await, server.browser().at_network("203.0.113.5"));
            let (token, other) = (admin.form_token().await, nobody.form_token().await);
            for odd in ODD {
                for (client, token) in [(&admin, &token), (&nobody, &other)] {
                    let path = path(route, odd);
                    let status = send(client, &path, form(token, odd)).await;
                    assert!(status < 500, "POST {path} answered {status}");
                }
            }
        }
    }

    async fn one_odd_field_among_good_ones_does_not_make_the_platform_fail(server: Server) {
        let there = Fixture::new(&server).await;
        for (number, (who, path, fields)) in FORMS.into_iter().enumerate() {
            let (browser, path) = (there.sender(&server, who, number).await, there.filled(&server, path));
            let token = browser.form_token().await;
            for (odd, (field, _)) in ODD_TEXTS.into_iter().flat_map(|odd| fields.iter().map(move |field| (odd, field))) {
                let good: Vec<_> = fields.iter().map(|(name, text)| (*name, there.filled(&server, text))).collect();
                let status = send(&browser, &path, one_odd(&token, &good, (field, odd))).await;
                assert!(status < 500, "{field}={odd} at {path} answered {status}");
            }
        }
    }

    async fn no_cookie_makes_the_platform_fail(server: Server) {
        for odd in ["\t", "%00", "x\u{1}", "\u{ff}", "\"a;b\"", &"x".repeat(5_000)] {
            let browser = server.browser();
            for name in COOKIES {
                browser.set_cookie(name, Some(odd));
            }
            for path in ["/", "/login", "/forgot-password", "/account", "/recordings", "/p/0197d2a0-0000-7000-8000-000000000000"] {
                let request = browser.request(Method::GET, path);
                if let Ok(answer) = browser.try_send(request).await {
                    assert!(answer.status < 500, "{odd:?} at {path} answered {}", answer.status);
                }
            }
        }
    }

    async fn after_signing_in_nobody_is_led_to_an_address_with_control_characters(server: Server) {
        for next in ["/\0", "/a\u{7f}", "/\u{1b}[2J", "/a\r\nx: y"] {
            let fields = [("email", ADMIN_EMAIL), ("password", PASSWORD), ("next", next)];
            let answer = server.browser().post("/login", &fields).await;
            assert_eq!((answer.status, answer.header("location").as_str()), (303, "/recordings"), "{next:?}");
        }
    }

    async fn the_name_of_an_uploaded_file_may_hold_anything(server: Server) {
        let admin = server.admin().await;
        let token = admin.form_token().await;
        for name in ["a\\0b.csv", "\u{1}\u{2}", "\u{202e}vsc.a"] {
            let head = format!("--B\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
                --B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\nx\0y\r\n--B--\r\n");
            let request = admin.request(Method::POST, "/recordings").body(head);
            let status = admin.send(request.header("content-type", "multipart/form-data; boundary=B")).await.status;
            assert!(status < 500, "{name:?} answered {status}");
        }
    }
}

#[test]
fn every_text_of_a_form_or_an_address_is_tried() {
    let tried: BTreeSet<String> =
        fields().into_iter().chain(QUERY).chain(["csrf", "incomplete"]).map(str::to_owned).collect();
    let declared = declared();
    assert!(declared.len() > 30, "{declared:?}");
    let forgotten: Vec<_> = declared.difference(&tried).collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
}
