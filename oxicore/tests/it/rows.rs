//! Rows that are not as they should be: glued, there twice, without a date, alone.

use oxicore::{ParseOptions, Recording, Sample, Span, notices::Notices};

/// Seconds, SpO2 and motion.
type Row = (u32, Option<u8>, Option<u8>);

fn read(text: &str) -> (Vec<Row>, Notices, String) {
    let recording = Recording::parse(text.as_bytes()).unwrap();
    let sample = |s: Sample| (s.at.as_secs(), s.spo2.map(|v| v.as_pct()), s.motion.map(|v| v.as_raw()));
    (recording.samples().map(sample).collect(), recording.notices(), recording.start().to_string())
}

#[test]
fn a_header_glued_to_the_row_before_it_takes_nothing_from_that_row() {
    let header = "Time,SpO2(%),Pulse Rate(bmp),Movimiento";
    for (value, motion) in [("12", Some(12)), ("--", None)] {
        let text = format!(
            "{header}\n22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,{value}{header}\n22:00:08 Jan 02 2026,94,58,0\n"
        );
        let (samples, notices, _) = read(&text);
        assert_eq!(samples, [(0, Some(96), Some(0)), (4, Some(95), motion), (8, Some(94), Some(0))]);
        assert_eq!(notices.rows_dropped, 1);
    }
}

#[test]
fn a_block_that_is_there_twice_or_thrice_is_read_once() {
    let rows: String = (0..20).map(|i| format!("22:00:{:02} Jan 02 2026,{},58,0\n", i * 2, 99 - i)).collect();
    let more = "22:00:40 Jan 02 2026,70,58,0\n22:00:42 Jan 02 2026,71,58,0\n";
    let once = read(&format!("{rows}{more}")).0;
    for text in [
        format!("Zeit,A,B,C\n{rows}Zeit,A,B,C\n{rows}{more}"),
        format!("{rows}{rows}{rows}{more}"),
        format!("{rows}{more}{}", &rows[100..].split_once('\n').unwrap().1),
        format!("{rows}{rows}{more}{rows}"),
    ] {
        let (samples, notices, _) = read(&text);
        assert_eq!(samples, once, "{text}");
        let lines = text.lines().filter(|l| !l.starts_with("Zeit")).count();
        assert_eq!(notices.duplicates_removed as usize, lines - 22);
        assert_eq!(notices.rows_retimed, 0);
    }
}

/// Rows every 4 s; what they hold tells them apart.
fn row(i: u32) -> String {
    let (minute, second) = (i * 4 / 60, i * 4 % 60);
    format!("22:{minute:02}:{second:02} Jan 02 2026,{},{},0\n", 80 + i * 7 % 19, 60 + i * 5 % 13)
}

#[test]
fn a_row_that_is_there_twice_is_read_once() {
    let once: String = (0..100).map(row).collect();
    let shared: String = (0..50).chain(49..100).map(row).collect();
    let last: String = (0..100).chain(99..100).map(row).collect();
    let all: String = (0..100).map(|i| row(i).repeat(2)).collect();
    for (text, copies) in [(shared, 1), (last, 1), (all, 100)] {
        let (samples, notices, _) = read(&text);
        assert_eq!(samples, read(&once).0, "{text}");
        assert_eq!((notices.duplicates_removed, notices.rows_retimed), (copies, 0));
        assert_eq!(Recording::parse(text.as_bytes()).unwrap().interval(), Span::from_secs(4));
    }
}

#[test]
fn rows_of_a_clock_that_stands_still_are_kept_though_they_look_alike() {
    let text = [row(0), row(1), row(1), row(1), row(2)].concat();
    let (samples, notices, _) = read(&text);
    assert_eq!(samples.len(), 5);
    assert_eq!((notices.duplicates_removed, notices.rows_retimed), (0, 3));
    let other = row(1).replace(",0\n", ",9\n");
    assert_eq!(read(&[row(0), row(1), other, row(2)].concat()).0.len(), 4);
}

