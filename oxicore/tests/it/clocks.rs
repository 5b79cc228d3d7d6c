//! Clocks that are coarser than the rows, that tell no date, or that nobody had set: time is never stretched.

use oxicore::{
    AnalysisOptions, ParseError, ParseOptions, Recording,
    notices::{Notices, StartSource},
};
use proptest::prelude::*;

const START: i64 = 79_100; // 21:58:20

/// SpO2 of a second of the made-up night: a desaturation by 6 % each two minutes.
fn spo2(second: i64) -> i64 {
    let phase = second % 120;
    96 - (6 * i64::from((20..50).contains(&phase)))
}

/// Rows of such seconds, with the clock that `shown` makes of them.
fn table(seconds: impl Iterator<Item = i64>, shown: impl Fn(i64) -> i64) -> String {
    let row = |second: i64| {
        let clock = START + shown(second);
        let (day, clock) = (13 + clock / 86_400, clock % 86_400);
        let clock = format!("{:02}:{:02}:{:02}", clock / 3_600, clock / 60 % 60, clock % 60);
        format!("{clock} Nov {day} 2025,{},{},0\n", spo2(second), 60 + second % 7)
    };
    format!("Time,Oxygen Level,Pulse Rate,Motion\n{}", seconds.map(row).collect::<String>())
}

/// Length, desaturations by 3 % an hour if it is long enough, notices.
fn read(text: &str) -> (u32, Option<f64>, Notices) {
    let night = Recording::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{:.400}", text));
    let summary = night.analyze(&AnalysisOptions::default()).summary;
    (night.span().as_secs(), summary.aasm.odi3.per_h, night.notices())
}

fn error(text: &str) -> ParseError {
    Recording::parse(text.as_bytes()).map(|night| night.len()).unwrap_err()
}

/// The same length and index as with a clock that tells every second.
fn assert_same(text: &str, seconds: i64, what: &str) -> Notices {
    let (_, index, _) = read(&table(0..seconds, |second| second));
    let (length, found, notices) = read(text);
    assert!((i64::from(length) - seconds).abs() * 50 <= seconds, "{what}: {length} s instead of {seconds} s");
    let is_near = index.zip(found).is_none_or(|(index, found)| (found - index).abs() <= index * 0.05);
    assert!(is_near && index.is_some() == found.is_some(), "{what}: {found:?} an hour instead of {index:?}");
    notices
}

/// The same text with the seconds of every clock left out, which are nought.
fn without_seconds(text: &str) -> String {
    text.replace(":00 Nov 13 2025", " Nov 13 2025")
}

#[test]
fn a_clock_without_seconds_is_a_clock_of_whole_minutes() {
    let minutes = table(0..3_600, |second| (START + second) / 60 * 60 - START);
    let bare = without_seconds(&minutes);
    assert!(minutes.len() - bare.len() == 3 * 3_600, "{bare:.200}");
    let notices = assert_same(&bare, 3_600, "no seconds");
    let night = |text: &str| Recording::parse(text.as_bytes()).unwrap().samples().collect::<Vec<_>>();
    assert!(notices.rows_spread > 3_000 && night(&bare) == night(&minutes));
    let of = |form: &str| {
        bare.replace(" Nov 13 2025", "")
            .lines()
            .map(|line| {
                let (clock, rest) = line.split_once(',').unwrap();
                let time = if clock == "Time" { clock.to_owned() } else { form.replace("CLOCK", clock) };
                format!("{time},{rest}\n")
            })
            .collect::<String>()
    };
    for form in [
        "2025-11-13 CLOCK",
        "2025-11-13TCLOCK",
        "13/11/2025 CLOCK",
        "13/11/2025,CLOCK",
        "CLOCK 13.11.2025",
        "\"CLOCK, Nov 13 2025\"",
    ] {
        assert_eq!(night(&of(form)), night(&minutes), "{form}");
    }
}

#[test]
fn one_row_a_minute_without_seconds_is_a_row_a_minute() {
    let text = without_seconds(&table((40..3_640).step_by(60), |second| second));
    let (seconds, ..) = read(&text);
    assert_eq!((seconds, Recording::parse(text.as_bytes()).unwrap().interval().as_secs()), (3_600, 60));
}

#[test]
fn rows_of_a_coarser_clock_are_spread_over_its_steps() {
    for step in [2, 3, 4, 5, 10, 13, 30, 60] {
        for first in [0, 1, step / 2, step - 1] {
            let begin = (START + first) / step * step - START;
            let shown = |second| (START + first + second) / step * step - START;
            let text = table(0..3_600, shown);
            let notices = assert_same(&text, 3_600, &format!("{step} s from {first}, {begin}"));
            assert!(notices.rows_spread > 0 && notices.rows_retimed == 0, "{notices:?}");
            assert_eq!(notices.duplicates_removed, 0);
        }
    }
}

