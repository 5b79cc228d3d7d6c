//! Numbers beside the summary, for those who ask: entropies and more of the pulse.

use alloc::vec;
use alloc::vec::Vec;

use super::within::Within;
use crate::artifact::ArtifactFilter;
use crate::metrics::pulse::{PulseBuilder, PulsePercentiles};
use crate::metrics::variability::{approximate_entropy, sample_entropy};
use crate::options::AnalysisOptions;
use crate::recording::Recording;
use crate::units::Spo2;

/// What [`Recording::supplement`] computes.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Supplement {
    /// Approximate entropy of the accepted SpO2 (m = 2, r = 0.25), no unit; `None` under 3 readings.
    pub approximate_entropy: Option<f64>,
    /// Sample entropy of the accepted SpO2 (m = 3, r = 0.2), no unit; `None` without a match of each length.
    pub sample_entropy: Option<f64>,
    /// Percentiles and mode of the accepted pulse; `None` without a reading.
    pub pulse: Option<PulsePercentiles>,
}

impl Recording<'_> {
    /// Entropies and percentiles of the readings that count, of the whole night or of parts of it. Missing readings are left
    /// out: the readings on either side follow each other.
    #[must_use]
    pub fn supplement(&self, options: &AnalysisOptions, within: Option<Within<'_>>) -> Supplement {
        let mut filter = ArtifactFilter::new(options.filter, Some(self.span()));
        let mut pulse = PulseBuilder::new(options.pulse, self.interval());
        let mut places = within.map(Within::places);
        let mut readings: Vec<Spo2> = Vec::new();
        for sample in self.samples() {
            let is_in = places.as_mut().is_none_or(|places| places.has(&sample, &mut |_, _| ()));
            let judged = if is_in { filter.push(&sample) } else { filter.push_left_out(&sample) };
            readings.extend(judged.spo2);
            if let Some(bpm) = judged.pulse {
                pulse.push(sample.at, bpm);
            }
        }
        let mut scratch = vec![0; readings.len()];
        Supplement {
            approximate_entropy: approximate_entropy(readings.iter().copied(), &mut scratch),
            sample_entropy: sample_entropy(readings.iter().copied(), &mut scratch),
            pulse: pulse.percentiles(),
        }
    }
}
