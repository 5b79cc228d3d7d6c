//! What reading a file tells, whatever its format.

use crate::device::DeviceSummary;
use crate::notices::Notices;
use crate::time::LocalDateTime;
use crate::units::Span;

/// Longest time a recording may span: a year. Every sum over a recording then fits its 32-bit counter.
pub const LONGEST_RECORDING: Span = Span::from_secs(366 * 86_400);

/// Length of the file behind a recording that has none.
pub(crate) const NO_BYTES: usize = usize::MAX;

/// What a format's `layout` finds out, beside the place of its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Length of the file.
    pub(crate) bytes: usize,
    pub(crate) start: LocalDateTime,
    pub(crate) interval: Span,
    pub(crate) span: Span,
    pub(crate) records: u32,
    pub(crate) notices: Notices,
    pub(crate) device: Option<DeviceSummary>,
}
