//! A decimal comma in a table whose cells commas divide: the fraction of a reading stands where the next one should.
//! Source: docs/FORMATS.md, "Columns".

use super::cells::number;
use super::dialect::Dialect;
use super::row::Readings;

/// No oximeter reads a pulse or a saturation below this.
const LEAST: u32 = 20;
/// Nor above this.
const MOST: u32 = 300;

/// Whether a number of a row's readings may be the fraction of the cell before it; nought also stands for no reading.
pub(super) const fn may_be_part(value: Option<u32>) -> bool {
    matches!(value, Some(0..LEAST))
}

/// The first reading of a row that may be a fraction.
#[derive(Clone, Copy)]
pub(super) struct Doubt<'a> {
    /// A number below every reading.
    small: Option<&'a [u8]>,
    /// A nought before a cell that could be the reading.
    nought: Option<&'a [u8]>,
    /// A nought that the cell before this one was.
    last: Option<&'a [u8]>,
}

impl<'a> Doubt<'a> {
    pub(super) const NONE: Self = Self { small: None, nought: None, last: None };

    /// Takes the next cell, whatever it is.
    #[inline]
    pub(super) fn cell(&mut self, cell: &[u8]) {
        if let Some(place) = self.last.take()
            && matches!(number(cell, &[]), Ok(Some(LEAST..=MOST)))
        {
            self.nought = self.nought.or(Some(place));
        }
    }

    /// The same cell, where it is SpO2 or the pulse, and the place where it begins.
    #[inline]
    pub(super) fn reading(&mut self, value: Option<u32>, cell: &[u8], place: &'a [u8]) {
        if may_be_part(value) && cell.iter().all(u8::is_ascii_digit) {
            match value {
                Some(0) => self.last = Some(place),
                _ => self.small = self.small.or(Some(place)),
            }
        }
    }

    /// Of a row with this number of cells: the place of what is a fraction, as the row is not what the header names; else of what
    /// may be one if no row of the table has other readings.
    pub(super) fn of_row(
        self,
        cells: usize,
        filled: usize,
        dialect: &Dialect,
    ) -> Result<Option<&'a [u8]>, &'a [u8]> {
        if dialect.delimiter != b','
            || dialect.width.names_reminders() && dialect.width.is_whole(cells, filled)
        {
            return Ok(None);
        }
        match self.small {
            Some(place) if !dialect.width.is_whole(cells, filled) => Err(place),
            small => Ok(small.or(self.nought)),
        }
    }
}

/// Whether a row has readings that are no fractions: then those of the table are where its header says.
pub(super) fn are_sound(readings: &Readings) -> bool {
    let pulse = readings.pulse.map(|pulse| pulse.as_bpm().into());
    let spo2 = readings.spo2.map(|spo2| spo2.as_pct().into());
    [pulse, spo2].iter().all(|&value| value.is_some() && !may_be_part(value))
}
