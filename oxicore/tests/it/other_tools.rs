//! Tables of other tools and other countries: every kind gives the right readings at the right time, or is refused.

use oxicore::{Recording, Sample};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// SpO2 and pulse of a row.
type Reading = (Option<u8>, Option<u16>);

fn readings(text: &str) -> Vec<Reading> {
    let night = Recording::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let reading = |s: Sample| (s.spo2.map(|v| v.as_pct()), s.pulse.map(|v| v.as_bpm()));
    night.samples().map(reading).collect()
}

fn start(text: &str) -> String {
    Recording::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}")).start().to_string()
}

/// A column and what it holds in row `i`.
type Column = (&'static str, fn(u32) -> String);

const SPO2: Column = ("SpO2(%)", |i| (96 - i % 5).to_string());
const PULSE: Column = ("Pulse Rate(bpm)", |i| (60 + i % 7).to_string());

/// What may stand beside the readings: names with the readings' words, and others.
const COMPANIONS: [Column; 14] = [
    ("SpO2 quality", |i| (i % 4).to_string()),
    ("SpO2 alarm", |_| "0".into()),
    ("SpO2 min", |_| "71".into()),
    ("SpO2 max", |_| "100".into()),
    ("SpO2 avg", |_| "88".into()),
    ("Pulse amplitude", |i| (i % 20).to_string()),
    ("PulseWaveform", |i| (40 + i % 60).to_string()),
    ("Heart rate variability", |_| "35".into()),
    ("Respiration rate", |_| "15".into()),
    ("Elapsed", |i| (i * 4).to_string()),
    ("Sample index", |i| i.to_string()),
    ("Steps", |_| "120".into()),
    ("Perfusion index", |_| "2.1".into()),
    ("Battery", |_| "80%".into()),
];

fn table(columns: &[Column]) -> String {
    let names: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
    let row = |i: u32| {
        let cells: Vec<_> = columns.iter().map(|(_, cell)| cell(i)).collect();
        format!("22:00:{:02} Jan 02 2026,{}\n", i * 4, cells.join(","))
    };
    format!("Time,{}\n{}", names.join(","), (0..15).map(row).collect::<String>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_order_of_columns_and_no_companion_changes_a_reading(
        companions in subsequence(COMPANIONS.to_vec(), 0..6),
        order in any::<prop::sample::Index>(),
        pulse in any::<bool>(),
    ) {
        let mut columns = companions;
        columns.insert(order.index(columns.len() + 1), SPO2);
        if pulse {
            columns.insert(order.index(columns.len() + 1), PULSE);
        }
        let expected: Vec<Reading> = (0..15_u32)
            .map(|i| (u8::try_from(96 - i % 5).ok(), pulse.then(|| 60 + u16::try_from(i % 7).unwrap())))
            .collect();
        prop_assert_eq!(readings(&table(&columns)), expected);
    }

    #[test]
    fn a_table_without_a_column_of_readings_is_refused(
        companions in subsequence(COMPANIONS.to_vec(), 2..6),
        pulse in select(vec!["Pulse", "Heart Rate", "Puls cardiac"]),
    ) {
        let is_mean = companions.iter().any(|(name, _)| name.contains("avg"));
        prop_assume!(!is_mean);
        let mut columns = companions;
        columns.push((pulse, PULSE.1));
        let error = Recording::parse(table(&columns).as_bytes()).map(|night| night.len()).unwrap_err();
        prop_assert_eq!(error.code(), "no-oximetry");
    }
}

#[test]
fn moments_of_many_countries_are_the_same_moment() {
    for moment in [
        "21:58:20 13 Nov 2025",
        "21:58:20 November 13 2025",
        "9:58:20 p. m. 13/11/2025",
        "13/11/2025 9:58:20 p.m.",
        "2025/11/13 \u{4e0b}\u{5348}9:58:20",
        "2025. 11. 13. \u{c624}\u{d6c4} 9:58:20",
        "\u{200f}21:58:20 13/11/2025",
        "21.58.20 13.11.2025",
        "13.11.2025. 21:58:20",
        "13. nov. 2025 21:58:20",
        "13 noiembrie 2025 21:58:20",
        "21:58:20 11/13/25",
        "21:58:20 13/11/25",
        "\u{662}\u{661}:\u{665}\u{668}:\u{662}\u{660} \u{661}\u{663}/\u{661}\u{661}/\u{662}\u{660}\u{662}\u{665}",
    ] {
        let text = format!("Time,Oxygen Level,Pulse Rate,Motion\n{moment},96,60,0\n");
        assert_eq!(start(&text), "2025-11-13T21:58:20", "{moment}");
        assert_eq!(readings(&text), [(Some(96), Some(60))], "{moment}");
    }
}

#[test]
fn a_moment_that_could_be_two_is_refused() {
    for moment in ["10.11.12 13.10.25", "21:58:20 13 listopada 2025", "21:58:20 13 lip 2025"] {
        let text = format!("Time,Oxygen Level,Pulse Rate,Motion\n{moment},96,60,0\n");
        let error = Recording::parse(text.as_bytes()).map(|night| night.len()).unwrap_err();
        assert_eq!((error.code(), error.field()), ("bad-row", Some("time")), "{moment}");
    }
}

#[test]
fn a_day_that_could_be_two_is_said_to_be_assumed() {
    let text = "Time,Oxygen Level,Pulse Rate,Motion\n21:58:20 13/11/25,96,60,0\n";
    let night = Recording::parse(text.as_bytes()).unwrap();
    let rule = night.notices().date_order_rule;
    assert_eq!(rule, Some(oxicore::notices::DateOrderRule::AssumedDayFirst), "the year could stand first");
}

#[test]
fn fractions_are_rounded_to_the_nearest_whole_reading() {
    for (cells, spo2, pulse) in
        [("96.4;60.5", 96, 60), ("96,5;61,5", 96, 62), ("96.49 %;60,49 bpm", 96, 60), ("99.5;60", 100, 60)]
    {
        let text = format!("Time;SpO2;PR\n21:58:20 Nov 13 2025;{cells}\n");
        assert_eq!(readings(&text), [(Some(spo2), Some(pulse))], "{cells}");
    }
}

#[test]
fn titles_above_the_header_are_passed_over_with_a_notice() {
    let table = "Time;Oxygen Level;Pulse Rate;Motion\n21:58:20 Nov 13 2025;96;60;0\n";
    for (title, skipped) in [
        ("", 0),
        ("O2Ring report\n\n", 1),
        ("Device;O2Ring 1001\nDate;2025-11-13\n", 0),
        ("Report of 13.11.2025, night 3\n2 pages\n", 2),
    ] {
        let night = format!("{title}{table}");
        assert_eq!(readings(&night), [(Some(96), Some(60))], "{title}");
        assert_eq!(Recording::parse(night.as_bytes()).unwrap().notices().lines_skipped, skipped, "{title}");
    }
}

#[test]
fn a_row_without_a_time_is_no_header() {
    for time in ["", "--", "\"\""] {
        let text = format!(
            "Time,Oxygen Level,Pulse Rate,Motion\n21:58:20 Nov 13 2025,96,60,0\n{time},95,61,0\n21:58:28 Nov 13 2025,94,62,0\n"
        );
        let error = Recording::parse(text.as_bytes()).map(|night| night.len()).unwrap_err();
        assert_eq!((error.field(), error.line()), (Some("time"), Some(3)), "{time:?}");
    }
}

#[test]
fn words_in_quoted_cells_are_no_header_glued_to_the_row() {
    let text = "\"Time\",\"SpO2\",\"PulseRate\",\"Finger\",\"Probe\",\"Search\"\n\
        \"21:58:20 Nov 13 2025\",96,60,\"OK\",\"OK\",\"OK\"\n\"21:58:21 Nov 13 2025\",95,61,\"OK\",\"OK\",\"OK\"\n";
    assert_eq!(readings(text), [(Some(96), Some(60)), (Some(95), Some(61))]);
    assert_eq!(Recording::parse(text.as_bytes()).unwrap().notices().rows_dropped, 0);
}

fn source(text: &str) -> oxicore::notices::StartSource {
    Recording::parse(text.as_bytes()).unwrap().notices().start_source
}

#[test]
fn universal_time_is_said_to_be_universal_and_a_zone_tells_the_wall_clock() {
    use oxicore::notices::StartSource::{Recorded, Universal};
    for (name, moment, expected) in [
        ("Time", "2025-11-13T21:58:20Z", Universal),
        ("Time", "2025-11-13 21:58:20 UTC", Universal),
        ("Time", "2025-11-13T21:58:20+00:00", Universal),
        ("Timestamp (UTC)", "2025-11-13 21:58:20", Universal),
        ("Time", "2025-11-13T21:58:20+02:00", Recorded),
        ("Time", "2025-11-13 21:58:20", Recorded),
    ] {
        let text = format!("{name},SpO2,PR\n{moment},96,60\n");
        assert_eq!(
            (source(&text), start(&text).as_str()),
            (expected, "2025-11-13T21:58:20"),
            "{name} {moment}"
        );
    }
}

#[test]
fn a_zone_that_changes_at_night_makes_no_gap_and_no_overlap() {
    for (before, after, clock) in [("+03:00", "+02:00", "03"), ("+0200", "+0300", "05"), ("+01", "+02", "05")]
    {
        let rows: Vec<_> = (0..40_u32)
            .map(|i| match i {
                0..20 => format!("2025-10-26T03:{:02}:00{before},{},60\n", i + 40, 90 + i % 5),
                _ => format!("2025-10-26T{clock}:{:02}:00{after},{},60\n", i - 20, 90 + i % 5),
            })
            .collect();
        let text = format!("Time,SpO2,PR\n{}", rows.concat());
        let night = Recording::parse(text.as_bytes()).unwrap();
        let seconds: Vec<_> = night.samples().map(|sample| sample.at.as_secs()).collect();
        assert_eq!(seconds, (0..40).map(|i| i * 60).collect::<Vec<_>>(), "{before} to {after}");
        assert_eq!(
            (night.notices().rows_retimed, night.start().to_string().as_str()),
            (0, "2025-10-26T03:40:00")
        );
    }
}

/// Rows of SpO2 that falls by one a row from 97, and a pulse that grows from 60.
fn rows_of(header: &str, row: impl Fn(&str, u32, u32) -> String, count: u32) -> String {
    let row = |i: u32| row(&format!("2026-01-02 22:{:02}:{:02}", i / 15, i * 4 % 60), 97 - i % 8, 60 + i % 8);
    let rows: Vec<_> = (0..count).map(row).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

fn falling(count: u32) -> Vec<Reading> {
    (0..count).map(|i| (u8::try_from(97 - i % 8).ok(), u16::try_from(60 + i % 8).ok())).collect()
}

#[test]
fn readings_left_of_the_time_are_read_by_their_names() {
    type Row = fn(&str, u32, u32) -> String;
    let cases: [(&str, Row); 6] = [
        ("SpO2,Pulse,Time", |time, spo2, pulse| format!("{spo2},{pulse},{time}")),
        ("Pulse,Time,SpO2", |time, spo2, pulse| format!("{pulse},{time},{spo2}")),
        ("SpO2,Zeit,Wert,Puls", |time, spo2, pulse| format!("{spo2},{time},12,{pulse}")),
        ("Puls;Leck;SpO2;Datum;Uhrzeit", |time, spo2, pulse| {
            format!("{pulse};1;{spo2};{}", time.replace(' ', ";"))
        }),
        ("Battery,SpO2 (%),PR (bpm),Timestamp,Note", |time, spo2, pulse| {
            format!("80,{spo2},{pulse},{time},x")
        }),
        ("SpO2,HR,SpO2 avg,Time", |time, spo2, pulse| format!("{spo2},{pulse},90,{time}")),
    ];
    for (header, row) in cases {
        let text = rows_of(header, row, 20);
        assert_eq!(readings(&text), falling(20), "{text}");
        assert_eq!(start(&text), "2026-01-02T22:00:00", "{header}");
    }
    let elapsed = |time: &str, spo2: u32, pulse: u32| {
        let (minute, second) = time[14..].split_once(':').unwrap();
        let seconds = minute.parse::<u32>().unwrap() * 60 + second.parse::<u32>().unwrap();
        format!("{spo2},{pulse},{seconds}")
    };
    assert_eq!(readings(&rows_of("SpO2,Pulse,Elapsed (s)", elapsed, 20)), falling(20));
}

#[test]
fn a_number_before_the_time_that_counts_no_rows_is_passed_over_by_nobody() {
    for header in ["", "Wert A,Zeit,Wert B,Wert C\n"] {
        let text = rows_of("", |time, spo2, pulse| format!("{spo2},{time},{pulse},0"), 20);
        let text = format!("{header}{}", text.trim_start());
        let error = Recording::parse(text.as_bytes()).unwrap_err();
        assert_eq!((error.field(), error.found()), (Some("time"), Some("97")), "{text}");
    }
}

#[test]
fn a_pulse_that_stands_first_is_known_in_further_languages() {
    for header in [
        "समय,नाड़ी,ऑक्सीजन",
        "সময়,নাড়ি,অক্সিজেন",
        "Aeg,Pulss,Hapnik",
        "Laiks,Pulss,Skābeklis",
        "Laikas,Pulsas,Deguonis",
        "Време,Пулс,Кислород",
        "Vreme,Puls,Kiseonik",
        "Čas,Srčni utrip,Kisik",
        "Tími,Púls,Súrefnismettun",
    ] {
        let text = rows_of(header, |time, spo2, pulse| format!("{time},{pulse},{spo2}"), 20);
        assert_eq!(readings(&text), falling(20), "{header}");
    }
}

#[test]
fn a_column_that_nothing_calls_spo2_and_that_moves_like_a_pulse_is_none() {
    let turned = |header: &str| rows_of(header, |time, spo2, pulse| format!("{time},{pulse},{spo2}"), 80);
    for header in ["Xxx,Yyy,Zzz", "Zeit;Wert 1;Wert 2"] {
        let text = turned(header).replace(',', if header.contains(';') { ";" } else { "," });
        let error = Recording::parse(text.as_bytes()).unwrap_err();
        assert_eq!(error.code(), "no-oximetry", "{header}: {error}");
    }
    let without_header = turned("").trim_start().to_owned();
    assert_eq!(Recording::parse(without_header.as_bytes()).unwrap_err().code(), "no-oximetry");
    let straight = rows_of("Xxx,Yyy,Zzz", |time, spo2, pulse| format!("{time},{spo2},{pulse}"), 80);
    assert_eq!(readings(&straight), falling(80));
}

#[test]
fn a_line_of_units_below_the_names_is_passed_over() {
    for units in ["(s),(1/min),(%)", "hh:mm:ss,1/min,%", "[],[bpm],[%]", ",bpm,%"] {
        let text = rows_of(
            &format!("Time,Pulse,SpO2\n{units}"),
            |time, spo2, pulse| format!("{time},{pulse},{spo2}"),
            20,
        );
        assert_eq!(readings(&text), falling(20), "{units}");
    }
}

#[test]
fn a_second_header_with_other_columns_is_refused_and_with_the_same_is_dropped() {
    let first = rows_of("Time,SpO2,Pulse", |time, spo2, pulse| format!("{time},{spo2},{pulse}"), 20);
    let later = |header: &str| first.replace("22:", "23:").replace("Time,SpO2,Pulse", header);
    for header in ["Time,Pulse,SpO2", "Time,SpO2,PI,Pulse", "Time,SpO2 max,Pulse"] {
        let text = format!("{first}{}", later(header));
        let error = Recording::parse(text.as_bytes()).unwrap_err();
        assert_eq!((error.field(), error.line()), (Some("columns"), Some(22)), "{error}");
        let headless = text.replacen("Time,SpO2,Pulse\n", "", 1);
        assert_eq!(Recording::parse(headless.as_bytes()).unwrap_err().field(), Some("columns"), "{header}");
    }
    for header in ["Time,SpO2,Pulse", "Average,95,62", "Time,SpO2(%),Pulse Rate(bpm)"] {
        assert_eq!(readings(&format!("{first}{}", later(header))).len(), 40, "{header}");
    }
}
