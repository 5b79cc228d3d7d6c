//! Who is signed in, as found for the session cookie of a request.

use crate::i18n::{Locale, wording};
use crate::ids::AccountId;
use crate::platform::clock::Timestamp;

/// A signed-in account, as found for the session cookie of a request.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Identifier of the account.
    pub account_id: AccountId,
    /// Name, as shown in the page header.
    pub name: String,
    /// Whether the account is an administrator's.
    pub is_admin: bool,
    /// The account's language, if chosen.
    pub locale: Option<Locale>,
    /// Fingerprint of the session's secret.
    pub session: String,
    /// The newest thing the owner must be told and has not read.
    pub notice: Option<Notice>,
}

/// Something the owner of an account must be told.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The key of its sentence.
    pub message_key: &'static str,
    /// When it happened.
    pub at: Timestamp,
}

impl Notice {
    /// When it happened, in words.
    pub fn time(&self) -> String {
        wording::stamp(self.at)
    }
}
