//! Profile `aasm`: drops of X % from the highest level of the last 120 s, lasting 10 s, followed by resaturation.
//! Definition, sources and consequences: docs/ALGORITHMS.md, "Desaturation, profile aasm".

use crate::artifact::{MedianLength, RunningMedian};
use crate::batch::Run;
use crate::below_range::BelowRange;
use crate::code::codes;
use crate::desaturation::{Depth, Desaturation, Outcome, Threshold};
use crate::sliding::{Candidate, Extremes};
use crate::units::{Span, Spo2};
use crate::with::with;

/// Shortest event by the definition: [`Config::min_duration`] unless the settings say otherwise.
pub const MIN_DURATION: Span = Span::from_secs(10);

/// Geometry of the events; [`Default`] is the profile's definition, anything else has to be named with the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(default, deny_unknown_fields)
)]
#[non_exhaustive]
pub struct Config {
    /// How far back the peak is looked for; 120 s.
    #[cfg_attr(feature = "serde", serde(rename = "look_back_s"))]
    pub look_back: Span,
    /// Shortest event; 10 s. Of one that is shorter than the sampling interval every event is as long.
    #[cfg_attr(feature = "serde", serde(rename = "min_duration_s"))]
    pub min_duration: Span,
    /// Longest time to resaturation; a longer event is sustained, not complete; 180 s.
    #[cfg_attr(feature = "serde", serde(rename = "max_duration_s"))]
    pub max_duration: Span,
    /// Longest missing time that is bridged; 10 s.
    #[cfg_attr(feature = "serde", serde(rename = "max_gap_s"))]
    pub max_gap: Span,
    /// How close to the peak the signal must come back, and the onset lies, percent; 1.
    pub near_pct: u8,
    /// What ends an event; [`Recovery::Taha`].
    pub recovery: Recovery,
    /// Detect on a running median, of three readings unless the next setting says otherwise, against the noise of 1 Hz
    /// files; off.
    pub median3: bool,
    /// What becomes of SpO2 below the range of this maker's rings; [`BelowRange::Auto`].
    pub below_range: BelowRange,
    /// How many readings that median has, where it is on; 3.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_three"))]
    pub median_readings: MedianLength,
    /// Let sustained events count; off.
    pub include_sustained: bool,
    /// Let events ended by a gap or the end of the recording count; off.
    pub include_truncated: bool,
}

with!(Config {
    with_look_back(look_back: Span),
    with_min_duration(min_duration: Span),
    with_max_duration(max_duration: Span),
    with_max_gap(max_gap: Span),
    with_near_pct(near_pct: u8),
    with_recovery(recovery: Recovery),
    with_median3(median3: bool),
    with_below_range(below_range: BelowRange),
    with_median_readings(median_readings: MedianLength),
    with_include_sustained(include_sustained: bool),
    with_include_truncated(include_truncated: bool),
});

impl Default for Config {
    fn default() -> Self {
        Self {
            look_back: Span::from_secs(120),
            min_duration: MIN_DURATION,
            max_duration: Span::from_secs(180),
            max_gap: Span::from_secs(10),
            near_pct: 1,
            recovery: Recovery::Taha,
            median3: false,
            below_range: BelowRange::Auto,
            median_readings: MedianLength::default(),
            include_sustained: false,
            include_truncated: false,
        }
    }
}

// The length of the median is written only where it is not the usual one.
#[cfg(feature = "serde")]
fn is_three(length: &MedianLength) -> bool {
    *length == MedianLength::default()
}

impl Config {
    /// The running median to detect on, where there is one.
    pub(crate) fn median(&self) -> Option<RunningMedian> {
        self.median3.then(|| RunningMedian::new(self.median_readings))
    }

    /// Whether an event with this outcome enters the index.
    #[must_use]
    pub const fn counts(&self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Complete => true,
            Outcome::Sustained => self.include_sustained,
            Outcome::Gap | Outcome::End => self.include_truncated,
        }
    }
}

/// The rise that is a resaturation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Recovery {
    /// Back near the peak, or up from the nadir by the threshold (Taha 1997, Jung 2018).
    #[default]
    Taha,
    /// Back near the peak.
    Peak,
    /// Up by two thirds of the drop.
    Fraction,
}

codes!(Recovery { Taha = "taha", Peak = "peak", Fraction = "fraction" });

/// Finds the events of one threshold sample by sample, in fixed memory: `PLACES` candidates for the peak.
///
/// Feed every *accepted* reading in order; an event comes out at the sample that ends it.
#[derive(Clone, Debug)]
pub struct Detector<const PLACES: usize = USUAL_PLACES> {
    depth_pct: u8,
    interval: Span,
    config: Config,
    peaks: Extremes<Peak, PLACES>,
    inside: Option<Inside>,
    sums: Sums,
    previous: Option<Span>,
}

