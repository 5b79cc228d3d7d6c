//! Of several signals with the words of one reading the one that is read: one with a reading before one without, then the
//! plainest name, then the first.

use super::header::{Described, Header};
use super::labels::Rank;
use super::signal::Signal;
use crate::error::ParseError;

/// A value that stands for longer than this is no reading of a night but a summary of it.
const LONGEST_PERIOD_US: u64 = 60_000_000;

/// What was found for one kind of reading.
pub(super) struct Choice<'a> {
    /// The signal and its label.
    pub(super) found: Option<(Signal, &'a [u8])>,
    /// Signals with its words whose description cannot be true.
    pub(super) left_out: u32,
    /// Why the first of these cannot.
    pub(super) broken: Option<ParseError>,
}

/// The data records, to see whether a signal has any reading.
pub(super) struct Data<'a> {
    records: &'a [u8],
    record_len: usize,
    count: usize,
    duration_us: u64,
}

impl<'a> Data<'a> {
    pub(super) const fn new(records: &'a [u8], record_len: usize, count: usize, duration_us: u64) -> Self {
        Self { records, record_len, count, duration_us }
    }

    fn has(&self, signal: &Signal, is_reading: fn(u32) -> bool) -> bool {
        let mut records = self.records.chunks_exact(self.record_len.max(1)).take(self.count);
        records.any(|record| (0..signal.samples()).any(|n| signal.nth(record, n).is_some_and(is_reading)))
    }

    /// Whether its values are too far apart to be readings.
    fn is_summary(&self, signal: &Described<'_>) -> bool {
        let values = signal.values().and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
        values > 0 && self.duration_us.div_euclid(values.max(1)) > LONGEST_PERIOD_US
    }
}

/// Finds the signal of one kind of reading: the one with the number that the caller named, whatever its label says.
pub(super) fn choose<'a>(
    header: &'a Header<'_>,
    data: &Data<'_>,
    named: Option<usize>,
    rank: impl Fn(&Described<'a>) -> Option<Rank>,
    is_reading: fn(u32) -> bool,
) -> Choice<'a> {
    let mut choice = Choice { found: None, left_out: 0, broken: None };
    let mut best = None;
    for (at, described) in header.signals().enumerate().filter(|(_, signal)| !data.is_summary(signal)) {
        let rank = match named {
            Some(named) => (named == at).then_some(Rank::Plain),
            None => rank(&described),
        };
        let Some(rank) = rank else { continue };
        match described.signal() {
            Ok(signal) => {
                let place = (!data.has(&signal, is_reading), rank);
                if best.is_none_or(|best| place < best) {
                    best = Some(place);
                    choice.found = Some((signal, described.label));
                }
            }
            Err(error) => {
                choice.left_out = choice.left_out.saturating_add(1);
                choice.broken.get_or_insert(error);
            }
        }
    }
    choice
}
