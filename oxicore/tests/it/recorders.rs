//! Files of other makers' recorders, built here from their byte tables (docs/FORMATS.md).

use oxicore::{ParseError, ParseOptions, Recording, format::Format, notices::StartSource};

/// Seconds, SpO2, pulse.
type Row = (u32, Option<u8>, Option<u16>);

fn rows(recording: Recording<'_>) -> Vec<Row> {
    let row = |s: oxicore::Sample| (s.at.as_secs(), s.spo2.map(|v| v.as_pct()), s.pulse.map(|v| v.as_bpm()));
    recording.samples().map(row).collect()
}

fn named<'a>(bytes: &'a [u8], name: &str) -> Recording<'a> {
    Recording::parse_with(bytes, &ParseOptions::default().with_file_name(name)).unwrap()
}

const NIGHT: [Row; 4] =
    [(0, Some(96), Some(58)), (1, Some(95), Some(127)), (2, None, Some(61)), (3, None, None)];

mod contec {
    use super::*;

    fn spo2_file(date: [u32; 6], long: bool) -> Vec<u8> {
        let mut file = vec![0; 30 + 200];
        (file[0], file[30]) = (30, 1);
        date.iter().chain([&4]).for_each(|n| file.extend(n.to_le_bytes()));
        for record in [[96, 58], [95, 127], [0x7f, 61], [0x7f, 0xff]] {
            file.extend(if long { &[7, 9][..] } else { &[] });
            file.extend(record);
        }
        file
    }

    fn spor_file(date: &str) -> Vec<u8> {
        let mut file = vec![60, 0, 2, 0, 4, 0, 0, 0];
        file.extend(date.encode_utf16().flat_map(u16::to_le_bytes));
        file.resize(60, 0);
        file.extend([58, 96, 127, 95, 61, 0xff, 0x7f, 0xff]);
        file
    }

    #[test]
    fn both_lengths_of_spo2_records_are_told_by_count_and_length() {
        for long in [false, true] {
            let file = spo2_file([2026, 1, 2, 23, 59, 30], long);
            let recording = Recording::parse(&file).unwrap();
            assert_eq!((recording.format(), rows(recording)), (Format::Contec, NIGHT.to_vec()));
            assert_eq!(recording.start().to_string(), "2026-01-02T23:59:30");
            assert_eq!(recording.notices().start_source, StartSource::Recorded);
        }
    }

    #[test]
    fn a_cut_spo2_file_is_refused_because_its_records_could_be_of_either_length() {
        let file = spo2_file([2026, 1, 2, 23, 59, 30], true);
        for cut in (1..=15).filter(|&cut| cut != 8) {
            // cut to the half it is a whole file of the shorter records
            let error = Recording::parse(&file[..file.len() - cut]).unwrap_err();
            assert_eq!((error.code(), error.field()), ("bad-field", Some("record count")), "{cut}");
        }
    }

    #[test]
    fn a_spo2_file_that_counts_no_records_has_no_samples() {
        let mut file = spo2_file([2026, 1, 2, 23, 59, 30], false);
        file.truncate(30 + 200 + 28);
        file[254..].fill(0);
        let error = Recording::parse(&file).unwrap_err();
        assert_eq!((error.code(), error.offset()), ("no-samples", 254));
    }

    #[test]
    fn a_spo2_file_without_a_date_needs_its_extension() {
        let file = spo2_file([0; 6], false);
        assert_eq!(Recording::parse(&file).unwrap_err().code(), "unknown-format");
        let recording = named(&file, "20260102235930.SPO2");
        assert_eq!(
            (rows(recording), recording.start().to_string()),
            (NIGHT.to_vec(), "2026-01-02T23:59:30".into())
        );
    }

    #[test]
    fn a_spor_file_has_pulse_before_spo2_and_its_date_in_text() {
        let file = spor_file("01/02/26 23:59:30");
        let recording = Recording::parse(&file).unwrap();
        assert_eq!((recording.format(), rows(recording)), (Format::Contec, NIGHT.to_vec()));
        assert_eq!(recording.start().to_string(), "2026-01-02T23:59:30");
    }

    #[test]
    fn a_spor_file_without_a_date_needs_its_extension() {
        let file = spor_file("");
        assert_eq!(Recording::parse(&file).unwrap_err().code(), "unknown-format");
        for name in ["night.spoR", "night.SPO"] {
            let recording = named(&file, name);
            assert_eq!(
                (rows(recording), recording.notices().start_source),
                (NIGHT.to_vec(), StartSource::Unknown)
            );
        }
    }
}

mod choicemmed {
    use super::*;

