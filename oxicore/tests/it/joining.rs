//! Two files of one night.

use oxicore::{Apart, Join, Recording, Sample, join};

use crate::fixtures::fixture;

/// Rows every 4 s from a second of the day on.
fn part(from: u32, levels: &[u8]) -> Vec<u8> {
    let row = |(i, level): (u32, &u8)| {
        let t = from + 4 * i;
        format!("{:02}:{:02}:{:02} Jan 02 2026,{level},60,1\n", t / 3_600, t / 60 % 60, t % 60)
    };
    (0..).zip(levels).map(row).collect::<String>().into_bytes()
}

fn of(file: &[u8]) -> Recording<'_> {
    Recording::parse(file).unwrap()
}

fn apart(a: &[u8], b: &[u8]) -> Option<Apart> {
    match join(of(a), of(b)) {
        Join::Apart(why) => Some(why),
        _ => None,
    }
}

#[test]
fn two_parts_become_one_night_in_whatever_order_they_come() {
    let (evening, later) = (part(3_600, &[96; 100]), part(4_300, &[93; 50]));
    for (a, b) in [(&evening, &later), (&later, &evening)] {
        let Join::Joined(night) = join(of(a), of(b)) else { panic!("one night") };
        let mut text = vec![];
        night.csv(&mut text).unwrap();
        let whole = of(&text);
        assert_eq!((whole.start(), whole.len(), whole.span()), (night.start(), 150, night.span()));
        assert!(whole.samples().eq(night.samples()));
        assert_eq!((night.pause().as_secs(), night.stopped_at_limit()), (300, false));
        let mut edf = vec![];
        night.edf(&[], &mut edf).unwrap();
        assert!(of(&edf).samples().eq(night.samples()));
    }
}

#[test]
fn a_night_that_stopped_at_ten_hours_goes_on_in_the_next_file() {
    let (first, second) = (part(0, &[96; 9_000]), part(36_004, &[95; 100]));
    let Join::Joined(night) = join(of(&first), of(&second)) else { panic!("one night") };
    assert!(night.stopped_at_limit());
    assert_eq!((night.len(), night.span().as_secs(), night.pause().as_secs()), (9_100, 36_404, 4));
}

#[test]
fn a_longer_pause_an_overlap_or_another_interval_keeps_them_apart() {
    let evening = part(3_600, &[96; 100]);
    assert_eq!(apart(&evening, &part(4_301, &[96; 9])), Some(Apart::TooFar));
    assert_eq!(apart(&evening, &part(3_999, &[96; 9])), Some(Apart::Overlap));
    let every_second = b"01:07:00 Jan 02 2026,96,60,1\n01:07:01 Jan 02 2026,96,60,1\n";
    assert_eq!(apart(&evening, every_second), Some(Apart::OtherKind));
}

#[test]
fn a_file_fetched_too_early_gives_way_to_the_longer_one() {
    let whole = fixture("legacy_v3_4s_20260102235930");
    let early = &whole[..40 + 5 * 90];
    for (a, b) in [(&whole[..], early), (early, &whole[..])] {
        let Join::Longer(kept) = join(of(a), of(b)) else { panic!("the longer one") };
        assert_eq!(kept.len(), 300);
    }
    let text = fixture("D1_vihealth_6col_20260102235930.csv");
    assert!(matches!(join(of(&text), of(early)), Join::Longer(kept) if kept.len() == 300));
}

#[test]
fn other_readings_from_the_same_moment_are_another_device() {
    assert_eq!(apart(&part(3_600, &[96; 100]), &part(3_600, &[95; 90])), Some(Apart::OtherReadings));
}

#[test]
fn a_file_that_does_not_know_its_start_joins_nothing() {
    let unknown = fixture("oxyii_1s_unfinalised_20260102235930.dat");
    assert_eq!(apart(&unknown, &fixture("oxyii_1s_20260102235930.dat")), Some(Apart::UnknownStart));
}

#[test]
fn joined_samples_know_how_many_they_are() {
    let (evening, later) = (part(3_600, &[96; 100]), part(4_300, &[93; 50]));
    let Join::Joined(night) = join(of(&evening), of(&later)) else { panic!("one night") };
    assert_eq!(night.samples().size_hint(), (150, Some(150)));
    assert_eq!(night.samples().last().map(|s: Sample| s.at.as_secs()), Some(700 + 49 * 4));
}
