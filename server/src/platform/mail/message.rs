//! A mail as mail servers write it (RFC 5322): text and HTML beside each other.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox as Address, MultiPart};

use super::model::{Mail, MailSettings, Mailbox, NotCarried};

/// Tells programs that answer for people on holiday not to.
pub(super) const AUTO_SUBMITTED: (&str, &str) = ("Auto-Submitted", "auto-generated");

/// The `Message-ID`, made from the identifier of the mail: sent twice, it is known again.
pub(super) fn message_id(settings: &MailSettings, mail: &Mail) -> String {
    format!("<{}@{}>", mail.id, settings.host)
}

pub(super) fn message(settings: &MailSettings, mail: &Mail) -> Result<Message, NotCarried> {
    let refused = |said: String| NotCarried::for_good("mail-refused", said);
    let millis = u64::try_from(mail.at.as_millis()).unwrap_or_default();
    let auto =
        HeaderValue::new(HeaderName::new_from_ascii_str(AUTO_SUBMITTED.0), AUTO_SUBMITTED.1.to_owned());
    Message::builder()
        .from(address(&settings.sender).map_err(refused)?)
        .to(address(&mail.to).map_err(refused)?)
        .subject(&mail.subject)
        .message_id(Some(message_id(settings, mail)))
        .date(UNIX_EPOCH + Duration::from_millis(millis))
        .raw_header(auto)
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
        .map_err(|error| refused(error.to_string()))
}

fn address(mailbox: &Mailbox) -> Result<Address, String> {
    let email = mailbox.email.parse().map_err(|error| format!("not an address for mail: {error}"))?;
    Ok(Address::new(Some(mailbox.name.clone()), email))
}
