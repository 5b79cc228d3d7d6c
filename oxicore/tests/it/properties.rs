//! What must hold for every night.

use oxicore::testing::{assert_many_at_once_equal_one_by_one, csv_file, night, night_every};
use oxicore::{
    AnalysisOptions, Desaturation, Recording, Threshold,
    analysis::{analyze, max_desaturations},
};
use proptest::prelude::*;

use crate::aasm_twin::restless_night;
use crate::support::{analysis, event_row};

fn events(file: &[u8]) -> Vec<(u32, u32)> {
    let (_, events) = analysis(file, Threshold::Three);
    events.iter().map(|e| (e.onset.as_secs(), e.end.as_secs())).collect()
}

#[test]
fn a_gap_longer_than_the_limit_ends_the_event_where_the_signal_was_lost() {
    let file = night().flat(97, 300).flat(90, 20).gap(30).flat(90, 20).flat(97, 60).file();
    assert_eq!(events(&file), [(299, 320)]);
}

#[test]
fn a_gap_up_to_the_limit_is_bridged() {
    let file =
        night().flat(97, 300).flat(93, 10).flat(90, 20).gap(10).flat(90, 20).flat(94, 10).flat(97, 60).file();
    assert_eq!(events(&file), [(299, 360)]);
}

#[test]
fn missing_spo2_with_a_pulse_is_counted_apart_from_a_lost_sensor() {
    let file = night().flat(95, 60).unreadable(7).flat(95, 60).off_finger(5).file();
    let (summary, _) = analysis(&file, Threshold::Three);
    assert_eq!((summary.quality.missing_spo2, summary.quality.missing_spo2_with_pulse), (12, 7));
}

#[test]
fn a_night_without_any_reading_has_no_numbers_instead_of_zeros() {
    let (summary, events) = analysis(&night().off_finger(900).file(), Threshold::Three);
    assert_eq!((summary.spo2, summary.pulse, summary.viatom), (None, None, None));
    assert_eq!((summary.aasm.odi3.per_h, events.len()), (None, 0));
}

#[test]
fn ten_minutes_of_signal_are_needed_for_an_index() {
    let per_h = |seconds| analysis(&night().flat(95, seconds).file(), Threshold::Three).0.aasm.odi3.per_h;
    assert_eq!((per_h(599), per_h(600)), (None, Some(0.0)));
}

#[test]
fn the_longest_gap_may_lie_at_the_start_between_readings_or_at_the_end() {
    let longest = |file: &[u8]| analysis(file, Threshold::Three).0.quality.longest_gap_s.as_secs();
    let readings = |night: oxicore::testing::Night| night.flat(95, 60);
    assert_eq!(longest(&readings(readings(night().off_finger(30)).gap(20)).unreadable(12).file()), 30);
    assert_eq!(longest(&readings(readings(night().off_finger(12)).gap(20).off_finger(11)).file()), 31);
    assert_eq!(longest(&readings(readings(night()).gap(20)).off_finger(40).file()), 40);
    assert_eq!(longest(&night().off_finger(90).file()), 90, "all of a night without a reading");
}

#[test]
fn time_that_is_bridged_is_no_gap() {
    let longest = |seconds| {
        let file = night().flat(95, 60).gap(seconds).flat(95, 60).file();
        analysis(&file, Threshold::Three).0.quality.longest_gap_s.as_secs()
    };
    assert_eq!((longest(0), longest(10), longest(11)), (0, 0, 11));
}

#[test]
fn an_index_over_all_time_stands_beside_the_one_over_valid_time() {
    let fall = |night: oxicore::testing::Night| night.flat(97, 300).flat(93, 20).flat(97, 280);
    let (summary, _) = analysis(&fall(fall(night())).off_finger(1_200).file(), Threshold::Three);
    let odi3 = summary.aasm.odi3;
    assert_eq!((odi3.included, odi3.per_h, odi3.per_h_of_recording), (2, Some(6.0), Some(3.0)));
    let (short, _) = analysis(&night().flat(95, 599).off_finger(1_200).file(), Threshold::Three);
    assert_eq!(short.aasm.odi3.per_h_of_recording, None, "under 600 s of valid SpO2");
}

#[test]
fn lent_memory_that_is_too_small_is_an_error_that_says_how_much_is_enough() {
    let file = night_every(4).flat(97, 60).flat(90, 20).flat(97, 60).flat(90, 20).flat(97, 60).file();
    let recording = Recording::parse(&file).unwrap();
    let error = analyze(recording, &AnalysisOptions::default(), &mut [Desaturation::EMPTY; 1]).unwrap_err();
    assert_eq!(error.needed, max_desaturations(&recording));
    let mut enough = vec![Desaturation::EMPTY; error.needed];
    assert_eq!(analyze(recording, &AnalysisOptions::default(), &mut enough).unwrap().desaturations.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn clean_flat_time_before_a_night_moves_events_and_changes_nothing_else((dt, readings) in restless_night()) {
        let shift = 600 * dt;
        let flat = (0..600).map(|i| (i * dt, Some(96), Some(60), None));
        let rows = |shift| readings.iter().map(move |&(at, v)| (at + shift, Some(v), Some(60), None));
        let alone = analysis(&csv_file([(0, Some(96), Some(60), None)].into_iter().chain(rows(0))), Threshold::Three).1;
        let after = analysis(&csv_file(flat.chain([(shift, Some(96), Some(60), None)]).chain(rows(shift))), Threshold::Three).1;
        let moved: Vec<_> = alone.iter().map(event_row).map(|e| (e.1 + shift, e.2 + shift, e.3, e.4, e.6)).collect();
        let found: Vec<_> = after.iter().map(event_row).map(|e| (e.1, e.2, e.3, e.4, e.6)).collect();
        prop_assert_eq!(moved, found);
    }

    #[test]
    fn many_samples_at_once_are_what_they_are_one_by_one(
        interval in prop::sample::select(vec![1_u32, 2, 4]),
        steps in prop::collection::vec((-4_i16..=3, 0_u32..6, -9_i16..=9, 0_u32..400), 1..600),
    ) {
        let (mut at, mut level, mut pulse) = (0, 95_i16, 70_i16);
        let mut rows = vec![];
        for (change, held, beats, rare) in steps {
            (level, pulse) = ((level + change).clamp(45, 100), (pulse + beats).clamp(20, 260));
            for _ in 0..=held {
                at += interval * if rare == 0 { 9 } else if rare < 3 { 2 } else { 1 };
                let spo2 = (rare != 7).then_some(level as u8);
                rows.push((at, spo2, (rare != 8).then_some(pulse as u16), Some((rare % 13) as u8)));
            }
        }
        let file = csv_file(rows);
        assert_many_at_once_equal_one_by_one(&file, Recording::parse(&file).unwrap());
        // Without the two columns of reminders, as another app writes it.
        let plain = String::from_utf8(file).unwrap().replace(",0,0\n", "\n").replace(",O2 Reminder,PR Reminder", "");
        assert_many_at_once_equal_one_by_one(plain.as_bytes(), Recording::parse(plain.as_bytes()).unwrap());
    }
}
