//! The name that a file gives to a column or a signal.

use core::fmt;

use crate::bounded::{Bounded, is_printed};

/// Longest name that is kept, bytes: twice as long as those of EDF, and as long as any column's of the vendors.
const MOST: usize = 32;

/// The name of a column or a signal as the file writes it, without control characters and at most 32 bytes of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Label(Bounded<MOST>);

impl Label {
    /// The beginning of a name; what is not UTF-8 ends it. `None` where nothing is left.
    #[must_use]
    pub fn new(name: &[u8]) -> Option<Self> {
        let mut label = Bounded::EMPTY;
        let text = name.trim_ascii().utf8_chunks().next()?.valid();
        let _ = text.chars().filter(is_printed).try_for_each(|character| label.push(character));
        (!label.as_str().is_empty()).then_some(Self(label))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Label {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "{=str}", self.as_str());
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Label {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Label {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl serde::de::Visitor<'_> for Text {
            type Value = Label;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a column or a signal")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Label, E> {
                Label::new(text.as_bytes()).ok_or_else(|| E::custom("a name is empty"))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn a_label_is_the_beginning_of_a_name_without_control_characters() {
        let label = |name: &[u8]| Label::new(name).map(|label| label.to_string());
        assert_eq!(label(b"  SpO2 B-B  ").as_deref(), Some("SpO2 B-B"));
        assert_eq!(label("Sättigung\x07 (%)".as_bytes()).as_deref(), Some("Sättigung (%)"));
        assert_eq!(label(b"S\xe4ttigung").as_deref(), Some("S"));
        assert_eq!(label(&[b'x'; 99]).map(|label| label.len()), Some(MOST));
        assert_eq!([label(b""), label(b" \x01 "), label(b"\xff")], [None, None, None]);
    }

    #[test]
    fn a_character_that_does_not_fit_ends_the_label() {
        let name = "0123456789012345678901234567890ä";
        assert_eq!(Label::new(name.as_bytes()).unwrap().as_str(), "0123456789012345678901234567890");
    }
}
