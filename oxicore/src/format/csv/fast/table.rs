//! Rows of other columns than the vendors', or divided by another sign, as other tools write them: plain numbers in any
//! order.

use super::values::cell;
use crate::format::csv::columns::{Columns, Role};
use crate::format::csv::dialect::Dialect;
use crate::format::csv::row::Readings;
use crate::units::{Motion, PulseRate, Spo2};

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
    pub(super) fn read<'r>(&self, mut values: &'r [u8], cells: usize) -> Option<(Readings, &'r [u8])> {
        let mut readings = Readings::default();
        let (mut has_spo2, mut has_pulse) = (false, !self.has_pulse);
        let mut end = self.delimiter;
        for index in 0..cells {
            if end != self.delimiter {
                return None;
            }
            let role = self.columns.role(index);
            let (value, next, after) =
                if role == Role::Other { other(values)? } else { self.number(values)? };
            match role {
                Role::Spo2 => (readings.spo2, has_spo2) = (value.and_then(Spo2::from_device), true),
                Role::Pulse => (readings.pulse, has_pulse) = (value.and_then(PulseRate::from_device), true),
                Role::Motion => readings.motion = value.and_then(Motion::from_device),
                Role::Spo2Reminder => readings.reminders.spo2 = value.is_some_and(|flag| flag > 0),
                Role::PulseReminder => readings.reminders.pulse = value.is_some_and(|flag| flag > 0),
                Role::Other => {}
            }
            (values, end) = (after, next);
        }
        if end == self.delimiter {
            (end, values) = values.split_first().map(|(&end, after)| (end, after))?;
        }
        let after = match end {
            b'\n' => values,
            b'\r' => values.strip_prefix(b"\n")?,
            _ => return None,
        };
        (has_spo2 && has_pulse).then_some((readings, after))
    }

    /// The number of a cell, which may be empty; the byte that ends it, and what follows that.
    #[inline]
    fn number<'r>(&self, text: &'r [u8]) -> Option<(Option<u32>, u8, &'r [u8])> {
        let (&first, after) = text.split_first()?;
        if first == self.delimiter || matches!(first, b'\n' | b'\r') {
            return Some((None, first, after));
        }
        match cell(text)? {
            // `96.0` is a whole number too.
            (value @ Some(_), b'.', after) => {
                let (&end, after) = after.strip_prefix(b"0")?.split_first()?;
                Some((value, end, after))
            }
            whole => Some(whole),
        }
    }
}

/// Past a cell of digits and the signs of numbers.
#[inline]
fn other(text: &[u8]) -> Option<(Option<u32>, u8, &[u8])> {
    let end = text.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b'.' | b'-'))?;
    let (&end, after) = text.get(end..)?.split_first()?;
    Some((None, end, after))
}
