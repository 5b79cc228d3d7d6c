//! Numbers of a night that are not events: distribution, time below a level, burden, variability, pulse, and the
//! vendor's report.

pub mod burden;
pub mod calc_hb;
pub(crate) mod coupling;
pub mod distribution;
pub(crate) mod gap;
pub mod pulse;
pub mod splits;
pub mod variability;
pub mod vendor;

use crate::notices::Notices;
use crate::units::Span;

/// An index per hour needs at least this much valid time (docs/ALGORITHMS.md, "Index").
pub const MIN_VALID: Span = Span::from_secs(600);

/// `part` of `whole` in percent; `None` when there is no whole.
pub(crate) fn percent(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| 100.0 * f64::from(part) / f64::from(whole))
}

/// Events per hour; `None` when there is no time.
pub(crate) fn per_hour(events: u32, seconds: u32) -> Option<f64> {
    (seconds > 0).then(|| f64::from(events) / (f64::from(seconds) / 3_600.0))
}

/// The time over which there is an index: none where readings are too far apart for one.
pub(crate) const fn indexed_s(valid_s: u32, notices: &Notices) -> u32 {
    if notices.interval_too_coarse { 0 } else { valid_s }
}

/// Events per hour of valid time; `None` under [`MIN_VALID`].
pub(crate) fn index_per_h(events: u32, valid_s: u32) -> Option<f64> {
    per_hour(events, valid_s).filter(|_| valid_s >= MIN_VALID.as_secs())
}
