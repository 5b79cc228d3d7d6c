//! The word of each choice, for bindings and addresses.

/// Gives an enum `ALL`, `code`, `Display` and `FromStr`.
macro_rules! codes {
    ($name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        impl $name {
            /// Every one.
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];

            /// Its word.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter.write_str(self.code())
            }
        }

        impl core::str::FromStr for $name {
            type Err = crate::code::Unknown;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.into_iter().find(|one| one.code() == word).ok_or(crate::code::Unknown { known: concat!($($code, " "),+) })
            }
        }
    };
}

pub(crate) use codes;

/// No such choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The words that are known, a blank after each.
    pub known: &'static str,
}

impl core::fmt::Display for Unknown {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "unknown choice, use one of: {}", self.known.trim_end())
    }
}

impl core::error::Error for Unknown {}
