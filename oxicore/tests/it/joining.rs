//! Two files of one night.

use oxicore::{
    AnalysisOptions, ParseOptions, Recording, Sample, export,
    join::{Apart, Join, join},
};

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
    match join(&mut [of(a), of(b)]) {
        Join::Apart(why) => Some(why),
        _ => None,
    }
}

#[test]
fn two_parts_become_one_night_in_whatever_order_they_come() {
    let (evening, later) = (part(3_600, &[96; 100]), part(4_300, &[93; 50]));
    for (a, b) in [(&evening, &later), (&later, &evening)] {
        let mut parts = [of(a), of(b)];
        let Join::Joined(night) = join(&mut parts) else { panic!("one night") };
        let (mut text, mut edf) = (vec![], vec![]);
        export::csv(night, &mut text).unwrap();
        let whole = of(&text);
        assert_eq!((whole.start(), whole.len(), whole.span()), (night.start(), 150, night.span()));
        assert!(whole.samples().eq(night.samples()));
        assert!(!night.stopped_at_limit());
        export::edf(night, &[], export::Gaps::Left, &mut edf).unwrap();
        assert!(of(&edf).samples().eq(night.samples()));
    }
}

#[test]
fn a_joined_night_is_analysed_as_the_same_night_in_one_file_is() {
    let levels = |fall: u8| (0..300).map(move |i| if i % 30 < 8 { fall } else { 96 });
    let (evening, later): (Vec<u8>, Vec<u8>) = (levels(91).collect(), levels(90).collect());
    let (evening, later) = (part(3_600, &evening), part(3_600 + 1_204, &later));
    let mut parts = [of(&later), of(&evening)];
    let Join::Joined(night) = join(&mut parts) else { panic!("one night") };
    let mut text = vec![];
    export::csv(night, &mut text).unwrap();
    let options = AnalysisOptions::default();
    let (mut joined, whole) = (night.analyze(&options), of(&text).analyze(&options));
    joined.summary.notices = whole.summary.notices; // A text names its columns.
    assert_eq!(joined, whole);
    assert_eq!(joined.desaturations3.len(), 19);
    assert_eq!(night.parts().iter().map(Recording::len).collect::<Vec<_>>(), [300, 300]);
}

#[test]
fn three_parts_make_one_night_and_an_early_pull_gives_way_among_them() {
    let files =
        [part(4_900, &[95; 100]), part(3_600, &[96; 100]), part(4_300, &[93; 100]), part(4_300, &[93; 50])];
    let mut parts = files.each_ref().map(|file| of(file));
    let Join::Joined(night) = join(&mut parts) else { panic!("one night") };
    assert_eq!((night.len(), night.span().as_secs(), night.parts().len()), (300, 1_700, 3));
    let mut more = [night, of(&files[0])];
    assert!(matches!(join(&mut more), Join::Apart(Apart::AlreadyJoined)));
    assert!(matches!(join(&mut []), Join::Apart(Apart::Nothing)));
}

#[test]
fn a_joined_night_cannot_be_rebuilt_from_the_layout_of_one_file() {
    let (evening, later) = (part(3_600, &[96; 100]), part(4_300, &[93; 50]));
    let mut parts = [of(&evening), of(&later)];
    let Join::Joined(night) = join(&mut parts) else { panic!("one night") };
    assert!(Recording::from_layout(&evening, night.layout()).is_err());
}

#[test]
fn a_night_that_stopped_at_ten_hours_goes_on_in_the_next_file() {
    let (first, second) = (part(0, &[96; 9_000]), part(36_004, &[95; 100]));
    let mut parts = [of(&first), of(&second)];
    assert!(parts[0].stopped_at_limit());
    let Join::Joined(night) = join(&mut parts) else { panic!("one night") };
    assert_eq!((night.len(), night.span().as_secs()), (9_100, 36_404));
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
        let mut parts = [of(a), of(b)];
        let Join::Longer(kept) = join(&mut parts) else { panic!("the longer one") };
        assert_eq!(kept.len(), 300);
    }
    let text = fixture("D1_vihealth_6col_20260102235930.csv");
    assert!(matches!(join(&mut [of(&text), of(early)]), Join::Longer(kept) if kept.len() == 300));
}

#[test]
fn a_file_fetched_too_early_gives_way_though_its_interval_is_not_told_yet() {
    let whole = fixture("oxyii_4s_20260102235930.dat");
    let early = &whole[..10 + 3 * 40];
    let options = ParseOptions::default().with_file_name("O2Ring_20260102235930.dat");
    let early = Recording::parse_with(early, &options).unwrap();
    assert!(early.notices().interval_assumed);
    for mut parts in [[of(&whole), early], [early, of(&whole)]] {
        let Join::Longer(kept) = join(&mut parts) else { panic!("the longer one") };
        assert_eq!(kept.interval().as_secs(), 4);
    }
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
    let mut parts = [of(&evening), of(&later)];
    let Join::Joined(night) = join(&mut parts) else { panic!("one night") };
    assert_eq!(night.samples().size_hint(), (150, Some(150)));
    assert_eq!(night.samples().last().map(|s: Sample| s.at.as_secs()), Some(700 + 49 * 4));
}
