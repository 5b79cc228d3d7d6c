//! How a night is divided into data records of equal length.

use super::{EVENT, Gaps, ONSET, SIGNALS};
use crate::recording::Recording;
use crate::sample::Sample;
use crate::units::Span;

/// A data record holds so many samples at most, and lasts so many seconds.
pub(super) const MOST_SAMPLES: u32 = 60;
/// A value that stands for longer is a summary of a night to all who read the format, this crate among them.
const LONGEST_INTERVAL: u32 = 60;
/// The widest number of a header field.
const EIGHT_DIGITS: u32 = 99_999_999;

/// Bytes of one moment in all signals.
const SAMPLE: u64 = (SIGNALS.len() as u64).saturating_mul(2);

/// Data records and what each of them holds.
pub(super) struct Plan {
    pub(super) gaps: Gaps,
    pub(super) records: u32,
    /// Samples of each signal in a data record.
    pub(super) samples: u32,
    /// Seconds between samples.
    pub(super) step: u32,
    /// Seconds that a sample of the night holds.
    pub(super) interval: u32,
    pub(super) is_continuous: bool,
    /// Desaturations that each data record has room for.
    pub(super) events: usize,
}

impl Plan {
    /// `None` when numbers get too wide.
    pub(super) fn of(recording: &Recording<'_>, events: usize, gaps: Gaps) -> Option<Self> {
        let interval =
            Some(recording.interval().as_secs()).filter(|&interval| interval <= LONGEST_INTERVAL)?;
        let plan = match gaps {
            Gaps::Left => Self::with_gaps(recording, events, interval)?,
            Gaps::Filled => Self::filled(recording, interval)?,
        };
        let fits = plan.records <= EIGHT_DIGITS && plan.duration() <= EIGHT_DIGITS;
        let events = events.div_ceil(usize::try_from(plan.records).ok()?.max(1));
        fits.then_some(Self { events, ..plan })
    }

    /// Seconds of a data record.
    pub(super) const fn duration(&self) -> u32 {
        self.samples.saturating_mul(self.step)
    }

    /// Bytes of the annotation signal in a data record.
    pub(super) fn annotation_len(&self) -> usize {
        self.events.saturating_mul(EVENT).saturating_add(ONSET)
    }

    /// One stretch from the first record to the end of the last, at the rate at which every record has its moment.
    fn filled(recording: &Recording<'_>, interval: u32) -> Option<Self> {
        let step = recording.samples().fold(interval, |step, sample| divisor(step, sample.at.as_secs()));
        let samples = MOST_SAMPLES.checked_div(step)?;
        let records = recording.span().as_secs().div_ceil(samples.checked_mul(step)?);
        Some(Self { gaps: Gaps::Filled, records, samples, step, interval, is_continuous: true, events: 0 })
    }

    /// The division that takes the fewest bytes, of those in which every record of the night has its moment.
    fn with_gaps(recording: &Recording<'_>, events: usize, interval: u32) -> Option<Self> {
        let longest = MOST_SAMPLES.checked_div(interval)?.max(1);
        let mut tries: [Try; MOST_SAMPLES as usize] = core::array::from_fn(|_| Try::NEW);
        for sample in recording.samples() {
            for (samples, one) in (1..=longest).zip(&mut tries) {
                one.push(&sample, samples, interval);
            }
        }
        let possible = (1..=longest).zip(&tries).filter(|(_, one)| one.is_possible);
        let (samples, best) = possible.min_by_key(|(samples, one)| one.bytes(*samples, events))?;
        Some(Self {
            gaps: Gaps::Left,
            records: best.records,
            samples,
            step: interval,
            interval,
            is_continuous: !best.has_gaps,
            events: 0,
        })
    }
}

/// A division into data records of so many samples, each of which begins at a sample.
struct Try {
    begin: Option<Span>,
    records: u32,
    has_gaps: bool,
    /// No sample lies between the moments of its data record. Data records of a single sample may overlap.
    is_possible: bool,
}

impl Try {
    const NEW: Self = Self { begin: None, records: 0, has_gaps: false, is_possible: true };

    fn push(&mut self, sample: &Sample, samples: u32, interval: u32) {
        let passed = self.begin.map(|begin| sample.at.since(begin).as_secs());
        let duration = samples.saturating_mul(interval);
        if passed.is_some_and(|passed| passed < duration && samples > 1) {
            self.is_possible &= passed.is_some_and(|passed| passed.is_multiple_of(interval));
            return;
        }
        self.has_gaps |= passed.is_some_and(|passed| passed != duration);
        self.begin = Some(sample.at);
        self.records = self.records.saturating_add(1);
    }

    fn bytes(&self, samples: u32, events: usize) -> u64 {
        let room = events.div_ceil(usize::try_from(self.records).unwrap_or(usize::MAX).max(1));
        let annotations = room.saturating_mul(EVENT).saturating_add(ONSET) as u64;
        let signals = u64::from(samples).saturating_mul(SAMPLE);
        u64::from(self.records).saturating_mul(signals.saturating_add(annotations))
    }
}

/// The greatest common one.
const fn divisor(a: u32, b: u32) -> u32 {
    let (mut a, mut b) = (a, b);
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}
