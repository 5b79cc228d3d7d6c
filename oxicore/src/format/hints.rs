//! What the caller of a reader may know and the file does not tell.

use crate::notices::DateOrder;
use crate::time::UtcOffset;
use crate::units::Span;

/// Hints for [`Recording::parse_with`](crate::Recording::parse_with); none is needed.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParseOptions<'a> {
    /// Name of the file, with the folders above it where they are known. Its time stamp settles day-first or
    /// month-first when the text does not, and is the start of formats that store none; POD2 is known by it alone.
    pub file_name: Option<&'a str>,
    /// Seconds between records, for a file that does not tell: an unfinished one, or one whose duration was not
    /// stored. Without it the usual interval of its kind is taken. Either way [`Notices::interval_assumed`](crate::Notices::interval_assumed) says so.
    pub interval_if_untold: Option<Span>,
    /// Which columns of a text, or signals of an EDF, are read. One that is not there is an error that names those that are.
    pub columns: ColumnChoice<'a>,
    /// Whether the day or the month comes first in dates of numbers; [`DateOrderRule::Chosen`](crate::DateOrderRule::Chosen) says that it was told.
    pub date_order: Option<DateOrder>,
    /// The zone of the wall clock of the night: a start in universal time, or in another zone, is told in it. A night has one
    /// zone; where it changes with the season, that of its start. A wall clock without a zone stays as it is.
    pub zone: Option<UtcOffset>,
}

/// Columns of a text or signals of an EDF that the caller names; the others are found as always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// What the steps between rows tell; else the caller's, or a second.
    pub(crate) fn interval_if_told(&self, told: Option<Span>) -> Span {
        const USUAL: Span = Span::from_secs(1);
        told.unwrap_or_else(|| Span::from_secs(self.interval_or(USUAL)))
    }

    /// Seconds: the caller's interval if it is one, else the usual one.
    pub(crate) fn interval_or(&self, usual: Span) -> u32 {
        self.interval_if_untold.filter(|&interval| interval > Span::ZERO).unwrap_or(usual).as_secs()
    }
}
