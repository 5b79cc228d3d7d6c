//! The samples of a recording as plain columns, for charts and bindings.

use alloc::vec::Vec;

use crate::artifact::{ArtifactFilter, ArtifactFlags};
use crate::recording::Recording;

/// One entry per record in every column; readings as recorded, missing ones `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Seconds since the first record.
    pub at_s: Vec<u32>,
    /// SpO2, percent.
    pub spo2_pct: Vec<Option<u8>>,
    /// Pulse, beats per minute.
    pub pulse_bpm: Vec<Option<u16>>,
    /// Motion, no unit.
    pub motion: Vec<Option<u8>>,
    /// What the artifact filter says of each record; clean is the default.
    pub artifacts: Vec<ArtifactFlags>,
}

/// All samples of a recording, column by column.
#[must_use]
pub fn columns(recording: Recording<'_>) -> Columns {
    let mut filter = ArtifactFilter::default();
    let mut columns = Columns::with_capacity(recording.len());
    for sample in recording.samples() {
        columns.at_s.push(sample.at.as_secs());
        columns.spo2_pct.push(sample.spo2.map(|v| v.as_pct()));
        columns.pulse_bpm.push(sample.pulse.map(|v| v.as_bpm()));
        columns.motion.push(sample.motion.map(|v| v.as_raw()));
        columns.artifacts.push(filter.push(&sample).flags);
    }
    columns
}

impl Columns {
    fn with_capacity(records: usize) -> Self {
        Self {
            at_s: Vec::with_capacity(records),
            spo2_pct: Vec::with_capacity(records),
            pulse_bpm: Vec::with_capacity(records),
            motion: Vec::with_capacity(records),
            artifacts: Vec::with_capacity(records),
        }
    }
}
