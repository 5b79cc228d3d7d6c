//! The events of every definition alike.

use crate::units::{Span, Spo2};

/// An event that enters the index of a definition, on the time axis of the recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Event {
    /// Where the definition has it begin, seconds since the first record.
    #[cfg_attr(feature = "serde", serde(rename = "onset_s"))]
    pub onset: Span,
    /// The first of its lowest readings, seconds.
    #[cfg_attr(feature = "serde", serde(rename = "nadir_s"))]
    pub nadir_at: Span,
    /// Its end, which is not part of it, seconds; that of the recording where it is still open there.
    #[cfg_attr(feature = "serde", serde(rename = "end_s"))]
    pub end: Span,
    /// The level that the definition measures from, without a fraction: peak (`aasm`), baseline of the night (`viatom`), mean of
    /// 120 s (`mean120`), point A of its first desaturation (`pobm`); percent.
    #[cfg_attr(feature = "serde", serde(rename = "baseline_pct"))]
    pub baseline: Spo2,
    /// Lowest level, percent.
    #[cfg_attr(feature = "serde", serde(rename = "nadir_pct"))]
    pub nadir: Spo2,
}

impl Event {
    /// How long two events go on together.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> Span {
        self.end.min(other.end).since(self.onset.max(other.onset))
    }

    /// Level measured from minus nadir, percent.
    #[must_use]
    pub const fn depth_pct(&self) -> u8 {
        self.baseline.as_pct().saturating_sub(self.nadir.as_pct())
    }
}
