//! One row per fixture: records, first and last sample, interval, sums, notices.

use oxicore::{
    ParseOptions, Recording,
    format::Format,
    notices::{DateOrderRule, Label, Notices, StartSource},
};

use crate::support::read;

/// What a fixture must give.
pub struct Readable {
    pub name: &'static str,
    format: Format,
    records: usize,
    interval_s: u32,
    spo2_sum: u32,
    pulse_sum: u32,
    motion_sum: u32,
    notices: Notices,
}

/// The base every fixture was made from: 300 records of a saw-tooth night.
const NIGHT: Readable = Readable {
    name: "",
    format: Format::Csv,
    records: 300,
    interval_s: 4,
    spo2_sum: 27_825,
    pulse_sum: 18_352,
    motion_sum: 123,
    notices: USUAL,
};

/// Nothing to notice but what the night itself has: one reading below the range, and three records of countdown.
const USUAL: Notices = Notices::NONE.with_countdown_records(3);

const fn foreign(name: &'static str, rule: DateOrderRule) -> Readable {
    Readable { name, notices: USUAL.with_date_order_rule(Some(rule)), ..NIGHT }
}

const fn csv(name: &'static str, rule: DateOrderRule) -> Readable {
    Readable { name, notices: USUAL.with_date_order_rule(Some(rule)), ..NIGHT }
}

const fn legacy(name: &'static str) -> Readable {
    Readable { name, format: Format::Legacy, ..NIGHT }
}

const fn oxyii(name: &'static str) -> Readable {
    Readable { name, format: Format::Oxyii, interval_s: 1, ..NIGHT }
}

const fn recorder(format: Format, name: &'static str) -> Readable {
    Readable { name, format, interval_s: 1, motion_sum: 0, notices: USUAL, ..NIGHT }
}

/// An EDF with values of one byte, and much else that the standard does not have.
const NARROW: &str = "narrow_20260102235930.wmedf";

/// Seconds since the beginning, whose start is in the name.
const ELAPSED: &str = "other_elapsed_20260102235930.csv";