impl Detector {
    /// A detector for recordings sampled every `interval`.
    #[must_use]
    pub const fn new(threshold: Threshold, interval: Span, config: Config) -> Self {
        Self::of(threshold.as_pct(), interval, config)
    }
}

impl Detector<DEEPEST_PLACES> {
    /// The same for falls of any depth.
    #[must_use]
    pub const fn at_depth(depth: Depth, interval: Span, config: Config) -> Self {
        Self::of(depth.as_pct(), interval, config)
    }
}

impl<const PLACES: usize> Detector<PLACES> {
    #[inline(never)]
    const fn of(depth_pct: u8, interval: Span, config: Config) -> Self {
        Self {
            depth_pct,
            interval,
            config,
            peaks: Extremes::new(Peak { at: Span::ZERO, spo2: Spo2::MAX, sums: Sums::NONE }),
            inside: None,
            sums: Sums::NONE,
            previous: None,
        }
    }

    /// Takes the next accepted reading; gives the event that it ends, if any.
    #[inline]
    pub fn push(&mut self, at: Span, spo2: Spo2) -> Option<Desaturation> {
        let is_gap = |previous: Span| at.since(previous.plus(self.interval)) > self.config.max_gap;
        let by_gap = if self.previous.is_some_and(is_gap) { self.close_at_gap() } else { None };
        self.push_on(at, spo2).or(by_gap)
    }

    /// The same where no time is missing since the reading before.
    #[inline(always)]
    pub(crate) fn push_on(&mut self, at: Span, spo2: Spo2) -> Option<Desaturation> {
        let event = self.step_inside(at, spo2);
        if self.inside.is_none() {
            self.step_outside(at, &Peak { at, spo2, sums: self.sums });
        }
        self.sums = self.sums.and(spo2, 1);
        self.previous = Some(at);
        event
    }

    /// Readings of the same level with no time missing before any of them: the first of them decides, and the one that
    /// makes an event too long; every one where a fall is near enough to its peak to end. There is never more than one
    /// event.
    #[inline(always)]
    pub(crate) fn push_run(&mut self, run: &Run<'_>) -> Option<Desaturation> {
        let (first, last, spo2) = (run.first(), run.last(), run.spo2);
        let event = self.step_inside(first, spo2);
        let sums = self.sums.and(spo2, run.len().saturating_sub(1));
        if self.inside.is_none() {
            self.step_outside(first, &Peak { at: last, spo2, sums });
        }
        let is_deciding = |inside: &Inside| {
            last.since(inside.onset) > self.config.max_duration || self.config.near_pct >= self.depth_pct
        };
        if self.inside.as_ref().is_some_and(is_deciding) {
            return self.push_others(run).or(event);
        }
        (self.sums, self.previous) = (sums.and(spo2, 1), Some(last));
        event
    }

    /// The readings after the first, which has made its step.
    #[cold]
    fn push_others(&mut self, run: &Run<'_>) -> Option<Desaturation> {
        self.sums = self.sums.and(run.spo2, 1);
        self.previous = Some(run.first());
        run.others().fold(None, |event, at| {
            let next = self.push_on(at, run.spo2);
            event.or(next)
        })
    }

    /// Ends the recording; gives the event that was still open, if any.
    pub fn finish(&mut self) -> Option<Desaturation> {
        let end = self.previous?.plus(self.interval);
        self.close(end, Outcome::End)
    }

    /// Missing time beyond the limit ends an event where the signal was lost, and clears the look-back.
    #[cold]
    fn close_at_gap(&mut self) -> Option<Desaturation> {
        let held_until = self.previous?.plus(self.interval);
        let event = self.close(held_until, Outcome::Gap);
        self.peaks.clear();
        event
    }

    /// Within an event: the event that this reading ends.
    #[inline(always)]
    fn step_inside(&mut self, at: Span, spo2: Spo2) -> Option<Desaturation> {
        let outcome = self.inside.as_mut()?.step(at, spo2, self.depth_pct, &self.config)?;
        self.close(at, outcome)
    }

    /// A level that was there `since`, and until `new`.
    #[inline(always)]
    fn step_outside(&mut self, since: Span, new: &Peak) {
        self.peaks.push_held(*new, since, self.config.look_back);
        let is_fall = |highest: &&Peak| highest.spo2.as_pct() >= new.spo2.as_pct() + self.depth_pct;
        if let Some(&highest) = self.peaks.extreme().filter(is_fall) {
            self.peaks.replace_newest(Peak { at: since, spo2: new.spo2, sums: self.sums });
            self.open(since, new.spo2, highest);
        }
    }

