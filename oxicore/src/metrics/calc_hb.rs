//! Hypoxic burden of external respiratory events (Azarbarzin 2019, Sutherland 2022: `calcHB`).
//!
//! Definition: docs/ALGORITHMS.md, "calcHB". Written from the published description; the published example
//! (19.4330) needs data that this project does not have, so agreement with it is **not verified**.

use crate::artifact::{ArtifactFilter, FilterConfig};
use crate::recording::Recording;
use crate::units::Span;

/// Hypoxic burden by external events, with the search window that the night's mean curve gave.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct CalcHb {
    /// Area per hour of sleep, percent times minutes per hour.
    pub hypoxic_burden_pctmin_h: f64,
    /// Area, percent times seconds.
    pub area_pct_s: u32,
    /// Events whose surroundings lie inside the recording.
    pub events: u32,
    /// Search window, seconds before and after the end of an event.
    pub window_s: (i32, i32),
}

/// Half width of the mean curve around the event ends, seconds.
const AROUND: usize = 120;
const CURVE: usize = 2 * AROUND + 1;
/// How far before the end of an event its baseline is looked for, seconds.
const BASELINE: usize = 100;
/// The window when the mean curve has no clear shoulders, seconds.
const DEFAULT_WINDOW: (i32, i32) = (-5, 45);
/// Low-pass 1/30 Hz at 1 Hz: 31 taps, Hamming window, in 65,536ths; symmetric, so applied around a point it has no phase.
const TAPS: [i64; 31] = [
    0, 33, 93, 203, 388, 663, 1_039, 1_511, 2_065, 2_672, 3_295, 3_892, 4_416, 4_825, 5_086, 5_174, 5_086,
    4_825, 4_416, 3_892, 3_295, 2_672, 2_065, 1_511, 1_039, 663, 388, 203, 93, 33, 0,
];

/// Area of SpO2 below the level before each event, per hour of sleep.
///
/// `event_ends` are the ends of the respiratory events in order, from the first record; `sleep_s` the valid sleep in
/// seconds. `scratch` needs one byte per second of recording; its content is lost.
///
/// `None` when the scratch is too small, no event has its two minutes on both sides, or there is no sleep.
#[must_use]
pub fn calc_hb(
    recording: Recording<'_>,
    event_ends: &[Span],
    sleep_s: u32,
    scratch: &mut [u8],
) -> Option<CalcHb> {
    let grid = fill_grid(recording, scratch)?;
    let inside = |end: usize| end >= AROUND && end + AROUND < grid.len();
    let ends = event_ends.iter().map(|end| end.as_secs() as usize).filter(|&end| inside(end));
    let events = u32::try_from(ends.clone().count()).ok().filter(|&n| n > 0)?;
    let window = window(&mean_curve(grid, ends.clone())?);
    let area_pct_s = area(grid, ends, window);
    let hours = f64::from(sleep_s) / 3_600.0;
    (sleep_s > 0).then(|| CalcHb {
        hypoxic_burden_pctmin_h: f64::from(area_pct_s) / 60.0 / hours,
        area_pct_s,
        events,
        window_s: window,
    })
}

/// One byte per second, every accepted reading held for its interval; 0 is no reading.
fn fill_grid<'s>(recording: Recording<'_>, scratch: &'s mut [u8]) -> Option<&'s [u8]> {
    let grid = scratch.get_mut(..recording.span().as_secs() as usize)?;
    grid.fill(0);
    let mut filter = ArtifactFilter::new(FilterConfig::default(), None);
    for sample in recording.samples() {
        let Some(spo2) = filter.push(&sample).spo2 else { continue };
        let from = sample.at.as_secs() as usize;
        let to = (from + recording.interval().as_secs() as usize).min(grid.len());
        grid.get_mut(from..to)?.fill(spo2.as_pct());
    }
    Some(grid)
}

/// Mean SpO2 around the event ends, in 65,536ths of a percent, low-passed; `None` when a second has no reading at all.
fn mean_curve(grid: &[u8], ends: impl Iterator<Item = usize>) -> Option<[i64; CURVE]> {
    let (mut sums, mut counts) = ([0_i64; CURVE], [0_i64; CURVE]);
    for end in ends {
        let around = grid.get(end - AROUND..=end + AROUND)?;
        for ((sum, count), &level) in sums.iter_mut().zip(&mut counts).zip(around) {
            *sum += i64::from(level);
            *count += i64::from(level > 0);
        }
    }
    let mut means = [0; CURVE];
    for ((mean, sum), count) in means.iter_mut().zip(sums).zip(counts) {
        *mean = (sum << 16).checked_div(count)?;
    }
    Some(core::array::from_fn(|i| low_pass(&means, i)))
}

/// The filter around one point; beyond the ends the end values go on.
fn low_pass(curve: &[i64; CURVE], at: usize) -> i64 {
    let half = TAPS.len() / 2;
    let value = |tap: usize| curve[(at + tap).saturating_sub(half).min(CURVE - 1)];
    TAPS.iter().enumerate().map(|(tap, &weight)| weight * value(tap)).sum::<i64>() >> 16
}

/// From the last peak before the nadir to the first one after it that rise above three quarters of the largest rise.
fn window(curve: &[i64; CURVE]) -> (i32, i32) {
    let Some(nadir) = (0..CURVE).min_by_key(|&i| curve[i]) else { return DEFAULT_WINDOW };
    let rise = |i: usize| curve[i] - curve[nadir];
    let is_peak = |i: usize| curve[i] > curve[i - 1] && curve[i] >= curve[i + 1];
    let largest = |side: core::ops::Range<usize>| side.map(rise).max().unwrap_or(0);
    let is_high = |i: usize, largest: i64| is_peak(i) && 4 * rise(i) > 3 * largest;
    let (before, after) = (largest(0..nadir), largest(nadir..CURVE));
    let start = (1..nadir).rev().find(|&i| is_high(i, before));
    let end = (nadir + 1..CURVE - 1).find(|&i| is_high(i, after));
    match (start, end) {
        (Some(start), Some(end)) => (start as i32 - AROUND as i32, end as i32 - AROUND as i32),
        _ => DEFAULT_WINDOW,
    }
}

/// Area below each event's baseline inside its window; no second is counted twice, and nothing above the baseline.
fn area(grid: &[u8], ends: impl Iterator<Item = usize>, (before, after): (i32, i32)) -> u32 {
    let mut counted_to = 0;
    let mut area = 0;
    for end in ends {
        let baseline = grid[end - BASELINE..=end].iter().copied().max().unwrap_or(0);
        let from = end.saturating_add_signed(before as isize).max(counted_to);
        let to = end.saturating_add_signed(after as isize).min(grid.len());
        let seconds = grid.get(from..to).unwrap_or_default();
        let below = |&level: &u8| if level > 0 { u32::from(baseline.saturating_sub(level)) } else { 0 };
        area += seconds.iter().map(below).sum::<u32>();
        counted_to = counted_to.max(to);
    }
    area
}
