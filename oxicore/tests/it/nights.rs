//! Real nights. They are somebody's health data and not in the repository: the folder comes from `OXI_REAL_NIGHTS`.

use std::fs;

use oxicore::{Recording, Threshold};
use serde_json::Value;

use crate::support::{analysis, assert_comparison, assert_events_equal_csv, assert_summary, json};

/// The nights by device number; empty, and said so, when the folder is not given.
pub fn nights() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = std::env::var_os("OXI_REAL_NIGHTS") else {
        println!("skipped: OXI_REAL_NIGHTS names no folder of real nights");
        return vec![];
    };
    let Value::Object(expected) = json("oracles/nights/expected.json") else { panic!("no object") };
    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    expected
        .keys()
        .map(|id| {
            let is_night = |name: &str| name.contains(&format!(" {id}_"));
            let file = files.iter().find(|f| is_night(&f.file_name().unwrap().to_string_lossy()));
            (id.clone(), fs::read(file.unwrap_or_else(|| panic!("no night {id} in {folder:?}"))).unwrap())
        })
        .collect()
}

#[test]
fn every_real_night_gives_the_expected_summary() {
    let expected = json("oracles/nights/expected.json");
    for (id, file) in nights() {
        let (summary, _) = analysis(&file, Threshold::Three);
        let expected = &expected[&id]["summary"];
        assert_eq!(
            Some(u64::from(summary.quality.missing_spo2)),
            expected["filter"]["missing"].as_u64(),
            "{id}"
        );
        assert_summary(&summary, expected, &id);
        assert_comparison(&file, expected, &id);
    }
}

#[test]
fn every_real_night_gives_the_expected_events() {
    for (id, file) in nights() {
        for (threshold, folder) in [(Threshold::Three, "aasm3"), (Threshold::Four, "aasm4")] {
            let (_, events) = analysis(&file, threshold);
            assert_events_equal_csv(&events, 0, &format!("oracles/nights/events/{folder}/{id}.csv"));
        }
    }
}

#[test]
fn every_real_night_gives_the_expected_events_of_the_other_profiles() {
    for (id, file) in nights() {
        for (threshold, x) in [(Threshold::Three, 3), (Threshold::Four, 4)] {
            let expected = |profile: &str| format!("oracles/nights/events/{profile}{x}/{id}.csv");
            let (falls, groups) = crate::pobm::events(&file, threshold);
            crate::support::assert_lines_equal(&crate::pobm::lines(&falls), &expected("pobm_raw"));
            crate::support::assert_lines_equal(&crate::pobm::lines(&groups), &expected("pobm"));
            let lines = crate::mean120::lines(&crate::mean120::events(&file, threshold), 0);
            crate::support::assert_lines_equal(&lines, &expected("mean120"));
        }
    }
}

#[test]
fn night_1001_gives_the_vendors_printed_report_line_by_line() {
    let Some((_, file)) = nights().into_iter().find(|(id, _)| id == "1001") else { return };
    let printed = json("oracles/nights/vendor-report-1001.json");
    let (summary, _) = analysis(&file, Threshold::Three);
    let (vendor, spo2, pulse) = (summary.viatom.unwrap(), summary.spo2.unwrap(), summary.pulse.unwrap());
    let line = |band: &oxicore::metrics::vendor::Band| (clock(band.seconds), format!("{:.2}%", band.pct));
    let expected = |table: &str, band: &str| {
        let line = &printed[table][band];
        (line[0].as_str().unwrap().to_owned(), line[1].as_str().unwrap().to_owned())
    };
    for band in &vendor.spo2_bands {
        assert_eq!(line(band), expected("bands", band.band));
    }
    for band in &vendor.pulse_bands.unwrap() {
        assert_eq!(line(band), expected("pulse_threshold", band.band));
    }
    assert_eq!(line(&vendor.below_90), expected("threshold_90", "<90"));
    assert_eq!(line(&vendor.spo2_bands[0]), expected("threshold_90", ">=95"));
    assert_eq!(line(&vendor.spo2_bands[1]), expected("threshold_90", "90-94"));
    assert_eq!(clock(vendor.duration_s), printed["duration"]);
    assert_eq!((vendor.drops3, vendor.drops4), (143, 95));
    let rates =
        (format!("{:.2}", vendor.drops3_per_h.unwrap()), format!("{:.2}", vendor.drops4_per_h.unwrap()));
    assert_eq!(rates, ("14.30".into(), "9.50".into()));
    let printed_levels = |key: &str, what: &str| printed[key][what].as_f64().unwrap();
    assert_eq!(f64::from(spo2.min_pct.as_pct()), printed_levels("spo2", "min"));
    assert_eq!(f64::from(spo2.max_pct.as_pct()), printed_levels("spo2", "max"));
    assert_eq!(spo2.mean_pct.round(), printed_levels("spo2", "mean"));
    assert_eq!(f64::from(pulse.min_bpm.as_bpm()), printed_levels("pulse", "min"));
    assert_eq!(f64::from(pulse.max_bpm.as_bpm()), printed_levels("pulse", "max"));
    assert_eq!(pulse.mean_bpm.round(), printed_levels("pulse", "mean"));
}

#[test]
fn night_1001_keeps_its_rows_and_tells_unreadable_from_off_finger() {
    let Some((_, file)) = nights().into_iter().find(|(id, _)| id == "1001") else { return };
    let recording = Recording::parse(&file).unwrap();
    let valid = recording.samples().filter(|s| s.spo2.is_some()).count();
    let unreadable = recording.samples().filter(|s| s.spo2.is_none() && s.pulse.is_some()).count();
    assert_eq!((recording.len(), valid, unreadable), (9_001, 8_934, 67));
    assert_eq!(recording.start().to_string(), "2025-01-29T20:35:10");
}

/// `mm:ss` below an hour, `HH:MM:SS` from there, as the report prints.
fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours == 0 {
        format!("{minutes:02}:{seconds:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    }
}
