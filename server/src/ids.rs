//! Identifiers of rows, each kind a type of its own: one kind cannot stand where another is meant, and a text from
//! outside becomes one only if it could name a row. What could not never reaches a query.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer};
use sqlx::any::{AnyTypeInfo, AnyValueRef};
use sqlx::error::BoxDynError;
use sqlx::{Any, Decode, Type};
use uuid::Uuid;

/// Identifier of an account.
pub type AccountId = Id<Account>;
/// Identifier of a clinic.
pub type ClinicId = Id<Clinic>;
/// Identifier of a patient.
pub type PatientId = Id<Patient>;
/// Identifier of a merge of two patients.
pub type MergeId = Id<Merge>;
/// Identifier of a recording.
pub type RecordingId = Id<Recording>;
/// Identifier of a link: the part of its address that is no secret.
pub type LinkId = Id<Link>;
/// Identifier of an erasure.
pub type ErasureId = Id<Erasure>;

/// Marks what belongs to accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {}
/// Marks what belongs to clinics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clinic {}
/// Marks what belongs to patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Patient {}
/// Marks what belongs to merges of patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Merge {}
/// Marks what belongs to recordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recording {}
/// Marks what belongs to links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {}

/// Marks what belongs to erasures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Erasure {}

/// The identifier of a row of some kind, as the database keeps it and as it stands in addresses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id<Kind> {
    text: String,
    kind: PhantomData<Kind>,
}

/// Longest identifier in characters.
const LONGEST: usize = 64;

impl<Kind> Id<Kind> {
    /// The identifier of a row that is about to be made.
    pub fn new(id: Uuid) -> Self {
        Self { text: id.to_string(), kind: PhantomData }
    }

    /// An identifier from outside: 1 to 64 characters `a-z`, `0-9`, `-` and `_`. `None` for anything else, which names
    /// no row.
    pub fn parse(text: &str) -> Option<Self> {
        let is_harmless = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        let fits = (1..=LONGEST).contains(&text.len()) && text.bytes().all(is_harmless);
        fits.then(|| Self { text: text.to_owned(), kind: PhantomData })
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<Kind> fmt::Display for Id<Kind> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// From a path or a form, by [`Id::parse`].
impl<'de, Kind> Deserialize<'de> for Id<Kind> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("no identifier"))
    }
}

impl<Kind> Type<Any> for Id<Kind> {
    fn type_info() -> AnyTypeInfo {
        <String as Type<Any>>::type_info()
    }

    fn compatible(kind: &AnyTypeInfo) -> bool {
        <String as Type<Any>>::compatible(kind)
    }
}

/// From a column of a row, by [`Id::parse`].
impl<'r, Kind> Decode<'r, Any> for Id<Kind> {
    fn decode(value: AnyValueRef<'r>) -> Result<Self, BoxDynError> {
        let text = <String as Decode<'r, Any>>::decode(value)?;
        Self::parse(&text).ok_or_else(|| "a row has an impossible identifier".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_random_makes_is_an_identifier() {
        let id = PatientId::new(Uuid::from_u128(0x0197_d2a0_0000_7000_8000_0000_0000_0000));
        assert_eq!(PatientId::parse(id.as_str()), Some(id));
    }

    #[test]
    fn nothing_that_could_name_no_row_is_an_identifier() {
        let long = "a".repeat(LONGEST + 1);
        for text in ["", "a\0", "a\n", "a/b", "..", "A", "ă", "a b", "%00", &long] {
            assert_eq!(RecordingId::parse(text), None, "{text:?}");
        }
    }
}
