//! Reduced charts: no event, no lowest value and no gap is lost.

use oxicore::chart::{
    Channel, Column, LinePoint, Point, Window, line_budget, line_into, lttb_into, reduce_into, reduce_points,
};
use oxicore::testing::{Row, csv_file, night, night_every};
use oxicore::{AnalysisOptions, Desaturation, Recording, Span};
use proptest::prelude::*;

use crate::aasm_twin::restless_night;
use crate::nights::nights;

fn events(recording: Recording<'_>) -> Vec<Desaturation> {
    recording.analyze(&AnalysisOptions::default()).desaturations3
}

fn file(readings: &[(u32, u8)]) -> Vec<u8> {
    csv_file(readings.iter().map(|&(at, v)| -> Row { (at, Some(v), None, None) }))
}

/// Every event's onset, nadir and end are points of the line, at their levels.
fn assert_events_kept(line: &[LinePoint], events: &[Desaturation]) {
    let level = |at: Span| line.iter().find(|p| p.at == at).map(|p| p.value);
    for event in events {
        assert!(level(event.onset).is_some(), "onset of {event:?}");
        assert_eq!(level(event.nadir_at), Some(event.nadir.as_pct().into()), "nadir of {event:?}");
        let is_end = |p: &&LinePoint| p.at <= event.end && p.at >= event.nadir_at;
        assert!(line.iter().rfind(is_end).is_some(), "end of {event:?}");
        assert!(!event.is_counted() || level(event.end).is_some(), "end of {event:?}");
    }
}

#[test]
fn no_real_night_loses_an_event_or_its_lowest_value_at_any_width() {
    for (id, file) in nights() {
        let recording = Recording::parse(&file).unwrap();
        let events = events(recording);
        for columns in [50, 250, 800, 2_000] {
            let line = recording.line(Channel::Spo2, Window::whole(&recording), columns, &events);
            assert_events_kept(&line, &events);
            assert!(line.len() <= line_budget(columns, events.len()));
            let lowest = recording.samples().filter_map(|s| Channel::Spo2.value(&s)).min();
            assert_eq!(line.iter().map(|p| p.value).min(), lowest, "night {id}");
        }
    }
}

#[test]
fn a_gap_stays_a_gap_and_both_ends_are_kept() {
    let file = night().flat(96, 100).gap(60).flat(95, 100).file();
    let recording = Recording::parse(&file).unwrap();
    let line = recording.line(Channel::Spo2, Window::whole(&recording), 3, &[]);
    let (first, last) = (line.first().unwrap(), line.last().unwrap());
    assert_eq!((first.at.as_secs(), first.segment, last.at.as_secs(), last.segment), (0, 0, 259, 1));
    let columns = recording.reduce(Channel::Spo2, Window::whole(&recording), 260);
    let breaks: Vec<_> =
        columns.iter().flatten().filter(|c| c.gap_before).map(|c| c.first.at.as_secs()).collect();
    assert_eq!(breaks, [160]);
}

/// A column of a picture, without the number of its readings.
type Drawn = Option<([Point; 4], bool)>;

fn drawn(columns: &[Option<Column>]) -> Vec<Drawn> {
    let one = |column: &Column| ([column.first, column.min, column.max, column.last], column.gap_before);
    columns.iter().map(|column| column.as_ref().map(one)).collect()
}

/// The points kept for a picture twice as wide draw both widths as the recording does.
fn assert_kept_points_draw_the_same(recording: Recording<'_>, columns: usize) {
    let window = Window::whole(&recording);
    for channel in [Channel::Spo2, Channel::Pulse, Channel::Motion] {
        let fine = recording.reduce(channel, window, 2 * columns);
        let points: Vec<_> = fine.iter().flatten().flat_map(Column::points).collect();
        assert!(points.is_sorted_by(|a, b| a.at < b.at), "in order of time, each once");
        for width in [columns, 2 * columns] {
            let mut again = vec![None; width];
            reduce_points(points.iter().copied(), recording.interval(), window, &mut again);
            let whole = recording.reduce(channel, window, width);
            assert_eq!(drawn(&again), drawn(&whole), "{channel:?}, {width} columns");
        }
    }
}

#[test]
fn kept_points_draw_a_real_night_as_the_recording_does() {
    for (_, file) in nights() {
        let recording = Recording::parse(&file).unwrap();
        for columns in [7, 250, 1_192] {
            assert_kept_points_draw_the_same(recording, columns);
        }
    }
}

#[test]
fn lent_memory_too_small_for_the_line_is_an_error_that_says_how_much_is_enough() {
    let file = night().flat(96, 100).flat(93, 1).flat(90, 30).flat(94, 1).flat(96, 100).file();
    let recording = Recording::parse(&file).unwrap();
    let events = events(recording);
    let mut lent = [LinePoint::default(); 5];
    let error =
        line_into(recording, Channel::Spo2, Window::whole(&recording), 10, &events, &mut lent).unwrap_err();
    assert_eq!((error.needed, error.given), (line_budget(10, events.len()), 5));
}

#[test]
fn a_window_shows_its_part_only() {
    let file = night().flat(96, 100).flat(80, 100).file();
    let recording = Recording::parse(&file).unwrap();
    let window = Window { from: Span::from_secs(50), to: Span::from_secs(100) };
    let line = recording.line(Channel::Spo2, window, 10, &[]);
    assert!(line.iter().all(|p| p.value == 96 && (50..100).contains(&p.at.as_secs())));
    assert_eq!((line.first().unwrap().at.as_secs(), line.last().unwrap().at.as_secs()), (50, 99));
}

