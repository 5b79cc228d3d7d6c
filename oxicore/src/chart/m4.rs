//! M4: first, lowest, highest and last reading of every time column; pixel-exact for a line, four points a column.
//!
//! Neighbouring dips inside one column still merge into one: for a trace that must show every event use
//! [`line_into`](super::line_into).

use super::even::{Trace, Whole, trace};
use super::window::{Channel, Point, Window};
use crate::recording::Recording;
use crate::units::Span;

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
    /// Time is missing between the reading before and `first`, longer than [`Window::longest_bridge`]: the line
    /// breaks here.
    pub gap_before: bool,
}

/// Fills one entry per equal time column; `None` is a column without a reading.
///
/// # Example
/// ```
/// use oxicore::{Recording, chart::{Channel, Window, reduce_into}};
///
/// let rows = b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,88,58,0\n22:00:08 Jan 02 2026,--,--,0\n22:00:12 Jan 02 2026,95,60,0\n";
/// let night = Recording::parse(rows)?;
/// let mut columns = [None; 4];
/// reduce_into(night, Channel::Spo2, Window::whole(&night), &mut columns);
/// assert_eq!(columns[1].map(|c| c.min.value), Some(88));
/// assert_eq!(columns[2], None);
/// assert_eq!(columns[3].map(|c| c.gap_before), Some(true));
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
    let longest_bridge = window.longest_bridge(columns);
    let mut filling = Filling { out, window, interval, longest_bridge, previous: None };
    trace(recording, channel, window, columns, &mut filling);
    out
}

#[cfg(feature = "alloc")]
impl Recording<'_> {
    /// First, lowest, highest and last reading of each of `columns` equal stretches of the window (M4); `None` is a stretch
    /// without a reading.
    ///
    /// # Example
    /// ```
    /// use oxicore::{Recording, chart::Channel};
    ///
    /// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,88,58,0\n")?;
    /// let columns = night.reduce(Channel::Spo2, night.window(), 2);
    /// assert_eq!(columns[1].map(|c| c.min.value), Some(88));
    /// # Ok::<(), oxicore::ParseError>(())
    /// ```
    #[must_use]
    pub fn reduce(
        &self,
        channel: Channel,
        window: Window,
        columns: usize,
    ) -> alloc::vec::Vec<Option<Column>> {
        let mut out = alloc::vec![None; columns];
        reduce_into(*self, channel, window, &mut out);
        out
    }
}

/// The reduction of readings that are given one by one, in order of time, such as the [points](Column::points) that a
/// reduction to a multiple of the columns kept: first, lowest, highest, last and breaks are then those of the recording
/// itself, and [`valid`](Column::valid) counts the points that were given.
pub fn reduce_points(
    points: impl IntoIterator<Item = Point>,
    interval: Span,
    window: Window,
    out: &mut [Option<Column>],
) {
    out.fill(None);
    let longest_bridge = window.longest_bridge(out.len());
    let mut filling = Filling { out, window, interval, longest_bridge, previous: None };
    points.into_iter().for_each(|point| filling.point(point));
}

struct Filling<'o> {
    out: &'o mut [Option<Column>],
    window: Window,
    interval: Span,
    longest_bridge: Span,
    /// When the last reading was.
    previous: Option<Span>,
}

impl Filling<'_> {
    /// Whether the line breaks before the reading at `at`; the last one is then at `last`.
    fn breaks(&mut self, at: Span, last: Span) -> bool {
        let before = self.previous.replace(last);
        before.is_some_and(|before| at.since(before.plus(self.interval)) > self.longest_bridge)
    }
}

impl Trace for Filling<'_> {
    fn point(&mut self, point: Point) {
        let gap_before = self.breaks(point.at, point.at);
        let column = self.window.column(point.at, self.out.len());
        if let Some(slot) = column.and_then(|column| self.out.get_mut(column)) {
            slot.get_or_insert(Column::of(point, gap_before)).add(point);
        }
    }

    fn whole(&mut self, column: usize, whole: &Whole<'_>) {
        let [first, min, max, last] = whole.four();
        let gap_before = self.breaks(first.at, last.at);
        if let Some(slot) = self.out.get_mut(column) {
            *slot = Some(Column { first, min, max, last, valid: whole.len() as u32, gap_before });
        }
    }
}

impl Column {
    /// First, lowest, highest and last reading in order of time, each once.
    pub fn points(&self) -> impl Iterator<Item = Point> + use<> {
        let (earlier, later) =
            if self.min.at < self.max.at { (self.min, self.max) } else { (self.max, self.min) };
        let mut before = None;
        [self.first, earlier, later, self.last]
            .into_iter()
            .filter(move |&point| before.replace(point) != Some(point))
    }

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
