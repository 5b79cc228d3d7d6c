//! Fewer points for a picture, without losing a dip: [`line_into`] keeps every event, [`reduce_into`] (M4) every
//! column's lowest and highest reading, [`lttb_into`] only looks similar.
//!
//! Never averages, never every k-th sample: both hide desaturations (docs/ALGORITHMS.md, "Chart reduction").
//! Readings are shown as recorded; what the artifact filter left out of the numbers stays visible.

mod even;
mod line;
mod lttb;
mod m4;
mod places;

#[cfg(feature = "alloc")]
pub use line::line_vec;
pub use line::{LinePoint, line_budget, line_into};
pub use lttb::lttb_into;
#[cfg(feature = "alloc")]
pub use m4::reduce_vec;
pub use m4::{Column, reduce_into, reduce_points};

use crate::recording::Recording;
use crate::sample::Sample;
use crate::units::Span;

/// Which column of the recording is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// Percent.
    Spo2,
    /// Beats per minute.
    Pulse,
    /// No unit.
    Motion,
}

/// The part of the night that is drawn: from `from` up to, not including, `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First moment.
    pub from: Span,
    /// First moment after it.
    pub to: Span,
}

/// A reading and its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Since the first record.
    pub at: Span,
    /// In the channel's unit.
    pub value: u16,
}

impl Channel {
    /// The sample's reading in this channel.
    #[must_use]
    pub fn value(self, sample: &Sample) -> Option<u16> {
        match self {
            Self::Spo2 => sample.spo2.map(|v| v.as_pct().into()),
            Self::Pulse => sample.pulse.map(|v| v.as_bpm()),
            Self::Motion => sample.motion.map(|v| v.as_raw().into()),
        }
    }
}

impl Window {
    /// The whole night.
    #[must_use]
    pub const fn whole(recording: &Recording<'_>) -> Self {
        Self { from: Span::ZERO, to: recording.span() }
    }

    /// Longest missing time that the line is drawn across: 10 s, and always less than a column is wide.
    #[must_use]
    pub fn longest_bridge(self, columns: usize) -> Span {
        const MOST: u32 = 10;
        let width = u64::from(self.to.since(self.from).as_secs()).checked_div(columns as u64).unwrap_or(0);
        Span::from_secs(u32::try_from(width).unwrap_or(MOST).saturating_sub(1).min(MOST))
    }

    /// Which of `columns` equal time columns `at` falls into.
    pub(crate) fn column(self, at: Span, columns: usize) -> Option<usize> {
        let length = u64::from(self.to.since(self.from).as_secs());
        let offset = u64::from(at.as_secs().checked_sub(self.from.as_secs())?);
        let index = offset.checked_mul(columns as u64)?.checked_div(length)?;
        usize::try_from(index).ok().filter(|&index| index < columns)
    }
}
