//! Patients and their links.

use std::time::Duration;

use crate::ids::{LinkId, PatientId};
use crate::platform::clock::Timestamp;

/// A person without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    /// Identifier.
    pub id: PatientId,
    /// What the doctor calls them, if anything.
    pub label: Option<Label>,
    /// When the patient was made.
    pub created_at: Timestamp,
}

/// A doctor's own mark for a patient: one line of 1 to 60 characters. Names do not belong here; the form says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label(String);

impl Label {
    /// Longest label in characters.
    pub const LONGEST: usize = 60;

    /// A label from a form: `None` when it is blank. Control characters are dropped, the rest is cut at
    /// [`Label::LONGEST`] characters.
    pub fn from_form(text: &str) -> Option<Self> {
        let line: String = text.trim().chars().filter(|c| !c.is_control()).take(Self::LONGEST).collect();
        (!line.is_empty()).then_some(Self(line))
    }

    /// The label.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A link that opens a patient's page without a log-in, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Identifier.
    pub id: LinkId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working by itself.
    pub expires_at: Option<Timestamp>,
    /// When the doctor revoked it.
    pub revoked_at: Option<Timestamp>,
    /// How often somebody other than the doctor opened it.
    pub views: u64,
    /// When it was last opened by somebody other than the doctor.
    pub last_viewed_at: Option<Timestamp>,
}

/// Whether a link still opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It opens.
    Active,
    /// Its time is over.
    Expired,
    /// The doctor closed it.
    Revoked,
}

impl Link {
    /// Whether the link opens at `now`.
    pub fn state(&self, now: Timestamp) -> LinkState {
        match (self.revoked_at, self.expires_at) {
            (Some(_), _) => LinkState::Revoked,
            (None, Some(end)) if end <= now => LinkState::Expired,
            (None, _) => LinkState::Active,
        }
    }
}

/// How long a new link works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lifetime {
    /// Until it is revoked.
    #[default]
    Unlimited,
    /// So many days.
    Days(u16),
}

impl Lifetime {
    /// What the form offers.
    pub const OFFERED: [Self; 5] =
        [Self::Days(7), Self::Days(30), Self::Days(90), Self::Days(365), Self::Unlimited];

    /// The value of the form field: days, or nothing.
    pub fn from_form(text: &str) -> Option<Self> {
        Self::OFFERED.into_iter().find(|lifetime| lifetime.form_value() == text.trim())
    }

    /// What the form field holds.
    pub fn form_value(self) -> String {
        match self {
            Self::Unlimited => String::new(),
            Self::Days(days) => days.to_string(),
        }
    }

    /// When a link made at `now` stops working.
    pub fn end(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Unlimited => None,
            Self::Days(days) => Some(now.plus(Duration::from_hours(24 * u64::from(days)))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(expires_at: Option<i64>, revoked_at: Option<i64>) -> Link {
        Link {
            id: LinkId::parse("l").unwrap(),
            created_at: Timestamp::from_millis(0),
            expires_at: expires_at.map(Timestamp::from_millis),
            revoked_at: revoked_at.map(Timestamp::from_millis),
            views: 0,
            last_viewed_at: None,
        }
    }

    #[test]
    fn a_link_opens_until_its_last_moment_or_its_revocation() {
        let at = |link: &Link, ms| link.state(Timestamp::from_millis(ms));
        assert_eq!(at(&link(Some(10), None), 9), LinkState::Active);
        assert_eq!(at(&link(Some(10), None), 10), LinkState::Expired);
        assert_eq!(at(&link(Some(10), Some(5)), 6), LinkState::Revoked);
        assert_eq!(at(&link(None, None), i64::MAX), LinkState::Active);
    }

    #[test]
    fn a_label_is_one_short_line() {
        assert_eq!(Label::from_form(" \n "), None);
        assert_eq!(Label::from_form(" P\n17 ").unwrap().as_str(), "P17");
        assert_eq!(Label::from_form(&"ș".repeat(99)).unwrap().as_str().chars().count(), Label::LONGEST);
    }

    #[test]
    fn only_offered_lifetimes_are_taken() {
        assert_eq!(Lifetime::from_form("30"), Some(Lifetime::Days(30)));
        assert_eq!(Lifetime::from_form(""), Some(Lifetime::Unlimited));
        assert_eq!(Lifetime::from_form("31"), None);
    }
}
