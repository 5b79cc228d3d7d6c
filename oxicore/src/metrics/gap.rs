//! The longest time of a night without a reading that counts.

use super::distribution::MAX_GAP;
use crate::batch::Stretch;
use crate::units::Span;

/// Follows the counted readings; fixed memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LongestGap {
    interval: Span,
    covered: Span,
    longest: Span,
}

impl LongestGap {
    pub(crate) const fn new(interval: Span) -> Self {
        Self { interval, covered: Span::ZERO, longest: Span::ZERO }
    }

    #[inline]
    pub(crate) fn reading(&mut self, at: Span) {
        self.longest = self.longest.max(at.since(self.covered));
        self.covered = at.plus(self.interval);
    }

    /// Time that is left out is no gap, and ends one.
    pub(crate) fn leave_out(&mut self, from: Span, to: Span) {
        self.longest = self.longest.max(from.since(self.covered));
        self.covered = self.covered.max(to);
    }

    /// Inside a stretch no more time is missing than is bridged.
    pub(crate) fn readings(&mut self, stretch: &Stretch<'_>) {
        self.reading(stretch.first());
        self.covered = stretch.last().plus(self.interval);
    }

    /// Of a recording of this length: its start and its end may be the gap. Zero where all gaps are bridged ones.
    pub(crate) fn finish(&self, length: Span) -> Span {
        let longest = self.longest.max(length.since(self.covered));
        if longest > MAX_GAP { longest } else { Span::ZERO }
    }
}