    #[cold]
    fn open(&mut self, at: Span, spo2: Spo2, highest: Peak) {
        let is_near =
            |p: &Peak| p.spo2.as_pct().saturating_add(self.config.near_pct) >= highest.spo2.as_pct();
        let onset = self.peaks.newest_first().find(is_near).unwrap_or(highest);
        self.inside = Some(Inside {
            peak: highest.spo2,
            onset: onset.at,
            sums_at_onset: onset.sums,
            nadir: spo2,
            nadir_at: at,
        });
    }

    /// Leaves the event, and gives it if it lasted long enough.
    #[cold]
    fn close(&mut self, end: Span, outcome: Outcome) -> Option<Desaturation> {
        let inside = self.inside.take()?;
        self.peaks.clear();
        let event = Desaturation {
            onset: inside.onset,
            nadir_at: inside.nadir_at,
            end,
            peak: inside.peak,
            nadir: inside.nadir,
            area_pct_s: self.sums.area_below(inside.peak, inside.sums_at_onset, self.interval),
            outcome,
            counted: self.config.counts(outcome),
            below_range: false,
            pulse_rise: None,
        };
        (event.duration() >= self.config.min_duration).then_some(event)
    }
}

/// An event that has begun.
#[derive(Clone, Copy, Debug)]
struct Inside {
    peak: Spo2,
    onset: Span,
    sums_at_onset: Sums,
    nadir: Spo2,
    nadir_at: Span,
}

impl Inside {
    /// How this reading ends the event, unless it goes on.
    #[inline(always)]
    fn step(&mut self, at: Span, spo2: Spo2, depth_pct: u8, config: &Config) -> Option<Outcome> {
        if self.has_recovered(spo2, depth_pct, config) {
            return Some(Outcome::Complete);
        }
        if at.since(self.onset) > config.max_duration {
            return Some(Outcome::Sustained);
        }
        if spo2 < self.nadir {
            (self.nadir, self.nadir_at) = (spo2, at);
        }
        None
    }

    #[inline]
    fn has_recovered(&self, spo2: Spo2, depth_pct: u8, config: &Config) -> bool {
        let [now, peak, nadir] = [spo2, self.peak, self.nadir].map(|level| u16::from(level.as_pct()));
        let is_near_peak = now + u16::from(config.near_pct) >= peak;
        match config.recovery {
            Recovery::Taha => is_near_peak || now >= nadir + u16::from(depth_pct),
            Recovery::Peak => is_near_peak,
            Recovery::Fraction => 3 * now.saturating_sub(nadir) >= 2 * (peak - nadir),
        }
    }
}

/// Sum of SpO2, percent, over the accepted readings so far, and their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sums {
    value: u32,
    readings: u32,
}

impl Sums {
    const NONE: Self = Self { value: 0, readings: 0 };

    /// With so many more; wrapping: only differences over one event are ever taken, and those are small.
    #[inline]
    const fn and(self, spo2: Spo2, readings: u32) -> Self {
        Self {
            value: self.value.wrapping_add(readings.wrapping_mul(spo2.as_pct() as u32)),
            readings: self.readings.wrapping_add(readings),
        }
    }

    /// Area between the level `peak` and the signal since `onset`, each reading held for `interval`; percent times
    /// seconds.
    const fn area_below(self, peak: Spo2, onset: Self, interval: Span) -> u32 {
        let readings = self.readings.wrapping_sub(onset.readings);
        let value = self.value.wrapping_sub(onset.value);
        (peak.as_pct() as u32).wrapping_mul(readings).wrapping_sub(value).wrapping_mul(interval.as_secs())
    }
}

/// A candidate for the peak, with the sums before it.
#[derive(Clone, Copy, Debug)]
struct Peak {
    at: Span,
    spo2: Spo2,
    sums: Sums,
}

impl Candidate for Peak {
    fn at(&self) -> Span {
        self.at
    }

    fn outlasts(&self, later: &Self) -> bool {
        self.spo2 > later.spo2
    }
}

/// Candidates for the peak in the look-back window.
///
/// While no event is open all values lie within the threshold below the highest, so 4 % needs 4 places; one more
/// holds the reading that opens an event.
const USUAL_PLACES: usize = Threshold::Four.as_pct() as usize + 1;
/// The same of the deepest fall.
pub const DEEPEST_PLACES: usize = Depth::MOST_PCT as usize + 1;
