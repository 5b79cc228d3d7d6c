//! Numbers of many nights against the definitions, in whole numbers and without order statistics.

use oxicore::nights::{AtCutoff, Confidence, Cutoffs, Nights, NightsError};
use proptest::prelude::*;

/// Events and seconds of a night: an index is their quotient.
type Counted = Option<(u32, u32)>;

const CUTOFFS_PER_H: [u32; 3] = [5, 15, 30];
const CUTOFFS: [f64; 3] = [5.0, 15.0, 30.0];

fn per_h(counted: Counted) -> Option<f64> {
    counted.map(|(events, seconds)| f64::from(events) / (f64::from(seconds) / 3_600.0))
}

/// Nights of which one in three is exactly at a cut-off, as nights of whole hours are.
fn night() -> impl Strategy<Value = Counted> {
    let any = (0_u32..400, 600_u32..40_000).prop_map(Some);
    // events * 720 s is 5 per hour: where the division is not exact, the last bit is on either side
    let at_one = (prop::sample::select(vec![1_u32, 3, 6]), 1_u32..60)
        .prop_map(|(fives, twelfths)| Some((fives * twelfths, twelfths * 720)));
    prop_oneof![3 => any, 3 => at_one, 1 => Just(None)]
}

/// Subsets of n nights of which at least `rank` and at most n - `rank` are below the median, among all subsets.
fn covered(nights: u32, rank: u32) -> f64 {
    let mut row = vec![1_u128];
    for _ in 0..nights {
        row = (0..=row.len())
            .map(|k| row.get(k).copied().unwrap_or(0) + k.checked_sub(1).map_or(0, |before| row[before]))
            .collect();
    }
    let inside: u128 = (rank..=nights - rank).map(|below| row[below as usize]).sum();
    inside as f64 / (1_u128 << nights) as f64
}

fn naive_interval(values: &[f64], confidence: f64) -> Option<(f64, f64)> {
    let nights = values.len() as u32;
    let rank = (1..=nights / 2).rev().find(|&rank| covered(nights, rank) >= confidence)?;
    // The value that so many are below or at, and so many above or at, counted one by one.
    let ranked = |rank: u32| {
        values.iter().copied().find(|value| {
            let below = values.iter().filter(|other| *other < value).count() as u32;
            let up_to = values.iter().filter(|other| *other <= value).count() as u32;
            below < rank && rank <= up_to
        })
    };
    ranked(rank).zip(ranked(nights + 1 - rank))
}

/// In whole numbers: events times an hour against the cut-off times the time.
fn naive_class((events, seconds): (u32, u32), at: AtCutoff) -> usize {
    let is_past = |per_h: &&u32| {
        let (events, limit) = (u64::from(events) * 3_600, u64::from(**per_h) * u64::from(seconds));
        if at == AtCutoff::Upper { events >= limit } else { events > limit }
    };
    CUTOFFS_PER_H.iter().filter(is_past).count()
}

proptest! {
    #[test]
    fn interval_and_range_are_those_of_the_definition(
        counted in prop::collection::vec(night(), 1..60),
        confidence in prop::sample::select(vec![0.5, 0.8, 0.9, 0.95, 0.96875, 0.99]),
    ) {
        let defined: Vec<f64> = counted.iter().copied().filter_map(per_h).collect();
        let nights = Nights::collect(counted.iter().copied().map(per_h)).unwrap();
        let spread = nights.spread(Confidence::new(confidence).unwrap());
        prop_assert_eq!((spread.nights + spread.undefined) as usize, counted.len());
        prop_assert_eq!(spread.nights as usize, defined.len());
        prop_assert_eq!(spread.min, defined.iter().copied().reduce(f64::min));
        prop_assert_eq!(spread.max, defined.iter().copied().reduce(f64::max));
        let found = spread.median_interval.map(|interval| (interval.low, interval.high));
        prop_assert_eq!(found, naive_interval(&defined, confidence));
        if let Some(interval) = spread.median_interval {
            let exact = covered(spread.nights, interval.low_rank);
            prop_assert!((interval.coverage - exact).abs() < 1e-14, "{} {exact}", interval.coverage);
        }
    }

    #[test]
    fn classes_are_decided_as_in_whole_numbers(
        counted in prop::collection::vec(night(), 1..60),
        at in prop::sample::select(AtCutoff::ALL.to_vec()),
    ) {
        let cutoffs = Cutoffs::new(&CUTOFFS).unwrap().with_at_cutoff(at);
        let nights = Nights::collect(counted.iter().copied().map(per_h)).unwrap();
        let classes: Vec<usize> = counted.iter().flatten().map(|&night| naive_class(night, at)).collect();
        let found: Vec<usize> = nights.classes(cutoffs).map(|class| class.nights as usize).collect();
        let expected: Vec<usize> = (0..4).map(|class| classes.iter().filter(|c| **c == class).count()).collect();
        prop_assert_eq!(&found, &expected);
        let shares: f64 = nights.classes(cutoffs).filter_map(|class| class.share).sum();
        prop_assert!(classes.is_empty() || (shares - 1.0).abs() < 1e-12);
        match (nights.class_of_median(cutoffs), nights.otherwise(cutoffs)) {
            (Some(median), Some(otherwise)) => {
                let others = classes.iter().filter(|class| **class != median as usize).count();
                prop_assert_eq!((otherwise.nights as usize, otherwise.of as usize), (others, classes.len()));
            }
            (median, otherwise) => {
                prop_assert!(classes.len() < 2 && otherwise.is_none());
                prop_assert_eq!(median.is_some(), classes.len() == 1);
            }
        }
    }

    #[test]
    fn lent_memory_gives_the_same_and_says_how_much_it_needs(counted in prop::collection::vec(night(), 1..30)) {
        let values: Vec<Option<f64>> = counted.into_iter().map(per_h).collect();
        let own = Nights::collect(values.iter().copied()).unwrap();
        let mut room = vec![0.0; own.sorted().len()];
        let lent = Nights::in_room(values.iter().copied(), &mut room).unwrap();
        prop_assert_eq!(lent.sorted(), own.sorted());
        prop_assert_eq!(lent.undefined(), own.undefined());
        if let Some(less) = own.sorted().len().checked_sub(1) {
            let needed = less + 1;
            let short = Nights::in_room(values.iter().copied(), &mut room[..less]).unwrap_err();
            let told = if let NightsError::Room(short) = short { (short.needed, short.given) } else { (0, 0) };
            prop_assert_eq!(told, (needed, less));
        }
    }
}

