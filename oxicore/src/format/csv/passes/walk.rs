//! The rows in order, each in its place in time, without the blocks that a text repeats.

use crate::batch::SampleSink;
use crate::error::ParseError;
use crate::format::csv::dialect::Dialect;
use crate::format::csv::fast::{Fast, SameDay};
use crate::format::csv::lines::Lines;
use crate::format::csv::passes::back::Back;
use crate::format::csv::passes::jump;
use crate::format::csv::row::{Readings, Row, no_such_day};
use crate::format::csv::sharing::{Pace, Sharing};
use crate::format::csv::time_column::{Form, When};
use crate::format::timeline::{By, Placed, Timeline};
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
    /// Of a clock without a date: what it said last, the days before it counted; milliseconds.
    counted_ms: i64,
    /// The first row whose day does not exist.
    bad: Option<ParseError>,
}

/// A row whose date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dated {
    pub(crate) time: LocalDateTime,
    /// Milliseconds after it.
    pub(crate) part_ms: u16,
    pub(crate) readings: Readings,
}

impl Dated {
    /// Milliseconds since 1970.
    pub(crate) fn exact_ms(&self) -> i64 {
        self.time.unix_seconds().saturating_mul(1_000).saturating_add(self.part_ms.into())
    }
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8], dialect: Dialect) -> Self {
        let lines = Lines::new(bytes.get(..dialect.end).unwrap_or(bytes));
        let fast = Fast::new(&dialect, lines.is_bytes());
        Self { lines, dialect, fast, day: LocalDateTime::EPOCH, counted_ms: 0, bad: None }
    }

    /// The next row. One whose day does not exist is passed over and remembered for [`check`](Self::check).
    pub(crate) fn next(&mut self) -> Option<Dated> {
        let Some(SameDay { second, readings, len, .. }) = self.fast.read(self.lines.rest()) else {
            return self.next_general();
        };
        self.lines.skip_lines(1, len);
        Some(Dated { time: self.day.plus_seconds(second), part_ms: 0, readings })
    }

    #[inline(never)]
    fn next_general(&mut self) -> Option<Dated> {
        loop {
            let Self { lines, dialect, fast, bad, counted_ms, .. } = self;
            let read = lines.next_with(|line| {
                let row = Row::read(line, dialect).ok()?;
                let (moment, may_learn) = moment(&row, dialect, counted_ms);
                if moment.is_none() {
                    *bad = bad.or(Some(no_such_day(line, dialect, &row)));
                } else if may_learn {
                    fast.learn(line.text, &row, moment.map(|(time, _)| time));
                } else {
                    fast.forget();
                }
                let (time, part_ms) = moment?;
                Some(Dated { time, part_ms, readings: row.readings })
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

    /// Number of the last row's line.
    pub(crate) const fn line(&self) -> u32 {
        self.lines.number()
    }

    /// From one row to the next; by the time of day, which outlives the date, where only one of them has a date.
    pub(crate) fn seconds_between(&self, last: LocalDateTime, next: LocalDateTime) -> i64 {
        const A_DAY: i64 = 86_400;
        let seconds = next.unix_seconds().saturating_sub(last.unix_seconds());
        let is_alike = self.clock(last).is_some() == self.clock(next).is_some();
        if is_alike { seconds } else { seconds.rem_euclid(A_DAY) }
    }

    /// What the clock said, unless nobody had set it.
    #[inline]
    pub(crate) fn clock(&self, time: LocalDateTime) -> Option<LocalDateTime> {
        (time >= self.dialect.set_from).then_some(time)
    }
}

/// A moment and the milliseconds after it, if there is such a day; and whether other rows of the day are as this one.
fn moment(row: &Row, dialect: &Dialect, counted_ms: &mut i64) -> (Option<(LocalDateTime, u16)>, bool) {
    const A_SECOND_MS: i64 = 1_000;
    let at = |seconds: i64| LocalDateTime::from_unix_seconds(seconds);
    let (ms, is_plain) = match &row.when {
        When::Moment(stamp) => {
            let (written, shift_s) = (stamp.resolve(dialect.date_order), stamp.shift_s(dialect.offset_min));
            let Some(written) = written else { return (None, false) };
            let seconds = written.unix_seconds().saturating_add(shift_s);
            if stamp.clock.milliseconds == 0 && dialect.shift_ms == 0 {
                return (at(seconds).map(|time| (time, 0)), shift_s == 0);
            }
            (
                seconds.saturating_mul(A_SECOND_MS).saturating_add(stamp.clock.milliseconds.into()),
                shift_s == 0,
            )
        }
        &When::Counted(ms) => (days_counted(ms, dialect, counted_ms), ms.rem_euclid(A_SECOND_MS) == 0),
    };
    let ms = ms.saturating_add(dialect.shift_ms);
    let part_ms = u16::try_from(ms.rem_euclid(A_SECOND_MS)).unwrap_or(0);
    (at(ms.div_euclid(A_SECOND_MS)).map(|time| (time, part_ms)), is_plain)
}

/// A clock without a date begins anew at midnight: it runs back by more than half a day.
fn days_counted(ms: i64, dialect: &Dialect, counted_ms: &mut i64) -> i64 {
    const A_DAY_MS: i64 = 86_400_000;
    if !matches!(dialect.time.form, Form::Clock { .. }) {
        return ms;
    }
    let days = counted_ms.div_euclid(A_DAY_MS).saturating_mul(A_DAY_MS);
    let mut counted = ms.rem_euclid(A_DAY_MS).saturating_add(days);
    if ms >= A_DAY_MS {
        counted = ms;
    } else if counted < counted_ms.saturating_sub(A_DAY_MS / 2) {
        counted = counted.saturating_add(A_DAY_MS);
    }
    *counted_ms = counted;
    counted
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
    /// How often the clock ran back, and by how much at most.
    back: Back,
    /// Rows between whole seconds that were passed over.
    skipped: u32,
    /// Of rows at an even pace, what the last one's place and the pace are measured in: seconds, so many times the rows.
    evenly: Option<u64>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(bytes: &'a [u8], dialect: Dialect, start: LocalDateTime, interval: Span) -> Self {
        let (reader, timeline) = (Reader::new(bytes, dialect), Timeline::new(start, interval));
        let left_to_search = bytes.len().saturating_mul(SEARCHES);
        Self {
            bytes,
            reader,
            timeline,
            previous: None,
            left_to_search,
            repeated: 0,
            back: Back::default(),
            skipped: 0,
            evenly: None,
        }
    }

    /// An error if the day of some row so far does not exist.
    pub(crate) fn check(&self) -> Result<(), ParseError> {
        self.reader.check()
    }

    /// Rows passed over so far because they repeated others.
    pub(crate) const fn repeated(&self) -> u32 {
        self.repeated
    }

    /// How often the clock ran back so far, other than into a repeated block.
    pub(super) const fn back(&self) -> Back {
        self.back
    }

    /// Rows passed over so far because they stood between whole seconds.
    pub(crate) const fn skipped(&self) -> u32 {
        self.skipped
    }

    /// From the start to what the last row's clock said; nothing where that is no later.
    pub(crate) fn clock_span(&self) -> Span {
        let last = self.timeline.last_time().unwrap_or(self.timeline.start());
        let span = last.unix_seconds().saturating_sub(self.timeline.start().unix_seconds());
        Span::from_secs(u32::try_from(span).unwrap_or(0))
    }

    #[inline]
    pub(crate) fn next(&mut self) -> Option<(Placed, Readings)> {
        if let Sharing::Spread(pace) = self.reader.dialect.sharing {
            return self.next_evenly(pace);
        }
        let row = self.next_once()?;
        self.previous = Some(row);
        Some((self.timeline.place(self.reader.clock(row.time)), row.readings))
    }

    /// Number of the last row's line.
    pub(crate) const fn line(&self) -> u32 {
        self.reader.line()
    }

    /// What the clock said, unless nobody had set it.
    pub(crate) fn clock(&self, time: LocalDateTime) -> Option<LocalDateTime> {
        self.reader.clock(time)
    }

    /// The next row without a place.
    pub(crate) fn next_row(&mut self) -> Option<Dated> {
        let row = self.next_once()?;
        self.timeline.see(self.reader.clock(row.time));
        self.previous = Some(row);
        Some(row)
    }

    /// The next row that is no copy.
    #[inline]
    fn next_once(&mut self) -> Option<Dated> {
        let row = self.reader.next()?;
        match self.timeline.last_time() {
            Some(last) if row.time <= last => self.pass_over_repeats(row),
            _ => Some(row),
        }
    }

    /// The next row that stands a second or more after the one before, at this pace, and never before its own clock.
    #[cold]
    fn next_evenly(&mut self, pace: Pace) -> Option<(Placed, Readings)> {
        let rows = u64::from(pace.rows.max(1));
        loop {
            let row = self.next_once()?;
            let time = self.reader.clock(row.time);
            let start = self.timeline.start().unix_seconds();
            let own = time.and_then(|time| u64::try_from(time.unix_seconds().saturating_sub(start)).ok());
            let own = own.unwrap_or(0).saturating_mul(rows);
            let paced = self.evenly.map(|last| last.saturating_add(pace.seconds.into()));
            let place = paced.unwrap_or(0).max(own);
            let at = |place: u64| Span::from_secs(u32::try_from(place.div_euclid(rows)).unwrap_or(u32::MAX));
            let is_new = self.evenly.is_none_or(|last| at(last) < at(place));
            (self.evenly, self.previous) = (Some(place), Some(row));
            if is_new {
                let by = if place == own { By::Clock } else { By::Pace };
                return Some((self.timeline.put(Placed { at: at(place), by }, time), row.readings));
            }
            self.timeline.see(time);
            self.skipped = self.skipped.saturating_add(1);
        }
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
            if self.is_between_seconds(&row) {
                (self.skipped, self.previous) = (self.skipped.saturating_add(1), Some(row));
                row = self.reader.next()?;
                continue;
            }
            let rows = if self.is_twin(&row) { 1 } else { self.repeated_rows(&row) };
            if rows == 0 {
                self.note_back(row.time);
                return Some(row);
            }
            self.repeated = self.repeated.saturating_add(rows);
            for _ in 1..rows {
                self.reader.next();
            }
            row = self.reader.next()?;
        }
    }

    /// Takes note of a row whose clock says less than that of the row before.
    fn note_back(&mut self, time: LocalDateTime) {
        let last = self.timeline.last_time().filter(|_| self.reader.clock(time).is_some());
        let by_s = last.map_or(0, |last| last.unix_seconds().saturating_sub(time.unix_seconds()));
        if by_s > 0 {
            self.back.add(by_s, jump::is_unset(time), self.reader.line());
        }
    }

    /// Whether a row is the one before it once more, as where two parts of a text share it. A clock that stands still
    /// gives more than two.
    fn is_twin(&self, row: &Dated) -> bool {
        let is_later = |next: Dated| next.time > row.time;
        match self.reader.dialect.sharing {
            Sharing::None => {}
            Sharing::Copies => return self.previous == Some(*row),
            Sharing::Spread(_) => return false,
        }
        self.previous == Some(*row)
            && self.timeline.by_clock() == Some(row.time)
            && self.reader.clone().next().is_none_or(is_later)
    }

    /// Whether a row is less than a second after the one before, as its fraction of a second tells.
    fn is_between_seconds(&self, row: &Dated) -> bool {
        let is_spread = matches!(self.reader.dialect.sharing, Sharing::Spread(_));
        let is_later = |last: Dated| last.time == row.time && last.part_ms < row.part_ms;
        !is_spread && self.timeline.last_time() == Some(row.time) && self.previous.is_some_and(is_later)
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
        let begin = self.reader.lines.rest().len();
        while let Some(row) = block.next().filter(|row| row.time <= last) {
            if original.next() != Some(row) {
                let goes_on = row.time == last && original.lines.rest().len() <= begin;
                if goes_on {
                    break; // with rows that share the last reading of the clock
                }
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
