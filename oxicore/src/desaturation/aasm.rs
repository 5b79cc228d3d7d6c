//! Profile `aasm`: falls of X % from the highest level of the last 120 s, lasting 10 s, followed by resaturation.
//! Definition, sources and consequences: docs/ALGORITHMS.md, "Desaturation, profile aasm".

use crate::desaturation::{Desaturation, Outcome, Threshold};
use crate::units::{Span, Spo2};

/// Shortest [`Config::min_duration`] there can be, and the default.
pub const MIN_DURATION: Span = Span::from_secs(10);

/// Geometry of the events; [`Default`] is the profile's definition, anything else has to be named with the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Config {
    /// How far back the peak is looked for; 120 s.
    #[cfg_attr(feature = "serde", serde(rename = "look_back_s"))]
    pub look_back: Span,
    /// Shortest event; 10 s.
    #[cfg_attr(feature = "serde", serde(rename = "min_duration_s"))]
    pub min_duration: Span,
    /// Longest time to resaturation; a longer fall is sustained, not complete; 180 s.
    #[cfg_attr(feature = "serde", serde(rename = "max_duration_s"))]
    pub max_duration: Span,
    /// Longest missing time that is bridged; 10 s.
    #[cfg_attr(feature = "serde", serde(rename = "max_gap_s"))]
    pub max_gap: Span,
    /// How close to the peak the signal must come back, and the onset lies, percent; 1.
    pub near_pct: u8,
    /// What ends an event; [`Recovery::Taha`].
    pub recovery: Recovery,
    /// Detect on the running median of three readings, against the noise of 1 Hz files; off.
    pub median3: bool,
    /// Let sustained events count; off.
    pub include_sustained: bool,
    /// Let events ended by a gap or the end of the recording count; off.
    pub include_truncated: bool,
}

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
            include_sustained: false,
            include_truncated: false,
        }
    }
}

impl Config {
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
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Recovery {
    /// Back near the peak, or up from the nadir by the threshold (Taha 1997, Jung 2018).
    #[default]
    Taha,
    /// Back near the peak.
    Peak,
    /// Up by two thirds of the fall.
    Fraction,
}

/// Finds the events of one threshold sample by sample, in fixed memory.
///
/// Feed every *accepted* reading in order; an event comes out at the sample that ends it.
#[derive(Clone, Debug)]
pub struct Detector {
    threshold: Threshold,
    interval: Span,
    config: Config,
    peaks: Peaks,
    inside: Option<Inside>,
    sums: Sums,
    previous: Option<Span>,
}

impl Detector {
    /// A detector for recordings sampled every `interval`.
    ///
    /// A `config.min_duration` below [`MIN_DURATION`] is read as that.
    #[must_use]
    pub const fn new(threshold: Threshold, interval: Span, config: Config) -> Self {
        Self {
            threshold,
            interval,
            config,
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
        if at.since(held_until) <= self.config.max_gap {
            return None;
        }
        let event = self.close(held_until, Outcome::Gap);
        self.peaks = Peaks::EMPTY;
        event
    }

    fn step_inside(&mut self, at: Span, spo2: Spo2) -> Option<Desaturation> {
        let (config, threshold) = (self.config, self.threshold);
        let inside = self.inside.as_mut()?;
        if inside.has_recovered(spo2, threshold, &config) {
            return self.close(at, Outcome::Complete);
        }
        if at.since(inside.onset) > config.max_duration {
            return self.close(at, Outcome::Sustained);
        }
        if spo2 < inside.nadir {
            (inside.nadir, inside.nadir_at) = (spo2, at);
        }
        None
    }

    fn step_outside(&mut self, at: Span, spo2: Spo2) {
        self.peaks.push(Peak { at, spo2, sums: self.sums }, self.config.look_back);
        let Some(highest) = self.peaks.highest() else { return };
        if highest.spo2.as_pct() < spo2.as_pct() + self.threshold.as_pct() {
            return;
        }
        let onset = self.peaks.last_near(highest.spo2, self.config.near_pct).unwrap_or(highest);
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
            pulse_rise: None,
        };
        (event.duration() >= self.config.min_duration.max(MIN_DURATION)).then_some(event)
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
    fn has_recovered(&self, spo2: Spo2, threshold: Threshold, config: &Config) -> bool {
        let [now, peak, nadir] = [spo2, self.peak, self.nadir].map(|level| u16::from(level.as_pct()));
        let is_near_peak = now + u16::from(config.near_pct) >= peak;
        match config.recovery {
            Recovery::Taha => is_near_peak || now >= nadir + u16::from(threshold.as_pct()),
            Recovery::Peak => is_near_peak,
            Recovery::Fraction => 3 * now.saturating_sub(nadir) >= 2 * (peak - nadir),
        }
    }
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
    fn push(&mut self, new: Peak, look_back: Span) {
        let mut kept = Self::EMPTY;
        let is_kept = |p: &&Peak| new.at.since(p.at) <= look_back && p.spo2 > new.spo2;
        let values = self.entries.iter().flatten().filter(is_kept).copied().chain([new]);
        for (slot, value) in kept.entries.iter_mut().zip(values) {
            *slot = Some(value);
        }
        *self = kept;
    }

    fn highest(&self) -> Option<Peak> {
        self.entries.iter().flatten().next().copied()
    }

    /// The last reading within `near_pct` of `peak`: where the fall begins.
    fn last_near(&self, peak: Spo2, near_pct: u8) -> Option<Peak> {
        let is_near = |p: &&Peak| p.spo2.as_pct().saturating_add(near_pct) >= peak.as_pct();
        self.entries.iter().flatten().rev().find(is_near).copied()
    }
}
