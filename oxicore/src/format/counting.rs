//! What only the samples themselves tell, counted while they pass.

use crate::batch::{Block, SampleSink};
use crate::notices::Notices;
use crate::sample::Sample;
use crate::units::Span;

/// Counts what passes through.
pub(crate) struct Counting<'s> {
    pub(crate) counted: Readings,
    pub(crate) sink: &'s mut dyn SampleSink,
}

impl SampleSink for Counting<'_> {
    fn sample(&mut self, sample: &Sample) {
        self.counted.add(sample);
        self.sink.sample(sample);
    }

    fn block(&mut self, block: &Block<'_>) {
        self.counted.block(block);
        self.sink.block(block);
    }
}

/// Counts what the samples themselves tell.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Readings {
    countdown: u32,
    read: u32,
    low: u32,
    first: Span,
    last: Span,
}

/// Half of the readings lie below this where they are no saturation but a pulse (docs/FORMATS.md, "Plausibility").
const LOW_PCT: u8 = 75;
/// Readings further apart give no index: desaturations between them are not seen (docs/ALGORITHMS.md, "Sampling interval").
const COARSE: Span = Span::from_secs(10);
/// Fewer readings tell nothing.
const LEAST: u32 = 60;

impl Readings {
    #[inline]
    pub(crate) fn block(&mut self, block: &Block<'_>) {
        if block.has_missing() {
            block.samples().for_each(|sample| self.add(&sample));
        } else {
            self.countdown = 0;
            let low: u8 = block.spo2.iter().map(|&pct| u8::from(pct < LOW_PCT)).sum(); // of up to 64
            self.low = self.low.saturating_add(low.into());
            let (first, last) = (block.at.first(), block.at.last());
            self.reached(first.copied().unwrap_or(0), last.copied().unwrap_or(0));
            self.read = self.read.saturating_add(block.spo2.len() as u32);
        }
    }

    const fn reached(&mut self, first: u32, last: u32) {
        if self.read == 0 {
            self.first = Span::from_secs(first);
        }
        self.last = Span::from_secs(last);
    }

    pub(crate) const fn add(&mut self, sample: &Sample) {
        match (sample.spo2, sample.pulse) {
            (None, None) => self.countdown = self.countdown.saturating_add(1),
            (None, Some(_)) => self.countdown = 0,
            (Some(spo2), _) => {
                self.reached(sample.at.as_secs(), sample.at.as_secs());
                self.read = self.read.saturating_add(1);
                self.low = self.low.saturating_add((spo2.as_pct() < LOW_PCT) as u32);
                self.countdown = 0;
            }
        }
    }

    /// With what they tell of a recording with such an interval.
    pub(crate) const fn noticed(self, interval: Span, notices: Notices) -> Notices {
        // Whether they can be: more than half of the steps take more than ten seconds each.
        let taken_s = self.last.since(self.first);
        let least_s = (self.read.saturating_sub(1) as u64).saturating_mul(COARSE.as_secs() as u64 + 1) / 2;
        let interval_too_coarse = interval.as_secs() > COARSE.as_secs() || taken_s.as_secs() as u64 > least_s;
        let spo2_like_pulse = self.read >= LEAST && self.low > self.read / 2;
        Notices { countdown_records: self.countdown, spo2_like_pulse, interval_too_coarse, ..notices }
    }
}

/// Whether more than half of the readings follow the one before after more than ten seconds.
pub(crate) fn are_coarse(samples: impl Iterator<Item = Sample>) -> bool {
    let (mut last, mut steps, mut late) = (None, 0_u32, 0_u32);
    for sample in samples.filter(|sample| sample.spo2.is_some()) {
        if let Some(last) = last.replace(sample.at) {
            steps = steps.saturating_add(1);
            late = late.saturating_add((sample.at.since(last) > COARSE).into());
        }
    }
    late > steps / 2
}

/// Whether the interval alone is too long for an index.
pub(crate) fn is_coarse(interval: Span) -> bool {
    interval > COARSE
}
