//! Rows of other columns than the vendors', or divided by another sign, as other tools write them: plain numbers in any
//! order.

use super::values::cell;
use crate::format::csv::cells::rounded;
use crate::format::csv::columns::{Columns, Role};
use crate::format::csv::dialect::Dialect;
use crate::format::csv::fraction::may_be_part;
use crate::format::csv::row::Readings;
use crate::format::csv::width::Width;
use crate::units::{Motion, PulseRate, Rounding, Spo2};

/// The number of a cell, by how much it was rounded, the byte that ends it, and what follows that.
type Cell<'r> = (Option<u32>, Rounding, u8, &'r [u8]);

/// How a row goes on after its time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    delimiter: u8,
    columns: Columns,
    has_pulse: bool,
}

impl Table {
    pub(super) fn new(dialect: &Dialect) -> Self {
        let &Dialect { delimiter, columns, .. } = dialect;
        Self { delimiter, columns, has_pulse: columns.has_pulse() }
    }

    /// The readings of a row after its time, if it has so many cells, perhaps with a delimiter after the last, and each of
    /// them is a plain number or empty; and what follows the row.
    #[inline]
    pub(super) fn read<'r>(
        &self,
        mut values: &'r [u8],
        width: Width,
    ) -> Option<(Readings, Rounding, &'r [u8])> {
        let (mut readings, mut rounding) = (Readings::default(), Rounding::NONE);
        let (mut has_spo2, mut has_pulse) = (false, !self.has_pulse);
        let mut end = self.delimiter;
        let (mut may_be_parts, mut last) = (false, values);
        for index in 0..width.cells() {
            if end != self.delimiter {
                return None;
            }
            let role = self.columns.role(index);
            let (value, by, next, after) =
                if role == Role::Other { self.other(values)? } else { self.number(values)? };
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
        let is_whole = || width.is_named() && end != self.delimiter && last.first() != Some(&end);
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
    fn number<'r>(&self, text: &'r [u8]) -> Option<Cell<'r>> {
        let (&first, after) = text.split_first()?;
        if first == self.delimiter || matches!(first, b'\n' | b'\r') {
            return Some((None, Rounding::NONE, first, after));
        }
        if first == b'-' && after.first() == Some(&self.delimiter) {
            return Some((None, Rounding::NONE, self.delimiter, after.get(1..)?));
        }
        match cell(text)? {
            (Some(whole), mark @ (b'.' | b','), after) if mark != self.delimiter => {
                let digits = after.iter().position(|byte| !byte.is_ascii_digit())?;
                let (digits, after) = after.split_at_checked(digits)?;
                let (&end, after) = after.split_first()?;
                let (value, by) = rounded(whole, mark, digits)?;
                Some((Some(value), by, end, after))
            }
            (whole, end, after) => Some((whole, Rounding::NONE, end, after)),
        }
    }

    /// Past a cell of digits and the signs of numbers, or of letters alone: no header is glued to such a cell.
    #[inline]
    fn other<'r>(&self, text: &'r [u8]) -> Option<Cell<'r>> {
        let is_of_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'-');
        let end = if text.first()?.is_ascii_alphabetic() {
            text.iter().position(|byte| !byte.is_ascii_alphanumeric())?
        } else if self.delimiter == b',' {
            text.iter().position(|byte| !is_of_number(byte))?
        } else {
            text.iter().position(|byte| !(is_of_number(byte) || *byte == b','))?
        };
        let (&end, after) = text.get(end..)?.split_first()?;
        Some((None, Rounding::NONE, end, after))
    }
}
