//! What a live analysis refuses, and what to do.

use core::fmt;

use crate::units::Span;

/// Why a night cannot begin, or a record of it was not counted; the analysis stays as it was, so that one can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum LiveError {
    /// The interval is zero or above 900 s; it may have been given in milliseconds.
    Interval {
        /// As it was given.
        given: Span,
    },
    /// The settings leave out the end of the night: the records of that time must be kept until more follow
    /// (`LiveMemory::trim_end`).
    TrimEnd {
        /// Records to make room for.
        needed: usize,
        /// Records that there is room for.
        given: usize,
    },
    /// The time of the record is not after the one before; that of the first must be zero. A night begins once.
    Time {
        /// The time given.
        at: Span,
        /// The next time that can be.
        from: Span,
    },
    /// More than the 10 s are missing that every definition bridges: say so with [`Live::skip`](super::Live::skip), or push the
    /// missing records.
    Jump {
        /// The time given.
        at: Span,
        /// When the record was due.
        due: Span,
    },
    /// The record follows the one before after less than a tenth of the interval.
    Step {
        /// The interval.
        interval: Span,
        /// From one record to the next.
        step: Span,
    },
    /// No time can be skipped before the first record, whose time is zero.
    NotBegun,
    /// The night would be longer than [`LONGEST_RECORDING`](crate::format::LONGEST_RECORDING).
    TooLong,
}

impl fmt::Display for LiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interval { given } => write!(f, "an interval of {given}: give seconds, 1 to 900"),
            Self::TrimEnd { needed, given } => {
                write!(f, "the end is trimmed: lend memory for {needed} records, not {given}")
            }
            Self::Time { at, from } => {
                write!(f, "a record at {at}, when the next can be at {from} at the earliest")
            }
            Self::Jump { at, due } => {
                write!(f, "a record at {at} that was due at {due}: skip the time between them")
            }
            Self::Step { interval, step } => {
                write!(f, "an interval of {interval}, and the next record after {step}")
            }
            Self::NotBegun => f.write_str("time skipped before the first record: begin with it at 0 s"),
            Self::TooLong => f.write_str("longer than any recording"),
        }
    }
}

impl core::error::Error for LiveError {}
