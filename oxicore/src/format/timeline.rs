//! From the times of the rows to seconds since the first: a place also for rows whose clock was not set, stood still or
//! ran backwards. Source: docs/FORMATS.md, "Times".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::time::LocalDateTime;
use crate::units::Span;

/// Seconds since the first row, always growing.
#[derive(Clone, Debug)]
pub(crate) struct Timeline {
    start: LocalDateTime,
    interval: Span,
    /// The last row's place, and what its clock said if that was a time.
    previous: Option<(Span, Option<LocalDateTime>)>,
}

/// Where a row stands, and how that was found.
pub(crate) struct Placed {
    pub(crate) at: Span,
    pub(crate) by: By,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// Its own clock.
    Clock,
    /// The row before: the clock was not set.
    UnsetClock,
    /// The row before: the clock stood still or ran back.
    StoppedClock,
    /// The row before: rows that share a reading of the clock follow one another at an even pace.
    Pace,
}

impl Timeline {
    pub(crate) const fn new(start: LocalDateTime, interval: Span) -> Self {
        Self { start, interval, previous: None }
    }

    /// What the last row's clock said, if it ran.
    #[inline]
    pub(crate) fn last_time(&self) -> Option<LocalDateTime> {
        self.previous?.1
    }

    pub(crate) const fn start(&self) -> LocalDateTime {
        self.start
    }

    /// What the last row's clock said, if it stands where that says.
    pub(crate) fn by_clock(&self) -> Option<LocalDateTime> {
        let (at, time) = self.previous?;
        time.filter(|&time| seconds_between(self.start, time) == Some(at.as_secs()))
    }

    /// Places a row; `None` is a clock that was not set.
    pub(crate) fn place(&mut self, time: Option<LocalDateTime>) -> Placed {
        let by_clock = time.and_then(|t| seconds_between(self.start, t)).map(Span::from_secs);
        let placed = match (by_clock, self.previous) {
            (Some(at), None) => Placed { at, by: By::Clock },
            (Some(at), Some((previous, _))) if at > previous => Placed { at, by: By::Clock },
            (_, previous) => {
                let by = if time.is_none() { By::UnsetClock } else { By::StoppedClock };
                Placed { at: self.after(previous, time), by }
            }
        };
        self.previous = Some((placed.at, time));
        placed
    }

    /// Puts a row where others say.
    pub(crate) const fn put(&mut self, placed: Placed, time: Option<LocalDateTime>) -> Placed {
        self.previous = Some((placed.at, time));
        placed
    }

    /// A row without a place of its own, whose clock said this.
    pub(crate) const fn see(&mut self, time: Option<LocalDateTime>) {
        let at = if let Some((at, _)) = self.previous { at } else { Span::ZERO };
        self.previous = Some((at, time));
    }

    /// One step after the row before: as far as the clock itself moved, or an interval.
    fn after(&self, previous: Option<(Span, Option<LocalDateTime>)>, time: Option<LocalDateTime>) -> Span {
        let Some((at, last)) = previous else { return Span::ZERO };
        let moved = last.zip(time).and_then(|(last, now)| seconds_between(last, now)).filter(|&s| s > 0);
        at.plus(moved.map_or(self.interval, Span::from_secs))
    }
}

fn seconds_between(earlier: LocalDateTime, later: LocalDateTime) -> Option<u32> {
    u32::try_from(later.unix_seconds().saturating_sub(earlier.unix_seconds())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    fn time(second: i64) -> LocalDateTime {
        LocalDateTime::from_unix_seconds(1_767_398_370_i64.saturating_add(second)).unwrap()
    }

    fn placed(clocks: &[Option<i64>]) -> Vec<(u32, By)> {
        let mut timeline = Timeline::new(time(0), Span::from_secs(4));
        clocks.iter().map(|c| timeline.place(c.map(time))).map(|p| (p.at.as_secs(), p.by)).collect()
    }

    #[test]
    fn a_clock_set_back_keeps_the_rows_and_the_gaps_between_them() {
        let expected = [(0, By::Clock), (4, By::Clock), (8, By::StoppedClock), (48, By::StoppedClock)];
        assert_eq!(placed(&[Some(0), Some(4), Some(-3_600), Some(-3_560)]), expected);
    }

    #[test]
    fn a_row_without_a_clock_stands_between_its_neighbours() {
        let expected = [(0, By::Clock), (4, By::UnsetClock), (8, By::Clock)];
        assert_eq!(placed(&[Some(0), None, Some(8)]), expected);
    }
}