#[test]
fn every_block_that_is_there_twice_is_read_once() {
    let starts = (0..120).step_by(10);
    let text: String = starts.flat_map(|at| (at..at + 10).chain(at + 5..at + 10)).map(row).collect();
    let (samples, notices, _) = read(&text);
    assert_eq!(samples, read(&(0..120).map(row).collect::<String>()).0);
    assert_eq!((notices.duplicates_removed, notices.rows_retimed), (60, 0));
}

#[test]
fn an_hour_that_comes_twice_with_other_readings_is_kept_twice() {
    let hour = |spo2: u32| -> String {
        (0..900).map(|i| format!("02:{:02}:{:02} Mar 29 2026,{spo2},58,0\n", i / 15, i % 15 * 4)).collect()
    };
    let (samples, notices, _) = read(&format!("{}{}", hour(96), hour(93)));
    assert_eq!(samples.len(), 1_800);
    assert_eq!((samples[899], samples[900]), ((3_596, Some(96), Some(0)), (3_600, Some(93), Some(0))));
    assert_eq!((notices.rows_retimed, notices.duplicates_removed), (900, 0));
}

#[test]
fn rows_of_a_clock_that_was_not_set_stand_before_the_first_that_was() {
    let (samples, notices, start) = read(
        "00:00:01 Jan 01 1970,96,58,0\n00:00:05 Jan 01 1970,95,58,0\n22:00:08 Jan 02 2026,94,58,0\n22:00:12 Jan 02 2026,93,58,0\n",
    );
    assert_eq!(start, "2026-01-02T22:00:00");
    assert_eq!(samples.iter().map(|s| s.0).collect::<Vec<_>>(), [0, 4, 8, 12]);
    assert_eq!((notices.clock_unset_rows, notices.rows_retimed), (2, 0));
}

#[test]
fn a_row_of_1970_in_the_night_stands_between_its_neighbours() {
    let (samples, notices, _) = read(
        "22:00:00 02/01/2026,96,58,0\n22:00:04 02/01/2026,95,58,0\n00:00:00 01/01/1970,94,58,0\n22:00:12 02/01/2026,93,58,0\n",
    );
    assert_eq!(samples.iter().map(|s| s.0).collect::<Vec<_>>(), [0, 4, 8, 12]);
    assert_eq!((notices.clock_unset_rows, notices.rows_retimed), (1, 0));
}

#[test]
fn a_row_of_1970_among_few_tells_the_interval_by_its_time_of_day() {
    let rows = [
        "22:00:00 Jan 02\u{ff0c}2026,96,58,0,0",
        "22:00:04 Jan 01\u{ff0c}1970,95,58,0,0",
        "22:00:08 Jan 02\u{ff0c}2026,94,58,0,0",
    ];
    for rows in [rows.join("\n"), rows[..2].join("\n"), rows[1..].join("\n")] {
        let text = format!("Time,SpO2(%),Pulse Rate(bmp),Movimiento,Vibraci\u{f3}n\n{rows}");
        let (samples, notices, _) = read(&text);
        let places: Vec<_> = (0..).step_by(4).take(samples.len()).collect();
        assert_eq!(samples.iter().map(|s| s.0).collect::<Vec<_>>(), places, "{text}");
        assert_eq!((notices.clock_unset_rows, notices.rows_retimed), (1, 0), "{text}");
    }
}

#[test]
fn a_night_whose_dates_are_lost_at_midnight_goes_on() {
    let row = |i: usize, date: &str| {
        let clock = (86_400 - 8 + 4 * i) % 86_400;
        format!("{:02}:{:02}:{:02} {date},96,58,0\n", clock / 3_600, clock / 60 % 60, clock % 60)
    };
    let text: String = (0..300).map(|i| row(i, if i < 2 { "Mar 28 2026" } else { "Jan 01 1970" })).collect();
    let (samples, notices, start) = read(&text);
    assert_eq!((start.as_str(), samples.len()), ("2026-03-28T23:59:52", 300));
    assert!(samples.iter().zip((0..).step_by(4)).all(|(sample, place)| sample.0 == place));
    assert_eq!((notices.clock_unset_rows, notices.rows_retimed), (298, 0));
}

