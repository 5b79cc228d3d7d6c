//! One file of expected numbers for the synthetic fixtures, checked by every door of the project.
//!
//! A number in it changes only on purpose: run the tests with `OXI_BLESS=1`, read the difference, and explain it in
//! docs/ALGORITHMS.md and CHANGELOG.md.

use std::fs;

use oxicore::{AnalysisOptions, NightAnalysis, ParseOptions, Recording};
use serde_json::{Map, Value, json};

use crate::fixtures::{READABLE, fixture};
use crate::support::{self, path};

const GOLDEN: &str = "golden/synthetic.json";

fn found(name: &str) -> Value {
    let file = fixture(name);
    let recording = Recording::parse_with(&file, &ParseOptions::default().with_file_name(name)).unwrap();
    let NightAnalysis { summary, desaturations3: events, .. } =
        recording.analyze(&AnalysisOptions::default());
    let indices = recording.compare(&AnalysisOptions::default()).comparison;
    json!({ "summary": summary, "events": events, "indices": indices.iter().collect::<Vec<_>>() })
}

#[test]
fn every_readable_fixture_gives_its_golden_numbers() {
    let all: Map<String, Value> = READABLE.iter().map(|f| (f.name.to_owned(), found(f.name))).collect();
    let text = serde_json::to_string_pretty(&all).unwrap() + "\n";
    if std::env::var_os("OXI_BLESS").is_some() {
        fs::write(path(GOLDEN), &text).unwrap();
    }
    // Through text, so that both sides have rounded their floats in the same way.
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), support::json(GOLDEN));
}
