//! Distribution of SpO2 and time below a level. Definitions: docs/ALGORITHMS.md, "Distribution and time".

use crate::histogram::Histogram;
use crate::metrics::percent;
use crate::units::{Span, Spo2};

/// Longest missing time inside a stretch below a level.
pub const MAX_GAP: Span = Span::from_secs(10);

/// Distribution of the accepted SpO2 readings of a night.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Spo2Distribution {
    /// Accepted readings.
    pub n: u32,
    /// Mean, percent.
    pub mean_pct: f64,
    /// Median, percent.
    pub median_pct: f64,
    /// Lowest reading, percent.
    pub min_pct: Spo2,
    /// Highest reading, percent.
    pub max_pct: Spo2,
    /// Time with SpO2 < 90 %, seconds (readings times interval).
    pub below_90_s: u32,
    /// T90: the same in percent of valid time.
    pub below_90_pct: f64,
    /// Time with SpO2 < 88 %, seconds.
    pub below_88_s: u32,
    /// T88: the same in percent of valid time.
    pub below_88_pct: f64,
    /// Longest stretch below 90 %, seconds; missing time up to [`MAX_GAP`] inside it counts.
    pub longest_below_90_s: u32,
}

/// Gathers a [`Spo2Distribution`] sample by sample.
#[derive(Clone, Debug)]
pub struct DistributionBuilder {
    interval: Span,
    histogram: Histogram<101>,
    below_90: Stretch,
}

impl DistributionBuilder {
    /// For recordings sampled every `interval`.
    #[must_use]
    pub fn new(interval: Span) -> Self {
        Self { interval, histogram: Histogram::default(), below_90: Stretch::below(90, interval) }
    }

    /// Takes the next accepted reading.
    pub fn push(&mut self, at: Span, spo2: Spo2) {
        self.histogram.push(spo2.as_pct().into());
        self.below_90.push(at, spo2);
    }

    /// Accepted readings so far.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.histogram.count()
    }

    /// The distribution; `None` without an accepted reading.
    #[must_use]
    pub fn finish(&self) -> Option<Spo2Distribution> {
        let (histogram, n) = (&self.histogram, self.count());
        let (below_90, below_88) = (histogram.count_below(90), histogram.count_below(88));
        let seconds = |readings: u32| readings.saturating_mul(self.interval.as_secs());
        Some(Spo2Distribution {
            n,
            mean_pct: histogram.mean()?,
            median_pct: histogram.median()?,
            min_pct: Spo2::from_device(histogram.min()?.into())?,
            max_pct: Spo2::from_device(histogram.max()?.into())?,
            below_90_s: seconds(below_90),
            below_90_pct: percent(below_90, n)?,
            below_88_s: seconds(below_88),
            below_88_pct: percent(below_88, n)?,
            longest_below_90_s: self.below_90.longest.as_secs(),
        })
    }
}

/// The longest run of accepted readings below a level.
#[derive(Clone, Debug)]
struct Stretch {
    level_pct: u8,
    interval: Span,
    run: Option<Run>,
    longest: Span,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    start: Span,
    held_until: Span,
}

impl Stretch {
    const fn below(level_pct: u8, interval: Span) -> Self {
        Self { level_pct, interval, run: None, longest: Span::ZERO }
    }

    fn push(&mut self, at: Span, spo2: Spo2) {
        if spo2.as_pct() >= self.level_pct {
            self.run = None;
            return;
        }
        let bridged = self.run.filter(|run| at.since(run.held_until) <= MAX_GAP);
        let run = Run { start: bridged.map_or(at, |run| run.start), held_until: at.plus(self.interval) };
        self.longest = self.longest.max(run.held_until.since(run.start));
        self.run = Some(run);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn longest(readings: &[(u32, u32)]) -> u32 {
        let mut builder = DistributionBuilder::new(Span::from_secs(4));
        for &(at, pct) in readings {
            builder.push(Span::from_secs(at), Spo2::from_device(pct).unwrap());
        }
        builder.finish().unwrap().longest_below_90_s
    }

    #[test]
    fn a_stretch_lasts_to_the_end_of_its_last_reading() {
        assert_eq!(longest(&[(0, 95), (4, 89), (8, 88), (12, 90), (16, 80)]), 8);
    }

    #[test]
    fn missing_time_up_to_ten_seconds_is_bridged_and_counted() {
        assert_eq!(longest(&[(0, 85), (12, 85)]), 16);
        assert_eq!(longest(&[(0, 85), (15, 85)]), 4);
    }

    #[test]
    fn without_readings_there_is_no_distribution() {
        assert_eq!(DistributionBuilder::new(Span::from_secs(4)).finish(), None);
    }
}
