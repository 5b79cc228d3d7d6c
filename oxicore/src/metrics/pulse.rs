//! Statistics of the pulse. Definitions: docs/ALGORITHMS.md, "Pulse".

use crate::histogram::Histogram;
use crate::units::PulseRate;

/// Distribution of the accepted pulse readings; their number may differ from that of SpO2.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PulseStatistics {
    /// Accepted readings.
    pub n: u32,
    /// Mean, beats per minute.
    pub mean_bpm: f64,
    /// Lowest, beats per minute.
    pub min_bpm: PulseRate,
    /// Highest, beats per minute.
    pub max_bpm: PulseRate,
}

/// Gathers [`PulseStatistics`] sample by sample.
#[derive(Clone, Debug, Default)]
pub struct PulseBuilder {
    histogram: Histogram<301>,
}

impl PulseBuilder {
    /// Takes the next accepted reading.
    pub fn push(&mut self, pulse: PulseRate) {
        self.histogram.push(pulse.as_bpm());
    }

    /// Readings counted by value.
    #[must_use]
    pub const fn histogram(&self) -> &Histogram<301> {
        &self.histogram
    }

    /// The statistics; `None` without an accepted reading.
    #[must_use]
    pub fn finish(&self) -> Option<PulseStatistics> {
        Some(PulseStatistics {
            n: self.histogram.count(),
            mean_bpm: self.histogram.mean()?,
            min_bpm: PulseRate::from_device(self.histogram.min()?.into())?,
            max_bpm: PulseRate::from_device(self.histogram.max()?.into())?,
        })
    }
}
