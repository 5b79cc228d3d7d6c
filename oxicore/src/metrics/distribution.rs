//! Distribution of SpO2 and time below a level. Definitions: docs/ALGORITHMS.md, "Distribution and time".

use crate::batch::{self, Stretch};
use crate::histogram::Histogram;
use crate::metrics::percent;
use crate::units::{Span, Spo2};

/// Longest missing time inside a stretch below a level.
pub const MAX_GAP: Span = Span::from_secs(10);
/// Levels of [`Spo2Distribution::time_below`], percent.
pub const LEVELS_PCT: [u8; 8] = [95, 94, 92, 90, 88, 85, 80, 70];

/// Distribution of the accepted SpO2 readings of a night.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Spo2Distribution {
    /// Accepted readings.
    pub n: u32,
    /// Mean, percent.
    pub mean_pct: f64,
    /// Sample standard deviation, percent; `None` under two readings.
    pub sd_pct: Option<f64>,
    /// Most frequent reading, percent; the highest of equally frequent ones.
    pub mode_pct: Spo2,
    /// Percentile 1 by linear interpolation (R type 7), percent.
    pub p1_pct: f64,
    /// Percentile 5, percent.
    pub p5_pct: f64,
    /// Percentile 10, percent.
    pub p10_pct: f64,
    /// Percentile 25, percent.
    pub p25_pct: f64,
    /// Median, percent.
    pub median_pct: f64,
    /// Percentile 75, percent.
    pub p75_pct: f64,
    /// Percentile 90, percent.
    pub p90_pct: f64,
    /// Percentile 95, percent.
    pub p95_pct: f64,
    /// Lowest reading, percent.
    #[doc(alias = "nadir")]
    pub min_pct: Spo2,
    /// Highest reading, percent.
    pub max_pct: Spo2,
    /// Lowest level held for 10 s without a break, percent; `None` when nothing was held that long.
    pub nadir_10s_pct: Option<Spo2>,
    /// Time with SpO2 < 90 %, seconds (readings times interval).
    pub below_90_s: u32,
    /// T90: the same in percent of valid time.
    #[doc(alias = "T90")]
    #[doc(alias = "CT90")]
    pub below_90_pct: f64,
    /// Time with SpO2 < 88 %, seconds.
    pub below_88_s: u32,
    /// T88: the same in percent of valid time.
    #[doc(alias = "T88")]
    pub below_88_pct: f64,
    /// T90 with the records below the ring's range as readings below 90 %, in percent of all these; [`Self::below_90_pct`]
    /// where there are none.
    pub below_90_pct_with_below_range: f64,
    /// T88 in the same way.
    pub below_88_pct_with_below_range: f64,
    /// Longest stretch below 90 %, seconds; missing time up to [`MAX_GAP`] inside it counts.
    pub longest_below_90_s: u32,
    /// Longest stretch below 88 %, seconds, in the same way.
    pub longest_below_88_s: u32,
    /// Time below each of [`LEVELS_PCT`], in both readings of "below".
    #[doc(alias = "T95")]
    #[doc(alias = "T85")]
    #[doc(alias = "T80")]
    pub time_below: [TimeBelow; LEVELS_PCT.len()],
    /// CA90: area below 90 % per hour of valid time, percent times minutes per hour.
    #[doc(alias = "CA90")]
    pub area_below_90_pctmin_h: f64,
}

/// Time below a level, and at or below it; percent of valid time.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct TimeBelow {
    /// The level, percent.
    pub level_pct: u8,
    /// SpO2 < level, seconds.
    pub below_s: u32,
    /// SpO2 < level, percent of valid time.
    pub below_pct: f64,
    /// SpO2 <= level, seconds.
    pub at_or_below_s: u32,
    /// SpO2 <= level, percent of valid time.
    pub at_or_below_pct: f64,
}

/// Gathers a [`Spo2Distribution`] sample by sample.
#[derive(Clone, Debug)]
pub struct DistributionBuilder {
    interval: Span,
    histogram: Histogram<101>,
    below_90: Below,
    below_88: Below,
    held: HeldNadir,
}

impl DistributionBuilder {
    /// For recordings sampled every `interval`.
    #[must_use]
    #[inline(never)]
    pub fn new(interval: Span) -> Self {
        Self {
            interval,
            histogram: Histogram::default(),
            below_90: Below::new(90, interval),
            below_88: Below::new(88, interval),
            held: HeldNadir::new(interval),
        }
    }

    /// Takes the next accepted reading.
    pub fn push(&mut self, at: Span, spo2: Spo2) {
        self.histogram.push(spo2.as_pct().into());
        self.below_90.push(at, spo2);
        self.below_88.push(at, spo2);
        self.held.push(at, spo2);
    }

