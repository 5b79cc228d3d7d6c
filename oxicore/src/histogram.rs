//! Whole-number readings counted by value: every order statistic exactly, in one pass and fixed memory.

/// Counts of the values 0..`N`; a larger value is counted in the last bin.
#[derive(Clone, Debug)]
pub struct Histogram<const N: usize> {
    bins: [u32; N],
}

impl<const N: usize> Default for Histogram<N> {
    fn default() -> Self {
        Self { bins: [0; N] }
    }
}

impl<const N: usize> Histogram<N> {
    /// Counts one reading.
    #[inline]
    pub fn push(&mut self, value: u16) {
        self.push_many(value, 1);
    }

    /// Counts a number of equal readings.
    #[inline]
    pub(crate) fn push_many(&mut self, value: u16, readings: u32) {
        if let Some(bin) = self.bins.get_mut(usize::from(value).min(N.saturating_sub(1))) {
            *bin += readings;
        }
    }

    /// Number of readings.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.bins.iter().sum()
    }

    /// Sum of the readings.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.values().map(|(value, count)| u64::from(value) * u64::from(count)).sum()
    }

    /// Arithmetic mean; `None` without readings.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let count = self.count();
        (count > 0).then(|| self.sum() as f64 / f64::from(count))
    }

    /// Sample standard deviation (divided by n - 1); `None` under two readings.
    #[must_use]
    pub fn sd(&self) -> Option<f64> {
        let (n, sum) = (u128::from(self.count()), u128::from(self.sum()));
        let squares: u128 =
            self.values().map(|(v, count)| u128::from(v) * u128::from(v) * u128::from(count)).sum();
        let variance = (n * squares - sum * sum) as f64 / (n * n.checked_sub(1).filter(|&d| d > 0)?) as f64;
        Some(libm::sqrt(variance))
    }

    /// The most frequent reading; the highest of equally frequent ones.
    #[must_use]
    pub fn mode(&self) -> Option<u16> {
        self.values().max_by_key(|&(_, count)| count).map(|(value, _)| value)
    }

    /// Percentile 0..=100 by linear interpolation between order statistics (R type 7, NumPy's default).
    #[must_use]
    pub fn percentile(&self, percent: u32) -> Option<f64> {
        Some(f64::from(self.percentile_in_hundredths(percent)?) / 100.0)
    }

    /// The same times a hundred: whole, because readings and percents are.
    #[must_use]
    pub fn percentile_in_hundredths(&self, percent: u32) -> Option<u32> {
        let position = u64::from(self.count().checked_sub(1)?) * u64::from(percent.min(100));
        let (rank, rest) = ((position / 100) as u32, (position % 100) as u32);
        let low = u32::from(self.order_statistic(rank)?);
        let high = self.order_statistic(rank + 1).map_or(low, u32::from);
        Some(100 * low + (high - low) * rest)
    }

    /// Sum of `level - value` over the readings below `level`.
    #[must_use]
    pub fn depth_below(&self, level: u16) -> u64 {
        let below = self.values().take_while(|&(value, _)| value < level);
        below.map(|(value, count)| u64::from(level - value) * u64::from(count)).sum()
    }

    /// Lowest reading.
    #[must_use]
    pub fn min(&self) -> Option<u16> {
        self.values().next().map(|(value, _)| value)
    }

    /// Highest reading.
    #[must_use]
    pub fn max(&self) -> Option<u16> {
        self.values().next_back().map(|(value, _)| value)
    }

    /// Number of readings below `level`.
    #[must_use]
    pub fn count_below(&self, level: u16) -> u32 {
        self.values().take_while(|&(value, _)| value < level).map(|(_, count)| count).sum()
    }

    /// Number of readings from `low` to `high`, both included.
    #[must_use]
    pub fn count_within(&self, low: u16, high: u16) -> u32 {
        self.values().filter(|&(value, _)| (low..=high).contains(&value)).map(|(_, count)| count).sum()
    }

    /// Median: the middle reading, or the mean of the two middle ones.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        self.percentile(50)
    }

    /// The reading at `rank` (from 0) when all are sorted.
    fn order_statistic(&self, rank: u32) -> Option<u16> {
        let mut seen = 0;
        self.values().find_map(|(value, count)| {
            seen += count;
            (seen > rank).then_some(value)
        })
    }

    /// Values that occur, ascending, with their counts.
    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = (u16, u32)> {
        self.bins
            .iter()
            .enumerate()
            .filter(|&(_, &count)| count > 0)
            .map(|(value, &count)| (value as u16, count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(values: &[u16]) -> Histogram<101> {
        let mut histogram = Histogram::default();
        values.iter().for_each(|&v| histogram.push(v));
        histogram
    }

    #[test]
    fn without_readings_there_is_no_number() {
        let empty = histogram(&[]);
        assert_eq!((empty.mean(), empty.min(), empty.max(), empty.median()), (None, None, None, None));
    }

    #[test]
    fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assert_eq!(histogram(&[90, 91, 95, 97]).median(), Some(93.0));
        assert_eq!(histogram(&[90, 97, 91]).median(), Some(91.0));
    }

    #[test]
    fn percentiles_interpolate_between_neighbours() {
        let values = histogram(&[80, 90, 92, 96]);
        assert_eq!((values.percentile(0), values.percentile(100)), (Some(80.0), Some(96.0)));
        assert_eq!((values.percentile(5), values.percentile(90)), (Some(81.5), Some(94.8)));
    }

    #[test]
    fn the_standard_deviation_is_that_of_a_sample() {
        assert_eq!(histogram(&[2, 4, 4, 4, 5, 5, 7, 9]).sd(), Some(libm::sqrt(32.0 / 7.0)));
        assert_eq!(histogram(&[96]).sd(), None);
    }

    #[test]
    fn a_level_is_not_below_itself() {
        let values = histogram(&[88, 89, 90, 90, 91]);
        assert_eq!((values.count_below(90), values.count_within(89, 90)), (2, 3));
    }
}
