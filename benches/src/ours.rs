//! The same work done by oxicore.

use oxicore::{
    ParseError, ParseOptions, PulseRate, Recording, Span, Spo2,
    columns::{SampleColumnsMut, SampleColumnsRef},
    recording::{ColumnsError, read_into},
    units::Motion,
};

use crate::rows::Rows;

/// Columns that are filled again and again; nothing is allocated while they are.
#[derive(Debug, Default)]
pub struct Memory {
    at: Vec<Span>,
    spo2: Vec<Option<Spo2>>,
    pulse: Vec<Option<PulseRate>>,
    motion: Vec<Option<Motion>>,
    rows: usize,
}

impl Memory {
    /// Room for so many rows.
    #[must_use]
    pub fn for_rows(rows: usize) -> Self {
        Self {
            at: vec![Span::ZERO; rows],
            spo2: vec![None; rows],
            pulse: vec![None; rows],
            motion: vec![None; rows],
            rows: 0,
        }
    }

    /// Bytes to columns; the number of rows, `None` for a file that is refused or does not fit.
    pub fn read(&mut self, file: &[u8]) -> Option<usize> {
        let Self { at, spo2, pulse, motion, .. } = self;
        let night =
            read_into(file, &ParseOptions::default(), SampleColumnsMut { at, spo2, pulse, motion }).ok()?;
        self.rows = night.len();
        Some(self.rows)
    }

    /// What was read, to look at.
    #[must_use]
    pub fn view(&self) -> SampleColumnsRef<'_> {
        let Self { at, spo2, pulse, motion, rows } = self;
        SampleColumnsRef {
            at: &at[..*rows],
            spo2: &spo2[..*rows],
            pulse: &pulse[..*rows],
            motion: &motion[..*rows],
        }
    }

    /// The night over the columns.
    ///
    /// # Errors
    /// What the columns lack.
    pub fn night(&self) -> Result<Recording<'_>, ColumnsError> {
        Recording::from_columns(None, None, self.view())
    }

    /// The columns as the peers have them.
    #[must_use]
    pub fn rows(&self) -> Rows {
        let (mut rows, view) = (Rows::with_capacity(self.rows), self.view());
        for (index, at) in view.at.iter().enumerate() {
            let (spo2, pulse) = (view.spo2[index].map(|v| v.as_pct()), view.pulse[index].map(|v| v.as_bpm()));
            rows.push(at.as_secs().into(), spo2, pulse, view.motion[index].map(|v| v.as_raw()));
        }
        rows
    }
}

/// A night in columns, ready for analysis and charts.
///
/// # Errors
/// What is wrong with the file.
pub fn columns(file: &[u8]) -> Result<Memory, ParseError> {
    let mut memory = Memory::for_rows(Recording::parse(file)?.len());
    memory.read(file);
    Ok(memory)
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
        let (file, mut memory) = (csv(&night()), Memory::for_rows(7_200));
        assert_eq!(memory.read(&file), Some(7_200));
        assert!(same(&memory.rows(), &rows(&file).unwrap()));
    }
}
