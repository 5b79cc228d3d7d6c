//! What an analysis is to do.

use crate::desaturation::{Threshold, aasm};
use crate::filter::FilterConfig;
use crate::format::{ColumnChoice, ParseOptions};
use crate::metrics::distribution;
use crate::metrics::pulse::PulseConfig;
use crate::notices::DateOrder;
use crate::time::UtcOffset;
use crate::units::Span;
use crate::with::with;

/// What [`analyze`](crate::analyze) is to do; [`Default`] is the definition of every printed number.
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

impl<'a> ParseOptions<'a> {
    /// With the name of the file.
    #[must_use]
    pub const fn with_file_name(self, name: &'a str) -> Self {
        Self { file_name: Some(name), ..self }
    }

    /// With the seconds between records, for a file that does not tell.
    #[must_use]
    pub const fn with_interval_if_untold(self, interval: Span) -> Self {
        Self { interval_if_untold: Some(interval), ..self }
    }

    /// With columns or signals by name or number.
    #[must_use]
    pub const fn with_columns(self, columns: ColumnChoice<'a>) -> Self {
        Self { columns, ..self }
    }

    /// With the order of day and month.
    #[must_use]
    pub const fn with_date_order(self, order: DateOrder) -> Self {
        Self { date_order: Some(order), ..self }
    }

    /// With the zone of the wall clock of the night.
    #[must_use]
    pub const fn with_zone(self, zone: UtcOffset) -> Self {
        Self { zone: Some(zone), ..self }
    }
}

impl AnalysisOptions {
    /// From one record to the next: no longer ago, and no machine takes time to be missing between them.
    pub(crate) fn longest_step(&self, interval: Span) -> Span {
        self.aasm.max_gap.min(distribution::MAX_GAP).plus(interval)
    }
}
