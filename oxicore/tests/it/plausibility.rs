//! What does not fit is told, and read as the file says.

use oxicore::{ParseOptions, Recording, testing};
use serde_json::Value;

use crate::{nights, signals, vectors};

fn constant(spo2: u8, records: u32) -> Vec<u8> {
    testing::csv_file((0..records).map(|at| (at, Some(spo2), Some(60), Some(0))))
}

#[test]
fn a_saturation_that_is_mostly_below_75_moves_like_a_pulse() {
    for (spo2, records, expected) in [(62, 600, true), (74, 60, true), (74, 59, false), (75, 600, false)] {
        let file = constant(spo2, records);
        let night = Recording::parse(&file).unwrap();
        assert_eq!(night.notices().spo2_like_pulse, expected, "{spo2} % {records} times");
        assert!(night.samples().all(|sample| sample.spo2.is_some_and(|v| v.as_pct() == spo2)));
    }
}

/// A head of a ring with a length, and so many bytes after its first 13.
fn ring_with(body: usize, declared: usize) -> Vec<u8> {
    let mut file = vec![3, 0, 0xea, 0x07, 1, 2, 23, 59, 30];
    file.extend((declared as u32).to_le_bytes());
    file.resize(13 + body, 60);
    file
}

#[test]
fn a_head_of_a_ring_before_records_of_four_bytes_is_doubted() {
    for (body, is_doubtful) in [(4 * 300, true), (4 * 301 + 67, true), (27 + 5 * 300, false)] {
        let file = ring_with(body, 13 + body);
        assert_eq!(Recording::parse(&file).unwrap().notices().record_size_doubtful, is_doubtful, "{body}");
        let cut = ring_with(body, 100_000);
        assert!(!Recording::parse(&cut).unwrap().notices().record_size_doubtful, "{body}");
    }
}

#[test]
fn nothing_is_doubted_of_real_nights_vectors_and_designed_signals() {
    let of_vectors = vectors::vectors().iter().map(vectors::file).collect::<Vec<_>>();
    let of_signals =
        signals::ids().iter().map(|(id, _): &(String, Value)| signals::file(id)).collect::<Vec<_>>();
    let of_nights = nights::nights().into_iter().map(|(_, file)| file);
    for file in of_vectors.into_iter().chain(of_signals).chain(of_nights) {
        let told = Recording::parse_with(&file, &ParseOptions::default()).unwrap().notices();
        assert!(!told.spo2_like_pulse && !told.record_size_doubtful && !told.start_doubtful);
        assert!(!told.clock_doubtful);
    }
}
