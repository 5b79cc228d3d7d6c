//! Samples in columns: out of a file, and as a recording.

use oxicore::{
    AnalysisOptions, NightAnalysis, ParseOptions, Recording, Span, Spo2,
    columns::{SampleColumns, SampleColumnsMut, SampleColumnsRef},
    notices::StartSource,
    recording::{ColumnsError, ReadError, read_columns, read_into},
    time::LocalDateTime,
};

use crate::fixtures::{fixture, readable};

fn read<'a>(name: &str, file: &'a [u8]) -> (Recording<'a>, SampleColumns) {
    read_columns(file, &ParseOptions::default().with_file_name(name)).unwrap()
}

#[test]
fn columns_of_every_fixture_hold_its_samples() {
    for name in readable() {
        let file = fixture(name);
        let (night, columns) = read(name, &file);
        let view = columns.view();
        let rows = (0..columns.at.len()).map(|i| (view.at[i], view.spo2[i], view.pulse[i], view.motion[i]));
        assert!(rows.eq(night.samples().map(|s| (s.at, s.spo2, s.pulse, s.motion))), "{name}");
        assert_eq!(columns, SampleColumns::of(night), "{name}");
    }
}

#[test]
fn columns_too_short_say_how_long_they_must_be() {
    let file = fixture("legacy_v3_4s_20260102235930");
    let (mut at, mut spo2, mut pulse, mut motion) =
        (vec![Span::ZERO; 300], vec![None; 300], vec![None; 299], vec![None; 300]);
    let columns = SampleColumnsMut { at: &mut at, spo2: &mut spo2, pulse: &mut pulse, motion: &mut motion };
    let Err(ReadError::Columns(error)) = read_into(&file, &ParseOptions::default(), columns) else {
        panic!("one entry is missing")
    };
    assert_eq!((error.needed, error.given), (300, 299));
}

#[test]
fn a_recording_of_columns_gives_the_numbers_of_the_file_they_come_from() {
    for name in readable() {
        let file = fixture(name);
        let (night, columns) = read(name, &file);
        let again =
            Recording::from_columns(Some(night.start()), Some(night.interval()), columns.view()).unwrap();
        let rows = |night: Recording<'_>| {
            night.samples().map(|s| (s.at, s.spo2, s.pulse, s.motion)).collect::<Vec<_>>()
        };
        assert_eq!(rows(again), rows(night), "{name}");
        assert_eq!(
            (again.len(), again.span(), again.format().code()),
            (night.len(), night.span(), "columns")
        );
        let NightAnalysis { summary: numbers, desaturations3: events, .. } =
            again.analyze(&AnalysisOptions::default());
        let NightAnalysis { summary: expected, desaturations3: expected_events, .. } =
            night.analyze(&AnalysisOptions::default());
        assert_eq!(
            (numbers.spo2, numbers.pulse, numbers.aasm),
            (expected.spo2, expected.pulse, expected.aasm),
            "{name}"
        );
        assert_eq!(events, expected_events, "{name}");
    }
}

#[test]
fn the_interval_of_columns_is_their_most_frequent_step_and_their_start_may_be_unknown() {
    let at = [0, 2, 4, 8].map(Span::from_secs);
    let columns = SampleColumnsRef { at: &at, spo2: &[Some(Spo2::MAX); 4], ..Default::default() };
    let night = Recording::from_columns(None, None, columns).unwrap();
    assert_eq!((night.interval().as_secs(), night.span().as_secs()), (2, 10));
    assert_eq!(night.start(), LocalDateTime::from_unix_seconds(0).unwrap());
    assert_eq!(night.notices().start_source, StartSource::Unknown);
    assert!(night.samples().all(|s| s.pulse.is_none() && s.motion.is_none()));
    let mut at_once = vec![];
    night.samples().for_each(|sample| at_once.push(sample));
    assert!(night.samples().eq(at_once));
}

#[test]
fn columns_that_are_no_recording_are_refused_with_the_reason() {
    let refused = |at: &[u32], spo2: usize| {
        let at: Vec<_> = at.iter().copied().map(Span::from_secs).collect();
        let columns = SampleColumnsRef { at: &at, spo2: &vec![None; spo2], ..Default::default() };
        Recording::from_columns(None, None, columns).err()
    };
    assert_eq!(refused(&[], 0), Some(ColumnsError::NoSamples));
    assert_eq!(refused(&[0, 1], 3), Some(ColumnsError::Lengths));
    assert_eq!(refused(&[1, 2], 2), Some(ColumnsError::Time { record: 0 }));
    assert_eq!(refused(&[0, 2, 2], 3), Some(ColumnsError::Time { record: 2 }));
    assert_eq!(refused(&[0, 40_000_000], 2), Some(ColumnsError::TooLong));
    let at = [0, 4, 8].map(Span::from_secs);
    let columns = SampleColumnsRef { at: &at, spo2: &[None; 3], ..SampleColumnsRef::default() };
    let (given, step) = (Span::from_secs(4_000), Span::from_secs(4));
    let error = Recording::from_columns(None, Some(given), columns).err();
    assert_eq!(error, Some(ColumnsError::Interval { given, step }));
    assert_eq!(
        ColumnsError::Interval { given, step }.to_string(),
        "an interval of 4000 s, and records every 4 s: give seconds"
    );
}

#[test]
fn a_recording_with_its_columns_is_the_same_night_and_columns_of_another_are_refused() {
    for name in readable() {
        let file = fixture(name);
        let (night, columns) = read(name, &file);
        let kept = night.with_columns(columns.view()).unwrap();
        assert_eq!((kept.format(), kept.notices()), (night.format(), night.notices()), "{name}");
        assert_eq!(
            kept.analyze(&AnalysisOptions::default()),
            night.analyze(&AnalysisOptions::default()),
            "{name}"
        );
        let other = [Span::ZERO, Span::from_secs(77_777_777)];
        let columns = SampleColumnsRef { at: &other, spo2: &[None; 2], ..Default::default() };
        assert_eq!(night.with_columns(columns).err(), Some(ColumnsError::Lengths), "{name}");
    }
}