fn refusal(values: &[Option<f64>]) -> NightsError {
    Nights::collect(values.iter().copied()).unwrap_err()
}

#[test]
fn what_no_night_can_have_is_refused_with_its_place() {
    assert_eq!(refusal(&[]), NightsError::NoNights);
    assert_eq!(refusal(&[None, Some(f64::NAN)]), NightsError::NotFinite { night: 1 });
    assert_eq!(refusal(&[Some(f64::INFINITY)]), NightsError::NotFinite { night: 0 });
    assert_eq!(refusal(&[Some(0.0), None, Some(-0.1)]), NightsError::Negative { night: 2 });
    assert_eq!(refusal(&[Some(-0.1)]).to_string(), "night 0 (from 0) is negative");
}

#[test]
fn cutoffs_that_do_not_ascend_are_refused_with_their_place() {
    let refused = |cutoffs: &[f64]| Cutoffs::new(cutoffs).unwrap_err();
    assert_eq!(refused(&[5.0, 15.0, 15.0]), NightsError::CutoffsUnsorted { cutoff: 2 });
    assert_eq!(refused(&[30.0, 5.0]), NightsError::CutoffsUnsorted { cutoff: 1 });
    assert_eq!(refused(&[5.0, f64::NAN]), NightsError::Cutoff { cutoff: 1 });
    assert_eq!(refused(&[-5.0]), NightsError::Cutoff { cutoff: 0 });
    assert_eq!(refused(&[f64::INFINITY]), NightsError::Cutoff { cutoff: 0 });
}

#[test]
fn a_confidence_is_between_nothing_and_certainty() {
    for no_confidence in [0.0, 1.0, -0.5, 95.0, f64::NAN] {
        assert_eq!(Confidence::new(no_confidence), Err(NightsError::Confidence), "{no_confidence}");
    }
    assert_eq!(Confidence::default().as_f64(), 0.95);
}

#[test]
fn nights_without_the_number_have_no_median_and_are_counted() {
    let nights = Nights::collect([None, None]).unwrap();
    let spread = nights.spread(Confidence::default());
    assert_eq!((spread.nights, spread.undefined), (0, 2));
    assert_eq!((spread.median, spread.min, spread.max, spread.median_interval), (None, None, None, None));
    let classified = nights.classified(Cutoffs::new(&CUTOFFS).unwrap());
    assert_eq!((classified.class_of_median, classified.otherwise), (None, None));
    assert!(classified.classes.iter().all(|class| class.nights == 0 && class.share.is_none()));
}

#[test]
fn two_groups_have_the_difference_of_their_medians() {
    let spread = |values: &[f64]| {
        Nights::collect(values.iter().copied().map(Some)).unwrap().spread(Confidence::default())
    };
    let (before, after) = (spread(&[22.0, 31.5, 27.0]), spread(&[8.0, 6.0, 7.5, 9.0]));
    assert_eq!((before.median, after.median), (Some(27.0), Some(7.75)));
    let compared = before.against(&after);
    assert_eq!(compared.median_difference, Some(-19.25));
    assert_eq!((compared.one, compared.other), (before, after));
    assert_eq!((before.median_interval, after.min, after.max), (None, Some(6.0), Some(9.0)));
}