#[test]
fn a_minute_that_has_not_all_its_rows_at_the_beginning_and_the_end_is_no_longer_for_it() {
    for (first, rows) in [(20, 300), (59, 200), (1, 240), (30, 180)] {
        let text = table(0..rows, |second| (START + first + second) / 60 * 60 - START);
        assert_same(&text, rows, &format!("{rows} rows from second {first}"));
    }
}

/// Begin and length of batches of unequal sizes.
fn batches(sizes: &[i64]) -> Vec<(i64, i64)> {
    let mut begin = 0;
    let batch = |at: usize| {
        let size = sizes[at % sizes.len()];
        begin += size;
        (begin - size, size)
    };
    (0..3_000).map(batch).collect()
}

#[test]
fn batches_of_unequal_sizes_take_no_more_time_than_their_stamps_say() {
    for sizes in [&[13][..], &[11, 13, 15], &[5, 20, 9, 17, 12], &[12, 12, 12, 7], &[1, 2, 3]] {
        let batches = batches(sizes);
        let at = |second: i64| *batches.iter().rev().find(|(begin, _)| *begin <= second).unwrap();
        assert_same(&table(0..3_000, |second| at(second).0), 3_000, &format!("first of {sizes:?}"));
        let text = table(0..3_000, |second| at(second).0 + at(second).1);
        assert_same(&text, 3_000, &format!("last of {sizes:?}"));
    }
}

#[test]
fn a_real_gap_between_batches_stays_a_gap() {
    for gap in [60, 300, 3_600] {
        let seconds = (0..1_300).chain(1_300 + gap..2_600 + gap);
        let text = table(seconds, |second| second / 13 * 13);
        let (length, ..) = read(&text);
        assert!((i64::from(length) - 2_600 - gap).abs() <= 40, "{length} s with a gap of {gap} s");
    }
}

#[test]
fn several_rows_a_second_are_one_a_second_whether_fractions_say_so_or_not() {
    for a_second in [2, 4, 10] {
        let rows = |with_fraction: bool| -> String {
            let row = |i: i64| {
                let (second, part) = (i / a_second, i % a_second * 1_000 / a_second);
                let fraction = if with_fraction { format!(".{part:03}") } else { String::new() };
                let clock = START + second;
                let clock = format!("{:02}:{:02}:{:02}", clock / 3_600, clock / 60 % 60, clock % 60);
                format!("2025-11-13 {clock}{fraction},{},{},0\n", spo2(second), 60 + i % a_second)
            };
            (0..1_200 * a_second).map(row).collect()
        };
        for with_fraction in [true, false] {
            let text = format!("Time,Oxygen Level,Pulse Rate,Motion\n{}", rows(with_fraction));
            let notices = assert_same(&text, 1_200, &format!("{a_second} a second, {with_fraction}"));
            assert_eq!(i64::from(notices.readings_skipped), 1_200 * (a_second - 1), "{with_fraction}");
        }
    }
}

#[test]
fn batches_written_within_some_milliseconds_are_batches() {
    let row = |i: i64| {
        let clock = START + i / 13 * 13;
        let clock =
            format!("{:02}:{:02}:{:02}.{:03}", clock / 3_600, clock / 60 % 60, clock % 60, 400 + i % 13);
        format!("2025-11-13 {clock},{},60,0\n", spo2(i))
    };
    let text: String = (0..1_300).map(row).collect();
    let notices = assert_same(&format!("Time,SpO2,PR,Motion\n{text}"), 1_300, "within milliseconds");
    assert!(notices.rows_spread > 0);
}

#[test]
fn a_clock_of_a_second_whose_fractions_waver_loses_no_row() {
    let row = |i: i64| {
        let ms = (START + i) * 1_000 + 3 + i * 7_919 % 5 - 4 + i % 2;
        let (clock, part) = (ms / 1_000, ms % 1_000);
        let clock = format!("{:02}:{:02}:{:02}", clock / 3_600, clock / 60 % 60, clock % 60);
        format!("2025-11-13T{clock}.{part:03},{},60,0\n", spo2(i))
    };
    let text: String = (0..1_200).map(row).collect();
    let notices = assert_same(&format!("Time,SpO2,PR,Motion\n{text}"), 1_200, "wavering");
    assert_eq!((notices.readings_skipped, notices.rows_retimed, notices.rows_spread), (0, 0, 0));
}

