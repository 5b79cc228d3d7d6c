//! The row that nearly all lines are, read without looking at it twice: the date of the row before, letter by letter, and
//! two to five plain numbers. Everything else is left to the general reader, which this one must always equal.

use super::clock::{Clock, NO_TIME};
use super::head::Head;
use super::number::Counted;
use super::table::Table;
use super::usual::{REMINDERS, Usual};
use super::values::Numbers;
use crate::batch::{BLOCK, Gathered, SampleSink};
use crate::format::csv::columns::Columns;
use crate::format::csv::dialect::Dialect;
use crate::format::csv::lines::Lines;
use crate::format::csv::row::{Readings, Row};
use crate::format::csv::time_column::{TimeColumn, When};
use crate::format::csv::width::Width;
use crate::time::LocalDateTime;
use crate::units::{Rounding, Span};

/// What the row before had: the same date, letter by letter, and mostly the same minute.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fast {
    is_possible: bool,
    time: TimeColumn,
    delimiter: u8,
    is_vendors: bool,
    width: Width,
    columns: Columns,
    known: Known,
}

/// Nothing, as long as no row was read.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    head: Head,
    clock: Clock,
    usual: Usual,
    /// Where the time is no moment.
    counted: Option<Counted>,
    /// Of other columns than the vendors', or with more than plain numbers in them.
    table: Option<Table>,
}

/// A row of the same date as the one before.
pub(crate) struct SameDay {
    /// Seconds since midnight.
    pub(crate) second: u32,
    pub(crate) readings: Readings,
    /// By how much SpO2 was rounded, if it was.
    pub(crate) rounding: Rounding,
    /// Bytes of the line and its end.
    pub(crate) len: usize,
}

/// How far [`Fast::run`] came.
#[derive(Clone, Copy, Default)]
pub(crate) struct Run {
    pub(crate) rows: usize,
    /// Seconds since midnight of the last row; what was given if there was none.
    pub(crate) last: u32,
    /// Rows whose SpO2 was rounded, and by how much at most.
    pub(crate) rounded: u32,
    pub(crate) largest: Rounding,
}

impl Fast {
    /// A byte a character, and no readings before the time.
    pub(crate) fn new(dialect: &Dialect, is_bytes: bool) -> Self {
        let &Dialect { time, delimiter, width, columns, .. } = dialect;
        Self {
            is_possible: is_bytes && dialect.is_fast && !columns.has_left(),
            time,
            delimiter,
            is_vendors: delimiter == b',' && columns == Columns::VENDOR,
            width,
            columns,
            known: Known::default(),
        }
    }

