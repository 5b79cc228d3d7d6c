//! What is written is read again, here and by an independent reader in the tests of the Python package.

use oxicore::export::Gaps;
use oxicore::testing::{csv_file, fuzz_roundtrip, night, night_every};
use oxicore::{AnalysisOptions, ParseOptions, Recording, Sample, export};

use crate::fixtures::{READABLE, fixture};

fn written_edf(recording: Recording<'_>) -> Vec<u8> {
    edf_with(recording, Gaps::Left)
}

fn edf_with(recording: Recording<'_>, gaps: Gaps) -> Vec<u8> {
    let events = recording.analyze(&AnalysisOptions::default()).desaturations3;
    let mut file = vec![];
    export::edf(recording, &events, gaps, &mut file).unwrap();
    file
}

/// What a header field says.
fn field(edf: &[u8], at: usize) -> usize {
    std::str::from_utf8(&edf[at..at + 8]).unwrap().trim().parse().unwrap()
}

fn samples(file: &[u8]) -> Vec<Sample> {
    Recording::parse(file).unwrap().samples().collect()
}

#[test]
fn every_fixture_survives_both_ways_there_and_back() {
    for expected in READABLE {
        let file = fixture(expected.name);
        let recording =
            Recording::parse_with(&file, &ParseOptions::default().with_file_name(expected.name)).unwrap();
        let mut text = vec![];
        export::csv(recording, &mut text).unwrap();
        for written in [text, written_edf(recording)] {
            let again = Recording::parse(&written).unwrap();
            assert_eq!(
                (again.start(), again.interval()),
                (recording.start(), recording.interval()),
                "{}",
                expected.name
            );
            assert!(again.samples().eq(recording.samples()), "{}", expected.name);
        }
    }
}

#[test]
fn nights_with_gaps_and_odd_lengths_survive_too() {
    for file in [
        night().flat(97, 100).gap(61).flat(90, 37).off_finger(10).flat(95, 1).file(),
        night_every(4).flat(97, 4).file(),
        night_every(2).flat(97, 14_418).file(),
        csv_file([
            (0, Some(96), None, None),
            (5, None, Some(61), Some(255)),
            (6, Some(1), Some(300), Some(0)),
        ]),
    ] {
        fuzz_roundtrip(&file);
        let edf = written_edf(Recording::parse(&file).unwrap());
        assert_eq!(samples(&edf), samples(&file));
    }
}

#[test]
fn a_gap_that_is_filled_reads_as_a_gap_and_the_file_is_continuous() {
    for (file, is_whole) in [
        (night().flat(97, 100).gap(61).flat(90, 37).off_finger(10).flat(95, 1).file(), true),
        (night_every(4).flat(97, 400).gap(3_600).flat(96, 44).file(), true),
        (night_every(4).flat(97, 4).file(), true),
        // A record between the moments of the interval: the readings of 4 s are repeated every 2 s.
        (csv_file([0_u8, 4, 8, 14, 18, 22].map(|at| (at.into(), Some(75 + at), Some(60), Some(0)))), false),
    ] {
        let edf = edf_with(Recording::parse(&file).unwrap(), Gaps::Filled);
        assert_eq!(&edf[192..197], b"EDF+C");
        let (ours, read) = (samples(&file), samples(&edf));
        if is_whole {
            assert_eq!(read, ours);
        } else {
            assert!(ours.iter().all(|sample| read.contains(sample)), "every time is right");
            assert_eq!(read.len(), 2 * ours.len());
        }
        let notices = Recording::parse(&edf).unwrap().notices();
        assert_eq!(notices.readings_skipped, 0, "what has no record has no reading to skip");
    }
}

/// One record a row, with room for an event in each, took three times the bytes of the text.
#[test]
fn data_records_last_a_minute_however_many_gaps_there_are() {
    let mut night = night_every(4).flat(97, 400);
    for stretch in [53, 97, 211, 307, 499] {
        night = night.gap(4 * stretch).flat(96, 4 * stretch);
    }
    let file = night.file();
    let edf = written_edf(Recording::parse(&file).unwrap());
    assert_eq!(samples(&edf), samples(&file));
    assert_eq!(&edf[192..197], b"EDF+D");
    assert!((30..=60).contains(&field(&edf, 244)));
    assert!(edf.len() < samples(&file).len() * 20, "{} bytes", edf.len());
}

