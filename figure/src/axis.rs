//! Axes: which range a panel shows, and where its ticks stand.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use oxicore::chart::Window;
use oxicore::time::LocalDateTime;
use serde::Serialize;

/// The top of the SpO2 panel, and the highest bottom it has, percent.
pub const SPO2_RANGE_PCT: (u16, u16) = (80, 100);
/// The bottom of the SpO2 panel stands on a multiple of this, percent.
pub const SPO2_STEP_PCT: u16 = 10;
/// The pulse panel is at least as high, so that a calm night looks calm, beats per minute.
pub const PULSE_SPAN_BPM: u16 = 40;
/// Both its ends stand on a multiple of this.
pub const PULSE_STEP_BPM: u16 = 10;
/// The motion panel is at least as high; the number has no unit.
pub const MOTION_SPAN: u16 = 40;
/// Levels with a line across the SpO2 panel, the upper first, percent.
pub const THRESHOLDS_PCT: [u16; 2] = [90, 88];
/// Distances of ticks of the clock, seconds.
pub const CLOCK_STEPS_S: [u32; 16] =
    [5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];

/// A range of values from bottom to top, and the lines across it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scale {
    /// At the bottom.
    pub low: u16,
    /// At the top.
    pub high: u16,
    /// Values with a line and a label.
    pub ticks: Vec<u16>,
    /// Values with a line alone.
    pub between: Vec<u16>,
}

impl Scale {
    /// From a ten below the lowest reading, but at least 80 to 100 %: nothing is cut off, and nothing looks dramatic.
    pub(crate) fn of_spo2(lowest_pct: Option<u16>) -> Self {
        let (most, high) = SPO2_RANGE_PCT;
        let below = |pct: u16| multiple_below(pct.saturating_sub(1), SPO2_STEP_PCT);
        let low = lowest_pct.map_or(most, below).min(most);
        let high = high.max(low);
        let between = (low..high).step_by(5).filter(|pct| !pct.is_multiple_of(10)).collect();
        Self { low, high, ticks: (low..=high).step_by(10).collect(), between }
    }

    /// Whole tens around what was measured.
    pub(crate) fn of_pulse(extremes_bpm: Option<(u16, u16)>) -> Self {
        let (lowest, highest) = extremes_bpm.unwrap_or((50, 90));
        let low = multiple_below(lowest, PULSE_STEP_BPM);
        let above = highest.div_ceil(PULSE_STEP_BPM).saturating_mul(PULSE_STEP_BPM);
        let high = above.max(low.saturating_add(PULSE_SPAN_BPM));
        let fits = |step: &u16| high.saturating_sub(low).div_euclid(*step) <= 4;
        let step = [20, 40, 50, 100].into_iter().find(fits).unwrap_or(200);
        Self { low, high, ticks: (low..=high).step_by(usize::from(step)).collect(), between: Vec::new() }
    }

    /// From nothing to the largest reading.
    pub(crate) fn of_motion(largest: Option<u16>) -> Self {
        let high = largest.unwrap_or(0).max(MOTION_SPAN);
        Self { low: 0, high, ticks: Vec::new(), between: Vec::new() }
    }
}

const fn multiple_below(value: u16, step: u16) -> u16 {
    value.saturating_sub(value.rem_euclid(step))
}

/// A label of the clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// Seconds since the first record.
    pub at_s: u32,
    /// What the clock showed.
    pub label: String,
    /// Whether a day begins there.
    pub is_midnight: bool,
}

/// Round times of the clock inside a window, no more than `most`. Without a start it counts from the first record.
pub(crate) fn ticks(start: Option<LocalDateTime>, window: Window, most: u32) -> Vec<Tick> {
    let (from, to) = (window.from.as_secs(), window.to.as_secs());
    let fits = |step: &u32| to.saturating_sub(from).div_euclid(*step) < most;
    let step = CLOCK_STEPS_S.into_iter().find(fits).unwrap_or_else(|| days(to.saturating_sub(from), most));
    let zero = start.map_or(0, LocalDateTime::unix_seconds);
    let first = zero.saturating_add(from.into());
    let ahead = u32::try_from(first.saturating_neg().rem_euclid(step.into())).unwrap_or(0);
    let times = (from.saturating_add(ahead)..=to).step_by(step as usize);
    times.filter_map(|at_s| tick(start, zero, at_s, step)).collect()
}