#[test]
fn rows_that_are_all_there_twice_or_thrice_are_read_once() {
    for copies in [2, 3, 5] {
        let once = table((0..600).map(|i| i * 4), |second| second);
        let rows = once.lines().skip(1).map(|row| format!("{row}\n").repeat(copies)).collect::<String>();
        let text = format!("Time,Oxygen Level,Pulse Rate,Motion\n{rows}");
        let (length, index, notices) = read(&text);
        assert_eq!((length, index), (read(&once).0, read(&once).1), "{copies} copies");
        assert_eq!(notices.duplicates_removed as usize, 600 * (copies - 1));
    }
}

#[test]
fn an_export_of_batches_that_is_there_twice_is_read_once() {
    let first = table(0..1_000, |second| second / 13 * 13);
    let all = table(0..1_300, |second| second / 13 * 13);
    for text in [format!("{all}{all}"), format!("{first}{all}")] {
        let notices = assert_same(&text, 1_300, "twice");
        assert!(notices.duplicates_removed >= 1_000, "{notices:?}");
    }
}

#[test]
fn a_clock_that_stands_still_is_what_it_was() {
    let text = table(0..1_200, |second| second.min(600));
    let (length, _, notices) = read(&text);
    assert_eq!((length, notices.rows_retimed, notices.rows_spread), (1_200, 599, 0));
    let text = table(0..1_200, |_| 0);
    assert_eq!(read(&text).2.rows_spread, 0);
}

