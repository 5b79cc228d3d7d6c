//! A night that is analysed while it is recorded: the numbers of a recording that had ended there, and what is refused.

use oxicore::analysis::{Live, LiveError, LiveMemory};
use oxicore::artifact::{ArtifactFilter, FilterConfig, MedianLength};
use oxicore::below_range::BelowRange;
use oxicore::desaturation::aasm::{Config, Detector};
use oxicore::testing::{assert_live_equals_columns, csv_file};
use oxicore::time::LocalDateTime;
use oxicore::units::Motion;
use oxicore::{
    AnalysisOptions, OwnedRecording, ParseOptions, PulseRate, Recording, Sample, Span, Spo2, Summary,
    Threshold,
};
use proptest::prelude::*;

use crate::fixtures::{READABLE, fixture};
use crate::nights::nights;

fn seconds(seconds: u32) -> Span {
    Span::from_secs(seconds)
}

/// The usual settings as of a ring of this maker, and all that look at what comes later.
fn settings() -> Vec<AnalysisOptions> {
    let of =
        |aasm: Config, filter: FilterConfig| AnalysisOptions::default().with_aasm(aasm).with_filter(filter);
    let (aasm, filter) = (Config::default(), FilterConfig::default());
    let smooth =
        |readings| aasm.with_median3(true).with_median_readings(MedianLength::new(readings).unwrap());
    let trimmed = |start, end| filter.with_trim_start(seconds(start)).with_trim_end(seconds(end));
    vec![
        of(aasm.with_below_range(BelowRange::Bridge), filter),
        of(aasm.with_below_range(BelowRange::Gap).with_include_truncated(true), trimmed(0, 1)),
        of(aasm.with_min_duration(seconds(1)).with_include_sustained(true), trimmed(60, 90)),
        of(smooth(3).with_below_range(BelowRange::Bridge), filter.with_require_pulse(true)),
        of(smooth(9), trimmed(7, 600).with_max_motion(Motion::from_device(5))),
        of(aasm, trimmed(0, 100_000)),
    ]
}

/// Whatever the reader of the file noticed, and what the device computed, no stream tells.
fn assert_is_of_file(live: &Summary, file: &Summary, id: &str) {
    let recorded = |summary: &Summary| {
        let recording = summary.recording;
        (recording.records, recording.interval_s, recording.recording_s)
    };
    assert_eq!(recorded(live), recorded(file), "{id}");
    let noticed = |summary: &Summary| {
        let notices = summary.notices;
        (notices.countdown_records, notices.interval_too_coarse, notices.spo2_like_pulse)
    };
    assert_eq!(noticed(live), noticed(file), "{id}");
    let mut numbers = *live;
    numbers.settings = file.settings;
    numbers.recording = file.recording;
    numbers.notices = file.notices;
    numbers.device = file.device;
    if file.device.is_some() {
        numbers.viatom = file.viatom; // by the duration in the header
    }
    assert_eq!(numbers, *file, "{id}");
}

fn as_of_ring() -> AnalysisOptions {
    AnalysisOptions::default().with_aasm(Config::default().with_below_range(BelowRange::Bridge))
}

fn assert_whole(night: Recording<'_>, is_cut: impl Fn(usize) -> bool, id: &str) {
    let options = if night.is_of_ring() { as_of_ring() } else { AnalysisOptions::default() };
    let live = assert_live_equals_columns(night, &options, is_cut).unwrap();
    assert_is_of_file(&live, &night.summary(&AnalysisOptions::default()), id);
}

#[test]
fn every_fixture_has_at_every_record_the_numbers_of_a_recording_that_ended_there() {
    for readable in READABLE {
        let file = fixture(readable.name);
        let options = ParseOptions::default().with_file_name(readable.name);
        let night = Recording::parse_with(&file, &options).unwrap();
        assert_whole(night, |_| true, readable.name);
        for options in settings() {
            assert_live_equals_columns(night, &options, |records| records % 7 == 3);
        }
    }
}

#[test]
fn every_designed_signal_has_them() {
    for (id, _) in crate::signals::ids() {
        let file = crate::signals::file(&id);
        let night = Recording::parse(&file).unwrap();
        let every = (night.len() / 40).max(1);
        assert_whole(night, |records| records % every == 0, &id);
        for options in settings() {
            assert_live_equals_columns(night, &options, |records| records % (8 * every) == 5);
        }
    }
}

#[test]
fn every_real_night_has_them() {
    for (id, file) in nights() {
        let night = Recording::parse(&file).unwrap();
        assert_whole(night, |records| records % 97 == 0, &id);
        for options in settings() {
            assert_live_equals_columns(night, &options, |records| records % 997 == 0);
        }
    }
}

