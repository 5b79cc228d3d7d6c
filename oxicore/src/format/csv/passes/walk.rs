//! The rows in order, each in its place in time, without the blocks that a text repeats.

use crate::batch::SampleSink;
use crate::error::ParseError;
use crate::format::csv::dialect::Dialect;
use crate::format::csv::fast::{Fast, SameDay};
use crate::format::csv::lines::Lines;
use crate::format::csv::row::{Readings, Row, no_such_day};
use crate::format::timeline::{Placed, Timeline};
use crate::time::LocalDateTime;
use crate::units::Span;

/// A clock that runs back may begin a repeated block: so many times the bytes of the file are searched for originals.
const SEARCHES: usize = 16;

/// Reads rows one after another; lines that hold none were found to be headers by the survey.
#[derive(Clone)]
pub(crate) struct Reader<'a> {
    lines: Lines<'a>,
    dialect: Dialect,
    fast: Fast,
    /// Midnight before the last row.
    day: LocalDateTime,
    /// The first row whose day does not exist.
    bad: Option<ParseError>,
}

/// A row whose date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dated {
    pub(crate) time: LocalDateTime,
    pub(crate) readings: Readings,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8], dialect: Dialect) -> Self {
        let lines = Lines::new(bytes.get(..dialect.end).unwrap_or(bytes));
        let fast = Fast::new(&dialect, lines.is_bytes());
        Self { lines, dialect, fast, day: LocalDateTime::EPOCH, bad: None }
    }

    /// The next row. One whose day does not exist is passed over and remembered for [`check`](Self::check).
    pub(crate) fn next(&mut self) -> Option<Dated> {
        let Some(SameDay { second, readings, len }) = self.fast.read(self.lines.rest()) else {
            return self.next_general();
        };
        self.lines.skip_lines(1, len);
        Some(Dated { time: self.day.plus_seconds(second), readings })
    }

    #[inline(never)]
    fn next_general(&mut self) -> Option<Dated> {
        loop {
            let Self { lines, dialect, fast, bad, .. } = self;
            let read = lines.next_with(|line| {
                let row = Row::read(line, dialect).ok()?;
                let shift_s = row.stamp.shift_s(dialect.offset_min);
                let written = row.stamp.resolve(dialect.date_order);
                let time = written.and_then(|time| {
                    LocalDateTime::from_unix_seconds(time.unix_seconds().saturating_add(shift_s))
                });
                match time {
                    Some(_) if shift_s == 0 => fast.learn(line.text, &row),
                    Some(_) => fast.forget(),
                    None => *bad = bad.or(Some(no_such_day(line, dialect))),
                }
                Some(Dated { time: time?, readings: row.readings })
            })?;
            if let Some(row) = read {
                self.day = row.time.midnight();
                return read;
            }
        }
    }

    /// An error if the day of some row so far does not exist.
    pub(crate) fn check(&self) -> Result<(), ParseError> {
        self.bad.map_or(Ok(()), Err)
    }

    /// From one row to the next; by the time of day, which outlives the date, where only one of them has a date.
    pub(crate) fn seconds_between(&self, last: LocalDateTime, next: LocalDateTime) -> i64 {
        const A_DAY: i64 = 86_400;
        let seconds = next.unix_seconds().saturating_sub(last.unix_seconds());
        let is_alike = self.clock(last).is_some() == self.clock(next).is_some();
        if is_alike { seconds } else { seconds.rem_euclid(A_DAY) }
    }

    /// What the clock said, unless nobody had set it.
    pub(crate) fn clock(&self, time: LocalDateTime) -> Option<LocalDateTime> {
        let is_unset = self.dialect.clock_is_set && time.is_in_1970();
        (!is_unset).then_some(time)
    }
}

