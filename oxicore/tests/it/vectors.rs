//! 120 random series with every expected value; each goes through file, parser and the whole analysis.

use oxicore::Threshold;
use oxicore::testing::{Row, csv_file};
use serde_json::Value;

use crate::support::{EventRow, analysis, assert_close, event_row, read};

pub fn vectors() -> Vec<Value> {
    let text = String::from_utf8(read("oracles/vectors.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub fn file(vector: &Value) -> Vec<u8> {
    let numbers = |key: &str| vector[key].as_array().unwrap().iter().map(Value::as_u64);
    let rows = numbers("t").zip(numbers("s")).zip(numbers("p"));
    csv_file(rows.map(|((at, spo2), pulse)| -> Row {
        let at = u32::try_from(at.unwrap()).unwrap();
        (at, spo2.map(|v| u8::try_from(v).unwrap()), pulse.map(|v| u16::try_from(v).unwrap()), None)
    }))
}

fn expected_events(vector: &Value, key: &str) -> Vec<(Vec<u64>, String)> {
    let numbers = |event: &Value| event.as_array().unwrap().iter().filter_map(Value::as_u64).collect();
    let flag = |event: &Value| event[6].as_str().unwrap().to_owned();
    vector["events"][key].as_array().unwrap().iter().map(|e| (numbers(e), flag(e))).collect()
}

pub fn as_expected(row: EventRow) -> (Vec<u64>, String) {
    let (onset, nadir_at, end, peak, nadir, area, flag) = row;
    let numbers = [onset, nadir_at, end, peak.into(), nadir.into(), area];
    (numbers.into_iter().map(u64::from).collect(), flag.to_owned())
}

#[test]
fn aasm_events_of_every_vector_are_equal_to_the_second() {
    for vector in vectors() {
        for (threshold, key) in [(Threshold::Three, "aasm3"), (Threshold::Four, "aasm4")] {
            let (_, events) = analysis(&file(&vector), threshold);
            let found: Vec<_> = events.iter().map(event_row).map(as_expected).collect();
            assert_eq!(found, expected_events(&vector, key), "vector {} {key}", vector["k"]);
        }
    }
}

#[test]
fn viatom_counts_of_every_vector_are_equal() {
    for vector in vectors() {
        let vendor = analysis(&file(&vector), Threshold::Three).0.viatom.unwrap();
        let found = (vendor.drops3, vendor.drops4, u32::from(vendor.baseline_pct.as_pct()));
        let number = |value: &Value| u32::try_from(value.as_u64().unwrap()).unwrap();
        let events = &vector["events"];
        let expected =
            (number(&events["viatom3"]), number(&events["viatom4"]), number(&vector["viatom_base"]));
        assert_eq!(found, expected, "vector {}", vector["k"]);
    }
}

#[test]
fn statistics_of_every_vector_are_equal() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 120);
    for vector in vectors {
        let (summary, _) = analysis(&file(&vector), Threshold::Three);
        let (id, spo2) = (format!("vector {}", vector["k"]), summary.spo2.unwrap());
        assert_eq!(vector["period"].as_u64(), Some(summary.recording.interval_s.as_secs().into()), "{id}");
        assert_eq!(vector["cleaned_dropped"].as_u64(), Some(summary.quality.spo2_slope.into()), "{id}");
        assert_eq!(
            vector["t90"].as_u64(),
            Some((spo2.below_90_s / summary.recording.interval_s.as_secs()).into())
        );
        assert_close(spo2.mean_pct, &vector["stats"]["mean"], &id);
        assert_close(spo2.median_pct, &vector["stats"]["median"], &id);
        assert_eq!(vector["stats"]["min"].as_u64(), Some(spo2.min_pct.as_pct().into()), "{id}");
        assert_eq!(vector["stats"]["max"].as_u64(), Some(spo2.max_pct.as_pct().into()), "{id}");
        assert_close(spo2.sd_pct.unwrap(), &vector["stats"]["sd"], &id);
        assert_close(spo2.p5_pct, &vector["stats"]["p5"], &id);
        assert_eq!(vector["stats"]["mode"].as_u64(), Some(spo2.mode_pct.as_pct().into()), "{id}");
        assert_eq!(vector["nadir_10s"].as_u64(), spo2.nadir_10s_pct.map(|v| v.as_pct().into()), "{id}");
        assert_eq!(vector["delta_index"].as_f64().is_some(), summary.delta_index_pct.is_some(), "{id}");
        if let Some(delta) = summary.delta_index_pct {
            assert_close(delta, &vector["delta_index"], &id);
        }
        let rises = summary.pulse.map(|p| u64::from(p.rises6));
        assert_eq!(vector["pulse_rises6"].as_u64(), rises, "{id} pulse rises");
    }
}
