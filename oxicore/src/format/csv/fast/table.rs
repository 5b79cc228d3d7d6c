//! Rows as other tools write them: plain numbers in any order, divided by any sign, perhaps in quotes or with units.

use super::values::number;
use crate::format::csv::cells::{self, Cells, rounded};
use crate::format::csv::columns::{Columns, Role};
use crate::format::csv::fraction::may_be_part;
use crate::format::csv::row::{PULSE_UNITS, Readings, SPO2_UNITS};
use crate::format::csv::width::Width;
use crate::units::{Motion, PulseRate, Rounding, Spo2};

/// The number of a cell, by how much it was rounded, the byte that ends it, and what follows that.
type Cell<'r> = (Option<u32>, Rounding, u8, &'r [u8]);

/// How a row goes on after its time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    delimiter: u8,
    columns: Columns,
    width: Width,
    has_pulse: bool,
    /// Quotes stand around every cell.
    is_quoted: bool,
    spo2_unit: Unit,
    pulse_unit: Unit,
}

impl Table {
    pub(super) fn new(delimiter: u8, columns: Columns, width: Width) -> Self {
        Self {
            delimiter,
            columns,
            width,
            has_pulse: columns.has_pulse(),
            is_quoted: false,
            spo2_unit: Unit::NONE,
            pulse_unit: Unit::NONE,
        }
    }

    /// With quotes and units as in a row, of which this is what follows its time and the delimiter.
    pub(super) fn like(self, values: &[u8]) -> Self {
        let mut table = Self { is_quoted: values.starts_with(b"\""), ..self };
        let mut cells = Cells::of_line(values, self.delimiter);
        for index in 0..self.width.cells() {
            let Some(cell) = cells.next_cell() else { break };
            match self.columns.role(index) {
                Role::Spo2 => table.spo2_unit = Unit::of(cell, SPO2_UNITS),
                Role::Pulse => table.pulse_unit = Unit::of(cell, PULSE_UNITS),
                _ => {}
            }
        }
        table
    }

