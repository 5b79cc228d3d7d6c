//! What is written is read again, here and by an independent reader in the tests of the Python package.

use oxicore::testing::{csv_file, fuzz_roundtrip, night, night_every};
use oxicore::{AnalysisOptions, ParseOptions, Recording, Sample, analyze_vec, export};

use crate::fixtures::{READABLE, fixture};

fn written_edf(recording: Recording<'_>) -> Vec<u8> {
    let (_, events) = analyze_vec(recording, &AnalysisOptions::default());
    let mut file = vec![];
    export::edf(recording, &events, &mut file).unwrap();
    file
}

fn samples(file: &[u8]) -> Vec<Sample> {
    Recording::parse(file).unwrap().samples().collect()
}

#[test]
fn every_fixture_survives_both_ways_there_and_back() {
    for expected in READABLE {
        let file = fixture(expected.name);
        let recording = Recording::parse_with(
            &file,
            &ParseOptions { file_name: Some(expected.name), ..ParseOptions::default() },
        )
        .unwrap();
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
    let (_, events) = analyze_vec(Recording::parse(&file).unwrap(), &AnalysisOptions::default());
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
