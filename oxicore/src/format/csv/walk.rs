//! The rows in order, each in its place in time, without the blocks that a text repeats.

use super::clock::{Placed, Timeline};
use super::lines::Lines;
use super::row::{Readings, Row};
use super::stamp::Stamp;
use super::{DateOrder, Dialect};
use crate::error::{ParseError, ParseErrorKind};
use crate::time::LocalDateTime;
use crate::units::Span;

/// A clock that runs back may begin a repeated block; so many times the file is searched for the block's original.
const SEARCHES: u8 = 8;

/// Reads rows one after another; lines that hold none were found to be headers by the survey.
#[derive(Clone, Debug)]
pub(super) struct Reader<'a> {
    lines: Lines<'a>,
    dialect: Dialect,
}

/// A row whose date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) time: LocalDateTime,
    pub(super) readings: Readings,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], dialect: Dialect) -> Self {
        Self { lines: Lines::new(bytes.get(..dialect.end).unwrap_or(bytes)), dialect }
    }

    /// The next row; an error where its day does not exist.
    pub(super) fn next(&mut self) -> Option<Result<Dated, ParseError>> {
        loop {
            let dialect = self.dialect;
            let read = self.lines.next_with(|line| {
                let row = Row::read(line, &dialect).ok()?;
                let no_day = || line.error(ParseErrorKind::BadRow("date"), line.text);
                Some(dated(row.stamp, dialect.date_order, row.readings).ok_or_else(no_day))
            })?;
            if read.is_some() {
                return read;
            }
        }
    }

    fn next_dated(&mut self) -> Option<Dated> {
        loop {
            if let Ok(row) = self.next()? {
                return Some(row);
            }
        }
    }

    /// What the clock said, unless nobody had set it.
    pub(super) fn clock(&self, time: LocalDateTime) -> Option<LocalDateTime> {
        let is_unset = self.dialect.clock_is_set && time.date().0 == 1970;
        (!is_unset).then_some(time)
    }
}

fn dated(stamp: Stamp, order: DateOrder, readings: Readings) -> Option<Dated> {
    Some(Dated { time: stamp.resolve(order)?, readings })
}

/// Gives every row its place.
#[derive(Clone, Debug)]
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    reader: Reader<'a>,
    timeline: Timeline,
    searches: u8,
    repeated: u32,
}

impl<'a> Walk<'a> {
    pub(super) fn new(bytes: &'a [u8], dialect: Dialect, start: LocalDateTime, interval: Span) -> Self {
        let timeline = Timeline::new(start, interval);
        Self { bytes, reader: Reader::new(bytes, dialect), timeline, searches: SEARCHES, repeated: 0 }
    }

    /// Rows passed over so far because they repeated others.
    pub(super) const fn repeated(&self) -> u32 {
        self.repeated
    }

    pub(super) fn next(&mut self) -> Option<(Placed, Readings)> {
        let mut row = self.reader.next_dated()?;
        while let Some((rows, after)) = self.repeated_block(&row) {
            self.repeated = self.repeated.saturating_add(rows);
            self.reader = after;
            row = self.reader.next_dated()?;
        }
        Some((self.timeline.place(self.reader.clock(row.time)), row.readings))
    }

    /// The rows of the block that `first` begins, and the reader behind it, if the block repeats earlier rows, times
    /// and readings alike, until the clock passes the last of them or the text ends.
    fn repeated_block(&mut self, first: &Dated) -> Option<(u32, Reader<'a>)> {
        let last = self.timeline.last_time().filter(|last| first.time < *last)?;
        self.searches = self.reader.clock(first.time).and_then(|_| self.searches.checked_sub(1))?;
        let mut original = self.original_of(first)?;
        let (mut rows, mut after) = (1_u32, self.reader.clone());
        let mut block = after.clone();
        while let Some(row) = block.next_dated().filter(|row| row.time <= last) {
            original.next_dated().filter(|original| *original == row)?;
            rows = rows.saturating_add(1);
            after = block.clone();
        }
        (rows > 1).then_some((rows, after))
    }

    /// A reader behind the first earlier row that equals `row`.
    fn original_of(&self, row: &Dated) -> Option<Reader<'a>> {
        let mut original = Reader::new(self.bytes, self.reader.dialect);
        loop {
            let candidate = original.next_dated()?;
            if original.lines.rest().len() <= self.reader.lines.rest().len() {
                return None;
            }
            if candidate.time == row.time {
                return (candidate == *row).then_some(original);
            }
        }
    }
}
