//! Handing mails over to whoever carries them: Brevo over HTTPS, a mail server (SMTP), or a folder. Knows nothing about
//! what a mail says.

mod brevo;
mod folder;
mod message;
mod model;
mod smtp;

use std::sync::Arc;

pub use model::{Carrier, Mail, MailSettings, Mailbox, NotCarried};
pub use smtp::is_usable_address;

/// Hands mails over, if anybody carries them. Clones share it.
#[derive(Clone, Debug)]
pub struct Mailer(Arc<Option<MailSettings>>);

impl Mailer {
    /// Hands mails over as the settings say; without settings nobody carries any.
    pub fn new(settings: Option<MailSettings>) -> Self {
        Self(Arc::new(settings))
    }

    /// The settings; `None`: nobody carries mails.
    pub fn settings(&self) -> Option<&MailSettings> {
        (*self.0).as_ref()
    }

    /// Whether anybody carries mails.
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// A word for the log.
    pub fn kind(&self) -> &'static str {
        self.settings().map_or("off", |settings| settings.carrier.kind())
    }

    /// Hands a mail over.
    ///
    /// # Errors
    /// [`NotCarried`] when it was refused, or nobody said in time that it was accepted: then it may arrive all the same.
    pub async fn send(&self, mail: &Mail) -> Result<(), NotCarried> {
        let Some(settings) = self.settings() else {
            return Err(NotCarried::for_good("mail-off", "no carrier of mails is set"));
        };
        let sent = async {
            match &settings.carrier {
                Carrier::Brevo { url, key } => brevo::send((url, key), settings, mail).await,
                Carrier::Smtp { url } => smtp::send(url, settings, mail).await,
                Carrier::Folder(folder) => folder::send(folder, settings, mail).await,
            }
        };
        let late = |_| NotCarried::for_now("mail-away", "no answer in time");
        tokio::time::timeout(settings.patience, sent).await.map_err(late)?
    }
}
