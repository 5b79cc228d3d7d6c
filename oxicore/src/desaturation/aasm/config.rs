//! The geometry of the events of profile `aasm`.

use core::fmt;

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

/// The settings that are not the definition's, each with its value: `Display` prints `, with look_back_s=60 recovery=peak`, and
/// nothing where there are none.
pub(crate) struct Changed(pub(crate) Config);

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ours = self.0.values().into_iter();
        let changed = ours.zip(Config::default().values()).filter(|(ours, usual)| ours != usual);
        changed.enumerate().try_for_each(|(place, ((name, value), _))| {
            f.write_str(if place == 0 { ", with " } else { " " })?;
            write!(f, "{name}={value}")
        })
    }
}

/// What a setting is, as it is printed.
#[derive(PartialEq)]
enum Value {
    Whole(u32),
    Word(&'static str),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => write!(f, "{number}"),
            Self::Word(word) => f.write_str(word),
        }
    }
}

impl Config {
    /// Every setting by the name of `settings::Setting`, which a test holds.
    fn values(self) -> [(&'static str, Value); 11] {
        let span = |span: Span| Value::Whole(span.as_secs());
        let flag = |is_on| Value::Word(if is_on { "true" } else { "false" });
        [
            ("look_back_s", span(self.look_back)),
            ("min_duration_s", span(self.min_duration)),
            ("max_duration_s", span(self.max_duration)),
            ("max_gap_s", span(self.max_gap)),
            ("near_pct", Value::Whole(self.near_pct.into())),
            ("recovery", Value::Word(self.recovery.code())),
            ("median3", flag(self.median3)),
            ("below_range", Value::Word(self.below_range.code())),
            ("median_readings", Value::Whole(self.median_readings.readings().into())),
            ("include_sustained", flag(self.include_sustained)),
            ("include_truncated", flag(self.include_truncated)),
        ]
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
