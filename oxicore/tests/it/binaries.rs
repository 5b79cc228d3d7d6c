//! What the binaries of the devices do beyond the plain file: unfinished, cut, merged, renamed, very long.

use oxicore::testing::assert_many_at_once_equal_one_by_one;
use oxicore::{ParseOptions, Recording, Span, format::Format, notices::StartSource};
use proptest::prelude::*;

use crate::fixtures::fixture;

fn named<'a>(bytes: &'a [u8], name: &str) -> Recording<'a> {
    Recording::parse_with(bytes, &ParseOptions::default().with_file_name(name)).unwrap()
}

fn sums(recording: Recording<'_>) -> (usize, u32, u32) {
    let spo2 = recording.samples().filter_map(|s| s.spo2).map(|v| u32::from(v.as_pct())).sum();
    let pulse = recording.samples().filter_map(|s| s.pulse).map(|v| u32::from(v.as_bpm())).sum();
    (recording.len(), spo2, pulse)
}

/// `records` three-byte records of 96 %, 60 bpm, motion 1, with header.
fn oxyii_body(records: usize) -> Vec<u8> {
    let mut file = vec![1, 3, 0, 0, 0, 0, 0, 0, 4, 0];
    file.extend([96, 60, 1].repeat(records));
    file
}

#[test]
fn an_unfinished_file_takes_its_start_from_its_name_or_says_that_it_knows_none() {
    let file = fixture("oxyii_1s_unfinalised_20260102235930.dat");
    let recording = Recording::parse(&file).unwrap();
    assert_eq!(recording.start().to_string(), "1970-01-01T00:00:00");
    assert_eq!(recording.notices().start_source, StartSource::Unknown);
    let recording = named(&file, "O2Ring S 2100_20260102235930");
    assert_eq!(recording.start().to_string(), "2026-01-02T23:59:30");
    assert_eq!(recording.notices().start_source, StartSource::FileName);
}

#[test]
fn a_caller_may_know_the_interval_that_a_file_does_not_tell() {
    let parse = |name: &str| {
        let file = fixture(name);
        let hint = Some(Span::from_secs(4));
        let mut options = ParseOptions::default().with_file_name(name);
        options.fallback_interval = hint;
        let recording = Recording::parse_with(&file, &options).unwrap();
        let last = recording.samples().last().unwrap().at.as_secs();
        (
            recording.interval().as_secs(),
            last,
            recording.span().as_secs(),
            recording.notices().interval_assumed,
        )
    };
    assert_eq!(parse("oxyii_1s_unfinalised_20260102235930.dat"), (4, 1_196, 1_200, true));
    assert_eq!(parse("legacy_v3_duration0_20260102235930"), (4, 1_196, 1_200, true));
    assert_eq!(parse("28/host/1767394770000.dat"), (4, 476, 480, true));
    assert_eq!(parse("oxyii_1s_20260102235930.dat"), (1, 299, 300, false));
    assert_eq!(parse("legacy_v5_2s_odd_20260102235930"), (2, 600, 602, false));
}

/// The 600 records of a night at 4 s of which each stands twice, cut to `records`; `damage` spoils one of a pair.
fn doubled(records: usize, damage: bool) -> Vec<u8> {
    let mut file = fixture("legacy_v3_2s_duplicated_20260102235930");
    file[40 + 5 * 101 + 1] ^= u8::from(damage);
    file.truncate(40 + 5 * records);
    file
}

#[test]
fn a_doubled_file_cut_anywhere_keeps_its_time_and_says_what_it_lost() {
    let distinct = doubled(600, false);
    let whole: Vec<_> = Recording::parse(&distinct).unwrap().samples().collect();
    for records in [20, 200, 299, 301, 302, 400, 500, 599, 600] {
        let file = doubled(records, false);
        let recording = Recording::parse(&file).unwrap();
        let kept = records.div_ceil(2);
        assert!(recording.samples().eq(whole[..kept].iter().copied()), "{records} records");
        let notices = recording.notices();
        let lost = (notices.truncated_bytes as usize, notices.duplicates_removed as usize);
        assert_eq!(lost, (5 * (600 - records), kept), "{records} records");
    }
}

#[test]
fn a_doubled_file_that_declares_what_it_stores_is_known_when_cut() {
    let mut file = doubled(200, false);
    file[9..13].copy_from_slice(&3_040_u32.to_le_bytes());
    let recording = Recording::parse(&file).unwrap();
    let notices = recording.notices();
    assert_eq!((recording.len(), recording.interval().as_secs()), (100, 4));
    assert_eq!((notices.truncated_bytes, notices.duplicates_removed), (2_000, 100));
}

#[test]
fn one_pair_that_differs_keeps_all_records_of_a_doubled_file_at_two_seconds() {
    for records in [600, 400, 200] {
        let file = doubled(records, true);
        let recording = Recording::parse(&file).unwrap();
        let notices = recording.notices();
        assert_eq!((recording.len(), recording.interval().as_secs()), (records, 2));
        assert_eq!(notices.truncated_bytes as usize, 5 * (600 - records));
        assert_eq!((notices.duplicates_removed, notices.interval_assumed), (0, false));
    }
}