const DAY_S: u32 = 86_400;

fn days(length_s: u32, most: u32) -> u32 {
    length_s.div_euclid(DAY_S.saturating_mul(most.max(1))).saturating_add(1).saturating_mul(DAY_S)
}

fn tick(start: Option<LocalDateTime>, zero: i64, at_s: u32, step: u32) -> Option<Tick> {
    let moment = zero.saturating_add(at_s.into());
    let (hour, minute, second) = match start {
        Some(_) => LocalDateTime::from_unix_seconds(moment)?.time(),
        None => ((at_s / 3_600).try_into().unwrap_or(u8::MAX), (at_s / 60 % 60) as u8, (at_s % 60) as u8),
    };
    let label = if step < 60 {
        format!("{hour:02}:{minute:02}:{second:02}")
    } else {
        format!("{hour:02}:{minute:02}")
    };
    let is_midnight = start.is_some() && moment.rem_euclid(DAY_S.into()) == 0;
    Some(Tick { at_s, label, is_midnight })
}

#[cfg(test)]
mod tests {
    use std::prelude::v1::*;

    use oxicore::Span;

    use super::*;

    fn window(from: u32, to: u32) -> Window {
        Window { from: Span::from_secs(from), to: Span::from_secs(to) }
    }

    #[test]
    fn the_spo2_axis_opens_downward_in_tens_and_never_cuts_a_value() {
        let lows =
            [None, Some(95), Some(81), Some(80), Some(71), Some(70), Some(61), Some(60), Some(1), Some(0)];
        assert_eq!(lows.map(|lowest| Scale::of_spo2(lowest).low), [80, 80, 80, 70, 70, 60, 60, 50, 0, 0]);
    }

    #[test]
    fn a_calm_pulse_gets_an_axis_of_at_least_forty_beats() {
        for extremes in [None, Some((60, 62)), Some((49, 93)), Some((30, 31)), Some((40, 250)), Some((0, 0))]
        {
            let scale = Scale::of_pulse(extremes);
            let (lowest, highest) = extremes.unwrap_or((60, 80));
            assert!(
                scale.high - scale.low >= 40 && scale.low <= lowest && highest <= scale.high,
                "{scale:?}"
            );
            assert!((2..=5).contains(&scale.ticks.len()), "{scale:?}");
        }
    }

    #[test]
    fn ticks_stand_on_round_clock_times_and_know_midnight() {
        let start = LocalDateTime::new((2025, 1, 29), (20, 35, 10)).unwrap();
        let ticks = ticks(Some(start), window(0, 36_004), 14);
        assert_eq!((ticks[0].label.as_str(), ticks[0].at_s, ticks.len()), ("21:00", 1_490, 10));
        assert_eq!(
            ticks.iter().filter(|tick| tick.is_midnight).map(|tick| tick.label.as_str()).collect::<Vec<_>>(),
            ["00:00"]
        );
    }

    #[test]
    fn a_night_whose_start_nobody_knows_counts_from_its_first_record() {
        let labels: Vec<_> =
            ticks(None, window(0, 7_300), 4).into_iter().map(|tick| (tick.label, tick.is_midnight)).collect();
        assert_eq!(labels, ["00:00", "01:00", "02:00"].map(|label| (label.to_owned(), false)));
    }

    #[test]
    fn seconds_or_days_get_a_few_ticks_too() {
        let start = LocalDateTime::new((2025, 1, 29), (20, 35, 10)).unwrap();
        for seconds in [0, 1, 40, 400, 300_000, 3_000_000, 31_000_000] {
            assert!(ticks(Some(start), window(0, seconds), 14).len() <= 15, "{seconds} s");
        }
        assert_eq!(ticks(Some(start), window(0, 40), 14)[0].label, "20:35:10");
    }
}
