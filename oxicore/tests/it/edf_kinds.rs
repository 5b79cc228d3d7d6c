//! EDF as programs write it who did not read the standard, each kind with its siblings: what is right is read, what is not
//! known is said.

use oxicore::{
    ParseError, Recording,
    notices::{DateOrderRule, Notices, StartSource},
};

/// A signal: label, unit, ranges, values a record, last field, and what it stores.
#[derive(Clone)]
struct Signal {
    label: &'static str,
    unit: &'static str,
    ranges: [&'static str; 4],
    reserved: &'static str,
    /// Stored values, one record after the other.
    stored: Vec<i16>,
}

/// Minutes of a night of one value a second.
const MINUTES: usize = 5;

/// 94 to 98 %, going on with the seconds.
fn spo2(label: &'static str) -> Signal {
    let stored = (0..60 * MINUTES).map(|second| 94 + (second / 10 % 5) as i16).collect();
    Signal { label, unit: "%", ranges: ["0", "100", "0", "100"], reserved: "", stored }
}

/// 60 to 66 beats.
fn pulse(label: &'static str) -> Signal {
    let stored = (0..60 * MINUTES).map(|second| 60 + (second % 7) as i16).collect();
    Signal { label, unit: "bpm", ranges: ["0", "300", "0", "300"], reserved: "", stored }
}

impl Signal {
    fn stores(self, value: i16) -> Self {
        Self { stored: vec![value; self.stored.len()], ..self }
    }

    fn ranges(self, ranges: [&'static str; 4]) -> Self {
        Self { ranges, ..self }
    }

    fn bytes_of(&self, value: i16) -> Vec<u8> {
        if self.reserved == "#1" { vec![value as u8] } else { value.to_le_bytes().to_vec() }
    }
}

#[derive(Clone)]
struct File {
    recording: &'static str,
    date: &'static str,
    clock: &'static str,
    records: &'static str,
    duration: &'static str,
    signals: Vec<Signal>,
}

fn file(signals: Vec<Signal>) -> File {
    File { recording: "", date: "13.11.25", clock: "21.58.20", records: "5", duration: "60", signals }
}

impl File {
    fn bytes(&self) -> Vec<u8> {
        let n = self.signals.len();
        let values = |signal: &Signal| signal.stored.len() / MINUTES;
        let mut bytes = Vec::new();
        let mut put = |text: &str, width: usize| bytes.extend(format!("{text:width$}").into_bytes());
        put("0", 8);
        put("X X X X", 80);
        put(self.recording, 80);
        put(self.date, 8);
        put(self.clock, 8);
        put(&(256 * (n + 1)).to_string(), 8);
        put("", 44);
        put(self.records, 8);
        put(self.duration, 8);
        put(&n.to_string(), 4);
        self.signals.iter().for_each(|s| put(s.label, 16));
        self.signals.iter().for_each(|_| put("", 80));
        self.signals.iter().for_each(|s| put(s.unit, 8));
        for range in 0..4 {
            self.signals.iter().for_each(|s| put(s.ranges[range], 8));
        }
        self.signals.iter().for_each(|_| put("", 80));
        self.signals.iter().for_each(|s| put(&values(s).to_string(), 8));
        self.signals.iter().for_each(|s| put(s.reserved, 32));
        for record in 0..MINUTES {
            for signal in &self.signals {
                let of_record = signal.stored.chunks(values(signal)).nth(record).unwrap_or_default();
                of_record.iter().for_each(|&value| bytes.extend(signal.bytes_of(value)));
            }
        }
        bytes
    }

    /// Start, records, notices, mean SpO2 and mean pulse in tenths.
    fn read(&self) -> Read {
        let bytes = self.bytes();
        let night = Recording::parse(&bytes).unwrap_or_else(|error| panic!("{error}"));
        let mean = |values: Vec<u32>| match values.len() {
            0 => None,
            n => Some(values.iter().sum::<u32>() * 10 / n as u32),
        };
        let values = night.samples().filter_map(|s| s.spo2).map(|v| v.as_pct().into()).collect();
        let beats = night.samples().filter_map(|s| s.pulse).map(|v| v.as_bpm().into()).collect();
        Read {
            start: night.start().to_string(),
            seconds: night.span().as_secs(),
            notices: night.notices(),
            spo2: mean(values),
            pulse: mean(beats),
        }
    }

