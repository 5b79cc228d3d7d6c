//! Hypoxic burden of external respiratory events as published (Azarbarzin 2019, Sutherland 2022: `calcHB`).
//! Definition: docs/ALGORITHMS.md, "calcHB".
#![deny(clippy::indexing_slicing)]

mod curve;

use core::fmt;

use crate::artifact::SPO2_RANGE_PCT;
use crate::recording::Recording;
use crate::time::number;
use curve::Curve;

/// Hypoxic burden by external events, with the search window that the night's mean curve gave.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct CalcHb {
    /// Area per hour of sleep with a reading, percent times minutes per hour.
    pub hypoxic_burden_pctmin_h: f64,
    /// Area, percent times seconds.
    pub area_pct_s: f64,
    /// Events whose surroundings lie inside the recording: those of the mean curve.
    pub events: u32,
    /// Search window, seconds from the end of an event, both included.
    pub window_s: (i32, i32),
}

/// Respiratory events and sleep, scored by other means than oximetry.
#[derive(Clone, Copy, Debug)]
pub struct Scored<'a> {
    /// Starts of the events, seconds from the first record, ascending.
    pub event_starts_s: &'a [f64],
    /// How long each lasts, seconds, above 0.
    pub event_durations_s: &'a [f64],
    /// Whether the person sleeps, an entry for each second of the recording.
    pub sleep: &'a [bool],
}

/// Why there can be no burden of events and sleep.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum CalcHbError {
    /// As many starts as durations are needed.
    Lengths {
        /// Starts given.
        starts: usize,
        /// Durations given.
        durations: usize,
    },
    /// The start of this event, from 0, is negative, no number, or not after the one before.
    Start {
        /// Which event.
        event: usize,
        /// Its start, seconds.
        start_s: f64,
    },
    /// The duration of this event, from 0, is not above 0, or no number.
    Duration {
        /// Which event.
        event: usize,
        /// Its duration, seconds.
        duration_s: f64,
    },
    /// Sleep needs an entry for each second of the recording.
    Sleep {
        /// Seconds of the recording.
        seconds: usize,
        /// Entries given.
        given: usize,
    },
    /// The lent memory needs an entry for each second of the recording.
    Memory {
        /// Seconds of the recording.
        needed: usize,
        /// Entries given.
        given: usize,
    },
}

impl fmt::Display for CalcHbError {
    /// Without the time that is wrong: writing one that need not be whole takes a tenth of what a browser downloads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut say = |before: &str, count: usize, after: &str| {
            f.write_str(before)?;
            number(f, count as u64, 1)?;
            f.write_str(after)
        };
        match *self {
            Self::Lengths { starts, durations } => {
                say("", starts, " starts of events and ")?;
                say("", durations, " durations: give one of each for every event")
            }
            Self::Start { event, .. } => say(
                "the start of event ",
                event,
                " must be seconds from the first record, after the one before",
            ),
            Self::Duration { event, .. } => say("the duration of event ", event, " must be seconds above 0"),
            Self::Sleep { seconds, given } => {
                say("", given, " entries of sleep for ")?;
                say("", seconds, " s of recording: give one for each second")
            }
            Self::Memory { needed, given } => {
                say("memory for ", given, " s of ")?;
                say("", needed, " s")
            }
        }
    }
}

impl core::error::Error for CalcHbError {}

/// How far before the end of an event its baseline is looked for, seconds.
const BASELINE: usize = 100;

/// The burden of a recording held on a grid of seconds: readings finer than a percent keep their fraction where an EDF has
/// it, or [`OwnedRecording::with_fractions`](crate::OwnedRecording::with_fractions) gave it; those of a text are rounded, as
/// [`Notices::rounded_readings`](crate::notices::Notices::rounded_readings) says. Without the slope rule: only readings outside 50 to 100 % are left out.
///
/// `memory` needs an entry for each second of the recording; what it held is lost. `None` where no event has two minutes of
/// recording on both sides, a second around the ends of events has no reading at all, or nobody sleeps.
///
/// # Errors
/// [`CalcHbError`] says what of the events or of sleep cannot be.
pub fn calc_hb(
    recording: Recording<'_>,
    scored: Scored<'_>,
    memory: &mut [f64],
) -> Result<Option<CalcHb>, CalcHbError> {
    let (needed, given) = (recording.span().as_secs() as usize, memory.len());
    let seconds = memory.get_mut(..needed).ok_or(CalcHbError::Memory { needed, given })?;
    seconds.fill(f64::NAN);
    for (sample, spo2_pct) in recording.samples().finely() {
        let from = sample.at.as_secs() as usize;
        let to = (from + recording.interval().as_secs() as usize).min(needed);
        if let Some(held) = seconds.get_mut(from..to) {
            held.fill(spo2_pct.unwrap_or(f64::NAN));
        }
    }
    calc_hb_of_seconds(seconds, scored)
}

