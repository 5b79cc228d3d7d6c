//! The reader's language from the browser's settings.

use super::locale::Locale;

/// The best language the platform speaks for an `Accept-Language` header; `None` when it asks for none of them.
pub fn from_accept_language(header: &str) -> Option<Locale> {
    let mut best: Option<(Locale, f32)> = None;
    for range in header.split(',').take(32) {
        let (tag, weight) = split_weight(range.trim());
        let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let Some(locale) = Locale::from_tag(&primary).filter(|_| weight > 0.0) else { continue };
        if best.is_none_or(|(_, heaviest)| weight > heaviest) {
            best = Some((locale, weight));
        }
    }
    best.map(|(locale, _)| locale)
}

fn split_weight(range: &str) -> (&str, f32) {
    let Some((tag, parameter)) = range.split_once(';') else { return (range, 1.0) };
    let weight = parameter.trim().strip_prefix("q=").and_then(|q| q.parse().ok());
    (tag.trim(), weight.unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_language_wins() {
        assert_eq!(from_accept_language("de, en-GB;q=0.7, ro;q=0.9"), Some(Locale::Ro));
    }

    #[test]
    fn the_first_of_equals_wins() {
        assert_eq!(from_accept_language("en,ro"), Some(Locale::En));
    }

    #[test]
    fn unknown_languages_and_nonsense_choose_nothing() {
        for header in ["", "fr", "en;q=0", ";;;,,", "q=1", "*"] {
            assert_eq!(from_accept_language(header), None, "{header:?}");
        }
    }
}
