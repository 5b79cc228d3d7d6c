//! Mails as whoever gets them reads them.

use std::path::Path;

use mail_parser::{HeaderValue, MessageParser};
use oxi_server::serve;

use super::{Backend, Server};
use crate::words::files;

/// Where the links of the mails of a test lead.
pub const APP_URL: &str = "https://oxi.example.ro";

/// A mail that arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub id: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl Arrived {
    /// A mail as mail servers write it.
    pub fn parse(bytes: &[u8]) -> Self {
        let mail = MessageParser::default().parse(bytes).unwrap();
        let automatic = mail.header("Auto-Submitted").and_then(HeaderValue::as_text);
        assert_eq!(automatic, Some("auto-generated"));
        assert!(mail.date().is_some() && mail.from().is_some());
        Self {
            id: mail.message_id().unwrap().to_owned(),
            to: mail.to().unwrap().first().unwrap().address().unwrap().to_owned(),
            subject: mail.subject().unwrap().to_owned(),
            text: mail.body_text(0).unwrap().into_owned(),
            html: mail.body_html(0).unwrap().into_owned(),
        }
    }

    /// The link of the mail, without [`APP_URL`]: the same as text and as HTML.
    pub fn path(&self) -> String {
        let path = self.text.split(APP_URL).nth(1).unwrap().split_whitespace().next().unwrap();
        assert!(self.html.contains(&format!("href=\"{APP_URL}{path}\"")), "{}", self.html);
        path.to_owned()
    }

    /// The secret in the link.
    pub fn code(&self) -> String {
        self.path().split_once('#').unwrap().1.to_owned()
    }
}

impl Server {
    /// [`Server::start`] with mails that end in a folder.
    pub async fn start_with_mail(backend: Backend) -> Self {
        Self::start_with_carrier(backend, &[]).await
    }

    /// [`Server::start_with_mail`] with further variables; `MAIL_FOLDER` is the usual carrier.
    pub async fn start_with_carrier(backend: Backend, variables: &[(&str, &str)]) -> Self {
        let mails = tempfile::tempdir().unwrap().keep().display().to_string();
        let usual = [("APP_URL", APP_URL), ("COOKIE_SECURE", "false"), ("MAIL_FOLDER", &mails)];
        Self::start_with(backend, &[variables, &usual].concat()).await
    }

    /// Does all jobs that are due, of mails too.
    pub async fn work_off(&self) -> u64 {
        serve::worker(&self.app).work_off().await.unwrap()
    }

    /// Sends what waits; the mails that have arrived in the folder so far for this address, the oldest first.
    pub async fn mails_to(&self, email: &str) -> Vec<Arrived> {
        self.work_off().await;
        let settings = self.app.mailer.settings().unwrap();
        let oxi_server::platform::mail::Carrier::Folder(folder) = &settings.carrier else {
            panic!("no folder")
        };
        let mut all = mails_in(folder);
        all.retain(|mail| mail.to == email);
        all
    }
}

/// The mails in a folder, in the order of their identifiers, which is that of time.
pub fn mails_in(folder: &Path) -> Vec<Arrived> {
    let mut names = files(folder, "eml");
    names.sort();
    names.iter().map(|name| Arrived::parse(&std::fs::read(name).unwrap())).collect()
}
