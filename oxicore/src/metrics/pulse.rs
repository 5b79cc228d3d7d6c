//! Statistics of the pulse, and its sudden rises. Definitions: docs/ALGORITHMS.md, "Pulse".

use crate::histogram::Histogram;
use crate::metrics::per_hour;
use crate::notices::Notices;
use crate::sliding::{Candidate, Extremes};
use crate::units::{PulseRate, Span};
use crate::with::with;

/// Distribution of the accepted pulse readings; their number may differ from that of SpO2.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct PulseStatistics {
    /// Accepted readings.
    pub n: u32,
    /// Mean, beats per minute.
    pub mean_bpm: f64,
    /// Sample standard deviation, beats per minute; `None` under two readings.
    pub sd_bpm: Option<f64>,
    /// Percentile 5, beats per minute.
    pub p5_bpm: f64,
    /// Median, beats per minute.
    pub median_bpm: f64,
    /// Percentile 95, beats per minute.
    pub p95_bpm: f64,
    /// Lowest, beats per minute.
    pub min_bpm: PulseRate,
    /// Highest, beats per minute.
    pub max_bpm: PulseRate,
    /// Time below [`PulseConfig::bradycardia_bpm`], seconds.
    pub bradycardia_s: u32,
    /// Time above [`PulseConfig::tachycardia_bpm`], seconds.
    pub tachycardia_s: u32,
    /// PRRI-6 events: rises of 6 beats per minute and more.
    pub rises6: u32,
    /// PRRI-6: the same per hour of valid pulse; `None` under 600 s of it. Not validated; 4 s sampling blunts it.
    pub rises6_per_h: Option<f64>,
    /// Readings that look doubled (above 1.7 times percentile 25 and above 110): flagged, never altered.
    pub n_doubled: u32,
}

/// More of the same distribution: percentiles by linear interpolation (R type 7), beats per minute.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct PulsePercentiles {
    /// Most frequent reading; the highest of equally frequent ones.
    pub mode_bpm: PulseRate,
    /// Percentile 1.
    pub p1_bpm: f64,
    /// Percentile 5.
    pub p5_bpm: f64,
    /// Percentile 10.
    pub p10_bpm: f64,
    /// Percentile 25.
    pub p25_bpm: f64,
    /// Median.
    pub p50_bpm: f64,
    /// Percentile 75.
    pub p75_bpm: f64,
    /// Percentile 90.
    pub p90_bpm: f64,
    /// Percentile 95.
    pub p95_bpm: f64,
    /// Percentile 99.
    pub p99_bpm: f64,
}

/// Limits of slow and fast pulse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(default, deny_unknown_fields)
)]
#[non_exhaustive]
pub struct PulseConfig {
    /// Below this is bradycardia, beats per minute; 50.
    pub bradycardia_bpm: u16,
    /// Above this is tachycardia, beats per minute; 120.
    pub tachycardia_bpm: u16,
}

with!(PulseConfig { with_bradycardia_bpm(bradycardia_bpm: u16), with_tachycardia_bpm(tachycardia_bpm: u16) });

impl Default for PulseConfig {
    fn default() -> Self {
        Self { bradycardia_bpm: 50, tachycardia_bpm: 120 }
    }
}

impl PulseStatistics {
    /// Without an index of readings that are too far apart for one.
    pub(crate) fn over(self, notices: &Notices) -> Self {
        let rises6_per_h = self.rises6_per_h.filter(|_| !notices.interval_too_coarse);
        Self { rises6_per_h, ..self }
    }
}

/// Gathers [`PulseStatistics`] sample by sample.
#[derive(Clone, Debug)]
pub struct PulseBuilder {
    config: PulseConfig,
    interval: Span,
    histogram: Histogram<301>,
    rises: RiseDetector,
    rise_count: u32,
}

impl PulseBuilder {
    /// For recordings sampled every `interval`.
    #[must_use]
    #[inline(never)]
    pub fn new(config: PulseConfig, interval: Span) -> Self {
        let rises = RiseDetector::new(interval);
        Self { config, interval, histogram: Histogram::default(), rises, rise_count: 0 }
    }

    /// Takes the next accepted reading; tells whether a rise was found at it.
    pub fn push(&mut self, at: Span, pulse: PulseRate) -> bool {
        self.histogram.push(pulse.as_bpm());
        let is_rise = self.rises.push(at, pulse);
        self.rise_count += u32::from(is_rise);
        is_rise
    }

    /// The same where no time is missing since the reading before.
    #[inline]
    pub(crate) fn push_on(&mut self, at: Span, pulse: PulseRate) -> bool {
        self.histogram.push(pulse.as_bpm());
        let is_rise = self.rises.push_on(at, pulse);
        self.rise_count += u32::from(is_rise);
        is_rise
    }

    /// When the last reading was.
    pub(crate) const fn previous(&self) -> Option<Span> {
        self.rises.previous
    }

