//! How many cells a table has behind its time. A row with another number of them has lost one or has one too many, such as
//! a decimal comma makes where commas divide the cells: which cell is what cannot be known there.
//! Source: docs/FORMATS.md, "Columns".

use super::cells::Cells;
use super::columns::named;
use super::lines::{Line, Lines};
use super::time_column::TimeColumn;

/// Cells behind the time: as many as the header names, or as the first row has where those are fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Width(u16);

/// Most lines between the header and the first row.
const MOST_LINES: usize = 64;

impl Width {
    /// Of a text without a row, and of one with more cells than can be counted here.
    const ANY: Self = Self(u16::MAX);

    /// By the header and the first row below it; the maker's apps may write two reminders that their header does not name.
    pub(super) fn of(bytes: &[u8], header_line: u32, time: TimeColumn, delimiter: u8, is_ring: bool) -> Self {
        let mut lines = Lines::new(bytes);
        let mut names = usize::MAX;
        let mut read = |line: &Line<'_>| {
            if line.number == header_line {
                names = Some(named(line.text, delimiter, time.before, is_ring))
                    .filter(|&count| count > 0)
                    .unwrap_or(names);
            }
            let row = || First::of(line.text, time, delimiter);
            (line.number > header_line).then(row).flatten()
        };
        let above = usize::try_from(header_line).unwrap_or(usize::MAX);
        let mut rows =
            core::iter::from_fn(|| lines.next_with(&mut read)).take(above.saturating_add(MOST_LINES));
        let Some(first) = rows.find_map(|row| row) else { return Self::ANY };
        let has_reminders = is_ring && names == WITHOUT_REMINDERS && first.ends_with_reminders;
        let cells = if has_reminders { WITH_REMINDERS } else { first.cells.min(names) };
        u16::try_from(cells).map_or(Self::ANY, Self)
    }

    /// Cells that a row has unless it ends with further empty ones.
    #[inline]
    pub(super) const fn cells(self) -> usize {
        self.0 as usize
    }

    /// Whether a row may have so many cells, the last of which to hold something is the one of this number.
    #[inline]
    pub(super) const fn fits(self, cells: usize, filled: usize) -> bool {
        self.0 == Self::ANY.0 || (self.0 as usize <= cells && filled <= self.0 as usize)
    }

    /// Whether the cell so many cells after the time is one that the table does not have.
    pub(super) const fn is_beyond(self, index: usize) -> bool {
        self.0 != Self::ANY.0 && index >= self.0 as usize
    }
}

/// SpO2, pulse and motion.
const WITHOUT_REMINDERS: usize = 3;
/// And two reminders.
const WITH_REMINDERS: usize = 5;

/// The cells behind the time of the first row.
struct First {
    cells: usize,
    /// They are five and a delimiter, the last two of them flags.
    ends_with_reminders: bool,
}

impl First {
    /// Nothing of another line.
    fn of(row: &[u8], time: TimeColumn, delimiter: u8) -> Option<Self> {
        let (rest, _) = time.read(row, delimiter).ok()?;
        let mut cells = Cells::after(rest, delimiter);
        let mut are_flags = true;
        let is_flag = |cell: &[u8]| matches!(cell, b"0" | b"1");
        let mut count = 0_usize;
        while let Some(cell) = cells.next_cell() {
            are_flags &= match count {
                0..WITHOUT_REMINDERS => true,
                WITHOUT_REMINDERS..WITH_REMINDERS => is_flag(cell),
                _ => cell.is_empty(),
            };
            count = count.saturating_add(1);
        }
        Some(Self {
            cells: count,
            ends_with_reminders: are_flags && count == WITH_REMINDERS.saturating_add(1),
        })
    }
}
