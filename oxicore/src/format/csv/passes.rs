//! The general reader's passes over a text, which take nothing for granted: what the dates tell ([`survey`]), where the
//! first row stands, then all rows in their places ([`walk`]).

mod back;
mod fractions;
pub(super) mod jump;
pub(super) mod shared;
pub(super) mod survey;
pub(super) mod walk;

use super::dialect::Dialect;
use crate::error::{ParseError, ParseErrorKind};
use crate::format::counting::Readings;
use crate::format::csv::lines::error_at;
use crate::format::csv::row::unclear;
use crate::format::csv::sharing::Sharing;
use crate::format::csv::time_column::Form;
use crate::format::facts::{Facts, LONGEST_RECORDING};
use crate::format::hints::ParseOptions;
use crate::format::steps::{Steps, is_misleading};
use crate::format::timeline::By;
use crate::notices::Notices;
use crate::time::LocalDateTime;
use crate::units::Span;
use back::Back;
use walk::{Reader, Walk};

/// By walks that take nothing for granted: what the dates tell, where the first row stands, then all rows; once more
/// where the clock was found not to be set at the beginning, or to be coarser than the rows.
pub(super) fn layout(
    bytes: &[u8],
    options: &ParseOptions<'_>,
    dialect: Dialect,
) -> Result<(Facts, Dialect), ParseError> {
    let mut survey = survey::survey(bytes, &dialect)?;
    let mut dialect = surveyed(&mut survey, options, dialect)?;
    let pass = |dialect| Pass { bytes, options, dialect, notices: survey.notices }.as_first_steps_tell();
    let mut passed = pass(dialect);
    if !dialect.time.is_relative()
        && is_long(&passed)
        && let Some(set_from) = jump::set_from(bytes, dialect)?
    {
        dialect.set_from = set_from;
        passed = pass(dialect);
    }
    if is_stretched(&passed)
        && let Some(found) = shared::find(bytes, dialect)?
    {
        dialect.sharing = found.sharing;
        passed = Pass { bytes, options, dialect, notices: survey.notices }.shared(&found);
    }
    let (begin, passed) = passed?;
    if let Some(line) = passed.back.is_disorder(passed.records).filter(|_| !dialect.width.names_reminders()) {
        return Err(error_at(bytes, line, |line| unclear(line, &dialect)));
    }
    if is_finer_than_seconds(&dialect, &passed) {
        return Err(error_at(bytes, survey.first_line, |line| unclear(line, &dialect)));
    }
    if is_interval_unknown(&dialect, begin.interval, begin.is_interval_assumed, passed.records) {
        return Err(error_at(bytes, survey.first_line, |line| unclear(line, &dialect)));
    }
    Ok(facts(bytes, dialect, &begin, &passed))
}

/// The dialect with what the survey tells; and of times since a beginning, where that was.
fn surveyed(
    survey: &mut survey::Survey,
    options: &ParseOptions<'_>,
    dialect: Dialect,
) -> Result<Dialect, ParseError> {
    let (date_order, rule) = survey.dates.decide(options)?;
    survey.notices.date_order_rule = Some(rule);
    let mut shift_ms = survey.fractions.shift_ms();
    if dialect.time.is_relative() {
        shift_ms = shift_ms.saturating_add(survey.shift_to_start_ms(options));
    }
    let is_set = survey.clock_is_set && !dialect.time.is_relative();
    Ok(Dialect {
        date_order,
        shift_ms,
        clock_is_set: survey.clock_is_set,
        set_from: if is_set { LocalDateTime::END_OF_1970 } else { LocalDateTime::EPOCH },
        offset_min: survey.offset_min,
        end: survey.end,
        is_fast: dialect.is_fast && !survey.fractions.are_written(),
        ..dialect
    })
}

type Passes = Result<(Begin, Passed), ParseError>;

fn is_too_large(error: &ParseError) -> bool {
    error.kind() == ParseErrorKind::TooLarge
}

/// Rows that reach over more than a month, or further than can be counted, or whose clock ends before it began.
fn is_long(passes: &Passes) -> bool {
    let is_so = |passed: &Passed| {
        let runs_back = passed.notices.rows_retimed > 0 && passed.clock == Span::ZERO;
        passed.last > jump::SUSPICIOUS || runs_back
    };
    passes.as_ref().map_or_else(is_too_large, |(_, passed)| is_so(passed))
}

/// Rows that were placed one interval after another where their clock said less, or lie mostly between seconds far apart.
fn is_stretched(passes: &Passes) -> bool {
    let is_so = |(begin, passed): &(Begin, Passed)| {
        let Passed { last, clock, notices, records, .. } = passed;
        let beyond = last.as_secs().saturating_sub(clock.as_secs());
        let is_later = notices.rows_retimed > 0 && beyond > clock.as_secs() / 50;
        is_later || (notices.readings_skipped >= *records && begin.interval > Span::from_secs(1))
    };
    passes.as_ref().map_or_else(is_too_large, is_so)
}

/// Rows further apart are the summary of something.
const LONGEST_STEP: Span = Span::from_secs(1_800);

/// Whether a number without a unit would be minutes rather than seconds, what should count never does, or rows are a summary:
/// mostly more than half an hour apart, in a table that is not of this maker's apps.
pub(super) fn is_interval_unknown(dialect: &Dialect, interval: Span, is_assumed: bool, records: u32) -> bool {
    const LONGEST: Span = Span::from_secs(120);
    let is_summary = !dialect.is_known && interval > LONGEST_STEP && !is_assumed;
    let is_unsure = matches!(dialect.time.form, Form::Elapsed(_, false)) && interval > LONGEST;
    let stands = dialect.time.form != Form::Moment && is_assumed && records > 1;
    is_unsure || stands || is_summary
}

