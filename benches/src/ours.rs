//! The same work done by oxicore.

use oxicore::{Columns, ParseError, Recording, columns};

use crate::rows::Rows;

/// Columns that are filled again and again.
#[derive(Debug, Default)]
pub struct Memory(Columns);

impl Memory {
    /// Bytes to columns; the number of rows, `None` for a file that is refused.
    pub fn read(&mut self, file: &[u8]) -> Option<usize> {
        self.0 = columns(Recording::parse(file).ok()?);
        Some(self.0.at_s.len())
    }

    /// The columns as the peers have them.
    #[must_use]
    pub fn rows(&self) -> Rows {
        let mut rows = Rows::default();
        for (index, at) in self.0.at_s.iter().enumerate() {
            rows.push((*at).into(), self.0.spo2_pct[index], self.0.pulse_bpm[index], self.0.motion[index]);
        }
        rows
    }
}

/// The rows of a file, read sample by sample.
///
/// # Errors
/// What is wrong with the file.
pub fn rows(file: &[u8]) -> Result<Rows, ParseError> {
    let recording = Recording::parse(file)?;
    let mut rows = Rows::with_capacity(recording.len());
    fill(recording, &mut rows);
    Ok(rows)
}

/// Samples of a view into columns.
pub fn fill(recording: Recording<'_>, rows: &mut Rows) {
    rows.clear();
    for sample in recording.samples() {
        let (spo2, pulse) = (sample.spo2.map(|v| v.as_pct()), sample.pulse.map(|v| v.as_bpm()));
        rows.push(sample.at.as_secs().into(), spo2, pulse, sample.motion.map(|v| v.as_raw()));
    }
}

/// Whether two readers found the same.
#[must_use]
pub fn same(a: &Rows, b: &Rows) -> bool {
    (&a.at, &a.spo2, &a.pulse, &a.motion) == (&b.at, &b.spo2, &b.pulse, &b.motion)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::night::{csv, night};

    #[test]
    fn columns_and_samples_are_the_same_readings() {
        let (file, mut memory) = (csv(&night()), Memory::default());
        assert_eq!(memory.read(&file), Some(7_200));
        assert!(same(&memory.rows(), &rows(&file).unwrap()));
    }
}
