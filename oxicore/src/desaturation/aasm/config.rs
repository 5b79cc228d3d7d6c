//! The geometry of the events of profile `aasm`.

use crate::artifact::{MedianLength, RunningMedian};
use crate::below_range::BelowRange;
use crate::code::codes;
use crate::desaturation::discarded::Rule;
use crate::desaturation::{Desaturation, Outcome};
use crate::units::Span;
use crate::with::with;

/// Shortest event by the definition: [`Config::min_duration`] unless the settings say otherwise.
pub const MIN_DURATION: Span = Span::from_secs(10);

/// Geometry of the events; [`Default`] is the profile's definition, anything else has to be named with the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(default, deny_unknown_fields)
)]
#[non_exhaustive]
pub struct Config {
    /// How far back the peak is looked for; 120 s.
    #[cfg_attr(feature = "serde", serde(rename = "look_back_s"))]
    pub look_back: Span,
    /// Shortest event; 10 s. Of one that is shorter than the sampling interval every event is as long.
    #[cfg_attr(feature = "serde", serde(rename = "min_duration_s"))]
    pub min_duration: Span,
    /// Longest time to resaturation; a longer event is sustained, not complete; 180 s.
    #[cfg_attr(feature = "serde", serde(rename = "max_duration_s"))]
    pub max_duration: Span,
    /// Longest missing time that is bridged; 10 s.
    #[cfg_attr(feature = "serde", serde(rename = "max_gap_s"))]
    pub max_gap: Span,
    /// How close to the peak the signal must come back, and the onset lies, percent; 1.
    pub near_pct: u8,
    /// What ends an event; [`Recovery::Taha`].
    pub recovery: Recovery,
    /// Detect on a running median, of three readings unless the next setting says otherwise, against the noise of 1 Hz
    /// files; off.
    pub median3: bool,
    /// What becomes of SpO2 below the range of this maker's rings; [`BelowRange::Auto`].
    pub below_range: BelowRange,
    /// How many readings that median has, where it is on; 3.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_three"))]
    pub median_readings: MedianLength,
    /// Let sustained events count; off.
    pub include_sustained: bool,
    /// Let events ended by a gap or the end of the recording count; off.
    pub include_truncated: bool,
}

with!(Config {
    with_look_back(look_back: Span),
    with_min_duration(min_duration: Span),
    with_max_duration(max_duration: Span),
    with_max_gap(max_gap: Span),
    with_near_pct(near_pct: u8),
    with_recovery(recovery: Recovery),
    with_median3(median3: bool),
    with_below_range(below_range: BelowRange),
    with_median_readings(median_readings: MedianLength),
    with_include_sustained(include_sustained: bool),
    with_include_truncated(include_truncated: bool),
});

impl Default for Config {
    fn default() -> Self {
        Self {
            look_back: Span::from_secs(120),
            min_duration: MIN_DURATION,
            max_duration: Span::from_secs(180),
            max_gap: Span::from_secs(10),
            near_pct: 1,
            recovery: Recovery::Taha,
            median3: false,
            below_range: BelowRange::Auto,
            median_readings: MedianLength::default(),
            include_sustained: false,
            include_truncated: false,
        }
    }
}

// The length of the median is written only where it is not the usual one.
#[cfg(feature = "serde")]
fn is_three(length: &MedianLength) -> bool {
    *length == MedianLength::default()
}

impl Config {
    /// The running median to detect on, where there is one.
    pub(crate) fn median(&self) -> Option<RunningMedian> {
        self.median3.then(|| RunningMedian::new(self.median_readings))
    }

    /// Whether an event with this outcome enters the index.
    #[must_use]
    pub const fn counts(&self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Complete => true,
            Outcome::Sustained => self.include_sustained,
            Outcome::Gap | Outcome::End => self.include_truncated,
        }
    }

    /// The first rule that keeps an event out of the index.
    pub(crate) fn lost_by(&self, event: &Desaturation) -> Option<Rule> {
        let is_short = event.duration() < self.min_duration;
        match event.outcome {
            outcome if self.counts(outcome) => is_short.then_some(Rule::ShorterThan),
            Outcome::Gap => Some(Rule::Gap),
            _ => Some(Rule::NoResaturation),
        }
    }
}

/// The rise that is a resaturation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Recovery {
    /// Back near the peak, or up from the nadir by the threshold (Taha 1997, Jung 2018).
    #[default]
    Taha,
    /// Back near the peak.
    Peak,
    /// Up by two thirds of the drop.
    Fraction,
}

codes!(Recovery { Taha = "taha", Peak = "peak", Fraction = "fraction" });
