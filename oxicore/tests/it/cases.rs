//! A folder of files whose right values are known, named by the environment variable `OXI_CASES`; it stays outside the
//! repository. Files of texts are judged elsewhere.

use std::path::{Path, PathBuf};

use oxicore::{AnalysisOptions, ParseOptions, Recording, analyze_vec};
use serde_json::{Map, Value};

/// What is not as it should be; `None` where all is.
fn fault(path: &Path, want: &Map<String, Value>) -> Option<String> {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().and_then(|name| name.to_str());
    let night =
        match Recording::parse_with(&bytes, &ParseOptions { file_name: name, ..ParseOptions::default() }) {
            Ok(night) => night,
            Err(_)
                if want.contains_key("refused")
                    || want.get("refused_is_fine") == Some(&Value::Bool(true)) =>
            {
                return None;
            }
            Err(error) => return Some(format!("refused: {error}")),
        };
    if want.contains_key("refused") {
        return Some("read".to_owned());
    }
    let summary = analyze_vec(night, &AnalysisOptions::default()).0;
    let is_near = |found: f64, key: &str, within: f64| {
        want.get(key).and_then(Value::as_f64).is_none_or(|right| (found - right).abs() <= within)
    };
    let spo2 = summary.spo2.map_or((0.0, 0.0), |spo2| (spo2.mean_pct, f64::from(spo2.min_pct.as_pct())));
    let seconds = f64::from(night.span().as_secs());
    let right = [
        is_near(spo2.0.round(), "spo2_mean", 0.0),
        is_near(spo2.1, "spo2_min", 0.0),
        is_near(summary.pulse.map_or(0.0, |pulse| pulse.mean_bpm), "pulse_mean", 1.0),
        is_near(seconds, "recording_s", seconds * 0.02),
        is_near(f64::from(night.notices().sub_range_readings), "below_range", 0.0),
    ];
    (right != [true; 5]).then(|| format!("mean, minimum, pulse, length, below range: {right:?}"))
}

#[test]
fn every_binary_of_the_folder_of_cases_is_right_or_refused() {
    let Some(folder) = std::env::var_os("OXI_CASES").map(PathBuf::from) else {
        println!("skipped: OXI_CASES names no folder of cases");
        return;
    };
    let expected = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: Map<String, Value> = serde_json::from_str(&expected).unwrap();
    let binaries = expected.iter().filter(|(name, _)| !name.ends_with(".csv") || name.starts_with("15"));
    let faults: Vec<String> = binaries
        .filter_map(|(name, want)| Some(format!("{name}: {}", fault(&folder.join(name), want.as_object()?)?)))
        .collect();
    assert_eq!(faults, [""; 0]);
}
