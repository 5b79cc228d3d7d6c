//! What a patient is.

use crate::ids::{AccountId, ClinicId, MergeId, PatientId};
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
