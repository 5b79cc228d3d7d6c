//! Profile `mean120`: vectors, event lists, and the slow, obvious version of it.

use oxicore::desaturation::mean120::{Config, Detector, Event};
use oxicore::{Recording, Span, Spo2, Threshold, desaturation::Outcome};
use proptest::prelude::*;

use crate::aasm_twin::restless_night;
use crate::support::cleaned;

/// Onset, last low reading, nadir, sum and number of the frozen window, flag.
pub type Row = (u32, u32, u8, u32, u32, &'static str);

fn row(event: &Event) -> Row {
    let flag = match event.outcome {
        Outcome::Complete => "complete",
        Outcome::Sustained => "sustained",
        Outcome::Gap => "gap",
        Outcome::End => "end",
    };
    let (onset, last) = (event.onset.as_secs(), event.last.as_secs());
    (onset, last, event.nadir.as_pct(), event.baseline_sum, event.baseline_n, flag)
}

fn detect(readings: &[(Span, Spo2)], interval: Span, threshold: Threshold, config: Config) -> Vec<Row> {
    let mut detector = Detector::new(threshold, interval, config);
    let mut events: Vec<_> = readings.iter().filter_map(|&(at, spo2)| detector.push(at, spo2)).collect();
    events.extend(detector.finish());
    events.iter().map(row).collect()
}

/// The events of a file's accepted readings.
pub fn events(file: &[u8], threshold: Threshold) -> Vec<Row> {
    let recording = Recording::parse(file).unwrap();
    detect(&cleaned(recording), recording.interval(), threshold, Config::CHUNG)
}

/// As the expected lists write them, counted from `first_s` seconds before the first record.
pub fn lines(rows: &[Row], first_s: u32) -> Vec<String> {
    let line = |(onset, last, nadir, sum, n, flag): &Row| {
        format!("{},{},{nadir},{sum}/{n},{flag}", onset + first_s, last + first_s)
    };
    rows.iter().map(line).collect()
}

#[test]
fn events_of_every_vector_are_equal_to_the_second() {
    for vector in crate::vectors::vectors() {
        for (threshold, key) in [(Threshold::Three, "mean120_3"), (Threshold::Four, "mean120_4")] {
            let found = serde_json::to_value(events(&crate::vectors::file(&vector), threshold)).unwrap();
            assert_eq!(found, vector["events"][key], "vector {} {key}", vector["k"]);
        }
    }
}

#[test]
fn events_of_every_designed_signal_are_equal() {
    for (id, _) in crate::signals::ids() {
        for (threshold, folder) in [(Threshold::Three, "mean1203"), (Threshold::Four, "mean1204")] {
            let first = crate::signals::rows(&id)[0].0;
            let found = lines(&events(&crate::signals::file(&id), threshold), first);
            crate::support::assert_lines_equal(
                &found,
                &format!("oracles/synthetic/events/{folder}/{id}.csv"),
            );
        }
    }
}

/// Straight from the definition: all readings of the 120 s before, anew at every step.
fn by_looking_back(readings: &[(Span, Spo2)], interval: Span, threshold: Threshold) -> Vec<Row> {
    let (dt, x) = (interval.as_secs(), u32::from(threshold.as_pct()));
    let (mut events, mut cleared, mut open): (_, usize, Option<Row>) = (vec![], 0, None);
    let close = |row: Row, flag| (row.1 - row.0 >= 10).then_some((row.0, row.1, row.2, row.3, row.4, flag));
    for (i, &(at, spo2)) in readings.iter().enumerate() {
        let (t, v) = (at.as_secs(), u32::from(spo2.as_pct()));
        if i > 0 && t - readings[i - 1].0.as_secs() > dt + 10 {
            events.extend(open.take().and_then(|row| close(row, "gap")));
            cleared = i;
        }
        if let Some(row) = &mut open {
            if (v + x) * row.4 <= row.3 {
                *row = (row.0, t, row.2.min(spo2.as_pct()), row.3, row.4, "");
                continue;
            }
            events.extend(open.take().and_then(|row| close(row, "complete")));
        }
        let window: Vec<u32> = readings[cleared..i]
            .iter()
            .filter(|r| r.0.as_secs() + 120 >= t)
            .map(|r| u32::from(r.1.as_pct()))
            .collect();
        let (sum, n) = (window.iter().sum::<u32>(), window.len() as u32);
        if n > 0 && (v + x) * n <= sum {
            open = Some((t, t, spo2.as_pct(), sum, n, ""));
        }
    }
    events.extend(open.and_then(|row| close(row, "end")));
    events
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_ring_finds_what_looking_back_over_everything_finds((dt, night) in restless_night()) {
        let readings: Vec<_> = night.iter()
            .map(|&(at, v)| (Span::from_secs(at), Spo2::from_device(v.into()).unwrap())).collect();
        for threshold in [Threshold::Three, Threshold::Four] {
            prop_assert_eq!(
                detect(&readings, Span::from_secs(dt), threshold, Config::CHUNG),
                by_looking_back(&readings, Span::from_secs(dt), threshold)
            );
        }
    }
}

#[test]
fn the_analyzers_reading_drops_long_events_and_bridges_every_gap() {
    let held = |from: u32, to: u32, pct| {
        (from..to).map(move |at| (Span::from_secs(at), Spo2::from_device(pct).unwrap()))
    };
    let events = |readings: &[_], config| {
        let rows = detect(readings, Span::from_secs(1), Threshold::Three, config);
        rows.iter().map(|row| (row.0, row.1)).collect::<Vec<_>>()
    };
    let long: Vec<_> = held(0, 300, 96).chain(held(300, 450, 90)).chain(held(450, 500, 96)).collect();
    assert_eq!(events(&long, Config::CHUNG), [(300, 449)]);
    assert_eq!(events(&long, Config::O2RING_ANALYZER), []);
    let gap: Vec<_> = held(0, 100, 96).chain(held(160, 180, 90)).chain(held(180, 200, 96)).collect();
    assert_eq!(events(&gap, Config::CHUNG), []);
    assert_eq!(events(&gap, Config::O2RING_ANALYZER), [(160, 179)]);
}