    fn refused(&self) -> ParseError {
        Recording::parse(&self.bytes()).unwrap_err()
    }
}

struct Read {
    start: String,
    seconds: u32,
    notices: Notices,
    spo2: Option<u32>,
    pulse: Option<u32>,
}

impl Read {
    fn labels(&self) -> [Option<String>; 2] {
        [self.notices.spo2_label, self.notices.pulse_label].map(|label| Some(label?.to_string()))
    }
}

/// What the usual night gives.
const SPO2: Option<u32> = Some(960);
const PULSE: Option<u32> = Some(629);

fn labels(spo2: &str, pulse: Option<&str>) -> [Option<String>; 2] {
    [Some(spo2.to_owned()), pulse.map(str::to_owned)]
}

#[test]
fn the_plain_name_of_saturation_is_read_wherever_it_stands() {
    for plain in ["SpO2", "SaO2", "SatO2", "Saturation", "SAT", "O2 Sat", "OSAT", "SpO2.1s"] {
        for companion in ["SpO2 B-B", "SpO2 BB", "SpO2.50", "SpO2.Max", "SpO2 avg"] {
            for companion_first in [true, false] {
                let (other, own) = (spo2(companion).stores(71), spo2(plain));
                let both = if companion_first { vec![other, own] } else { vec![own, other] };
                let read = file([both, vec![pulse("Pulse")]].concat()).read();
                assert_eq!((read.spo2, read.pulse), (SPO2, PULSE), "{plain} beside {companion}");
                assert_eq!(read.labels(), labels(plain, Some("Pulse")));
            }
        }
    }
}

#[test]
fn a_companion_is_read_where_there_is_nothing_else_and_named() {
    let read = file(vec![spo2("SpO2 B-B"), pulse("Pulse")]).read();
    assert_eq!((read.spo2, read.labels()), (SPO2, labels("SpO2 B-B", Some("Pulse"))));
}

#[test]
fn what_a_known_word_calls_something_else_is_never_read_as_saturation() {
    for label in [
        "SpO2 PR",
        "SpO2 Pulse",
        "SpO2 Quality",
        "SpO2Thresh",
        "SpO2 Pleth",
        "Desaturation",
        "EtCO2 Sat",
        "SpO2 setpoint",
        "SpO2 raw",
        "SpO2 IR",
        "dSpO2",
        "SpO2 Batt",
        "SpO2HR",
    ] {
        assert_eq!(file(vec![spo2(label)]).refused().code(), "no-oximetry", "{label}");
        assert_eq!(file(vec![spo2(label).stores(62), spo2("SpO2")]).read().spo2, SPO2, "{label}");
    }
    let beats = Signal { unit: "bpm", ..spo2("SpO2") };
    assert_eq!(file(vec![beats]).refused().code(), "no-oximetry");
}

#[test]
fn a_signal_with_readings_comes_before_one_without() {
    for empty in [spo2("SpO2").stores(0), spo2("SaO2").stores(127).ranges(["0", "127", "0", "127"])] {
        let read = file(vec![empty, spo2("SpO2 Nonin"), pulse("Pulse").stores(0), pulse("HR")]).read();
        assert_eq!((read.spo2, read.pulse), (SPO2, PULSE));
        assert_eq!(read.labels(), labels("SpO2 Nonin", Some("HR")));
    }
    let silent = file(vec![spo2("SpO2").stores(0)]).read();
    assert_eq!((silent.spo2, silent.labels()), (None, labels("SpO2", None)));
}

#[test]
fn the_pulse_of_the_oximeter_comes_before_a_heart_rate_and_one_of_the_electrocardiogram_last() {
    for (first, second, read_from) in [
        ("Heart Rate", "Pulse", "Pulse"),
        ("ECG HR", "HR", "HR"),
        ("ECG HR", "PR", "PR"),
        ("HR", "SpO2 PR", "SpO2 PR"),
    ] {
        let signals = vec![pulse(first).stores(110), spo2("SpO2"), pulse(second)];
        let read = file(signals).read();
        assert_eq!(
            (read.pulse, read.labels()),
            (PULSE, labels("SpO2", Some(read_from))),
            "{first}, {second}"
        );
    }
    for other in ["FC", "HF", "BPM", "Pulsfrequenz", "PulseRate.1s", "Nonin HR", "Hartslag"] {
        let read = file(vec![spo2("SpO2"), pulse(other)]).read();
        assert_eq!((read.pulse, read.labels()), (PULSE, labels("SpO2", Some(other))));
    }
    let oximeter = Signal { unit: "", ..pulse("Pulse Ox") };
    assert_eq!(file(vec![spo2("SpO2"), oximeter]).read().pulse, None, "it may be either reading");
    let companions = file(vec![spo2("SpO2"), pulse("Pulse Ampl"), pulse("Pulse Wave")]).read();
    assert_eq!(companions.pulse, None);
}

#[test]
fn a_summary_of_a_night_is_no_night() {
    for (duration, label) in [("86400", "SpO2"), ("86400", "SpO2.50"), ("3600", "SpO2"), ("61", "SpO2")] {
        let one_a_record = Signal { stored: vec![95; MINUTES], ..spo2(label) };
        let file = File { duration, ..file(vec![one_a_record]) };
        assert_eq!(file.refused().code(), "no-oximetry", "{label} every {duration} s");
    }
    let several_a_day = Signal { stored: vec![95; 10 * MINUTES], ..spo2("SpO2") };
    assert_eq!(File { duration: "86400", ..file(vec![several_a_day]) }.refused().code(), "no-oximetry");
    let a_minute = Signal { stored: vec![95; MINUTES], ..spo2("SpO2") };
    assert_eq!(file(vec![a_minute]).read().seconds, 300);
}

#[test]
fn values_of_one_byte_are_read_by_their_width() {
    let narrow = |signal: Signal| Signal { reserved: "#1", ..signal };
    let wide = |signal: Signal| Signal { reserved: "#2", ..signal };
    let flow = || Signal { label: "RespFlow", unit: "l/min", ..spo2("") };
    let beats = || pulse("HeartFrequency").ranges(["0", "255", "0", "255"]);
    for signals in [
        vec![narrow(flow()), wide(flow()), narrow(spo2("SpO2")), narrow(beats())],
        vec![narrow(spo2("SpO2")), flow(), beats()],
        vec![wide(spo2("SpO2")), wide(beats())],
    ] {
        let read = file(signals).read();
        assert_eq!((read.spo2, read.pulse, read.seconds), (SPO2, PULSE, 300));
        assert_eq!(read.notices.unread_bytes, 0);
    }
    let error = file(vec![Signal { reserved: "#3", ..spo2("SpO2") }]).refused();
    assert_eq!((error.code(), error.field()), ("bad-field", Some("bytes of a value")));
    assert_eq!(file(vec![Signal { reserved: "# not a width", ..spo2("SpO2") }]).read().spo2, SPO2);
}

#[test]
fn a_count_that_was_never_brought_up_to_date_cuts_nothing_off() {
    for records in ["1", "4"] {
        let stale = File { records, ..file(vec![spo2("SpO2"), pulse("Pulse")]) };
        let read = stale.read();
        assert_eq!((read.spo2, read.seconds, read.notices.not_finalised), (SPO2, 300, true), "{records}");
        assert_eq!((read.notices.unread_bytes, read.notices.truncated_bytes), (0, 0));
    }
}

#[test]
fn what_lies_after_the_declared_records_is_told() {
    let stale = File { records: "1", ..file(vec![spo2("SpO2"), pulse("Pulse")]) }.bytes();
    let cut = Recording::parse(&stale[..stale.len() - 7]).unwrap();
    assert_eq!((cut.span().as_secs(), cut.notices().truncated_bytes), (240, 7));
    let whole = file(vec![spo2("SpO2"), pulse("Pulse")]).bytes();
    let longer = [&whole[..], &[1, 2, 3]].concat();
    let longer = Recording::parse(&longer).unwrap();
    assert_eq!((longer.span().as_secs(), longer.notices().unread_bytes), (300, 3));
    let padded = [&whole[..], &[0; 500]].concat();
    let padded = Recording::parse(&padded).unwrap();
    let told = padded.notices();
    assert_eq!((padded.span().as_secs(), told.unread_bytes, told.not_finalised), (300, 500, false));
}

#[test]
fn a_decimal_comma_is_a_decimal_point() {
    let signals = vec![
        spo2("SpO2").ranges(["0,0", "100,0", "0", "100"]),
        pulse("Pulse").ranges(["0", "300,00", "0", "300"]),
    ];
    let read = File { duration: "60,0", ..file(signals) }.read();
    assert_eq!((read.spo2, read.pulse, read.seconds), (SPO2, PULSE, 300));
}

#[test]
fn a_range_from_its_highest_value_down_is_read() {
    let turned = |signal: Signal, ranges, most: i16| {
        let stored = signal.stored.iter().map(|value| most - value).collect();
        Signal { ranges, stored, ..signal }
    };
    for saturation in [
        turned(spo2("SpO2"), ["100", "0", "0", "100"], 100),
        turned(spo2("SpO2"), ["0", "100", "100", "0"], 100),
        spo2("SpO2").ranges(["100", "0", "100", "0"]),
    ] {
        let read = file(vec![saturation, turned(pulse("Pulse"), ["300", "0", "0", "300"], 300)]).read();
        assert_eq!((read.spo2, read.pulse), (SPO2, PULSE));
    }
}

#[test]
fn a_side_signal_that_cannot_be_true_is_left_out_with_a_notice() {
    for ranges in
        [["0", "300", "0", "0"], ["0", "x", "0", "300"], ["", "", "0", "300"], ["0", "300", "0", ""]]
    {
        let read = file(vec![spo2("SpO2"), pulse("Pulse").ranges(ranges)]).read();
        assert_eq!((read.spo2, read.pulse, read.notices.signals_left_out), (SPO2, None, 1), "{ranges:?}");
        let read = file(vec![pulse("Pulse").ranges(ranges), spo2("SpO2"), pulse("PR")]).read();
        assert_eq!((read.pulse, read.notices.signals_left_out), (PULSE, 1), "{ranges:?}");
    }
    let flat = spo2("SpO2").ranges(["0", "100", "100", "100"]);
    let read = file(vec![flat.clone(), spo2("SaO2")]).read();
    assert_eq!((read.spo2, read.labels(), read.notices.signals_left_out), (SPO2, labels("SaO2", None), 1));
    assert_eq!(file(vec![flat]).refused().code(), "bad-field");
}

#[test]
fn start_fields_are_read_as_programs_write_them() {
    for (date, clock, start, rule) in [
        ("13.11.25", "21.58.20", "2025-11-13T21:58:20", None),
        ("3.1.25", "9.8.7", "2025-01-03T09:08:07", None),
        ("13/11/25", "21:58:20", "2025-11-13T21:58:20", Some(DateOrderRule::ComponentAbove12)),
        ("13-11-25", "21-58-20", "2025-11-13T21:58:20", Some(DateOrderRule::ComponentAbove12)),
        ("11/13/25", "21:58:20", "2025-11-13T21:58:20", Some(DateOrderRule::ComponentAbove12)),
        ("3/11/25", "21:58:20", "2025-11-03T21:58:20", Some(DateOrderRule::AssumedDayFirst)),
        (" 3. 1.25", " 9. 8. 7", "2025-01-03T09:08:07", None),
    ] {
        let read = File { date, clock, ..file(vec![spo2("SpO2")]) }.read();
        assert_eq!((read.start.as_str(), read.notices.date_order_rule), (start, rule), "{date:?} {clock:?}");
        assert_eq!((read.spo2, read.notices.start_doubtful), (SPO2, false));
    }
}

#[test]
fn a_start_that_is_not_told_is_not_known() {
    for (date, clock) in [
        ("", ""),
        ("13.11.25", ""),
        ("", "21.58.20"),
        ("31.02.25", "21.58.20"),
        ("XX.XX.XX", "XX.XX.XX"),
        ("1.1.1", "25.0.0"),
    ] {
        let read = File { date, clock, ..file(vec![spo2("SpO2")]) }.read();
        let told = (read.start.as_str(), read.notices.start_source);
        assert_eq!(told, ("1970-01-01T00:00:00", StartSource::Unknown), "{date:?} {clock:?}");
        assert_eq!(read.spo2, SPO2);
    }
}

#[test]
fn the_day_of_the_recording_field_stands_in_for_one_that_is_not_told() {
    for date in ["", "13.11.yy", "XX.XX.XX", "11/13/25", "11.13.25", "31.02.25"] {
        let read = File { recording: "Startdate 13-NOV-2025 X X X", date, ..file(vec![spo2("SpO2")]) }.read();
        assert_eq!(read.start, "2025-11-13T21:58:20", "{date:?}");
        assert!(!read.notices.start_doubtful && read.notices.date_order_rule.is_none());
    }
}

#[test]
fn two_fields_that_tell_different_days_are_doubted_and_the_usual_one_is_taken() {
    for (date, start) in [("01.01.85", "1985-01-01T21:58:20"), ("12.11.25", "2025-11-12T21:58:20")] {
        let read = File { recording: "Startdate 13-NOV-2025 X X X", date, ..file(vec![spo2("SpO2")]) }.read();
        assert_eq!((read.start.as_str(), read.notices.start_doubtful), (start, true));
    }
    let anonymous = File { recording: "Startdate X X X X", date: "01.01.85", ..file(vec![spo2("SpO2")]) };
    assert!(!anonymous.read().notices.start_doubtful);
}