    /// Remembers the form of a row that the general reader has read from `text`, and its time: without it what is counted tells
    /// no day.
    pub(crate) fn learn(&mut self, text: &[u8], row: &Row, time: Option<LocalDateTime>) {
        let divided = text.split_at_checked(row.time_len.saturating_add(1)).filter(|_| self.is_possible);
        let known = divided.and_then(|(cells, values)| {
            let cell = self.time_cell(cells)?;
            let known = self.known_time(cell, &row.when, time)?;
            let is_plain = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b',' | b'-');
            if !self.is_vendors || !values.iter().all(is_plain) {
                let table = Table::new(self.delimiter, self.columns, self.width).like(values);
                return Some(Known { table: Some(table), ..known });
            }
            let usual = Usual::of(text, cell).filter(|_| cell.len() == cells.len());
            let usual = usual.filter(|usual| self.width.is_named() && usual.cells() == self.width.cells());
            Some(Known { usual: usual.unwrap_or_default(), ..known })
        });
        self.known = known.unwrap_or_default();
    }

    fn known_time(&self, cell: &[u8], when: &When, time: Option<LocalDateTime>) -> Option<Known> {
        match when {
            When::Moment(stamp) => {
                let head = Head::of(cell)?;
                let clock = Clock::new(head.clock(cell)?.0, &stamp.clock)?;
                Some(Known { head, clock, ..Known::default() })
            }
            &When::Counted(ms) => {
                let counted = Counted::of(self.time.form, self.delimiter, ms, time?)?;
                Some(Known { counted: Some(counted), ..Known::default() })
            }
        }
    }

    /// Leaves the next row to the general reader.
    pub(crate) fn forget(&mut self) {
        self.known = Known::default();
    }

    /// Hands rows of one date to `sink`, as long as their clocks grow from `last`, and not more than `limit`.
    /// `midnight` is the place of the date's first second; it may lie before the first row and then wraps around.
    #[inline]
    pub(crate) fn run(
        &mut self,
        lines: &mut Lines<'_>,
        (last, midnight): (u32, u32),
        limit: usize,
        sink: &mut (impl SampleSink + ?Sized),
    ) -> Run {
        self.known.count_from(midnight);
        let mut rest = lines.rest();
        let mut run = Run { last: midnight.wrapping_add(last), ..Run::default() };
        let mut block = Gathered::EMPTY;
        while run.rows < limit {
            let most = limit.wrapping_sub(run.rows).min(BLOCK);
            let (found, after) = match self.known.usual.reminders {
                _ if self.known.table.is_some() => (RowsRead { rows: 0, last: run.last }, rest),
                0 => block.take::<0>(self, rest, run.last, most),
                _ => block.take::<REMINDERS>(self, rest, run.last, most),
            };
            if found.rows > 0 {
                sink.block(&block.block(found.rows));
                run = Run { rows: run.rows.wrapping_add(found.rows), last: found.last, ..run };
                rest = after;
            } else if let Some(row) = self.read(rest).filter(|row| is_later(row.second, run.last)) {
                run = run.with(&row);
                rest = rest.get(row.len..).unwrap_or_default();
                sink.sample(&row.readings.at(Span::from_secs(row.second)));
            } else {
                break;
            }
        }
        lines.skip_lines(run.rows, lines.rest().len().saturating_sub(rest.len()));
        self.known.count_from(0);
        Run { last: run.last.wrapping_sub(midnight), ..run }
    }

    /// The row at the start of `rest`, if it is of the expected shape to the last byte.
    pub(crate) fn read(&mut self, rest: &[u8]) -> Option<SameDay> {
        let (second, values) = self.time(rest)?;
        let (readings, rounding, after) = if let Some(table) = &self.known.table {
            table.read(values)?
        } else {
            let (numbers, after) = Numbers::read(values, self.width)?;
            (numbers.readings(), Rounding::NONE, after)
        };
        Some(SameDay { second, readings, rounding, len: rest.len().wrapping_sub(after.len()) })
    }

    /// The second and the numbers of the row at the start of `rest`, if three bytes hold them; and what follows it. Without
    /// feature `blocks` such rows are [read](Self::read) one by one, which takes less code.
    #[inline(never)]
    fn unusual<'r>(&mut self, rest: &'r [u8]) -> Option<(u32, [u8; 3], &'r [u8])> {
        let (second, values) = self.time(rest)?;
        let (numbers, after) = Numbers::read(values, self.width)?;
        Some((second, numbers.to_bytes()?, after))
    }

    /// The second of the row at the start of `rest`, and what follows its time and the delimiter.
    #[cfg_attr(feature = "blocks", inline(always))]
    fn time<'r>(&mut self, rest: &'r [u8]) -> Option<(u32, &'r [u8])> {
        let cell = self.time_cell(rest)?;
        let Known { head, clock, usual, counted, .. } = &mut self.known;
        if let Some(counted) = counted {
            return counted.second(cell);
        }
        let usual = if cfg!(feature = "blocks") { usual.clock(cell) } else { None };
        let (characters, values) = usual.or_else(|| head.clock(cell))?;
        let second = Some(clock.second(characters)).filter(|&second| second != NO_TIME)?;
        Some((second, values))
    }

    /// From the cell of the time on, behind those that number the rows.
    #[inline]
    fn time_cell<'r>(&self, mut rest: &'r [u8]) -> Option<&'r [u8]> {
        for _ in 0..self.time.before {
            let digits = rest.iter().position(|byte| !byte.is_ascii_digit())?;
            rest = rest.get(digits..)?.strip_prefix(&[self.delimiter])?;
        }
        Some(rest)
    }
}

impl Known {
    /// Counts seconds so that midnight is at this place.
    const fn count_from(&mut self, midnight_s: u32) {
        self.clock.count_from(midnight_s);
        if let Some(counted) = &mut self.counted {
            counted.count_from(midnight_s);
        }
    }
}

