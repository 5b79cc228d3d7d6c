//! Recordings in memory of their own.

use oxicore::chart::{Channel, Window};
use oxicore::{
    AnalysisOptions, OwnedRecording, ParseOptions, Recording, Span, Spo2,
    columns::SampleColumns,
    export,
    format::Format,
    join::{Apart, Join, join},
    metrics::calc_hb::{Scored, calc_hb},
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
fn a_part_of_a_night_knows_whether_its_own_readings_are_too_far_apart() {
    let times = (0..600).map(|i| 4 * i).chain((1..60).map(|i| 2_396 + 60 * i));
    let at: Vec<_> = times.map(span).collect();
    let spo2 = at.iter().map(|_| Spo2::from_device(96)).collect();
    let night =
        OwnedRecording::from_columns(None, None, SampleColumns { at, spo2, ..SampleColumns::default() })
            .unwrap();
    let is_coarse = |night: &OwnedRecording| night.view().notices().interval_too_coarse;
    let parts = [(0, 2_400), (2_400, 9_000)].map(|(from, to)| night.slice(span(from), span(to)).unwrap());
    assert_eq!((is_coarse(&night), parts.each_ref().map(is_coarse)), (false, [false, true]));
    assert_eq!(parts[1].view().summary(&AnalysisOptions::default()).aasm.odi3.per_h, None);
}

/// SpO2 in tenths of a percent, a reading a second, ten seconds a record: 96.3 but for six seconds below it each minute.
fn edf_in_tenths(seconds: usize) -> Vec<u8> {
    let tenths = |at: usize| if (100..300).contains(&at) && at % 60 >= 54 { 894 } else { 963_i16 };
    let pad = |text: &str, len: usize| format!("{text:<len$}").into_bytes();
    let mut file = [pad("0", 8), pad("X", 80), pad("X", 80), pad("02.01.26", 8), pad("22.00.00", 8)].concat();
    let (records, header) = (seconds / 10, 2 * 256);
    file.extend(
        [pad(&header.to_string(), 8), pad("", 44), pad(&records.to_string(), 8), pad("10", 8), pad("1", 4)]
            .concat(),
    );
    let fields = [
        ("SpO2", 16),
        ("", 80),
        ("%", 8),
        ("0", 8),
        ("100", 8),
        ("0", 8),
        ("1000", 8),
        ("", 80),
        ("10", 8),
        ("", 32),
    ];
    file.extend(fields.iter().flat_map(|(text, len)| pad(text, *len)));
    file.extend((0..records * 10).flat_map(|at| tenths(at).to_le_bytes()));
    file
}

fn burden(night: Recording<'_>) -> f64 {
    let seconds = night.span().as_secs() as usize;
    let (sleep, mut memory) = (vec![true; seconds], vec![0.0; seconds]);
    let scored = Scored { event_starts_s: &[150.0], event_durations_s: &[24.0], sleep: &sleep };
    calc_hb(night, scored, &mut memory).unwrap().unwrap().area_pct_s
}

#[test]
fn readings_finer_than_a_percent_outlive_every_way_of_keeping_a_night() {
    let file = edf_in_tenths(600);
    let night = Recording::parse(&file).unwrap();
    assert!(night.notices().rounded_readings > 0);
    let expected = burden(night);
    assert!((expected % 1.0).abs() > 0.01, "tenths count: {expected}");
    let read = OwnedRecording::read(&file, &ParseOptions::default()).unwrap();
    let kept = [
        read.clone(),
        night.into_owned(),
        read.view().into_owned(),
        night.slice(Span::ZERO, night.span()).unwrap(),
    ];
    for owned in kept {
        assert_eq!(burden(owned.view()), expected);
    }
    let [evening, later] = [(0, 170), (170, 600)].map(|(from, to)| read.slice(span(from), span(to)).unwrap());
    let joined = OwnedRecording::join([later.view(), evening.view()]).unwrap();
    assert_eq!(burden(joined.view()), expected);
    assert_eq!(burden(joined.slice(Span::ZERO, span(600)).unwrap().view()), expected);
}

#[test]
fn fractions_of_columns_are_kept_and_said_to_be_rounded() {
    let columns = |pct: &[Option<u32>]| SampleColumns {
        at: (0..pct.len() as u32).map(span).collect(),
        spo2: pct.iter().map(|pct| Spo2::from_device((*pct)?)).collect(),
        ..SampleColumns::default()
    };
    let night = |pct: &[Option<u32>]| OwnedRecording::from_columns(None, None, columns(pct)).unwrap();
    let of = |fine: Vec<f64>| night(&[Some(96), None, Some(95)]).with_fractions(fine);
    let notices = of(vec![96.25, f64::NAN, 95.0]).unwrap().view().notices();
    assert_eq!((notices.rounded_readings, notices.largest_rounding_pct.as_pct()), (1, 0.25));
    assert_eq!(of(vec![96.0, 0.0, 95.0]).unwrap().view().notices().rounded_readings, 0);
    assert_eq!(of(vec![96.0, 0.0]).unwrap_err(), ColumnsError::Lengths);
    for wrong in [94.4, f64::NAN] {
        assert_eq!(of(vec![96.0, 0.0, wrong]).unwrap_err(), ColumnsError::Fraction { record: 2 });
    }
    let levels: Vec<f64> = (0..600).map(|at| if (150..180).contains(&at) { 89.6 } else { 96.3 }).collect();
    let whole: Vec<_> = levels.iter().map(|pct| Some(pct.round() as u32)).collect();
    let finely = night(&whole).with_fractions(levels).unwrap();
    assert!((burden(finely.view()) / burden(night(&whole).view()) - 6.7 / 6.0).abs() < 1e-9);
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
