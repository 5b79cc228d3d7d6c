//! One night written in every dialect, encoding and line end must be the same night.

use oxicore::{
    ParseOptions, Recording, Sample,
    notices::{DateOrderRule, Notices},
    time::LocalDateTime,
};

use crate::fixtures::fixture;

/// The night of the fixtures, at 4 s from 2026-01-02T23:59:30 on.
fn night() -> (LocalDateTime, Vec<Sample>) {
    let file = fixture("D1_vihealth_6col_20260102235930.csv");
    let recording = Recording::parse(&file).unwrap();
    (recording.start(), recording.samples().collect())
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What a row is written from.
struct Parts {
    date: (u16, u8, u8),
    clock: (u8, u8, u8),
    spo2: Option<u8>,
    pulse: Option<u16>,
    motion: u8,
    alarms: (u8, u8),
}

impl Parts {
    fn day_first(&self) -> String {
        format!("{:02}/{:02}/{}", self.date.2, self.date.1, self.date.0)
    }
    fn month_first(&self) -> String {
        format!("{:02}/{:02}/{}", self.date.1, self.date.2, self.date.0)
    }
    fn iso(&self) -> String {
        format!("{}-{:02}-{:02}T{}", self.date.0, self.date.1, self.date.2, self.h24())
    }
    fn named(&self, comma: &str) -> String {
        format!("{} {:02}{comma} {}", self.month(), self.date.2, self.date.0)
    }
    fn month(&self) -> &'static str {
        MONTHS[usize::from(self.date.1) - 1]
    }
    fn h24(&self) -> String {
        let (h, m, s) = self.clock;
        format!("{h:02}:{m:02}:{s:02}")
    }
    fn h12(&self, space: &str) -> String {
        let (h, m, s) = self.clock;
        let half = if h < 12 { "AM" } else { "PM" };
        format!("{:02}:{m:02}:{s:02}{space}{half}", (h + 11) % 12 + 1)
    }
    fn spo2(&self, none: &str) -> String {
        self.spo2.map_or(none.into(), |v| v.to_string())
    }
    fn pulse(&self, none: &str) -> String {
        self.pulse.map_or(none.into(), |v| v.to_string())
    }
    /// Values with a text for none, motion, both alarms.
    fn six(&self, none: &str) -> String {
        format!("{},{},{}", self.four(none), self.alarms.0, self.alarms.1)
    }
    fn four(&self, none: &str) -> String {
        format!("{},{},{}", self.spo2(none), self.pulse(none), self.motion)
    }
    /// Six values with the numbers that mean none.
    fn six_numbers(&self) -> String {
        let four = format!("{},{},{}", self.spo2("255"), self.pulse("65535"), self.motion);
        format!("{four},{},{}", self.alarms.0, self.alarms.1)
    }
}

fn parts() -> Vec<Parts> {
    let (start, samples) = night();
    let part = |s: &Sample| {
        let moment = start.checked_add(s.at).unwrap();
        Parts {
            date: moment.date(),
            clock: moment.time(),
            spo2: s.spo2.map(|v| v.as_pct()),
            pulse: s.pulse.map(|v| v.as_bpm()),
            motion: s.motion.unwrap().as_raw(),
            alarms: (s.alarms.spo2.into(), s.alarms.pulse.into()),
        }
    };
    samples.iter().map(part).collect()
}

/// What of a sample a dialect keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeps {
    All,
    NoAlarms,
    NoMotion,
}

impl Keeps {
    fn of(self, sample: &Sample) -> Sample {
        match self {
            Self::All => *sample,
            Self::NoAlarms => sample.with_alarms(Default::default()),
            Self::NoMotion => sample.with_alarms(Default::default()).with_motion(None),
        }
    }
}

struct Dialect {
    id: &'static str,
    header: &'static str,
    row: fn(&Parts) -> String,
    keeps: Keeps,
    rule: DateOrderRule,
}

const fn dialect(id: &'static str, header: &'static str, row: fn(&Parts) -> String) -> Dialect {
    Dialect { id, header, row, keeps: Keeps::All, rule: DateOrderRule::Unambiguous }
}

const D1: &str = "Time,Oxygen Level,Pulse Rate,Motion,O2 Reminder,PR Reminder";
const D2: &str = "Time,Oxygen Level,Pulse Rate,Motion";
const D3: &str = "Timp,Nivel de oxigen,Puls cardiac,Mi\u{15f}care";
const D4: &str = "Time,SpO2(%),Pulse Rate(bpm),Motion,SpO2 Reminder,PR Reminder";
const D7: &str = "Time,SpO2(%),Pulse Rate(bmp),Movimiento,Vibraci\u{f3}n";
const D8: &str = "Time,Oxygen Level,Pulse Rate,Motion,Oxygen Level Reminder,PR Reminder";
const D5: &str = "Time,Oxygen Level(%),Pulse Rate(bpm),Motion,Oxygen Level Reminder,PR Reminder,";