/// Records as their onsets and labels say, by nothing but the standard: not by the reader of this crate.
#[test]
fn every_sample_stands_where_its_data_record_says() {
    let file = csv_file(
        [0, 4, 8, 12, 13, 17, 21, 300, 304, 1_000]
            .map(|at: u32| (at, Some(60 + (at % 40) as u8), None, Some((at % 250) as u8))),
    );
    let recording = Recording::parse(&file).unwrap();
    for gaps in [Gaps::Left, Gaps::Filled] {
        let edf = edf_with(recording, gaps);
        let (signals, per_record) = (5, field(&edf, 256 + 5 * 216));
        let annotations = 2 * field(&edf, 256 + 5 * 216 + 4 * 8);
        let (step, len) = (field(&edf, 244) / per_record, 8 * per_record + annotations);
        let mut found = vec![];
        for record in edf[256 + signals * 256..].chunks_exact(len) {
            let told = record[8 * per_record..].split(|&byte| byte == 0x14).next().unwrap();
            let onset: usize = std::str::from_utf8(&told[1..]).unwrap().parse().unwrap();
            let stored = |signal: usize, n: usize| {
                let at = 2 * (signal * per_record + n);
                i16::from_le_bytes([record[at], record[at + 1]])
            };
            let moments = (0..per_record).filter(|&n| stored(3, n) >= 0);
            found.extend(moments.map(|n| (onset + n * step, stored(0, n), stored(2, n))));
        }
        let ours = recording.samples().map(|s| {
            (
                s.at.as_secs() as usize,
                s.spo2.map_or(-1, |v| v.as_pct().into()),
                s.motion.map_or(-1, |v| v.as_raw().into()),
            )
        });
        let ours: Vec<_> = ours.collect();
        match gaps {
            Gaps::Left => assert_eq!(found, ours),
            Gaps::Filled => assert!(ours.iter().all(|sample| found.contains(sample))),
        }
    }
}

#[test]
fn a_night_without_gaps_is_continuous_and_one_with_gaps_says_so() {
    let kind = |file: &[u8]| written_edf(Recording::parse(file).unwrap())[192..197].to_vec();
    assert_eq!(kind(&night().flat(97, 60).file()), b"EDF+C");
    assert_eq!(kind(&night().flat(97, 60).gap(9).flat(97, 60).file()), b"EDF+D");
}

#[test]
fn every_desaturation_is_an_annotation() {
    let file = night().flat(97, 120).flat(90, 30).flat(97, 120).flat(92, 300).file();
    let edf = written_edf(Recording::parse(&file).unwrap());
    let has = |text: &str| edf.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(has("\x14Desaturation 97-90 %\x14"));
    assert!(has("\x14Desaturation 97-92 % sustained\x14"));
    let events = Recording::parse(&file).unwrap().analyze(&AnalysisOptions::default()).desaturations3;
    assert_eq!(events.len(), 2);
    for event in events {
        assert!(has(&format!("+{}\x15{}\x14", event.onset.as_secs(), event.duration().as_secs())));
    }
}

#[test]
fn nobody_is_named_in_what_is_written() {
    let file = night().flat(97, 60).file();
    let edf = written_edf(Recording::parse(&file).unwrap());
    assert_eq!(edf[8..88].trim_ascii(), b"X X X X");
    assert_eq!(edf[88..168].trim_ascii(), b"Startdate 02-JAN-2026 X X X");
}

#[test]
fn years_that_two_digits_cannot_tell_are_written_in_full() {
    for year in [1971, 2084, 2085, 2099] {
        let file = format!("22:00:00 Jan 02 {year},96,58,0\n22:00:04 Jan 02 {year},96,58,0\n");
        let edf = written_edf(Recording::parse(file.as_bytes()).unwrap());
        assert_eq!(Recording::parse(&edf).unwrap().start().date().0, year);
    }
}

#[test]
fn lent_memory_that_is_too_small_says_how_much_is_enough() {
    let file = night().flat(97, 60).file();
    let recording = Recording::parse(&file).unwrap();
    let mut memory = export::Memory::new(&mut []);
    export::csv(recording, &mut memory).unwrap();
    let needed = memory.finish().unwrap_err().needed;
    let mut lent = vec![0; needed];
    let mut memory = export::Memory::new(&mut lent);
    export::csv(recording, &mut memory).unwrap();
    assert_eq!(memory.finish().unwrap().len(), needed);
    assert_eq!(samples(&lent), samples(&file));
}

#[test]
fn a_record_after_the_calendar_cannot_be_written() {
    let file = b"23:59:58 Dec 31 2100,96,58,0\n23:59:59 Dec 31 2100,96,58,0\n23:59:59 Dec 31 2100,97,58,0\n";
    let error = export::csv(Recording::parse(file).unwrap(), &mut vec![]).unwrap_err();
    assert_eq!(error, export::ExportError::OutOfRange);
}