    /// Passes over readings too high for a time below a level or a new lowest; whether they are, which
    /// [`Self::push_run`] wants to know.
    #[inline]
    pub(crate) fn passes(&mut self, stretch: &Stretch<'_>) -> bool {
        let lowest = stretch.lowest();
        let is_high = lowest.as_pct() >= self.below_90.level_pct && self.held.is_above(lowest);
        if is_high {
            (self.below_90.run, self.below_88.run) = (None, None);
            self.held.pass(stretch.last());
        }
        is_high
    }

    #[inline]
    pub(crate) fn push_run(&mut self, run: &batch::Run<'_>, is_high: bool) {
        self.histogram.push_many(run.spo2.as_pct().into(), run.len());
        if !is_high {
            self.below_90.push_run(run);
            self.below_88.push_run(run);
            self.held.push_run(run);
        }
    }

    /// Accepted readings so far.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.histogram.count()
    }

    /// The distribution; `None` without an accepted reading.
    #[must_use]
    pub fn finish(&self) -> Option<Spo2Distribution> {
        self.finish_with(0)
    }

    /// The same of a night with this number of records below the ring's range.
    pub(crate) fn finish_with(&self, below_range: u32) -> Option<Spo2Distribution> {
        let histogram = &self.histogram;
        let level = |value: Option<u16>| Spo2::from_device(value?.into());
        let [below_90, below_88] = [90, 88].map(|level| self.time_below(level));
        let [below_90_with, below_88_with] = [90, 88].map(|level| {
            let below = histogram.count_below(level).saturating_add(below_range);
            percent(below, histogram.count().saturating_add(below_range)).unwrap_or(0.0)
        });
        Some(Spo2Distribution {
            n: histogram.count(),
            mean_pct: histogram.mean()?,
            sd_pct: histogram.sd(),
            mode_pct: level(histogram.mode())?,
            p1_pct: histogram.percentile(1)?,
            p5_pct: histogram.percentile(5)?,
            p10_pct: histogram.percentile(10)?,
            p25_pct: histogram.percentile(25)?,
            median_pct: histogram.median()?,
            p75_pct: histogram.percentile(75)?,
            p90_pct: histogram.percentile(90)?,
            p95_pct: histogram.percentile(95)?,
            min_pct: level(histogram.min())?,
            max_pct: level(histogram.max())?,
            nadir_10s_pct: self.held.lowest,
            below_90_s: below_90.below_s,
            below_90_pct: below_90.below_pct,
            below_88_s: below_88.below_s,
            below_88_pct: below_88.below_pct,
            below_90_pct_with_below_range: below_90_with,
            below_88_pct_with_below_range: below_88_with,
            longest_below_90_s: self.below_90.longest.as_secs(),
            longest_below_88_s: self.below_88.longest.as_secs(),
            time_below: LEVELS_PCT.map(|level| self.time_below(level)),
            area_below_90_pctmin_h: self.area_below_pctmin_h(90)?,
        })
    }

    /// CA: area below a fixed level per hour of valid time, percent times minutes per hour; `None` without a reading.
    #[must_use]
    pub fn area_below_pctmin_h(&self, level_pct: u8) -> Option<f64> {
        // Depth times interval, over 60 for minutes, over valid hours: the interval cancels out.
        let depth = self.histogram.depth_below(level_pct.into()) as f64;
        (self.count() > 0).then(|| depth * 60.0 / f64::from(self.count()))
    }

    fn time_below(&self, level_pct: u8) -> TimeBelow {
        let below = self.histogram.count_below(level_pct.into());
        let at_or_below = self.histogram.count_below(u16::from(level_pct) + 1);
        let seconds = |readings: u32| readings.saturating_mul(self.interval.as_secs());
        let share = |readings| percent(readings, self.count()).unwrap_or(0.0);
        TimeBelow {
            level_pct,
            below_s: seconds(below),
            below_pct: share(below),
            at_or_below_s: seconds(at_or_below),
            at_or_below_pct: share(at_or_below),
        }
    }
}

/// The longest run of accepted readings below a level.
#[derive(Clone, Debug)]
struct Below {
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

impl Below {
    const fn new(level_pct: u8, interval: Span) -> Self {
        Self { level_pct, interval, run: None, longest: Span::ZERO }
    }

    fn push(&mut self, at: Span, spo2: Spo2) {
        if spo2.as_pct() >= self.level_pct {
            self.run = None;
            return;
        }
        let bridged = self.run.filter(|run| at.since(run.held_until) <= MAX_GAP);
        self.hold(bridged.map_or(at, |run| run.start), at);
    }

