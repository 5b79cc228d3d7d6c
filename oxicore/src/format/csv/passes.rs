//! The general reader's passes over a text, which take nothing for granted: what the dates tell ([`survey`]), where the
//! first row stands, then all rows in their places ([`walk`]).

pub(super) mod survey;
pub(super) mod walk;

use super::dialect::Dialect;
use crate::error::{ParseError, ParseErrorKind};
use crate::format::counting::Readings;
use crate::format::facts::{Facts, LONGEST_RECORDING};
use crate::format::hints::ParseOptions;
use crate::format::steps::{Steps, is_misleading};
use crate::format::timeline::By;
use crate::notices::Notices;
use crate::time::LocalDateTime;
use crate::units::Span;
use walk::{Reader, Walk};

/// By walks that take nothing for granted: what the dates tell, where the first row stands, then all rows.
pub(super) fn layout(
    bytes: &[u8],
    options: &ParseOptions<'_>,
    dialect: Dialect,
) -> Result<(Facts, Dialect), ParseError> {
    let survey = survey::survey(bytes, &dialect)?;
    let (date_order, rule) = survey.dates.decide(options)?;
    let dialect = Dialect {
        date_order,
        clock_is_set: survey.clock_is_set,
        offset_min: survey.offset_min,
        end: survey.end,
        ..dialect
    };
    let notices = Notices { date_order_rule: Some(rule), ..survey.notices };
    let pass = |steps| Begin::of(bytes, options, dialect, steps)?.pass(bytes, dialect, notices);
    let (mut begin, mut passed) = pass(Steps::FIRST)?;
    if is_misleading(begin.interval, passed.records, passed.last) {
        (begin, passed) = pass(u32::MAX)?;
    }
    let facts = Facts {
        bytes: bytes.len(),
        start: begin.start,
        interval: begin.interval,
        span: passed.last.plus(begin.interval),
        records: passed.records,
        notices: passed.notices,
        device: None,
    };
    let is_fast = dialect.is_fast && passed.notices.duplicates_removed == 0;
    Ok((facts, Dialect { is_fast, ..dialect }))
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
        let interval = options.interval_if_told(told);
        let earlier = interval.as_secs().saturating_mul(before);
        let start = LocalDateTime::from_unix_seconds(time.unix_seconds().saturating_sub(earlier.into()));
        Ok(Self { start: start.unwrap_or(time), interval, is_interval_assumed: told.is_none() })
    }

    /// The third walk.
    fn pass(self, bytes: &[u8], dialect: Dialect, notices: Notices) -> Result<(Self, Passed), ParseError> {
        let notices = Notices { interval_assumed: self.is_interval_assumed, ..notices };
        let walk = Walk::new(bytes, dialect, self.start, self.interval);
        let passed = Passed::over(walk, dialect, self.interval, notices)?;
        Ok((self, passed))
    }
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
        dialect: Dialect,
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
                By::Clock if dialect.clock_is_set => {}
                By::Clock => notices.clock_unset_rows = passed.records,
                By::UnsetClock => notices.clock_unset_rows = notices.clock_unset_rows.saturating_add(1),
                By::StoppedClock => notices.rows_retimed = notices.rows_retimed.saturating_add(1),
            }
        }
        walk.check()?;
        passed.notices.duplicates_removed = walk.repeated();
        Ok(Self { notices: counted.noticed(dialect.is_ring, passed.notices), ..passed })
    }
}
