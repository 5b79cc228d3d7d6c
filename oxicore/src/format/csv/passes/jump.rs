//! A clock that nobody had set at the beginning, in whatever year it then was. Source: docs/FORMATS.md, "Times".

use super::walk::Reader;
use crate::error::ParseError;
use crate::format::csv::dialect::Dialect;
use crate::format::csv::lines::error_at;
use crate::format::csv::row::{too_long, unclear};
use crate::format::facts::LONGEST_RECORDING;
use crate::time::LocalDateTime;
use crate::units::Span;

/// Recordings shorter than this are not looked at.
pub(crate) const SUSPICIOUS: Span = Span::from_secs(30 * 86_400);

/// The longest step that may be a gap. What this crate has written, with both reminders, is what it was.
pub(crate) const fn longest_gap(dialect: &Dialect) -> Span {
    if dialect.width.names_reminders() { LONGEST_RECORDING } else { SUSPICIOUS }
}

/// A year before the devices of today: a clock that shows it was not set.
const FIRST_YEAR: u16 = 2010;

/// Whether a clock that shows this may never have been set: the first of January, or a year long ago.
pub(super) fn is_unset(time: LocalDateTime) -> bool {
    time.is_new_year() || time.date().0 < FIRST_YEAR
}

/// The last row before which the clock jumped.
struct Jump {
    to: LocalDateTime,
    line: u32,
    /// That it was not set before.
    is_sure: bool,
}

/// From when on the clock was set, if at the beginning it was not: it showed the first of January or a year long ago and
/// jumped by more than a month, and never ran back as far. Fails at such a jump of a clock that may have been set before, and
/// where a first of January gives way to an earlier year.
pub(super) fn set_from(bytes: &[u8], dialect: Dialect) -> Result<Option<LocalDateTime>, ParseError> {
    let mut reader = Reader::new(bytes, dialect);
    let (mut first, mut last, mut jump) = (None, None, None::<Jump>);
    let mut runs_back = false;
    while let Some(row) = reader.next() {
        let Some(time) = reader.clock(row.time) else { continue };
        let first: LocalDateTime = *first.get_or_insert(time);
        let forward = time.unix_seconds().saturating_sub(last.replace(time).unwrap_or(time).unix_seconds());
        let is_unset = is_unset(first);
        let longest = if is_unset { SUSPICIOUS } else { longest_gap(&dialect) };
        if forward > longest.as_secs().into() {
            jump = Some(Jump { to: time, line: reader.line(), is_sure: is_unset });
        }
        let is_set = forward.saturating_neg() > LONGEST_RECORDING.as_secs().into() && !time.is_new_year();
        if is_set && jump.is_none() && first.is_new_year() {
            return Err(error_at(bytes, reader.line(), |line| unclear(line, &dialect)));
        }
        runs_back |= jump.is_some() && forward.saturating_neg() > SUSPICIOUS.as_secs().into();
    }
    match jump {
        Some(jump) if runs_back || !jump.is_sure => {
            Err(error_at(bytes, jump.line, |line| too_long(line, &dialect)))
        }
        jump => Ok(jump.map(|jump| jump.to)),
    }
}
