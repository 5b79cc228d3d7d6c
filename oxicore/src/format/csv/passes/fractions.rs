//! Times that are told more exactly than to the second.

/// What the times of the rows tell about parts of a second, gathered row by row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fractions {
    first_ms: Option<i64>,
    last_ms: i64,
    are_written: bool,
    close: u32,
    apart: u32,
}

/// Rows that are closer have more than one reading a second.
const CLOSE_MS: i64 = 750;
const A_SECOND_MS: i64 = 1_000;
const A_DAY_MS: i64 = 86_400_000;

impl Fractions {
    /// Takes the time of the next row, milliseconds from wherever; of a clock whose date is not known yet, since midnight.
    pub(crate) fn add(&mut self, ms: i64) {
        self.are_written |= ms.rem_euclid(A_SECOND_MS) != 0;
        if self.first_ms.is_none() {
            self.first_ms = Some(ms);
        } else {
            let step = ms.saturating_sub(self.last_ms).rem_euclid(A_DAY_MS);
            self.close = self.close.saturating_add((1..CLOSE_MS).contains(&step).into());
            self.apart = self.apart.saturating_add((CLOSE_MS..A_DAY_MS).contains(&step).into());
        }
        self.last_ms = ms;
    }

    pub(crate) const fn are_written(&self) -> bool {
        self.are_written
    }

    /// The time of the first row.
    pub(crate) fn first_ms(&self) -> i64 {
        self.first_ms.unwrap_or(0)
    }

    /// The time of the last row.
    pub(crate) const fn last_ms(&self) -> i64 {
        self.last_ms
    }

    /// What makes the first row's time a whole second. Rows of a second or more are counted from half a second before it,
    /// so that a clock that is not exact puts two of them in no second.
    pub(crate) fn shift_ms(&self) -> i64 {
        if !self.are_written {
            return 0;
        }
        let half = if self.close > self.apart { 0 } else { A_SECOND_MS / 2 };
        half.saturating_sub(self.first_ms().rem_euclid(A_SECOND_MS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(times: &[i64]) -> std::vec::Vec<i64> {
        let mut fractions = Fractions::default();
        times.iter().for_each(|&ms| fractions.add(ms));
        times.iter().map(|ms| ms.saturating_add(fractions.shift_ms()).div_euclid(1_000)).collect()
    }

    #[test]
    fn a_clock_that_is_not_exact_puts_rows_into_seconds_of_their_own() {
        assert_eq!(seconds(&[20_250, 21_249, 22_251, 23_249, 24_250]), [20, 21, 22, 23, 24]);
        assert_eq!(seconds(&[20_999, 22_001, 22_998]), [20, 21, 22]);
        assert_eq!(seconds(&[0, 1_000, 2_000]), [0, 1, 2]);
    }

    #[test]
    fn of_several_rows_a_second_the_first_is_at_the_whole_one() {
        assert_eq!(seconds(&[20_000, 20_500, 21_000, 21_500, 22_000]), [20, 20, 21, 21, 22]);
        assert_eq!(seconds(&[20_700, 21_200, 21_700, 22_200]), [20, 20, 21, 21]);
    }
}
