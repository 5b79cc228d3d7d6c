//! How rows stand that share one reading of the clock, and at what pace they follow one another; `passes::shared` finds what
//! a text has.

use crate::units::Span;

/// How rows are placed that share a reading of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// As rows of a clock that stands still.
    None,
    /// Every row is there several times: copies are passed over.
    Copies,
    /// One after another at an even pace.
    Spread(Pace),
}

/// So many rows take so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pace {
    pub(crate) rows: u32,
    pub(crate) seconds: u32,
}

impl Pace {
    /// Whole seconds from row to row, the nearest, at least one.
    pub(crate) fn interval(self) -> Span {
        let seconds = self.seconds.saturating_add(self.rows / 2).checked_div(self.rows).unwrap_or(1);
        Span::from_secs(seconds.max(1))
    }

    /// Seconds that so many rows take.
    pub(super) fn lasts(self, rows: u32) -> i64 {
        let seconds = u64::from(rows).saturating_mul(self.seconds.into()).checked_div(self.rows.into());
        seconds.and_then(|seconds| i64::try_from(seconds).ok()).unwrap_or(i64::MAX)
    }

    /// A twentieth off a whole number of seconds is that number.
    pub(super) fn rounded(self) -> Self {
        let whole = self.interval().as_secs();
        let exact = u64::from(whole).saturating_mul(self.rows.into());
        let is_near = u64::from(self.seconds).abs_diff(exact).saturating_mul(20) <= exact;
        if is_near { Self { rows: 1, seconds: whole } } else { self }
    }
}
