//! Profile `viatom`: the drop counts that the maker's apps and devices print, reproduced for comparison.
//!
//! A fixed baseline for the whole night: the most frequent value at or above the rounded mean. It misses falls
//! from a low plateau and needs 4 points for ">3 %". Definition: docs/ALGORITHMS.md, "Profile viatom".

use crate::batch::Run;
use crate::desaturation::{Depth, Threshold};
use crate::histogram::Histogram;
use crate::units::{Span, Spo2};

/// Counts drops for every possible baseline at once, and chooses at the end: one pass, fixed memory.
///
/// Feed every reading the device made, unfiltered; missing ones are simply not fed.
#[derive(Clone, Debug)]
pub struct Counter {
    histogram: Histogram<101>,
    drops3: Drops,
    drops4: Drops,
    dips: Dips,
}

/// What [`Counter::finish`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drops34 {
    /// The night's reference level, percent.
    pub baseline: Spo2,
    /// Drops "over 3 %".
    pub drops3: u32,
    /// Drops "over 4 %".
    pub drops4: u32,
    /// Times the signal went below 90 %, re-armed above 90 %.
    pub dips_below_90: u32,
}

impl Default for Counter {
    fn default() -> Self {
        Self {
            histogram: Histogram::default(),
            drops3: Drops::new(Threshold::Three),
            drops4: Drops::new(Threshold::Four),
            dips: Dips { is_armed: true, count: 0 },
        }
    }
}

impl Counter {
    /// Takes the next reading.
    #[inline]
    pub fn push(&mut self, spo2: Spo2) {
        self.push_many(spo2, 1);
    }

    #[inline]
    pub(crate) fn push_run(&mut self, run: &Run<'_>) {
        self.push_many(run.spo2, run.len());
    }

    /// The same level twice neither drops nor re-arms.
    #[inline]
    fn push_many(&mut self, spo2: Spo2, readings: u32) {
        self.histogram.push_many(spo2.as_pct().into(), readings);
        self.drops3.push(spo2);
        self.drops4.push(spo2);
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

/// Drop counters for the baselines 50..=100, each with its place.
///
/// A reading drops from high baselines and re-arms low ones: the armed are always those up to some level.
#[derive(Clone, Debug)]
struct Drops {
    threshold: Threshold,
    /// The first place that is not armed.
    armed: u8,
    /// By how much the count of a place differs from that of the place before, wrapping.
    steps: [u32; Self::BASELINES as usize + 1],
}

impl Drops {
    const LOWEST: u8 = 50;
    const BASELINES: u8 = 51;
    /// A drop is over when the signal is back within this of the baseline, percent, for both thresholds.
    const REARM_PCT: u8 = 2;

    const fn new(threshold: Threshold) -> Self {
        Self { threshold, armed: Self::BASELINES, steps: [0; Self::BASELINES as usize + 1] }
    }

    /// Counts for the armed baselines that the signal is far enough below; those it has come back to may be dropped
    /// from again.
    #[inline]
    fn push(&mut self, spo2: Spo2) {
        let armed = self.armed.min(Self::first_above(spo2.as_pct() + self.threshold.as_pct()));
        self.step(armed, 1);
        self.step(self.armed, u32::MAX);
        self.armed = armed.max(Self::first_above(spo2.as_pct() + Self::REARM_PCT));
    }

    #[inline]
    fn step(&mut self, place: u8, by: u32) {
        if let Some(step) = self.steps.get_mut(usize::from(place)) {
            *step = step.wrapping_add(by);
        }
    }

    /// Place of the first baseline greater than `level`.
    #[inline]
    const fn first_above(level: u8) -> u8 {
        let place = (level + 1).saturating_sub(Self::LOWEST);
        if place < Self::BASELINES { place } else { Self::BASELINES }
    }

    /// A baseline below 50 % has no counter.
    fn count(&self, baseline: Spo2) -> Option<u32> {
        let steps = self.steps.get(..=usize::from(baseline.as_pct().checked_sub(Self::LOWEST)?))?;
        Some(steps.iter().fold(0, |count, &step| count.wrapping_add(step)))
    }
}

/// One drop: a reading far enough below the baseline, until the signal is back near it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
pub struct Drop {
    /// First reading below the baseline by more than the depth, seconds.
    #[cfg_attr(feature = "serde", serde(rename = "begin_s"))]
    pub begin: Span,
    /// First reading at the lowest level, seconds.
    #[cfg_attr(feature = "serde", serde(rename = "nadir_s"))]
    pub nadir_at: Span,
    /// First reading within 2 % of the baseline again, seconds; `None` where the night ends before.
    #[cfg_attr(feature = "serde", serde(rename = "end_s"))]
    pub end: Option<Span>,
    /// The night's reference level, percent.
    #[cfg_attr(feature = "serde", serde(rename = "baseline_pct"))]
    pub baseline: Spo2,
    /// Lowest level, percent.
    #[cfg_attr(feature = "serde", serde(rename = "nadir_pct"))]
    pub nadir: Spo2,
}

/// Finds the drops below a baseline that is known: those that [`Counter`] counts.
#[derive(Clone, Debug)]
pub struct DropDetector {
    baseline: Spo2,
    depth_pct: u8,
    inside: Option<Drop>,
}

impl DropDetector {
    /// Of a night with this baseline.
    #[must_use]
    pub const fn new(baseline: Spo2, depth: Depth) -> Self {
        Self { baseline, depth_pct: depth.as_pct(), inside: None }
    }

    /// Takes the next reading; gives the drop that it ends, if any.
    pub fn push(&mut self, at: Span, spo2: Spo2) -> Option<Drop> {
        let below = self.baseline.as_pct().saturating_sub(spo2.as_pct());
        let Some(drop) = &mut self.inside else {
            let (baseline, nadir) = (self.baseline, spo2);
            let new = Drop { begin: at, nadir_at: at, end: None, baseline, nadir };
            self.inside = (below > self.depth_pct).then_some(new);
            return None;
        };
        if below <= Drops::REARM_PCT {
            return self.inside.take().map(|drop| Drop { end: Some(at), ..drop });
        }
        if spo2 < drop.nadir {
            (drop.nadir, drop.nadir_at) = (spo2, at);
        }
        None
    }

    /// Ends the recording; gives the drop that was still open, if any.
    pub fn finish(&mut self) -> Option<Drop> {
        self.inside.take()
    }
}

/// Times the signal went below 90 %, re-armed above 90 %.
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
