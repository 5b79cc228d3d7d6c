//! Who carries mails: one of several, or nobody.

use std::path::PathBuf;
use std::time::Duration;

use crate::config::variables::{ConfigError, Variables};
use crate::platform::mail::{Carrier, MailSettings, Mailbox, is_usable_address};

const KEY: &str = "BREVO_API_KEY";
const SMTP: &str = "SMTP_URL";
const FOLDER: &str = "MAIL_FOLDER";
const SENDER: [&str; 2] = ["SENDER_EMAIL", "BREVO_SENDER_EMAIL"];
const SENDER_NAME: [&str; 2] = ["SENDER_NAME", "BREVO_SENDER_NAME"];

const BREVO: &str = "https://api.brevo.com";
const DEFAULT_PATIENCE: Duration = Duration::from_secs(15);

/// `app_url` is where the links of mails lead.
pub(super) fn mail(variables: &Variables<'_>, app_url: &str) -> Result<Option<MailSettings>, ConfigError> {
    let Some((because, carrier)) = carrier(variables)? else { return Ok(None) };
    if variables.named(&["APP_URL", "RAILWAY_PUBLIC_DOMAIN"]).is_none() {
        let remedy = "give the public address, such as https://oxi.example.ro: the links of mails lead there";
        return Err(ConfigError::Missing { name: "APP_URL", because, remedy });
    }
    let host = host(app_url).to_owned();
    let is_real = !matches!(carrier, Carrier::Folder(_));
    let email = match variables.named(&SENDER) {
        Some((_, email)) if email.contains('@') => email,
        Some((name, _)) => {
            return Err(ConfigError::Unusable {
                name,
                remedy: "give an address such as no-reply@clinica.ro",
            });
        }
        None if is_real => {
            let remedy = "give the address that mails come from; Brevo must know it as a sender";
            return Err(ConfigError::Missing { name: SENDER[0], because, remedy });
        }
        None => format!("oxi@{host}"),
    };
    let name = variables.text(&SENDER_NAME).unwrap_or_else(|| "Platformă Pulsoximetrie".to_owned());
    let patience = variables.seconds("MAIL_TIMEOUT_SECS", DEFAULT_PATIENCE)?;
    Ok(Some(MailSettings { carrier, sender: Mailbox { name, email }, host, patience }))
}

/// The carrier, with the variable that names it.
fn carrier(variables: &Variables<'_>) -> Result<Option<(&'static str, Carrier)>, ConfigError> {
    let set: Vec<_> = [KEY, SMTP, FOLDER].into_iter().filter_map(|name| variables.named(&[name])).collect();
    let [(name, value)] = &set[..] else {
        let second = set.get(1).map(|(name, _)| *name);
        let remedy = "mails have one carrier: remove it, or the other one";
        return second.map_or(Ok(None), |name| Err(ConfigError::Unusable { name, remedy }));
    };
    let carrier = match *name {
        KEY => Carrier::Brevo { url: brevo_url(variables)?, key: value.as_str().into() },
        SMTP if is_usable_address(value) => Carrier::Smtp { url: value.as_str().into() },
        SMTP => {
            let remedy = "give smtps://user:password@host:465 or smtp://user:password@host:587 (STARTTLS), with special \
                          characters of the password as %XX";
            return Err(ConfigError::Unusable { name, remedy });
        }
        _ => Carrier::Folder(PathBuf::from(value)),
    };
    Ok(Some((name, carrier)))
}

fn brevo_url(variables: &Variables<'_>) -> Result<String, ConfigError> {
    let name = "BREVO_API_URL";
    let url = variables.text(&[name]).unwrap_or_else(|| BREVO.to_owned());
    if url.starts_with("https://") || url.starts_with("http://") {
        return Ok(url.trim_end_matches('/').to_owned());
    }
    Err(ConfigError::Unusable { name, remedy: "give an address such as https://api.brevo.com" })
}

/// The host of an address, without its port.
fn host(url: &str) -> &str {
    let authority = url.split_once("://").map_or(url, |(_, authority)| authority);
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Option<MailSettings>, String> {
        let lookup =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        mail(&Variables::new(&lookup), "https://oxi.example.ro:8443").map_err(|error| error.to_string())
    }

    const APP: (&str, &str) = ("APP_URL", "https://oxi.example.ro:8443");

    #[test]
    fn without_a_carrier_there_is_no_mail_whatever_else_is_set() {
        assert!(read(&[APP, ("SENDER_EMAIL", "a@b.ro"), ("BREVO_API_KEY", " ")]).unwrap().is_none());
    }

    #[test]
    fn each_carrier_is_read_with_both_spellings_of_the_sender() {
        let old = read(&[
            APP,
            ("BREVO_API_KEY", "k"),
            ("BREVO_SENDER_EMAIL", "a@b.ro"),
            ("BREVO_SENDER_NAME", "Clinica"),
        ]);
        let old = old.unwrap().unwrap();
        assert!(matches!(&old.carrier, Carrier::Brevo { url, .. } if url == BREVO));
        assert_eq!(
            (old.sender.name.as_str(), old.sender.email.as_str(), old.host.as_str()),
            ("Clinica", "a@b.ro", "oxi.example.ro")
        );
        let stub = [
            APP,
            ("BREVO_API_KEY", "k"),
            ("SENDER_EMAIL", "a@b.ro"),
            ("BREVO_API_URL", "http://localhost:1/"),
        ];
        assert!(
            matches!(read(&stub).unwrap().unwrap().carrier, Carrier::Brevo { url, .. } if url == "http://localhost:1")
        );
        let smtp = read(&[APP, ("SMTP_URL", "smtps://u:p@mail.ro"), ("SENDER_EMAIL", "a@b.ro")]);
        assert_eq!(smtp.unwrap().unwrap().carrier.kind(), "smtp");
        assert_eq!(
            read(&[APP, ("MAIL_FOLDER", "mails")]).unwrap().unwrap().sender.email,
            "oxi@oxi.example.ro"
        );
    }

    #[test]
    fn what_is_missing_or_wrong_is_named_and_no_secret_is_said() {
        for (variables, start) in [
            (&[("MAIL_FOLDER", "m")][..], "APP_URL is not set, but MAIL_FOLDER is"),
            (&[APP, ("BREVO_API_KEY", "secret")], "SENDER_EMAIL is not set, but BREVO_API_KEY is"),
            (
                &[APP, ("SMTP_URL", "secret@mail"), ("SENDER_EMAIL", "a@b.ro")],
                "SMTP_URL is set to something unusable",
            ),
            (
                &[APP, ("BREVO_API_KEY", "secret"), ("MAIL_FOLDER", "m")],
                "MAIL_FOLDER is set to something unusable",
            ),
            (
                &[APP, ("MAIL_FOLDER", "m"), ("SENDER_EMAIL", "secret")],
                "SENDER_EMAIL is set to something unusable",
            ),
        ] {
            let error = read(variables).unwrap_err();
            assert!(error.starts_with(start) && !error.contains("secret"), "{error}");
        }
    }
}