    /// Readings with no time missing before any of them.
    #[inline]
    fn push_run(&mut self, run: &batch::Run<'_>) {
        if run.spo2.as_pct() >= self.level_pct {
            self.run = None;
        } else {
            self.hold(self.run.map_or(run.first(), |run| run.start), run.last());
        }
    }

    fn hold(&mut self, start: Span, last: Span) {
        let held_until = last.plus(self.interval);
        self.longest = self.longest.max(held_until.since(start));
        self.run = Some(Run { start, held_until });
    }
}

/// The lowest level that readings of 10 s together stayed at or below, every reading counting its interval.
#[derive(Clone, Debug)]
struct HeldNadir {
    interval: Span,
    /// Readings that make 10 s.
    needed: usize,
    /// The last readings below `lowest`, oldest first: only when they are enough can there be a lower level.
    lower: [Spo2; Self::SECONDS],
    len: usize,
    previous: Option<Span>,
    lowest: Option<Spo2>,
}

impl HeldNadir {
    const SECONDS: usize = 10;

    const fn new(interval: Span) -> Self {
        let step = if interval.as_secs() == 0 { 1 } else { interval.as_secs() as usize };
        let needed = Self::SECONDS.div_ceil(step);
        Self { interval, needed, lower: [Spo2::MAX; Self::SECONDS], len: 0, previous: None, lowest: None }
    }

    #[inline]
    fn push(&mut self, at: Span, spo2: Spo2) {
        let is_gap = |previous: Span| at.since(previous.plus(self.interval)) > MAX_GAP;
        if self.previous.is_some_and(is_gap) {
            self.len = 0;
        }
        self.previous = Some(at);
        self.push_on(spo2);
    }

    /// Readings with no time missing before any of them: more than are needed change nothing.
    #[inline]
    fn push_run(&mut self, run: &batch::Run<'_>) {
        self.previous = Some(run.last());
        if self.is_above(run.spo2) {
            self.len = 0;
            return;
        }
        (0..run.len().min(Self::SECONDS as u32)).for_each(|_| self.push_on(run.spo2));
    }

    /// Whether such a reading cannot be part of a lower level.
    #[inline]
    fn is_above(&self, spo2: Spo2) -> bool {
        self.lowest.is_some_and(|lowest| spo2 >= lowest)
    }

    /// Readings until `last` that are [above](Self::is_above).
    fn pass(&mut self, last: Span) {
        (self.previous, self.len) = (Some(last), 0);
    }

    #[inline]
    fn push_on(&mut self, spo2: Spo2) {
        if self.is_above(spo2) {
            self.len = 0;
            return;
        }
        if let Some(place) = self.lower.get_mut(self.len) {
            *place = spo2;
            self.len += 1;
        }
        if self.len >= self.needed {
            self.settle();
        }
    }

    /// The highest of enough readings is the new lowest level; what stays are the readings below it.
    #[cold]
    fn settle(&mut self) {
        let lower = self.lower.get_mut(..self.len).unwrap_or_default();
        self.lowest = lower.iter().max().copied();
        let kept = lower.iter().rev().take_while(|&&spo2| Some(spo2) < self.lowest).count();
        lower.copy_within(lower.len() - kept.., 0);
        self.len = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distribution(readings: &[(u32, u32)]) -> Spo2Distribution {
        let mut builder = DistributionBuilder::new(Span::from_secs(4));
        for &(at, pct) in readings {
            builder.push(Span::from_secs(at), Spo2::from_device(pct).unwrap());
        }
        builder.finish().unwrap()
    }

    fn longest(readings: &[(u32, u32)]) -> u32 {
        distribution(readings).longest_below_90_s
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
    fn the_nadir_must_be_held_for_ten_seconds() {
        let nadir = |readings| distribution(readings).nadir_10s_pct.map(Spo2::as_pct);
        assert_eq!(nadir(&[(0, 95), (4, 80), (8, 90), (12, 88), (16, 92)]), Some(90));
        assert_eq!(nadir(&[(0, 80), (4, 80)]), None);
    }

    #[test]
    fn below_and_at_or_below_are_told_apart() {
        let [_, _, _, at_90, ..] = distribution(&[(0, 89), (4, 90), (8, 91), (12, 90)]).time_below;
        assert_eq!((at_90.level_pct, at_90.below_s, at_90.at_or_below_s), (90, 4, 12));
        assert_eq!((at_90.below_pct, at_90.at_or_below_pct), (25.0, 75.0));
    }

    #[test]
    fn without_readings_there_is_no_distribution() {
        assert_eq!(DistributionBuilder::new(Span::from_secs(4)).finish(), None);
    }
}