/// Gives every row its place.
#[derive(Clone)]
pub(crate) struct Walk<'a> {
    bytes: &'a [u8],
    reader: Reader<'a>,
    timeline: Timeline,
    /// The last row; of no use where rows are handed on in runs, because a text with twins has none.
    previous: Option<Dated>,
    /// Bytes.
    left_to_search: usize,
    repeated: u32,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(bytes: &'a [u8], dialect: Dialect, start: LocalDateTime, interval: Span) -> Self {
        let (reader, timeline) = (Reader::new(bytes, dialect), Timeline::new(start, interval));
        let left_to_search = bytes.len().saturating_mul(SEARCHES);
        Self { bytes, reader, timeline, previous: None, left_to_search, repeated: 0 }
    }

    /// An error if the day of some row so far does not exist.
    pub(crate) fn check(&self) -> Result<(), ParseError> {
        self.reader.check()
    }

    /// Rows passed over so far because they repeated others.
    pub(crate) const fn repeated(&self) -> u32 {
        self.repeated
    }

    pub(crate) fn next(&mut self) -> Option<(Placed, Readings)> {
        let mut row = self.reader.next()?;
        if self.timeline.last_time().is_some_and(|last| row.time <= last) {
            row = self.pass_over_repeats(row)?;
        }
        self.previous = Some(row);
        Some((self.timeline.place(self.reader.clock(row.time)), row.readings))
    }

    /// Hands all rows to `sink`, not more than `limit`.
    #[inline]
    pub(crate) fn hand_to(mut self, limit: usize, sink: &mut dyn SampleSink) {
        let mut rows = 0_usize;
        loop {
            rows = rows.saturating_add(self.same_day(limit.saturating_sub(rows), sink));
            let Some((placed, readings)) = self.next().filter(|_| rows < limit) else { return };
            rows = rows.saturating_add(1);
            sink.sample(&readings.at(placed.at));
        }
    }

    /// Rows of the same date as the last, as long as the clock alone places them.
    #[inline]
    fn same_day(&mut self, limit: usize, sink: &mut dyn SampleSink) -> usize {
        let Some(last) = self.timeline.by_clock() else { return 0 };
        let Self { reader, timeline, .. } = self;
        let day = reader.day;
        let from = (last.seconds_after(day), day.seconds_after(timeline.start()));
        let run = reader.fast.run(&mut reader.lines, from, limit, sink);
        if run.rows > 0 {
            timeline.place(Some(day.plus_seconds(run.last)));
        }
        run.rows
    }

    /// The first row, from `row` on, that neither is a twin nor begins a repeated block.
    #[cold]
    fn pass_over_repeats(&mut self, row: Dated) -> Option<Dated> {
        let mut row = row;
        loop {
            let rows = if self.is_twin(&row) { 1 } else { self.repeated_rows(&row) };
            if rows == 0 {
                return Some(row);
            }
            self.repeated = self.repeated.saturating_add(rows);
            for _ in 1..rows {
                self.reader.next();
            }
            row = self.reader.next()?;
        }
    }

    /// Whether a row is the one before it once more, as where two parts of a text share it. A clock that stands still
    /// gives more than two.
    fn is_twin(&self, row: &Dated) -> bool {
        let is_later = |next: Dated| next.time > row.time;
        self.previous == Some(*row)
            && self.timeline.by_clock() == Some(row.time)
            && self.reader.clone().next().is_none_or(is_later)
    }

    /// How many rows the block has that `first` begins, if it repeats earlier rows, times and readings alike, until the clock
    /// passes the last of them or the text ends; else none.
    fn repeated_rows(&mut self, first: &Dated) -> u32 {
        let last = self.timeline.last_time().filter(|last| first.time < *last);
        let (Some(last), Some(_), 1..) = (last, self.reader.clock(first.time), self.left_to_search) else {
            return 0;
        };
        let Some(mut original) = self.original_of(first) else { return 0 };
        let (mut rows, mut block) = (1_u32, self.reader.clone());
        while let Some(row) = block.next().filter(|row| row.time <= last) {
            if original.next() != Some(row) {
                return 0;
            }
            rows = rows.saturating_add(1);
        }
        if rows > 1 { rows } else { 0 }
    }

    /// A reader behind the first earlier row of the same time, if that equals `row`.
    fn original_of(&mut self, row: &Dated) -> Option<Reader<'a>> {
        let mut original = Reader::new(self.bytes, self.reader.dialect);
        let left = self.reader.lines.rest().len();
        let mut earlier =
            core::iter::from_fn(|| original.next().filter(|_| original.lines.rest().len() > left));
        let found = earlier.find(|candidate| candidate.time == row.time);
        let searched = self.bytes.len().saturating_sub(original.lines.rest().len());
        self.left_to_search = self.left_to_search.saturating_sub(searched);
        (found == Some(*row)).then_some(original)
    }
}
