//! Axes: which range a panel shows and where its ticks stand.

use oxicore::{Span, time::LocalDateTime};

/// An upright axis from `low` to `high` with a tick every `step`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) low: u16,
    pub(super) high: u16,
    pub(super) step: u16,
}

impl Range {
    /// SpO2: 70 to 100 %; opens downward in steps of 5 when the night goes below 70, so that nothing is cut off.
    pub(super) fn of_spo2(lowest_pct: Option<u16>) -> Self {
        let low = match lowest_pct {
            Some(pct) if pct < 70 => pct.saturating_sub(1) / 5 * 5,
            _ => 70,
        };
        Self { low, high: 100, step: if low < 50 { 10 } else { 5 } }
    }

    /// Pulse: whole tens around what was measured, at least 60 beats high so that a calm night looks calm.
    pub(super) fn of_pulse(extremes_bpm: Option<(u16, u16)>) -> Self {
        let (lowest, highest) = extremes_bpm.unwrap_or((60, 80));
        let mut low = lowest.saturating_sub(2) / 10 * 10;
        let mut high = (highest + 2).div_ceil(10) * 10;
        while high - low < 60 {
            high += 10;
            low = if high - low < 60 { low.saturating_sub(10) } else { low };
        }
        Self { low, high, step: if high - low > 100 { 40 } else { 20 } }
    }

    /// Motion: from nothing to the largest reading, at least 20, because the number has no unit.
    pub(super) fn of_motion(largest: Option<u16>) -> Self {
        let high = largest.unwrap_or(0).max(20);
        Self { low: 0, high, step: high }
    }

    /// The ticks from the lowest up: multiples of the step.
    pub(super) fn ticks(self) -> impl Iterator<Item = u16> {
        let first = self.low.div_ceil(self.step) * self.step;
        (first..=self.high).step_by(usize::from(self.step))
    }

    /// Share of the height a value stands at: 0 at the bottom, 1 at the top, never outside.
    pub(super) fn share(self, value: f64) -> f64 {
        let (low, high) = (f64::from(self.low), f64::from(self.high));
        ((value - low) / (high - low)).clamp(0.0, 1.0)
    }
}

/// A label on the time axis: where it stands and what the device clock showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TimeTick {
    pub(super) at: Span,
    pub(super) label: String,
}

const STEPS_S: [i64; 12] = [5, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800];

/// Round clock times inside the recording, at most `most` of them.
pub(super) fn time_ticks(start: LocalDateTime, span: Span, most: u32) -> Vec<TimeTick> {
    let length = i64::from(span.as_secs());
    let fits = |step: &i64| length / step < i64::from(most);
    let step = STEPS_S.into_iter().find(fits).unwrap_or_else(|| whole_days(length, most));
    let first = (start.unix_seconds() + step - 1).div_euclid(step) * step;
    let last = start.unix_seconds() + length;
    (first..=last)
        .step_by(usize::try_from(step).unwrap_or(1))
        .filter_map(|moment| tick(start, moment, step))
        .collect()
}

fn whole_days(length_s: i64, most: u32) -> i64 {
    let day = 86_400;
    (length_s / i64::from(most.max(1)) / day + 1) * day
}

fn tick(start: LocalDateTime, moment: i64, step: i64) -> Option<TimeTick> {
    let at = Span::from_secs(u32::try_from(moment - start.unix_seconds()).ok()?);
    let (hour, minute, second) = LocalDateTime::from_unix_seconds(moment)?.time();
    let label = if step < 60 {
        format!("{hour:02}:{minute:02}:{second:02}")
    } else {
        format!("{hour:02}:{minute:02}")
    };
    Some(TimeTick { at, label })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spo2_axis_opens_downward_in_fives_and_never_cuts_a_value() {
        let lows = [None, Some(88), Some(70), Some(69), Some(66), Some(65), Some(61), Some(52)]
            .map(|lowest| Range::of_spo2(lowest).low);
        assert_eq!(lows, [70, 70, 70, 65, 65, 60, 60, 50]);
    }

    #[test]
    fn a_calm_pulse_gets_an_axis_of_at_least_sixty_beats() {
        for extremes in [None, Some((60, 62)), Some((49, 93)), Some((30, 31)), Some((40, 200))] {
            let range = Range::of_pulse(extremes);
            let (lowest, highest) = extremes.unwrap_or((60, 80));
            assert!(range.high - range.low >= 60, "{range:?}");
            assert!(range.low <= lowest && highest <= range.high, "{range:?}");
        }
    }

    #[test]
    fn time_ticks_stand_on_round_clock_times() {
        let start = LocalDateTime::new((2025, 1, 29), (20, 35, 10)).unwrap();
        let ticks = time_ticks(start, Span::from_secs(36_004), 16);
        assert_eq!(ticks.first().unwrap().label, "21:00");
        assert_eq!(ticks.last().unwrap().label, "06:00");
        assert_eq!(ticks.first().unwrap().at.as_secs(), 1_490);
        assert_eq!(ticks.len(), 10);
    }

    #[test]
    fn a_recording_of_seconds_or_of_days_still_gets_a_few_ticks() {
        let start = LocalDateTime::new((2025, 1, 29), (20, 35, 10)).unwrap();
        for seconds in [1, 40, 400, 300_000, 3_000_000] {
            assert!(time_ticks(start, Span::from_secs(seconds), 16).len() <= 17, "{seconds} s");
        }
        assert_eq!(time_ticks(start, Span::from_secs(40), 16).first().unwrap().label, "20:35:10");
    }
}
