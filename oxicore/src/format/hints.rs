//! What the caller of a reader may know and the file does not tell.

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
