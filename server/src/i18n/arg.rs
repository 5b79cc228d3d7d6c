//! Values that fill places in sentences.

/// A value that fills a place in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Words, shown as they are.
    Text(String),
    /// A whole number: chooses the plural form.
    Whole(i64),
    /// A number shown with exactly that many decimals, with the comma or point of the language.
    Decimal(f64, u8),
}

macro_rules! arg_from {
    ($($from:ty => |$value:ident| $arg:expr),* $(,)?) => {
        $(impl From<$from> for Arg {
            fn from($value: $from) -> Self { $arg }
        })*
    };
}

arg_from! {
    &str => |value| Self::Text(value.to_owned()),
    &&str => |value| Self::Text((*value).to_owned()),
    &String => |value| Self::Text(value.clone()),
    &usize => |value| Self::from(*value),
    &i64 => |value| Self::Whole(*value),
    &u64 => |value| Self::from(*value),
    &u32 => |value| Self::from(*value),
    String => |value| Self::Text(value),
    i64 => |value| Self::Whole(value),
    u32 => |value| Self::Whole(i64::from(value)),
    u64 => |value| Self::Whole(i64::try_from(value).unwrap_or(i64::MAX)),
    usize => |value| Self::Whole(i64::try_from(value).unwrap_or(i64::MAX)),
}
