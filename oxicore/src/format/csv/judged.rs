//! What a whole table tells against it, once its rows can be read: rows of several people or devices, and readings that no
//! name calls SpO2 and that cannot be it. Source: docs/FORMATS.md, "Columns".

use super::cells::{Cells, number};
use super::columns::Role;
use super::dialect::Dialect;
use super::lines::{Line, Lines};
use super::names::is_source;
use super::row::SPO2_UNITS;
use crate::error::{ParseError, ParseErrorKind};

/// Columns that are looked at.
const MOST: u8 = 32;

/// Refuses rows of several people or devices: where a column tells whose they are, all rows must say the same.
pub(super) fn check_source(bytes: &[u8], dialect: &Dialect) -> Result<(), ParseError> {
    if dialect.is_known || dialect.header_line == 0 {
        return Ok(());
    }
    let mut lines = Lines::new(bytes);
    let column = |line: &Line<'_>| {
        let mut cells = Cells::of_line(line.text, dialect.delimiter);
        let named = || (0..MOST).find(|_| cells.next_cell().is_some_and(is_source));
        (line.number == dialect.header_line).then(named)
    };
    let header = core::iter::from_fn(|| lines.next_with(column)).find_map(|header| header);
    let Some(column) = header.flatten() else { return Ok(()) };
    let mut first = None;
    while let Some(row) = lines.next_with(|line| other_source(line, dialect, column, &mut first)) {
        row?;
    }
    Ok(())
}

/// An error where the row is of another one than the first row: their names are compared by what is made of their bytes.
fn other_source(
    line: &Line<'_>,
    dialect: &Dialect,
    column: u8,
    first: &mut Option<u64>,
) -> Result<(), ParseError> {
    if dialect.time.read(line.text, dialect.delimiter).is_err() {
        return Ok(());
    }
    let mut cells = Cells::of_line(line.text, dialect.delimiter);
    for _ in 0..column {
        cells.next_cell();
    }
    let place = cells.next_place();
    let Some(cell) = cells.next_cell().filter(|cell| !cell.is_empty()) else { return Ok(()) };
    let hash = fnv(cell);
    if *first.get_or_insert(hash) == hash {
        return Ok(());
    }
    Err(line.error(ParseErrorKind::BadRow("source"), place).showing(cell))
}

/// FNV-1a: two names that differ have the same number once in 2^64 times.
fn fnv(text: &[u8]) -> u64 {
    text.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Whether some cell of SpO2 holds a number that is above 100 and stands for no reading on no device.
pub(super) fn is_above_all(bytes: &[u8], dialect: &Dialect) -> bool {
    let mut lines = Lines::new(bytes);
    let is_above = |line: &Line<'_>| {
        let (rest, _) = dialect.time.read(line.text, dialect.delimiter).ok()?;
        let mut cells = Cells::after(rest, dialect.delimiter);
        let spo2 = (0..usize::from(MOST)).find(|&at| dialect.columns.role(at) == Role::Spo2)?;
        let cell = core::iter::from_fn(|| cells.next_cell()).nth(spo2)?;
        let pct = number(cell, SPO2_UNITS).ok()??;
        Some(matches!(pct, 101..=126 | 128..=254))
    };
    core::iter::from_fn(|| lines.next_with(is_above)).flatten().any(|is| is)
}