#[test]
fn a_cut_night_that_did_not_change_is_not_taken_for_a_doubled_one() {
    let mut file = fixture("legacy_v3_2s_duplicated_20260102235930");
    let record = *file[40..].first_chunk::<5>().unwrap();
    file.truncate(40);
    file.extend([record; 200].as_flattened());
    let recording = Recording::parse(&file).unwrap();
    assert_eq!((recording.len(), recording.interval().as_secs()), (200, 4));
    assert_eq!(recording.notices().truncated_bytes, 500);
}

#[test]
fn a_file_cut_anywhere_in_its_trailer_keeps_every_record_and_gains_none() {
    let file = fixture("oxyii_1s_20260102235930.dat");
    let whole = sums(Recording::parse(&file).unwrap());
    for cut in 1..=45 {
        let recording = Recording::parse(&file[..file.len() - cut]).unwrap();
        assert_eq!(sums(recording), whole, "{cut} bytes cut");
        assert_eq!(recording.notices().truncated_bytes as usize, cut, "{cut} bytes cut");
    }
}

#[test]
fn bytes_after_the_trailer_are_not_records() {
    let mut file = fixture("oxyii_1s_20260102235930.dat");
    let whole = sums(Recording::parse(&file).unwrap());
    file.extend([0; 17]);
    assert_eq!(sums(Recording::parse(&file).unwrap()), whole);
}

#[test]
fn a_file_that_lost_records_before_its_trailer_says_how_many_bytes() {
    let mut file = fixture("oxyii_1s_20260102235930.dat");
    file.drain(40..70);
    let notices = Recording::parse(&file).unwrap().notices();
    assert_eq!((notices.truncated_bytes, notices.checksum_mismatch), (30, true));
}

#[test]
fn the_count_of_a_trailer_decides_where_its_record_length_says_otherwise() {
    let mut file = fixture("oxyii_1s_20260102235930.dat");
    let whole = sums(Recording::parse(&file).unwrap());
    let length_at = file.len() - 48 + 18;
    file[length_at] = 2;
    assert_eq!(sums(Recording::parse(&file).unwrap()), whole);
}

#[test]
fn a_merged_file_has_no_phantom_records_from_its_short_trailer() {
    for records in [300, 71_800] {
        let mut file = oxyii_body(records);
        file.extend((records as u16).to_le_bytes());
        file.extend([0, 0, 1, 1, 3]);
        file.resize(10 + 3 * records + 36, 0);
        let recording = named(&file, "O2Ring S_20260102235930.dat");
        assert_eq!((recording.len(), recording.interval().as_secs()), (records, 1));
        assert_eq!(recording.notices().start_source, StartSource::FileName);
        assert_eq!((recording.notices().not_finalised, recording.device_summary()), (false, None));
    }
}

#[test]
fn a_drop_out_in_the_night_does_not_end_the_recording() {
    let mut file = oxyii_body(100);
    file.extend([0xff, 0xff, 0].repeat(10));
    file.extend([95, 61, 0].repeat(100));
    let recording = Recording::parse(&file).unwrap();
    assert_eq!((recording.len(), recording.notices().countdown_records), (210, 0));
}

#[test]
fn another_kind_of_recording_of_the_same_ring_is_refused_by_its_file_type() {
    let mut file = fixture("oxyii_1s_20260102235930.dat");
    file[1] = 1;
    let error = Recording::parse(&file).unwrap_err();
    assert_eq!((error.code(), error.field(), error.offset()), ("bad-field", Some("file type"), 1));
}

#[test]
fn an_oxyii_header_alone_has_no_samples() {
    let error = Recording::parse(&oxyii_body(0)).unwrap_err();
    assert_eq!((error.code(), error.offset()), ("no-samples", 10));
}

#[test]
fn the_rings_own_figures_are_read_from_the_trailer() {
    let file = fixture("tiny_oxyii_5rec.dat");
    let device = Recording::parse(&file).unwrap().device_summary().unwrap();
    assert_eq!((device.drops3, device.drops4, device.dips_below_90), (5, 3, 4));
    assert_eq!((device.below_90_pct, device.below_90_s), (25, 1));
    assert_eq!(
        (
            device.mean_pct.unwrap().as_pct(),
            device.min_pct.unwrap().as_pct(),
            device.mean_bpm.unwrap().as_bpm()
        ),
        (93, 87, 60)
    );
    assert_eq!((device.score_tenths, device.duration_s), (None, None));
}

#[test]
fn alarms_and_motion_share_a_byte() {
    let file = fixture("tiny_oxyii_5rec.dat");
    let found: Vec<_> = Recording::parse(&file)
        .unwrap()
        .samples()
        .map(|s| (s.motion.unwrap().as_raw(), s.alarms.spo2, s.alarms.pulse))
        .collect();
    let (no, yes) = (false, true);
    assert_eq!(found, [(12, no, no), (33, no, no), (0, yes, no), (3, no, yes), (0, no, no)]);
}

