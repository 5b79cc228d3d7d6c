//! Profile `pobm`: vectors, event lists, and the slow, obvious version of it.

use oxicore::desaturation::pobm::{Desaturation, Detector, Found, Group};
use oxicore::testing::{Row, csv_file};
use oxicore::{Recording, Span, Spo2, Threshold};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::aasm_twin::restless_night;

/// Desaturations [A, B, C] and groups [begin, end, desaturations].
type Events = (Vec<[u32; 3]>, Vec<[u32; 3]>);

pub fn events(file: &[u8], threshold: Threshold) -> Events {
    let recording = Recording::parse(file).unwrap();
    let mut detector = Detector::new(threshold, recording.interval());
    let (mut falls, mut groups) = (vec![], vec![]);
    let mut collect = |found| match found {
        Found::Desaturation(Desaturation { begin, nadir_at, end, .. }) => {
            falls.push([begin, nadir_at, end].map(Span::as_secs))
        }
        Found::Group(Group { begin, end, desaturations, .. }) => {
            groups.push([begin.as_secs(), end.as_secs(), desaturations]);
        }
    };
    recording.samples().for_each(|sample| detector.push(sample.at, sample.spo2, &mut collect));
    detector.finish(&mut collect);
    (falls, groups)
}

/// As the expected lists write them.
pub fn lines(rows: &[[u32; 3]]) -> Vec<String> {
    rows.iter().map(|[a, b, c]| format!("{a},{b},{c}")).collect()
}

#[test]
fn falls_and_groups_of_every_vector_are_equal_to_the_second() {
    for vector in crate::vectors::vectors() {
        for (threshold, x) in [(Threshold::Three, 3), (Threshold::Four, 4)] {
            let (falls, groups) = events(&crate::vectors::file(&vector), threshold);
            let expected = |key: &str| -> Value { vector["events"][format!("{key}{x}")].clone() };
            assert_eq!(json!(falls), expected("pobm_raw"), "vector {} {x}", vector["k"]);
            assert_eq!(json!(groups), expected("pobm"), "vector {} {x}", vector["k"]);
        }
    }
}

#[test]
fn falls_and_groups_of_every_designed_signal_are_equal() {
    for (id, _) in crate::signals::ids() {
        for (threshold, x) in [(Threshold::Three, 3), (Threshold::Four, 4)] {
            let (falls, groups) = events(&crate::signals::file(&id), threshold);
            let [falls, groups] = [falls, groups].map(|rows| lines(&rows));
            let folder = |key: &str| format!("oracles/synthetic/events/{key}{x}/{id}.csv");
            crate::support::assert_lines_equal(&falls, &folder("pobm_raw"));
            crate::support::assert_lines_equal(&groups, &folder("pobm"));
        }
    }
}

/// Straight from the definition, on the whole grid of seconds.
fn on_the_grid(readings: &[(u32, u8)], dt: u32, threshold: Threshold) -> Events {
    let n = (readings.last().unwrap().0 + dt) as usize;
    let mut grid: Vec<Option<u8>> = vec![None; n];
    for &(at, v) in readings {
        grid[at as usize..(at + dt) as usize].fill(Some(v));
    }
    let x = i32::from(threshold.as_pct());
    let at = |i: usize| grid[i].map(i32::from);
    let falls = falls(&at, n, x);
    let mut groups: Vec<[usize; 3]> = vec![];
    let mut previous: Option<usize> = None;
    for &[a, _, c] in &falls {
        let back = |i: usize| at(i).is_some_and(|v| v >= at(a).unwrap() - 1);
        let d =
            if back(c) { c } else { (c..a + 90).find(|&i| i < n && back(i)).unwrap_or((a + 90).min(n - 1)) };
        match groups.last_mut() {
            Some(group) if previous.is_some_and(|before| a <= before) => {
                *group = [group[0], group[1].max(d), group[2] + 1];
            }
            _ => groups.push([a, d, 1]),
        }
        previous = Some(d);
    }
    let as_seconds = |rows: Vec<[usize; 3]>| rows.into_iter().map(|row| row.map(|v| v as u32)).collect();
    (as_seconds(falls), as_seconds(groups))
}

fn falls(at: &dyn Fn(usize) -> Option<i32>, n: usize, x: i32) -> Vec<[usize; 3]> {
    let mut falls = vec![];
    let mut i = 1;
    while i < n && i + 10 <= n {
        let starts =
            at(i).zip(at(i - 1)).is_some_and(|(v, before)| v > 25 && (1..=x).contains(&(before - v)));
        if !starts {
            i += 1;
            continue;
        }
        let (a, top) = (i, at(i).unwrap());
        let goes_down = |j: usize| at(j).zip(at(j - 1)).is_some_and(|(v, before)| v <= before);
        let mut b = i + 1;
        while b < n - 1 && goes_down(b) && top - at(b).unwrap() < x {
            b += 1;
        }
        if b >= n - 1 || !goes_down(b) {
            i = b;
            if b >= n - 1 {
                break;
            }
            continue;
        }
        let mut low = b;
        let mut c = b + 1;
        let is_over = |c: usize, low: usize| {
            c - a >= 10 && at(c).is_some_and(|v| top - v <= 1 || v - at(low).unwrap() >= x)
        };
        while c < n && !is_over(c, low) {
            if at(c).is_some_and(|v| v <= at(low).unwrap()) {
                low = c;
            }
            c += 1;
        }
        if c < n && c - a <= 90 {
            falls.push([a, low, c]);
        }
        i = c + 1;
    }
    falls
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_machine_finds_what_the_grid_finds((dt, mut night) in restless_night()) {
        let first = night[0].0;
        night.iter_mut().for_each(|(at, _)| *at -= first);
        let file = csv_file(night.iter().map(|&(at, v)| -> Row { (at, Some(v), None, None) }));
        let interval = Recording::parse(&file).unwrap().interval().as_secs();
        prop_assume!(interval == dt);
        for threshold in [Threshold::Three, Threshold::Four] {
            prop_assert_eq!(events(&file, threshold), on_the_grid(&night, dt, threshold));
        }
    }
}

#[test]
fn a_gap_of_a_century_takes_no_time() {
    let mut detector = Detector::new(Threshold::Three, Span::from_secs(1));
    let mut groups = 0;
    let level = |v| Spo2::from_device(v);
    for (at, v) in [(0, 96), (1, 95), (u32::MAX - 10, 96)] {
        detector.push(Span::from_secs(at), level(v), &mut |_| groups += 1);
    }
    assert_eq!(groups, 0);
}
