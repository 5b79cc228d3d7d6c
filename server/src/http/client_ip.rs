//! Who is at the other end of the connection, as far as throttling needs to know.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::{Extensions, HeaderMap};

/// The address of the peer of a connection, put there by the accept loop.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// The network a request comes from: an IPv4 address or the /64 of an IPv6 address.
///
/// `trusted_header` is the header in which the reverse proxy in front of the platform writes the client's address;
/// without such a proxy the header is ignored, since anybody could write it.
pub fn network(headers: &HeaderMap, extensions: &Extensions, trusted_header: Option<&str>) -> String {
    let forwarded = trusted_header.and_then(|name| headers.get(name)?.to_str().ok()?.trim().parse().ok());
    let peer = || extensions.get::<Peer>().map(|peer| peer.0.ip());
    forwarded.or_else(peer).map_or_else(|| "unknown".to_owned(), subject)
}

fn subject(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
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
}