#[test]
fn a_night_whose_clock_was_never_set_is_read_as_it_is_and_said_to_be() {
    let (samples, notices, start) = read("23:59:58 Jan 01 1970,96,58,0\n00:00:02 Jan 02 1970,95,58,0\n");
    assert_eq!((start.as_str(), samples.len()), ("1970-01-01T23:59:58", 2));
    assert_eq!((notices.clock_unset_rows, notices.rows_retimed), (2, 0));
}

#[test]
fn one_two_and_four_seconds_are_found_and_not_assumed() {
    for interval in [1, 2, 4] {
        let rows: String =
            (0..14).map(|i| format!("22:00:{:02} Jan 02 2026,96,58,0\n", i * interval)).collect();
        let recording = Recording::parse(rows.as_bytes()).unwrap();
        assert_eq!(recording.interval(), Span::from_secs(interval));
        assert!(!recording.notices().interval_assumed);
    }
}

#[test]
fn the_interval_is_that_of_most_rows_though_the_first_ones_had_another() {
    for (first, rows, other, interval) in [(1, 70, 4, 4), (4, 65, 1, 1)] {
        let steps = (0..rows).map(|_| first).chain((0..900).map(|_| other));
        let times = steps.scan(0, |at, step| Some(core::mem::replace(at, *at + step)));
        let text: String = times
            .map(|t| format!("{:02}:{:02}:{:02} Jan 02 2026,96,58,0\n", t / 3_600, t / 60 % 60, t % 60))
            .collect();
        let recording = Recording::parse(text.as_bytes()).unwrap();
        assert_eq!(recording.interval(), Span::from_secs(interval), "{first} s, then {other} s");
        assert!(recording.len() as u32 * interval <= recording.span().as_secs() + rows * interval);
        let quality = recording.analyze(&oxicore::AnalysisOptions::default()).summary.quality;
        assert!(quality.valid_pct <= 112.0, "{}", quality.valid_pct);
    }
}

#[test]
fn one_row_does_not_tell_its_interval_and_is_said_not_to() {
    let row = b"22:00:00 Jan 02 2026,96,58,0\n";
    for (given, interval) in [(None, 1), (Some(4), 4), (Some(0), 1)] {
        let mut options = ParseOptions::default();
        options.fallback_interval = given.map(Span::from_secs);
        let recording = Recording::parse_with(row, &options).unwrap();
        assert_eq!((recording.interval().as_secs(), recording.span().as_secs()), (interval, interval));
        assert!(recording.notices().interval_assumed);
    }
}

#[test]
fn the_last_cells_of_a_row_may_be_empty_whatever_divides_them() {
    for delimiter in ["\t", ";", ","] {
        let text = "Time,SpO2,Pulse,Motion\n22:00:00 Jan 02 2026,93,80,1\n22:00:04 Jan 02 2026,93,,\n22:00:08 Jan 02 2026,,,";
        let (samples, notices, _) = read(&text.replace(',', delimiter));
        assert_eq!(samples, [(0, Some(93), Some(1)), (4, Some(93), None), (8, None, None)]);
        assert_eq!(notices.truncated_bytes, 0);
    }
}

#[test]
fn a_file_that_says_its_separator_first_is_read() {
    let (samples, notices, _) =
        read("sep=;\n\nTime;Oxygen Level;Pulse Rate;Motion\n22:00:00 Jan 02 2026;96;58;3\n");
    assert_eq!((samples, notices.rows_dropped), (vec![(0, Some(96), Some(3))], 0));
}
