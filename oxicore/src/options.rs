//! What an analysis is to do.

use crate::artifact::FilterConfig;
use crate::desaturation::{Threshold, aasm};
use crate::metrics::distribution;
use crate::metrics::pulse::PulseConfig;
use crate::units::Span;
use crate::with::with;

/// What [`Recording::analyze`](crate::Recording::analyze) is to do; [`Default`] is the definition of every printed number.
///
/// With feature `serde` it is read from JSON: what is left out is the default, a name that is no setting is refused.
///
/// # Example
/// ```
/// use oxicore::{AnalysisOptions, Threshold, artifact::FilterConfig};
///
/// let options = AnalysisOptions::default()
///     .with_listed(Threshold::Four)
///     .with_filter(FilterConfig::default().with_require_pulse(true));
/// assert!(options.filter.require_pulse && options.filter.slope);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(default, deny_unknown_fields)
)]
#[non_exhaustive]
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

with!(AnalysisOptions {
    with_listed(listed: Threshold),
    with_filter(filter: FilterConfig),
    with_aasm(aasm: aasm::Config),
    with_pulse(pulse: PulseConfig),
});

impl AnalysisOptions {
    /// From one record to the next: no longer ago, and no machine takes time to be missing between them.
    pub(crate) fn longest_step(&self, interval: Span) -> Span {
        self.aasm.max_gap.min(distribution::MAX_GAP).plus(interval)
    }
}
