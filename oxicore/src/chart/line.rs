//! The line that loses no event: M4 per time column, and onset, nadir and end of every event among the points.

use core::iter::{FlatMap, Peekable};
use core::slice::Iter;

use super::even::{Trace, Whole, trace};
use super::{Channel, Point, Window};
use crate::desaturation::Desaturation;
use crate::error::BufferTooSmall;
use crate::recording::Recording;
use crate::units::Span;

/// A point of a line that may be broken: join it to the point before only if both are of one segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinePoint {
    /// Since the first record.
    pub at: Span,
    /// In the channel's unit.
    pub value: u16,
    /// Number of the unbroken stretch it lies in, from 0.
    pub segment: u32,
}

/// Points that a line of so many columns with so many events needs at most: four a column, three an event.
#[must_use]
pub const fn line_budget(columns: usize, events: usize) -> usize {
    4 * columns + 3 * events
}

/// Reduces a channel to a line: first, lowest, highest and last reading of each equal time column, and the readings at
/// onset, nadir and end of every event. An event that a gap or the end of the night ended has its last reading instead
/// of its end. `events` are in order, as [`analyze`](crate::analyze) lists them; both ends of the window are kept.
///
/// # Errors
/// [`BufferTooSmall`] if the points do not fit into `out`; [`line_budget`] entries always do.
///
/// # Example
/// ```
/// use oxicore::{Desaturation, Recording, chart::{Channel, LinePoint, Window, line_budget, line_into}};
///
/// let rows = b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,88,58,0\n22:00:08 Jan 02 2026,95,60,0\n";
/// let night = Recording::parse(rows)?;
/// let no_events: [Desaturation; 0] = [];
/// let mut points = [LinePoint::default(); line_budget(1, 0)];
/// let line = line_into(night, Channel::Spo2, Window::whole(&night), 1, &no_events, &mut points);
/// let levels: Vec<_> = line.iter().flat_map(|line| line.iter()).map(|point| point.value).collect();
/// assert_eq!(levels, [96, 88, 95]);
/// # Ok::<(), oxicore::ParseError>(())
/// ```
pub fn line_into<'o>(
    recording: Recording<'_>,
    channel: Channel,
    window: Window,
    columns: usize,
    events: &[Desaturation],
    out: &'o mut [LinePoint],
) -> Result<&'o [LinePoint], BufferTooSmall> {
    let marks = events.iter().flat_map(marks_of as MarksOf).peekable();
    let longest_bridge = window.longest_bridge(columns);
    let line = Line { out, len: 0, column_start: 0 };
    let interval = recording.interval();
    let mut tracing =
        Tracing { line, marks, column: None, previous: None, window, columns, interval, longest_bridge };
    trace(recording, channel, window, columns, &mut tracing);
    tracing.end_column(usize::MAX);
    tracing.line.finish(line_budget(columns, events.len()))
}

type MarksOf = fn(&Desaturation) -> [Span; 3];

const fn marks_of(event: &Desaturation) -> [Span; 3] {
    [event.onset, event.nadir_at, event.end]
}

/// The line being drawn.
struct Tracing<'o, 'e> {
    line: Line<'o>,
    /// Times that must be points, in order.
    marks: Peekable<FlatMap<Iter<'e, Desaturation>, [Span; 3], MarksOf>>,
    column: Option<(usize, Extremes)>,
    previous: Option<LinePoint>,
    window: Window,
    columns: usize,
    interval: Span,
    longest_bridge: Span,
}

impl Tracing<'_, '_> {
    /// The segment of the reading after the last one.
    fn segment(&self, at: Span) -> u32 {
        self.previous.map_or(0, |last| {
            last.segment + u32::from(at.since(last.at.plus(self.interval)) > self.longest_bridge)
        })
    }

    /// Draws the column before `next`. Marks after its last reading belong to that, and it is kept.
    fn end_column(&mut self, next: usize) {
        if let Some((_, done)) = self.column.take_if(|(current, _)| *current != next) {
            self.line.end_column(&done);
        }
    }

    /// Draws the marks up to `last` where the readings are that stood then.
    fn draw_marks(&mut self, last: Span, mut reading: impl FnMut(Span) -> Option<LinePoint>) {
        while let Some(mark) = self.marks.next_if(|&mark| mark <= last) {
            let marked = reading(mark).filter(|marked| marked.at >= self.window.from);
            marked.iter().for_each(|&marked| self.line.insert(marked));
        }
    }
}

impl Trace for Tracing<'_, '_> {
    fn point(&mut self, point: Point) {
        let point = LinePoint { at: point.at, value: point.value, segment: self.segment(point.at) };
        let before = self.previous.replace(point);
        let Some(index) = self.window.column(point.at, self.columns) else { return };
        self.end_column(index);
        self.draw_marks(point.at, |mark| if mark == point.at { Some(point) } else { before });
        self.column.get_or_insert((index, Extremes::of(point))).1.add(point);
    }

    fn whole(&mut self, column: usize, whole: &Whole<'_>) {
        let four = whole.four();
        let segment = self.segment(four[0].at);
        let point = |Point { at, value }| LinePoint { at, value, segment };
        let [first, min, max, last] = four.map(point);
        let before = self.previous.replace(last);
        self.end_column(column);
        self.draw_marks(last.at, |mark| if mark < first.at { before } else { Some(point(whole.at(mark))) });
        self.column = Some((column, Extremes { first, min, max, last }));
    }
}

/// The line in a vector of its own.
#[cfg(feature = "alloc")]
#[must_use]
pub fn line_vec(
    recording: Recording<'_>,
    channel: Channel,
    window: Window,
    columns: usize,
    events: &[Desaturation],
) -> alloc::vec::Vec<LinePoint> {
    let mut out = alloc::vec![LinePoint::default(); line_budget(columns, events.len())];
    let len = line_into(recording, channel, window, columns, events, &mut out).map_or(0, <[_]>::len);
    out.truncate(len);
    out
}

/// What one column must show.
struct Extremes {
    first: LinePoint,
    min: LinePoint,
    max: LinePoint,
    last: LinePoint,
}

impl Extremes {
    const fn of(first: LinePoint) -> Self {
        Self { first, min: first, max: first, last: first }
    }

    const fn add(&mut self, point: LinePoint) {
        if point.value < self.min.value {
            self.min = point;
        }
        if point.value > self.max.value {
            self.max = point;
        }
        self.last = point;
    }
}

/// The points so far, in order of time, none twice.
struct Line<'o> {
    out: &'o mut [LinePoint],
    /// Points there should be; more than fit when the lent memory is too small.
    len: usize,
    column_start: usize,
}

impl<'o> Line<'o> {
    fn end_column(&mut self, extremes: &Extremes) {
        let Extremes { first, min, max, last } = *extremes;
        [first, min, max, last].into_iter().for_each(|point| self.insert(point));
        self.column_start = self.len;
    }

    /// Puts a point at its place among those of the current column; the line so far ends before it.
    fn insert(&mut self, point: LinePoint) {
        let from = self.column_start.saturating_sub(1);
        let Some(column) = self.out.get(from..self.len) else {
            self.len += 1;
            return;
        };
        let Err(place) = column.binary_search_by_key(&point.at, |p| p.at) else { return };
        let place = from + place;
        if self.len < self.out.len() {
            self.out.copy_within(place..self.len, place + 1);
            self.out[place] = point;
        }
        self.len += 1;
    }

    fn finish(self, needed: usize) -> Result<&'o [LinePoint], BufferTooSmall> {
        let given = self.out.len();
        self.out.get(..self.len).ok_or(BufferTooSmall { needed, given })
    }
}
