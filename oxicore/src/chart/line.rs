//! The line that loses no event: M4 per time column, and onset, nadir and end of every event among the points.

use core::slice::Iter;

use super::even::{Trace, Whole, trace};
use super::window::{Channel, Point, Window};
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

/// The time between the segments of a line, of a night with a record every `interval`: from, to. Nothing was read there
/// for longer than [`Window::longest_bridge`].
///
/// # Example
/// ```
/// # #[cfg(feature = "alloc")] {
/// use oxicore::{Recording, Span, chart::{Channel, gaps}};
///
/// let rows = b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n22:01:00 Jan 02 2026,95,60,0\n";
/// let night = Recording::parse(rows)?;
/// let line = night.line(Channel::Spo2, night.window(), 4, &[]);
/// let found: Vec<_> = gaps(&line, night.interval()).collect();
/// assert_eq!(found, [(Span::from_secs(8), Span::from_secs(60))]);
/// # }
/// # Ok::<(), oxicore::ParseError>(())
/// ```
pub fn gaps(line: &[LinePoint], interval: Span) -> impl Iterator<Item = (Span, Span)> {
    let ends = line.iter().zip(line.iter().skip(1));
    ends.filter(|(last, next)| last.segment != next.segment)
        .map(move |(last, next)| (last.at.plus(interval), next.at))
}

/// Points that a line of that number of columns and of events needs at most: four a column, three an event.
#[must_use]
pub const fn line_budget(columns: usize, events: usize) -> usize {
    columns.saturating_mul(4).saturating_add(events.saturating_mul(3))
}

/// Reduces a channel to a line: first, lowest, highest and last reading of each equal time column, and the readings at
/// onset, nadir and end of every event. An event that a gap or the end of the night ended has its last reading instead
/// of its end. `events` are in order, as [`analyze`](crate::analysis::analyze) lists them; both ends of the window are kept.
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
    let columns = columns.min(window.to.since(window.from).as_secs() as usize); // times are whole seconds
    let longest_bridge = window.longest_bridge(columns);
    let line = Line { out, len: 0, column_start: 0, free: Span::ZERO };
    let interval = recording.interval();
    let marks = Marks::of(events);
    let mut tracing =
        Tracing { line, marks, column: None, previous: None, window, columns, interval, longest_bridge };
    trace(recording, channel, window, columns, &mut tracing);
    tracing.end_column(usize::MAX);
    tracing.line.finish(line_budget(columns, events.len()))
}

/// Times that must be points, in order.
struct Marks<'e> {
    /// Onset, nadir and end of the present event; the end of time after the last one.
    three: [Span; 3],
    /// How many of them are done.
    done: usize,
    events: Iter<'e, Desaturation>,
}

const NEVER: Span = Span::from_secs(u32::MAX);

impl<'e> Marks<'e> {
    fn of(events: &'e [Desaturation]) -> Self {
        let mut marks = Self { three: [NEVER; 3], done: 0, events: events.iter() };
        marks.step();
        marks
    }

    fn next(&self) -> Span {
        self.three.get(self.done).copied().unwrap_or(NEVER)
    }

    /// Takes the next one, if it is not after `last`.
    fn take_until(&mut self, last: Span) -> Option<Span> {
        let mark = self.next();
        if mark > last || mark == NEVER {
            return None;
        }
        self.done += 1;
        if self.done == self.three.len() {
            self.step();
        }
        Some(mark)
    }

    /// Takes all three of the present event, if they lie between two moments.
    fn take_event(&mut self, from: Span, before: Span) -> Option<[Span; 3]> {
        let three = self.three;
        let lies_between = self.done == 0 && three[0] >= from && three[2] < before && three.is_sorted();
        lies_between.then(|| {
            self.step();
            three
        })
    }

    fn step(&mut self) {
        self.done = 0;
        self.three = self.events.next().map_or([NEVER; 3], |event| [event.onset, event.nadir_at, event.end]);
    }
}

/// The line being drawn.
struct Tracing<'o, 'e> {
    line: Line<'o>,
    marks: Marks<'e>,
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

