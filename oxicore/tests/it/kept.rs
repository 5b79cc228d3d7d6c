//! What was written as JSON is read again as the same values, and nothing that cannot be is read.

use oxicore::artifact::{FilterConfig, MedianLength};
use oxicore::below_range::BelowRange;
use oxicore::desaturation::{aasm, mean120, pobm};
use oxicore::metrics::pulse::PulseConfig;
use oxicore::{
    AnalysisOptions, Desaturation, ParseOptions, PulseRate, Recording, Span, Spo2, Summary, Threshold,
    compare::Comparison, metrics::splits::Hours, time::LocalDateTime, units::Motion,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::fixtures::{READABLE, fixture};
use crate::nights::nights;

fn again<T: Serialize + DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

fn assert_kept(recording: Recording<'_>, name: &str) {
    for listed in [Threshold::Three, Threshold::Four] {
        let analysis = recording.analyze(&AnalysisOptions::default());
        assert_eq!(again::<Summary>(&analysis.summary), analysis.summary, "{name}");
        let events = analysis.desaturations(listed).to_vec();
        assert_eq!(again::<Vec<Desaturation>>(&events), events, "{name}");
        let (mut desaturations, mut groups) = (Vec::new(), Vec::new());
        recording.pobm(listed, &mut |found| match found {
            pobm::Found::Desaturation(one) => desaturations.push(one),
            pobm::Found::Group(group) => groups.push(group),
        });
        assert_eq!((again(&desaturations), again(&groups)), (desaturations, groups), "{name}");
        let mut detector = mean120::Detector::new(listed, recording.interval(), mean120::Config::CHUNG);
        let readings = recording.samples().filter_map(|sample| Some((sample.at, sample.spo2?)));
        let below: Vec<_> = readings.filter_map(|(at, spo2)| detector.push(at, spo2)).collect();
        assert_eq!(again(&below), below, "{name}");
    }
    let comparison = recording.compare(&AnalysisOptions::default()).comparison;
    assert_eq!(again::<Comparison>(&comparison), comparison, "{name}");
}

#[test]
fn an_analysis_of_every_fixture_survives_its_json() {
    for readable in READABLE {
        let file = fixture(readable.name);
        let options = ParseOptions::default().with_file_name(readable.name);
        assert_kept(Recording::parse_with(&file, &options).unwrap(), readable.name);
    }
}

#[test]
fn an_analysis_of_every_real_night_survives_its_json() {
    for (id, file) in nights() {
        assert_kept(Recording::parse(&file).unwrap(), &id);
    }
}

fn is_read<T: DeserializeOwned>(value: Value) -> bool {
    serde_json::from_value::<T>(value).is_ok()
}

#[test]
fn a_number_that_no_device_gives_is_not_read() {
    assert_eq!(
        [0, 1, 100, 101, 127].map(|pct| is_read::<Spo2>(json!(pct))),
        [false, true, true, false, false]
    );
    assert_eq!(
        [0, 254, 255, 300, 301].map(|bpm| is_read::<PulseRate>(json!(bpm))),
        [false, true, false, true, false]
    );
    assert!(!is_read::<Spo2>(json!(96.5)) && !is_read::<Spo2>(json!(-1)) && !is_read::<Spo2>(json!(null)));
}

#[test]
fn a_moment_that_no_calendar_has_is_not_read() {
    let moment = LocalDateTime::new((2025, 1, 29), (20, 35, 10)).unwrap();
    assert_eq!(again(&moment), moment);
    for text in [
        "",
        "2025-01-29",
        "2025-02-29T00:00:00",
        "2025-01-29T24:00:00",
        "2025-01-29T00:00:256",
        "2025-01-29T00:00:00:00",
    ] {
        assert!(!is_read::<LocalDateTime>(json!(text)), "{text}");
    }
}

#[test]
fn a_day_has_at_most_24_hours() {
    let part =
        json!({"valid_s": 3600, "odi3_count": 1, "odi4_count": 0, "odi3_per_h": 1.0, "odi4_per_h": 0.0});
    let hours = |count| Value::from(vec![part.clone(); count]);
    assert_eq!([0, 24, 25].map(|count| is_read::<Hours>(hours(count))), [true, true, false]);
}

#[test]
fn a_band_that_the_makers_report_does_not_have_is_not_read() {
    let file = fixture(READABLE[0].name);
    let summary = Recording::parse(&file).unwrap().analyze(&AnalysisOptions::default()).summary;
    let mut value = serde_json::to_value(summary).unwrap();
    value["viatom"]["below_90"]["band"] = json!("<91");
    assert!(!is_read::<Summary>(value));
}

/// Every setting other than its default.
fn changed() -> AnalysisOptions {
    let filter = FilterConfig::default()
        .with_require_pulse(true)
        .with_max_motion(Motion::from_device(12))
        .with_slope(false)
        .with_spo2_range_pct((60, 99))
        .with_pulse_range_bpm((30, 200))
        .with_trim_start(Span::from_secs(60))
        .with_trim_end(Span::from_secs(30));
    let aasm = aasm::Config::default()
        .with_look_back(Span::from_secs(90))
        .with_min_duration(Span::from_secs(12))
        .with_max_duration(Span::from_secs(120))
        .with_max_gap(Span::from_secs(8))
        .with_near_pct(2)
        .with_recovery(aasm::Recovery::Fraction)
        .with_median3(true)
        .with_below_range(BelowRange::Gap)
        .with_median_readings(MedianLength::new(5).unwrap())
        .with_include_sustained(true)
        .with_include_truncated(true);
    let pulse = PulseConfig::default().with_bradycardia_bpm(45).with_tachycardia_bpm(110);
    AnalysisOptions::default()
        .with_listed(Threshold::Four)
        .with_filter(filter)
        .with_aasm(aasm)
        .with_pulse(pulse)
}

#[test]
fn settings_survive_their_json() {
    for options in [AnalysisOptions::default(), changed()] {
        assert_eq!(again(&options), options);
    }
    let own = mean120::Config::default().with_max_duration(Some(Span::from_secs(90))).with_max_gap(None);
    assert_eq!(again(&own), own);
}

#[test]
fn a_setting_that_is_left_out_is_the_default() {
    let read = |value| serde_json::from_value::<AnalysisOptions>(value).unwrap();
    assert_eq!(read(json!({})), AnalysisOptions::default());
    let usual = AnalysisOptions::default();
    let of_filter = |filter: FilterConfig| usual.with_filter(filter);
    assert_eq!(
        read(json!({"filter": {"require_pulse": true}})),
        of_filter(usual.filter.with_require_pulse(true))
    );
    assert_eq!(
        read(json!({"filter": {"slope": false, "trim_start_s": 60}})),
        of_filter(usual.filter.with_slope(false).with_trim_start(Span::from_secs(60)))
    );
    assert_eq!(
        read(json!({"listed": "four", "aasm": {"recovery": "peak"}, "pulse": {"tachycardia_bpm": 110}})),
        usual
            .with_listed(Threshold::Four)
            .with_aasm(usual.aasm.with_recovery(aasm::Recovery::Peak))
            .with_pulse(usual.pulse.with_tachycardia_bpm(110))
    );
}

#[test]
fn a_name_that_is_no_setting_is_refused() {
    for value in [
        json!({"threshold": "three"}),
        json!({"filter": {"slopes": true}}),
        json!({"aasm": {"lookback_s": 90}}),
        json!({"pulse": {"bradycardia": 45}}),
        json!({"listed": "five"}),
        json!({"aasm": {"recovery": "median"}}),
    ] {
        assert!(!is_read::<AnalysisOptions>(value.clone()), "{value}");
    }
    assert!(!is_read::<mean120::Config>(json!({"gap_s": 5})));
}

#[test]
fn a_setting_out_of_range_is_refused() {
    for value in [
        json!({"filter": {"spo2_range_pct": [100, 50]}}),
        json!({"filter": {"pulse_range_bpm": [250, 25]}}),
        json!({"filter": {"max_motion": 256}}),
        json!({"aasm": {"near_pct": -1}}),
        json!({"filter": {"trim_start_s": 0.5}}),
    ] {
        assert!(!is_read::<AnalysisOptions>(value.clone()), "{value}");
    }
}

#[test]
fn an_event_with_a_name_that_is_none_of_its_fields_is_refused() {
    let event = serde_json::to_value(Desaturation::EMPTY).unwrap();
    assert!(is_read::<Desaturation>(event.clone()));
    let mut more = event.clone();
    more["depth"] = json!(4);
    let mut fewer = event;
    fewer.as_object_mut().unwrap().remove("nadir_pct");
    assert!(!is_read::<Desaturation>(more) && !is_read::<Desaturation>(fewer));
}
