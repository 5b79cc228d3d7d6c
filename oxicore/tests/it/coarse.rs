//! Readings too far apart for an index, and readings that were rounded.

use oxicore::notices::Notices;
use oxicore::testing::{Row, csv_file};
use oxicore::{AnalysisOptions, Recording, Span, Threshold};

use crate::support::analysis;

/// Readings so many seconds apart for an hour, falling every tenth one; a row a second where others are empty.
fn night(apart: u32, row_every: u32) -> Vec<u8> {
    let rows = (0..3_600).step_by(row_every as usize).map(|at| -> Row {
        let spo2 = (at % apart == 0).then_some(if at / apart % 10 < 2 { 85 } else { 96 });
        (at, spo2, Some(60), Some(0))
    });
    csv_file(rows)
}

fn notices(file: &[u8]) -> Notices {
    Recording::parse(file).unwrap().notices()
}

#[test]
fn readings_more_than_ten_seconds_apart_have_a_distribution_and_no_index() {
    for (apart, row_every) in [(11, 11), (30, 30), (60, 60), (30, 1), (12, 4)] {
        let file = night(apart, row_every);
        let (summary, _) = analysis(&file, Threshold::Three);
        let what = format!("a reading every {apart} s, a row every {row_every} s");
        assert!(summary.notices.interval_too_coarse, "{what}");
        assert!(summary.spo2.is_some_and(|spo2| spo2.below_90_pct > 0.0), "{what}");
        assert_eq!((summary.aasm.odi3.per_h, summary.aasm.odi3.per_h_of_recording), (None, None), "{what}");
        assert_eq!((summary.aasm.odi4.per_h, summary.aasm.odi4_nested.per_h), (None, None), "{what}");
        assert_eq!((summary.burden3, summary.burden4, summary.delta_index_pct), (None, None, None), "{what}");
        assert_eq!(summary.pulse.unwrap().rises6_per_h, None, "{what}");
        assert_eq!(summary.viatom.map(|report| report.drops3_per_h), Some(None), "{what}");
        let night = Recording::parse(&file).unwrap();
        for index in &night.compare(&AnalysisOptions::default()).comparison {
            assert!(index.to_string().starts_with("no index (readings more than 10 s apart)"), "{index}");
            assert_eq!((index.per_h, index.severity()), (None, None), "{what}");
        }
        let alone = night.desaturations(Threshold::Three, &AnalysisOptions::default());
        assert_eq!(alone.odi, summary.aasm.odi3, "{what}");
        let deep =
            night.desaturations(oxicore::desaturation::Depth::new(8).unwrap(), &AnalysisOptions::default());
        assert_eq!(deep.odi.per_h, None, "{what}");
    }
}

#[test]
fn readings_ten_seconds_apart_and_long_gaps_between_many_have_an_index() {
    for (apart, row_every) in [(10, 10), (10, 1), (4, 4), (1, 1)] {
        let file = night(apart, row_every);
        assert!(!notices(&file).interval_too_coarse, "every {apart} s");
        assert!(analysis(&file, Threshold::Three).0.aasm.odi3.per_h.is_some() || apart > row_every);
    }
    // A reading for a second and none for a minute, as often as not.
    let rows = (0..3_600_u32).map(|at| -> Row { (at, (at / 60 % 2 == 0).then_some(96), Some(60), Some(0)) });
    assert!(!notices(&csv_file(rows)).interval_too_coarse);
}

#[test]
fn a_part_and_columns_keep_that_they_are_too_coarse() {
    let file = night(30, 1);
    let night = Recording::parse(&file).unwrap();
    let part = night.slice(Span::from_secs(600), Span::from_secs(1_800)).unwrap();
    assert!(part.view().notices().interval_too_coarse);
    let (_, columns) = oxicore::recording::read_columns(&file, &Default::default()).unwrap();
    let of_columns = Recording::from_columns(None, None, columns.view()).unwrap();
    assert!(of_columns.notices().interval_too_coarse);
    assert_eq!(of_columns.analyze(&AnalysisOptions::default()).summary.aasm.odi3.per_h, None);
}

#[test]
fn no_vector_signal_or_real_night_is_too_coarse() {
    let vectors = crate::vectors::vectors();
    let files = vectors.iter().map(crate::vectors::file);
    let nights = crate::nights::nights().into_iter().map(|(_, file)| file);
    let names = crate::support::json("oracles/synthetic/expected.json");
    let signals = names.as_object().unwrap().keys().map(|name| crate::signals::file(name));
    for (number, file) in files.chain(nights).chain(signals).enumerate() {
        assert!(!notices(&file).interval_too_coarse, "file {number}");
    }
}

#[test]
fn fractions_of_a_percent_are_rounded_and_said_to_be() {
    let text = |values: [&str; 5]| {
        let rows = (0..).zip(values).map(|(at, spo2)| format!("22:00:{at:02} Jan 02 2026,{spo2},60,0\n"));
        format!("Time,SpO2,Pulse,Motion\n{}", rows.collect::<String>())
    };
    let told = |file: &str| {
        let notices = notices(file.as_bytes());
        (notices.rounded_readings, notices.largest_rounding_pct.as_pct())
    };
    assert_eq!(told(&text(["95", "95.0", "96", "--", "97"])), (0, 0.0));
    assert_eq!(told(&text(["95.4", "95.5", "96.25 %", "--", "97"])), (3, 0.5));
    assert_eq!(told(&text(["95.9", "95", "96", "97.125", "97"])), (2, 0.125));
}
