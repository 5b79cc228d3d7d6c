//! 36 designed signals whose true events are known.

use oxicore::Threshold;
use oxicore::testing::{Row, csv_file};
use serde_json::Value;

use crate::support::{analysis, assert_comparison, assert_events_equal_csv, assert_summary, json, read};

pub fn rows(id: &str) -> Vec<Row> {
    let text = String::from_utf8(read(&format!("oracles/synthetic/{id}.csv"))).unwrap();
    let row = |line: &str| {
        let mut cells = line.split(',');
        let at = cells.next().unwrap().parse().unwrap();
        let mut number = || cells.next().and_then(|cell| cell.parse::<u16>().ok());
        let (spo2, pulse, motion) = (number(), number(), number());
        (at, spo2.map(|v| u8::try_from(v).unwrap()), pulse, motion.map(|v| u8::try_from(v).unwrap()))
    };
    text.lines().skip(1).map(row).collect()
}

pub fn file(id: &str) -> Vec<u8> {
    csv_file(rows(id))
}

pub fn ids() -> Vec<(String, Value)> {
    let Value::Object(all) = json("oracles/synthetic/expected.json") else { panic!("no object") };
    all.into_iter().collect()
}

#[test]
fn every_designed_signal_gives_the_expected_summary() {
    assert_eq!(ids().len(), 36);
    for (id, expected) in ids() {
        let (summary, _) = analysis(&file(&id), Threshold::Three);
        assert_summary(&summary, &expected["summary"], &id);
        if id != "S21_spikes_1s" {
            assert_comparison(&file(&id), &expected["summary"], &id);
        }
    }
}

#[test]
fn every_designed_signal_gives_the_expected_events() {
    for (id, _) in ids() {
        for (threshold, folder) in [(Threshold::Three, "aasm3"), (Threshold::Four, "aasm4")] {
            let (_, events) = analysis(&file(&id), threshold);
            let first_s = rows(&id)[0].0;
            assert_events_equal_csv(&events, first_s, &format!("oracles/synthetic/events/{folder}/{id}.csv"));
        }
    }
}