const DIALECTS: &[Dialect] = &[
    dialect("D1", D1, |p| format!("{} {},{}", p.h24(), p.named(""), p.six("--"))),
    dialect("D1b", D1, |p| format!("{} {},{}", p.h24(), p.named(""), p.six_numbers())),
    Dialect {
        keeps: Keeps::NoAlarms,
        rule: DateOrderRule::Midnight,
        ..dialect("D2 day first", D2, |p| format!("{} {},{}", p.h24(), p.day_first(), p.four("- -")))
    },
    Dialect {
        keeps: Keeps::NoAlarms,
        rule: DateOrderRule::Midnight,
        ..dialect("D2 month first", D2, |p| format!("{} {},{}", p.h24(), p.month_first(), p.four("--")))
    },
    Dialect {
        keeps: Keeps::NoAlarms,
        ..dialect("D2b", D2, |p| format!("{} {},{}", p.h12(" "), p.named(""), p.four("--")))
    },
    Dialect {
        keeps: Keeps::NoAlarms,
        rule: DateOrderRule::Midnight,
        ..dialect("D3", D3, |p| format!("{} {},{}", p.h24(), p.day_first(), p.four("--")))
    },
    dialect("D4", D4, |p| format!("\"{} {}\",{},", p.h12(""), p.named(","), p.six_numbers())),
    dialect("D4b", D4, |p| {
        format!("{} {} {}, {},{}", p.h12(""), p.month(), p.date.2, p.date.0, p.six_numbers())
    }),
    dialect("D5", D5, |p| format!("\"{} {}\",{},", p.h12(""), p.named(","), p.six_numbers())),
    dialect("D6", "Time,SpO2,Pulse Rate,Motion,SpO2 Reminder,PR Reminder", |p| {
        format!("{} {},{}", p.h24(), p.named(""), p.six_numbers())
    }),
    dialect("D7", D7, |p| {
        let date = format!("{} {:02}\u{ff0c}{}", p.month(), p.date.2, p.date.0);
        let none = (p.spo2("255"), p.pulse("65535"));
        format!("{} {date},{},{},{},{}", p.h24(), none.0, none.1, p.motion, p.alarms.0)
    }),
    dialect("D8", D8, |p| format!("{} {},{}", p.h12(" "), p.named(""), p.six("--"))),
    dialect("narrow space before PM", D8, |p| {
        format!("{} {},{}", p.h12("\u{202f}"), p.named(""), p.six("--"))
    }),
    dialect("one column of vibrations", "Time,SpO2(%),Pulse Rate(bpm),Motion,Vibration,", |p| {
        format!("\"{} {}\",{},{},", p.h12(""), p.named(","), p.four(""), p.alarms.0)
    }),
    dialect("a column of invalid flags", "Time,SpO2(%),Pulse Rate(bpm),Motion,Vibration,Invalid", |p| {
        format!("{},{},{},1", p.iso(), p.four(""), p.alarms.0)
    }),
    Dialect {
        keeps: Keeps::NoAlarms,
        ..dialect("acceleration and reserved", "Time,SpO2(%),Pulse Rate(bpm),Acceleration,Reserved,", |p| {
            format!("\"{} {}\",{},9,", p.h12(""), p.named(","), p.four("255"))
        })
    },
    Dialect {
        rule: DateOrderRule::Midnight,
        ..dialect("date first", D1, |p| format!("{} {},{}", p.day_first(), p.h24(), p.six("--")))
    },
    dialect("ISO 8601 with an offset", D1, |p| format!("{}+01:00,{}", p.iso(), p.six("--"))),
    dialect("a comma ends every row", D2, |p| format!("{} {},{},", p.h24(), p.named(""), p.six(""))),
    Dialect {
        keeps: Keeps::NoMotion,
        ..dialect("steps and units", "Time,Oxygen Level,Pulse Rate,Steps", |p| {
            let (spo2, pulse) = (p.spo2.map(|v| format!("{v}%")), p.pulse.map(|v| format!("{v} bpm")));
            format!(
                "{},{},{},\"1,2{:02}\"",
                p.iso(),
                spo2.unwrap_or_default(),
                pulse.unwrap_or_default(),
                p.motion
            )
        })
    },
    Dialect {
        keeps: Keeps::NoAlarms,
        ..dialect("semicolons and perfusion", "time;spo2;pulse;pi_pct;motion", |p| {
            format!("{};{};{};2.1;{}", p.iso(), p.spo2(""), p.pulse(""), p.motion)
        })
    },
    dialect("semicolons, a comma in the time", "Time;SpO2;Pulse;Motion;SpO2 Reminder;PR Reminder", |p| {
        format!("{} {};{}", p.h12(""), p.named(","), p.six("--").replace(',', ";"))
    }),
    dialect("tabs", "Time\tOxygen Level\tPulse Rate\tMotion\tO2 Reminder\tPR Reminder", |p| {
        format!("{} {}\t{}", p.h24(), p.named(""), p.six("N/A").replace(',', "\t"))
    }),
    Dialect {
        keeps: Keeps::NoMotion,
        rule: DateOrderRule::Midnight,
        ..dialect("EMAY", "Date,Time,SpO2(%),PR(bpm)", |p| {
            let date = format!("{}/{}/{}", p.date.1, p.date.2, p.date.0);
            format!("{date},{},{},{}", p.h12(" "), p.spo2(""), p.pulse(""))
        })
    },
    dialect("words nobody knows", "\u{6642}\u{9593},A,B,C,D,E", |p| {
        format!("{} {},{}", p.h24(), p.named(""), p.six("\u{2013}\u{2013}"))
    }),
];

