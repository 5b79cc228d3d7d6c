//! What of the readings of a night a picture draws: reduced by oxicore to the columns of its panels, no event lost.

use alloc::vec::Vec;

use oxicore::chart::{Channel, LinePoint, Point, Window, gaps};
use oxicore::desaturation::aasm::Config;
use oxicore::{Desaturation, Recording, Span};

use crate::layout::COLUMNS;

/// The readings of a stretch of a night. They may be kept and drawn later, without the recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readings {
    /// Which stretch.
    pub window: Window,
    /// Time between records.
    pub interval: Span,
    /// SpO2, percent.
    pub spo2: Vec<LinePoint>,
    /// Beats per minute.
    pub pulse: Vec<LinePoint>,
    /// The largest of each column.
    pub motion: Vec<Point>,
    /// Runs below the range of the ring: from, to.
    pub below_range: Vec<(Span, Span)>,
}

impl Readings {
    /// Of a recording whose `events` are to be seen.
    #[must_use]
    pub fn of(recording: Recording<'_>, window: Window, events: &[Desaturation]) -> Self {
        let interval = recording.interval();
        let Config { below_range, max_gap, .. } = Config::default();
        let runs = recording.below_range_runs(below_range, max_gap).map(|run| run.stretch(interval));
        let motion = recording.reduce(Channel::Motion, window, COLUMNS);
        Self {
            window,
            interval,
            spo2: recording.line(Channel::Spo2, window, COLUMNS, events),
            pulse: recording.line(Channel::Pulse, window, COLUMNS, &[]),
            motion: motion.iter().flatten().map(|column| column.max).collect(),
            below_range: runs.filter(|&(from, to)| to > window.from && from < window.to).collect(),
        }
    }

    /// Time in which no SpO2 was read, but that below the range of the ring: from, to.
    pub(crate) fn gaps(&self) -> impl Iterator<Item = (Span, Span)> {
        let is_below_range = |&(from, to): &(Span, Span)| {
            self.below_range.iter().any(|&(begin, end)| begin < to && end > from)
        };
        gaps(&self.spo2, self.interval).filter(move |gap| !is_below_range(gap))
    }
}
