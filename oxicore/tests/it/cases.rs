//! A folder of files whose right values are known, named by the environment variable `OXI_CASES`; it stays outside the
//! repository.

use std::path::{Path, PathBuf};

use oxicore::{AnalysisOptions, ParseOptions, Recording, notices::StartSource};
use serde_json::{Map, Value};

/// What is not as it should be; `None` where all is.
fn fault(path: &Path, want: &Map<String, Value>) -> Option<String> {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().and_then(|name| name.to_str());
    let mut options = ParseOptions::default();
    options.file_name = name;
    let night = match Recording::parse_with(&bytes, &options) {
        Ok(night) => night,
        Err(_) if want.contains_key("refused") || want.get("refused_is_fine") == Some(&Value::Bool(true)) => {
            return None;
        }
        Err(error) => return Some(format!("refused: {error}")),
    };
    if want.contains_key("refused") {
        return Some("read".to_owned());
    }
    let summary = night.analyze(&AnalysisOptions::default()).summary;
    let is_near = |found: f64, key: &str, within: f64| {
        want.get(key).and_then(Value::as_f64).is_none_or(|right| (found - right).abs() <= within)
    };
    let spo2 = summary.spo2.map_or((0.0, 0.0), |spo2| (spo2.mean_pct, f64::from(spo2.min_pct.as_pct())));
    let seconds = f64::from(night.span().as_secs());
    let (notices, odi) = (night.notices(), summary.aasm.odi3.per_h);
    let start = (notices.start_source != StartSource::Unknown).then(|| night.start().to_string());
    let is = |key: &str, found: Value| want.get(key).is_none_or(|right| *right == found);
    let is_told = notices.start_source != StartSource::Recorded
        || format!("{:?}", notices.date_order_rule).contains("Assumed");
    let right = [
        ("mean SpO2", is_near(spo2.0.round(), "spo2_mean", 0.0)),
        ("about SpO2", is_near(spo2.0, "spo2_mean_about", 1.0)),
        ("lowest SpO2", is_near(spo2.1, "spo2_min", 0.0)),
        ("pulse", is_near(summary.pulse.map_or(0.0, |pulse| pulse.mean_bpm), "pulse_mean", 1.0)),
        ("no pulse", want.get("pulse_mean") != Some(&Value::Null) || summary.pulse.is_none()),
        ("length", is_near(seconds, "recording_s", seconds * 0.02)),
        (
            "longest",
            want.get("recording_s_at_most").and_then(Value::as_f64).is_none_or(|most| seconds <= most),
        ),
        ("ODI", is_within(odi, want.get("odi3"))),
        ("start", is("start", start.into())),
        ("told about time", !want.contains_key("told_about_time") || is_told),
        ("readings", is("readings", night.samples().filter(|s| s.spo2.is_some()).count().into())),
        ("rows dropped", is("rows_dropped", notices.rows_dropped.into())),
        ("below range", is("below_range", summary.quality.below_range_readings.into())),
    ];
    let wrong: Vec<_> = right.iter().filter(|(_, is)| !is).map(|(what, _)| *what).collect();
    (!wrong.is_empty()).then(|| format!("{wrong:?}: {summary:?} {notices:?}"))
}

fn is_within(found: Option<f64>, range: Option<&Value>) -> bool {
    let Some([low, high]) = range.and_then(Value::as_array).map(Vec::as_slice) else { return true };
    found
        .zip(low.as_f64())
        .zip(high.as_f64())
        .is_some_and(|((found, low), high)| (low..=high).contains(&found))
}

#[test]
fn every_file_of_the_folder_of_cases_is_right_or_refused() {
    let Some(folder) = std::env::var_os("OXI_CASES").map(PathBuf::from) else {
        println!("skipped: OXI_CASES names no folder of cases");
        return;
    };
    let expected = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: Map<String, Value> = serde_json::from_str(&expected).unwrap();
    let faults: Vec<String> = expected
        .iter()
        .filter_map(|(name, want)| Some(format!("{name}: {}", fault(&folder.join(name), want.as_object()?)?)))
        .collect();
    assert_eq!(faults, [""; 0]);
}
