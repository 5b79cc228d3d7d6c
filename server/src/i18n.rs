//! The platform speaks Romanian and English. Every sentence lives in `server/locales/<language>/*.ftl`.

mod messages;
mod negotiate;

use std::fmt;

use fluent::{FluentArgs, FluentValue};

pub use messages::{keys, message};
pub use negotiate::from_accept_language;

/// A language the platform speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// Romanian, the platform's first language.
    #[default]
    Ro,
    /// English.
    En,
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::Ro, Self::En];

    /// The language tag: `ro` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ro => "ro",
            Self::En => "en",
        }
    }

    /// The language with this tag, if the platform speaks it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }

    /// The sentence `key` in this language.
    pub fn t(self, key: &str) -> String {
        message(self, key, &[])
    }

    /// The sentence `key` in this language with values filled in.
    pub fn t_args(self, key: &str, args: &[(&str, Arg)]) -> String {
        message(self, key, args)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

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

fn fluent_args<'a>(locale: Locale, args: &'a [(&'a str, Arg)]) -> FluentArgs<'a> {
    args.iter().map(|(name, arg)| (*name, fluent_value(locale, arg))).collect()
}

fn fluent_value(locale: Locale, arg: &Arg) -> FluentValue<'_> {
    match arg {
        Arg::Text(text) => FluentValue::from(text.as_str()),
        Arg::Whole(number) => FluentValue::from(*number),
        Arg::Decimal(number, decimals) => FluentValue::from(decimal(locale, *number, *decimals)),
    }
}

/// `number` with `decimals` places, written as `locale` writes it: `14,3` in Romanian, `14.3` in English.
pub fn decimal(locale: Locale, number: f64, decimals: u8) -> String {
    let text = format!("{number:.*}", usize::from(decimals));
    match locale {
        Locale::Ro => text.replace('.', ","),
        Locale::En => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanian_has_three_plural_forms() {
        let minutes = |n: i64| Locale::Ro.t_args("minutes", &[("n", n.into())]);
        assert_eq!([minutes(1), minutes(2), minutes(20)], ["1 minut", "2 minute", "20 de minute"]);
    }

    #[test]
    fn decimals_carry_the_sign_of_the_language() {
        assert_eq!(
            (decimal(Locale::Ro, 14.2968, 1), decimal(Locale::En, 14.2968, 1)),
            ("14,3".into(), "14.3".into())
        );
    }
}