    fn file(records: &[([u8; 6], u8, u8)]) -> Vec<u8> {
        let mut file = vec![1];
        file.extend((records.len() as u16).to_le_bytes());
        for &([y, mo, d, h, mi, s], spo2, pulse) in records {
            file.extend([0, 0, 1, y, mo, d, h, mi, s, spo2, pulse]);
        }
        file
    }

    fn night() -> Vec<u8> {
        let at = |second| [26, 1, 2, 23, 59, second];
        file(&[(at(30), 96, 58), (at(31), 95, 127), (at(32), 0, 61), (at(33), 0, 0)])
    }

    #[test]
    fn every_record_stands_at_its_own_time() {
        let recording_file = night();
        let recording = Recording::parse(&recording_file).unwrap();
        assert_eq!((recording.format(), rows(recording)), (Format::ChoiceMmed, NIGHT.to_vec()));
        assert_eq!(recording.start().to_string(), "2026-01-02T23:59:30");
    }

    #[test]
    fn a_pause_is_a_gap_and_the_report_behind_the_records_is_no_record() {
        let mut with_pause = file(&[
            ([26, 1, 2, 23, 59, 58], 96, 58),
            ([26, 1, 2, 23, 59, 59], 96, 58),
            ([26, 1, 3, 0, 9, 59], 95, 58),
        ]);
        with_pause.extend(b"Report of the night, a text of some length");
        let recording = Recording::parse(&with_pause).unwrap();
        assert_eq!(rows(recording).iter().map(|r| r.0).collect::<Vec<_>>(), [0, 1, 601]);
        assert_eq!((recording.interval().as_secs(), recording.notices().truncated_bytes), (1, 0));
    }

    #[test]
    fn a_cut_file_keeps_its_whole_records_and_says_what_is_missing() {
        let whole = night();
        for cut in 1..=33 {
            let recording = Recording::parse(&whole[..whole.len() - cut]).unwrap();
            assert_eq!(rows(recording), &NIGHT[..4 - cut.div_ceil(11)], "{cut}");
            assert_eq!(recording.notices().truncated_bytes as usize, cut, "{cut}");
        }
    }

    #[test]
    fn a_record_with_an_impossible_time_names_its_byte() {
        let mut records = vec![([26, 1, 2, 23, 59, 30], 96, 58); 20];
        records[17].0[1] = 13;
        let error = Recording::parse(&file(&records)).unwrap_err();
        assert_eq!(
            (error.code(), error.field(), error.offset()),
            ("bad-field", Some("time"), 3 + 17 * 11 + 3)
        );
    }

    /// A record a second, with a count that may be too small.
    fn long_night(records: u32, count: u16) -> Vec<u8> {
        let record = |second: u32| {
            let (day, clock) = (1 + second / 86_400, second % 86_400);
            let [hour, minute, second] = [clock / 3_600, clock / 60 % 60, clock % 60];
            ([26, 1, day as u8, hour as u8, minute as u8, second as u8], 96, 58)
        };
        let mut file = file(&(0..records).map(record).collect::<Vec<_>>());
        file[1..3].copy_from_slice(&count.to_le_bytes());
        file
    }

    #[test]
    fn a_count_of_sixteen_bits_does_not_end_a_longer_night() {
        let file = long_night(70_000, (70_000_u32 % 65_536) as u16);
        let recording = Recording::parse(&file).unwrap();
        assert_eq!((recording.len(), recording.notices().not_finalised), (70_000, false));
    }

    #[test]
    fn records_after_a_count_that_was_not_brought_up_to_date_are_read_and_the_report_is_not() {
        let mut file = long_night(300, 1);
        file.extend([0, 0, 1, 26, 1, 2, 9, 9, 9, 96, 58, 7, 7, 7]);
        let recording = Recording::parse(&file).unwrap();
        assert_eq!((recording.len(), recording.notices().not_finalised), (300, true));
        assert_eq!(recording.notices().unread_bytes, 11);
    }

    #[test]
    fn records_behind_a_pause_and_the_count_are_not_read_and_their_bytes_are_told() {
        let at = |minute| [26, 1, 2, 23, minute, 0];
        let mut file = file(&[(at(30), 96, 58), (at(31), 95, 57), (at(41), 94, 59), (at(42), 93, 60)]);
        file[1] = 2;
        file.extend(b"REPORT of the night");
        let recording = Recording::parse(&file).unwrap();
        assert_eq!((recording.len(), recording.notices().unread_bytes), (2, 22));
    }
}

mod edf {
    use super::*;

