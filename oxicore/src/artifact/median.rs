//! Rule F7: the running median.

use crate::units::{Span, Spo2};

/// Number of readings of a running median: 3, 5, 7 or 9; 3 unless the settings say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(try_from = "u8", into = "u8")
)]
pub struct MedianLength(u8);

impl MedianLength {
    /// The longest.
    pub const MOST: u8 = 9;

    /// Of this number of readings; `None` for an even one, below 3 and above [`Self::MOST`].
    #[must_use]
    pub const fn new(readings: u8) -> Option<Self> {
        if readings % 2 == 1 && 3 <= readings && readings <= Self::MOST { Some(Self(readings)) } else { None }
    }

    /// Its readings.
    #[must_use]
    pub const fn readings(self) -> u8 {
        self.0
    }
}

impl Default for MedianLength {
    fn default() -> Self {
        Self(3)
    }
}

impl From<MedianLength> for u8 {
    fn from(length: MedianLength) -> Self {
        length.0
    }
}

impl TryFrom<u8> for MedianLength {
    type Error = &'static str;

    fn try_from(readings: u8) -> Result<Self, Self::Error> {
        Self::new(readings).ok_or("a running median has 3, 5, 7 or 9 readings")
    }
}

/// F7: the median of each reading and its neighbours, as many on either side; towards the ends of the night fewer, and the
/// first and the last reading stay as they are.
///
/// For detectors only, where their options ask for it: it removes short noise, and short dips.
#[derive(Clone, Copy, Debug)]
pub struct RunningMedian {
    /// Neighbours on one side.
    reach: usize,
    /// The latest readings, oldest first.
    seen: [(Span, Spo2); Self::PLACES],
    len: usize,
    /// How many of the newest have not been given yet.
    waiting: usize,
}

impl RunningMedian {
    const PLACES: usize = MedianLength::MOST as usize;
    /// Readings that are held back at most, the newest included.
    pub(crate) const MOST_WAITING: usize = Self::PLACES / 2 + 1;

    /// Of the given length.
    #[must_use]
    pub const fn new(length: MedianLength) -> Self {
        let seen = [(Span::ZERO, Spo2::MAX); Self::PLACES];
        Self { reach: (length.0 / 2) as usize, seen, len: 0, waiting: 0 }
    }

    /// Takes the next accepted reading; gives the one in the middle of the latest.
    pub fn push(&mut self, at: Span, spo2: Spo2) -> Option<(Span, Spo2)> {
        if self.len > 2 * self.reach {
            self.seen.copy_within(1..self.len, 0);
            self.len -= 1;
        }
        *self.seen.get_mut(self.len)? = (at, spo2);
        self.len += 1;
        self.waiting += 1;
        if self.waiting > self.reach { self.next() } else { None }
    }

    /// Gives the next of the last readings; `None` once there is no more.
    pub fn finish(&mut self) -> Option<(Span, Spo2)> {
        if self.waiting > 0 { self.next() } else { None }
    }

    /// The oldest reading that waits, with as many neighbours as there are on both sides.
    fn next(&mut self) -> Option<(Span, Spo2)> {
        let middle = self.len - self.waiting;
        self.waiting -= 1;
        let reach = self.reach.min(middle).min(self.waiting);
        let mut levels = [Spo2::MAX; Self::PLACES];
        let around = self.seen.get(middle - reach..=middle + reach)?;
        let levels = levels.get_mut(..around.len())?;
        levels.iter_mut().zip(around).for_each(|(level, (_, spo2))| *level = *spo2);
        levels.sort_unstable();
        let (at, _) = *self.seen.get(middle)?;
        Some((at, *levels.get(reach)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    fn running_median(readings: u8, levels: &[u8]) -> Vec<(u32, u8)> {
        let mut filter = RunningMedian::new(MedianLength::new(readings).unwrap());
        let mut found: Vec<_> = (0..)
            .zip(levels)
            .filter_map(|(at, &v)| filter.push(Span::from_secs(at), Spo2::from_device(v.into())?))
            .collect();
        found.extend(core::iter::from_fn(|| filter.finish()));
        found.iter().map(|(at, v)| (at.as_secs(), v.as_pct())).collect()
    }

    #[test]
    fn the_median_removes_one_odd_reading_and_keeps_the_ends() {
        let found = running_median(3, &[96, 90, 95, 94, 94, 80]);
        assert_eq!(found, [(0, 96), (1, 95), (2, 94), (3, 94), (4, 94), (5, 80)]);
    }

    #[test]
    fn a_median_of_any_length_is_that_of_the_sorted_neighbours() {
        let levels: Vec<u8> = (0..40_u32).map(|at| 60 + (at * at * 7 % 37) as u8).collect();
        for (readings, len) in
            [3, 5, 7, 9].into_iter().flat_map(|readings| (1..40).map(move |len| (readings, len)))
        {
            let expected = (0..len).map(|at| {
                let reach = at.min(len - 1 - at).min(usize::from(readings / 2));
                let mut around = levels[at - reach..=at + reach].to_vec();
                around.sort_unstable();
                (at as u32, around[reach])
            });
            assert_eq!(
                running_median(readings, &levels[..len]),
                expected.collect::<Vec<_>>(),
                "{readings}, {len}"
            );
        }
    }

    #[test]
    fn a_median_has_three_to_nine_readings_and_a_middle() {
        let lengths: Vec<u8> = (0..=255).filter(|&readings| MedianLength::new(readings).is_some()).collect();
        assert_eq!(lengths, [3, 5, 7, 9]);
    }
}
