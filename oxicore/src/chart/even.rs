//! The short way for SpO2 in columns with a record every interval: where a time column begins is known without looking,
//! and its extremes are found many at a time. What it leaves out, the general way reads sample by sample.

use core::ops::Range;

use super::places::extremes;
use super::window::{Channel, Point, Window};
use crate::recording::Recording;
use crate::units::{Span, Spo2};

/// Takes the readings of a channel in order.
pub(super) trait Trace {
    /// The next reading, wherever it lies.
    fn point(&mut self, point: Point);

    /// All readings of the next column that has any.
    fn whole(&mut self, column: usize, whole: &Whole<'_>);
}

/// Hands all readings that matter for a window of so many columns to `trace`.
pub(super) fn trace(
    recording: Recording<'_>,
    channel: Channel,
    window: Window,
    columns: usize,
    trace: &mut impl Trace,
) {
    let Some(even) = Even::of(&recording, channel, window, columns) else {
        return recording.samples().for_each(|sample| {
            if let Some(value) = channel.value(&sample) {
                trace.point(Point { at: sample.at, value });
            }
        });
    };
    let mut bounds = even.bounds();
    let mut from = bounds.next().unwrap_or(0);
    even.points(0..from).for_each(|point| trace.point(point));
    for (column, end) in bounds.take(columns).enumerate() {
        let records = from..end;
        from = end;
        match even.whole(records.clone()) {
            Some(whole) => trace.whole(column, &whole),
            None => even.points(records).for_each(|point| trace.point(point)),
        }
    }
}

/// SpO2 of a recording whose record number times its interval is the record's time.
#[derive(Clone, Copy)]
pub(super) struct Even<'a> {
    spo2: &'a [Option<Spo2>],
    interval: Span,
    window: Window,
    columns: usize,
}

/// The records of one time column, all with a reading.
#[derive(Clone, Copy)]
pub(super) struct Whole<'a> {
    spo2: &'a [Option<Spo2>],
    /// Number of the first record.
    from: usize,
    interval: Span,
    lowest: usize,
    highest: usize,
}

impl<'a> Even<'a> {
    /// `None` where the short way does not lead.
    pub(super) fn of(
        recording: &Recording<'a>,
        channel: Channel,
        window: Window,
        columns: usize,
    ) -> Option<Self> {
        let spo2 = recording.even_spo2().filter(|_| cfg!(feature = "blocks") && channel == Channel::Spo2)?;
        (columns > 0 && window.to > window.from).then(|| Self {
            spo2,
            interval: recording.interval(),
            window,
            columns,
        })
    }

    /// The readings of some records.
    fn points(&self, records: Range<usize>) -> impl Iterator<Item = Point> {
        let readings = self.spo2.get(records.clone()).unwrap_or_default();
        let point = |(record, spo2): (usize, &Option<Spo2>)| {
            Some(Point { at: time_of(record, self.interval), value: spo2.as_ref()?.as_pct().into() })
        };
        records.zip(readings).filter_map(point)
    }

    /// The first record of each column, in order and without end: the one whose time is not before the column's share
    /// of the window. Share and record are one quotient, rounded up, that grows by as much from column to column.
    fn bounds(&self) -> impl Iterator<Item = usize> + use<> {
        let [from, to, interval] =
            [self.window.from, self.window.to, self.interval].map(|s| u64::from(s.as_secs()));
        let (columns, records) = (self.columns as u64, self.spo2.len());
        let (width, divisor) = (to - from, columns * interval);
        let first = from * columns + divisor - 1;
        let (mut record, mut rest) = (first / divisor, first % divisor);
        let (step, more) = (width / divisor, width % divisor);
        core::iter::from_fn(move || {
            let bound = usize::try_from(record).unwrap_or(usize::MAX).min(records);
            let is_over = rest + more >= divisor;
            record += step + u64::from(is_over);
            rest = rest + more - if is_over { divisor } else { 0 };
            Some(bound)
        })
    }

    /// The records, if there is one and none lacks a reading.
    pub(super) fn whole(&self, records: Range<usize>) -> Option<Whole<'a>> {
        let (from, spo2) = (records.start, self.spo2.get(records)?);
        let (lowest, highest) = extremes(spo2)?;
        Some(Whole { spo2, from, interval: self.interval, lowest, highest })
    }
}

impl Whole<'_> {
    /// How many records.
    pub(super) const fn len(&self) -> usize {
        self.spo2.len()
    }

    /// First, lowest, highest and last reading.
    pub(super) fn four(&self) -> [Point; 4] {
        [0, self.lowest, self.highest, self.len().saturating_sub(1)].map(|record| self.point(record))
    }

    /// The same four in order of time.
    pub(super) fn four_in_order(&self) -> [Point; 4] {
        let [first, min, max, last] = self.four();
        if self.lowest < self.highest { [first, min, max, last] } else { [first, max, min, last] }
    }

    /// The reading of a record of the column.
    pub(super) fn point(&self, record: usize) -> Point {
        let value = self.spo2.get(record).copied().flatten().map_or(0, |spo2| spo2.as_pct().into());
        Point { at: time_of(self.from + record, self.interval), value }
    }

    /// The last reading at or before a time not before the first.
    pub(super) fn at(&self, at: Span) -> Point {
        let (passed, interval) = (at.since(self.point(0).at).as_secs(), self.interval.as_secs());
        // A division would take longer than all the rest.
        let record = if interval == 1 { passed } else { passed / interval };
        self.point(record as usize)
    }
}

fn time_of(record: usize, interval: Span) -> Span {
    Span::from_secs(u32::try_from(record).unwrap_or(u32::MAX).saturating_mul(interval.as_secs()))
}
