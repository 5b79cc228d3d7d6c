//! What a clinic is.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::i18n::Locale;
use crate::ids::ClinicId;
use crate::platform::clock::Timestamp;
use crate::platform::text;

/// A clinic's name: one line of 1 to 100 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ClinicName(String);

impl ClinicName {
    /// Trims the text; `None` if nothing is left, it is too long or has several lines.
    pub(super) fn parse(text: &str) -> Option<Self> {
        text::one_line(text, 100).map(|line| Self(line.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A telephone number as people write it: digits, blanks, `+`, `-`, `.`, `/` and brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phone(String);

impl Phone {
    /// Trims the text; `None` if it can be no number.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_mark = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '.' | '/' | '(' | ')');
        let digits = text.chars().filter(char::is_ascii_digit).count();
        (text.chars().all(is_mark) && (3..=20).contains(&digits) && text.len() <= 40)
            .then(|| Self(text.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// How many people use the platform in a clinic.
#[derive(Clone, Debug)]
pub struct Usage {
    /// The clinic.
    pub id: ClinicId,
    /// Its name.
    pub name: String,
    /// How many work there.
    pub people: i64,
}

/// The zones that a clinic can choose: what the clocks of its devices mean.
pub(super) const TIME_ZONES: [&str; 6] =
    ["Europe/Bucharest", "Europe/Chisinau", "Europe/Berlin", "Europe/Paris", "Europe/Rome", "UTC"];

/// What a clinic has decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) name: ClinicName,
    /// For patients.
    pub(super) phone: Option<Phone>,
    /// One of [`TIME_ZONES`].
    pub(super) time_zone: String,
    pub(super) locale: Locale,
    /// Whether its doctors see each other's patients.
    pub(super) is_shared: bool,
    pub(super) flags: FlagLimits,
}

/// What a clinic has decided by forms of their own.
#[derive(Clone, Copy, Debug)]
pub(super) struct DecidedApart {
    /// Whether sealed copies of its patients' links are kept.
    pub(super) keeps_links: bool,
    /// Until when administrators of the platform may look in.
    pub(super) let_in_until: Option<Timestamp>,
}

/// From where on the list flags a night; no figure depends on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlagLimits {
    /// Time below 90 %, percent of valid time.
    pub t90_pct: u32,
    /// Hours of valid signal.
    pub short_h: u32,
    /// Percent of readings that are valid.
    pub signal_pct: u32,
    /// Beats per minute.
    pub pulse_low: u32,
    /// Beats per minute.
    pub pulse_high: u32,
    /// Desaturations of 4 % per hour: the line across trends.
    pub odi4_per_h: u32,
}

impl FlagLimits {
    /// What a new clinic starts with.
    pub(super) const USUAL: Self =
        Self { t90_pct: 30, short_h: 4, signal_pct: 90, pulse_low: 50, pulse_high: 120, odi4_per_h: 5 };

    /// What each limit can be, in the order of the table.
    pub(super) const RANGES: [RangeInclusive<u32>; 6] =
        [1..=100, 1..=12, 1..=100, 20..=100, 60..=250, 1..=100];

    /// The limits in the order of the table.
    pub(super) fn values(&self) -> [u32; 6] {
        let Self { t90_pct, short_h, signal_pct, pulse_low, pulse_high, odi4_per_h } = *self;
        [t90_pct, short_h, signal_pct, pulse_low, pulse_high, odi4_per_h]
    }

    /// The limits that [`FlagLimits::values`] gave.
    pub(super) fn of(values: [u32; 6]) -> Self {
        let [t90_pct, short_h, signal_pct, pulse_low, pulse_high, odi4_per_h] = values;
        Self { t90_pct, short_h, signal_pct, pulse_low, pulse_high, odi4_per_h }
    }

    /// Whether a night could be on either side of each limit.
    pub(super) fn is_sensible(&self) -> bool {
        let is_within = Self::RANGES.iter().zip(self.values()).all(|(range, value)| range.contains(&value));
        is_within && self.pulse_low < self.pulse_high
    }
}

/// For how long a clinic lets administrators of the platform in, in hours.
pub(super) const LET_IN_HOURS: [u32; 3] = [1, 24, 72];

/// When somebody who is let in now for so many hours is out again; `None` for what is not offered.
pub(super) fn let_in_end(hours: u32, now: Timestamp) -> Option<Timestamp> {
    LET_IN_HOURS.contains(&hours).then(|| now.plus(Duration::from_hours(hours.into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_what_could_be_called() {
        assert_eq!(Phone::parse(" 021 000 00-00 ").unwrap().as_str(), "021 000 00-00");
        for text in ["", "12", "Ana", "021<br>", "0".repeat(30).as_str()] {
            assert_eq!(Phone::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_usual_limits_are_sensible_and_crossed_ones_are_not() {
        assert!(FlagLimits::USUAL.is_sensible());
        assert!(!FlagLimits { pulse_low: 100, pulse_high: 100, ..FlagLimits::USUAL }.is_sensible());
        assert!(!FlagLimits { t90_pct: 0, ..FlagLimits::USUAL }.is_sensible());
    }

    #[test]
    fn a_clinic_lets_in_for_offered_times_only() {
        let now = Timestamp::from_millis(0);
        assert_eq!(let_in_end(24, now), Some(Timestamp::from_millis(24 * 3_600_000)));
        assert_eq!(let_in_end(25, now), None);
    }
}
