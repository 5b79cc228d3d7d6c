//! Profile `aasm`: drops of X % from the highest level of the last 120 s, lasting 10 s, followed by resaturation.
//! Definition, sources and consequences: docs/ALGORITHMS.md, "Desaturation, profile aasm".

mod config;

use crate::batch::Run;
use crate::desaturation::discarded::{Discarded, Listener, Rule};
use crate::desaturation::{Depth, Desaturation, Outcome, Threshold};
use crate::sliding::{Candidate, Extremes};
use crate::units::{Span, Spo2};

pub(crate) use config::Changed;
pub use config::{Config, MIN_DURATION, Recovery};

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
        self.push_heard(at, spo2, &mut ())
    }

    /// The same with a listener.
    #[inline]
    pub(crate) fn push_heard(
        &mut self,
        at: Span,
        spo2: Spo2,
        listener: &mut impl Listener,
    ) -> Option<Desaturation> {
        let is_gap = |previous: Span| at.since(previous.plus(self.interval)) > self.config.max_gap;
        let by_gap = if self.previous.is_some_and(is_gap) { self.close_at_gap(at, listener) } else { None };
        self.push_on_heard(at, spo2, listener).or(by_gap)
    }

    /// The same where no time is missing since the reading before.
    #[inline(always)]
    pub(crate) fn push_on(&mut self, at: Span, spo2: Spo2) -> Option<Desaturation> {
        self.push_on_heard(at, spo2, &mut ())
    }

    /// The same with a listener.
    #[inline(always)]
    pub(crate) fn push_on_heard(
        &mut self,
        at: Span,
        spo2: Spo2,
        listener: &mut impl Listener,
    ) -> Option<Desaturation> {
        let event = self.step_inside(at, spo2, listener);
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
        let event = self.step_inside(first, spo2, &mut ());
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
        self.finish_heard(&mut ())
    }

    /// The same with a listener.
    pub(crate) fn finish_heard(&mut self, listener: &mut impl Listener) -> Option<Desaturation> {
        let end = self.previous?.plus(self.interval);
        self.close(end, Outcome::End, listener)
    }

    /// The event that has begun, as it would end if the recording ended here; it may still be shorter than an event is.
    pub fn ongoing(&self) -> Option<Desaturation> {
        let end = self.previous?.plus(self.interval);
        Some(self.event(self.inside.as_ref()?, end, Outcome::End))
    }

    /// Missing time beyond the limit ends an event where the signal was lost, and clears the look-back.
    #[cold]
    fn close_at_gap(&mut self, at: Span, listener: &mut impl Listener) -> Option<Desaturation> {
        let held_until = self.previous?.plus(self.interval);
        listener.broken(held_until, at);
        let event = self.close(held_until, Outcome::Gap, listener);
        self.peaks.clear();
        event
    }

    /// Within an event: the event that this reading ends.
    #[inline(always)]
    fn step_inside(&mut self, at: Span, spo2: Spo2, listener: &mut impl Listener) -> Option<Desaturation> {
        let outcome = self.inside.as_mut()?.step(at, spo2, self.depth_pct, &self.config)?;
        self.close(at, outcome, listener)
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
    fn close(&mut self, end: Span, outcome: Outcome, listener: &mut impl Listener) -> Option<Desaturation> {
        let inside = self.inside.take()?;
        self.peaks.clear();
        let event = self.event(&inside, end, outcome);
        if event.duration() >= self.config.min_duration {
            return Some(event);
        }
        let rule = self.config.lost_by(&event).unwrap_or(Rule::ShorterThan);
        listener.discarded(Discarded { onset: event.onset, end, depth_pct: event.depth_pct(), rule });
        None
    }

    fn event(&self, inside: &Inside, end: Span, outcome: Outcome) -> Desaturation {
        Desaturation {
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
        }
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
