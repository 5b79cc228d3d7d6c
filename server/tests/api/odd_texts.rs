//! Texts no person types, sent to every place of every route: refused or ignored by both databases alike, never a
//! failure of the platform.

use axum::http::Method;
use oxi_server::http::routes::Route;
use oxi_server::router::route_table;

use crate::support::client::Client;
use crate::support::{ADMIN_EMAIL, PASSWORD};

/// Control characters, half a character, and ends of lines, percent-encoded as addresses and forms carry them.
const ODD: [&str; 9] =
    ["%00", "a%00b", "%01%02", "%1f", "%7f", "%0d%0aSet-Cookie:%20x=y", "%c2%85", "%ff%fe", "%e2%80%ae"];

/// Every field a form of the platform has, all at once; unknown ones are ignored.
const FIELDS: [&str; 20] = [
    "email",
    "password",
    "current",
    "name",
    "code",
    "next",
    "lang",
    "change",
    "secret",
    "link",
    "note",
    "clinic",
    "into",
    "merge",
    "seen",
    "lifetime",
    "patient",
    "recording",
    "remember",
    "is_admin",
];

/// Cookies whose values the platform reads.
const COOKIES: [&str; 3] = ["sid", "lang", "asked"];

fn path(route: &Route, odd: &str) -> String {
    route.path.replace("{id}", odd).replace("{rid}", odd).replace("{*path}", odd)
}

/// A form with `odd` in the field `only`, or in every field.
fn form(token: &str, odd: &str, only: Option<&str>) -> String {
    let fields = FIELDS.iter().filter(|field| only.is_none_or(|only| **field == only));
    let texts = fields.map(|field| format!("&{field}={odd}"));
    format!("csrf={token}{}", texts.collect::<String>())
}

/// Sends a form as the platform's own page would, and says what came back.
async fn send(client: &Client, path: &str, body: String) -> u16 {
    let request = client.request(Method::POST, path).body(body);
    client.send(request.header("content-type", "application/x-www-form-urlencoded")).await.status
}

fn routes(method: Method) -> impl Iterator<Item = &'static Route> {
    route_table().iter().filter(move |route| route.method == method)
}

behaviours! {
    async fn no_address_or_query_makes_the_platform_fail(server: Server) {
        let (admin, nobody) = (server.admin().await, server.browser());
        for route in routes(Method::GET) {
            for odd in ODD {
                for path in [path(route, odd), format!("{}?next={odd}&page={odd}&columns={odd}&from={odd}&lang={odd}", path(route, odd))] {
                    for client in [&admin, &nobody] {
                        let status = client.get(&path).await.status;
                        assert!(status < 500, "GET {path} answered {status}");
                    }
                }
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
                    let status = send(client, &path, form(token, odd, None)).await;
                    assert!(status < 500, "POST {path} answered {status}");
                }
            }
        }
    }

    async fn one_odd_field_among_good_ones_does_not_make_the_platform_fail(server: Server) {
        for (path, good) in [
            ("/login", [("email", ADMIN_EMAIL), ("password", PASSWORD)]),
            ("/set-password", [("code", "x"), ("password", PASSWORD)]),
            ("/account", [("current", "wrong"), ("password", "alt-cal-alta-baterie-nou")]),
            ("/admin/users", [("name", "Ana"), ("email", "ana@clinica.ro")]),
            ("/language", [("lang", "ro"), ("next", "/")]),
        ] {
            for odd in ["%00", "/%0d%0a", "/%00", "/%7f", "%ff"] {
                for field in [good[0].0, good[1].0, "next"] {
                    let browser = server.admin().await;
                    let others: String = good.iter().filter(|(name, _)| *name != field).map(|(name, value)| format!("&{name}={value}")).collect();
                    let body = form(&browser.form_token().await, odd, Some(field)) + &others;
                    let status = send(&browser, path, body).await;
                    assert!(status < 500, "{field}={odd} at {path} answered {status}");
                }
            }
            server.wait(std::time::Duration::from_hours(1));
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
