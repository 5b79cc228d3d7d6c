//! What every reader of text fills in a race: the same four columns, in memory that is lent once.

/// Seconds since the first row, SpO2, pulse, motion; the largest value stands for "no reading".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// Seconds since the first row.
    pub at: Vec<u32>,
    /// Percent.
    pub spo2: Vec<u8>,
    /// Beats per minute.
    pub pulse: Vec<u16>,
    /// No unit.
    pub motion: Vec<u8>,
    first: Option<i64>,
}

impl Rows {
    /// Memory for so many rows.
    #[must_use]
    pub fn with_capacity(rows: usize) -> Self {
        Self {
            at: Vec::with_capacity(rows),
            spo2: Vec::with_capacity(rows),
            pulse: Vec::with_capacity(rows),
            motion: Vec::with_capacity(rows),
            first: None,
        }
    }

    /// No rows; the memory stays.
    pub fn clear(&mut self) {
        self.at.clear();
        self.spo2.clear();
        self.pulse.clear();
        self.motion.clear();
        self.first = None;
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// One row more; `second` counts from any fixed moment.
    #[inline]
    pub fn push(&mut self, second: i64, spo2: Option<u8>, pulse: Option<u16>, motion: Option<u8>) {
        let first = *self.first.get_or_insert(second);
        self.at.push(u32::try_from(second - first).unwrap_or(u32::MAX));
        self.spo2.push(spo2.unwrap_or(u8::MAX));
        self.pulse.push(pulse.unwrap_or(u16::MAX));
        self.motion.push(motion.unwrap_or(u8::MAX));
    }

    /// The last row, to compare with.
    #[must_use]
    pub fn last(&self) -> Option<(u32, u8, u16, u8)> {
        Some((*self.at.last()?, *self.spo2.last()?, *self.pulse.last()?, *self.motion.last()?))
    }
}

/// Seconds of a date and clock since 1970, as every peer counts them.
#[inline]
#[must_use]
pub fn second_of([hour, minute, second]: [u32; 3], [day, month, year]: [u32; 3]) -> i64 {
    let (year, month) = (i64::from(year) - i64::from(month <= 2), i64::from(month));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    let days = year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719_468;
    days * 86_400 + i64::from(hour * 3_600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::second_of;

    #[test]
    fn seconds_count_from_the_start_of_1970() {
        assert_eq!(second_of([0, 0, 0], [1, 1, 1970]), 0);
        assert_eq!(second_of([21, 42, 7], [29, 2, 2024]), 1_709_242_927);
    }
}
