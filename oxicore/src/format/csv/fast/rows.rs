//! The row that nearly all lines are, read without looking at it twice: the date of the row before, letter by letter, and
//! two to five plain numbers. Everything else is left to the general reader, which this one must always equal.

use super::clock::{Clock, NO_TIME};
use super::head::Head;
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
use crate::units::{Rounding, Span};

/// What the row before had: the same date, letter by letter, and mostly the same minute.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fast {
    is_possible: bool,
    width: Width,
    head: Head,
    clock: Clock,
    usual: Usual,
    /// Of other columns than the vendors'.
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
pub(crate) struct Run {
    pub(crate) rows: usize,
    /// Seconds since midnight of the last row; what was given if there was none.
    pub(crate) last: u32,
}

impl Fast {
    /// A byte a character, and a moment in the first column.
    pub(crate) fn new(dialect: &Dialect, is_bytes: bool) -> Self {
        let is_plain = is_bytes && dialect.time == TimeColumn::USUAL;
        let is_vendors = dialect.delimiter == b',' && dialect.columns == Columns::VENDOR;
        let table = (!is_vendors).then(|| Table::new(dialect));
        Self {
            is_possible: is_plain && dialect.is_fast,
            width: dialect.width,
            head: Head::default(),
            clock: Clock::default(),
            usual: Usual::default(),
            table,
        }
    }

    /// Remembers the date of a row that the general reader has read from `text`.
    pub(crate) fn learn(&mut self, text: &[u8], row: &Row) {
        let cell = text.get(..row.time_len.saturating_add(1)).filter(|_| self.is_possible);
        let known = cell.and_then(|cell| {
            let head = Head::of(cell)?;
            let When::Moment(stamp) = &row.when else { return None };
            let clock = Clock::new(head.clock(cell)?.0, &stamp.clock)?;
            let usual = if self.table.is_some() { None } else { Usual::of(text, cell) };
            let usual = usual.filter(|usual| self.width.is_named() && usual.cells() == self.width.cells());
            Some((head, clock, usual.unwrap_or_default()))
        });
        (self.head, self.clock, self.usual) = known.unwrap_or_default();
    }

    /// Leaves the next row to the general reader.
    pub(crate) fn forget(&mut self) {
        (self.head, self.clock, self.usual) = Default::default();
    }

    /// Hands rows of one date to `sink`, as long as their clocks grow from `last` and nothing is rounded, and not more than `limit`.
    /// `midnight` is the place of the date's first second; it may lie before the first row and then wraps around.
    #[inline]
    pub(crate) fn run(
        &mut self,
        lines: &mut Lines<'_>,
        (last, midnight): (u32, u32),
        limit: usize,
        sink: &mut (impl SampleSink + ?Sized),
    ) -> Run {
        self.clock.count_from(midnight);
        let mut rest = lines.rest();
        let mut run = Run { rows: 0, last: midnight.wrapping_add(last) };
        let mut block = Gathered::EMPTY;
        while run.rows < limit {
            let most = limit.wrapping_sub(run.rows).min(BLOCK);
            let (found, after) = match self.usual.reminders {
                _ if self.table.is_some() => (Run { rows: 0, last: run.last }, rest),
                0 => block.take::<0>(self, rest, run.last, most),
                _ => block.take::<REMINDERS>(self, rest, run.last, most),
            };
            if found.rows > 0 {
                sink.block(&block.block(found.rows));
                run = Run { rows: run.rows.wrapping_add(found.rows), last: found.last };
                rest = after;
            } else if let Some(row) =
                self.read(rest).filter(|row| is_later(row.second, run.last) && row.rounding == Rounding::NONE)
            {
                run = Run { rows: run.rows.wrapping_add(1), last: row.second };
                rest = rest.get(row.len..).unwrap_or_default();
                sink.sample(&row.readings.at(Span::from_secs(row.second)));
            } else {
                break;
            }
        }
        lines.skip_lines(run.rows, lines.rest().len().saturating_sub(rest.len()));
        self.clock.count_from(0);
        Run { last: run.last.wrapping_sub(midnight), ..run }
    }

    /// The row at the start of `rest`, if it is of the expected shape to the last byte.
    pub(crate) fn read(&mut self, rest: &[u8]) -> Option<SameDay> {
        if let Some(table) = &self.table {
            let (clock, values) = self.head.clock(rest)?;
            let second = Some(self.clock.second(clock)).filter(|&second| second != NO_TIME)?;
            let (readings, rounding, after) = table.read(values, self.width)?;
            return Some(SameDay { second, readings, rounding, len: rest.len().wrapping_sub(after.len()) });
        }
        let (second, numbers, after) = self.row(rest)?;
        let len = rest.len().wrapping_sub(after.len());
        Some(SameDay { second, readings: numbers.readings(), rounding: Rounding::NONE, len })
    }

    /// The second and the numbers of the row at the start of `rest`, if three bytes hold them; and what follows it. Without
    /// feature `blocks` such rows are [read](Self::read) one by one, which takes less code.
    #[inline(never)]
    fn unusual<'r>(&mut self, rest: &'r [u8]) -> Option<(u32, [u8; 3], &'r [u8])> {
        let (second, numbers, after) = self.row(rest)?;
        Some((second, numbers.to_bytes()?, after))
    }

    #[cfg_attr(feature = "blocks", inline(always))]
    fn row<'r>(&mut self, rest: &'r [u8]) -> Option<(u32, Numbers, &'r [u8])> {
        let usual = if cfg!(feature = "blocks") { self.usual.clock(rest) } else { None };
        let (clock, values) = usual.or_else(|| self.head.clock(rest))?;
        let second = Some(self.clock.second(clock)).filter(|&second| second != NO_TIME)?;
        let (numbers, after) = Numbers::read(values, self.width)?;
        Some((second, numbers, after))
    }
}

impl Gathered {
    /// Takes the rows at the start of `rest` whose clocks grow from `last`, not more than `most`; says what follows.
    #[cfg_attr(feature = "blocks", inline(always))]
    fn take<'r, const REMINDERS: usize>(
        &mut self,
        known: &mut Fast,
        mut rest: &'r [u8],
        last: u32,
        most: usize,
    ) -> (Run, &'r [u8]) {
        let mut run = Run { rows: 0, last };
        let usual = known.usual;
        let Some(times) = self.at.get_mut(..most) else { return (run, rest) };
        let values = self.spo2.iter_mut().zip(&mut self.pulse).zip(&mut self.motion);
        for (at, ((spo2, pulse), motion)) in times.iter_mut().zip(values) {
            let (second, after) = if let Some((clock, numbers, after)) = usual.read::<REMINDERS>(rest) {
                [*spo2, *pulse, *motion] = numbers;
                (known.clock.second(clock), after)
            } else if cfg!(feature = "blocks")
                && let Some((second, numbers, after)) = known.unusual(rest)
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
            run = Run { rows: run.rows.wrapping_add(1), last: second };
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
