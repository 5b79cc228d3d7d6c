//! What is drawn: a channel, a part of the night, and the points of its line.

use crate::code::codes;
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

codes!(Channel { Spo2 = "spo2", Pulse = "pulse", Motion = "motion" });

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

impl Recording<'_> {
    /// The whole night, to be drawn.
    #[must_use]
    pub const fn window(&self) -> Window {
        Window::whole(self)
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