/// The burden of SpO2 that has a value a second, percent; NaN, and whatever is outside 50 to 100, is no reading.
///
/// # Errors
/// As [`calc_hb`].
///
/// # Example
/// ```
/// use oxicore::metrics::calc_hb::{Scored, calc_hb_of_seconds};
///
/// let mut spo2 = [96.0; 600];
/// spo2[300..330].fill(90.0);
/// let scored = Scored { event_starts_s: &[280.0], event_durations_s: &[20.0], sleep: &[true; 600] };
/// let found = calc_hb_of_seconds(&spo2, scored)?.ok_or("one event, asleep")?;
/// assert_eq!((found.events, found.area_pct_s), (1, 180.0));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn calc_hb_of_seconds(spo2_pct: &[f64], scored: Scored<'_>) -> Result<Option<CalcHb>, CalcHbError> {
    scored.check(spo2_pct.len())?;
    let seconds = Seconds(spo2_pct);
    Ok(Curve::of(seconds, scored).and_then(|curve| seconds.burden(scored, &curve)))
}

impl Scored<'_> {
    fn check(&self, seconds: usize) -> Result<(), CalcHbError> {
        let (starts, durations) = (self.event_starts_s.len(), self.event_durations_s.len());
        if starts != durations {
            return Err(CalcHbError::Lengths { starts, durations });
        }
        let mut before = f64::NEG_INFINITY;
        for (event, (&start_s, &duration_s)) in
            self.event_starts_s.iter().zip(self.event_durations_s).enumerate()
        {
            if !start_s.is_finite() || start_s < 0.0 || start_s <= before {
                return Err(CalcHbError::Start { event, start_s });
            }
            if !duration_s.is_finite() || duration_s <= 0.0 {
                return Err(CalcHbError::Duration { event, duration_s });
            }
            before = start_s;
        }
        let given = self.sleep.len();
        if given == seconds { Ok(()) } else { Err(CalcHbError::Sleep { seconds, given }) }
    }

    /// Ends of the events as seconds counted from 1.
    fn ends(&self) -> impl Iterator<Item = i64> {
        let times = self.event_starts_s.iter().zip(self.event_durations_s);
        times.map(|(start, duration)| (libm::floor(start + duration) as i64).saturating_add(1))
    }
}

/// A value a second, counted from 1.
#[derive(Clone, Copy)]
struct Seconds<'a>(&'a [f64]);

impl Seconds<'_> {
    fn len(self) -> i64 {
        self.0.len() as i64
    }

    fn reading(self, second: i64) -> Option<f64> {
        let (low, high) = SPO2_RANGE_PCT;
        let place = usize::try_from(second.checked_sub(1)?).ok()?;
        self.0.get(place).copied().filter(|pct| (f64::from(low)..=f64::from(high)).contains(pct))
    }

    fn burden(self, scored: Scored<'_>, curve: &Curve) -> Option<CalcHb> {
        let asleep =
            (1..).zip(scored.sleep).filter(|&(second, &sleeps)| sleeps && self.reading(second).is_some());
        let hours = asleep.count() as f64 / 3_600.0;
        let area_pct_s = self.area(scored.ends(), curve.window_s());
        (hours > 0.0).then(|| CalcHb {
            hypoxic_burden_pctmin_h: area_pct_s / 60.0 / hours,
            area_pct_s,
            events: curve.events,
            window_s: curve.window_s(),
        })
    }

    /// Below each event's baseline inside its window, nothing above it; the windows of two events share one second.
    fn area(self, ends: impl Iterator<Item = i64>, (start, finish): (i32, i32)) -> f64 {
        let (start, finish) = (i64::from(start), i64::from(finish));
        let (mut counted_to, mut area) = (0, 0.0);
        for end in ends {
            let last = end.saturating_add(finish);
            if end <= BASELINE as i64 || last >= self.len() {
                continue;
            }
            let before = (end - BASELINE as i64..=end).filter_map(|second| self.reading(second));
            if let Some(baseline) = before.reduce(f64::max) {
                let inside = (end.saturating_add(start).max(counted_to)..=last)
                    .filter_map(|second| self.reading(second));
                area += inside.map(|pct| (baseline - pct).max(0.0)).sum::<f64>();
            }
            counted_to = last;
        }
        area
    }
}
