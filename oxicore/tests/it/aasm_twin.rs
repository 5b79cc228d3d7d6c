//! The slow, obvious version of profile `aasm`: looks back over all readings at every step.

use oxicore::desaturation::Depth;
use oxicore::desaturation::aasm::{Config, Detector};
use oxicore::{Span, Spo2, Threshold, desaturation::Outcome};
use proptest::prelude::*;

use crate::support::{EventRow, event_row};

type Reading = (u32, u8);

/// Events found by brute force, straight from the definition in docs/ALGORITHMS.md.
pub fn by_looking_back(readings: &[Reading], dt: u32, x: u8) -> Vec<EventRow> {
    by_looking_back_over(readings, dt, x, &|_, _| false)
}

/// The same where no time is missing between some readings.
pub fn by_looking_back_over(
    readings: &[Reading],
    dt: u32,
    x: u8,
    is_bridged: &impl Fn(u32, u32) -> bool,
) -> Vec<EventRow> {
    let mut events = all_by_looking_back(readings, dt, x, is_bridged);
    events.retain(|&(onset, _, end, ..)| end - onset >= 10);
    events
}

/// The same, however short.
fn all_by_looking_back(
    readings: &[Reading],
    dt: u32,
    x: u8,
    is_bridged: &impl Fn(u32, u32) -> bool,
) -> Vec<EventRow> {
    let mut events = vec![];
    let mut searched_from = 0;
    let mut open: Option<Open> = None;
    for (i, &(t, v)) in readings.iter().enumerate() {
        if i > 0 && t - readings[i - 1].0 > dt + 10 && !is_bridged(readings[i - 1].0, t) {
            events
                .extend(open.take().map(|o| o.close(readings, i, readings[i - 1].0 + dt, dt, Outcome::Gap)));
            searched_from = i;
        }
        if let Some(o) = open {
            let nadir = readings[o.begun..i].iter().map(|r| r.1).min().unwrap();
            let outcome = if v + 1 >= o.peak || v >= nadir + x {
                Some(Outcome::Complete)
            } else {
                (t - readings[o.onset].0 > 180).then_some(Outcome::Sustained)
            };
            let Some(outcome) = outcome else { continue };
            events.push(o.close(readings, i, t, dt, outcome));
            (open, searched_from) = (None, i);
        }
        let window = (searched_from..=i).filter(|&j| t - readings[j].0 <= 120);
        let peak = window.clone().map(|j| readings[j].1).max().unwrap();
        if peak >= v + x {
            let onset = window.filter(|&j| readings[j].1 + 1 >= peak).max().unwrap();
            open = Some(Open { onset, begun: i, peak });
        }
    }
    if let (Some(o), Some(last)) = (open, readings.last()) {
        events.push(o.close(readings, readings.len(), last.0 + dt, dt, Outcome::End));
    }
    events
}

#[derive(Clone, Copy)]
struct Open {
    onset: usize,
    begun: usize,
    peak: u8,
}

impl Open {
    fn close(self, readings: &[Reading], until: usize, end: u32, dt: u32, outcome: Outcome) -> EventRow {
        let onset = readings[self.onset].0;
        let nadir = readings[self.begun..until].iter().min_by_key(|r| (r.1, r.0)).unwrap();
        let area =
            readings[self.onset..until].iter().map(|r| u32::from(self.peak) * dt - u32::from(r.1) * dt).sum();
        let flag = match outcome {
            Outcome::Complete => "complete",
            Outcome::Sustained => "sustained",
            Outcome::Gap => "gap",
            Outcome::End => "end",
        };
        (onset, nadir.0, end, self.peak, nadir.1, area, flag)
    }
}

fn by_machine(readings: &[Reading], dt: u32, threshold: Threshold) -> Vec<EventRow> {
    let mut detector = Detector::new(threshold, Span::from_secs(dt), Config::default());
    let mut events = vec![];
    for &(at, pct) in readings {
        events.extend(detector.push(Span::from_secs(at), Spo2::from_device(pct.into()).unwrap()));
    }
    events.extend(detector.finish());
    events.iter().map(event_row).collect()
}

/// A random walk with gaps, like a restless night.
pub fn restless_night() -> impl Strategy<Value = (u32, Vec<Reading>)> {
    let step = (-3_i16..=3, prop::bool::weighted(0.02), 1_u32..20);
    (prop::sample::select(vec![1_u32, 2, 4]), prop::collection::vec(step, 1..1_200)).prop_map(
        |(dt, steps)| {
            let (mut at, mut level) = (0, 95_i16);
            let reading = |(change, is_gap, skipped): (i16, bool, u32)| {
                at += if is_gap { dt * skipped } else { dt };
                level = (level + change).clamp(60, 100);
                (at, level as u8)
            };
            (dt, steps.into_iter().map(reading).collect())
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_machine_finds_what_looking_back_over_everything_finds((dt, readings) in restless_night()) {
        for threshold in [Threshold::Three, Threshold::Four] {
            prop_assert_eq!(
                by_machine(&readings, dt, threshold),
                by_looking_back(&readings, dt, threshold.as_pct())
            );
        }
    }

    #[test]
    fn so_it_does_at_every_depth((dt, readings) in restless_night(), pct in 2_u8..=10) {
        let depth = Depth::new(pct).unwrap();
        let mut detector = Detector::at_depth(depth, Span::from_secs(dt), Config::default());
        let mut events = vec![];
        for &(at, pct) in &readings {
            events.extend(detector.push(Span::from_secs(at), Spo2::from_device(pct.into()).unwrap()));
        }
        events.extend(detector.finish());
        let found: Vec<_> = events.iter().map(event_row).collect();
        prop_assert_eq!(found, by_looking_back(&readings, dt, pct));
    }

    #[test]
    fn so_it_does_however_short_an_event_may_be((dt, readings) in restless_night(), shortest in 1_u32..15) {
        let config = Config::default().with_min_duration(Span::from_secs(shortest));
        let mut detector = Detector::new(Threshold::Three, Span::from_secs(dt), config);
        let mut events = vec![];
        for &(at, pct) in &readings {
            events.extend(detector.push(Span::from_secs(at), Spo2::from_device(pct.into()).unwrap()));
        }
        events.extend(detector.finish());
        let found: Vec<_> = events.iter().map(event_row).collect();
        let mut expected = all_by_looking_back(&readings, dt, 3, &|_, _| false);
        expected.retain(|&(onset, _, end, ..)| end - onset >= shortest);
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn events_never_overlap_and_their_area_fits_their_box((dt, readings) in restless_night()) {
        let events = by_machine(&readings, dt, Threshold::Three);
        for pair in events.windows(2) {
            prop_assert!(pair[0].2 <= pair[1].0 || pair[0].2 <= pair[1].1);
        }
        for (onset, nadir_at, end, peak, nadir, area, _) in events {
            prop_assert!(onset <= nadir_at && nadir_at < end && nadir + 3 <= peak);
            prop_assert!(area <= u32::from(peak - nadir) * (end - onset));
        }
    }
}
