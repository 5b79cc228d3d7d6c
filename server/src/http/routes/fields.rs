//! The fields of a form or query, as the type that reads them asks for them: serde's own implementation is run on
//! values that only note what was wanted, so that what is said of a form cannot differ from what is read.

use std::cell::{Cell, RefCell};
use std::fmt::{self, Display};

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer as _, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, as it is sent.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether nothing is read without it.
    pub is_required: bool,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text; what it means is decided by whoever reads it.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Files, in a form with parts.
    Files,
}

/// The fields of `T`, in the order in which they are declared; `None` if it is no struct with named fields, or one whose
/// required fields take none of `SAMPLES`.
pub fn fields_of<T: DeserializeOwned>() -> Option<Vec<Field>> {
    let names = names_of::<T>()?;
    let required = required_of::<T>()?;
    let field = |name: &&'static str| Field {
        name,
        kind: kind_of::<T>(name),
        is_required: required.iter().any(|(known, _)| known == name),
    };
    Some(names.iter().map(field).collect())
}

/// Whether `T` takes whatever names come, such as a map: the handler looks for those it knows.
pub(super) fn is_open<T: DeserializeOwned>() -> bool {
    let is_map = Cell::new(false);
    drop(T::deserialize(Names { of_struct: &RefCell::new(None), is_map: &is_map }));
    is_map.get()
}

/// Texts that required fields take: words, numbers, codes.
const SAMPLES: [&str; 4] = ["a", "1", "2026-01-31", "true"];

fn names_of<T: DeserializeOwned>() -> Option<&'static [&'static str]> {
    let names = RefCell::new(None);
    // What comes of it is of no use: the names are noted and it is stopped.
    drop(T::deserialize(Names { of_struct: &names, is_map: &Cell::new(false) }));
    names.into_inner()
}

/// What is asked of the value of one field.
fn kind_of<T: DeserializeOwned>(name: &'static str) -> Kind {
    let kind = RefCell::new(Kind::Text);
    drop(T::deserialize(Given { fields: &[(name, SAMPLES[0])], kind: &kind }));
    kind.into_inner()
}

/// The fields without which nothing is read, each with a text that is read.
fn required_of<T: DeserializeOwned>() -> Option<Vec<(&'static str, &'static str)>> {
    let mut given: Vec<(&'static str, &'static str)> = Vec::new();
    loop {
        match read::<T>(&given) {
            Ok(()) => return Some(given),
            Err(Stop::Missing(name)) => given.push((name, accepted::<T>(&given, name)?)),
            Err(Stop::Other) => return None,
        }
    }
}

/// The first of [`SAMPLES`] which that field takes beside those that are given.
fn accepted<T: DeserializeOwned>(
    given: &[(&'static str, &'static str)],
    name: &'static str,
) -> Option<&'static str> {
    SAMPLES.into_iter().find(|sample| {
        let with: Vec<_> = given.iter().copied().chain([(name, *sample)]).collect();
        !matches!(read::<T>(&with), Err(Stop::Other))
    })
}

fn read<T: DeserializeOwned>(fields: &[(&'static str, &'static str)]) -> Result<(), Stop> {
    T::deserialize(Given { fields, kind: &RefCell::new(Kind::Text) }).map(drop)
}

/// Why reading stopped.
#[derive(Debug)]
enum Stop {
    Missing(&'static str),
    Other,
}

impl Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "{name} is missing"),
            Self::Other => f.write_str("cannot be read"),
        }
    }
}

impl std::error::Error for Stop {}

impl serde::de::Error for Stop {
    fn custom<T: Display>(_: T) -> Self {
        Self::Other
    }

    fn missing_field(name: &'static str) -> Self {
        Self::Missing(name)
    }
}

/// Notes the names that a struct asks for, and stops.
struct Names<'n> {
    of_struct: &'n RefCell<Option<&'static [&'static str]>>,
    is_map: &'n Cell<bool>,
}