/// Changes of level and pulse, how long they are held, and rare things: gaps, missing readings, falls below the ring's range.
fn any_night() -> impl Strategy<Value = (u32, Vec<u8>)> {
    let step = (-4_i16..=3, 0_u32..6, -9_i16..=9, 0_u32..150);
    (prop::sample::select(vec![1_u32, 2, 4, 11]), prop::collection::vec(step, 1..150)).prop_map(
        |(interval, steps)| {
            let (mut at, mut level, mut pulse) = (0, 90_i16, 70_i16);
            let mut rows = vec![];
            for (change, held, beats, rare) in steps {
                (level, pulse) = ((level + change).clamp(45, 100), (pulse + beats).clamp(20, 260));
                if rare == 1 {
                    level = 66;
                }
                for _ in 0..=held {
                    let spo2 = Some(level as u8).filter(|_| rare > 4 && !(level < 62 && rare > 20));
                    rows.push((at, spo2, Some(pulse as u16).filter(|_| rare != 4), Some((rare % 13) as u8)));
                    at += if rare == 2 { interval * (1 + held * held * 40) } else { interval };
                }
            }
            (interval, csv_file(rows))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_night_has_them_at_every_record((interval, file) in any_night(), which in 0_usize..7) {
        let options = settings().get(which).copied().unwrap_or_default();
        let options = options.with_filter(options.filter.with_trim_end(seconds(options.filter.trim_end.as_secs().min(9_000))));
        if let Ok(night) = Recording::parse(&file) {
            prop_assert!(interval <= 11);
            assert_live_equals_columns(night, &options, |_| true);
        }
    }
}

fn sample(at: Span, pct: u32) -> Sample {
    Sample::new(at, Spo2::from_device(pct), PulseRate::from_device(60))
}

fn push(live: &mut Live<'_>, at: u32, pct: u32) -> Result<(), LiveError> {
    live.push(&sample(seconds(at), pct), &mut |_, _| ())
}

fn every(interval: u32) -> Live<'static> {
    Live::new(seconds(interval), None, &AnalysisOptions::default()).unwrap()
}

#[test]
fn a_record_that_cannot_be_is_an_error_and_changes_nothing() {
    let mut live = every(4);
    assert_eq!(push(&mut live, 4, 96), Err(LiveError::Time { at: seconds(4), from: seconds(0) }));
    assert_eq!(live.skip(seconds(9)), Err(LiveError::NotBegun));
    assert_eq!(live.summary(), None);
    push(&mut live, 0, 96).unwrap();
    push(&mut live, 4, 96).unwrap();
    let before = live.summary();
    assert_eq!(
        push(&mut live, 0, 96),
        Err(LiveError::Time { at: seconds(0), from: seconds(5) }),
        "a second start"
    );
    assert_eq!(push(&mut live, 4, 96), Err(LiveError::Time { at: seconds(4), from: seconds(5) }));
    assert_eq!(push(&mut live, 19, 96), Err(LiveError::Jump { at: seconds(19), due: seconds(8) }));
    assert_eq!(live.summary(), before);
    push(&mut live, 18, 96).unwrap();
    assert_eq!(live.summary().map(|summary| summary.recording.records), Some(3));
}

#[test]
fn time_without_records_is_announced_and_is_a_gap() {
    let mut live = every(4);
    push(&mut live, 0, 96).unwrap();
    live.skip(seconds(60)).unwrap();
    live.skip(seconds(40)).unwrap();
    assert_eq!(live.due(), seconds(104));
    push(&mut live, 104, 96).unwrap();
    assert_eq!((live.due(), live.summary().unwrap().quality.longest_gap_s), (seconds(108), seconds(100)));
}

#[test]
fn intervals_in_milliseconds_are_refused() {
    let refused =
        |interval| Live::new(seconds(interval), None, &AnalysisOptions::default()).map(|_| ()).unwrap_err();
    assert_eq!(refused(0), LiveError::Interval { given: seconds(0) });
    assert_eq!(refused(1_000), LiveError::Interval { given: seconds(1_000) });
    let mut live = every(500);
    push(&mut live, 0, 96).unwrap();
    let error = push(&mut live, 4, 96).unwrap_err();
    assert_eq!(error, LiveError::Step { interval: seconds(500), step: seconds(4) });
    assert_eq!(error.to_string(), "an interval of 500 s, and the next record after 4 s");
}

#[test]
fn no_night_is_longer_than_a_year() {
    let mut live = every(4);
    push(&mut live, 0, 96).unwrap();
    assert_eq!(live.skip(seconds(u32::MAX)), Err(LiveError::TooLong));
    live.skip(seconds(366 * 86_400 - 8)).unwrap();
    assert_eq!(push(&mut live, 366 * 86_400 - 3, 96), Err(LiveError::TooLong));
    push(&mut live, 366 * 86_400 - 4, 96).unwrap();
}

#[test]
fn a_trimmed_end_needs_memory_for_its_records() {
    let options = AnalysisOptions::default().with_filter(FilterConfig::default().with_trim_end(seconds(90)));
    let error = Live::new(seconds(4), None, &options).map(|_| ()).unwrap_err();
    assert_eq!(error, LiveError::TrimEnd { needed: 90, given: 0 });
    assert_eq!(error.to_string(), "the end is trimmed: lend memory for 90 records, not 0");
}

#[test]
fn halves_are_there_as_long_as_there_is_memory_for_them() {
    let without = |mut live: Live<'_>| {
        (0..20).for_each(|at| push(&mut live, at, 96).unwrap());
        live.summary().unwrap().halves
    };
    assert_eq!(without(every(1)), None);
    let mut bytes = vec![0; LiveMemory::halves_bytes(seconds(10))];
    let memory = LiveMemory::new(&mut bytes, &mut []);
    let mut live = Live::prepare(seconds(1), None, &AnalysisOptions::default(), memory).unwrap().begin();
    let valid =
        |live: &Live<'_>| live.summary().unwrap().halves.map(|halves| halves.map(|half| half.valid_s));
    (0..10).for_each(|at| push(&mut live, at, 96).unwrap());
    assert_eq!(valid(&live), Some([5, 5]));
    (10..40).for_each(|at| push(&mut live, at, 96).unwrap());
    assert_eq!(valid(&live), None, "the night has outgrown them");
    let own = LiveMemory::owned(seconds(40), Span::ZERO);
    let mut live = Live::prepare(seconds(1), None, &AnalysisOptions::default(), own).unwrap().begin();
    (0..40).for_each(|at| push(&mut live, at, 96).unwrap());
    assert_eq!(valid(&live), Some([20, 20]), "as much room in memory of its own");
}

