//! Desaturations: what an event is depends on the profile, one file each.

pub mod aasm;
pub(crate) mod discarded;
pub mod mean120;
pub mod pobm;
pub mod viatom;

use crate::code::codes;
use crate::units::{Span, Spo2};

pub use discarded::Rule;

/// How deep a drop of SpO2 must be to be a desaturation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Threshold {
    /// 3 % and more.
    #[default]
    Three,
    /// 4 % and more.
    Four,
}

impl Threshold {
    /// Percent.
    #[must_use]
    pub const fn as_pct(self) -> u8 {
        match self {
            Self::Three => 3,
            Self::Four => 4,
        }
    }

    /// The threshold of this number of percent; `None` but of 3 and 4.
    #[must_use]
    pub fn from_pct(pct: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|threshold| threshold.as_pct() == pct)
    }

    /// Of each threshold, 3 % first.
    pub(crate) fn each<T>(make: impl Fn(Self) -> T) -> [T; 2] {
        [make(Self::Three), make(Self::Four)]
    }
}

codes!(Threshold { Three = "three", Four = "four" });

/// Any depth that a study may define a desaturation by, 2 to 10 %; printed indices have a [`Threshold`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(try_from = "u8", into = "u8")
)]
pub struct Depth(u8);

impl Depth {
    /// The deepest, percent.
    pub const MOST_PCT: u8 = 10;
    const CODES: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    /// The depth of this number of percent; `None` below 2 and above [`Self::MOST_PCT`].
    #[must_use]
    pub const fn new(pct: u8) -> Option<Self> {
        if 2 <= pct && pct <= Self::MOST_PCT { Some(Self(pct)) } else { None }
    }

    /// Percent.
    #[must_use]
    pub const fn as_pct(self) -> u8 {
        self.0
    }

    /// The word for it in JSON: that of the [`Threshold`] where it is one.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::CODES.get(usize::from(self.0.saturating_sub(2))).copied().unwrap_or_default()
    }
}

impl From<Depth> for u8 {
    fn from(depth: Depth) -> Self {
        depth.0
    }
}

impl TryFrom<u8> for Depth {
    type Error = &'static str;

    fn try_from(pct: u8) -> Result<Self, Self::Error> {
        Self::new(pct).ok_or("a desaturation is defined by a depth of 2 to 10 %")
    }
}

impl From<Threshold> for Depth {
    fn from(threshold: Threshold) -> Self {
        Self(threshold.as_pct())
    }
}

/// One desaturation event: peak, drop, nadir, and how it ended.
///
/// Times count from the first record. Source: docs/ALGORITHMS.md, "Desaturation, profile aasm".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Desaturation {
    /// Last sample near the peak before the drop, seconds.
    #[cfg_attr(feature = "serde", serde(rename = "onset_s"))]
    pub onset: Span,
    /// First sample at the lowest level, seconds.
    #[cfg_attr(feature = "serde", serde(rename = "nadir_s"))]
    pub nadir_at: Span,
    /// The sample that ended the event, not part of it, seconds.
    #[cfg_attr(feature = "serde", serde(rename = "end_s"))]
    pub end: Span,
    /// Level the depth is measured from: the highest of the look-back window, percent.
    #[cfg_attr(feature = "serde", serde(rename = "peak_pct"))]
    pub peak: Spo2,
    /// Lowest level, percent.
    #[cfg_attr(feature = "serde", serde(rename = "nadir_pct"))]
    pub nadir: Spo2,
    /// Area between the peak level and the signal from onset to end, percent times seconds.
    pub area_pct_s: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// Whether it enters the index, by the settings it was found with.
    pub counted: bool,
    /// Whether SpO2 below the ring's range lies in it, or ended it as a gap: depth and area are then lower bounds.
    pub below_range: bool,
    /// Whether a pulse rise of 6 beats per minute began between the nadir and 10 s after the end; `None` without a
    /// pulse reading since the nadir, and while the event is not yet [analysed](crate::analysis::analyze).
    pub pulse_rise: Option<bool>,
}

/// How an event ended; of profile `aasm` only [`Complete`](Self::Complete) ones count unless its options say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Outcome {
    /// Resaturation: counted in the index.
    Complete,
    /// No resaturation within the longest duration.
    Sustained,
    /// The signal was lost for longer than the gap limit.
    Gap,
    /// The recording ended.
    End,
}

codes!(Outcome { Complete = "complete", Sustained = "sustained", Gap = "gap", End = "end" });

impl Desaturation {
    /// A placeholder to fill lent memory with.
    pub const EMPTY: Self = Self {
        onset: Span::ZERO,
        nadir_at: Span::ZERO,
        end: Span::ZERO,
        peak: Spo2::MAX,
        nadir: Spo2::MAX,
        area_pct_s: 0,
        outcome: Outcome::End,
        counted: false,
        below_range: false,
        pulse_rise: None,
    };

    /// Whether the event enters the index: it ended with resaturation, or in a way that the settings include.
    #[must_use]
    pub const fn is_counted(&self) -> bool {
        self.counted
    }

    /// Peak minus nadir, percent.
    #[must_use]
    pub const fn depth_pct(&self) -> u8 {
        self.peak.as_pct().saturating_sub(self.nadir.as_pct())
    }

    /// Onset to end.
    #[must_use]
    pub const fn duration(&self) -> Span {
        self.end.since(self.onset)
    }
}