#[test]
fn a_pod2_file_is_known_by_its_name_and_by_nothing_else() {
    let file = fixture("28/host/1767394770000.dat");
    assert_eq!(Recording::parse(&file).unwrap_err().code(), "unknown-format");
    for name in
        ["28/host/1767394770000.dat", "C:\\ViHealth\\28\\host\\1767394770000.dat", "1767394770000.dat"]
    {
        let recording = named(&file, name);
        assert_eq!(recording.format(), Format::Pod2, "{name}");
        assert_eq!(sums(recording), (120, 11_133, 7_378), "{name}");
        assert_eq!(recording.start().to_string(), "2026-01-02T22:59:30");
        assert_eq!(recording.notices().start_source, StartSource::FileNameUtc);
    }
    let other = Recording::parse_with(&file, &ParseOptions::default().with_file_name("night.dat"));
    assert_eq!(other.unwrap_err().code(), "unknown-format");
}

#[test]
fn bytes_that_do_not_look_like_pod2_need_more_than_thirteen_digits() {
    let file = vec![0xa5; 600];
    let parse = |name| {
        Recording::parse_with(&file, &ParseOptions::default().with_file_name(name)).map(|r| r.format())
    };
    assert_eq!(parse("1767394770000.dat").unwrap_err().code(), "unknown-format");
    assert_eq!(parse("/sdcard/28/host/1767394770000.dat"), Ok(Format::Pod2));
}

#[test]
fn a_pod2_file_cut_inside_a_record_keeps_the_whole_ones() {
    let file = fixture("28/host/1767394770000.dat");
    let recording = named(&file[..file.len() - 2], "28/host/1767394770000.dat");
    assert_eq!((recording.len(), recording.notices().truncated_bytes), (119, 2));
    let options = ParseOptions::default().with_file_name("28/host/1767394770000.dat");
    let error = Recording::parse_with(&file[..4], &options).unwrap_err();
    assert_eq!((error.code(), error.offset()), ("no-samples", 4));
}

#[test]
fn version_six_is_read_as_five() {
    let mut file = fixture("legacy_v5_2s_odd_20260102235930");
    let five = sums(Recording::parse(&file).unwrap());
    file[0] = 6;
    assert_eq!(sums(Recording::parse(&file).unwrap()), five);
}

#[test]
fn a_merged_night_longer_than_its_duration_field_keeps_its_interval_and_duration() {
    let header = fixture("legacy_v3_4s_20260102235930");
    for (records, interval) in [(16_384_u32, 4), (20_000, 4), (40_000, 2), (33_000, 4)] {
        let mut file = header[..40].to_vec();
        file.extend([96, 60, 0, 1, 0].repeat(records as usize));
        file[9..13].copy_from_slice(&(40 + 5 * records).to_le_bytes());
        file[13..15].copy_from_slice(&((records * interval + 4) as u16).to_le_bytes());
        let recording = Recording::parse(&file).unwrap();
        assert_eq!(recording.interval().as_secs(), interval, "{records}");
        let stored = recording.device_summary().unwrap().duration_s;
        assert_eq!(stored, Some(records * interval + 4), "{records}");
    }
}

/// A record as most are; of any values; off the finger; or of any bytes at all.
fn ring_record() -> impl Strategy<Value = [u8; 5]> {
    prop_oneof![
        400 => (85_u8..=100, 40_u8..=120, 0_u8..=20).prop_map(|(spo2, pulse, motion)| [spo2, pulse, 0, motion, 0]),
        20 => any::<(u8, u8, u8)>().prop_map(|(spo2, pulse, motion)| [spo2, pulse, 0, motion, 0]),
        1 => Just([255, 255, 255, 3, 0]),
        1 => any::<[u8; 5]>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn records_taken_many_at_once_are_what_they_are_one_by_one(
        records in prop::collection::vec(ring_record(), 1..700),
        off_finger in 0_usize..140,
        is_stored_twice in any::<bool>(),
    ) {
        let records = || records.iter().chain(core::iter::repeat_n(&[255; 5], off_finger)).copied();
        let copies = if is_stored_twice { 2 } else { 1 };
        let distinct = u32::try_from(records().count()).unwrap();
        let mut file = fixture("legacy_v3_4s_20260102235930")[..40].to_vec();
        file[9..13].copy_from_slice(&(40 + 5 * distinct).to_le_bytes());
        file[13..15].copy_from_slice(&((distinct * 4) as u16).to_le_bytes());
        file.extend(records().flat_map(|record| record.repeat(copies)));
        let night = Recording::parse(&file).unwrap();
        prop_assert_eq!(night.len(), records().count());
        assert_many_at_once_equal_one_by_one(&file, night);
    }
}