impl<'de> Deserializer<'de> for Names<'_> {
    type Error = Stop;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stop> {
        Err(Stop::Other)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Stop> {
        *self.of_struct.borrow_mut() = Some(fields);
        Err(Stop::Other)
    }

    fn deserialize_map<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stop> {
        self.is_map.set(true);
        Err(Stop::Other)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct enum identifier ignored_any
    }
}

/// A form with these fields; what the last one is asked for is noted.
struct Given<'g> {
    fields: &'g [(&'static str, &'static str)],
    kind: &'g RefCell<Kind>,
}

impl<'de> Deserializer<'de> for Given<'_> {
    type Error = Stop;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_map(Entries { left: self.fields, kind: self.kind, value: "" })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Entries<'g> {
    left: &'g [(&'static str, &'static str)],
    kind: &'g RefCell<Kind>,
    value: &'static str,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Stop> {
        let Some(((name, value), rest)) = self.left.split_first() else { return Ok(None) };
        (self.left, self.value) = (rest, value);
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Stop> {
        seed.deserialize(Asked { text: self.value, kind: self.kind })
    }
}

/// The value of a field: notes what it is asked for, and gives one of that kind.
struct Asked<'g> {
    text: &'static str,
    kind: &'g RefCell<Kind>,
}

/// One method a width of numbers.
macro_rules! numbers {
    ($($method:ident, $visit:ident, $kind:ident, $value:expr;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
            *self.kind.borrow_mut() = Kind::$kind;
            visitor.$visit($value)
        })*
    };
}

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = Stop;

    numbers! {
        deserialize_i8, visit_i8, Integer, 1;
        deserialize_i16, visit_i16, Integer, 1;
        deserialize_i32, visit_i32, Integer, 1;
        deserialize_i64, visit_i64, Integer, 1;
        deserialize_u8, visit_u8, Integer, 1;
        deserialize_u16, visit_u16, Integer, 1;
        deserialize_u32, visit_u32, Integer, 1;
        deserialize_u64, visit_u64, Integer, 1;
        deserialize_f32, visit_f32, Number, 1.0;
        deserialize_f64, visit_f64, Number, 1.0;
        deserialize_bool, visit_bool, Flag, true;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_str(self.text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        *self.kind.borrow_mut() = Kind::OneOf(words);
        let first = words.first().ok_or(Stop::Other)?;
        visitor.visit_enum((*first).into_deserializer())
    }

    forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::ids::PatientId;

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Change {
        Enable,
        MakeAdmin,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only its fields are looked at")]
    struct Everything {
        patient: PatientId,
        change: Change,
        #[serde(default)]
        note: String,
        hours: u8,
        share: Option<f64>,
        #[serde(default, rename = "is-open")]
        is_open: bool,
    }

    #[test]
    fn fields_are_what_serde_asks_for() {
        let field = |name, kind, is_required| Field { name, kind, is_required };
        let expected = [
            field("patient", Kind::Text, true),
            field("change", Kind::OneOf(&["enable", "make-admin"]), true),
            field("note", Kind::Text, false),
            field("hours", Kind::Integer, true),
            field("share", Kind::Number, false),
            field("is-open", Kind::Flag, false),
        ];
        assert_eq!(fields_of::<Everything>().unwrap(), expected);
    }

    #[test]
    fn a_form_without_fields_has_none_and_what_is_no_form_has_no_list() {
        #[derive(Deserialize)]
        struct Nothing {}
        assert_eq!(fields_of::<Nothing>(), Some(Vec::new()));
        assert_eq!(fields_of::<String>(), None);
        type Map = std::collections::BTreeMap<String, String>;
        assert_eq!((fields_of::<Map>(), is_open::<Map>()), (None, true));
        assert!(!is_open::<String>() && !is_open::<Nothing>());
    }

    #[test]
    fn a_required_field_that_takes_no_sample_is_not_passed_over() {
        #[derive(Deserialize)]
        #[expect(dead_code, reason = "only its fields are looked at")]
        struct Odd {
            address: std::net::Ipv6Addr,
            name: String,
        }
        assert_eq!(fields_of::<Odd>(), None);
    }
}
