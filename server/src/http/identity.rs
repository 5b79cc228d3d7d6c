//! Who is signed in, as found for the session cookie of a request.

use crate::i18n::Locale;
use crate::ids::AccountId;

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
}
