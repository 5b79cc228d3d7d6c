//! The readers of texts against a slow twin that shares nothing with them: on fixtures, on what fuzzing has found, and on
//! generated dialects, whose readings are known beforehand too.

mod twin;

use std::fs;
use std::path::Path;

use oxicore::{Recording, Span, testing, time::LocalDateTime};
use proptest::prelude::*;
use proptest::sample::select;
use twin::{Night, agrees, found};

use crate::fixtures::{fixture, readable};

#[test]
fn the_twin_reads_fixtures_as_the_readers_do() {
    let read: Vec<_> = readable().filter(|name| agrees(&fixture(name))).collect();
    assert!(read.len() >= 6, "the twin knows only {read:?}");
}

#[test]
fn the_twin_reads_what_fuzzing_found_as_the_readers_do() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
    for folder in ["regressions", "corpus"] {
        let folders = fs::read_dir(fuzz.join(folder)).into_iter().flatten().flatten();
        for file in folders.flat_map(|folder| fs::read_dir(folder.path()).into_iter().flatten().flatten()) {
            agrees(&fs::read(file.path()).unwrap());
        }
    }
}

#[test]
fn the_twin_reads_whole_minutes_and_nothing_of_shifted_rows() {
    let text = "Time,SpO2,Pulse\n2025-11-13 21:58,97,60\n2025-11-13 21:59,96,61\n2025-11-13 22:00,95,62\n";
    assert!(agrees(text.as_bytes()));
    for shifted in [
        text.replace(",96,61", ",96,5,61"),
        text.replace(",96,61", ",61"),
        text.replace(":59,", ":59:00,500,"),
    ] {
        assert!(twin::read(shifted.as_bytes()).is_none() && Recording::parse(shifted.as_bytes()).is_err());
        testing::fuzz_fast_vs_general(shifted.as_bytes());
    }
}

/// How a text writes its rows.
#[derive(Clone, Debug)]
struct Dialect {
    delimiter: char,
    date: &'static str,
    twelve_hours: Option<[&'static str; 2]>,
    clock_first: bool,
    zero: u32,
    months: usize,
    quotes: bool,
    decimals: &'static str,
    none: &'static str,
    end: &'static str,
    /// Where SpO2 and the pulse stand among the companions.
    places: (usize, usize),
    companions: Vec<&'static str>,
}

const MONTHS: [[&str; 12]; 4] = [
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "ianuarie",
        "februarie",
        "martie",
        "aprilie",
        "mai",
        "iunie",
        "iulie",
        "august",
        "septembrie",
        "octombrie",
        "noiembrie",
        "decembrie",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
];

prop_compose! {
    fn dialect()(
        delimiter in select(vec![',', ';', '\t']),
        date in select(vec!["iso", "T", "day", "month", "word", "day word"]),
        twelve_hours in select(vec![None, None, Some([" AM", " PM"]), Some(["AM", "PM"]), Some([" a. m.", " p. m."])]),
        clock_first in any::<bool>(),
        zero in select(vec![0x30, 0x30, 0x30, 0x660, 0x966, 0xff10]),
        months in 0..MONTHS.len(),
        quotes in any::<bool>(),
        decimals in select(vec!["", "", ".0", ",0", ".4"]),
        none in select(vec!["--", "", "-", "N/A"]),
        end in select(vec!["\n", "\r\n"]),
        places in (0..9_usize, 0..9_usize),
        companions in prop::sample::subsequence(vec!["Motion", "Battery", "PI", "Steps", "SpO2 min", "Pulse max", "SpO2 alarm"], 0..5),
    ) -> Dialect {
        let decimals = if delimiter == ',' && decimals == ",0" { ".0" } else { decimals };
        Dialect { delimiter, date, twelve_hours, clock_first, zero, months, quotes, decimals, none, end, places, companions }
    }
}

impl Dialect {
    fn digits(&self, text: &str) -> String {
        let own =
            |it: char| it.to_digit(10).and_then(|value| char::from_u32(self.zero + value)).unwrap_or(it);
        text.chars().map(own).collect()
    }

    fn time(&self, moment: LocalDateTime) -> String {
        let ((year, month, day), (hour, minute, second)) = (moment.date(), moment.time());
        let name = MONTHS[self.months][usize::from(month) - 1];
        let (hour, half) = match self.twelve_hours.filter(|_| self.date != "T") {
            Some([am, pm]) => ((hour + 11) % 12 + 1, if hour < 12 { am } else { pm }),
            None => (hour, ""),
        };
        let clock = format!("{hour:02}:{minute:02}:{second:02}{half}");
        let date = match self.date {
            "T" => return self.digits(&format!("{year}-{month:02}-{day:02}")) + "T" + &self.digits(&clock),
            "iso" => format!("{year}-{month:02}-{day:02}"),
            "day" => format!("{day:02}/{month:02}/{year}"),
            "month" => format!("{month:02}/{day:02}/{year}"),
            "word" => format!("{name} {day:02} {year}"),
            _ => format!("{day} {name} {year}"),
        };
        self.digits(&if self.clock_first { format!("{clock} {date}") } else { format!("{date} {clock}") })
    }

    fn line(&self, time: &str, spo2: &str, pulse: &str, companion: impl Fn(&str) -> String) -> String {
        let mut cells: Vec<String> = self.companions.iter().map(|name| companion(name)).collect();
        cells.insert(self.places.0 % (cells.len() + 1), spo2.to_owned());
        cells.insert(self.places.1 % (cells.len() + 1), pulse.to_owned());
        let time = if self.quotes { format!("\"{time}\"") } else { time.to_owned() };
        let cells = cells.join(&self.delimiter.to_string());
        format!("{time}{}{cells}{}", self.delimiter, self.end)
    }

    fn text(&self, start: LocalDateTime, night: &Night) -> String {
        let number =
            |value: Option<u32>| value.map_or(self.none.to_owned(), |it| format!("{it}{}", self.decimals));
        let row = |(at, spo2, pulse): &(i64, Option<u32>, Option<u32>)| {
            let moment = start.checked_add(Span::from_secs(u32::try_from(*at).unwrap())).unwrap();
            self.line(&self.time(moment), &number(*spo2), &number(*pulse), |_| "7".to_owned())
        };
        let header = self.line("Time", "SpO2", "Pulse Rate", str::to_owned);
        header + &night.rows.iter().map(row).collect::<String>()
    }
}

fn readings() -> impl Strategy<Value = Vec<(Option<u32>, Option<u32>)>> {
    let reading = |values: std::ops::Range<u32>| prop_oneof![8 => values.prop_map(Some), 1 => Just(None)];
    prop::collection::vec((reading(61..100), reading(41..140)), 2..80)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn generated_dialects_are_read_as_they_were_written_and_as_the_twin_reads_them(
        dialect in dialect(),
        (day, month, second) in (13..29_u8, 1..13_u8, 0..86_400_i64),
        step in 1..5_i64,
        readings in readings(),
    ) {
        let midnight = LocalDateTime::new((2026, month, day), (0, 0, 0)).unwrap();
        let start = LocalDateTime::from_unix_seconds(midnight.unix_seconds() + second).unwrap();
        let rows = readings.iter().zip(0..).map(|(&(spo2, pulse), i)| (i * step, spo2, pulse)).collect();
        let night = Night { start: start.unix_seconds(), rows };
        let text = dialect.text(start, &night);
        let recording = Recording::parse(text.as_bytes()).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(&found(recording), &night, "{}", text);
        prop_assert_eq!(twin::read(text.as_bytes()), Some(night), "{}", text);
        testing::fuzz_fast_vs_general(text.as_bytes());
    }
}
