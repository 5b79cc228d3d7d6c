//! How far apart records are: the sampling interval of rows that each have a time.
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::units::Span;

/// Positive steps between rows, the first 64 or all, and which is the most frequent (the smaller one on a tie).
/// Source: docs/ALGORITHMS.md, "Sampling interval".
pub(crate) struct Steps {
    previous: Option<i64>,
    /// How many steps there were of so many seconds.
    short: [u32; 64],
    /// The first longer one, and how often it was.
    long: (u32, u32),
    count: u32,
    most: u32,
}

impl Steps {
    /// How many steps are looked at before the others.
    pub(crate) const FIRST: u32 = 64;

    /// Of so many steps at most.
    pub(crate) const fn up_to(most: u32) -> Self {
        Self { previous: None, short: [0; 64], long: (0, 0), count: 0, most }
    }

    /// Takes the time of the next row, seconds from wherever.
    pub(crate) fn add(&mut self, time_s: i64) {
        let step = self.previous.map_or(0, |previous| time_s.saturating_sub(previous));
        self.previous = Some(time_s);
        let step = u32::try_from(step).unwrap_or(0);
        if step == 0 || self.is_full() {
            return;
        }
        self.count = self.count.saturating_add(1);
        if let Some(times) = usize::try_from(step).ok().and_then(|step| self.short.get_mut(step)) {
            *times = times.saturating_add(1);
        } else if self.long.1 == 0 || self.long.0 == step {
            self.long = (step, self.long.1.saturating_add(1));
        }
    }

    pub(crate) const fn is_full(&self) -> bool {
        self.count >= self.most
    }

    /// `None` when no step is positive (a file of one row).
    pub(crate) fn most_frequent(&self) -> Option<Span> {
        let (mut best, mut most) = (0, 0);
        for (step, times) in (0_u32..).zip(self.short).chain([self.long]) {
            if times > most {
                (best, most) = (step, times);
            }
        }
        (most > 0).then_some(Span::from_secs(best))
    }
}

/// Whether the first steps mislead: rows that far apart would take longer than all rows do, or not half as long.
pub(crate) fn is_misleading(interval: Span, records: u32, last: Span) -> bool {
    let told = u64::from(interval.as_secs()).saturating_mul(records.saturating_sub(1).into());
    let whole = u64::from(last.as_secs());
    told > whole || told.saturating_mul(2) < whole
}
