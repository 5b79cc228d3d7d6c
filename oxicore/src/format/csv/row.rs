//! One row of text, read cell by cell: the general reader that knows every dialect.

use super::cells::{BadCell, Cells, before_glued_header, number, rounding};
use super::columns::Role;
use super::dialect::Dialect;
use super::fraction::Doubt;
use super::lines::Line;
use super::time_column::When;
use crate::error::{ParseError, ParseErrorKind};
use crate::sample::{Alarms, Sample};
use crate::units::{Motion, PulseRate, Rounding, Span, Spo2};

/// One row as written, its date not yet resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) when: When,
    /// Bytes of the time, from the start of the line.
    pub(super) time_len: usize,
    pub(super) readings: Readings,
    /// A header followed in the same line: two files were joined without a line end.
    pub(super) is_glued: bool,
    /// By how much SpO2 was rounded, if it was.
    pub(super) rounding: Rounding,
    /// Bytes before a reading that may be the fraction of the cell before it, if there is one.
    pub(super) doubt_at: Option<usize>,
}

/// What the cells after the time say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Readings {
    pub(super) spo2: Option<Spo2>,
    pub(super) pulse: Option<PulseRate>,
    pub(super) motion: Option<Motion>,
    pub(super) alarms: Alarms,
}

impl Readings {
    pub(super) const fn at(self, at: Span) -> Sample {
        let Self { spo2, pulse, motion, alarms } = self;
        Sample { at, spo2, pulse, motion, alarms }
    }
}

impl Row {
    pub(super) fn read(line: &Line<'_>, dialect: &Dialect) -> Result<Self, ParseError> {
        let wrong = |name, rest: &[u8]| unreadable(line, dialect, name, rest);
        let (rest, when) =
            dialect.time.read(line.text, dialect.delimiter).map_err(|place| wrong("time", place))?;
        if matches!(&when, When::Moment(stamp) if stamp.has_unknown_zone) {
            return Err(wrong("zone", line.text));
        }
        let mut reader = Reader::new(Cells::after(rest, dialect.delimiter));
        let doubt = { reader.left_of_time(line.text, dialect) }
            .and_then(|()| reader.all(dialect))
            .and_then(|()| reader.check(dialect))
            .map_err(|(name, place)| wrong(name, place))?;
        Ok(Self {
            doubt_at: doubt.map(|place| line.text.len().saturating_sub(place.len())),
            when,
            time_len: line.text.len().saturating_sub(rest.len()),
            readings: reader.readings,
            is_glued: reader.is_glued,
            rounding: reader.rounding,
        })
    }
}

/// The error of a row whose day does not exist, or not in this calendar, or not on that day of the week.
pub(super) fn no_such_day(line: &Line<'_>, dialect: &Dialect, row: &Row) -> ParseError {
    let fault = match &row.when {
        When::Moment(stamp) => stamp.fault(dialect.date_order),
        When::Counted(_) => "date",
    };
    unreadable(line, dialect, fault, line.text)
}

/// The error of a header below rows that have other columns.
pub(super) fn other_columns(line: &Line<'_>) -> ParseError {
    line.error(ParseErrorKind::BadRow("columns"), line.text).showing(line.text)
}

/// The error of a row that has the fraction of a reading there where another reading should be.
pub(super) fn divided(line: &Line<'_>, dialect: &Dialect, at: usize) -> ParseError {
    unreadable(line, dialect, "fraction", line.text.get(at..).unwrap_or_default())
}

/// The error of a row whose time can be read and does not tell when it was.
pub(super) fn unclear(line: &Line<'_>, dialect: &Dialect) -> ParseError {
    unreadable(line, dialect, "clock", line.text)
}

/// The error of a row whose time lies too far behind that of the row before.
pub(super) fn too_long(line: &Line<'_>, dialect: &Dialect) -> ParseError {
    let mut cells = Cells::of_line(line.text, dialect.delimiter);
    let time = cells.nth_cell(dialect.time.before).unwrap_or_default();
    line.error(ParseErrorKind::TooLarge, line.text).showing(time)
}

/// With the cell at the beginning of `rest`, if anything is in it.
fn unreadable(line: &Line<'_>, dialect: &Dialect, name: &'static str, rest: &[u8]) -> ParseError {
    let error = line.error(ParseErrorKind::BadRow(name), rest);
    let cell = Cells::of_line(rest, dialect.delimiter).next_cell();
    cell.filter(|cell| !cell.is_empty()).map_or(error, |cell| error.showing(cell))
}

/// What may stand behind a reading.
pub(super) const SPO2_UNITS: &[&[u8]] = &[b"%"];
pub(super) const PULSE_UNITS: &[&[u8]] = &[b"bpm", b"/min"];

struct Reader<'a> {
    cells: Cells<'a>,
    readings: Readings,
    has_spo2: bool,
    has_pulse: bool,
    is_glued: bool,
    rounding: Rounding,
    /// Cells so far, and those up to the last one that holds something.
    count: usize,
    filled: usize,
    /// The first cell that the table does not have and that holds something.
    extra: Option<&'a [u8]>,
    doubt: Doubt<'a>,
}

