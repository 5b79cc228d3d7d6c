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
    /// The last reading, and how many came late after the one before.
    last: Option<Span>,
    late: u32,
}

/// Half of the readings lie below this where they are no saturation but a pulse (docs/FORMATS.md, "Plausibility").
const LOW_PCT: u8 = 75;
/// Readings further apart tell no index: falls between them are not seen (docs/ALGORITHMS.md, "Sampling interval").
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
            self.read = self.read.saturating_add(block.spo2.len() as u32);
            let steps = block.at.iter().zip(block.at.iter().skip(1));
            let late: u8 =
                steps.map(|(before, at)| u8::from(at.wrapping_sub(*before) > COARSE.as_secs())).sum();
            self.late = self.late.saturating_add(late.into());
            block.at.first().iter().for_each(|&&at| self.late_since_last(Span::from_secs(at)));
            self.last = block.at.last().map(|&at| Span::from_secs(at)).or(self.last);
        }
    }

    const fn late_since_last(&mut self, at: Span) {
        if let Some(last) = self.last {
            self.late = self.late.saturating_add((at.since(last).as_secs() > COARSE.as_secs()) as u32);
        }
    }

    pub(crate) const fn add(&mut self, sample: &Sample) {
        match (sample.spo2, sample.pulse) {
            (None, None) => self.countdown = self.countdown.saturating_add(1),
            (None, Some(_)) => self.countdown = 0,
            (Some(spo2), _) => {
                self.read = self.read.saturating_add(1);
                self.low = self.low.saturating_add((spo2.as_pct() < LOW_PCT) as u32);
                self.late_since_last(sample.at);
                self.last = Some(sample.at);
                self.countdown = 0;
            }
        }
    }

    /// With what they tell of a recording with such an interval.
    pub(crate) const fn noticed(self, interval: Span, notices: Notices) -> Notices {
        let are_late = self.late > self.read.saturating_sub(1) / 2;
        let interval_too_coarse = interval.as_secs() > COARSE.as_secs() || are_late;
        let spo2_like_pulse = self.read >= LEAST && self.low > self.read / 2;
        Notices { countdown_records: self.countdown, spo2_like_pulse, interval_too_coarse, ..notices }
    }
}
