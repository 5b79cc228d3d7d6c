//! Cookies in and out. Every cookie of the platform is `HttpOnly`, `Path=/` and, when secure, `__Host-` prefixed.

use std::time::Duration;

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

/// The value of the cookie called `name`, if the browser sent it.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then_some(value)
        })
}

/// The name a cookie has on the wire: `__Host-sid` where cookies are secure, `sid` where they cannot be.
pub fn wire_name(name: &str, secure: bool) -> String {
    if secure { format!("__Host-{name}") } else { name.to_owned() }
}

/// A cookie to set.
#[derive(Clone, Debug)]
pub struct NewCookie<'a> {
    /// Name without prefix.
    pub name: &'a str,
    /// Value: letters, digits, `-` and `_`.
    pub value: &'a str,
    /// How long the browser keeps it; `None` until it is closed.
    pub max_age: Option<Duration>,
    /// Whether links from other sites carry it (`Lax`) or not (`Strict`).
    pub same_site: SameSite,
}

/// Which requests from other sites carry the cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// Only following a link.
    Lax,
    /// None.
    Strict,
}

impl NewCookie<'_> {
    /// The `Set-Cookie` line; `None` if the value holds a character cookies cannot carry.
    pub fn line(&self, secure: bool) -> Option<HeaderValue> {
        let Self { value, same_site, .. } = self;
        let mut line =
            format!("{}={value}; Path=/; HttpOnly; SameSite={same_site:?}", wire_name(self.name, secure));
        if let Some(age) = self.max_age {
            line.push_str(&format!("; Max-Age={}", age.as_secs()));
        }
        if secure {
            line.push_str("; Secure");
        }
        HeaderValue::from_str(&line).ok()
    }
}

/// The `Set-Cookie` line that removes the cookie called `name`.
pub fn removal(name: &str, secure: bool) -> Option<HeaderValue> {
    NewCookie { name, value: "", max_age: Some(Duration::ZERO), same_site: SameSite::Lax }.line(secure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_and_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("xsid=1; sid=2; sid2=3"));
        assert_eq!(read(&headers, "sid"), Some("2"));
    }

    #[test]
    fn a_secure_cookie_carries_the_host_prefix_and_every_flag() {
        let cookie = NewCookie {
            name: "sid",
            value: "x",
            max_age: Some(Duration::from_secs(60)),
            same_site: SameSite::Lax,
        };
        assert_eq!(
            cookie.line(true).unwrap(),
            "__Host-sid=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure"
        );
    }
}
