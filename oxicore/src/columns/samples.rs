//! The samples of lent columns, one by one and in blocks.

use super::{Mark, SampleColumnsRef};
use crate::batch::{Block, Gathered, SampleSink, hand_over};
use crate::sample::{Alarms, Sample};
use crate::units::{Motion, PulseRate, Spo2};

impl Gathered {
    /// The records as a block, if all of them fit into one.
    pub(super) fn copy(&mut self, columns: SampleColumnsRef<'_>) -> Option<Block<'_>> {
        let records = columns.at.len();
        self.at.iter_mut().zip(columns.at).for_each(|(to, at)| *to = at.as_secs());
        self.spo2.iter_mut().zip(columns.spo2).for_each(|(to, spo2)| *to = spo2.map_or(0, Spo2::as_pct));
        let mut highest = 0;
        self.pulse.iter_mut().zip(columns.pulse).for_each(|(to, pulse)| {
            let bpm = pulse.map_or(0, PulseRate::as_bpm);
            (*to, highest) = (bpm as u8, highest.max(bpm));
        });
        let mut is_missing = false;
        self.motion.iter_mut().zip(columns.motion).for_each(|(to, motion)| {
            is_missing |= motion.is_none();
            *to = motion.map_or(0, Motion::as_raw);
        });
        let block = self.block(records);
        let motion = block.motion.filter(|_| !columns.motion.is_empty());
        let fits = u8::try_from(highest).is_ok() && !is_missing;
        fits.then_some(Block { motion, ..block })
    }
}

/// Iterator over the samples of columns.
#[derive(Clone, Debug)]
pub(crate) struct ColumnSamples<'a> {
    pub(super) columns: SampleColumnsRef<'a>,
    /// Alarms not yet passed.
    pub(super) marks: &'a [Mark],
    /// SpO2 as it was recorded, percent; none where whole percents say it all.
    pub(super) fine_pct: &'a [f64],
    pub(super) next: usize,
}

impl ColumnSamples<'_> {
    /// Hands the samples to `sink`, not more than `limit`.
    pub(crate) fn hand_to(self, limit: usize, sink: &mut dyn SampleSink) {
        if self.marks.is_empty() {
            self.columns.part(self.next..self.columns.at.len()).hand_to(limit, sink);
        } else {
            hand_over(self.take(limit), sink);
        }
    }

    /// SpO2 of the last sample with its fraction, percent.
    pub(crate) fn spo2_pct(&self) -> Option<f64> {
        self.fine_pct.get(self.next.checked_sub(1)?).copied()
    }

    #[inline]
    fn alarms(&mut self, record: usize) -> Alarms {
        match self.marks {
            [mark, later @ ..] if mark.record == record => {
                self.marks = later;
                mark.alarms
            }
            _ => Alarms::default(),
        }
    }
}

impl Iterator for ColumnSamples<'_> {
    type Item = Sample;

    #[inline]
    fn next(&mut self) -> Option<Sample> {
        let SampleColumnsRef { at, spo2, pulse, motion } = self.columns;
        let place = self.next;
        self.next += 1;
        Some(Sample {
            at: *at.get(place)?,
            spo2: *spo2.get(place)?,
            pulse: pulse.get(place).copied().flatten(),
            motion: motion.get(place).copied().flatten(),
            alarms: self.alarms(place),
        })
    }
}
