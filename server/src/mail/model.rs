//! What stands in the outbox.

use crate::i18n::Locale;
use crate::ids::{AccountId, Id};
use crate::platform::clock::Timestamp;

/// Identifier of a mail.
pub type MailId = Id<Mail>;

/// Marks what belongs to mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mail {}

/// A mail of the outbox.
#[derive(Clone, Debug)]
pub struct Queued {
    /// Identifier.
    pub id: MailId,
    /// Its [`Template`](super::Template).
    pub template: String,
    /// Whom it is for, if that is known.
    pub account_id: Option<AccountId>,
    /// Identifier of what it is about; empty: the account.
    pub subject: String,
    /// A word more; empty: none.
    pub detail: String,
    /// Language of recipients who have not chosen one.
    pub locale: Locale,
    /// When the reason arose.
    pub created_at: Timestamp,
    /// What the carrier said when it was last refused.
    pub last_error: Option<String>,
}

/// A mail that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The name of its [`Template`](super::Template).
    pub template: &'static str,
    /// Whom it is for, if that is known.
    pub account_id: Option<&'a AccountId>,
    /// Identifier of what it is about; empty: the account.
    pub subject: &'a str,
    /// A word more; empty: none.
    pub detail: &'a str,
    /// Language of recipients who have not chosen one.
    pub locale: Locale,
}
