//! Reading the expected numbers, and running a series through the whole library.

use std::fs;
use std::path::{Path, PathBuf};

use oxicore::artifact::ArtifactFilter;
use oxicore::below_range::BelowRange;
use oxicore::desaturation::aasm::Config;
use oxicore::metrics::distribution::Spo2Distribution;
use oxicore::{
    AnalysisOptions, Desaturation, Profile, Recording, Span, Spo2, Summary, Threshold, desaturation::Outcome,
};
use serde_json::Value;

/// A file under `tests/`.
pub fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(relative)
}

pub fn read(relative: &str) -> Vec<u8> {
    let path = path(relative);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

pub fn json(relative: &str) -> Value {
    serde_json::from_slice(&read(relative)).unwrap_or_else(|e| panic!("{relative}: {e}"))
}

/// What all expected numbers but those of `below_range` were made with: SpO2 below the ring's range is missing time.
pub fn with_gaps() -> AnalysisOptions {
    AnalysisOptions::default().with_aasm(Config::default().with_below_range(BelowRange::Gap))
}

/// Summary and the events of one threshold.
pub fn analysis(file: &[u8], listed: Threshold) -> (Summary, Vec<Desaturation>) {
    let analysis = Recording::parse(file).unwrap().analyze(&with_gaps());
    (analysis.summary, analysis.desaturations(listed).to_vec())
}

/// An event as the expected lists write it: onset, nadir time, end, peak, nadir, area, flag.
pub type EventRow = (u32, u32, u32, u8, u8, u32, &'static str);

pub fn event_row(event: &Desaturation) -> EventRow {
    let flag = match event.outcome {
        Outcome::Complete => "complete",
        Outcome::Sustained => "sustained",
        Outcome::Gap => "gap",
        Outcome::End => "end",
    };
    let (onset, nadir_at, end) = (event.onset.as_secs(), event.nadir_at.as_secs(), event.end.as_secs());
    (onset, nadir_at, end, event.peak.as_pct(), event.nadir.as_pct(), event.area_pct_s, flag)
}

/// Compares the text of event lists, one event a line, with a CSV of expected events (absent file: no event),
/// whose times count from `first_s` seconds before the first record.
pub fn assert_events_equal_csv(events: &[Desaturation], first_s: u32, relative: &str) {
    let found: Vec<String> = events
        .iter()
        .map(|e| {
            let (onset, nadir_at, end, peak, nadir, area, flag) = event_row(e);
            let [onset, nadir_at, end] = [onset, nadir_at, end].map(|t| t + first_s);
            format!("{onset},{nadir_at},{end},{peak},{nadir},{area},{flag}")
        })
        .collect();
    assert_lines_equal(&found, relative);
}

/// Compares lines with those of a CSV after its header; an absent file has none.
pub fn assert_lines_equal(found: &[String], relative: &str) {
    let expected = fs::read_to_string(path(relative)).unwrap_or_default();
    assert_eq!(found, expected.lines().skip(1).collect::<Vec<_>>(), "{relative}");
}

/// The readings that the default filter accepts.
pub fn cleaned(recording: Recording<'_>) -> Vec<(Span, Spo2)> {
    let mut filter = ArtifactFilter::default();
    recording.samples().filter_map(|sample| Some((sample.at, filter.push(&sample).spo2?))).collect()
}

pub fn assert_close(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap_or_else(|| panic!("{what}: no expected number"));
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{what}: {found} is not {expected}");
}

/// Everything of a summary that the oracle's summary also has.
pub fn assert_summary(summary: &Summary, expected: &Value, id: &str) {
    let all = |odi: oxicore::summary::OdiCount| odi.count + odi.sustained + odi.truncated;
    let counts = [
        ("/records", summary.recording.records),
        ("/period_s", summary.recording.interval_s.as_secs()),
        ("/recording_s", summary.recording.recording_s.as_secs()),
        ("/valid_s", summary.quality.valid_s),
        ("/events/aasm3", summary.aasm.odi3.count),
        ("/events/aasm4", summary.aasm.odi4.count),
        ("/aasm_flags/3/sustained", summary.aasm.odi3.sustained),
        ("/aasm_flags/4/sustained", summary.aasm.odi4.sustained),
        ("/events/aasm4_nested", summary.aasm.odi4_nested.count),
        ("/events/aasm3_all", all(summary.aasm.odi3)),
        ("/events/aasm4_all", all(summary.aasm.odi4)),
        ("/filter/slope", summary.quality.spo2_slope),
    ];
    for (pointer, found) in counts {
        // A signal without any reading has no event counts in the reference.
        let expected = expected.pointer(pointer).map_or(0, |v| v.as_u64().unwrap());
        assert_eq!(u64::from(found), expected, "{id} {pointer}");
    }
    let filter = |rule: &str| expected["filter"][rule].as_u64().unwrap();
    let unusable = summary.quality.missing_spo2 + summary.quality.spo2_out_of_range;
    // The designed signals hold 0, 127 and 255 as plain numbers out of range; in a file they mean "no reading".
    assert_eq!(u64::from(unusable), filter("missing") + filter("range"), "{id} missing and out of range");
    assert_index(summary, summary.aasm.odi3.per_h, &expected["odi"]["aasm3"], &format!("{id} odi3"));
    assert_index(summary, summary.aasm.odi4.per_h, &expected["odi"]["aasm4"], &format!("{id} odi4"));
    assert_burden(summary, expected, id);
    assert_optional(summary.delta_index_pct, &expected["delta_index"], &format!("{id} delta index"));
    assert_spo2(summary, expected, id);
    assert_pulse(summary, expected, id);
    assert_vendor(summary, expected, id);
}

/// The reference divides by any time; an index needs ten minutes of valid signal.
fn assert_index(summary: &Summary, found: Option<f64>, expected: &Value, what: &str) {
    match found {
        Some(found) => assert_close(found, expected, what),
        None => assert!(summary.quality.valid_s < 600, "{what}: nothing found, {expected} expected"),
    }
}

fn assert_optional(found: Option<f64>, expected: &Value, what: &str) {
    match found {
        Some(found) => assert_close(found, expected, what),
        None => assert!(expected.is_null(), "{what}: nothing found, {expected} expected"),
    }
}

fn assert_burden(summary: &Summary, expected: &Value, id: &str) {
    let [burden3, burden4] = [summary.burden3, summary.burden4];
    let per_hour =
        |burden: Option<oxicore::metrics::burden::Burden>| burden.map(|b| b.hypoxic_burden_pctmin_h);
    assert_index(summary, per_hour(burden3), &expected["hypoxic_burden_pctmin_h"], &format!("{id} burden"));
    assert_index(
        summary,
        per_hour(burden4),
        &expected["hypoxic_burden4_pctmin_h"],
        &format!("{id} burden 4"),
    );
    let severity = burden3.map(|b| b.desaturation_severity_pct);
    assert_index(summary, severity, &expected["desat_severity_pct"], &format!("{id} severity"));
}

fn assert_spo2(summary: &Summary, expected: &Value, id: &str) {
    let stats = &expected["spo2"];
    let Some(spo2) = summary.spo2 else {
        assert!(stats["n"].as_u64().unwrap_or(0) == 0, "{id}: readings expected");
        return;
    };
    assert_eq!(Some(u64::from(spo2.n)), stats["n"].as_u64(), "{id} n");
    assert_close(spo2.mean_pct, &stats["mean"], &format!("{id} mean"));
    assert_close(spo2.median_pct, &stats["median"], &format!("{id} median"));
    assert_eq!(Some(u64::from(spo2.min_pct.as_pct())), stats["min"].as_u64(), "{id} min");
    assert_eq!(Some(u64::from(spo2.max_pct.as_pct())), stats["max"].as_u64(), "{id} max");
    assert_eq!(Some(u64::from(spo2.mode_pct.as_pct())), stats["mode"].as_u64(), "{id} mode");
    if spo2.n > 1 {
        assert_optional(spo2.sd_pct, &stats["sd"], &format!("{id} sd"));
    }
    let percentiles = [
        (spo2.p1_pct, "p1"),
        (spo2.p5_pct, "p5"),
        (spo2.p10_pct, "p10"),
        (spo2.p25_pct, "p25"),
        (spo2.p75_pct, "p75"),
        (spo2.p90_pct, "p90"),
        (spo2.p95_pct, "p95"),
    ];
    percentiles.iter().for_each(|(found, key)| assert_close(*found, &stats[key], &format!("{id} {key}")));
    let held = spo2.nadir_10s_pct.map(|v| u64::from(v.as_pct()));
    assert_eq!(held, expected["nadir_10s"].as_u64(), "{id} nadir held 10 s");
    assert_close(spo2.area_below_90_pctmin_h, &expected["area_below_90_pctmin_h"], &format!("{id} CA90"));
    assert_time_below(&spo2, expected, id);
}

fn assert_time_below(spo2: &Spo2Distribution, expected: &Value, id: &str) {
    for time in &spo2.time_below {
        let (level, what) = (time.level_pct.to_string(), format!("{id} T{}", time.level_pct));
        assert_eq!(Some(u64::from(time.below_s)), expected["time_below_s"][&level].as_u64(), "{what}");
        assert_close(time.below_pct, &expected["t_below_pct"][&level], &what);
        if let Some(at_or_below) = expected["t_at_or_below_pct"].get(&level) {
            assert_close(time.at_or_below_pct, at_or_below, &what);
        }
    }
    let headline = (spo2.below_90_s, spo2.below_90_pct, spo2.below_88_s, spo2.below_88_pct);
    let [t90, t88] = [spo2.time_below[3], spo2.time_below[4]];
    assert_eq!(headline, (t90.below_s, t90.below_pct, t88.below_s, t88.below_pct), "{id}");
}

fn assert_pulse(summary: &Summary, expected: &Value, id: &str) {
    let stats = &expected["pulse"];
    let Some(pulse) = summary.pulse else {
        assert!(stats["n"].as_u64().unwrap_or(0) == 0, "{id}: pulse expected");
        return;
    };
    assert_eq!(Some(u64::from(pulse.n)), stats["n"].as_u64(), "{id} pulse n");
    assert_close(pulse.mean_bpm, &stats["mean"], &format!("{id} pulse mean"));
    assert_eq!(Some(u64::from(pulse.min_bpm.as_bpm())), stats["min"].as_u64(), "{id} pulse min");
    assert_eq!(Some(u64::from(pulse.max_bpm.as_bpm())), stats["max"].as_u64(), "{id} pulse max");
    if pulse.n > 1 {
        assert_optional(pulse.sd_bpm, &stats["sd"], &format!("{id} pulse sd"));
    }
    assert_close(pulse.p5_bpm, &stats["p5"], &format!("{id} pulse p5"));
    assert_close(pulse.median_bpm, &stats["median"], &format!("{id} pulse median"));
    assert_close(pulse.p95_bpm, &stats["p95"], &format!("{id} pulse p95"));
    if let Some(rises) = pulse.rises6_per_h {
        assert_close(rises, &expected["pulse_rises6_h"], &format!("{id} pulse rises"));
    }
}

fn assert_vendor(summary: &Summary, expected: &Value, id: &str) {
    if id == "S21_spikes_1s" {
        return; // its zeros are readings to the reference and "no reading" in a file
    }
    let Some(vendor) = summary.viatom else {
        assert_eq!(expected["filter"]["missing"], expected["records"], "{id}: readings expected");
        return;
    };
    let counts = [
        ("/events/viatom3", vendor.drops3),
        ("/events/viatom4", vendor.drops4),
        ("/viatom_baseline", vendor.baseline_pct.as_pct().into()),
        ("/viatom_t90_s", vendor.below_90.seconds),
        ("/viatom_dips_below_90", vendor.dips_below_90),
        ("/viatom_duration_s", vendor.duration_s),
    ];
    for (pointer, found) in counts {
        assert_eq!(
            Some(u64::from(found)),
            expected.pointer(pointer).and_then(Value::as_u64),
            "{id} {pointer}"
        );
    }
    assert_close(vendor.below_90.pct, &expected["viatom_t90_pct"], &format!("{id} vendor T90"));
    assert_close(vendor.drops3_per_h.unwrap(), &expected["odi"]["viatom3"], &format!("{id} drops3/h"));
    assert_close(vendor.drops4_per_h.unwrap(), &expected["odi"]["viatom4"], &format!("{id} drops4/h"));
}

/// Counts and indices of all profiles side by side.
pub fn assert_comparison(file: &[u8], expected: &Value, id: &str) {
    let comparison = Recording::parse(file).unwrap().compare(&with_gaps()).comparison;
    let keys = [
        (Profile::Aasm, "aasm"),
        (Profile::Viatom, "viatom"),
        (Profile::Pobm, "pobm"),
        (Profile::Mean120, "mean120"),
    ];
    for (profile, name) in keys {
        for threshold in [Threshold::Three, Threshold::Four] {
            let index = comparison.index(profile, threshold).unwrap();
            let key = format!("{name}{}", threshold.as_pct());
            let count = expected["events"].get(&key).map_or(0, |v| v.as_u64().unwrap());
            assert_eq!(u64::from(index.count), count, "{id} {key}");
            if let Some(per_h) = index.per_h {
                assert_close(per_h, &expected["odi"][&key], &format!("{id} {key} per hour"));
            }
        }
    }
}
