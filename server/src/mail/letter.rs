//! What a mail says: paragraphs and at most one link, as text and as HTML. No pictures, no styles from elsewhere, nothing
//! that tells anybody who reads it.

use askama::Template;

use super::model::Queued;
use crate::i18n::Locale;
use crate::platform::mail::{Mail, Mailbox};
use crate::state::App;

/// Whom a mail is for.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// The language in which to write.
    pub locale: Locale,
}

/// A mail that is being written.
#[derive(Clone, Debug)]
pub struct Letter {
    to: Recipient,
    title: String,
    before: Vec<String>,
    link: Option<Link>,
    after: Vec<String>,
}

/// What the reader may do, and where.
#[derive(Clone, Debug)]
struct Link {
    label: String,
    address: String,
}

impl Letter {
    /// An empty mail.
    pub fn new(to: Recipient, title: String) -> Self {
        Self { to, title, before: Vec::new(), link: None, after: Vec::new() }
    }

    /// One more paragraph; after [`Letter::link`] it stands below the link.
    #[must_use]
    pub fn say(mut self, paragraph: String) -> Self {
        if self.link.is_none() {
            self.before.push(paragraph)
        } else {
            self.after.push(paragraph)
        }
        self
    }

    /// The link of the mail, to a path of the platform.
    #[must_use]
    pub fn link(self, app: &App, label: String, path: &str) -> Self {
        let address = format!("{}{path}", app.config.app_url);
        Self { link: Some(Link { label, address }), ..self }
    }

    pub(super) fn into_mail(self, app: &App, queued: &Queued) -> Result<Mail, askama::Error> {
        let locale = self.to.locale;
        let greeting = locale.t_args("mail-greeting", &[("name", self.to.name.as_str().into())]);
        let footer = locale.t_args("mail-footer", &[("address", app.config.app_url.as_str().into())]);
        let (letter, greeting, footer) = (&self, greeting.as_str(), footer.as_str());
        let text = TextLetter { letter, greeting, footer }.render()?;
        let html = HtmlLetter { letter, locale, greeting, footer }.render()?;
        let to = Mailbox { name: self.to.name.clone(), email: self.to.email.clone() };
        let (id, at) = (queued.id.to_string(), app.clock.now());
        Ok(Mail { id, to, subject: self.title, text, html, at })
    }
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct TextLetter<'a> {
    letter: &'a Letter,
    greeting: &'a str,
    footer: &'a str,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct HtmlLetter<'a> {
    letter: &'a Letter,
    locale: Locale,
    greeting: &'a str,
    footer: &'a str,
}
