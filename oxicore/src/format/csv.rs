//! Text exports of the vendors' apps: one row a record, in dialects that differ in header, clock, date order,
//! sentinel and line end. Columns are told by position: time, SpO2, pulse, motion, then up to two reminders.
//! Dialect table: docs/FORMATS.md, "CSV".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod cells;
mod dates;
mod lines;
mod stamp;

use super::Readings;
use crate::error::{ParseError, ParseErrorKind};
use crate::recording::{Layout, Notices, ParseOptions, Reminders, Sample, Source};
use crate::time::LocalDateTime;
use crate::units::{Motion, PulseRate, Span, Spo2};
use cells::Cells;
use dates::{DateEvidence, DateOrder};
use lines::{Line, Lines};
use stamp::Stamp;

/// What has to be known to read a row; found once by [`layout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    delimiter: u8,
    date_order: DateOrder,
}

/// Text: no control bytes but tab and line ends in the first lines, and something printable.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..512).unwrap_or(bytes);
    let is_control = |b: &u8| (*b < 0x20 && !matches!(b, b'\t' | b'\r' | b'\n')) || *b == 0x7f;
    !head.iter().any(is_control) && head.iter().any(u8::is_ascii_graphic)
}

pub(crate) fn layout(bytes: &[u8], options: &ParseOptions<'_>) -> Result<Layout, ParseError> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(ParseError::at_byte(ParseErrorKind::TooLarge, 0));
    }
    let delimiter = delimiter(bytes);
    let survey = survey(bytes, delimiter)?;
    let (date_order, rule) = survey.dates.decide(options.file_name)?;
    let dialect = Dialect { delimiter, date_order };
    let clock = clock(bytes, dialect, survey.records)?;
    let notices = Notices { date_order_rule: Some(rule), rows_retimed: clock.retimed, ..survey.notices };
    let notices = clock.readings.noticed(notices);
    Ok(Layout {
        bytes: bytes.len(),
        start: clock.start,
        interval: clock.interval,
        span: clock.last.plus(clock.interval),
        records: survey.records,
        notices,
        device: None,
        source: Source::Csv(dialect),
    })
}

/// A comma, unless the first line has none but has semicolons or tabs.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = Lines::new(bytes).next().map_or(&[][..], |line| line.text);
    let has = |byte: u8| first.contains(&byte);
    match () {
        () if has(b',') => b',',
        () if has(b';') => b';',
        () if has(b'\t') => b'\t',
        () => b',',
    }
}

/// The first walk: are all rows readable, how many, and what do their dates tell?
#[derive(Default)]
struct Survey {
    records: u32,
    cells: usize,
    dates: DateEvidence,
    notices: Notices,
}

fn survey(bytes: &[u8], delimiter: u8) -> Result<Survey, ParseError> {
    let mut survey = Survey::default();
    for (index, line) in Lines::new(bytes).enumerate() {
        let cells = line.text.iter().filter(|&&b| b == delimiter).count();
        let is_cut = line.is_unfinished() && survey.records > 0;
        match Row::read(&line, delimiter) {
            Ok(row) if !is_cut || cells >= survey.cells => {
                survey.cells = if survey.records == 0 { cells } else { survey.cells };
                survey.records = survey.records.saturating_add(1);
                survey.dates.add(&row.stamp);
            }
            _ if is_cut => {
                survey.notices.truncated_bytes = u32::try_from(line.text.len()).unwrap_or(u32::MAX);
            }
            Err(_) if is_header(&line, delimiter) => {
                let repeated = u32::from(index > 0);
                survey.notices.rows_dropped = survey.notices.rows_dropped.saturating_add(repeated);
            }
            Err(error) => return Err(error),
            Ok(_) => {}
        }
    }
    if survey.records == 0 {
        return Err(ParseError::at_byte(ParseErrorKind::NoSamples, bytes.len()));
    }
    Ok(survey)
}

/// A line whose first cell has no digit: column names, in whatever language.
fn is_header(line: &Line<'_>, delimiter: u8) -> bool {
    let first = line.text.split(|&b| b == delimiter).next().unwrap_or_default();
    !first.iter().any(u8::is_ascii_digit)
}

/// The second walk, with the date order known: where the clock starts, steps and ends.
struct Clock {
    start: LocalDateTime,
    interval: Span,
    last: Span,
    retimed: u32,
    readings: Readings,
}

fn clock(bytes: &[u8], dialect: Dialect, records: u32) -> Result<Clock, ParseError> {
    let interval = interval(bytes, dialect);
    let mut timeline = None;
    let (mut last, mut retimed, mut readings) = (Span::ZERO, 0_u32, Readings::default());
    for (line, row) in rows(bytes, dialect).take(records as usize) {
        let Some(time) = row.stamp.resolve(dialect.date_order) else {
            return Err(line.error(ParseErrorKind::BadRow("date"), line.text));
        };
        let placed = timeline.get_or_insert(Timeline::new(time, interval)).place(time);
        last = placed.at;
        retimed = retimed.saturating_add(u32::from(placed.retimed));
        readings.add(&row.at(placed.at));
    }
    let start = timeline.map(|t| t.start);
    let start = start.ok_or(ParseError::at_byte(ParseErrorKind::NoSamples, bytes.len()))?;
    Ok(Clock { start, interval, last, retimed, readings })
}

