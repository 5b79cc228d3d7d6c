//! The slow, obvious version of profile `viatom`: find the baseline first, then walk the night again.

use oxicore::Spo2;
use oxicore::desaturation::viatom::Counter;
use proptest::prelude::*;

fn baseline(readings: &[u8]) -> u8 {
    let sum: f64 = readings.iter().map(|&v| f64::from(v)).sum();
    let mean = (sum / readings.len() as f64).round() as u8;
    let votes = |value: u8| readings.iter().filter(|&&v| v == value).count();
    (mean..=100).max_by_key(|&value| votes(value)).unwrap()
}

fn drops(readings: &[u8], base: u8, x: u8) -> u32 {
    let (mut is_armed, mut count) = (true, 0);
    // Readings below 50 % count like any other.
    for &v in readings {
        if is_armed && v < base - x {
            (is_armed, count) = (false, count + 1);
        } else if !is_armed && v >= base - 2 {
            is_armed = true;
        }
    }
    count
}

fn dips(readings: &[u8]) -> u32 {
    let (mut is_armed, mut count) = (true, 0);
    for &v in readings {
        if is_armed && v < 90 {
            (is_armed, count) = (false, count + 1);
        } else if v > 90 {
            is_armed = true;
        }
    }
    count
}

proptest! {
    #[test]
    fn counting_every_baseline_at_once_equals_walking_twice(readings in prop::collection::vec(30_u8..=100, 1..600)) {
        let mut counter = Counter::default();
        readings.iter().for_each(|&v| counter.push(Spo2::from_device(v.into()).unwrap()));
        let base = baseline(&readings);
        let Some(found) = counter.finish() else {
            prop_assert!(base < 50);
            return Ok(());
        };
        prop_assert_eq!(found.baseline.as_pct(), base);
        prop_assert_eq!(found.drops3, drops(&readings, base, 3));
        prop_assert_eq!(found.drops4, drops(&readings, base, 4));
        prop_assert_eq!(found.dips_below_90, dips(&readings));
        prop_assert!(found.drops4 <= found.drops3);
    }
}
