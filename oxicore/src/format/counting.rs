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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// The same as [adding](Self::add) sample by sample.
    #[inline]
    pub(crate) fn block(&mut self, block: &Block<'_>) {
        let mut read_at = block.at.iter().zip(block.spo2).filter(|(_, pct)| **pct != 0);
        if let Some(first) = read_at.next() {
            let last = read_at.next_back().unwrap_or(first);
            self.reached([first, last].map(|(&at, _)| Span::from_secs(at)));
        }
        // Of up to 64.
        let count = |is: fn(u8) -> bool| block.spo2.iter().map(|&pct| u8::from(is(pct))).sum::<u8>();
        self.read = self.read.saturating_add(count(|pct| pct != 0).into());
        self.low = self.low.saturating_add(count(|pct| pct != 0 && pct < LOW_PCT).into());
        let nothing = block.spo2.iter().zip(block.pulse).rev().take_while(|&(&pct, &bpm)| pct | bpm == 0);
        let nothing = nothing.count();
        let before = if nothing == block.spo2.len() { self.countdown } else { 0 };
        self.countdown = before.saturating_add(nothing as u32);
    }

    const fn reached(&mut self, [first, last]: [Span; 2]) {
        if self.read == 0 {
            self.first = first;
        }
        self.last = last;
    }

    pub(crate) const fn add(&mut self, sample: &Sample) {
        match (sample.spo2, sample.pulse) {
            (None, None) => self.countdown = self.countdown.saturating_add(1),
            (None, Some(_)) => self.countdown = 0,
            (Some(spo2), _) => {
                self.reached([sample.at; 2]);
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
    let mut steps = ReadingSteps::default();
    samples.for_each(|sample| steps.add(&sample));
    steps.are_coarse()
}

/// From one reading to the next.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ReadingSteps {
    last: Option<Span>,
    steps: u32,
    /// Of more than ten seconds.
    late: u32,
}

impl ReadingSteps {
    pub(crate) fn add(&mut self, sample: &Sample) {
        if sample.spo2.is_none() {
            return;
        }
        if let Some(last) = self.last.replace(sample.at) {
            self.steps = self.steps.saturating_add(1);
            self.late = self.late.saturating_add((sample.at.since(last) > COARSE).into());
        }
    }

    pub(crate) const fn are_coarse(&self) -> bool {
        self.late > self.steps / 2
    }
}

/// Whether samples with such an interval are too far apart for an index.
#[cfg(feature = "alloc")]
pub(crate) fn is_too_coarse(interval: Span, samples: impl Iterator<Item = Sample>) -> bool {
    is_coarse(interval) || are_coarse(samples)
}

/// Whether the interval alone is too long for an index.
pub(crate) fn is_coarse(interval: Span) -> bool {
    interval > COARSE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_count_as_their_samples_do() {
        let values = [0, 0, 74, 75, 100];
        for block in 0..5_usize.pow(4) {
            let value = |place: u32| values[block / 5_usize.pow(place) % 5];
            let (at, spo2, pulse) = ([4, 8, 12], [value(0), value(1), value(2)], [60, 0, value(3)]);
            let block = Block { at: &at, spo2: &spo2, pulse: &pulse, motion: None };
            let (mut at_once, mut one_by_one) = (Readings::default(), Readings::default());
            for _ in 0..2 {
                at_once.block(&block);
                block.samples().for_each(|sample| one_by_one.add(&sample));
                assert_eq!(at_once, one_by_one, "{spo2:?} {pulse:?}");
            }
        }
    }
}