#[test]
fn a_pace_that_cannot_be_told_is_refused_at_the_first_row_that_shares_its_time() {
    for rows in [90, 61, 51] {
        let error = error(&table(0..rows, |second| (START + 10 + second) / 60 * 60 - START));
        assert_eq!(
            (error.code(), error.field(), error.line()),
            ("bad-row", Some("clock"), Some(3)),
            "{rows}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_order_of_rows_of_one_time_changes_a_duration(
        step in 2..20_i64,
        rows in 200..600_i64,
        seed in any::<prop::sample::Index>(),
    ) {
        let text = table(0..rows, |second| second / step * step);
        let mut lines: Vec<&str> = text.lines().collect();
        let first = lines[1..].chunk_by(|a, b| a[..20] == b[..20]).map(<[&str]>::len).collect::<Vec<_>>();
        let mut at = 1;
        for size in first {
            lines[at..at + size].rotate_left(seed.index(size));
            lines[at..at + size].sort_by_key(|line| line.bytes().map(u64::from).sum::<u64>() % (2 + seed.index(7) as u64));
            at += size;
        }
        let places = |text: &str| {
            let night = Recording::parse(text.as_bytes()).unwrap();
            let places: Vec<_> = night.samples().map(|sample| sample.at).collect();
            (night.start(), night.interval(), night.span(), places)
        };
        prop_assert_eq!(places(&(lines.join("\n") + "\n")), places(&text));
    }
}

/// A table whose first column tells the time since the beginning, or universal time.
fn counted(name: &str, cell: impl Fn(i64) -> String) -> String {
    let row = |i: i64| format!("{},{},{}\n", cell(i), spo2(i), 60 + i % 7);
    format!("{name},SpO2,PR\n{}", (0..1_200).map(row).collect::<String>())
}

fn clock(second: i64) -> String {
    format!("{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60)
}

#[test]
fn time_since_the_beginning_tells_no_start() {
    let cases: [(&str, &dyn Fn(i64) -> String); 18] = [
        ("Time", &clock),
        ("Time", &|i| format!("{} days {}.000000", (i + 86_100) / 86_400, clock((i + 86_100) % 86_400))),
        ("Time", &|i| {
            format!("\"{}{}\"", if i < 300 { "" } else { "1 day, " }, clock((i + 86_100) % 86_400))
        }),
        (",time", &|i| format!("{i},0 days {}", clock(i))),
        ("Time", &|i| clock(i + START)),
        ("Time", &|i| clock((i + 86_100) % 86_400)),
        ("Time", &|i| clock(i + 359_900)),
        ("Time (mm:ss)", &|i| format!("{:02}:{:02}", i / 60, i % 60)),
        ("Elapsed", &|i| format!("{}:{:02}.000", i / 60, i % 60)),
        ("Time [s]", &|i| i.to_string()),
        ("Time", &|i| i.to_string()),
        ("time_s", &|i| format!("{i}.0")),
        ("Seconds", &|i| (i + 5_000).to_string()),
        ("Timp (ms)", &|i| (i * 1_000).to_string()),
        ("Elapsed (min)", &|i| format!("{:.4}", i as f64 / 60.0)),
        ("Elapsed time (h)", &|i| format!("{:.6}", i as f64 / 3_600.0)),
        ("Zeit", &|i| format!("\"{i},25\"")),
        ("No,Time", &|i| format!("{},{}", i + 1, clock(i))),
    ];
    for (name, cell) in cases {
        let text = counted(name, cell);
        let notices = assert_same(&text, 1_200, name);
        assert_eq!(notices.start_source, StartSource::Unknown, "{name}");
        let named = ParseOptions::default().with_file_name("20251113215820.csv");
        let night = Recording::parse_with(text.as_bytes(), &named).unwrap();
        let told = (night.start().to_string(), night.notices().start_source);
        assert_eq!(told, ("2025-11-13T21:58:20".to_owned(), StartSource::FileName), "{name}");
    }
}

#[test]
fn seconds_since_1970_are_universal_time() {
    const EPOCH: i64 = 1_763_071_100; // 2025-11-13T21:58:20
    let cases: [(&str, &dyn Fn(i64) -> String); 6] = [
        ("timestamp", &|i| (EPOCH + i).to_string()),
        ("timestamp", &|i| format!("{}.25", EPOCH + i)),
        ("ts", &|i| format!("{}", (EPOCH + i) * 1_000 + i % 3)),
        ("unix_us", &|i| format!("{}000000", EPOCH + i)),
        ("time", &|i| format!("{}000000000", EPOCH + i)),
        ("index,epoch", &|i| format!("{i},{}", EPOCH + i)),
    ];
    for (name, cell) in cases {
        let text = counted(name, cell);
        let notices = assert_same(&text, 1_200, name);
        assert_eq!(notices.start_source, StartSource::Universal, "{name}");
        assert_eq!(
            Recording::parse(text.as_bytes()).unwrap().start().to_string(),
            "2025-11-13T21:58:20",
            "{name}"
        );
    }
}

#[test]
fn days_of_a_spreadsheet_and_columns_that_number_the_rows_tell_the_wall_clock() {
    let day = |i: i64| format!("{:.10}", 45_974.0 + (START + i) as f64 / 86_400.0);
    let cases: [(&str, &dyn Fn(i64) -> String); 4] = [
        ("Time", &day),
        ("No.,Time", &|i| format!("{},{} Nov 13 2025", i + 1, clock(i + START))),
        ("A,B", &|i| format!("{},{} Nov 13 2025", i + 1, clock(i + START))),
        ("#,Date,Time", &|i| format!("{},13/11/2025,{}", i + 1, clock(i + START))),
    ];
    for (name, cell) in cases {
        let text = counted(name, cell);
        let notices = assert_same(&text, 1_200, name);
        assert_eq!(notices.start_source, StartSource::Recorded, "{name}");
        assert_eq!(
            Recording::parse(text.as_bytes()).unwrap().start().to_string(),
            "2025-11-13T21:58:20",
            "{name}"
        );
    }
}

#[test]
fn a_number_that_may_be_something_else_is_no_time() {
    let cases: [(&str, &dyn Fn(i64) -> String); 7] = [
        ("Index", &|i| i.to_string()),
        ("A", &|i| i.to_string()),
        ("Time", &|i| (i * 1_000).to_string()),
        ("Time", &|i| (600 - i).to_string()),
        ("Time", &|i| format!("{:02}:{:02}", 21 + (58 + i / 60) / 60, (58 + i / 60) % 60)),
        ("Time", &|i| format!("00:{:02}", i / 60)),
        ("Time", &|_| "45974.92".to_owned()),
    ];
    for (name, cell) in cases {
        let error = error(&counted(name, cell));
        assert!(
            matches!(error.field(), Some("time" | "clock")) || error.code() == "no-oximetry",
            "{name}: {error}"
        );
    }
}

/// A clock that shows this year's first of January before it is set.
fn unset(first: &str, rows: i64) -> String {
    let before = (0..rows).map(|i| format!("{} {first},{},60,0\n", clock(i), spo2(i))).collect::<String>();
    let header = "Time,Oxygen Level,Pulse Rate,Motion\n";
    let after = table(rows..rows + 600, |second| second);
    format!("{header}{before}{}", after.strip_prefix(header).unwrap())
}

#[test]
fn rows_of_a_clock_that_was_not_set_stand_before_the_first_that_was_whatever_year_it_showed() {
    for date in [
        "Jan 01 1970",
        "Jan 01 2000",
        "Jan 01 2018",
        "Jan 01 2025",
        "Jan 06 1980",
        "01/01/2000",
        "01.01.00",
        "01/01/70",
        "Jan 01 2024",
    ] {
        let text = unset(date, 300);
        let night = Recording::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{date}: {error}"));
        assert_eq!((night.span().as_secs(), night.len()), (900, 900), "{date}");
        assert_eq!(night.start().to_string(), "2025-11-13T21:58:20", "{date}");
        assert_eq!(night.notices().clock_unset_rows, 300, "{date}");
    }
}

#[test]
fn a_clock_that_jumps_and_may_have_been_set_before_is_refused_at_its_line() {
    for text in [
        unset("May 05 2018", 300),
        unset("Jan 15 2025", 300),
        unset("10/10/2025", 300),
        unset("Jan 01 2000", 300) + "00:00:00 Jan 02 2000,96,60,0\n",
    ] {
        let error = error(&text);
        assert_eq!((error.code(), error.line()), ("too-large", Some(302)), "{error}");
        assert_eq!(error.found(), Some("22:03:20 Nov 13 2025"));
        let message = "the clock jumps by more than a month to `22:03:20 Nov 13 2025` at line 302, column 1";
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn digits_without_marks_are_a_moment_and_never_seconds() {
    for form in ["YYYYMMDDhhmmss", "YYYYMMDDThhmmss", "YYYYMMDD hhmmss"] {
        let cell = |i: i64| {
            let clock = clock(START + i).replace(':', "");
            form.replace("YYYYMMDD", "20251113").replace("hhmmss", &clock)
        };
        let text = counted("Time", cell);
        assert_eq!(assert_same(&text, 1_200, form).start_source, StartSource::Recorded, "{form}");
        let night = Recording::parse(text.as_bytes()).unwrap();
        assert_eq!(night.start().to_string(), "2025-11-13T21:58:20", "{form}");
    }
    let other = error(&counted("Time", |i| format!("20251399{}", clock(START + i).replace(':', ""))));
    assert_eq!(other.field(), Some("time"), "{other}");
}

#[test]
fn rows_with_the_last_one_first_are_refused_at_the_second() {
    let text = counted("Time", |i| format!("2025-11-13 {}", clock(START - 4 * i)));
    let error = error(&text);
    assert_eq!((error.field(), error.line()), (Some("clock"), Some(3)), "{error}");
}

#[test]
fn rows_more_than_half_an_hour_apart_are_a_summary_and_no_recording() {
    let at = |i: i64, step: i64| {
        let second = START + i * step;
        let day = 1_000 + second / 86_400;
        format!(
            "20{:02}-{:02}-{:02} {}",
            20 + day / 336,
            day / 28 % 12 + 1,
            day % 28 + 1,
            clock(second % 86_400)
        )
    };
    for step in [1_801, 3_600, 86_400] {
        let text: String = (0..12).map(|i| format!("{},95,60\n", at(i, step))).collect();
        let error = error(&format!("Date,SpO2,Pulse\n{text}"));
        assert_eq!((error.field(), error.line()), (Some("clock"), Some(2)), "{step} s: {error}");
    }
    let minutes: String = (0..12).map(|i| format!("{},95,60\n", at(i, 60))).collect();
    assert_eq!(read(&format!("Date,SpO2,Pulse\n{minutes}")).0, 720);
}

#[test]
fn a_clock_that_often_stands_still_is_said_to_be_doubtful() {
    for (rows, standing, expected) in [(200, 10, true), (200, 9, false), (400, 19, false), (400, 20, true)] {
        let text = table(0..rows, |second| second.min(rows - standing - 1));
        let notices = read(&text).2;
        assert_eq!(i64::from(notices.rows_retimed), standing, "{rows} {standing}");
        assert_eq!(notices.clock_doubtful, expected, "{rows} {standing}");
    }
}

#[test]
fn a_clock_that_was_set_back_from_a_first_of_january_to_an_earlier_year_is_refused_at_its_line() {
    let error = error(&unset("Jan 01 2036", 300));
    assert_eq!((error.code(), error.field(), error.line()), ("bad-row", Some("clock"), Some(302)));
    let reset = table(0..600, |second| second);
    let after =
        (0..600).map(|i| format!("{} Jan 01 2000,{},60,0\n", clock(i), spo2(600 + i))).collect::<String>();
    let (length, _, notices) = read(&(reset + &after));
    assert_eq!((length, notices.rows_retimed), (1_200, 600), "a clock that lost its setting in the night");
}