    /// A signal: label, physical and digital range, values of a data record.
    struct Signal {
        label: &'static str,
        physical: [&'static str; 2],
        digital: [&'static str; 2],
        values: usize,
    }

    const fn percent(label: &'static str, values: usize) -> Signal {
        Signal { label, physical: ["-1", "100"], digital: ["-1", "100"], values }
    }

    const fn beats(label: &'static str, values: usize) -> Signal {
        Signal { label, physical: ["0", "300"], digital: ["0", "3000"], values }
    }

    const fn other(label: &'static str, values: usize) -> Signal {
        Signal { label, physical: ["-1.5", "1.5"], digital: ["-32768", "32767"], values }
    }

    struct File {
        kind: &'static str,
        records: &'static str,
        duration: &'static str,
        signals: Vec<Signal>,
    }

    fn column(text: &str, width: usize) -> Vec<u8> {
        format!("{text:width$}").into_bytes()
    }

    impl File {
        /// The header, and the data records as given: values for each signal.
        fn bytes(&self, data: &[Vec<Vec<u8>>]) -> Vec<u8> {
            let n = self.signals.len();
            let fixed = [
                ("0", 8),
                ("X X X X", 80),
                ("Startdate 02-JAN-2026 X X X", 80),
                ("02.01.26", 8),
                ("23.59.30", 8),
                (&(256 * (n + 1)).to_string(), 8),
                (self.kind, 44),
                (self.records, 8),
                (self.duration, 8),
                (&n.to_string(), 4),
            ];
            let mut file: Vec<u8> = fixed.iter().flat_map(|(text, width)| column(text, *width)).collect();
            let mut property = |width, text: &dyn Fn(&Signal) -> String| {
                self.signals.iter().for_each(|s| file.extend(column(&text(s), width)));
            };
            property(16, &|s| s.label.into());
            property(80, &|_| String::new());
            property(8, &|_| String::new());
            property(8, &|s| s.physical[0].into());
            property(8, &|s| s.physical[1].into());
            property(8, &|s| s.digital[0].into());
            property(8, &|s| s.digital[1].into());
            property(80, &|_| String::new());
            property(8, &|s| s.values.to_string());
            property(32, &|_| String::new());
            data.iter().flatten().for_each(|values| file.extend(values));
            file
        }
    }

    fn values(values: &[i16]) -> Vec<u8> {
        values.iter().flat_map(|v| v.to_le_bytes()).collect()
    }

    fn refused(file: &[u8]) -> ParseError {
        Recording::parse(file).unwrap_err()
    }

    #[test]
    fn one_second_records_with_other_signals_before_and_between_are_read() {
        let signals =
            vec![other("Flow", 3), percent("SpO2.1s", 1), other("SpO2 status", 1), beats("Pulse.1s", 1)];
        let file = File { kind: "", records: "4", duration: "1", signals };
        let noise = || values(&[97, 97, 97]);
        let record = |spo2, pulse| vec![noise(), values(&[spo2]), values(&[96]), values(&[pulse])];
        let file = file.bytes(&[record(96, 580), record(95, 1_270), record(-1, 614), record(-1, 0)]);
        let recording = Recording::parse(&file).unwrap();
        assert_eq!((recording.format(), rows(recording)), (Format::Edf, NIGHT.to_vec()));
        assert_eq!(recording.start().to_string(), "2026-01-02T23:59:30");
        assert_eq!(recording.interval().as_secs(), 1);
    }

    #[test]
    fn long_records_hold_many_seconds() {
        let signals = vec![percent("SaO2", 2), beats("H.R.", 2)];
        let file = File { kind: "", records: "2", duration: "2", signals };
        let data =
            [vec![values(&[96, 95]), values(&[580, 1_270])], vec![values(&[-1, -1]), values(&[610, 0])]];
        assert_eq!(rows(Recording::parse(&file.bytes(&data)).unwrap()), NIGHT);
    }

    #[test]
    fn records_that_are_no_whole_seconds_give_what_holds_at_each_whole_second() {
        for (duration, per_record) in [("2.5", 10), ("1.5", 6)] {
            let signals = vec![percent("SpO2", per_record)];
            let file = File { kind: "", records: "4", duration, signals };
            let levels: Vec<i16> = (50..50 + 4 * per_record as i16).collect();
            let data: Vec<_> = levels.chunks(per_record).map(|record| vec![values(record)]).collect();
            let file = file.bytes(&data);
            let seconds = 0..per_record as u32;
            let expected: Vec<Row> = seconds.map(|at| (at, Some(50 + 4 * at as u8), None)).collect();
            assert_eq!(rows(Recording::parse(&file).unwrap()), expected, "{duration}");
        }
    }

    #[test]
    fn slow_signals_keep_their_own_interval() {
        let signals = vec![percent("SpO2", 5), beats("HR", 20)];
        let file = File { kind: "EDF+C", records: "1", duration: "20.0", signals };
        let pulses: Vec<i16> = (0..20).map(|i| 600 + 10 * i).collect();
        let file = file.bytes(&[vec![values(&[96, 95, 94, 93, 92]), values(&pulses)]]);
        let recording = Recording::parse(&file).unwrap();
        let expected: Vec<Row> =
            (0..5).map(|i| (4 * i, Some(96 - i as u8), Some(60 + 4 * i as u16))).collect();
        assert_eq!((recording.interval().as_secs(), rows(recording)), (4, expected));
    }

    #[test]
    fn fast_signals_give_a_sample_for_every_whole_second_and_count_the_rest() {
        let signals = vec![percent("SaO2", 200), beats("PR", 1)];
        let file = File { kind: "", records: "3", duration: "1", signals };
        let second = |level: i16| {
            let ramp: Vec<i16> = (0..200).map(|i| level + i / 100).collect();
            vec![values(&ramp), values(&[600])]
        };
        let file = file.bytes(&[second(90), second(91), second(92)]);
        let recording = Recording::parse(&file).unwrap();
        assert_eq!(
            rows(recording),
            [(0, Some(90), Some(60)), (1, Some(91), Some(60)), (2, Some(92), Some(60))]
        );
        assert_eq!(recording.notices().readings_skipped, 597);
    }

    fn discontinuous(onsets: &[&str]) -> Vec<u8> {
        let annotations = Signal {
            label: "EDF Annotations",
            physical: ["-1", "1"],
            digital: ["-32768", "32767"],
            values: 8,
        };
        let signals = vec![percent("SpO2", 2), annotations];
        let file = File { kind: "EDF+D", records: "-1", duration: "2", signals };
        let data: Vec<_> = onsets
            .iter()
            .map(|onset| {
                let mut list = onset.as_bytes().to_vec();
                list.extend([0x14, 0x14, 0]);
                list.resize(16, 0);
                vec![values(&[96, 95]), list]
            })
            .collect();
        file.bytes(&data)
    }

    #[test]
    fn a_discontinuous_file_keeps_its_gaps() {
        let file = discontinuous(&["+10.25", "+12.25", "+600.25"]);
        let recording = Recording::parse(&file).unwrap();
        assert_eq!(rows(recording).iter().map(|r| r.0).collect::<Vec<_>>(), [0, 1, 2, 3, 590, 591]);
        assert_eq!((recording.notices().not_finalised, recording.span().as_secs()), (true, 592));
    }

    #[test]
    fn records_out_of_order_never_turn_time_back() {
        let file = discontinuous(&["+0", "+1", "+600", "+2"]);
        let recording = Recording::parse(&file).unwrap();
        assert_eq!(rows(recording).iter().map(|r| r.0).collect::<Vec<_>>(), [0, 1, 2, 600, 601]);
        assert_eq!(recording.notices().readings_skipped, 3);
    }

    #[test]
    fn a_cut_file_keeps_its_whole_records_and_says_what_is_missing() {
        let file =
            File { kind: "", records: "3", duration: "1", signals: vec![percent("SpO2", 1), beats("PR", 1)] };
        let record = || vec![values(&[96]), values(&[600])];
        let whole = file.bytes(&[record(), record(), record()]);
        for cut in 1..=8 {
            let recording = Recording::parse(&whole[..whole.len() - cut]).unwrap();
            assert_eq!(
                (recording.len(), recording.notices().truncated_bytes as usize),
                (3 - cut.div_ceil(4), cut)
            );
        }
        assert_eq!(refused(&whole[..whole.len() - 12]).code(), "no-samples");
        assert_eq!(refused(&whole[..700]).code(), "truncated");
    }

    #[test]
    fn a_study_without_spo2_says_so() {
        let file = File { kind: "", records: "1", duration: "1", signals: vec![beats("HR", 1)] };
        let error = refused(&file.bytes(&[vec![values(&[600])]]));
        assert_eq!(
            (error.code(), error.to_string()),
            ("no-oximetry", "no SpO2 among `HR` at byte 256: expected for example `SpO2`".into())
        );
    }

    #[test]
    fn what_cannot_be_percent_or_time_is_refused_by_name() {
        let one = |signal: Signal, duration| File { kind: "", records: "1", duration, signals: vec![signal] };
        let fraction = Signal { physical: ["0", "1"], ..percent("SpO2", 3) };
        let empty = Signal { digital: ["7", "7"], ..percent("SpO2", 3) };
        for (file, field) in [
            (one(fraction, "3"), "physical maximum"),
            (one(empty, "3"), "digital maximum"),
            (one(percent("SpO2", 3), "10"), "sampling rate"),
            (one(percent("SpO2", 3), "0"), "record duration"),
            (one(percent("SpO2", 3), "x"), "record duration"),
        ] {
            let error = refused(&file.bytes(&[vec![values(&[96, 96, 96])]]));
            assert_eq!((error.code(), error.field()), ("bad-field", Some(field)));
        }
    }
}
