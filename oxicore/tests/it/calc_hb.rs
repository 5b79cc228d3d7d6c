//! The hypoxic burden of external respiratory events: made-up nights, the published example, and what is refused.

use oxicore::metrics::calc_hb::{CalcHb, CalcHbError, Scored, calc_hb, calc_hb_of_seconds};
use oxicore::testing::{Row, csv_file};
use oxicore::{Recording, export};
use serde_json::Value;

use crate::support::read;

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(|value| value.as_f64().unwrap_or(f64::NAN)).collect()
}

struct Case {
    spo2: Vec<f64>,
    starts: Vec<f64>,
    durations: Vec<f64>,
    sleep: Vec<bool>,
}

impl Case {
    fn of(case: &Value, spo2: &str) -> Self {
        let sleep = numbers(&case["sleep"]).into_iter().map(|asleep| asleep > 0.0).collect();
        Self {
            spo2: numbers(&case[spo2]),
            starts: numbers(&case["event_start_s"]),
            durations: numbers(&case["event_duration_s"]),
            sleep,
        }
    }

    fn scored(&self) -> Scored<'_> {
        Scored { event_starts_s: &self.starts, event_durations_s: &self.durations, sleep: &self.sleep }
    }

    fn burden(&self) -> CalcHb {
        calc_hb_of_seconds(&self.spo2, self.scored()).unwrap().unwrap()
    }
}

#[track_caller]
fn assert_burden(found: &CalcHb, expected: &Value) {
    let window = [found.window_s.0, found.window_s.1].map(i64::from);
    assert_eq!(Some(window[0]), expected["window_s"][0].as_i64());
    assert_eq!(Some(window[1]), expected["window_s"][1].as_i64());
    assert_eq!(Some(u64::from(found.events)), expected["events"].as_u64());
    for (found, key) in
        [(found.area_pct_s, "area_pct_s"), (found.hypoxic_burden_pctmin_h, "hypoxic_burden_pctmin_h")]
    {
        let expected = expected[key].as_f64().unwrap();
        assert!((found - expected).abs() <= 1e-9 * expected, "{key}: {found} is not {expected}");
    }
}

fn cases() -> Vec<Value> {
    let text = String::from_utf8(read("oracles/calchb/cases.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn made_up_nights_have_the_expected_burden() {
    let cases = cases();
    assert_eq!(cases.len(), 4);
    for case in cases {
        assert_burden(&Case::of(&case, "spo2").burden(), &case["expected"]);
    }
}

#[test]
fn a_file_of_whole_percents_has_the_burden_of_its_seconds() {
    for value in cases() {
        let case = Case::of(&value, "spo2");
        let rows = (0..)
            .zip(&case.spo2)
            .map(|(at, &pct)| -> Row { (at, (pct > 0.0).then_some(pct as u8), Some(60), Some(0)) });
        let file = csv_file(rows);
        let night = Recording::parse(&file).unwrap();
        let mut edf = vec![];
        export::edf(night, &[], export::Gaps::Left, &mut edf).unwrap();
        for file in [&file, &edf] {
            let mut memory = vec![0.0; case.spo2.len()];
            let night = Recording::parse(file).unwrap();
            assert_burden(&calc_hb(night, case.scored(), &mut memory).unwrap().unwrap(), &value["expected"]);
        }
    }
}

#[test]
fn the_published_example_has_the_published_burden() {
    let Some(folder) = std::env::var_os("OXI_PUBLISHED_BURDEN") else {
        println!("skipped: OXI_PUBLISHED_BURDEN names no folder with published-example.json");
        return;
    };
    let file = std::path::Path::new(&folder).join("published-example.json");
    let example: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let whole = Case::of(&example, "spo2").burden();
    assert_burden(&whole, &example["expected"]);
    let recorded = Case::of(&example, "recorded_spo2").burden();
    assert_burden(&recorded, &example["expected_on_recorded_values"]);
    // Its author prints 19.4330, on values that are not rounded to four places.
    assert!((recorded.hypoxic_burden_pctmin_h - 19.432_928).abs() < 1e-6);
    assert!((whole.hypoxic_burden_pctmin_h - 19.225_784).abs() < 1e-6);
}

/// A fall of 6 % before the end of an event at 320 s, in ten minutes.
fn one_event() -> Vec<f64> {
    let mut spo2 = vec![96.0; 600];
    spo2[300..330].fill(90.0);
    spo2
}

fn of_one_event(starts: &[f64], durations: &[f64], sleep: &[bool]) -> Result<Option<CalcHb>, CalcHbError> {
    let scored = Scored { event_starts_s: starts, event_durations_s: durations, sleep };
    calc_hb_of_seconds(&one_event(), scored)
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    let asleep = [true; 600];
    let refusal = |starts: &[f64], durations: &[f64], sleep: &[bool]| {
        of_one_event(starts, durations, sleep).unwrap_err().to_string()
    };
    assert!(refusal(&[280.0, 400.0], &[20.0], &asleep).contains("2 starts of events and 1 durations"));
    assert!(
        refusal(&[400.0, 280.0], &[20.0, 20.0], &asleep)
            .contains("the start of event 1 must be seconds from the first record, after the one before")
    );
    for start in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(refusal(&[start], &[20.0], &asleep).contains("the start of event 0 must be"));
    }
    for duration in [0.0, -3.0, f64::NAN, f64::INFINITY] {
        assert!(
            refusal(&[280.0], &[duration], &asleep)
                .contains("the duration of event 0 must be seconds above 0")
        );
    }
    assert!(refusal(&[280.0], &[20.0], &asleep[1..]).contains("599 entries of sleep for 600 s"));
}

#[test]
fn without_sleep_events_or_readings_there_is_no_burden() {
    let asleep = [true; 600];
    let found = of_one_event(&[280.0], &[20.0], &asleep).unwrap().unwrap();
    assert_eq!((found.events, found.area_pct_s, found.window_s), (1, 180.0, found.window_s));
    assert_eq!(of_one_event(&[], &[], &asleep), Ok(None));
    assert_eq!(of_one_event(&[280.0], &[20.0], &[false; 600]), Ok(None));
    assert_eq!(of_one_event(&[90.0], &[20.0], &asleep), Ok(None), "two minutes before it are needed");
    let scored = Scored { event_starts_s: &[280.0], event_durations_s: &[20.0], sleep: &asleep };
    let mut spo2 = one_event();
    spo2[310] = f64::NAN;
    assert_eq!(calc_hb_of_seconds(&spo2, scored), Ok(None), "a second around the end without a reading");
}
