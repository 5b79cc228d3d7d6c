//! What an account is.

use std::fmt;
use std::ops::Deref;

use sqlx::any::{AnyTypeInfo, AnyValueRef};
use sqlx::error::BoxDynError;
use sqlx::{Any, Decode, Type};

use crate::http::auth::{Admin, SignedIn};
use crate::i18n::Locale;
use crate::i18n::wording::Moment;
use crate::ids::AccountId;
use crate::platform::clock::Timestamp;
use crate::platform::text;

/// An e-mail address in lower case that could be one: something, `@`, something with a dot or a single name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Email(String);

impl Email {
    /// Trims and lowers the text; `None` if it can be no address.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (user, host) = text.rsplit_once('@')?;
        let fits = !user.is_empty() && !host.is_empty() && text.len() <= 254;
        let is_plain =
            !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ','));
        (fits && is_plain).then_some(Self(text))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A person's name as shown: 1 to 100 characters on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PersonName(String);

impl PersonName {
    /// Trims the text; `None` if nothing is left or it is too long.
    pub(super) fn parse(text: &str) -> Option<Self> {
        text::one_line(text, 100).map(|line| Self(line.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// An account that is there: a row or a proof has named it. Stores take it instead of an identifier, which anybody may
/// write into an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAccount(AccountId);

impl Deref for KnownAccount {
    type Target = AccountId;

    fn deref(&self) -> &AccountId {
        &self.0
    }
}

impl fmt::Display for KnownAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<&SignedIn> for KnownAccount {
    fn from(who: &SignedIn) -> Self {
        Self(who.account_id().clone())
    }
}

impl From<&Admin> for KnownAccount {
    fn from(who: &Admin) -> Self {
        Self(who.account_id().clone())
    }
}

impl Type<Any> for KnownAccount {
    fn type_info() -> AnyTypeInfo {
        AccountId::type_info()
    }

    fn compatible(kind: &AnyTypeInfo) -> bool {
        AccountId::compatible(kind)
    }
}

/// From a column of a row.
impl<'r> Decode<'r, Any> for KnownAccount {
    fn decode(value: AnyValueRef<'r>) -> Result<Self, BoxDynError> {
        AccountId::decode(value).map(Self)
    }
}

/// An account, without its password.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) id: KnownAccount,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) is_admin: bool,
    pub(super) is_enabled: bool,
    pub(super) has_password: bool,
    /// Whether the password alone does not open the account.
    pub(super) has_second_factor: bool,
    pub(super) last_sign_in_at: Option<Timestamp>,
}

impl Account {
    /// When somebody last signed in.
    pub(super) fn last_sign_in(&self) -> Option<Moment> {
        self.last_sign_in_at.map(Moment::new)
    }

    /// Whether nobody has signed in or chosen a password yet.
    pub(super) fn is_unused(&self) -> bool {
        !self.has_password && self.last_sign_in_at.is_none()
    }
}

/// An account to create.
#[derive(Clone, Debug)]
pub(super) struct NewAccount {
    pub(super) email: Email,
    pub(super) name: PersonName,
    pub(super) is_admin: bool,
    pub(super) password_hash: Option<String>,
}

/// An account that has just been settled: somebody decides which clinics it belongs to.
#[derive(Debug)]
pub struct Unsettled {
    /// Identifier.
    pub id: AccountId,
    /// The person's name.
    pub name: String,
    /// Whether it is an administrator's.
    pub is_admin: bool,
    /// Its language, if chosen.
    pub locale: Option<Locale>,
}

/// What is needed to let somebody in.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) id: KnownAccount,
    pub(super) password_hash: Option<String>,
    pub(super) is_enabled: bool,
    /// How often its lock was lifted.
    pub(super) unlocks: i64,
    pub(super) has_signed_in: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_trimmed_and_lowered() {
        assert_eq!(Email::parse(" Ana@Clinica.RO ").unwrap().as_str(), "ana@clinica.ro");
    }

    #[test]
    fn what_can_be_no_address_is_refused() {
        for text in ["", "ana", "@clinica.ro", "ana@", "ana pop@clinica.ro", "a@b,c@d"] {
            assert_eq!(Email::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_name_is_one_line_that_is_not_empty() {
        assert_eq!(PersonName::parse("  Dr. Ștefan  ").unwrap().as_str(), "Dr. Ștefan");
        assert!(PersonName::parse(" ").is_none() && PersonName::parse("a\nb").is_none());
    }
}