/// First lines of the apps of this maker's rings, without a comma at the end: of no other device a missing SpO2 is a low one.
const RINGS: [&str; 7] = [
    D1,
    D2,
    "Timp,Nivel de oxigen,Puls cardiac,Mi\u{15f}care",
    "Time,SpO2(%),Pulse Rate(bpm),Motion,SpO2 Reminder,PR Reminder",
    "Time,Oxygen Level(%),Pulse Rate(bpm),Motion,Oxygen Level Reminder,PR Reminder",
    "Time,SpO2,Pulse Rate,Motion,SpO2 Reminder,PR Reminder",
    "Time,SpO2(%),Pulse Rate(bmp),Movimiento,Vibraci\u{f3}n",
];

impl Dialect {
    fn text(&self, end: &str) -> String {
        let rows = parts().iter().map(|p| (self.row)(p) + end).collect::<String>();
        format!("{}{end}{rows}", self.header)
    }

    fn check(&self, file: &[u8], what: &str) {
        let what = format!("{} {what}", self.id);
        let (start, samples) = night();
        let recording = Recording::parse(file).unwrap_or_else(|e| panic!("{what}: {e}"));
        let expected: Vec<_> = samples.iter().map(|s| self.keeps.of(s)).collect();
        assert_eq!((recording.start(), recording.interval().as_secs()), (start, 4), "{what}");
        assert_eq!(recording.samples().collect::<Vec<_>>(), expected, "{what}");
        let names = self.header.replace(['\t', ';'], ",");
        let is_ring = recording.is_of_ring();
        assert_eq!(is_ring, RINGS.contains(&names.trim_end_matches(',')), "{what}");
        let Notices { spo2_label, pulse_label, .. } = recording.notices();
        for label in [spo2_label, pulse_label] {
            let is_told = label.is_some_and(|label| names.split(',').any(|name| name == label.as_str()));
            assert!(is_told != (is_ring || label.is_none()), "{what}: {label:?}");
        }
        let notices = Notices::NONE
            .with_date_order_rule(Some(self.rule))
            .with_countdown_records(3)
            .with_spo2_label(spo2_label)
            .with_pulse_label(pulse_label);
        assert_eq!(recording.notices(), notices, "{what}");
    }
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
}

#[test]
fn every_dialect_with_every_line_end_is_the_same_night() {
    for dialect in DIALECTS {
        for end in ["\n", "\r\n", "\r", "\n\n"] {
            dialect.check(dialect.text(end).as_bytes(), &format!("{end:?}"));
        }
        dialect.check(dialect.text("\n").trim_end().as_bytes(), "without a last line end");
    }
}

#[test]
fn every_dialect_in_every_encoding_is_the_same_night() {
    for dialect in DIALECTS {
        let text = dialect.text("\r\n");
        dialect.check(&utf16(&text, u16::to_le_bytes), "in UTF-16 LE");
        dialect.check(&utf16(&text, u16::to_be_bytes), "in UTF-16 BE");
        dialect.check(format!("\u{feff}{text}").as_bytes(), "in UTF-8 with a mark");
        let latin: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
        if let Some(latin) = latin {
            dialect.check(&latin, "in Windows-1252");
        }
    }
}

#[test]
fn dashes_of_windows_1252_are_no_reading() {
    let recording =
        Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,\x97,\x96\x96,0\n").unwrap();
    assert!(recording.samples().nth(1).is_some_and(|s| s.spo2.is_none() && s.pulse.is_none()));
}

#[test]
fn the_name_decides_between_dates_when_the_rows_do_not() {
    let file = b"22:00:00 03/04/2026,96,58,0\n22:00:04 03/04/2026,96,58,0\n";
    for (name, start) in [
        ("O2Ring_20260403220000.csv", "2026-04-03T22:00:00"),
        ("EMAY SpO2-20260304-220000.csv", "2026-03-04T22:00:00"),
        ("2026-03-04 22:00:00", "2026-03-04T22:00:00"),
        ("O2Ring 0009_1775253600000.csv", "2026-04-03T22:00:00"),
        ("O2Ring 0009_1772614800000.csv", "2026-03-04T22:00:00"),
        ("night.csv", "2026-04-03T22:00:00"),
    ] {
        let recording = Recording::parse_with(file, &ParseOptions::default().with_file_name(name)).unwrap();
        assert_eq!(recording.start().to_string(), start, "{name}");
    }
}

#[test]
fn an_error_in_utf_16_names_line_column_and_byte() {
    let file = utf16("Time,Oxygen Level,Pulse Rate\n22:00:00 Jan 02 2026,9x,58\n", u16::to_le_bytes);
    let error = Recording::parse(&file).unwrap_err();
    assert_eq!(
        (error.code(), error.line(), error.column(), error.offset()),
        ("bad-row", Some(2), Some(22), 102)
    );
}
