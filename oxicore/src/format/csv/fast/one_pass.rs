//! A whole text read in one pass: one dialect, one order of dates, a clock that was set and always ran forwards. That is
//! how devices write; what is not so takes the careful walks, and both must always find the same.

use super::rows::Fast;
use crate::batch::{Block, SampleSink};
use crate::format::counting;
use crate::format::csv::dialect::Dialect;
use crate::format::csv::lines::{Line, Lines};
use crate::format::csv::passes::is_interval_unknown;
use crate::format::csv::passes::jump::longest_gap;
use crate::format::csv::passes::survey::Survey;
use crate::format::csv::row::{Readings, Row};
use crate::format::csv::time_column::{Form, When};
use crate::format::facts::{Facts, LONGEST_RECORDING};
use crate::format::hints::ParseOptions;
use crate::format::steps::{Steps, is_misleading};
use crate::notices::Notices;
use crate::sample::Sample;
use crate::time::LocalDateTime;
use crate::units::Span;

/// The layout, once every record has been handed to `sink` in its place; `None` where the text is not regular, and
/// what `sink` was given is worth nothing.
pub(crate) fn layout(
    bytes: &[u8],
    options: &ParseOptions<'_>,
    dialect: Dialect,
    sink: &mut impl SampleSink,
) -> Option<(Facts, Dialect)> {
    let mut pass = Pass::begin(bytes, options, dialect)?;
    let mut sink =
        Counting { counted: counting::Readings::default(), steps: Steps::up_to(Steps::FIRST), sink };
    sink.sample(&pass.first.at(Span::ZERO));
    while pass.go_on(&mut sink)? {}
    pass.layout(bytes, options, sink.counted, sink.steps.most_frequent())
}

/// Counts what passes through, and looks at the first steps.
struct Counting<'s, S> {
    counted: counting::Readings,
    steps: Steps,
    sink: &'s mut S,
}

impl<S: SampleSink> SampleSink for Counting<'_, S> {
    #[inline]
    fn sample(&mut self, sample: &Sample) {
        self.counted.add(sample);
        if !self.steps.is_full() {
            self.steps.add(sample.at.as_secs().into());
        }
        self.sink.sample(sample);
    }

    #[inline]
    fn block(&mut self, block: &Block<'_>) {
        self.counted.block(block);
        if !self.steps.is_full() {
            block.at.iter().for_each(|&at| self.steps.add(at.into()));
        }
        self.sink.block(block);
    }
}

struct Pass<'a> {
    lines: Lines<'a>,
    dialect: Dialect,
    fast: Fast,
    survey: Survey,
    start: LocalDateTime,
    first: Readings,
    /// When the last row was.
    last: LocalDateTime,
}

