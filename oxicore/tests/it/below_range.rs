//! Readings below the ring's range: expected events, flags and counts, a slow twin, and which files are of a ring.

use oxicore::analysis::Within;
use oxicore::below_range::BelowRange;
use oxicore::desaturation::aasm::Config;
use oxicore::format::Format;
use oxicore::summary::OdiCount;
use oxicore::testing::{Row, assert_many_at_once_equal_one_by_one, csv_file};
use oxicore::{AnalysisOptions, NightAnalysis, OwnedRecording, Recording, Span, Threshold, export};
use proptest::prelude::*;
use serde_json::Value;

use crate::aasm_twin::by_looking_back_over;
use crate::support::{EventRow, assert_close, event_row, json, read};
use crate::vectors::{as_expected, file};

fn analyzed(night: Recording<'_>, below_range: BelowRange) -> NightAnalysis {
    let aasm = Config::default().with_below_range(below_range);
    night.analyze(&AnalysisOptions::default().with_aasm(aasm))
}

fn odi(analysis: &NightAnalysis, threshold: Threshold) -> OdiCount {
    match threshold {
        Threshold::Three => analysis.summary.aasm.odi3,
        Threshold::Four => analysis.summary.aasm.odi4,
    }
}

fn cases() -> Vec<Value> {
    let text = String::from_utf8(read("oracles/below_range.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn numbers(event: &Value) -> Vec<u64> {
    event.as_array().unwrap().iter().filter_map(Value::as_u64).collect()
}

fn expected_events(events: &Value) -> Vec<(Vec<u64>, String)> {
    let flag = |event: &Value| event[6].as_str().unwrap().to_owned();
    events.as_array().unwrap().iter().map(|event| (numbers(event), flag(event))).collect()
}

#[test]
fn events_flags_and_counts_of_every_case_are_equal() {
    let cases = cases();
    assert_eq!(cases.len(), 23);
    for case in cases {
        let file = file(&case);
        let night = Recording::parse(&file).unwrap();
        for (setting, word) in [(BelowRange::Gap, "gap"), (BelowRange::Bridge, "bridged")] {
            let analysis = analyzed(night, setting);
            let id = format!("case {} {} {word}", case["k"], case["name"]);
            let readings = analysis.summary.quality.below_range_readings;
            assert_eq!(Some(u64::from(readings)), case["below_range_readings"].as_u64(), "{id}");
            for threshold in Threshold::ALL {
                let key = format!("aasm{}_{word}", threshold.as_pct());
                let events = analysis.desaturations(threshold);
                let found: Vec<_> = events.iter().map(event_row).map(as_expected).collect();
                assert_eq!(found, expected_events(&case[&key]), "{id} {threshold}");
                let expected = &case[format!("{key}_below_range")];
                let flags: Vec<_> = events.iter().map(|event| Value::from(event.below_range)).collect();
                assert_eq!(Value::from(flags), expected["events"], "{id} {threshold}");
                let counts = odi(&analysis, threshold).below_range_events;
                let counts = [counts.all, counts.counted].map(|count| Some(u64::from(count)));
                assert_eq!(counts, [expected["all"].as_u64(), expected["counted"].as_u64()], "{id}");
            }
        }
    }
}

#[test]
fn night_1001_counts_its_seven_deepest_events() {
    let Some((_, file)) = crate::nights::nights().into_iter().find(|(id, _)| id == "1001") else { return };
    let expected = json("oracles/nights/below-range-1001.json");
    let analysis = Recording::parse(&file).unwrap().analyze(&AnalysisOptions::default());
    let (quality, spo2) = (analysis.summary.quality, analysis.summary.spo2.unwrap());
    assert_eq!(Some(u64::from(quality.below_range_readings)), expected["below_range_readings"].as_u64());
    for (found, name) in
        [(spo2.below_90_pct_with_below_range, "below_90"), (spo2.below_88_pct_with_below_range, "below_88")]
    {
        assert_close(found, &expected[format!("{name}_pct_with_below_range")], name);
    }
    let burdens = [analysis.summary.burden3, analysis.summary.burden4];
    for (threshold, burden) in Threshold::ALL.into_iter().zip(burdens) {
        let expected = &expected[format!("aasm{}", threshold.as_pct())];
        let found: Vec<_> =
            analysis.desaturations(threshold).iter().map(event_row).map(as_expected).collect();
        assert_eq!(found, expected_events(&expected["events"]), "{threshold}");
        let odi = odi(&analysis, threshold);
        assert_eq!(Some(u64::from(odi.included)), expected["counted"].as_u64());
        assert_eq!(Some(u64::from(odi.sustained)), expected["sustained"].as_u64());
        assert_close(odi.per_h.unwrap(), &expected["per_h"], "per hour");
        assert_close(burden.unwrap().hypoxic_burden_pctmin_h, &expected["burden_pctmin_h"], "burden");
    }
}

/// Found straight from the definition: the records before and after each run, and how many are between.
fn runs(rows: &[Row], dt: u32, gap: u32) -> Vec<(usize, usize)> {
    let is_reading = |row: &Row| row.1.is_some_and(|pct| (50..=100).contains(&pct));
    let is_below = |row: &Row| row.1.is_none() && row.2.is_some_and(|bpm| (25..=250).contains(&bpm));
    let follows = |at: usize| rows[at].0 - rows[at - 1].0 <= dt + gap;
    let is_run = |&(before, after): &(usize, usize)| {
        is_reading(&rows[before])
            && rows[before].1.unwrap() <= 70
            && rows[before + 1..after].iter().all(is_below)
            && is_reading(&rows[after])
            && (before + 1..=after).all(follows)
            && rows[after - 1].0 - rows[before + 1].0 + dt <= 120
    };
    let next =
        |before: usize| (before + 2..rows.len()).find(|&at| !is_below(&rows[at])).map(|at| (before, at));
    let begins = |before: &usize| before + 1 < rows.len() && is_below(&rows[before + 1]);
    (0..rows.len()).filter(begins).filter_map(next).filter(is_run).collect()
}

/// Accepted readings by rules F2 and F5, and where a run is bridged.
fn by_looking_back(rows: &[Row], dt: u32, x: u8, bridges: bool) -> Vec<(EventRow, bool)> {
    let runs: Vec<_> =
        runs(rows, dt, 10).iter().map(|&(before, after)| (rows[before].0, rows[after].0)).collect();
    let mut readings: Vec<(u32, u8)> = vec![];
    for &(at, spo2, ..) in rows {
        let Some(pct) = spo2.filter(|pct| (50..=100).contains(pct)) else { continue };
        let is_steep =
            |&(then, last): &(u32, u8)| u32::from(last.abs_diff(pct)) > (at - then).saturating_mul(4);
        if !readings.last().is_some_and(is_steep) {
            readings.push((at, pct));
        }
    }
    let is_bridged = |before: u32, after: u32| bridges && runs.contains(&(before, after));
    let events = by_looking_back_over(&readings, dt, x, &is_bridged);
    let marked = |event: EventRow| {
        let is_inside = runs.iter().any(|&(before, after)| event.0 <= before && after <= event.2);
        let ends_there = |&(before, _): &(u32, u32)| !bridges && event.6 == "gap" && before + dt == event.2;
        (event, is_inside || runs.iter().any(ends_there))
    };
    events.into_iter().map(marked).collect()
}

/// Deep falls with missing readings at their bottom, with and without what makes them runs.
pub fn deep_night() -> impl Strategy<Value = (u32, Vec<Row>)> {
    let fall = (60_u8..=74, 55_u8..=72, 0_u32..=40, 0_u8..20, 55_u8..=80, 1_u32..40);
    (prop::sample::select(vec![1_u32, 2, 4]), prop::collection::vec(fall, 1..12)).prop_map(|(dt, falls)| {
        let (mut at, mut rows): (u32, Vec<Row>) = (0, vec![]);
        let mut row = |at: &mut u32, step: u32, spo2: Option<u8>, pulse: Option<u16>| {
            *at += step;
            rows.push((*at, spo2, pulse, Some(0)));
        };
        for (bottom, last, missing, odd, first, flat) in falls {
            (0..flat).for_each(|_| row(&mut at, dt, Some(94), Some(60)));
            (bottom..=92).rev().step_by(3).for_each(|pct| row(&mut at, dt, Some(pct), Some(60)));
            row(&mut at, dt, Some(last), Some(60));
            for number in 0..missing {
                let is_odd = number == missing / 2;
                let step = if is_odd && odd == 1 {
                    dt * 12
                } else if is_odd && odd == 2 {
                    dt * 3
                } else {
                    dt
                };
                let spo2 = (is_odd && odd == 3).then_some(45);
                let pulse = (!(is_odd && odd == 4)).then_some(if is_odd && odd == 5 { 20 } else { 60 });
                row(&mut at, step, spo2, pulse);
            }
            row(&mut at, dt, Some(first), (odd != 6).then_some(60));
            (first..=92).step_by(2).for_each(|pct| row(&mut at, dt, Some(pct), Some(60)));
        }
        (dt, rows)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_machine_finds_the_events_and_flags_that_looking_back_finds((dt, rows) in deep_night()) {
        let file = csv_file(rows.iter().copied());
        let night = Recording::parse(&file).unwrap();
        prop_assume!(night.interval() == Span::from_secs(dt));
        // The first record of a file is at zero.
        let begin = rows[0].0;
        let rows: Vec<Row> = rows.iter().map(|&(at, spo2, pulse, motion)| (at - begin, spo2, pulse, motion)).collect();
        let counted: usize = runs(&rows, dt, 10).iter().map(|(before, after)| after - before - 1).sum();
        for (setting, bridges) in [(BelowRange::Gap, false), (BelowRange::Bridge, true)] {
            let analysis = analyzed(night, setting);
            prop_assert_eq!(analysis.summary.quality.below_range_readings as usize, counted);
            for threshold in Threshold::ALL {
                let events = analysis.desaturations(threshold).iter();
                let found: Vec<_> = events.map(|event| (event_row(event), event.below_range)).collect();
                prop_assert_eq!(found, by_looking_back(&rows, dt, threshold.as_pct(), bridges));
            }
        }
        assert_many_at_once_equal_one_by_one(&file, night);
    }

    #[test]
    fn a_part_of_the_night_has_the_runs_that_lie_in_it((dt, rows) in deep_night(), from in 0_u32..600, length in 60_u32..900) {
        let file = csv_file(rows.iter().copied());
        let night = Recording::parse(&file).unwrap();
        prop_assume!(night.interval() == Span::from_secs(dt));
        let part = [(Span::from_secs(from), Span::from_secs(from + length))];
        let Some(slice) = night.slice(part[0].0, part[0].1) else { return Ok(()) };
        let within = night.analyze_within(&AnalysisOptions::default(), Within::new(&part).unwrap());
        let sliced = slice.view().analyze(&AnalysisOptions::default());
        prop_assert_eq!(within.summary.quality.below_range_readings, sliced.summary.quality.below_range_readings);
    }
}

/// A fall to 65 %, so many records without SpO2, and back.
fn deep_rows(missing: u32) -> Vec<Row> {
    let levels = (0..60).map(|_| Some(95)).chain((65..94).rev().map(Some)).chain((0..missing).map(|_| None));
    let levels = levels.chain((65..95).map(Some)).chain((0..600).map(|_| Some(95)));
    (0..).zip(levels).map(|(at, spo2)| (at, spo2, Some(60), Some(0))).collect()
}

#[test]
fn only_a_ring_has_readings_below_its_range_unless_the_caller_says_so() {
    let ring = csv_file(deep_rows(30));
    let text = String::from_utf8(ring.clone()).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let count = |text: &str, setting| {
        let analysis = analyzed(Recording::parse(text.as_bytes()).unwrap(), setting);
        let odi3 = analysis.summary.aasm.odi3;
        (analysis.summary.quality.below_range_readings, odi3.count, odi3.truncated)
    };
    assert_eq!(count(&text, BelowRange::Auto), (30, 1, 0), "{header}");
    for header in [
        "Time,SpO2,Pulse,Motion,A,B",
        "Time,Oxygen Level,Pulse Rate,Motion,Oxygen Level Reminder,PR Reminder",
        "Time,SpO2(%),Pulse Rate(bpm),Motion,Vibration,Invalid",
    ] {
        let other = format!("{header}\n{rows}");
        assert_eq!(count(&other, BelowRange::Auto), (0, 0, 1), "{header}");
        assert_eq!(count(&other, BelowRange::Bridge), (30, 1, 0), "{header}");
        assert_eq!(count(&other, BelowRange::Gap), (30, 0, 1), "{header}");
    }
}

#[test]
fn a_night_stays_of_a_ring_or_of_another_maker_through_slices_columns_joins_and_texts() {
    let ring = csv_file(deep_rows(30));
    let text = String::from_utf8(ring.clone()).unwrap();
    let other = text.replace("Oxygen Level", "Saturation");
    let columns = OwnedRecording::read(&ring, &Default::default()).unwrap().columns().into_owned();
    let of_columns = OwnedRecording::from_columns(None, None, columns).unwrap();
    let emay = crate::fixtures::fixture("EMAY SpO2-20260102-235930.csv");
    let nights = [
        (OwnedRecording::parse(ring).unwrap(), true),
        (OwnedRecording::parse(other.into_bytes()).unwrap(), false),
        (of_columns, false),
        (OwnedRecording::parse(emay).unwrap(), false),
        (OwnedRecording::parse(crate::fixtures::fixture("oxyii_4s_20260102235930.dat")).unwrap(), true),
    ];
    for (night, is_of_ring) in nights {
        let (format, span) = (night.view().format(), night.view().span());
        assert_eq!(night.view().is_of_ring(), is_of_ring, "{format}");
        let slice = night.slice(Span::from_secs(0), Span::from_secs(span.as_secs() / 2)).unwrap();
        assert_eq!(slice.view().is_of_ring(), is_of_ring, "slice of {format}");
        let joined = OwnedRecording::join([night.view()]);
        assert!(
            joined.is_ok_and(|joined| joined.view().is_of_ring() == is_of_ring) || format == Format::Columns
        );
        for part in [night.view(), slice.view()] {
            let mut written = vec![];
            export::csv(part, &mut written).unwrap();
            let again = Recording::parse(&written).unwrap();
            assert_eq!(again.is_of_ring(), is_of_ring, "text of {format}");
            assert!(again.samples().map(|s| (s.spo2, s.pulse)).eq(part.samples().map(|s| (s.spo2, s.pulse))));
        }
    }
}

#[test]
fn every_format_of_another_maker_is_read_back_from_the_text_written_of_it() {
    for format in Format::ALL.into_iter().chain([Format::Columns]) {
        let header = format!("Time,SpO2 ({format}),Pulse Rate,Motion,O2 Reminder,PR Reminder");
        let file = format!("{header}\n22:00:00 Jan 02 2026,96,58,3,1,0\n22:00:04 Jan 02 2026,95,59,4,0,1\n");
        let night = Recording::parse(file.as_bytes()).unwrap();
        assert!(!night.is_of_ring(), "{format}");
        assert_eq!((night.notices().spo2_label, night.notices().pulse_label), (None, None), "{format}");
        let read: Vec<_> =
            night.samples().map(|s| (s.spo2.map(|v| v.as_pct()), s.pulse.map(|v| v.as_bpm()))).collect();
        assert_eq!(read, [(Some(96), Some(58)), (Some(95), Some(59))], "{format}");
        assert!(night.samples().next().unwrap().alarms.spo2, "{format}");
    }
}
