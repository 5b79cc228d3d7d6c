//! Settings, a mail as it goes out, and why it did not.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use crate::platform::clock::Timestamp;
use crate::platform::jobs::Failure;

/// Who carries mails, and in whose name.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// Who carries them.
    pub carrier: Carrier,
    /// Whom they are from.
    pub sender: Mailbox,
    /// Name of the machine in the identifiers of mails.
    pub host: String,
    /// How long one may take to be handed over.
    pub patience: Duration,
}

/// Who carries mails.
#[derive(Clone, Debug)]
pub enum Carrier {
    /// Brevo.
    Brevo {
        /// Address of its interface, without a slash at the end.
        url: String,
        /// The key of the account there.
        key: SecretString,
    },
    /// A mail server.
    Smtp {
        /// `smtps://user:password@host:port`, or `smtp://` with STARTTLS.
        url: SecretString,
    },
    /// A folder, in which each mail is a file: for development and tests.
    Folder(PathBuf),
}

impl Carrier {
    /// A word for pages and the log.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Brevo { .. } => "brevo",
            Self::Smtp { .. } => "smtp",
            Self::Folder(_) => "folder",
        }
    }
}

/// A name and an e-mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// A mail as it goes out.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Its identifier, a UUID: handed over twice with the same, it arrives once, if the carrier can tell.
    pub id: String,
    /// Whom it is for.
    pub to: Mailbox,
    /// Its subject.
    pub subject: String,
    /// What it says, as text.
    pub text: String,
    /// What it says, as HTML.
    pub html: String,
    /// When it goes out.
    pub at: Timestamp,
}

/// Why a mail was not carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotCarried {
    /// The code of a sentence, `error-<code>`.
    pub code: &'static str,
    /// What the carrier said, in one short line.
    pub said: String,
    /// Whether another attempt would end the same way, as long as nobody changes something.
    pub is_final: bool,
}

impl NotCarried {
    /// It may work later.
    pub(super) fn for_now(code: &'static str, said: impl ToString) -> Self {
        Self { code, said: short(&said.to_string()), is_final: false }
    }

    /// It will not work before somebody has changed something.
    pub(super) fn for_good(code: &'static str, said: impl ToString) -> Self {
        Self { is_final: true, ..Self::for_now(code, said) }
    }
}

impl From<NotCarried> for Failure {
    fn from(error: NotCarried) -> Self {
        let failure = Self::new(error.code, error.said);
        if error.is_final { failure.for_good() } else { failure }
    }
}

/// Characters that are kept of what a carrier said.
const MOST_SAID: usize = 300;

/// One line of what a carrier said.
fn short(said: &str) -> String {
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(MOST_SAID).collect()
}
