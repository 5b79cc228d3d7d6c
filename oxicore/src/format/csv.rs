//! Text exports of the vendors' apps and of other tools: one row a record, in dialects that differ in header, encoding,
//! clock, date order, sentinel and line end. Dialect table and rules: docs/FORMATS.md, "CSV".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod cells;
mod columns;
mod dates;
mod fast;
mod lines;
mod passes;
mod row;
mod stamp;

use super::Readings;
use super::timeline::{By, Steps, is_misleading};
use crate::batch::SampleSink;
use crate::error::{ParseError, ParseErrorKind};
use crate::recording::{LONGEST_RECORDING, Layout, Notices, ParseOptions, Sample, Source};
use crate::time::LocalDateTime;
use crate::units::Span;
use columns::Columns;
use dates::DateOrder;
use lines::Encoding;
use passes::walk::{Reader, Walk};

/// Fewest bytes a row takes in the texts of the vendors.
const USUAL_ROW: usize = 26;

/// What has to be known to read a row; found once by [`layout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    delimiter: u8,
    columns: Columns,
    date_order: DateOrder,
    /// Some row has a date other than 1970.
    clock_is_set: bool,
    /// Bytes up to the end of the last whole row.
    end: usize,
    /// Plain rows may take the short way.
    is_fast: bool,
}

/// Text: no control characters but tab and line ends at the beginning, and something printable.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    const HEAD: usize = 512;
    let (encoding, mark) = Encoding::of(bytes);
    let head = bytes.get(mark..).unwrap_or_default();
    let head = head.get(..HEAD).unwrap_or(head);
    match encoding {
        Encoding::Bytes => is_printable(head.iter().map(|&byte| byte.into())),
        _ => is_printable(encoding.units(head)),
    }
}

/// Judges all units, so that the compiler can take many at once.
fn is_printable(units: impl Iterator<Item = u16>) -> bool {
    let is_control = |unit: u16| (unit < 0x20 && !matches!(unit, 0x09 | 0x0a | 0x0d)) || unit == 0x7f;
    let (controls, printed) = units.fold((false, false), |(controls, printed), unit| {
        (controls | is_control(unit), printed | (0x21..0x7f).contains(&unit))
    });
    printed && !controls
}

/// The layout, and whether every record was handed to `sink` on the way; if not, [`Rows`] gives them.
pub(crate) fn layout(
    bytes: &[u8],
    options: &ParseOptions<'_>,
    sink: &mut impl SampleSink,
) -> Result<(Layout, bool), ParseError> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(ParseError::at_byte(ParseErrorKind::TooLarge, 0));
    }
    let dialect = passes::survey::dialect(bytes);
    sink.expect(bytes.len().div_euclid(USUAL_ROW).saturating_add(1));
    match fast::one_pass::layout(bytes, options, dialect, sink) {
        Some(layout) => Ok((layout, true)),
        None => layout_of(bytes, options, dialect).map(|layout| (layout, false)),
    }
}

/// What [`layout`] finds when every row goes through the general reader; for tests that hold both equal.
#[cfg(feature = "testing")]
pub(crate) fn general_layout(bytes: &[u8], options: &ParseOptions<'_>) -> Result<Layout, ParseError> {
    layout_of(bytes, options, Dialect { is_fast: false, ..passes::survey::dialect(bytes) })
}

/// By walks that take nothing for granted: what the dates tell, where the first row stands, then all rows.
fn layout_of(bytes: &[u8], options: &ParseOptions<'_>, dialect: Dialect) -> Result<Layout, ParseError> {
    let survey = passes::survey::survey(bytes, &dialect)?;
    let (date_order, rule) = survey.dates.decide(options.file_name)?;
    let dialect = Dialect { date_order, clock_is_set: survey.clock_is_set, end: survey.end, ..dialect };
    let notices = Notices { date_order_rule: Some(rule), ..survey.notices };
    let pass = |steps| Begin::of(bytes, options, dialect, steps)?.pass(bytes, dialect, notices);
    let (mut begin, mut passed) = pass(Steps::FIRST)?;
    if is_misleading(begin.interval, passed.records, passed.last) {
        (begin, passed) = pass(u32::MAX)?;
    }
    Ok(Layout {
        bytes: bytes.len(),
        start: begin.start,
        interval: begin.interval,
        span: passed.last.plus(begin.interval),
        records: passed.records,
        notices: passed.notices,
        device: None,
        source: Source::Csv(Dialect {
            is_fast: dialect.is_fast && passed.notices.duplicates_removed == 0,
            ..dialect
        }),
    })
}

