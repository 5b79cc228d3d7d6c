//! Profile `aasm`: falls of X % from the highest level of the last 120 s, lasting 10 s, followed by resaturation.
//! Definition, sources and consequences: docs/ALGORITHMS.md, "Desaturation, profile aasm".

use crate::desaturation::{Desaturation, Outcome, Threshold};
use crate::units::{Span, Spo2};

/// How far back the peak is looked for.
pub const LOOK_BACK: Span = Span::from_secs(120);
/// Shortest event.
pub const MIN_DURATION: Span = Span::from_secs(10);
/// Longest time to resaturation; a longer fall is sustained, not counted.
pub const MAX_DURATION: Span = Span::from_secs(180);
/// Longest missing time that is bridged.
pub const MAX_GAP: Span = Span::from_secs(10);
/// How close to the peak the signal must come back, and the onset lies, percent.
pub const NEAR_PCT: u8 = 1;

/// Finds the events of one threshold sample by sample, in fixed memory.
///
/// Feed every *accepted* reading in order; an event comes out at the sample that ends it.
#[derive(Clone, Debug)]
pub struct Detector {
    threshold: Threshold,
    interval: Span,
    peaks: Peaks,
    inside: Option<Inside>,
    sums: Sums,
    previous: Option<Span>,
}

impl Detector {
    /// A detector for recordings sampled every `interval`.
    #[must_use]
    pub const fn new(threshold: Threshold, interval: Span) -> Self {
        Self {
            threshold,
            interval,
            peaks: Peaks::EMPTY,
            inside: None,
            sums: Sums { value: 0, time: 0 },
            previous: None,
        }
    }

    /// Takes the next accepted reading; gives the event that it ends, if any.
    pub fn push(&mut self, at: Span, spo2: Spo2) -> Option<Desaturation> {
        let by_gap = self.close_at_gap(at);
        let by_value = self.step_inside(at, spo2);
        if self.inside.is_none() {
            self.step_outside(at, spo2);
        }
        self.sums.add(spo2, self.interval);
        self.previous = Some(at);
        by_gap.or(by_value)
    }

    /// Ends the recording; gives the event that was still open, if any.
    pub fn finish(&mut self) -> Option<Desaturation> {
        let end = self.previous?.plus(self.interval);
        self.close(end, Outcome::End)
    }

    /// Missing time beyond the limit ends an event where the signal was lost, and clears the look-back.
    fn close_at_gap(&mut self, at: Span) -> Option<Desaturation> {
        let held_until = self.previous?.plus(self.interval);
        if at.since(held_until) <= MAX_GAP {
            return None;
        }
        let event = self.close(held_until, Outcome::Gap);
        self.peaks = Peaks::EMPTY;
        event
    }

    fn step_inside(&mut self, at: Span, spo2: Spo2) -> Option<Desaturation> {
        let inside = self.inside.as_mut()?;
        let risen_to_peak = spo2.as_pct() + NEAR_PCT >= inside.peak.as_pct();
        let risen_from_nadir = spo2.as_pct() >= inside.nadir.as_pct() + self.threshold.as_pct();
        if risen_to_peak || risen_from_nadir {
            return self.close(at, Outcome::Complete);
        }
        if at.since(inside.onset) > MAX_DURATION {
            return self.close(at, Outcome::Sustained);
        }
        if spo2 < inside.nadir {
            (inside.nadir, inside.nadir_at) = (spo2, at);
        }
        None
    }

    fn step_outside(&mut self, at: Span, spo2: Spo2) {
        self.peaks.push(Peak { at, spo2, sums: self.sums });
        let Some(highest) = self.peaks.highest() else { return };
        if highest.spo2.as_pct() < spo2.as_pct() + self.threshold.as_pct() {
            return;
        }
        let onset = self.peaks.last_near(highest.spo2).unwrap_or(highest);
        self.inside = Some(Inside {
            peak: highest.spo2,
            onset: onset.at,
            sums_at_onset: onset.sums,
            nadir: spo2,
            nadir_at: at,
        });
    }

    /// Leaves the event, and gives it if it lasted long enough.
    fn close(&mut self, end: Span, outcome: Outcome) -> Option<Desaturation> {
        let inside = self.inside.take()?;
        self.peaks = Peaks::EMPTY;
        let event = Desaturation {
            onset: inside.onset,
            nadir_at: inside.nadir_at,
            end,
            peak: inside.peak,
            nadir: inside.nadir,
            area_pct_s: self.sums.area_below(inside.peak, inside.sums_at_onset),
            outcome,
        };
        (event.duration() >= MIN_DURATION).then_some(event)
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

/// Sum of SpO2 times time, and of time, over the accepted readings so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sums {
    value: u32,
    time: u32,
}

impl Sums {
    /// Wrapping: only differences over one event are ever taken, and those are small.
    const fn add(&mut self, spo2: Spo2, interval: Span) {
        let held = (spo2.as_pct() as u32).wrapping_mul(interval.as_secs());
        self.value = self.value.wrapping_add(held);
        self.time = self.time.wrapping_add(interval.as_secs());
    }

    /// Area between the level `peak` and the signal since `onset`, percent times seconds.
    const fn area_below(self, peak: Spo2, onset: Self) -> u32 {
        let time = self.time.wrapping_sub(onset.time);
        let value = self.value.wrapping_sub(onset.value);
        (peak.as_pct() as u32).wrapping_mul(time).wrapping_sub(value)
    }
}

/// A candidate for the peak, with the sums before it.
#[derive(Clone, Copy, Debug)]
struct Peak {
    at: Span,
    spo2: Spo2,
    sums: Sums,
}

/// The look-back window as a queue of strictly falling values: its front is the window's highest level.
///
/// While no event is open all values lie within the threshold below the front, so 4 % needs 4 places; one more
/// holds the reading that opens an event.
#[derive(Clone, Copy, Debug)]
struct Peaks {
    entries: [Option<Peak>; Self::CAPACITY],
}

impl Peaks {
    const CAPACITY: usize = Threshold::Four.as_pct() as usize + 1;
    const EMPTY: Self = Self { entries: [None; Self::CAPACITY] };

    /// Forgets what is out of the window or not above the new value, then appends the new value.
    fn push(&mut self, new: Peak) {
        let mut kept = Self::EMPTY;
        let is_kept = |p: &&Peak| new.at.since(p.at) <= LOOK_BACK && p.spo2 > new.spo2;
        let values = self.entries.iter().flatten().filter(is_kept).copied().chain([new]);
        for (slot, value) in kept.entries.iter_mut().zip(values) {
            *slot = Some(value);
        }
        *self = kept;
    }

    fn highest(&self) -> Option<Peak> {
        self.entries.iter().flatten().next().copied()
    }

    /// The last reading within [`NEAR_PCT`] of `peak`: where the fall begins.
    fn last_near(&self, peak: Spo2) -> Option<Peak> {
        self.entries.iter().flatten().rev().find(|p| p.spo2.as_pct() + NEAR_PCT >= peak.as_pct()).copied()
    }
}