fn rows<'a>(bytes: &'a [u8], dialect: Dialect) -> impl Iterator<Item = (Line<'a>, Row)> {
    Lines::new(bytes).filter_map(move |line| Some((line, Row::read(&line, dialect.delimiter).ok()?)))
}

fn interval(bytes: &[u8], dialect: Dialect) -> Span {
    let mut steps = Steps::default();
    for (_, row) in rows(bytes, dialect) {
        if let Some(time) = row.stamp.resolve(dialect.date_order) {
            steps.add(time);
        }
        if steps.is_full() {
            break;
        }
    }
    steps.most_frequent()
}

/// The first 64 positive steps between rows, and which is the most frequent (the smaller one on a tie).
/// Source: docs/ALGORITHMS.md, "Sampling interval".
struct Steps {
    previous: Option<LocalDateTime>,
    steps: [u32; 64],
    count: usize,
}

impl Default for Steps {
    fn default() -> Self {
        Self { previous: None, steps: [0; 64], count: 0 }
    }
}

impl Steps {
    fn add(&mut self, time: LocalDateTime) {
        let step = self.previous.map_or(0, |p| time.unix_seconds().saturating_sub(p.unix_seconds()));
        self.previous = Some(time);
        let step = u32::try_from(step).unwrap_or(0);
        if let Some(slot) = self.steps.get_mut(self.count)
            && step > 0
        {
            *slot = step;
            self.count = self.count.saturating_add(1);
        }
    }

    const fn is_full(&self) -> bool {
        self.count >= self.steps.len()
    }

    /// One second when no step is positive (a file of one row).
    fn most_frequent(&self) -> Span {
        let steps = self.steps.get(..self.count).unwrap_or_default();
        let votes = |step: u32| steps.iter().filter(|&&s| s == step).count();
        let best = steps.iter().copied().max_by_key(|&s| (votes(s), core::cmp::Reverse(s)));
        Span::from_secs(best.unwrap_or(1))
    }
}

/// Seconds since the first row, always growing: a clock that stands still or runs back advances by one interval.
#[derive(Clone, Debug)]
struct Timeline {
    start: LocalDateTime,
    interval: Span,
    previous: Option<Span>,
}

struct Placed {
    at: Span,
    retimed: bool,
}

impl Timeline {
    const fn new(start: LocalDateTime, interval: Span) -> Self {
        Self { start, interval, previous: None }
    }

    fn place(&mut self, time: LocalDateTime) -> Placed {
        let by_clock = time.unix_seconds().saturating_sub(self.start.unix_seconds());
        let by_clock = u32::try_from(by_clock).ok().map(Span::from_secs);
        let placed = match (by_clock, self.previous) {
            (Some(at), None) => Placed { at, retimed: false },
            (Some(at), Some(previous)) if at > previous => Placed { at, retimed: false },
            (_, previous) => Placed { at: previous.unwrap_or_default().plus(self.interval), retimed: true },
        };
        self.previous = Some(placed.at);
        placed
    }
}

/// One row as written, its date not yet resolved.
struct Row {
    stamp: Stamp,
    spo2: Option<Spo2>,
    pulse: Option<PulseRate>,
    motion: Option<Motion>,
    reminders: Reminders,
}

impl Row {
    fn read(line: &Line<'_>, delimiter: u8) -> Result<Self, ParseError> {
        let wrong = |name, rest: &[u8]| line.error(ParseErrorKind::BadRow(name), rest);
        let (rest, stamp) = stamp::stamp(line.text).map_err(|_| wrong("time", line.text))?;
        let mut cells = Cells::new(rest, delimiter);
        let mut number = |name| {
            let place = cells.rest();
            cells.next_number().map_err(|_| wrong(name, place))
        };
        let spo2 = number("spo2")?.and_then(Spo2::from_device);
        let pulse = number("pulse")?.and_then(PulseRate::from_device);
        let motion = cells.next_optional();
        let reminder = |cell: Option<u32>| cell.is_some_and(|flag| flag != 0);
        let reminders =
            Reminders { spo2: reminder(cells.next_optional()), pulse: reminder(cells.next_optional()) };
        Ok(Self { stamp, spo2, pulse, motion: motion.and_then(Motion::from_device), reminders })
    }

    const fn at(&self, at: Span) -> Sample {
        let Self { spo2, pulse, motion, reminders, .. } = *self;
        Sample { at, spo2, pulse, motion, reminders }
    }
}

/// The rows again, read in place.
#[derive(Clone, Debug)]
pub(crate) struct Rows<'a> {
    lines: Lines<'a>,
    dialect: Dialect,
    timeline: Timeline,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(bytes: &'a [u8], dialect: Dialect, layout: &Layout) -> Self {
        Self { lines: Lines::new(bytes), dialect, timeline: Timeline::new(layout.start, layout.interval) }
    }

    pub(crate) fn next(&mut self) -> Option<Sample> {
        loop {
            let line = self.lines.next()?;
            let Ok(row) = Row::read(&line, self.dialect.delimiter) else { continue };
            let Some(time) = row.stamp.resolve(self.dialect.date_order) else { continue };
            let at = self.timeline.place(time).at;
            return Some(row.at(at));
        }
    }
}
