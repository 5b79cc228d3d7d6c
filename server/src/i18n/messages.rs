//! The message files, read once.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentError, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use super::arg::Arg;
use super::locale::Locale;
use super::wording::decimal;

#[derive(RustEmbed)]
#[folder = "locales"]
struct Files;

type Bundle = FluentBundle<FluentResource>;

struct Language {
    bundle: Bundle,
    keys: BTreeSet<String>,
}

static ROMANIAN: LazyLock<Language> = LazyLock::new(|| load(Locale::Ro));
static ENGLISH: LazyLock<Language> = LazyLock::new(|| load(Locale::En));

fn language(locale: Locale) -> &'static Language {
    match locale {
        Locale::Ro => &ROMANIAN,
        Locale::En => &ENGLISH,
    }
}

/// The keys of every sentence that exists in `locale`.
pub fn keys(locale: Locale) -> &'static BTreeSet<String> {
    &language(locale).keys
}

impl Locale {
    /// The sentence `key` in this language.
    pub fn t(self, key: &str) -> String {
        message(self, key, &[])
    }

    /// The sentence `key` in this language with values filled in.
    pub fn t_args(self, key: &str, args: &[(&str, Arg)]) -> String {
        message(self, key, args)
    }
}

/// The sentence `key` in `locale`; the key itself in brackets if nobody wrote that sentence (a test keeps that from
/// happening).
pub fn message(locale: Locale, key: &str, args: &[(&str, Arg)]) -> String {
    format(locale, key, args).unwrap_or_else(|| format!("[{key}]"))
}

fn format(locale: Locale, key: &str, args: &[(&str, Arg)]) -> Option<String> {
    let bundle = &language(locale).bundle;
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors: Vec<FluentError> = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&fluent_args(locale, args)), &mut errors).into_owned();
    for error in errors {
        tracing::warn!(key, %locale, %error, "message could not be filled in");
    }
    Some(text)
}

fn load(locale: Locale) -> Language {
    let id: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    let mut keys = BTreeSet::new();
    for name in Files::iter().filter(|name| name.starts_with(locale.tag())) {
        let Some(file) = Files::get(&name) else { continue };
        let resource = parse(&name, &String::from_utf8_lossy(&file.data));
        keys.extend(resource.entries().filter_map(entry_key));
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(%name, ?errors, "message file repeats a key");
        }
    }
    Language { bundle, keys }
}

fn parse(name: &str, text: &str) -> FluentResource {
    FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, errors)| {
        tracing::error!(name, ?errors, "message file has errors");
        resource
    })
}

fn entry_key(entry: &fluent_syntax::ast::Entry<&str>) -> Option<String> {
    match entry {
        fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanian_has_three_plural_forms() {
        let minutes = |n: i64| Locale::Ro.t_args("minutes", &[("n", n.into())]);
        assert_eq!([minutes(1), minutes(2), minutes(20)], ["1 minut", "2 minute", "20 de minute"]);
    }
}
