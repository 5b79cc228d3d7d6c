//! How restless the signal is: delta index, approximate and sample entropy.
//! Definitions: docs/ALGORITHMS.md, "Variability".

use crate::batch::Stretch;
use crate::units::{Span, Spo2};

/// Length of a bin of the delta index: a multiple of all sampling intervals.
pub const BIN: Span = Span::from_secs(12);

/// Delta index (Pépin 1991): mean absolute difference between the mean SpO2 of neighbouring 12 s bins, percent.
///
/// A bin counts when at least half of it has valid readings; differences are taken between neighbours that both
/// count, never across a gap; a last bin that the recording does not fill is left out.
#[derive(Clone, Debug)]
pub struct DeltaIndex {
    interval: Span,
    bin: Bin,
    previous: Option<(u32, f64)>,
    sum: f64,
    pairs: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Bin {
    /// A multiple of [`BIN`].
    start_s: u32,
    sum: u32,
    count: u32,
}

impl DeltaIndex {
    /// For recordings sampled every `interval`.
    #[must_use]
    pub fn new(interval: Span) -> Self {
        Self { interval, bin: Bin::default(), previous: None, sum: 0.0, pairs: 0 }
    }

    /// Takes the next accepted reading.
    #[inline]
    pub fn push(&mut self, at: Span, spo2: Spo2) {
        if at.as_secs().wrapping_sub(self.bin.start_s) >= BIN.as_secs() {
            self.close();
            self.bin = Bin { start_s: at.as_secs() / BIN.as_secs() * BIN.as_secs(), sum: 0, count: 0 };
        }
        self.bin.sum += u32::from(spo2.as_pct());
        self.bin.count += 1;
    }

    pub(crate) fn push_stretch(&mut self, stretch: &Stretch<'_>) {
        stretch.spo2().for_each(|(at, spo2)| self.push(at, spo2));
    }

    pub(crate) const fn interval(&self) -> Span {
        self.interval
    }

    /// The index of a recording of the given length, percent; `None` without two neighbouring bins.
    #[must_use]
    pub fn finish(mut self, length: Span) -> Option<f64> {
        if self.bin.start_s / BIN.as_secs() < length.as_secs() / BIN.as_secs() {
            self.close();
        }
        (self.pairs > 0).then(|| self.sum / f64::from(self.pairs))
    }