#[test]
fn lttb_keeps_both_ends_and_hides_a_dip_that_the_line_keeps() {
    let steps = [(96, 50), (90, 1), (96, 9), (85, 1), (96, 139)];
    let file = steps.into_iter().fold(night(), |night, (level, seconds)| night.flat(level, seconds)).file();
    let recording = Recording::parse(&file).unwrap();
    let window = Window::whole(&recording);
    let mut out = [Point { at: Span::ZERO, value: 0 }; 6];
    let points: Vec<_> = lttb_into(recording, Channel::Spo2, window, &mut out)
        .iter()
        .map(|p| (p.at.as_secs(), p.value))
        .collect();
    assert_eq!((points[0].0, points[5].0), (0, 199));
    assert!(points.iter().all(|p| p.1 != 90) && points.iter().any(|p| p.1 == 85), "{points:?}");
    let line = recording.line(Channel::Spo2, window, 6, &[]);
    assert!(line.iter().any(|p| p.value == 85));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn kept_points_draw_any_night_as_the_recording_does((_, readings) in restless_night(), columns in 1_usize..400) {
        assert_kept_points_draw_the_same(Recording::parse(&file(&readings)).unwrap(), columns);
    }

    #[test]
    fn every_column_keeps_its_lowest_and_highest_reading((_, readings) in restless_night(), width in 1_usize..400) {
        let file = file(&readings);
        let recording = Recording::parse(&file).unwrap();
        let window = Window::whole(&recording);
        let columns = recording.reduce(Channel::Spo2, window, width);
        let span = u64::from(recording.span().as_secs());
        let mut values: Vec<Vec<u16>> = vec![vec![]; width];
        for sample in recording.samples() {
            let index = u64::from(sample.at.as_secs()) * width as u64 / span;
            values[index as usize].extend(Channel::Spo2.value(&sample));
        }
        for (column, values) in columns.iter().zip(&values) {
            let lowest_and_highest = |c: &Column| (c.min.value, c.max.value, c.valid as usize);
            let expected = values.iter().min().zip(values.iter().max()).map(|(low, high)| (*low, *high, values.len()));
            prop_assert_eq!(column.as_ref().map(lowest_and_highest), expected);
        }
        let mut lent = vec![None; width];
        prop_assert_eq!(reduce_into(recording, Channel::Spo2, window, &mut lent), &columns[..]);
    }

    #[test]
    fn the_line_keeps_every_event_and_every_columns_extremes((_, readings) in restless_night(), width in 1_usize..300) {
        let file = file(&readings);
        let recording = Recording::parse(&file).unwrap();
        let (window, events) = (Window::whole(&recording), events(recording));
        let line = recording.line(Channel::Spo2, window, width, &events);
        assert_events_kept(&line, &events);
        prop_assert!(line.windows(2).all(|w| w[0].at < w[1].at && w[0].segment <= w[1].segment));
        prop_assert!(line.len() <= line_budget(width, events.len()));
        let has = |p: Point| line.iter().any(|l| l.at == p.at && l.value == p.value);
        for column in recording.reduce(Channel::Spo2, window, width).into_iter().flatten() {
            prop_assert!([column.first, column.min, column.max, column.last].into_iter().all(has));
        }
    }

    #[test]
    fn columns_in_memory_make_the_chart_that_their_file_makes(
        interval in prop::sample::select(vec![1_u32, 2, 4]),
        steps in prop::collection::vec((-3_i16..=3, 1_u8..9, prop::bool::weighted(0.03)), 1..300),
        width in 1_usize..300,
        cut in (0_u32..600, 1_u32..3_000),
    ) {
        let mut level = 95_i16;
        let mut rows: Vec<Row> = vec![];
        for (change, held, is_missing) in steps {
            level = (level + change).clamp(60, 100);
            for _ in 0..held {
                rows.push((rows.len() as u32 * interval, (!is_missing).then_some(level as u8), Some(60), Some(0)));
            }
        }
        let file = csv_file(rows);
        let (night, columns) = oxicore::recording::read_columns(&file, &Default::default()).unwrap();
        let same = Recording::from_columns(Some(night.start()), Some(night.interval()), columns.view()).unwrap();
        let events = events(night);
        let (whole, part) = (Window::whole(&night), Window { from: Span::from_secs(cut.0), to: Span::from_secs(cut.0 + cut.1) });
        for window in [whole, part] {
            prop_assert_eq!(
                same.reduce(Channel::Spo2, window, width),
                night.reduce(Channel::Spo2, window, width)
            );
            prop_assert_eq!(
                same.line(Channel::Spo2, window, width, &events),
                night.line(Channel::Spo2, window, width, &events)
            );
        }
    }
}

#[test]
fn more_columns_than_any_memory_are_no_more_points_than_readings() {
    let file = night_every(4).flat(96, 60).flat(88, 40).flat(96, 60).file();
    let recording = Recording::parse(&file).unwrap();
    let line = |from, to, columns| {
        let window = Window { from: Span::from_secs(from), to: Span::from_secs(to) };
        recording.line(Channel::Spo2, window, columns, &[])
    };
    assert_eq!(line(0, 160, usize::MAX).len(), recording.len());
    assert_eq!(line(60, 100, usize::MAX), line(60, 100, 40));
    assert_eq!(line(60, 60, usize::MAX), []);
    assert_eq!(line(0, 160, 0), []);
}
