//! Fewer points for a picture, without losing a dip: first, lowest, highest and last reading of every time column.
//!
//! Never averages, never every k-th sample: both hide desaturations (docs/ALGORITHMS.md, "Chart reduction").
//! Readings are shown as recorded; what the artifact filter left out of the numbers stays visible.

use crate::recording::{Recording, Sample};
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

/// What one time column of the picture has to show; lowest and highest are the first of their value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// First reading.
    pub first: Point,
    /// Lowest reading.
    pub min: Point,
    /// Highest reading.
    pub max: Point,
    /// Last reading.
    pub last: Point,
    /// Number of readings.
    pub valid: u32,
    /// A reading is missing between the one before `first` and `first`: the line breaks here.
    pub gap_before: bool,
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

    /// Which of `columns` equal time columns `at` falls into.
    fn column(self, at: Span, columns: usize) -> Option<usize> {
        let length = u64::from(self.to.since(self.from).as_secs());
        let offset = u64::from(at.as_secs().checked_sub(self.from.as_secs())?);
        let index = offset.checked_mul(columns as u64)?.checked_div(length)?;
        usize::try_from(index).ok().filter(|&index| index < columns)
    }
}

/// Fills one entry per equal time column; `None` is a column without a reading.
///
/// # Example
/// ```
/// use oxicore::{Recording, chart::{Channel, Window, reduce_into}};
///
/// let rows = b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,88,58,0\n22:00:08 Jan 02 2026,--,--,0\n22:00:12 Jan 02 2026,95,60,0\n";
/// let night = Recording::parse(rows)?;
/// let mut columns = [None; 2];
/// reduce_into(night, Channel::Spo2, Window::whole(&night), &mut columns);
/// assert_eq!(columns[0].map(|c| (c.min.value, c.max.value)), Some((88, 96)));
/// assert_eq!(columns[1].map(|c| c.gap_before), Some(true));
/// # Ok::<(), oxicore::ParseError>(())
/// ```
pub fn reduce_into<'o>(
    recording: Recording<'_>,
    channel: Channel,
    window: Window,
    out: &'o mut [Option<Column>],
) -> &'o [Option<Column>] {
    out.fill(None);
    let (interval, columns) = (recording.interval(), out.len());
    let mut previous: Option<Span> = None;
    for sample in recording.samples() {
        let Some(value) = channel.value(&sample) else { continue };
        let point = Point { at: sample.at, value };
        let gap_before = previous.is_some_and(|p| point.at.since(p) > interval);
        previous = Some(point.at);
        let slot = window.column(point.at, columns).and_then(|index| out.get_mut(index));
        if let Some(slot) = slot {
            slot.get_or_insert(Column::of(point, gap_before)).add(point);
        }
    }
    out
}

/// The reduction in a vector of its own, `columns` entries.
#[cfg(feature = "alloc")]
#[must_use]
pub fn reduce_vec(
    recording: Recording<'_>,
    channel: Channel,
    window: Window,
    columns: usize,
) -> alloc::vec::Vec<Option<Column>> {
    let mut out = alloc::vec![None; columns];
    reduce_into(recording, channel, window, &mut out);
    out
}

impl Column {
    const fn of(first: Point, gap_before: bool) -> Self {
        Self { first, min: first, max: first, last: first, valid: 0, gap_before }
    }

    const fn add(&mut self, point: Point) {
        if point.value < self.min.value {
            self.min = point;
        }
        if point.value > self.max.value {
            self.max = point;
        }
        self.last = point;
        self.valid += 1;
    }
}
