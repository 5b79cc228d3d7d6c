//! Text exports of the vendors' apps and of other tools: one row a record, in dialects that differ in header, encoding,
//! clock, date order, sentinel and line end. Dialect table and rules: docs/FORMATS.md, "CSV".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod cells;
mod columns;
mod dates;
mod dialect;
mod fast;
mod fraction;
mod judged;
mod lines;
mod names;
mod passes;
mod row;
mod sharing;
mod stamp;
mod time_column;
mod width;

use super::facts::Facts;
use super::hints::ParseOptions;
use crate::batch::SampleSink;
use crate::error::{ParseError, ParseErrorKind};
use crate::notices::Notices;
use crate::sample::Sample;
use crate::time::LocalDateTime;
use crate::units::Span;
use cells::Cells;
use columns::is_spo2;
pub(crate) use dialect::Dialect;
use dialect::Labels;
use lines::{Encoding, Line, Lines};
use passes::walk::Walk;

/// Fewest bytes a row takes in the texts of the vendors.
const USUAL_ROW: usize = 26;

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

/// The facts, how to read a row, and whether every record was handed to `sink` on the way; if not, [`Rows`] gives them.
pub(crate) fn layout(
    bytes: &[u8],
    options: &ParseOptions<'_>,
    sink: &mut impl SampleSink,
) -> Result<(Facts, Dialect, bool), ParseError> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(ParseError::at_byte(ParseErrorKind::TooLarge, 0));
    }
    let (dialect, labels) = Dialect::of(bytes, &options.columns)?;
    sink.expect(bytes.len().div_euclid(USUAL_ROW).saturating_add(1));
    let (found, is_read) = match fast::one_pass::layout(bytes, options, dialect, sink) {
        Some(found) => (found, true),
        None => (general(bytes, options, dialect)?, false),
    };
    let (facts, dialect) = described(bytes, found, options, labels)?;
    Ok((facts, dialect, is_read))
}

/// With the names of the columns, and the start in the zone that the caller gave.
///
/// # Errors
/// Nothing but its place says that a column is SpO2, and its readings look like a pulse or cannot be SpO2; or the rows are
/// those of several people or devices.
fn described(
    bytes: &[u8],
    (facts, dialect): (Facts, Dialect),
    options: &ParseOptions<'_>,
    labels: Labels,
) -> Result<(Facts, Dialect), ParseError> {
    let [spo2_label, pulse_label] = labels;
    let is_named = dialect.is_known || spo2_label.is_some_and(|label| is_spo2(label.as_str().as_bytes()));
    judged::check_source(bytes, &dialect)?;
    let is_placed = !is_named && !dialect.is_chosen;
    if is_placed && (facts.notices.spo2_like_pulse || judged::is_above_all(bytes, &dialect)) {
        let error = ParseError::at_byte(ParseErrorKind::NoOximetry, 0);
        return Err(no_oximetry(bytes, &dialect).unwrap_or(error));
    }
    let facts = Facts { notices: Notices { spo2_label, pulse_label, ..facts.notices }, ..facts };
    let zoned = facts.in_zone(options.zone, dialect.offset_min);
    let shift_s = zoned.start.unix_seconds().saturating_sub(facts.start.unix_seconds());
    Ok((zoned, Dialect { zone_shift_s: i32::try_from(shift_s).unwrap_or(0), ..dialect }))
}

/// The error of a table that has no SpO2, with the names that it has.
fn no_oximetry(bytes: &[u8], dialect: &Dialect) -> Option<ParseError> {
    let names = |line: &Line<'_>| {
        let mut cells = Cells::of_line(line.text, dialect.delimiter);
        let error = line.error(ParseErrorKind::NoOximetry, line.text);
        error.listing(core::iter::from_fn(|| cells.next_cell()))
    };
    in_line(bytes, dialect.header_line, names)
}

/// What [`layout`] finds when every row goes through the general reader; for tests that hold both equal.
#[cfg(feature = "testing")]
pub(crate) fn general_layout(
    bytes: &[u8],
    options: &ParseOptions<'_>,
) -> Result<(Facts, Dialect), ParseError> {
    let (dialect, labels) = Dialect::of(bytes, &options.columns)?;
    let found = general(bytes, options, Dialect { is_fast: false, ..dialect })?;
    described(bytes, found, options, labels)
}

/// By the general reader; where no column can be SpO2, rows are no recording of it.
fn general(
    bytes: &[u8],
    options: &ParseOptions<'_>,
    dialect: Dialect,
) -> Result<(Facts, Dialect), ParseError> {
    passes::layout(bytes, options, dialect).map_err(|error| match error.kind() {
        ParseErrorKind::BadRow("spo2") if !dialect.columns.has_spo2() => {
            no_oximetry(bytes, &dialect).unwrap_or(error)
        }
        ParseErrorKind::ContradictoryDates => {
            let first = |line: &Line<'_>| {
                Cells::of_line(line.text, dialect.delimiter).next_cell().map(|cell| error.showing(cell))
            };
            in_line(bytes, error.line().unwrap_or(0), first).flatten().unwrap_or(error)
        }
        _ => error,
    })
}

/// What `read` makes of the line with this number.
fn in_line<T>(bytes: &[u8], number: u32, read: impl Fn(&Line<'_>) -> T) -> Option<T> {
    let mut lines = Lines::new(bytes);
    let read = |line: &Line<'_>| (line.number == number).then(|| read(line));
    core::iter::from_fn(|| lines.next_with(read)).flatten().next()
}

/// The rows again, read in place.
#[derive(Clone)]
pub(crate) struct Rows<'a>(Walk<'a>);

impl<'a> Rows<'a> {
    pub(crate) fn new(bytes: &'a [u8], dialect: Dialect, start: LocalDateTime, interval: Span) -> Self {
        // The rows are counted from the start as the text writes it.
        let written = start.unix_seconds().saturating_sub(dialect.zone_shift_s.into());
        let start = LocalDateTime::from_unix_seconds(written).unwrap_or(start);
        Self(Walk::new(bytes, dialect, start, interval))
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
