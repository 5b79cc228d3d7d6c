//! Patients and their links.

use std::time::Duration;

use crate::ids::{AccountId, ClinicId, LinkId, MergeId, PatientId};
use crate::platform::clock::Timestamp;

/// A person without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    /// Identifier.
    pub id: PatientId,
    /// The clinic the patient belongs to.
    pub clinic_id: ClinicId,
    /// The patient's doctor.
    pub owner_id: AccountId,
    /// What the clinic calls the patient; nobody else there is called so.
    pub code: Code,
    /// What the doctor noted, if anything.
    pub note: Option<Note>,
    /// The patient that this one turned out to be.
    pub merged_into: Option<PatientId>,
    /// When the patient was made.
    pub created_at: Timestamp,
}

/// What a clinic calls a patient: 1 to 20 letters, digits, `-`, `_`, `.` and `/`, with a digit among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(String);

/// Why a text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCode {
    /// It is blank, too long, or has characters that no code has.
    Unfit,
    /// Without a digit it may be a person's name.
    Name,
    /// Thirteen digits may be a personal number.
    PersonalNumber,
}

impl Code {
    /// Longest code in characters.
    pub const LONGEST: usize = 20;

    /// A code from a form.
    ///
    /// # Errors
    /// Why the text is none. What looks like a person's name or personal number is refused.
    pub fn parse(text: &str) -> Result<Self, NoCode> {
        let text = text.trim();
        let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        if text.chars().filter(char::is_ascii_digit).count() >= 13 {
            return Err(NoCode::PersonalNumber);
        }
        if !text.is_empty() && !text.chars().any(|c| c.is_ascii_digit()) {
            return Err(NoCode::Name);
        }
        let fits = (1..=Self::LONGEST).contains(&text.len()) && text.chars().all(is_letter);
        if fits { Ok(Self(text.to_owned())) } else { Err(NoCode::Unfit) }
    }

    /// The code of the patient with this number in the clinic: `P-0001`.
    pub fn numbered(number: i64) -> Self {
        Self(format!("P-{number:04}"))
    }

    /// A code as the database keeps it.
    pub(super) fn kept(text: String) -> Self {
        Self(text)
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a doctor noted about a patient: one line of 1 to 60 characters. Names do not belong here; the form says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(String);

impl Note {
    /// Longest note in characters.
    pub const LONGEST: usize = 60;

    /// A note from a form: `None` when it is blank. Control characters are dropped, the rest is cut at
    /// [`Note::LONGEST`] characters.
    pub fn from_form(text: &str) -> Option<Self> {
        let line: String = text.trim().chars().filter(|c| !c.is_control()).take(Self::LONGEST).collect();
        (!line.is_empty()).then_some(Self(line))
    }

    /// The note.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// So many days.
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

    /// A lifetime of so many days; of none: unlimited.
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

/// A patient that turned out to be another.
#[derive(Clone, Debug)]
pub struct Merge {
    /// Identifier.
    pub id: MergeId,
    /// The patient that led its recordings and links to the other.
    pub source_id: PatientId,
    /// When.
    pub merged_at: Timestamp,
}

/// An open link: who is behind it and whose it is.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    pub(super) link_id: LinkId,
    pub(super) patient_id: PatientId,
    pub(super) owner_id: AccountId,
    pub(super) clinic_id: ClinicId,
    pub(super) expires_at: Option<Timestamp>,
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
    fn a_note_is_one_short_line() {
        assert_eq!(Note::from_form(" \n "), None);
        assert_eq!(Note::from_form(" P\n17 ").unwrap().as_str(), "P17");
        assert_eq!(Note::from_form(&"ș".repeat(99)).unwrap().as_str().chars().count(), Note::LONGEST);
    }

    #[test]
    fn a_code_has_a_digit_and_is_nobodys_name_or_number() {
        assert_eq!(Code::parse(" F/17-b ").unwrap().as_str(), "F/17-b");
        assert_eq!(Code::numbered(7).as_str(), "P-0007");
        assert_eq!(Code::numbered(12_345).as_str(), "P-12345");
        assert_eq!(Code::parse("Popescu"), Err(NoCode::Name));
        assert_eq!(Code::parse("1850101123456"), Err(NoCode::PersonalNumber));
        for text in ["", " ", "P 17", "P17ș", "123456789012345678901"] {
            assert!(Code::parse(text).is_err(), "{text:?}");
        }
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
