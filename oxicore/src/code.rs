//! The words that stand for the values of enums in JSON and at every binding, in one place for all of them.

use core::fmt;

/// A word that stands for no value; `Display` lists those that do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    known: &'static [&'static str],
}

impl UnknownCode {
    pub(crate) const fn of(known: &'static [&'static str]) -> Self {
        Self { known }
    }

    /// The words that there are.
    #[must_use]
    pub const fn known(&self) -> &'static [&'static str] {
        self.known
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of ")?;
        self.known.iter().enumerate().try_for_each(|(place, word)| {
            let mark = if place == 0 { "" } else { ", " };
            write!(f, "{mark}{word}")
        })
    }
}

impl core::error::Error for UnknownCode {}

/// Gives an enum without fields its words: `ALL`, `code`, [`Display`](fmt::Display) and [`FromStr`](core::str::FromStr). With
/// `serde` its JSON is the same word, which a test holds. `words of` leaves out `ALL`, and `silent` the `Display` of an enum
/// that says a sentence.
macro_rules! codes {
    ($name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        crate::code::codes!(values of $name { $($variant = $code),+ });
        crate::code::codes!(words of $name { $($variant = $code),+ });
    };
    (silent $name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        crate::code::codes!(values of $name { $($variant = $code),+ });
        crate::code::codes!(codes of $name { $($variant = $code),+ });
    };
    (values of $name:ident { $($variant:ident = $code:literal),+ }) => {
        impl $name {
            /// Every value, in the order of this type.
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];
        }
    };
    (words of $name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        crate::code::codes!(codes of $name { $($variant = $code),+ });

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
    (codes of $name:ident { $($variant:ident = $code:literal),+ }) => {
        impl $name {
            /// The word for it in JSON and at every binding.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }
        }

        impl core::str::FromStr for $name {
            type Err = crate::code::UnknownCode;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($code => Ok(Self::$variant),)+
                    _ => Err(crate::code::UnknownCode::of(&[$($code),+])),
                }
            }
        }
    };
}

pub(crate) use codes;
