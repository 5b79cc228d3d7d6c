//! Profile `viatom`: the drop counts that the maker's apps and devices print, reproduced for comparison.
//!
//! A fixed baseline for the whole night: the most frequent value at or above the rounded mean. It misses falls
//! from a low plateau and needs 4 points for ">3 %". Definition: docs/ALGORITHMS.md, "Profile viatom".

use crate::desaturation::Threshold;
use crate::histogram::Histogram;
use crate::stretch::Run;
use crate::units::Spo2;

/// Counts drops for every possible baseline at once, and chooses at the end: one pass, fixed memory.
///
/// Feed every reading the device made, unfiltered; missing ones are simply not fed.
#[derive(Clone, Debug)]
pub struct Counter {
    histogram: Histogram<101>,
    drops3: Drops,
    drops4: Drops,
    dips: Dips,
    previous: Option<Spo2>,
}

/// What [`Counter::finish`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drops34 {
    /// The night's reference level, percent.
    pub baseline: Spo2,
    /// Drops "over 3 %".
    pub drops3: u32,
    /// Drops "over 4 %".
    pub drops4: u32,
    /// Falls below 90 %, re-armed above 90 %.
    pub dips_below_90: u32,
}

impl Default for Counter {
    fn default() -> Self {
        Self {
            histogram: Histogram::default(),
            drops3: Drops::new(Threshold::Three),
            drops4: Drops::new(Threshold::Four),
            dips: Dips { is_armed: true, count: 0 },
            previous: None,
        }
    }
}

impl Counter {
    /// Takes the next reading.
    #[inline]
    pub fn push(&mut self, spo2: Spo2) {
        self.histogram.push(spo2.as_pct().into());
        if self.previous != Some(spo2) {
            self.change(spo2);
        }
    }

    #[inline]
    pub(crate) fn push_run(&mut self, run: &Run<'_>) {
        self.histogram.push_many(run.spo2.as_pct().into(), run.len());
        if self.previous != Some(run.spo2) {
            self.change(run.spo2);
        }
    }

    /// The same level twice neither drops nor re-arms; nor does a rise drop, or a fall re-arm.
    fn change(&mut self, spo2: Spo2) {
        let is_rise = self.previous.is_some_and(|previous| spo2 > previous);
        self.previous = Some(spo2);
        for drops in [&mut self.drops3, &mut self.drops4] {
            if is_rise { drops.rise(spo2) } else { drops.fall(spo2) }
        }
        self.dips.push(spo2);
    }

    /// Readings counted by whole percent.
    #[must_use]
    pub const fn histogram(&self) -> &Histogram<101> {
        &self.histogram
    }

    /// The counts for the night's baseline; `None` without a reading, or when the baseline is below 50 %
    /// (no plausible night).
    #[must_use]
    pub fn finish(&self) -> Option<Drops34> {
        let baseline = baseline(&self.histogram)?;
        Some(Drops34 {
            baseline,
            drops3: self.drops3.count(baseline)?,
            drops4: self.drops4.count(baseline)?,
            dips_below_90: self.dips.count,
        })
    }
}

/// The most frequent value at or above the mean rounded to the nearest integer; the higher one on a tie.
fn baseline(histogram: &Histogram<101>) -> Option<Spo2> {
    let (sum, n) = (histogram.sum(), u64::from(histogram.count()));
    let mean = (2 * sum + n).checked_div(2 * n)?;
    let candidates = histogram.values().filter(|&(value, _)| u64::from(value) >= mean);
    let (value, _) = candidates.max_by_key(|&(_, count)| count)?;
    Spo2::from_device(value.into())
}

/// Drop counters for the baselines 50..=100, one bit and one count each.
#[derive(Clone, Debug)]
struct Drops {
    threshold: Threshold,
    armed: u64,
    counts: [u32; Self::BASELINES],
}

impl Drops {
    const LOWEST: u8 = 50;
    const BASELINES: usize = 51;
    const ALL: u64 = (1 << Self::BASELINES) - 1;
    /// A drop is over when the signal is back within this of the baseline, percent, for both thresholds.
    const REARM_PCT: u8 = 2;

    const fn new(threshold: Threshold) -> Self {
        Self { threshold, armed: Self::ALL, counts: [0; Self::BASELINES] }
    }

    /// The baselines that the signal has come back to may be dropped from again.
    const fn rise(&mut self, spo2: Spo2) {
        self.armed |= Self::ALL & !Self::baselines_above(spo2.as_pct() + Self::REARM_PCT);
    }

    /// Counts for the armed baselines that the signal has fallen below.
    fn fall(&mut self, spo2: Spo2) {
        let above = Self::baselines_above(spo2.as_pct() + self.threshold.as_pct());
        let mut dropped = self.armed & above;
        self.armed &= !above;
        while dropped != 0 {
            if let Some(count) = self.counts.get_mut(dropped.trailing_zeros() as usize) {
                *count += 1;
            }
            dropped &= dropped - 1;
        }
    }

    /// One bit for each baseline greater than `level`.
    const fn baselines_above(level: u8) -> u64 {
        let first = (level + 1).saturating_sub(Self::LOWEST) as usize;
        if first >= Self::BASELINES { 0 } else { Self::ALL >> first << first }
    }

    /// A baseline below 50 % has no counter.
    fn count(&self, baseline: Spo2) -> Option<u32> {
        self.counts.get(usize::from(baseline.as_pct().checked_sub(Self::LOWEST)?)).copied()
    }
}

/// Falls below 90 %, re-armed above 90 %.
#[derive(Clone, Debug)]
struct Dips {
    is_armed: bool,
    count: u32,
}

impl Dips {
    const LEVEL_PCT: u8 = 90;

    const fn push(&mut self, spo2: Spo2) {
        if spo2.as_pct() > Self::LEVEL_PCT {
            self.is_armed = true;
        } else if self.is_armed && spo2.as_pct() < Self::LEVEL_PCT {
            self.is_armed = false;
            self.count += 1;
        }
    }
}
