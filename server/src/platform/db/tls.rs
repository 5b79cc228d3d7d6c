//! Whether what goes to PostgreSQL and back can be read on the way.

use std::net::IpAddr;
use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// How the connection is protected; the modes of PostgreSQL's own `sslmode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Plain text.
    Disable,
    /// TLS where the server offers it, else plain text without a word.
    Prefer,
    /// TLS, whoever the server is.
    Require,
    /// TLS, and the server's certificate comes from a known authority.
    VerifyCa,
    /// TLS, and the certificate is for the server's name.
    VerifyFull,
}

impl Tls {
    fn word(self) -> &'static str {
        match self {
            Self::Disable => "disable",
            Self::Prefer => "prefer",
            Self::Require => "require",
            Self::VerifyCa => "verify-ca",
            Self::VerifyFull => "verify-full",
        }
    }

    /// The address of a database with this protection, whatever it said about it before: the last word counts.
    pub fn applied_to(self, url: &str) -> String {
        let joint = if url.contains('?') { '&' } else { '?' };
        format!("{url}{joint}sslmode={}", self.word())
    }
}

/// The text is none of the five modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownTls;

impl FromStr for Tls {
    type Err = UnknownTls;

    fn from_str(text: &str) -> Result<Self, UnknownTls> {
        let all = [Self::Disable, Self::Prefer, Self::Require, Self::VerifyCa, Self::VerifyFull];
        all.into_iter().find(|mode| mode.word() == text.to_ascii_lowercase()).ok_or(UnknownTls)
    }
}

/// Whether an address says itself how its connection is protected.
pub(super) fn is_chosen_in(url: &str) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query.split('&').any(|pair| pair.starts_with("sslmode=") || pair.starts_with("ssl-mode="))
}

/// Whether a database is on this machine, reached through a socket or the loopback, where nobody listens on the way.
pub(super) fn is_on_this_machine(url: &str) -> bool {
    let Ok(options) = PgConnectOptions::from_str(url) else { return false };
    let host = options.get_host().trim_matches(['[', ']']);
    let is_loopback = || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback());
    options.get_socket().is_some() || host.starts_with('/') || host == "localhost" || is_loopback()
}

/// Whether everything may be readable on the way to the database.
pub(super) fn may_be_plain(url: &str) -> bool {
    let mode = PgConnectOptions::from_str(url).map(|options| options.get_ssl_mode());
    let is_plain = matches!(mode, Ok(PgSslMode::Disable | PgSslMode::Allow | PgSslMode::Prefer));
    is_plain && !is_on_this_machine(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_and_the_loopback_are_this_machine_and_nothing_else_is() {
        for here in [
            "postgres://u@localhost/d",
            "postgres://u:p@127.0.0.1:5433/d",
            "postgres://u@[::1]/d",
            "postgres://%2Fvar%2Frun%2Fpostgresql/d",
            "postgres:///d?host=/var/run/postgresql",
        ] {
            assert!(is_on_this_machine(here), "{here}");
        }
        for away in [
            "postgres://u@db.example.ro/d",
            "postgres://u@10.0.0.1/d",
            "postgres://u@postgres.railway.internal/d",
            "postgres://localhost@db/d",
            "postgres://u@db/localhost",
        ] {
            assert!(!is_on_this_machine(away), "{away}");
        }
    }

    #[test]
    fn the_protection_of_an_address_is_the_one_that_was_applied_last() {
        for url in ["postgres://u@db/d", "postgres://u@db/d?sslmode=disable", "postgres://u@db/d?user=x"] {
            let applied: PgConnectOptions = Tls::VerifyFull.applied_to(url).parse().unwrap();
            assert!(matches!(applied.get_ssl_mode(), PgSslMode::VerifyFull), "{url}");
        }
    }

    #[test]
    fn only_a_connection_that_leaves_the_machine_unprotected_may_be_read() {
        assert!(may_be_plain("postgres://u@db/d?sslmode=prefer"));
        assert!(!may_be_plain("postgres://u@db/d?sslmode=require"));
        assert!(!may_be_plain("postgres://u@localhost/d?sslmode=prefer"));
    }
}
