//! Whole-number readings counted by value: every order statistic exactly, in one pass and fixed memory.

/// Counts of the values 0..`N`; a larger value is counted in the last bin.
#[derive(Clone, Debug)]
pub struct Histogram<const N: usize> {
    bins: [u32; N],
    count: u32,
    sum: u64,
}

impl<const N: usize> Default for Histogram<N> {
    fn default() -> Self {
        Self { bins: [0; N], count: 0, sum: 0 }
    }
}

impl<const N: usize> Histogram<N> {
    /// Counts one reading.
    pub fn push(&mut self, value: u16) {
        if let Some(bin) = self.bins.get_mut(usize::from(value).min(N.saturating_sub(1))) {
            *bin += 1;
            self.count += 1;
            self.sum += u64::from(value);
        }
    }

    /// Number of readings.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Sum of the readings.
    #[must_use]
    pub const fn sum(&self) -> u64 {
        self.sum
    }

    /// Arithmetic mean; `None` without readings.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / f64::from(self.count))
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
        let last = self.count.checked_sub(1)?;
        let (low, high) = (self.order_statistic(last / 2)?, self.order_statistic(last.div_ceil(2))?);
        Some(f64::midpoint(f64::from(low), f64::from(high)))
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
    fn a_level_is_not_below_itself() {
        let values = histogram(&[88, 89, 90, 90, 91]);
        assert_eq!((values.count_below(90), values.count_within(89, 90)), (2, 3));
    }
}
