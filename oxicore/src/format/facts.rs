//! What reading a file tells, whatever its format.

use crate::device::DeviceSummary;
use crate::notices::{Notices, StartSource};
use crate::time::{LocalDateTime, UtcOffset};
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

impl Facts {
    /// With the start in the caller's zone, where its own is known: universal time, or so many minutes ahead of it.
    pub(crate) fn in_zone(self, zone: Option<UtcOffset>, offset_min: Option<i16>) -> Self {
        let is_universal =
            matches!(self.notices.start_source, StartSource::Universal | StartSource::FileNameUtc);
        let own = if is_universal { Some(0) } else { offset_min };
        let Some((zone, own)) = zone.zip(own) else { return self };
        let minutes = i64::from(zone.as_minutes()).saturating_sub(own.into());
        let seconds = self.start.unix_seconds().saturating_add(minutes.saturating_mul(60));
        let start_source = if is_universal { StartSource::Converted } else { self.notices.start_source };
        match LocalDateTime::from_unix_seconds(seconds) {
            Some(start) => Self { start, notices: Notices { start_source, ..self.notices }, ..self },
            None => self,
        }
    }
}