    /// The statistics; `None` without an accepted reading.
    #[must_use]
    pub fn finish(&self) -> Option<PulseStatistics> {
        let (histogram, config) = (&self.histogram, &self.config);
        let seconds = |readings: u32| readings.saturating_mul(self.interval.as_secs());
        let valid_s = seconds(histogram.count());
        let is_long_enough = valid_s >= super::MIN_VALID.as_secs();
        Some(PulseStatistics {
            n: histogram.count(),
            mean_bpm: histogram.mean()?,
            sd_bpm: histogram.sd(),
            p5_bpm: histogram.percentile(5)?,
            median_bpm: histogram.median()?,
            p95_bpm: histogram.percentile(95)?,
            min_bpm: PulseRate::from_device(histogram.min()?.into())?,
            max_bpm: PulseRate::from_device(histogram.max()?.into())?,
            bradycardia_s: seconds(histogram.count_below(config.bradycardia_bpm)),
            tachycardia_s: seconds(
                histogram.count_within(config.tachycardia_bpm.saturating_add(1), u16::MAX),
            ),
            rises6: self.rise_count,
            rises6_per_h: per_hour(self.rise_count, valid_s).filter(|_| is_long_enough),
            n_doubled: self.doubled()?,
        })
    }

    /// The percentiles and the mode; `None` without an accepted reading.
    #[must_use]
    pub fn percentiles(&self) -> Option<PulsePercentiles> {
        let percentile = |percent| self.histogram.percentile(percent);
        Some(PulsePercentiles {
            mode_bpm: PulseRate::from_device(self.histogram.mode()?.into())?,
            p1_bpm: percentile(1)?,
            p5_bpm: percentile(5)?,
            p10_bpm: percentile(10)?,
            p25_bpm: percentile(25)?,
            p50_bpm: percentile(50)?,
            p75_bpm: percentile(75)?,
            p90_bpm: percentile(90)?,
            p95_bpm: percentile(95)?,
            p99_bpm: percentile(99)?,
        })
    }

    fn doubled(&self) -> Option<u32> {
        const SUSPICIOUS_BPM: u16 = 110;
        let usual_hundredths = self.histogram.percentile_in_hundredths(25)?;
        let is_doubled =
            |value: u16| value > SUSPICIOUS_BPM && 1_000 * u32::from(value) > 17 * usual_hundredths;
        Some(self.histogram.values().filter(|&(value, _)| is_doubled(value)).map(|(_, count)| count).sum())
    }
}

/// PRRI-6: a reading at least 6 above the lowest of the last 15 s.
///
/// Re-armed when the pulse is 3 below the peak of the rise or 30 s after its start; the window begins anew there.
/// Missing time above 10 s clears everything.
#[derive(Clone, Debug)]
pub struct RiseDetector {
    interval: Span,
    /// One reading a second at most.
    lows: Extremes<Low, 16>,
    rise: Option<Rise>,
    previous: Option<Span>,
}

#[derive(Clone, Copy, Debug)]
struct Rise {
    start: Span,
    peak: u16,
}

#[derive(Clone, Copy, Debug)]
struct Low {
    at: Span,
    bpm: u16,
}

impl Candidate for Low {
    fn at(&self) -> Span {
        self.at
    }

    fn outlasts(&self, later: &Self) -> bool {
        self.bpm < later.bpm
    }
}

impl RiseDetector {
    const WINDOW: Span = Span::from_secs(15);
    const RISE_BPM: u16 = 6;
    const FALL_BPM: u16 = 3;
    const MAX_RISE: Span = Span::from_secs(30);
    const MAX_GAP: Span = Span::from_secs(10);

    /// For recordings sampled every `interval`.
    #[must_use]
    pub const fn new(interval: Span) -> Self {
        Self { interval, lows: Extremes::new(Low { at: Span::ZERO, bpm: 0 }), rise: None, previous: None }
    }

    /// Takes the next accepted reading; tells whether it completes a rise.
    #[inline]
    pub fn push(&mut self, at: Span, pulse: PulseRate) -> bool {
        let is_gap = |previous: Span| at.since(previous.plus(self.interval)) > Self::MAX_GAP;
        if self.previous.is_some_and(is_gap) {
            self.lows.clear();
            self.rise = None;
        }
        self.push_on(at, pulse)
    }

    /// The same where no time is missing since the reading before.
    #[inline]
    pub(crate) fn push_on(&mut self, at: Span, pulse: PulseRate) -> bool {
        self.previous = Some(at);
        let bpm = pulse.as_bpm();
        if let Some(rise) = &mut self.rise {
            rise.peak = rise.peak.max(bpm);
            if bpm + Self::FALL_BPM > rise.peak && at.since(rise.start) < Self::MAX_RISE {
                return false;
            }
            self.rise = None;
            self.lows.clear();
        }
        self.armed(at, bpm)
    }

    #[inline]
    fn armed(&mut self, at: Span, bpm: u16) -> bool {
        self.lows.push(Low { at, bpm }, Self::WINDOW);
        let has_risen = self.lows.extreme().is_some_and(|lowest| bpm - lowest.bpm >= Self::RISE_BPM);
        if has_risen {
            self.rise = Some(Rise { start: at, peak: bpm });
        }
        has_risen
    }
}