impl<'a> Pass<'a> {
    /// Up to the first row, whose date must do for the order of all.
    fn begin(bytes: &'a [u8], options: &ParseOptions<'_>, dialect: Dialect) -> Option<Self> {
        let mut lines = Lines::new(bytes);
        let mut fast = Fast::new(&dialect, lines.is_bytes());
        let mut survey = Survey::of(bytes);
        let mut first = |line: &Line<'_>| {
            let Some(row) = survey.add(line, &dialect).ok()? else { return Some(None) };
            let dialect = begun(&mut survey, &row, options, dialect)?;
            let start = moment(&row, &dialect)?;
            fast.learn(line.text, &row, Some(start));
            Some(Some((dialect, start, row.readings)))
        };
        let (dialect, start, first) = loop {
            if let Some(found) = lines.next_with(&mut first)?? {
                break found;
            }
        };
        Some(Self { lines, dialect, fast, survey, start, first, last: start })
    }

    /// The rows of the same date, and the one after them; `Some(false)` at the end of the text.
    fn go_on(&mut self, sink: &mut impl SampleSink) -> Option<bool> {
        self.same_day(sink)?;
        let Self { lines, dialect, fast, survey, .. } = self;
        let next = |line: &Line<'_>| {
            let Some(row) = survey.add(line, dialect).ok()? else { return Some(None) };
            let time = moment(&row, dialect)?;
            fast.learn(line.text, &row, Some(time));
            Some(Some((time, row.readings)))
        };
        let Some(read) = lines.next_with(next) else { return Some(false) };
        if let Some((time, readings)) = read? {
            let longest = longest_gap(dialect).as_secs();
            if time <= self.last || time.seconds_after(self.last) > longest {
                return None;
            }
            self.last = time;
            sink.sample(&readings.at(self.at()?));
        }
        Some(true)
    }

    fn same_day(&mut self, sink: &mut impl SampleSink) -> Option<()> {
        let day = self.last.midnight();
        let from = (self.last.seconds_after(day), day.seconds_after(self.start));
        let run = self.fast.run(&mut self.lines, from, usize::MAX, sink);
        let rows = u32::try_from(run.rows).unwrap_or(u32::MAX);
        self.survey.records = self.survey.records.saturating_add(rows);
        self.survey.count_roundings(run.rounded, run.largest);
        self.last = day.plus_seconds(run.last);
        self.at().map(|_| ())
    }

    /// The place of the last row.
    fn at(&self) -> Option<Span> {
        let at = self.last.unix_seconds().saturating_sub(self.start.unix_seconds());
        u32::try_from(at).ok().map(Span::from_secs).filter(|&at| at < LONGEST_RECORDING)
    }

    fn layout(
        self,
        bytes: &[u8],
        options: &ParseOptions<'_>,
        counted: counting::Readings,
        told: Option<Span>,
    ) -> Option<(Facts, Dialect)> {
        if self.survey.doubtful().is_some() {
            return None;
        }
        let (date_order, rule) = self.survey.dates.decide(options).ok()?;
        let dialect = Dialect { end: self.survey.end, ..self.dialect };
        let interval = options.interval_if_told(told).ok()?;
        if is_interval_unknown(&dialect, interval, told.is_none(), self.survey.records) {
            return None;
        }
        let last = self.at().filter(|&last| !is_misleading(interval, self.survey.records, last))?;
        let span = last.plus(interval);
        let notices =
            Notices { date_order_rule: Some(rule), interval_assumed: told.is_none(), ..self.survey.notices };
        let facts = Facts {
            bytes: bytes.len(),
            start: self.start,
            interval,
            span,
            records: self.survey.records,
            notices: counted.noticed(interval, notices),
            device: None,
        };
        let holds = date_order == dialect.date_order && span <= LONGEST_RECORDING;
        holds.then_some((facts, dialect))
    }
}

/// What the first row tells of all.
fn begun(survey: &mut Survey, row: &Row, options: &ParseOptions<'_>, dialect: Dialect) -> Option<Dialect> {
    let (date_order, _) = survey.dates.decide(options).ok()?;
    let dialect = Dialect { date_order, ..dialect };
    match row.when {
        When::Moment(stamp) => Some(Dialect { offset_min: stamp.offset_min, ..dialect }),
        When::Counted(_) if matches!(dialect.time.form, Form::Clock { .. }) => None,
        When::Counted(_) if dialect.time.is_relative() => {
            Some(Dialect { shift_ms: survey.shift_to_start_ms(options), ..dialect })
        }
        When::Counted(_) => Some(Dialect { set_from: LocalDateTime::END_OF_1970, ..dialect }),
    }
}

/// When a row was, to the second, if its clock was set and it has the zone of the first.
fn moment(row: &Row, dialect: &Dialect) -> Option<LocalDateTime> {
    const A_SECOND_MS: i64 = 1_000;
    match &row.when {
        When::Moment(stamp) => {
            let is_whole = stamp.clock.milliseconds == 0;
            let is_regular = is_whole && !stamp.date.is_unset() && stamp.offset_min == dialect.offset_min;
            stamp.resolve(dialect.date_order).filter(|_| is_regular)
        }
        &When::Counted(ms) => {
            let is_whole = ms.rem_euclid(A_SECOND_MS) == 0;
            let seconds = ms.saturating_add(dialect.shift_ms).div_euclid(A_SECOND_MS);
            let time = LocalDateTime::from_unix_seconds(seconds)?;
            (is_whole && time >= dialect.set_from).then_some(time)
        }
    }
}
