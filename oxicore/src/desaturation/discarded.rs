//! What a detector discards, and by which of its rules.

use crate::code::codes;
use crate::units::{Span, Spo2};

/// The rule by which a definition lost an event: what each means in which profile is in docs/ALGORITHMS.md,
/// "Reconciliation".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Rule {
    /// SpO2 never dropped by the depth from the level that the definition measures from.
    Depth,
    /// It did, but from a level outside the time in which the definition looks for one, or by a first step that it does not
    /// see.
    OnsetWindow,
    /// The event is shorter than the shortest one.
    ShorterThan,
    /// The event is longer than the longest one.
    LongerThan,
    /// SpO2 did not come back in time, or not before the end of the recording.
    NoResaturation,
    /// More time is missing than the definition bridges.
    Gap,
    /// Its time belongs to an event that is matched with another one.
    JoinedWithAnother,
    /// SpO2 is below the range of the ring, and the settings take that as missing time.
    BelowRange,
    /// The artifact filter leaves out, or smooths away, readings that make the drop.
    Filter,
}

codes!(Rule {
    Depth = "depth",
    OnsetWindow = "onset-window",
    ShorterThan = "shorter-than",
    LongerThan = "longer-than",
    NoResaturation = "no-resaturation",
    Gap = "gap",
    JoinedWithAnother = "joined-with-another",
    BelowRange = "below-range",
    Filter = "filter",
});

/// A drop of SpO2 that is no event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Discarded {
    /// Where it began.
    pub(crate) onset: Span,
    /// Where the rule was applied; not part of it.
    pub(crate) end: Span,
    /// How deep it was by then, percent.
    pub(crate) depth_pct: u8,
    /// Why.
    pub(crate) rule: Rule,
}

/// Who hears what a detector does beside giving events; `()` does not listen, and costs nothing.
pub(crate) trait Listener {
    /// The detector was given a reading.
    #[inline(always)]
    fn reading(&mut self, _at: Span, _spo2: Spo2) {}

    /// A drop is no event.
    #[inline(always)]
    fn discarded(&mut self, _drop: Discarded) {}

    /// More time is missing than the detector bridges, from the end of a reading to the next.
    #[inline(always)]
    fn broken(&mut self, _from: Span, _to: Span) {}
}

impl Listener for () {}
