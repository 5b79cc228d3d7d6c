//! What only the samples themselves tell, counted while they pass.

use crate::batch::{Block, SampleSink};
use crate::notices::Notices;
use crate::sample::Sample;

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
    sub_range: u32,
    read: u32,
    low: u32,
}

/// Half of the readings lie below this where they are no saturation but a pulse (docs/FORMATS.md, "Plausibility").
const LOW_PCT: u8 = 75;
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
        }
    }

    pub(crate) const fn add(&mut self, sample: &Sample) {
        match (sample.spo2, sample.pulse) {
            (None, None) => self.countdown = self.countdown.saturating_add(1),
            (None, Some(_)) => {
                self.sub_range = self.sub_range.saturating_add(1);
                self.countdown = 0;
            }
            (Some(spo2), _) => {
                self.read = self.read.saturating_add(1);
                self.low = self.low.saturating_add((spo2.as_pct() < LOW_PCT) as u32);
                self.countdown = 0;
            }
        }
    }

    /// A pulse without SpO2 is a reading below the range of this maker's rings; of other devices nobody knows that.
    pub(crate) const fn noticed(self, is_ring: bool, notices: Notices) -> Notices {
        let sub_range_readings = if is_ring { self.sub_range } else { 0 };
        let spo2_like_pulse = self.read >= LEAST && self.low > self.read / 2;
        Notices { countdown_records: self.countdown, sub_range_readings, spo2_like_pulse, ..notices }
    }
}
