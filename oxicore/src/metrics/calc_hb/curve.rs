//! The mean curve of SpO2 around the ends of respiratory events, and the search window that its shape gives.

use super::{Scored, Seconds};

/// Half width of the mean curve around the ends of events, seconds.
const AROUND: usize = 120;
const MEANS: usize = 2 * AROUND + 1;
/// The longest part of the smooth curve on either side, seconds.
const MOST: usize = 90;
const LONGEST: usize = 2 * MOST + 1;
/// The window where the curve has no clear shoulders, seconds.
const USUAL_WINDOW_S: (i32, i32) = (-5, 45);
/// How much of the highest shoulder one must reach.
const SHARE: f64 = 0.75;

/// Low-pass of 31 taps, the first half and the middle one; the others mirror them. Source: the published program.
const HALF: [f64; 16] = [
    0.000_109_398_212_241,
    0.000_514_594_526_374,
    0.001_350_397_179_936,
    0.002_341_700_062_534,
    0.002_485_940_327_008,
    0.000_207_543_145_171,
    -0.005_659_450_344_228,
    -0.014_258_087_808_069,
    -0.021_415_481_383_353,
    -0.019_969_417_749_860,
    -0.002_425_120_103_463,
    0.034_794_452_821_365,
    0.087_695_691_366_900,
    0.144_171_828_095_816,
    0.187_717_212_244_959,
    0.204_101_948_813_338,
];
const TAPS: usize = 31;
/// The low-pass forwards and backwards, which shifts nothing.
const BOTH_WAYS: usize = 2 * TAPS - 1;

/// The smooth curve from the mean start of an event to the mean start of the next.
pub(super) struct Curve {
    values: [f64; LONGEST],
    len: usize,
    /// Seconds of it before the ends of the events.
    before: usize,
    /// Events in the mean.
    pub(super) events: u32,
}

impl Curve {
    /// `None` without an event whose surroundings lie inside, or where some second around the ends has no reading.
    pub(super) fn of(seconds: Seconds<'_>, scored: Scored<'_>) -> Option<Self> {
        let around = AROUND as i64;
        let is_inside = |&end: &i64| end > around && end.saturating_add(around) < seconds.len();
        let ends = || scored.ends().filter(is_inside);
        let mut means = [0.0; MEANS];
        for (lag, mean) in (-around..).zip(&mut means) {
            let readings = ends().filter_map(|end| seconds.reading(end + lag));
            let (sum, count) = readings.fold((0.0, 0_u32), |(sum, count), pct| (sum + pct, count + 1));
            *mean = (count > 0).then(|| sum / f64::from(count))?;
        }
        let [before, after] = sides(scored);
        let mut curve = Self {
            values: [0.0; LONGEST],
            len: before + after + 1,
            before,
            events: u32::try_from(ends().count()).ok()?,
        };
        let filter = both_ways();
        let first = AROUND - before - TAPS + 1;
        let windows = means.get(first..).unwrap_or_default().windows(BOTH_WAYS);
        for (value, window) in curve.values.iter_mut().zip(windows).take(curve.len) {
            *value = filter.iter().zip(window).map(|(weight, mean)| weight * mean).sum();
        }
        Some(curve)
    }

    fn values(&self) -> &[f64] {
        self.values.get(..self.len).unwrap_or(&self.values)
    }

    /// From the last peak before the nadir to the first one after it that rise above three quarters of the highest on their
    /// side; the usual window where there is none.
    pub(super) fn window_s(&self) -> (i32, i32) {
        self.shoulders().map_or(USUAL_WINDOW_S, |shoulders| {
            let from_end = |place: usize| place as i32 - self.before as i32 + 1;
            (from_end(shoulders.0), from_end(shoulders.1))
        })
    }

    fn shoulders(&self) -> Option<(usize, usize)> {
        const FROM_END: usize = 2;
        let values = self.values();
        let nadir = lowest_minimum(values)?;
        if nadir < FROM_END || nadir + FROM_END >= values.len() {
            return None;
        }
        let (fall, rise) = (values.get(..=nadir)?, values.get(nadir..)?);
        let lowest = *fall.last()?;
        let start = high(fall, lowest).last()?;
        let finish = high(rise, lowest).next()?;
        Some((start, nadir + finish))
    }
}

/// Seconds of the curve before and after the ends of the events: their mean duration, and the mean time from start to start.
fn sides(scored: Scored<'_>) -> [usize; 2] {
    let limited = |seconds: f64| (libm::ceil(seconds) as usize).min(MOST);
    let (starts, durations) = (scored.event_starts_s, scored.event_durations_s);
    let mean_duration = durations.iter().sum::<f64>() / durations.len() as f64;
    let after = match starts {
        [first, .., last] => limited((last - first) / (starts.len() - 1) as f64),
        _ => MOST,
    };
    [limited(mean_duration), after]
}

fn both_ways() -> [f64; BOTH_WAYS] {
    let taps = || HALF.iter().chain(HALF.iter().rev().skip(1)).enumerate();
    let mut filter = [0.0; BOTH_WAYS];
    for (there, one) in taps() {
        for (back, other) in taps() {
            if let Some(weight) = filter.get_mut(there + back) {
                *weight += one * other;
            }
        }
    }
    filter
}

/// Places of the maxima: a rise to it, any number of equal values, then a fall; the first of the equal values.
fn maxima(values: &[f64]) -> impl Iterator<Item = usize> + Clone {
    let mut risen = None;
    values.windows(2).enumerate().filter_map(move |(at, pair)| {
        let [before, after] = pair else { return None };
        if after > before {
            risen = Some(at + 1);
        }
        if after < before { risen.take() } else { None }
    })
}

fn lowest_minimum(values: &[f64]) -> Option<usize> {
    let mut turned = [0.0; LONGEST];
    turned.iter_mut().zip(values).for_each(|(to, value)| *to = -value);
    let turned = turned.get(..values.len())?;
    let highest = maxima(turned).map(|at| (at, turned.get(at).copied().unwrap_or(f64::NEG_INFINITY)));
    highest.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(at, _)| at)
}

/// The maxima that rise high enough above the nadir.
fn high(values: &[f64], nadir: f64) -> impl Iterator<Item = usize> {
    let rise = move |at: usize| values.get(at).map_or(0.0, |value| value - nadir);
    let highest = maxima(values).map(rise).fold(f64::NEG_INFINITY, f64::max);
    maxima(values).filter(move |&at| rise(at) > SHARE * highest)
}