/// What was expected and where.
type Wrong<'a> = (&'static str, &'a [u8]);

impl<'a> Reader<'a> {
    const fn new(cells: Cells<'a>) -> Self {
        let alarms = Alarms { spo2: false, pulse: false };
        let readings = Readings { spo2: None, pulse: None, motion: None, alarms };
        let (count, filled, extra, doubt) = (0, 0, None, Doubt::NONE);
        Self {
            cells,
            readings,
            has_spo2: false,
            has_pulse: false,
            is_glued: false,
            rounding: Rounding::NONE,
            count,
            filled,
            extra,
            doubt,
        }
    }

    /// The readings before the time, which are known by their names alone.
    fn left_of_time(&mut self, text: &'a [u8], dialect: &Dialect) -> Result<(), Wrong<'a>> {
        if !dialect.columns.has_left() {
            return Ok(());
        }
        let right = core::mem::replace(&mut self.cells, Cells::of_line(text, dialect.delimiter));
        for index in 0..dialect.time.before {
            let place = self.cells.next_place();
            self.cell(dialect.columns.left(index)).map_err(|name| (name, place))?;
        }
        *self = Self { cells: right, count: 0, filled: 0, doubt: Doubt::NONE, ..*self };
        Ok(())
    }

    fn all(&mut self, dialect: &Dialect) -> Result<(), Wrong<'a>> {
        for index in 0.. {
            let (place, filled) = (self.cells.next_place(), self.filled);
            if !self.cell(dialect.columns.role(index)).map_err(|name| (name, place))? {
                break;
            }
            if dialect.width.is_beyond(index) && self.filled > filled && self.extra.is_none() {
                self.extra = Some(place);
            }
        }
        Ok(())
    }

    /// Whether the cells were all that a row has, and no more; with the place of one that may be a fraction.
    fn check(&self, dialect: &Dialect) -> Result<Option<&'a [u8]>, Wrong<'a>> {
        let end = self.cells.next_place();
        match (self.has_spo2, self.has_pulse || !dialect.columns.has_pulse()) {
            (true, true) if dialect.width.fits(self.count, self.filled) => {
                self.doubt.of_row(self.count, self.filled, dialect).map_err(|place| ("fraction", place))
            }
            (true, true) => Err(("cells", self.extra.unwrap_or(end))),
            (false, _) => Err(("spo2", end)),
            (_, false) => Err(("pulse", end)),
        }
    }

    /// Reads one cell; `false` after the last one. SpO2 and pulse must be readable, the others may hold anything.
    fn cell(&mut self, role: Role) -> Result<bool, &'static str> {
        if self.is_glued {
            return Ok(false);
        }
        let (before, place) = (self.cells.clone(), self.cells.next_place());
        let Some(cell) = self.cells.next_cell() else { return Ok(false) };
        self.count = self.count.saturating_add(1);
        if !cell.is_empty() {
            self.filled = self.count;
        }
        self.doubt.cell(cell);
        match role {
            Role::Spo2 => {
                let pct = self.value(cell, &before, SPO2_UNITS).or(Err("spo2"))?;
                self.doubt.reading(pct, cell, place);
                self.readings.spo2 = pct.and_then(Spo2::from_device);
                self.rounding = rounding(cell);
                self.has_spo2 = true;
            }
            Role::Pulse => {
                let bpm = self.value(cell, &before, PULSE_UNITS).or(Err("pulse"))?;
                self.doubt.reading(bpm, cell, place);
                self.readings.pulse = bpm.and_then(PulseRate::from_device);
                self.has_pulse = true;
            }
            Role::Motion => {
                let raw = self.value(cell, &before, &[]).unwrap_or(None);
                self.readings.motion = raw.and_then(Motion::from_device);
            }
            Role::Spo2Reminder => self.readings.alarms.spo2 = self.flag(cell, &before),
            Role::PulseReminder => self.readings.alarms.pulse = self.flag(cell, &before),
            Role::Other => {
                let _ = self.value(cell, &before, &[]);
            }
        }
        Ok(true)
    }

    fn flag(&mut self, cell: &[u8], before: &Cells<'_>) -> bool {
        matches!(self.value(cell, before, &[]), Ok(Some(1..)))
    }

    /// The number of a cell, or of the part before a header glued to it.
    fn value(&mut self, cell: &[u8], before: &Cells<'_>, units: &[&[u8]]) -> Result<Option<u32>, BadCell> {
        number(cell, units).or_else(|bad| {
            let place = before.rest().split_first().map_or(&[][..], |(_, place)| place);
            let head = before_glued_header(place, before.delimiter()).ok_or(bad)?;
            let value = number(head.trim_ascii(), units)?;
            self.is_glued = true;
            Ok(value)
        })
    }
}
