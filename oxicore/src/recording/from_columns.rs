//! Recordings that are columns in memory.

use core::fmt;

use crate::columns::SampleColumnsRef;
use crate::format::steps::{Steps, is_misleading};
use crate::format::{Facts, LONGEST_RECORDING, Layout, NO_BYTES};
use crate::notices::{Notices, StartSource};
use crate::recording::Recording;
use crate::time::LocalDateTime;
use crate::units::Span;

/// Why columns are not a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnsError {
    /// There is no record.
    NoSamples,
    /// The columns have different lengths.
    Lengths,
    /// The time of this record, from 0, is not after the one before; that of the first must be zero.
    Time {
        /// Which record.
        record: usize,
    },
    /// SpO2 with its fraction, of this record, from 0, is more than half a percent away from the reading.
    Fraction {
        /// Which record.
        record: usize,
    },
    /// Longer than [`LONGEST_RECORDING`].
    TooLong,
    /// The interval that was given is more than ten times the usual step of the times; it may be in milliseconds.
    Interval {
        /// As it was given.
        given: Span,
        /// The most frequent step.
        step: Span,
    },
}

impl fmt::Display for ColumnsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSamples => f.write_str("columns without a record"),
            Self::Lengths => f.write_str("columns of different lengths"),
            Self::Time { record } => {
                write!(f, "time of record {record} does not grow, or does not begin with zero")
            }
            Self::Fraction { record } => {
                write!(f, "SpO2 of record {record} is more than half a percent away from its reading")
            }
            Self::TooLong => f.write_str("longer than any recording"),
            Self::Interval { given, step } => {
                write!(f, "an interval of {given}, and records every {step}: give seconds")
            }
        }
    }
}

impl core::error::Error for ColumnsError {}

impl<'a> Recording<'a> {
    /// The recording that columns hold, say of a study's own table. Without a `start` it begins in 1970
    /// ([`StartSource::Unknown`]); without an `interval` that is the most frequent step.
    ///
    /// # Errors
    /// [`ColumnsError`] says what the columns lack.
    pub fn from_columns(
        start: Option<LocalDateTime>,
        interval: Option<Span>,
        columns: SampleColumnsRef<'a>,
    ) -> Result<Self, ColumnsError> {
        let steps = columns.steps()?;
        let (given, usual) = (interval.filter(|&interval| interval > Span::ZERO), steps.most_frequent());
        if let (Some(given), Some(step)) = (given, usual)
            && given.as_secs() / 10 > step.as_secs()
        {
            return Err(ColumnsError::Interval { given, step });
        }
        let interval = given.or(usual);
        let interval = interval.unwrap_or(Span::from_secs(1));
        let span = columns.at.last().map_or(Span::ZERO, |last| last.plus(interval));
        if span > LONGEST_RECORDING {
            return Err(ColumnsError::TooLong);
        }
        let start_source = if start.is_some() { StartSource::Recorded } else { StartSource::Unknown };
        let facts = Facts {
            bytes: NO_BYTES,
            start: start.unwrap_or(LocalDateTime::EPOCH),
            interval,
            span,
            records: u32::try_from(columns.at.len()).map_err(|_| ColumnsError::TooLong)?,
            notices: Notices { start_source, ..Notices::default() },
            device: None,
        };
        let layout = Layout::of_columns(facts, columns.is_even(interval), columns);
        Ok(Self::of_columns(columns, layout))
    }

    /// This recording with its samples taken from the columns that were read from it, which takes less time than
    /// reading its bytes again. Columns know no [`Alarms`](crate::sample::Alarms).
    ///
    /// # Errors
    /// [`ColumnsError`] where the columns are not those of a recording as long as this one.
    pub fn with_columns(&self, columns: SampleColumnsRef<'a>) -> Result<Self, ColumnsError> {
        columns.steps()?;
        let is_whole = columns.at.len() == self.len()
            && columns.at.last().map(|last| last.plus(self.interval())) == Some(self.span());
        if is_whole { Ok(Self::of_columns(columns, self.layout())) } else { Err(ColumnsError::Lengths) }
    }
}

impl SampleColumnsRef<'_> {
    /// The first steps, once all times are found to grow and all columns to be of one length.
    fn steps(&self) -> Result<Steps, ColumnsError> {
        let has_length = |len: usize| len == self.at.len();
        let has_length_or_none = |len: usize| len == 0 || has_length(len);
        let are_equal = has_length(self.spo2.len())
            && has_length_or_none(self.pulse.len())
            && has_length_or_none(self.motion.len());
        if !are_equal {
            return Err(ColumnsError::Lengths);
        }
        if self.at.first().ok_or(ColumnsError::NoSamples)? != &Span::ZERO {
            return Err(ColumnsError::Time { record: 0 });
        }
        match self.at.iter().zip(self.at.iter().skip(1)).position(|(before, at)| before >= at) {
            Some(before) => Err(ColumnsError::Time { record: before + 1 }),
            None => Ok(self.deciding_steps()),
        }
    }

    /// The first, or all where these mislead.
    fn deciding_steps(&self) -> Steps {
        let count = |most| {
            let mut steps = Steps::up_to(most);
            for at in self.at {
                if steps.is_full() {
                    break;
                }
                steps.add(at.as_secs().into());
            }
            steps
        };
        let records = u32::try_from(self.at.len()).unwrap_or(u32::MAX);
        let last = self.at.last().copied().unwrap_or_default();
        let first = count(Steps::FIRST);
        let mislead = |told| is_misleading(told, records, last);
        if first.most_frequent().is_some_and(mislead) { count(u32::MAX) } else { first }
    }

    pub(super) fn is_even(&self, interval: Span) -> bool {
        let times = (0_u32..).map(|record| record.wrapping_mul(interval.as_secs()));
        self.at.iter().zip(times).all(|(at, time)| at.as_secs() == time)
    }
}
