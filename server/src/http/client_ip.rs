//! Who is at the other end of the connection, as far as throttling needs to know.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Once;

use axum::http::{Extensions, HeaderMap};

/// The address of the peer of a connection, put there by the accept loop.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Headers in which proxies write the client's address.
const USUAL_HEADERS: [&str; 3] = ["x-forwarded-for", "x-real-ip", "forwarded"];

/// The network a request comes from: an IPv4 address or the /64 of an IPv6 address.
///
/// `trusted_header` is the header in which the reverse proxy in front of the platform writes the client's address;
/// without such a proxy the header is ignored, since anybody could write it. Of several addresses the last counts: the
/// proxy in front added it, and the client may have written those before it.
pub fn network(headers: &HeaderMap, extensions: &Extensions, trusted_header: Option<&str>) -> String {
    let forwarded = trusted_header.and_then(|name| last_hop(headers, name));
    if trusted_header.is_none() {
        tell_of_untrusted(headers);
    }
    let peer = || extensions.get::<Peer>().map(|peer| peer.0.ip());
    forwarded.or_else(peer).map_or_else(|| "unknown".to_owned(), |address| network_of(address).to_string())
}

/// What counts as one client: an IPv4 address, or the /64 of an IPv6 address, all of which one client may use.
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

/// The last address of a header; nothing when the last one is no address, since those before it prove nothing.
fn last_hop(headers: &HeaderMap, name: &str) -> Option<IpAddr> {
    let line = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    address(line.rsplit(',').next()?.trim())
}

/// An address as proxies write it: `192.0.2.7`, `192.0.2.7:4711`, `[2001:db8::1]:4711`, or `for="..."` among others.
fn address(text: &str) -> Option<IpAddr> {
    let of_forwarded = text.split(';').find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case("for").then(|| value.trim().trim_matches('"'))
    });
    let text = of_forwarded.unwrap_or(text);
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    text.trim_matches(['[', ']']).parse().ok().or_else(with_port)
}

/// Says once that there seems to be a proxy nobody told the platform of: to it, all clients are one.
fn tell_of_untrusted(headers: &HeaderMap) {
    static TOLD: Once = Once::new();
    if let Some(header) = USUAL_HEADERS.into_iter().find(|name| headers.contains_key(*name)) {
        TOLD.call_once(|| {
            tracing::warn!(
                header,
                "requests carry a proxy's header and CLIENT_IP_HEADER is not set: if a proxy is in front, set it to \
                 the header the proxy writes, or all clients count as one"
            );
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn from(header: Option<&str>) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-real-ip", HeaderValue::from_static("2001:db8:1:2:3:4:5:6"));
        let mut extensions = Extensions::new();
        extensions.insert(Peer("[::ffff:192.0.2.7]:99".parse().unwrap()));
        network(&headers, &extensions, header)
    }

    #[test]
    fn without_a_proxy_the_header_is_ignored() {
        assert_eq!(from(None), "192.0.2.7");
    }

    #[test]
    fn behind_a_proxy_the_header_counts_and_ipv6_neighbours_are_one() {
        assert_eq!(from(Some("x-real-ip")), "2001:db8:1:2::");
    }

    fn behind_proxy(name: &'static str, lines: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(name, HeaderValue::from_static(line));
        }
        let mut extensions = Extensions::new();
        extensions.insert(Peer("10.0.0.1:99".parse().unwrap()));
        network(&headers, &extensions, Some(name))
    }

    #[test]
    fn of_several_hops_the_last_counts_which_the_proxy_in_front_wrote() {
        assert_eq!(behind_proxy("x-forwarded-for", &["198.51.100.1, 192.0.2.7"]), "192.0.2.7");
        assert_eq!(
            behind_proxy("x-forwarded-for", &["198.51.100.1", "198.51.100.2, 192.0.2.7"]),
            "192.0.2.7"
        );
        let forwarded =
            ["for=198.51.100.1", "for=198.51.100.2;proto=http, proto=https;For=\"[2001:db8::1]:47\""];
        assert_eq!(behind_proxy("forwarded", &forwarded), "2001:db8::");
    }

    #[test]
    fn a_last_hop_that_is_no_address_does_not_let_an_earlier_one_count() {
        assert_eq!(behind_proxy("x-forwarded-for", &["198.51.100.1, unknown"]), "10.0.0.1");
    }

    #[test]
    fn a_port_behind_the_address_does_not_matter() {
        assert_eq!(behind_proxy("x-forwarded-for", &["192.0.2.7:4711"]), "192.0.2.7");
        assert_eq!(behind_proxy("x-real-ip", &["[2001:db8:1:2:3::4]:4711"]), "2001:db8:1:2::");
    }
}