/// Whether numbers without a unit are more than ten a second: then they count minutes or hours rather than seconds.
const fn is_finer_than_seconds(dialect: &Dialect, passed: &Passed) -> bool {
    matches!(dialect.time.form, Form::Elapsed(_, false))
        && passed.notices.readings_skipped > passed.records.saturating_mul(10)
}

fn facts(bytes: &[u8], dialect: Dialect, begin: &Begin, passed: &Passed) -> (Facts, Dialect) {
    let facts = Facts {
        bytes: bytes.len(),
        start: begin.start,
        interval: begin.interval,
        span: passed.last.plus(begin.interval),
        records: passed.records,
        notices: passed.notices.clock_judged(passed.records),
        device: None,
    };
    let is_plain = dialect.sharing == Sharing::None && passed.notices.duplicates_removed == 0;
    (facts, Dialect { is_fast: dialect.is_fast && is_plain, ..dialect })
}

/// What the second and the third walk need.
#[derive(Clone, Copy)]
struct Pass<'a> {
    bytes: &'a [u8],
    options: &'a ParseOptions<'a>,
    dialect: Dialect,
    notices: Notices,
}

impl Pass<'_> {
    /// With the interval that the first steps tell, or all where those mislead.
    fn as_first_steps_tell(self) -> Passes {
        let of = |steps| {
            Begin::of(self.bytes, self.options, self.dialect, steps).and_then(|begin| self.over(begin))
        };
        let (begin, passed) = of(Steps::FIRST)?;
        if is_misleading(begin.interval, passed.records, passed.last) {
            return of(u32::MAX);
        }
        Ok((begin, passed))
    }

    /// The same of rows that share readings of the clock.
    fn shared(self, found: &shared::Found) -> Passes {
        match found.sharing {
            Sharing::Spread(pace) => {
                let interval = pace.interval();
                self.over(Begin { start: found.start, interval, is_interval_assumed: false })
            }
            _ => self.as_first_steps_tell(),
        }
    }

    /// The third walk.
    fn over(self, begin: Begin) -> Passes {
        let notices = Notices { interval_assumed: begin.is_interval_assumed, ..self.notices };
        let walk = Walk::new(self.bytes, self.dialect, begin.start, begin.interval);
        let passed = Passed::over(walk, self.dialect, begin.interval, notices)?;
        Ok((begin, passed))
    }
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
        let mut direction = Direction::default();
        while let Some(row) = reader.next() {
            let time = row.time;
            direction.add(last.map_or(0, |last| reader.seconds_between(last, time)), reader.line());
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
        if let Some(line) = direction.back() {
            return Err(error_at(bytes, line, |line| unclear(line, &dialect)));
        }
        let (time, before) = first_set.ok_or(ParseError::at_byte(ParseErrorKind::NoSamples, bytes.len()))?;
        let told = steps.most_frequent();
        let interval = options.interval_if_told(told)?;
        let earlier = interval.as_secs().saturating_mul(before);
        let start = LocalDateTime::from_unix_seconds(time.unix_seconds().saturating_sub(earlier.into()));
        Ok(Self { start: start.unwrap_or(time), interval, is_interval_assumed: told.is_none() })
    }
}

/// How often the clock ran forward and back, and in which line it first ran back.
#[derive(Default)]
struct Direction {
    forward: u32,
    back: u32,
    line: Option<u32>,
}

impl Direction {
    fn add(&mut self, seconds: i64, line: u32) {
        self.forward = self.forward.saturating_add((seconds > 0).into());
        if seconds < 0 {
            self.back = self.back.saturating_add(1);
            self.line = self.line.or(Some(line));
        }
    }

    /// The line, where the rows stand the other way round: the last comes first.
    fn back(&self) -> Option<u32> {
        self.line.filter(|_| self.back > 2 && self.back > self.forward)
    }
}

/// The third walk, over the rows in their places: how many, how far, and what was done to place them.
struct Passed {
    records: u32,
    last: Span,
    /// From the first row to what the clock of the last one says.
    clock: Span,
    back: Back,
    notices: Notices,
}

impl Passed {
    /// Fails where a row lies too far from the first.
    fn over(
        mut walk: Walk<'_>,
        dialect: Dialect,
        interval: Span,
        notices: Notices,
    ) -> Result<Self, ParseError> {
        let mut passed =
            Self { records: 0, last: Span::ZERO, clock: Span::ZERO, back: Back::default(), notices };
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
                By::Clock if dialect.clock_is_set => {}
                By::Clock => notices.clock_unset_rows = passed.records,
                By::UnsetClock => notices.clock_unset_rows = notices.clock_unset_rows.saturating_add(1),
                By::Pace => notices.rows_spread = notices.rows_spread.saturating_add(1),
                By::StoppedClock => notices.rows_retimed = notices.rows_retimed.saturating_add(1),
            }
        }
        walk.check()?;
        passed.notices.duplicates_removed = walk.repeated();
        passed.notices.readings_skipped = walk.skipped();
        passed.clock = walk.clock_span();
        passed.back = walk.back();
        Ok(Self { notices: counted.noticed(interval, passed.notices), ..passed })
    }
}