    /// The readings of a row after its time, if it has so many cells, perhaps with a delimiter after the last, and each of
    /// them is a plain number or empty; and what follows the row.
    #[inline]
    pub(super) fn read<'r>(&self, values: &'r [u8]) -> Option<(Readings, Rounding, &'r [u8])> {
        let is_bare = !self.is_quoted && self.spo2_unit.len.max(self.pulse_unit.len) == 0;
        if is_bare { self.row::<true>(values) } else { self.row::<false>(values) }
    }

    /// The same, where it is known whether cells are without quotes and units.
    #[inline]
    fn row<'r, const IS_BARE: bool>(&self, mut values: &'r [u8]) -> Option<(Readings, Rounding, &'r [u8])> {
        let (mut readings, mut rounding) = (Readings::default(), Rounding::NONE);
        let (mut has_spo2, mut has_pulse) = (false, !self.has_pulse);
        let mut end = self.delimiter;
        let (mut may_be_parts, mut last) = (false, values);
        for index in 0..self.width.cells() {
            if end != self.delimiter {
                return None;
            }
            let role = self.columns.role(index);
            let (value, by, next, after) = match role {
                Role::Other => self.other(values)?,
                Role::Spo2 => self.number::<IS_BARE>(values, &self.spo2_unit)?,
                Role::Pulse => self.number::<IS_BARE>(values, &self.pulse_unit)?,
                _ => self.number::<IS_BARE>(values, &Unit::NONE)?,
            };
            match role {
                Role::Spo2 => {
                    (readings.spo2, has_spo2) = (value.and_then(Spo2::from_device), true);
                    rounding = if readings.spo2.is_some() { by } else { Rounding::NONE };
                    may_be_parts |= may_be_part(value);
                }
                Role::Pulse => {
                    (readings.pulse, has_pulse) = (value.and_then(PulseRate::from_device), true);
                    may_be_parts |= may_be_part(value);
                }
                Role::Motion => readings.motion = value.and_then(Motion::from_device),
                Role::Spo2Reminder => readings.alarms.spo2 = value.is_some_and(|flag| flag > 0),
                Role::PulseReminder => readings.alarms.pulse = value.is_some_and(|flag| flag > 0),
                Role::Other => {}
            }
            (last, values, end) = (values, after, next);
        }
        let ends_empty = || self.is_quoted || last.first() == Some(&end);
        let is_whole = || self.width.is_named() && end != self.delimiter && !ends_empty();
        if may_be_parts && self.delimiter == b',' && !is_whole() {
            return None;
        }
        if end == self.delimiter {
            (end, values) = values.split_first().map(|(&end, after)| (end, after))?;
        }
        let after = match end {
            b'\n' => values,
            b'\r' => values.strip_prefix(b"\n")?,
            _ => return None,
        };
        (has_spo2 && has_pulse).then_some((readings, rounding, after))
    }

    /// The number of a cell, which may be empty, and by how much it was rounded; the byte that ends it, and what follows.
    #[inline]
    fn number<'r, const IS_BARE: bool>(&self, text: &'r [u8], unit: &Unit) -> Option<Cell<'r>> {
        let (value, by, after) = if IS_BARE {
            self.value(text)?
        } else {
            let (value, by, after) = self.value(self.after_quote(text)?)?;
            (value, by, self.after_quote(if value.is_some() { unit.after(after)? } else { after })?)
        };
        let (&end, after) = after.split_first()?;
        Some((value, by, end, after))
    }

    /// The same inside quotes and without its unit.
    #[inline]
    fn value<'r>(&self, text: &'r [u8]) -> Option<(Option<u32>, Rounding, &'r [u8])> {
        let Some((value, after)) = number(text) else { return self.nothing(text) };
        match (value, after) {
            (Some(whole), &[mark @ (b'.' | b','), ref after @ ..]) if mark != self.delimiter => {
                let digits = after.iter().position(|byte| !byte.is_ascii_digit())?;
                let (digits, after) = after.split_at_checked(digits)?;
                let (value, by) = rounded(whole, mark, digits)?;
                Some((Some(value), by, after))
            }
            _ => Some((value, Rounding::NONE, after)),
        }
    }

    /// Of an empty cell, and of a dash.
    fn nothing<'r>(&self, text: &'r [u8]) -> Option<(Option<u32>, Rounding, &'r [u8])> {
        let after = text.strip_prefix(b"-").unwrap_or(text);
        let ends = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\n' | b'\r' | b'"');
        after.first().is_some_and(ends).then_some((None, Rounding::NONE, after))
    }

    /// Past a cell of digits and the signs of numbers, or of letters alone: no header is glued to such a cell.
    #[inline]
    fn other<'r>(&self, text: &'r [u8]) -> Option<Cell<'r>> {
        let text = self.after_quote(text)?;
        let is_of_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'-');
        let end = if text.first()?.is_ascii_alphabetic() {
            text.iter().position(|byte| !byte.is_ascii_alphanumeric())?
        } else if self.delimiter == b',' {
            text.iter().position(|byte| !is_of_number(byte))?
        } else {
            text.iter().position(|byte| !(is_of_number(byte) || *byte == b','))?
        };
        let (&end, after) = self.after_quote(text.get(end..)?)?.split_first()?;
        Some((None, Rounding::NONE, end, after))
    }

    /// What follows a quote, where cells have them.
    #[inline]
    fn after_quote<'r>(&self, text: &'r [u8]) -> Option<&'r [u8]> {
        if self.is_quoted { text.strip_prefix(b"\"") } else { Some(text) }
    }
}

/// What stands between a reading and the end of its cell.
#[derive(Clone, Copy, Debug)]
struct Unit {
    text: [u8; Self::MOST],
    len: usize,
}

impl Unit {
    const MOST: usize = " /min".len();
    const NONE: Self = Self { text: [0; Self::MOST], len: 0 };

    /// Of a cell that was read; nothing where it has none, or one that is too long.
    fn of(cell: &[u8], units: &[&[u8]]) -> Self {
        let is_of_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b',');
        let at = cell.iter().position(|byte| !is_of_number(byte)).filter(|&at| at > 0);
        let unit = at.and_then(|at| cell.get(at..)).filter(|_| cells::number(cell, units).is_ok());
        let mut found = Self::NONE;
        if let Some((unit, slots)) = unit.and_then(|unit| Some((unit, found.text.get_mut(..unit.len())?))) {
            slots.copy_from_slice(unit);
            found.len = unit.len();
        }
        found
    }

    #[inline]
    fn after<'r>(&self, text: &'r [u8]) -> Option<&'r [u8]> {
        text.strip_prefix(self.text.get(..self.len)?)
    }
}
