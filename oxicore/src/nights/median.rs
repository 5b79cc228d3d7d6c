//! The median, and the order statistics between which it lies (Conover 1999).

use crate::nights::{NightsError, counted};

/// How probable it shall be at least that an interval holds the median; between 0 and 1, usually 0.95.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Confidence(f64);

impl Confidence {
    /// A probability.
    ///
    /// # Errors
    /// Not between 0 and 1; neither of them is one, because no nights could give it.
    pub fn new(probability: f64) -> Result<Self, NightsError> {
        let is_one = 0.0 < probability && probability < 1.0;
        if is_one { Ok(Self(probability)) } else { Err(NightsError::Confidence) }
    }

    /// The probability.
    #[must_use]
    pub const fn as_f64(self) -> f64 {
        self.0
    }
}

impl Default for Confidence {
    /// 0.95.
    fn default() -> Self {
        Self(0.95)
    }
}

/// An interval between two of the nights that holds the median of all the nights they are a sample of, whatever its
/// distribution, as long as nights are independent. Where numbers are equal it does so more often.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct MedianInterval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Place of the lower end among the nights in order of size, from 1.
    pub low_rank: u32,
    /// Place of the upper end.
    pub high_rank: u32,
    /// The exact probability, at least the confidence that was asked for.
    pub coverage: f64,
}

pub(super) fn median(sorted: &[f64]) -> Option<f64> {
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(sorted.len() / 2 - 1)?;
    Some(lower + (upper - lower) / 2.0)
}

/// From the middle outwards, until it covers enough: the narrowest that does, with as many nights beyond each end.
pub(super) fn interval(sorted: &[f64], confidence: Confidence) -> Option<MedianInterval> {
    let nights = counted(sorted.len());
    let (rank, coverage) = rank(nights, confidence)?;
    let high_rank = nights + 1 - rank;
    let at = |rank: u32| sorted.get(rank as usize - 1).copied();
    Some(MedianInterval { low: at(rank)?, high: at(high_rank)?, low_rank: rank, high_rank, coverage })
}

/// The largest rank r, from 1, such that B of `nights` lie below the median with r <= B <= nights - r often enough, and how often;
/// B is binomial with probability one half. Every step is exact up to some fifty nights: numerators are below 2^53.
fn rank(nights: u32, confidence: Confidence) -> Option<(u32, f64)> {
    let n = f64::from(nights);
    let mut rank = nights / 2;
    let mut probability = middle(nights);
    // The middle of an even number is one value of B, every other step adds two.
    let mut coverage = if nights.is_multiple_of(2) { probability } else { 2.0 * probability };
    while rank > 0 && coverage < confidence.as_f64() {
        probability = probability * f64::from(rank) / (n - f64::from(rank) + 1.0);
        rank -= 1;
        coverage += 2.0 * probability;
    }
    (rank > 0).then_some((rank, coverage))
}

/// Probability of B = nights / 2, rounded down.
fn middle(nights: u32) -> f64 {
    let half = nights / 2;
    let even = (1..=half).map(f64::from).fold(1.0, |p, k| p * (2.0 * k - 1.0) / (2.0 * k));
    if nights.is_multiple_of(2) { even } else { even * f64::from(nights) / f64::from(nights + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_those_of_the_printed_tables() {
        let usual = |nights| rank(nights, Confidence::default()).map(|(rank, _)| rank);
        let tabled = [
            (5, None),
            (6, Some(1)),
            (8, Some(1)),
            (9, Some(2)),
            (12, Some(3)),
            (15, Some(4)),
            (17, Some(5)),
            (20, Some(6)),
        ];
        assert_eq!(tabled.map(|(nights, _)| (nights, usual(nights))), tabled);
    }

    #[test]
    fn coverage_is_exact() {
        let all_but_both_ends = |nights: i32| 1.0 - 2.0_f64.powi(1 - nights);
        for nights in 2..=30 {
            let most = Confidence::new(all_but_both_ends(nights)).unwrap();
            assert_eq!(rank(nights as u32, most), Some((1, most.as_f64())), "{nights}");
        }
    }

    #[test]
    fn many_nights_neither_vanish_nor_overflow() {
        let (rank, coverage) = rank(1_000_000, Confidence::default()).unwrap();
        // Half of them minus 1.96 times half of the root, as the normal distribution has it.
        assert!((499_019..=499_021).contains(&rank), "{rank}");
        assert!((0.95..0.9503).contains(&coverage), "{coverage}");
    }
}