    /// Draws a column's points and the marks among them in order of time; most events lie between two points.
    fn merge(&mut self, points: &[LinePoint; 4], reading: impl Fn(Span) -> LinePoint) {
        let (mut points, from, to) = (points.as_slice(), points[0].at, points[3].at);
        loop {
            let until = points.first().map_or(to, |point| point.at);
            while let Some(event) = self.marks.take_event(from, until) {
                self.line.extend(&event.map(&reading));
            }
            let Some(mark) = self.marks.take_until(to) else { break };
            if mark >= from {
                let marked = reading(mark);
                let before = points.iter().take_while(|point| point.at < marked.at).count();
                let (before, after) = points.split_at(before);
                before.iter().for_each(|point| self.line.extend(&[*point]));
                self.line.extend(&[marked]);
                points = after;
            }
        }
        points.iter().for_each(|point| self.line.extend(&[*point]));
    }
}

impl Trace for Tracing<'_, '_> {
    fn point(&mut self, point: Point) {
        let point = LinePoint { at: point.at, value: point.value, segment: self.segment(point.at) };
        let before = self.previous.replace(point);
        let Some(index) = self.window.column(point.at, self.columns) else { return };
        self.end_column(index);
        while let Some(mark) = self.marks.take_until(point.at) {
            let marked = if mark == point.at { Some(point) } else { before };
            let marked = marked.filter(|marked| marked.at >= self.window.from);
            marked.into_iter().for_each(|marked| self.line.insert(marked));
        }
        self.column.get_or_insert((index, Extremes::of(point))).1.add(point);
    }

    /// Four readings and the marks among them, merged. A mark before the first stands at the reading before that, which
    /// is a point already, or outside the window.
    fn whole(&mut self, column: usize, whole: &Whole<'_>) {
        let four = whole.four_in_order();
        let segment = self.segment(four[0].at);
        let drawn = |Point { at, value }| LinePoint { at, value, segment };
        let four = four.map(drawn);
        let last = four[3];
        self.previous = Some(last);
        self.end_column(column);
        if self.marks.next() > last.at {
            self.line.extend(&four);
        } else {
            self.merge(&four, |mark| drawn(whole.at(mark)));
        }
        self.line.column_start = self.line.len;
    }
}

#[cfg(feature = "alloc")]
impl Recording<'_> {
    /// The points of a line that shows every event, in a vector of their own; by the rules of [`line_into`].
    #[must_use]
    pub fn line(
        &self,
        channel: Channel,
        window: Window,
        columns: usize,
        events: &[Desaturation],
    ) -> alloc::vec::Vec<LinePoint> {
        let with_readings = columns.min(self.len());
        let mut out = alloc::vec![LinePoint::default(); line_budget(with_readings, events.len())];
        let len = line_into(*self, channel, window, columns, events, &mut out).map_or(0, <[_]>::len);
        out.truncate(len);
        out
    }
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
    /// First moment after the last point.
    free: Span,
}

const SECOND: Span = Span::from_secs(1);

impl<'o> Line<'o> {
    fn end_column(&mut self, extremes: &Extremes) {
        let Extremes { first, min, max, last } = *extremes;
        [first, min, max, last].into_iter().for_each(|point| self.insert(point));
        self.column_start = self.len;
    }

    /// Puts points in order of time at the end, where nearly all belong. One that is there already is written once more
    /// behind it and the next one takes its place: no branch to guess.
    #[inline]
    fn extend<const N: usize>(&mut self, points: &[LinePoint; N]) {
        let is_in_order = points.first().is_some_and(|first| first.at.plus(SECOND) >= self.free);
        let slots = self.out.get_mut(self.len..).and_then(|rest| rest.first_chunk_mut::<N>());
        let Some(slots) = slots.filter(|_| is_in_order) else {
            return points.iter().for_each(|&point| self.insert(point));
        };
        let (mut len, mut free) = (0, self.free);
        for &point in points {
            slots[len] = point;
            len += usize::from(point.at >= free);
            free = point.at.plus(SECOND);
        }
        self.len += len;
        self.free = free;
    }

    /// Puts a point at its place among those of the current column; the line so far ends before it.
    #[cold]
    fn insert(&mut self, point: LinePoint) {
        let from = self.column_start.saturating_sub(1);
        let Some(column) = self.out.get(from..self.len) else {
            self.len += 1;
            return;
        };
        let Err(place) = column.binary_search_by_key(&point.at, |p| p.at) else { return };
        self.free = self.free.max(point.at.plus(SECOND));
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