pub const READABLE: &[Readable] = &[
    csv("D1_vihealth_6col_20260102235930.csv", DateOrderRule::Unambiguous),
    csv("D2_vihealth_4col_dmy_20260102235930.csv", DateOrderRule::Midnight),
    csv("D2_vihealth_4col_mdy_20260102235930.csv", DateOrderRule::Midnight),
    csv("D3_vihealth_ro_20260102235930.csv", DateOrderRule::Midnight),
    csv("D4_o2insight_20260102235930_OXIRecord.csv", DateOrderRule::Unambiguous),
    csv("D5_o2insight193_20260102235930.csv", DateOrderRule::Unambiguous),
    csv("D6_spo2_bare_20260102235930_OXIRecord.csv", DateOrderRule::Unambiguous),
    csv("D7_es_fullwidth_comma_20260102235930_OXIRecord.csv", DateOrderRule::Unambiguous),
    legacy("legacy_v3_4s_20260102235930"),
    legacy("legacy_v3_duration_plus4_20260102235930"),
    legacy("legacy_v3_mode1_20260102235930"),
    Readable {
        notices: USUAL.with_duplicates_removed(300),
        ..legacy("legacy_v3_2s_duplicated_20260102235930")
    },
    Readable {
        records: 600,
        interval_s: 2,
        spo2_sum: 2 * 27_825,
        pulse_sum: 2 * 18_352 + 1,
        motion_sum: 2 * 123,
        notices: USUAL.with_countdown_records(6),
        ..legacy("legacy_v3_2s_not_all_pairs_20260102235930")
    },
    Readable { notices: USUAL.with_interval_assumed(true), ..legacy("legacy_v3_duration0_20260102235930") },
    Readable {
        records: 120,
        spo2_sum: 11_133,
        pulse_sum: 7_378,
        motion_sum: 69,
        notices: USUAL.with_truncated_bytes(897).with_countdown_records(0),
        ..legacy("legacy_v3_truncated_mid_record_20260102235930")
    },
    Readable {
        records: 301,
        interval_s: 2,
        spo2_sum: 27_921,
        pulse_sum: 18_410,
        motion_sum: 123,
        ..legacy("legacy_v5_2s_odd_20260102235930")
    },
    Readable {
        records: 3,
        interval_s: 2,
        spo2_sum: 96,
        pulse_sum: 119,
        motion_sum: 19,
        notices: USUAL.with_countdown_records(1),
        ..legacy("tiny_legacy_v5_3rec")
    },
    oxyii("oxyii_1s_20260102235930.dat"),
    Readable { interval_s: 4, ..oxyii("oxyii_4s_20260102235930.dat") },
    Readable { motion_sum: 0, ..oxyii("oxyii_2byte_channel0_20260102235930.dat") },
    Readable {
        spo2_sum: 27_826,
        notices: USUAL.with_checksum_mismatch(true),
        ..oxyii("oxyii_bad_checksum_20260102235930.dat")
    },
    Readable { notices: USUAL.with_truncated_bytes(20), ..oxyii("oxyii_trailer_cut_20260102235930.dat") },
    Readable {
        notices: USUAL
            .with_interval_assumed(true)
            .with_not_finalised(true)
            .with_start_source(StartSource::FileName),
        ..oxyii("oxyii_1s_unfinalised_20260102235930.dat")
    },
    Readable {
        records: 5,
        spo2_sum: 96 + 87 + 95 + 95,
        pulse_sum: 58 + 61 + 60 + 60,
        motion_sum: 12 + 33 + 3,
        notices: USUAL.with_countdown_records(0),
        ..oxyii("tiny_oxyii_5rec.dat")
    },
    csv("D2_utf16le_20260102235930.csv", DateOrderRule::Midnight),
    csv("D2_utf16be_20260102235930.csv", DateOrderRule::Midnight),
    csv("D4b_o2insight_unquoted_20260102235930.csv", DateOrderRule::Unambiguous),
    csv("D8_reminder_12h_20260102235930.csv", DateOrderRule::Unambiguous),
    csv("other_cp1252_es_20260102235930.csv", DateOrderRule::Unambiguous),
    foreign("other_semicolon_pi_20260102235930.csv", DateOrderRule::Unambiguous),
    csv("other_invalid_column_20260102235930.csv", DateOrderRule::Unambiguous),
    Readable { motion_sum: 0, ..foreign("other_units_steps_20260102235930.csv", DateOrderRule::Unambiguous) },
    Readable {
        interval_s: 1,
        motion_sum: 0,
        ..foreign("EMAY SpO2-20260102-235930.csv", DateOrderRule::Midnight)
    },
    Readable {
        notices: USUAL
            .with_date_order_rule(Some(DateOrderRule::Unambiguous))
            .with_rows_dropped(1)
            .with_duplicates_removed(50)
            .with_clock_unset_rows(1),
        ..csv("D7_glued_repeated_1970_20260102235930.csv", DateOrderRule::Unambiguous)
    },
    Readable {
        notices: USUAL.with_date_order_rule(Some(DateOrderRule::Unambiguous)).with_rows_spread(270),
        ..csv("other_batches_20260102235930.csv", DateOrderRule::Unambiguous)
    },
    Readable {
        notices: USUAL
            .with_date_order_rule(Some(DateOrderRule::Unambiguous))
            .with_start_source(StartSource::FileName),
        ..foreign(ELAPSED, DateOrderRule::Unambiguous)
    },
    Readable {
        notices: USUAL.with_date_order_rule(Some(DateOrderRule::Unambiguous)).with_clock_unset_rows(10),
        ..csv("other_clock_unset_20260102235930.csv", DateOrderRule::Unambiguous)
    },
    Readable {
        interval_s: 1,
        notices: USUAL.with_date_order_rule(Some(DateOrderRule::Unambiguous)).with_readings_skipped(300),
        ..csv("other_two_a_second_20260102235930.csv", DateOrderRule::Unambiguous)
    },
    recorder(Format::Contec, "contec_20260102235930.spo2"),
    recorder(Format::Contec, "contec_20260102235930.spoR"),
    recorder(Format::ChoiceMmed, "choicemmed_20260102235930.dat"),
    recorder(Format::Edf, "therapy_20260102235930_SAD.edf"),
    Readable {
        notices: USUAL.with_date_order_rule(Some(DateOrderRule::AssumedDayFirst)).with_not_finalised(true),
        ..recorder(Format::Edf, NARROW)
    },
];