#[test]
fn the_start_is_the_callers() {
    let begun = |start| {
        let mut live = Live::new(seconds(4), start, &AnalysisOptions::default()).unwrap();
        push(&mut live, 0, 96).unwrap();
        live.summary().unwrap().recording.start
    };
    let start = LocalDateTime::new((2026, 1, 2), (22, 0, 0));
    assert_eq!((begun(None), begun(start)), (None, start));
}

#[test]
fn events_come_while_the_night_goes_on() {
    let mut live = every(1);
    let mut given = vec![];
    for record in 0..4_000 {
        let pct = if record % 100 >= 80 { 93 } else { 97 };
        let at = live.due();
        live.push(&sample(at, pct), &mut |threshold, event| {
            assert!(at.since(event.end) <= seconds(11), "late: {event:?} at {at}");
            given.push((threshold, event.end.as_secs()));
        })
        .unwrap();
    }
    let expected = (1..40).flat_map(|n| Threshold::ALL.map(|threshold| (threshold, 100 * n)));
    assert_eq!(given, expected.collect::<Vec<_>>());
    assert!(live.ongoing(Threshold::Three).is_some_and(|event| event.onset == seconds(3_979)));
}

#[test]
fn a_live_analysis_needs_a_known_amount_of_memory() {
    // Stated in docs/ALGORITHMS.md; a firmware plans with it.
    assert_eq!(oxicore::analysis::LIVE_BYTES, 6_016);
    assert!(size_of::<ArtifactFilter>() + size_of::<Detector>() < 1_024);
    // Half of a byte a second, nearly: twelve hours.
    assert_eq!(LiveMemory::halves_bytes(seconds(12 * 3_600)), 8_103);
}

#[test]
fn the_columns_of_a_stream_give_the_same_night_again() {
    let (mut live, mut at) = (every(4), vec![]);
    for pct in [96, 97, 90, 91, 96] {
        at.push(live.due());
        live.push(&sample(live.due(), pct), &mut |_, _| ()).unwrap();
    }
    let spo2: Vec<_> = [96, 97, 90, 91, 96].map(Spo2::from_device).into();
    let pulse = vec![PulseRate::from_device(60); 5];
    let columns = oxicore::columns::SampleColumns { at, spo2, pulse, motion: vec![None; 5] };
    let kept = OwnedRecording::from_columns(None, Some(seconds(4)), columns).unwrap();
    let mut expected = kept.view().summary(&AnalysisOptions::default());
    expected.halves = None;
    assert_eq!(live.finish(&mut |_, _| ()), Some(expected));
}
