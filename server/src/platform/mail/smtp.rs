//! A mail server. A connection a mail: they are few, and a server that closes idle connections breaks none.

use lettre::transport::smtp::Error;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};

use super::message::message;
use super::model::{Mail, MailSettings, NotCarried};

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// Whether an address of a mail server can be used: `smtps://user:password@host:port`, or `smtp://`, with STARTTLS
/// unless `?tls=none` stands behind it.
pub fn is_usable_address(url: &str) -> bool {
    transport(url).is_ok()
}

/// `lettre` takes `smtp://` for plain text: here that must be asked for.
fn transport(url: &str) -> Result<Transport, Error> {
    let plain = url.strip_suffix("?tls=none").map(str::to_owned);
    let wants_tls = url.starts_with("smtp://") && !url.contains("tls=");
    let url = plain.unwrap_or_else(|| if wants_tls { format!("{url}?tls=required") } else { url.to_owned() });
    Ok(Transport::from_url(&url)?.build())
}

pub(super) async fn send(url: &SecretString, settings: &MailSettings, mail: &Mail) -> Result<(), NotCarried> {
    let message = message(settings, mail)?;
    let transport = transport(url.expose_secret()).map_err(|error| not_carried(&error))?;
    transport.send(message).await.map(drop).map_err(|error| not_carried(&error))
}

/// Answers of 5yz are final, of them 530, 534, 535 and 538 about who asks; those of 4yz, and silence, are not.
fn not_carried(error: &Error) -> NotCarried {
    let said = said(error);
    match error.status().map(u16::from) {
        Some(530 | 534 | 535 | 538) => NotCarried::for_good("mail-key-refused", said),
        Some(500..) => NotCarried::for_good("mail-refused", said),
        Some(_) => NotCarried::for_now("mail-service-failing", said),
        None if error.is_client() => NotCarried::for_good("mail-refused", said),
        None => NotCarried::for_now("mail-away", said),
    }
}

/// The error with what is underneath it.
fn said(error: &Error) -> String {
    let mut said = error.to_string();
    let mut under = std::error::Error::source(error);
    while let Some(error) = under {
        let more = error.to_string();
        if !said.contains(&more) {
            said = format!("{said}: {more}");
        }
        under = error.source();
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_mail_servers_are_usable() {
        for url in
            ["smtps://a:b@mail.example.ro", "smtp://mail.example.ro:587", "smtp://localhost:25?tls=none"]
        {
            assert!(is_usable_address(url), "{url}");
        }
        for url in ["", "mail.example.ro", "https://mail.example.ro", "smtp://"] {
            assert!(!is_usable_address(url), "{url}");
        }
    }
}