pub fn fixture(name: &str) -> Vec<u8> {
    read(&format!("fixtures/{name}"))
}

/// Names of the fixtures that can be read.
pub fn readable() -> impl Iterator<Item = &'static str> {
    READABLE.iter().map(|fixture| fixture.name)
}

#[test]
fn every_fixture_gives_its_records_interval_sums_and_notices() {
    for expected in READABLE {
        let (name, file) = (expected.name, fixture(expected.name));
        let recording = Recording::parse_with(&file, &ParseOptions::default().with_file_name(name)).unwrap();
        let spo2: u32 = recording.samples().filter_map(|s| s.spo2).map(|v| u32::from(v.as_pct())).sum();
        let pulse: u32 = recording.samples().filter_map(|s| s.pulse).map(|v| u32::from(v.as_bpm())).sum();
        let motion: u32 = recording.samples().filter_map(|s| s.motion).map(|v| u32::from(v.as_raw())).sum();
        let last = recording.samples().last().unwrap().at.as_secs();
        assert_eq!(recording.format(), expected.format, "{name}");
        assert_eq!(recording.len(), expected.records, "{name}");
        assert_eq!(recording.interval().as_secs(), expected.interval_s, "{name}");
        assert_eq!(recording.start().to_string(), "2026-01-02T23:59:30", "{name}");
        assert_eq!(last as usize, (expected.records - 1) * expected.interval_s as usize, "{name}");
        assert_eq!(
            (spo2, pulse, motion),
            (expected.spo2_sum, expected.pulse_sum, expected.motion_sum),
            "{name}"
        );
        let [spo2_label, pulse_label] = match expected.format {
            Format::Edf if name == NARROW => [Label::new(b"SpO2"), Label::new(b"HeartFrequency")],
            Format::Edf => [Label::new(b"SpO2.1s"), Label::new(b"Pulse.1s")],
            _ if name.starts_with("other_semicolon") => [Label::new(b"spo2"), Label::new(b"pulse")],
            _ if name.starts_with("other_units") => [Label::new(b"Oxygen Level"), Label::new(b"Pulse Rate")],
            _ if name.starts_with("D8") => [Label::new(b"Oxygen Level"), Label::new(b"Pulse Rate")],
            _ if name.starts_with("other_invalid") => {
                [Label::new(b"SpO2(%)"), Label::new(b"Pulse Rate(bpm)")]
            }
            _ if name == ELAPSED => [Label::new(b"SpO2"), Label::new(b"Pulse")],
            _ if name.starts_with("EMAY") => [Label::new(b"SpO2(%)"), Label::new(b"PR(bpm)")],
            _ => [None, None],
        };
        assert_eq!(
            recording.notices(),
            expected.notices.with_spo2_label(spo2_label).with_pulse_label(pulse_label),
            "{name}"
        );
    }
}

#[test]
fn the_devices_own_figures_are_passed_through() {
    let file = fixture("legacy_v3_4s_20260102235930");
    let device = Recording::parse(&file).unwrap().device_summary().unwrap();
    assert_eq!(
        (device.duration_s, device.drops3, device.drops4, device.dips_below_90),
        (Some(1_200), 5, 3, 4)
    );
    assert_eq!((device.score_tenths, device.mean_bpm), (Some(87), None));
    let unfinished = fixture("legacy_v3_duration0_20260102235930");
    let device = Recording::parse(&unfinished).unwrap().device_summary().unwrap();
    assert_eq!((device.duration_s, device.mean_pct, device.score_tenths), (None, None, None));
}

#[test]
fn alarms_are_read_from_both_kinds_of_file() {
    for name in ["legacy_v3_4s_20260102235930", "D4_o2insight_20260102235930_OXIRecord.csv"] {
        let file = fixture(name);
        let recording = Recording::parse(&file).unwrap();
        let wrong = recording.samples().find(|s| s.alarms.spo2 != s.spo2.is_some_and(|v| v.as_pct() < 88));
        assert_eq!(wrong, None, "{name}");
    }
}
