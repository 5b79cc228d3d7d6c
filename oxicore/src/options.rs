//! What an analysis is to do.

use crate::desaturation::{Threshold, aasm};
use crate::filter::FilterConfig;
use crate::metrics::distribution;
use crate::metrics::pulse::PulseConfig;
use crate::units::Span;

/// What [`analyze`](crate::analyze) is to do; [`Default`] is the definition of every printed number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnalysisOptions {
    /// Which events to list; both thresholds are always counted.
    pub listed: Threshold,
    /// Which readings count.
    pub filter: FilterConfig,
    /// Geometry of the events.
    pub aasm: aasm::Config,
    /// Limits of slow and fast pulse.
    pub pulse: PulseConfig,
}

impl AnalysisOptions {
    /// From one record to the next: no longer ago, and no machine takes time to be missing between them.
    pub(crate) fn longest_step(&self, interval: Span) -> Span {
        self.aasm.max_gap.min(distribution::MAX_GAP).plus(interval)
    }
}
