//! The same night by every definition, as rows of a table: how much of an index is the way it is counted.

use oxicore::{Index, Profile, Threshold, compare::Comparison, index::Denominator};

use crate::i18n::Locale;
use crate::i18n::wording::{duration, rounded};

/// A row as it stands on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinitionRow {
    /// Profile and threshold: `aasm-3`.
    pub key: String,
    /// The profile in words.
    pub name: String,
    /// What an event is.
    pub definition: String,
    /// How deep a fall must be, percent.
    pub threshold: u8,
    /// Events per hour, unrounded; empty when undefined or not known yet.
    pub raw: String,
    /// Events per hour as the reader sees them.
    pub per_h: String,
    /// Events.
    pub count: String,
    /// Length of what they are divided by.
    pub seconds: String,
    /// What they are divided by.
    pub denominator: String,
}

/// The rows of a night, or without one empty rows for a script to fill.
pub fn rows(locale: Locale, comparison: Option<&Comparison>) -> Vec<DefinitionRow> {
    let of = |profile: Profile| profile.thresholds().iter().map(move |&threshold| (profile, threshold));
    let all = Profile::ALL.into_iter().flat_map(of);
    let mut rows: Vec<_> = all.map(|row| DefinitionRow::new(locale, row, comparison)).collect();
    // Said once a profile is enough.
    for at in (1..rows.len()).rev() {
        if rows[at].name == rows[at - 1].name {
            rows[at].definition.clear();
        }
    }
    rows
}

impl DefinitionRow {
    fn new(locale: Locale, (profile, threshold): (Profile, Threshold), of: Option<&Comparison>) -> Self {
        let index = of.and_then(|comparison| comparison.index(profile, threshold));
        let (name, pct) = (profile.code(), threshold.as_pct());
        let text = |write: &dyn Fn(&Index) -> String| index.map_or_else(String::new, write);
        Self {
            key: format!("{name}-{pct}"),
            name: locale.t(&format!("profile-{name}")),
            definition: locale.t(&format!("profile-{name}-definition")),
            threshold: pct,
            raw: text(&|index| index.per_h.map_or_else(String::new, |value| value.to_string())),
            per_h: text(&|index| per_hour(locale, index)),
            count: text(&|index| index.count.to_string()),
            seconds: text(&|index| duration(index.seconds)),
            denominator: locale.t(denominator_key(profile.denominator())),
        }
    }
}

const fn denominator_key(denominator: Denominator) -> &'static str {
    match denominator {
        Denominator::ValidSpo2 => "denominator-valid-spo2",
        Denominator::Recording => "denominator-recording",
        Denominator::Device => "denominator-device",
    }
}

fn per_hour(locale: Locale, index: &Index) -> String {
    let none = if index.interval_too_coarse { "too-coarse" } else { "too-short" };
    index.per_h.map_or_else(|| format!("— {}", locale.t(none)), |value| rounded(locale, value, 1))
}

#[cfg(test)]
mod tests {
    use oxicore::{AnalysisOptions, Recording};

    use super::*;

    fn comparison() -> Comparison {
        let file = b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n";
        Recording::parse(file).unwrap().compare(&AnalysisOptions::default()).comparison
    }

    #[test]
    fn every_index_of_the_core_has_its_row_with_its_denominator() {
        let rows = rows(Locale::En, Some(&comparison()));
        let shown: Vec<_> = rows.iter().map(|row| (row.key.as_str(), row.denominator.as_str())).collect();
        let of = |index: &Index| {
            let key = format!("{}-{}", index.profile.code(), index.threshold.as_pct());
            (key, Locale::En.t(denominator_key(index.denominator)))
        };
        let of_core: Vec<_> = comparison().iter().map(of).collect();
        assert_eq!(shown, of_core.iter().map(|(key, of)| (key.as_str(), of.as_str())).collect::<Vec<_>>());
    }

    #[test]
    fn an_undefined_index_says_why() {
        let rows = rows(Locale::En, Some(&comparison()));
        assert_eq!((rows[0].per_h.as_str(), rows[0].raw.as_str()), ("— under 10 min of valid signal", ""));
    }

    #[test]
    fn every_profile_is_defined_once_in_both_languages() {
        for locale in Locale::ALL {
            let defined = rows(locale, None).into_iter().filter(|row| !row.definition.is_empty());
            let names: Vec<_> = defined.map(|row| row.key).collect();
            assert_eq!(
                names,
                ["aasm-3", "aasm-nested-4", "viatom-3", "pobm-3", "mean120-3", "mean120-analyzer-3"]
            );
        }
    }

    #[test]
    fn the_viewers_rows_wait_for_their_numbers() {
        let rows = rows(Locale::Ro, None);
        assert!(rows.iter().all(|row| row.per_h.is_empty() && row.count.is_empty()));
    }
}
