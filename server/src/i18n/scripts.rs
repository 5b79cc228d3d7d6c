//! Words for the scripts of a page, as JSON in a `<script type="application/json">` block that nothing executes.

use std::collections::BTreeMap;

use super::arg::Arg;
use super::locale::Locale;

/// Places that scripts fill themselves; they arrive there as `%name%`.
const PLACES: [&str; 28] = [
    "all",
    "at",
    "bytes",
    "column",
    "count",
    "denominator",
    "duplicates",
    "duration",
    "earlier",
    "from",
    "label",
    "later",
    "line",
    "min",
    "name",
    "odi3",
    "odi4",
    "offset",
    "open",
    "pause",
    "percent",
    "refused",
    "rows",
    "stored",
    "text",
    "tninety",
    "to",
    "value",
];

/// The sentences `keys` as one JSON object, safe to stand between script tags. `values` fills places that are known
/// already.
pub fn messages<'k>(
    locale: Locale,
    keys: impl IntoIterator<Item = &'k str>,
    values: &[(&str, Arg)],
) -> String {
    let mut args: Vec<_> = PLACES.map(|name| (name, Arg::from(format!("%{name}%")))).into();
    args.extend_from_slice(values);
    let texts: BTreeMap<_, _> = keys.into_iter().map(|key| (key, locale.t_args(key, &args))).collect();
    let json = serde_json::to_string(&texts).unwrap_or_else(|_| "{}".to_owned());
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::keys;

    #[test]
    fn a_place_keeps_its_name_between_percent_signs() {
        let json =
            messages(Locale::En, ["upload-stored", "upload-too-large"], &[("megabytes", 20_u32.into())]);
        let texts: BTreeMap<String, String> = serde_json::from_str(&json).unwrap();
        assert_eq!(texts["upload-stored"], "%name%: stored");
        assert!(texts["upload-too-large"].contains("20 MB"), "{texts:?}");
    }

    #[test]
    fn no_place_is_unknown_in_what_scripts_say() {
        const OF_SCRIPTS: [&str; 5] = ["viewer-", "chart-", "profile-", "export-", "parse-error-place"];
        for locale in [Locale::Ro, Locale::En] {
            let is_said = |key: &&str| OF_SCRIPTS.iter().any(|prefix| key.starts_with(prefix));
            let keys: Vec<_> = keys(locale).iter().map(String::as_str).filter(is_said).collect();
            assert!(keys.len() > 100, "{} messages", keys.len());
            let json = messages(locale, keys, &[]);
            assert_eq!(json.find("{$").map(|at| &json[at.saturating_sub(40)..at + 20]), None);
        }
    }

    #[test]
    fn no_tag_can_stand_in_the_block() {
        let json = messages(Locale::En, ["</script>"], &[]);
        assert!(!json.contains('<') && json.contains("\\u003c"), "{json}");
    }
}