/// The second walk, with the date order known and rarely far: when the first row was, and how far apart rows are.
struct Begin {
    start: LocalDateTime,
    interval: Span,
    is_interval_assumed: bool,
}

impl Begin {
    fn of(
        bytes: &[u8],
        options: &ParseOptions<'_>,
        dialect: Dialect,
        most_steps: u32,
    ) -> Result<Self, ParseError> {
        let mut steps = Steps::up_to(most_steps);
        let (mut first_set, mut last, mut passed_s) = (None, None, 0_i64);
        let mut reader = Reader::new(bytes, dialect);
        let mut before = 0_u32;
        while let Some(row) = reader.next() {
            let time = row.time;
            passed_s = passed_s.saturating_add(last.map_or(0, |last| reader.seconds_between(last, time)));
            steps.add(passed_s);
            last = Some(time);
            if first_set.is_none() {
                first_set = reader.clock(time).map(|time| (time, before));
                before = before.saturating_add(1);
            } else if steps.is_full() {
                break;
            }
        }
        reader.check()?;
        let (time, before) = first_set.ok_or(ParseError::at_byte(ParseErrorKind::NoSamples, bytes.len()))?;
        let told = steps.most_frequent();
        let interval = interval_or(told, options);
        let earlier = interval.as_secs().saturating_mul(before);
        let start = LocalDateTime::from_unix_seconds(time.unix_seconds().saturating_sub(earlier.into()));
        Ok(Self { start: start.unwrap_or(time), interval, is_interval_assumed: told.is_none() })
    }

    /// The third walk.
    fn pass(self, bytes: &[u8], dialect: Dialect, notices: Notices) -> Result<(Self, Passed), ParseError> {
        let notices = Notices { interval_assumed: self.is_interval_assumed, ..notices };
        let walk = Walk::new(bytes, dialect, self.start, self.interval);
        let passed = Passed::over(walk, dialect.clock_is_set, self.interval, notices)?;
        Ok((self, passed))
    }
}

/// What the steps tell; else the caller's, or a second.
fn interval_or(told: Option<Span>, options: &ParseOptions<'_>) -> Span {
    const USUAL: Span = Span::from_secs(1);
    told.unwrap_or_else(|| Span::from_secs(options.interval_or(USUAL)))
}

/// The third walk, over the rows in their places: how many, how far, and what was done to place them.
struct Passed {
    records: u32,
    last: Span,
    notices: Notices,
}

impl Passed {
    /// Fails where a row lies too far from the first.
    fn over(
        mut walk: Walk<'_>,
        clock_is_set: bool,
        interval: Span,
        notices: Notices,
    ) -> Result<Self, ParseError> {
        let mut passed = Self { records: 0, last: Span::ZERO, notices };
        let mut counted = Readings::default();
        while let Some((placed, readings)) = walk.next() {
            if placed.at.plus(interval) > LONGEST_RECORDING {
                return Err(ParseError::at_byte(ParseErrorKind::TooLarge, 0));
            }
            passed.records = passed.records.saturating_add(1);
            passed.last = placed.at;
            counted.add(&readings.at(placed.at));
            let notices = &mut passed.notices;
            match placed.by {
                By::Clock if clock_is_set => {}
                By::Clock => notices.clock_unset_rows = passed.records,
                By::UnsetClock => notices.clock_unset_rows = notices.clock_unset_rows.saturating_add(1),
                By::StoppedClock => notices.rows_retimed = notices.rows_retimed.saturating_add(1),
            }
        }
        walk.check()?;
        passed.notices.duplicates_removed = walk.repeated();
        Ok(Self { notices: counted.noticed(passed.notices), ..passed })
    }
}

/// The rows again, read in place.
#[derive(Clone)]
pub(crate) struct Rows<'a>(Walk<'a>);

impl<'a> Rows<'a> {
    pub(crate) fn new(bytes: &'a [u8], dialect: Dialect, layout: &Layout) -> Self {
        Self(Walk::new(bytes, dialect, layout.start, layout.interval))
    }

    #[inline]
    pub(crate) fn next(&mut self) -> Option<Sample> {
        let (placed, readings) = self.0.next()?;
        Some(readings.at(placed.at))
    }

    /// Hands the samples to `sink`, not more than `limit`: faster than one by one.
    #[inline]
    pub(crate) fn hand_to(self, limit: usize, sink: &mut dyn SampleSink) {
        self.0.hand_to(limit, sink);
    }
}
