//! Recordings in memory of their own.

use oxicore::chart::{Channel, Window};
use oxicore::{
    AnalysisOptions, OwnedRecording, ParseOptions, Recording, Span, Spo2,
    columns::SampleColumns,
    export,
    format::Format,
    join::{Apart, Join, join},
    notices::StartSource,
    recording::ColumnsError,
    time::LocalDateTime,
};

use crate::fixtures::{fixture, readable};

fn span(seconds: u32) -> Span {
    Span::from_secs(seconds)
}

/// Rows every 4 s from a second of the day on, every fifth with an alarm.
fn rows(from: u32, levels: &[u8]) -> Vec<u8> {
    let mut text = String::from("Time,Oxygen Level,Pulse Rate,Motion,O2 Reminder,PR Reminder\n");
    for (i, level) in (0..).zip(levels) {
        let (t, alarm) = (from + 4 * i, u8::from(i % 5 == 2));
        let clock = format!("{:02}:{:02}:{:02}", t / 3_600, t / 60 % 60, t % 60);
        text += &format!("{clock} Jan 02 2026,{level},60,1,{alarm},0\n");
    }
    text.into_bytes()
}

fn assert_same(owned: &OwnedRecording, night: Recording<'_>, what: &str) {
    let view = owned.view();
    assert!(view.samples().eq(night.samples()), "{what}");
    let facts =
        |night: Recording<'_>| (night.format(), night.start(), night.interval(), night.len(), night.span());
    assert_eq!(facts(view), facts(night), "{what}");
    assert_eq!((view.notices(), view.device_summary()), (night.notices(), night.device_summary()), "{what}");
    let options = AnalysisOptions::default();
    assert_eq!(view.analyze(&options), night.analyze(&options), "{what}");
}

#[test]
fn of_every_file_the_owned_recording_is_the_same_night() {
    for name in readable() {
        let bytes = fixture(name);
        let options = ParseOptions::default().with_file_name(name);
        let Ok(night) = Recording::parse_with(&bytes, &options) else { continue };
        assert_same(&OwnedRecording::parse_with(bytes.clone(), &options).unwrap(), night, name);
        assert_same(&OwnedRecording::read(&bytes, &options).unwrap(), night, name);
        assert_same(&night.into_owned(), night, name);
        let slice = night.slice(Span::ZERO, night.span()).unwrap();
        assert!(slice.view().samples().eq(night.samples()), "{name}");
        assert_eq!((slice.view().notices(), slice.view().span()), (night.notices(), night.span()), "{name}");
        assert_eq!(*slice.columns(), SampleColumns::of(night), "{name}");
    }
}

#[test]
fn a_slice_is_the_night_of_its_rows() {
    let levels: Vec<u8> = (0..200).map(|i| if i % 40 < 9 { 88 } else { 96 }).collect();
    let file = rows(3_600, &levels);
    let night = Recording::parse(&file).unwrap();
    let part = night.slice(span(398), span(602)).unwrap();
    let text = rows(3_600 + 400, &levels[100..151]);
    // Alarms stay with their records.
    let alarms = part.view().samples().map(|s| s.alarms.spo2).collect::<Vec<_>>();
    assert!(alarms.iter().enumerate().all(|(i, &alarm)| alarm == ((100 + i) % 5 == 2)));
    let expected = Recording::parse(&text).unwrap();
    assert_eq!((part.view().start(), part.view().len()), (expected.start(), 51));
    let numbers = |night: Recording<'_>| night.analyze(&AnalysisOptions::default());
    assert_eq!(numbers(part.view()), numbers(expected));
    assert_eq!(part.slice(span(40), span(44)).unwrap().view().interval(), span(4));
    assert!(night.slice(span(800), span(900)).is_none() && night.slice(span(5), span(8)).is_none());
}

#[test]
fn what_is_counted_in_records_is_counted_in_those_of_the_slice() {
    let file = fixture("oxyii_4s_20260102235930.dat");
    let night = Recording::parse(&file).unwrap();
    for (from, to) in [(0, 400), (200, 700), (600, 10_000)] {
        let Some(part) = night.slice(span(from), span(to)) else { continue };
        let notices = part.view().notices();
        let last = part.view().samples().last().unwrap();
        assert_eq!(notices.countdown_records > 0, last.spo2.is_none() && last.pulse.is_none());
        assert_eq!(part.view().device_summary(), None);
        assert_eq!(notices.start_source, night.notices().start_source);
    }
}

#[test]
fn joined_files_are_one_recording_with_their_alarms() {
    let (evening, later) = (rows(3_600, &[96; 100]), rows(4_300, &[93; 50]));
    let parts = || [&later, &evening].map(|file| Recording::parse(file).unwrap());
    let owned = OwnedRecording::join(parts()).unwrap();
    let mut views = parts();
    let Join::Joined(night) = join(&mut views) else { panic!("one night") };
    assert_same(&owned, night, "joined");
    let (mut text, mut expected) = (Vec::new(), Vec::new());
    export::csv(owned.view(), &mut text).unwrap();
    export::csv(night, &mut expected).unwrap();
    assert_eq!(text, expected);
    // And with a third one.
    let last = rows(4_600, &[95; 20]);
    let all = OwnedRecording::join([owned.view(), Recording::parse(&last).unwrap()]).unwrap();
    assert_eq!(all.view().len(), 170);
    assert_eq!(OwnedRecording::join([]).unwrap_err(), Apart::Nothing);
}

#[test]
fn a_joined_night_knows_where_its_last_file_stopped() {
    let six_hours = vec![96; 5_400];
    let (evening, later) = (rows(0, &six_hours), rows(21_700, &six_hours));
    let parts = [&evening, &later].map(|file| Recording::parse(file).unwrap());
    let owned = OwnedRecording::join(parts).unwrap();
    assert!(owned.view().span() > span(36_000) && !owned.view().stopped_at_limit());
    assert!(!owned.clone().view().into_owned().view().stopped_at_limit());
}

#[test]
fn columns_are_kept_and_joined_ones_need_not_be_even() {
    let columns = |records: u32| SampleColumns {
        at: (0..records).map(|i| span(4 * i)).collect(),
        spo2: (0..records).map(|i| Spo2::from_device(90 + i % 7)).collect(),
        ..SampleColumns::default()
    };
    let start = |seconds: i64| LocalDateTime::from_unix_seconds(1_767_380_400 + seconds);
    let evening = OwnedRecording::from_columns(start(0), None, columns(100)).unwrap();
    let later = OwnedRecording::from_columns(start(500), None, columns(50)).unwrap();
    assert_eq!((evening.view().format(), evening.view().interval()), (Format::Columns, span(4)));
    assert_eq!(evening.view().notices().start_source, StartSource::Recorded);
    let mut parts = [evening.view(), later.view()];
    let Join::Joined(night) = join(&mut parts) else { panic!("one night") };
    let owned = night.into_owned();
    assert_same(&owned, night, "columns");
    let picture = |night: Recording<'_>| night.reduce(Channel::Spo2, Window::whole(&night), 70);
    assert_eq!(picture(owned.view()), picture(night));
    let none = OwnedRecording::from_columns(None, None, SampleColumns::default());
    assert_eq!(none.err(), Some(ColumnsError::NoSamples));
}