impl Run {
    /// One row further.
    fn with(self, row: &SameDay) -> Self {
        let is_rounded = row.rounding != Rounding::NONE;
        Self {
            rows: self.rows.wrapping_add(1),
            last: row.second,
            rounded: self.rounded.wrapping_add(is_rounded.into()),
            largest: self.largest.or(row.rounding),
        }
    }
}

/// How many rows a block took.
struct RowsRead {
    rows: usize,
    /// Place of the last one; what was given if there was none.
    last: u32,
}

impl Gathered {
    /// Takes the rows at the start of `rest` whose clocks grow from `last`, not more than `most`; says what follows.
    #[cfg_attr(feature = "blocks", inline(always))]
    fn take<'r, const REMINDERS: usize>(
        &mut self,
        fast: &mut Fast,
        mut rest: &'r [u8],
        last: u32,
        most: usize,
    ) -> (RowsRead, &'r [u8]) {
        let mut run = RowsRead { rows: 0, last };
        let usual = fast.known.usual;
        let Some(times) = self.at.get_mut(..most) else { return (run, rest) };
        let values = self.spo2.iter_mut().zip(&mut self.pulse).zip(&mut self.motion);
        for (at, ((spo2, pulse), motion)) in times.iter_mut().zip(values) {
            let (second, after) = if let Some((clock, numbers, after)) = usual.read::<REMINDERS>(rest) {
                [*spo2, *pulse, *motion] = numbers;
                (fast.known.clock.second(clock), after)
            } else if cfg!(feature = "blocks")
                && let Some((second, numbers, after)) = fast.unusual(rest)
            {
                [*spo2, *pulse, *motion] = numbers;
                (second, after)
            } else {
                break;
            };
            if !is_later(second, run.last) {
                break;
            }
            rest = after;
            *at = second;
            run = RowsRead { rows: run.rows.wrapping_add(1), last: second };
        }
        (run, rest)
    }
}

/// Of two places less than 68 years apart, either of which may lie before the first row and then wraps around.
#[inline(always)]
const fn is_later(second: u32, last: u32) -> bool {
    second.cast_signed() > last.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row, read as a usual one and as any other.
    fn both_ways<const REMINDERS: usize>(values: &str) -> (Option<[u8; 3]>, Option<[u8; 3]>) {
        let row = std::format!("23:59:30 02/01/2026,{values}\nnext line");
        let like = if REMINDERS == 0 { "97,58,0" } else { "97,58,0,0,0" };
        let text = std::format!("23:59:30 02/01/2026,{like}");
        let usual = Usual::of(text.as_bytes(), text.as_bytes().split_at(20).0).unwrap();
        let read = usual.read::<REMINDERS>(row.as_bytes());
        assert!(read.is_none_or(|(.., after)| after == b"next line"), "{values:?}");
        let any = Numbers::read(row.as_bytes().split_at(20).1, Width::named(values.split(',').count()));
        (read.map(|(_, numbers, _)| numbers), any.and_then(|(numbers, _)| numbers.to_bytes()))
    }

    #[test]
    fn usual_rows_are_read_as_any_others_are() {
        for values in ["97,58,0", "00,99,9", "61,00,1", "61,00,12", "97,58,46"] {
            let (usual, any) = both_ways::<0>(values);
            assert!(usual.is_some() && usual == any, "{values:?}");
            let (usual, any) = both_ways::<REMINDERS>(&std::format!("{values},0,0"));
            assert!(usual.is_some() && usual == any, "{values:?} and no reminders");
        }
    }

    #[test]
    fn rows_that_are_not_usual_are_left_to_the_other_readers() {
        for values in
            ["--,58,0", "97,105,", "97;58,0", "9a,58,0", "97,58,:", "97,58,1/", "97,58,:,0,0", "97,58,0,1,0"]
        {
            assert_eq!(both_ways::<0>(values).0, None, "{values:?}");
            assert_eq!(both_ways::<REMINDERS>(values).0, None, "{values:?}");
        }
        assert_eq!(both_ways::<0>("97,58,7,0,0").0, None);
        assert_eq!(both_ways::<REMINDERS>("97,58,7").0, None);
    }
}
