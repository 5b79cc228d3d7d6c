//! What the caller of a reader may know and the file does not state.

use crate::error::ParseError;
use crate::notices::DateOrder;
use crate::time::UtcOffset;
use crate::units::Span;

/// Records of a night are never further apart: a longer interval was given in milliseconds.
pub(crate) const LONGEST_INTERVAL: Span = Span::from_secs(900);

/// Hints for [`Recording::parse_with`](crate::Recording::parse_with); none is needed.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct ParseOptions<'a> {
    /// Name of the file, with the folders above it where they are known. Its time stamp settles day-first or
    /// month-first when the text does not, and is the start of formats that store none; POD2 is known by it alone.
    pub file_name: Option<&'a str>,
    /// Seconds between records, for a file that does not state it: an unfinished one, or one whose duration was not
    /// stored. Without it the usual interval of its kind is used. Either way [`Notices::interval_assumed`](crate::notices::Notices::interval_assumed) says so.
    /// More than 900 s, as milliseconds would be, are refused where they would be used.
    pub fallback_interval: Option<Span>,
    /// Which columns of a text, or signals of an EDF, are read. One that is not there is an error that names those that are.
    pub columns: ColumnChoice<'a>,
    /// Whether the day or the month comes first in dates of numbers; [`DateOrderRule::Chosen`](crate::notices::DateOrderRule::Chosen) says that the caller chose it.
    pub date_order: Option<DateOrder>,
    /// The zone of the wall clock of the night: a start in universal time, or in another zone, is given in it. A night has one
    /// zone; where it changes with the season, that of its start. A wall clock without a zone stays as it is.
    pub zone: Option<UtcOffset>,
}

impl<'a> ParseOptions<'a> {
    /// With the name of the file.
    #[must_use]
    pub const fn with_file_name(self, name: &'a str) -> Self {
        Self { file_name: Some(name), ..self }
    }

    /// With the seconds between records, for a file that does not state it.
    #[must_use]
    pub const fn with_fallback_interval(self, interval: Span) -> Self {
        Self { fallback_interval: Some(interval), ..self }
    }

    /// With columns or signals by name or number.
    #[must_use]
    pub const fn with_columns(self, columns: ColumnChoice<'a>) -> Self {
        Self { columns, ..self }
    }

    /// With the order of day and month.
    #[must_use]
    pub const fn with_date_order(self, order: DateOrder) -> Self {
        Self { date_order: Some(order), ..self }
    }

    /// With the zone of the wall clock of the night.
    #[must_use]
    pub const fn with_zone(self, zone: UtcOffset) -> Self {
        Self { zone: Some(zone), ..self }
    }
}

/// Columns of a text or signals of an EDF that the caller names; the others are found as always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnChoice<'a> {
    /// The moment of a row; only of texts.
    pub time: Option<ColumnName<'a>>,
    /// Oxygen saturation.
    pub spo2: Option<ColumnName<'a>>,
    /// Pulse.
    pub pulse: Option<ColumnName<'a>>,
    /// Motion.
    pub motion: Option<ColumnName<'a>>,
}

impl ColumnChoice<'_> {
    /// None is named.
    pub(crate) const NONE: Self = Self { time: None, spo2: None, pulse: None, motion: None };
}

impl<'a> ColumnChoice<'a> {
    /// With the column of the moments.
    #[must_use]
    pub const fn with_time(self, time: ColumnName<'a>) -> Self {
        Self { time: Some(time), ..self }
    }

    /// With the column or signal of oxygen saturation.
    #[must_use]
    pub const fn with_spo2(self, spo2: ColumnName<'a>) -> Self {
        Self { spo2: Some(spo2), ..self }
    }

    /// With that of the pulse.
    #[must_use]
    pub const fn with_pulse(self, pulse: ColumnName<'a>) -> Self {
        Self { pulse: Some(pulse), ..self }
    }

    /// With that of motion.
    #[must_use]
    pub const fn with_motion(self, motion: ColumnName<'a>) -> Self {
        Self { motion: Some(motion), ..self }
    }
}

/// How a column or signal is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnName<'a> {
    /// As the file does, in letters of any case: the first of this name.
    Name(&'a str),
    /// By its number, from 1.
    Number(u16),
}

impl ColumnName<'_> {
    /// Where it is among names, from 0; also behind the last one, if it is a number.
    pub(crate) fn place<'n>(&self, mut names: impl Iterator<Item = &'n [u8]>) -> Option<usize> {
        match self {
            Self::Name(name) => {
                names.position(|found| found.trim_ascii().eq_ignore_ascii_case(name.trim().as_bytes()))
            }
            Self::Number(number) => usize::from(*number).checked_sub(1),
        }
    }
}

impl ParseOptions<'_> {
    /// What the steps between rows say; else the caller's, or a second.
    pub(crate) fn interval_if_told(&self, steps: Option<Span>) -> Result<Span, ParseError> {
        const USUAL: Span = Span::from_secs(1);
        steps.map_or_else(|| self.interval_or(USUAL).map(Span::from_secs), Ok)
    }

    /// Seconds: the caller's interval if it is one, else the usual one.
    pub(crate) fn interval_or(&self, usual: Span) -> Result<u32, ParseError> {
        let interval = self.fallback_interval.filter(|&interval| interval > Span::ZERO).unwrap_or(usual);
        if interval <= LONGEST_INTERVAL {
            Ok(interval.as_secs())
        } else {
            Err(ParseError::bad_interval(interval))
        }
    }
}
