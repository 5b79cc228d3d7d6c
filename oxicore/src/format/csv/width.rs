//! How many cells a table has behind its time. A row with another number of them has lost one or has one too many, such as
//! a decimal comma makes where commas divide the cells: which cell is what cannot be known there.
//! Source: docs/FORMATS.md, "Columns".

use super::cells::Cells;
use super::columns::named;
use super::lines::{Line, Lines};
use super::time_column::TimeColumn;

/// Cells behind the time: as many as the header names, or as the first row has where those are fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Width {
    cells: u16,
    /// As many as the header names.
    is_named: bool,
    /// The maker's apps write all of them in every row.
    has_reminders: bool,
}

/// Most lines between the header and the first row.
const MOST_LINES: usize = 64;

impl Width {
    /// Of a text without a row, and of one with more cells than can be counted here.
    const ANY: Self = Self { cells: u16::MAX, is_named: false, has_reminders: false };

    /// By the header and the first row below it; the maker's apps may write two reminders that their header does not name.
    pub(super) fn of(
        bytes: &[u8],
        header_line: u32,
        time: TimeColumn,
        delimiter: u8,
        [is_ring, is_known]: [bool; 2],
    ) -> Self {
        let mut lines = Lines::new(bytes);
        let mut names = usize::MAX;
        let mut read = |line: &Line<'_>| {
            if line.number == header_line {
                names = Some(named(line.text, delimiter, time, is_ring))
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
        let unnamed = is_ring && names == WITHOUT_REMINDERS && first.ends_with_reminders;
        let cells = if unnamed { WITH_REMINDERS } else { first.cells.min(names) };
        let has_reminders = is_known && cells == WITH_REMINDERS;
        u16::try_from(cells).map_or(Self::ANY, |of| Self {
            cells: of,
            is_named: cells == names,
            has_reminders,
        })
    }

    #[cfg(test)]
    pub(super) fn named(cells: usize) -> Self {
        Self { cells: u16::try_from(cells).unwrap(), is_named: true, has_reminders: false }
    }

    /// Cells that a row has unless it ends with further empty ones.
    #[inline]
    pub(super) const fn cells(self) -> usize {
        self.cells as usize
    }

    /// Whether the header names as many cells.
    pub(super) const fn is_named(self) -> bool {
        self.is_named
    }

    /// Whether a row has all cells of the table, and no other: what the header says of each is all there is to be said.
    pub(super) const fn is_whole(self, cells: usize, filled: usize) -> bool {
        self.is_named && cells == filled && filled == self.cells as usize
    }

    /// Whether the header names the two reminders that end every row of the maker's apps.
    pub(super) const fn names_reminders(self) -> bool {
        self.is_named && self.has_reminders
    }

    /// Whether a row may have so many cells, the last of which to hold something is the one of this number.
    #[inline]
    pub(super) const fn fits(self, cells: usize, filled: usize) -> bool {
        self.cells == Self::ANY.cells || (self.cells as usize <= cells && filled <= self.cells as usize)
    }

    /// Whether the cell so many cells after the time is one that the table does not have.
    pub(super) const fn is_beyond(self, index: usize) -> bool {
        self.cells != Self::ANY.cells && index >= self.cells as usize
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
