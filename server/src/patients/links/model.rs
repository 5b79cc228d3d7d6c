//! What a link is.

use std::time::Duration;

use crate::i18n::Locale;
use crate::ids::{LinkId, PatientId};
use crate::platform::clock::Timestamp;

/// Wrong passcodes after which a link asks its doctor for another.
pub const PASSCODE_TRIES: i64 = 5;

/// A link that opens a patient's page without a log-in, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Identifier.
    pub id: LinkId,
    /// The patient whose page it opens.
    pub patient_id: PatientId,
    /// The how manieth of the patient it is, from 1; `None` when a program that did not count made it.
    pub number: Option<u64>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working by itself.
    pub expires_at: Option<Timestamp>,
    /// When the doctor revoked it.
    pub revoked_at: Option<Timestamp>,
    /// When a doctor last had it shown, to copy or print it.
    pub shown_at: Option<Timestamp>,
    /// How often somebody other than a doctor of the clinic opened it.
    pub views: u64,
    /// When it was last opened by somebody other than a doctor of the clinic.
    pub last_viewed_at: Option<Timestamp>,
    /// What it shows.
    pub terms: Terms,
    /// What else it asks for, if anything.
    pub passcode: Option<Passcode>,
    /// The secret, sealed, where the clinic keeps copies.
    pub(in crate::patients) sealed: Option<String>,
}

/// What a link shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// All nights of the patient, later ones too; else those that were chosen.
    pub shows_all: bool,
    /// The original file of each night.
    pub gives_file: bool,
    /// What the doctor wrote for the patient.
    pub gives_text: bool,
}

impl Terms {
    /// What a new link shows.
    pub const USUAL: Self = Self { shows_all: true, gives_file: true, gives_text: true };
}

/// What a link asks for beside its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passcode {
    /// Argon2id.
    pub(in crate::patients) hash: String,
    /// How often it was tried in vain since it was last right.
    pub tries: i64,
}

impl Passcode {
    /// Whether it was tried so often that its doctor must give another.
    pub fn is_locked(&self) -> bool {
        self.tries >= PASSCODE_TRIES
    }
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

    /// [`Link::state`] is [`LinkState::Active`].
    pub fn is_active(&self, now: Timestamp) -> bool {
        self.state(now) == LinkState::Active
    }

    /// What people call it: `Linkul 2`, and the date beside it.
    pub fn called(&self, locale: Locale) -> String {
        self.number.map_or_else(
            || locale.t("links-unnumbered"),
            |number| locale.t_args("links-number", &[("n", number.into())]),
        )
    }

    /// Whether it can be shown again, to copy or print it.
    pub fn has_copy(&self) -> bool {
        self.sealed.is_some()
    }
}

/// How long a new link works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// This many days.
    Days(u16),
    /// Until it is revoked.
    Unlimited,
}

impl Lifetime {
    const OFFERED: [Self; 5] =
        [Self::Days(7), Self::Days(30), Self::Days(90), Self::Days(365), Self::Unlimited];

    /// What the form offers, the shortest first; `usual` is among it.
    pub fn offered(usual: Self) -> Vec<Self> {
        let mut all = Vec::from(Self::OFFERED);
        if !all.contains(&usual) {
            all.push(usual);
        }
        all.sort_by_key(|lifetime| lifetime.days().unwrap_or(u16::MAX));
        all
    }

    /// A lifetime of this many days; of none: unlimited.
    pub fn of_days(days: u16) -> Self {
        if days == 0 { Self::Unlimited } else { Self::Days(days) }
    }

    /// What the form field says: the `usual` lifetime when it says nothing, `None` when it says what is not offered.
    pub fn from_form(text: &str, usual: Self) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Some(usual);
        }
        Self::offered(usual).into_iter().find(|lifetime| lifetime.form_value() == text)
    }

    /// What the form field holds.
    pub fn form_value(self) -> String {
        self.days().map_or_else(|| "unlimited".to_owned(), |days| days.to_string())
    }

    /// In words: `90 de zile`.
    pub fn words(self, locale: Locale) -> String {
        self.days().map_or_else(
            || locale.t("links-lifetime-unlimited"),
            |days| locale.t_args("links-lifetime-days", &[("days", u32::from(days).into())]),
        )
    }

    /// When a link made at `now` stops working.
    pub fn end(self, now: Timestamp) -> Option<Timestamp> {
        self.days().map(|days| now.plus(Duration::from_hours(24 * u64::from(days))))
    }

    const fn days(self) -> Option<u16> {
        match self {
            Self::Days(days) => Some(days),
            Self::Unlimited => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(expires_at: Option<i64>, revoked_at: Option<i64>) -> Link {
        Link {
            id: LinkId::parse("l").unwrap(),
            patient_id: PatientId::parse("p").unwrap(),
            number: Some(1),
            created_at: Timestamp::from_millis(0),
            expires_at: expires_at.map(Timestamp::from_millis),
            revoked_at: revoked_at.map(Timestamp::from_millis),
            shown_at: None,
            views: 0,
            last_viewed_at: None,
            terms: Terms::USUAL,
            passcode: None,
            sealed: None,
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
    fn only_offered_lifetimes_are_taken_and_the_usual_one_when_nothing_is_said() {
        let from_form = |text| Lifetime::from_form(text, Lifetime::Days(90));
        assert_eq!(from_form("30"), Some(Lifetime::Days(30)));
        assert_eq!(from_form("unlimited"), Some(Lifetime::Unlimited));
        assert_eq!(from_form(""), Some(Lifetime::Days(90)));
        assert_eq!(from_form("31"), None);
    }

    #[test]
    fn a_usual_lifetime_of_its_own_is_offered_in_its_place() {
        let offered = Lifetime::offered(Lifetime::Days(14));
        assert_eq!(offered.get(1), Some(&Lifetime::Days(14)));
        assert_eq!((offered.len(), offered.last()), (6, Some(&Lifetime::Unlimited)));
    }
}