    fn close(&mut self) {
        let Bin { start_s, sum, count } = self.bin;
        if 2 * count * self.interval.as_secs() < BIN.as_secs() || count == 0 {
            return;
        }
        let mean = f64::from(sum) / f64::from(count);
        if let Some((before, previous)) = self.previous
            && before + BIN.as_secs() == start_s
        {
            self.sum += (mean - previous).abs();
            self.pairs += 1;
        }
        self.previous = Some((start_s, mean));
    }
}

/// Approximate entropy with m = 2, r = 0.25 (Pincus 1991, as in pobm); `None` under 3 readings.
///
/// On whole percents a tolerance below one means equality, so equal templates are counted by sorting: O(n log n).
/// Missing readings are left out. `scratch` needs one entry per reading; its content is lost.
#[must_use]
pub fn approximate_entropy(readings: impl Iterator<Item = Spo2> + Clone, scratch: &mut [u32]) -> Option<f64> {
    let phi = |length: usize, scratch: &mut [u32]| -> Option<f64> {
        let templates = sorted_templates(readings.clone(), length, scratch)?;
        let total = templates.len() as f64;
        let of_run = |run: &[u32]| run.len() as f64 * libm::log(run.len() as f64 / total);
        Some(templates.chunk_by(|a, b| a == b).map(of_run).sum::<f64>() / total)
    };
    Some(phi(2, scratch)? - phi(3, scratch)?)
}

/// Sample entropy with m = 3, r = 0.2 (Richman and Moorman 2000, as in pobm); `None` without a match of each length.
///
/// The same method and the same `scratch` as [`approximate_entropy`].
#[must_use]
pub fn sample_entropy(readings: impl Iterator<Item = Spo2> + Clone, scratch: &mut [u32]) -> Option<f64> {
    let matches = |templates: &[u32]| -> u64 {
        let of_run = |run: &[u32]| run.len() as u64 * (run.len() as u64 - 1);
        templates.chunk_by(|a, b| a == b).map(of_run).sum()
    };
    let short = sorted_templates(readings.clone(), 3, scratch)?;
    // The last short template has no longer one: it is matched against, but does not ask.
    let last = last_template(readings.clone(), 3)?;
    let equal_to_last = short.iter().filter(|&&t| t == last).count() as u64;
    let short_matches = matches(short) - (equal_to_last - 1);
    let long_matches = matches(sorted_templates(readings, 4, scratch)?);
    let ratio = long_matches as f64 / short_matches as f64;
    (long_matches > 0 && short_matches > 0).then(|| -libm::log(ratio))
}

/// Seven bits a reading, the newest lowest: four readings fit.
fn shift_in(code: u32, spo2: Spo2, length: usize) -> u32 {
    (code << 7 | u32::from(spo2.as_pct())) & ((1 << (7 * length)) - 1)
}

fn sorted_templates(
    readings: impl Iterator<Item = Spo2>,
    length: usize,
    scratch: &mut [u32],
) -> Option<&[u32]> {
    let (mut code, mut filled) = (0, 0);
    for (seen, spo2) in (1..).zip(readings) {
        code = shift_in(code, spo2, length);
        if seen >= length {
            *scratch.get_mut(filled)? = code;
            filled += 1;
        }
    }
    let templates = scratch.get_mut(..filled).filter(|t| !t.is_empty())?;
    templates.sort_unstable();
    Some(templates)
}

fn last_template(readings: impl Iterator<Item = Spo2>, length: usize) -> Option<u32> {
    let (code, seen) = readings.fold((0, 0), |(code, seen), spo2| (shift_in(code, spo2, length), seen + 1));
    (seen >= length).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    fn readings(levels: &[u32]) -> Vec<Spo2> {
        levels.iter().map(|&v| Spo2::from_device(v).unwrap()).collect()
    }

    fn delta_index(samples: &[(u32, u32)], length: u32) -> Option<f64> {
        let mut index = DeltaIndex::new(Span::from_secs(4));
        for &(at, pct) in samples {
            index.push(Span::from_secs(at), Spo2::from_device(pct).unwrap());
        }
        index.finish(Span::from_secs(length))
    }

    #[test]
    fn bins_less_than_half_valid_and_unfilled_last_bins_do_not_count() {
        let three_bins = [(0, 96), (4, 96), (8, 96), (12, 90), (16, 92), (24, 80)];
        assert_eq!(delta_index(&three_bins, 36), Some(5.0));
        assert_eq!(delta_index(&[(0, 96), (4, 96), (12, 90), (16, 90)], 20), None);
    }

    #[test]
    fn differences_are_not_taken_across_a_gap() {
        assert_eq!(delta_index(&[(0, 96), (4, 96), (24, 80), (28, 80)], 36), None);
    }

    /// Straight from the definitions, template against template.
    fn entropies_by_comparing(levels: &[u32]) -> (f64, Option<f64>) {
        let n = levels.len();
        let equal = |m: usize, i: usize, j: usize| levels[i..i + m] == levels[j..j + m];
        let phi = |m: usize| {
            let count = n - m + 1;
            let ln = |i| ((0..count).filter(|&j| equal(m, i, j)).count() as f64 / count as f64).ln();
            (0..count).map(ln).sum::<f64>() / count as f64
        };
        let pairs = |m: usize, asking: usize, asked: usize| -> usize {
            (0..asking).map(|i| (0..asked).filter(|&j| equal(m, i, j)).count() - 1).sum()
        };
        let (b, a) = (pairs(3, n - 3, n - 2), pairs(4, n - 3, n - 3));
        (phi(2) - phi(3), (a > 0 && b > 0).then(|| -(a as f64 / b as f64).ln()))
    }

    #[test]
    fn entropies_by_sorting_equal_entropies_by_comparing_every_pair() {
        let mut random = 7_u32;
        for length in [5, 20, 60, 200] {
            let levels: Vec<u32> = (0..length)
                .map(|_| {
                    random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    94 + (random >> 16) % 3
                })
                .collect();
            let mut scratch = [0; 200];
            let series = readings(&levels);
            let (approximate, sample) = entropies_by_comparing(&levels);
            let found = approximate_entropy(series.iter().copied(), &mut scratch).unwrap();
            assert!((found - approximate).abs() < 1e-12, "{found} {approximate}");
            let found = sample_entropy(series.iter().copied(), &mut scratch);
            assert_eq!(found.is_some(), sample.is_some());
            assert!((found.unwrap_or(0.0) - sample.unwrap_or(0.0)).abs() < 1e-12);
        }
    }

    #[test]
    fn a_scratch_too_small_gives_nothing_instead_of_a_wrong_number() {
        let series = readings(&[94, 95, 96, 94, 95]);
        assert_eq!(approximate_entropy(series.iter().copied(), &mut [0; 2]), None);
    }
}
