//! The samples column by column, as charts, tables and other languages want them: filled in the same pass that reads
//! the file, in lent memory or, with `alloc`, in vectors.

mod samples;

use core::ops::Range;

use crate::batch::{BLOCK, Block, Gathered, SampleSink};
use crate::sample::{Alarms, Sample};
use crate::units::{Motion, PulseRate, Span, Spo2};

pub(crate) use samples::ColumnSamples;

/// Lent memory for samples, one entry per record in every column; the shortest column counts.
#[derive(Debug)]
pub struct SampleColumnsMut<'m> {
    /// Time since the first record.
    pub at: &'m mut [Span],
    /// Oxygen saturation as recorded.
    pub spo2: &'m mut [Option<Spo2>],
    /// Pulse as recorded.
    pub pulse: &'m mut [Option<PulseRate>],
    /// Movement as recorded.
    pub motion: &'m mut [Option<Motion>],
}

/// Columns to look at, one entry per record; pulse and motion may be empty, which is a recording without them.
#[derive(Clone, Copy, Debug, Default)]
pub struct SampleColumnsRef<'a> {
    /// Time since the first record, growing from zero.
    pub at: &'a [Span],
    /// Oxygen saturation.
    pub spo2: &'a [Option<Spo2>],
    /// Pulse.
    pub pulse: &'a [Option<PulseRate>],
    /// Movement.
    pub motion: &'a [Option<Motion>],
}

/// A record at which the device gave an alarm: there are few, so that no column is kept for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Which record, from 0.
    pub(crate) record: usize,
    pub(crate) alarms: Alarms,
}

impl<'a> SampleColumnsRef<'a> {
    pub(crate) const NONE: Self = Self { at: &[], spo2: &[], pulse: &[], motion: &[] };

    /// Hands the samples to `sink`, not more than `limit`, in blocks where the readings fit into them.
    fn hand_to(self, limit: usize, sink: &mut dyn SampleSink) {
        let mut gathered = Gathered::EMPTY;
        let records = self.at.len().min(limit);
        for from in (0..records).step_by(BLOCK) {
            let columns = self.part(from..records.min(from + BLOCK));
            match gathered.copy(columns) {
                Some(block) => sink.block(&block),
                None => columns.samples().for_each(|sample| sink.sample(&sample)),
            }
        }
    }

    fn part(self, records: Range<usize>) -> Self {
        Self {
            at: self.at.get(records.clone()).unwrap_or_default(),
            spo2: self.spo2.get(records.clone()).unwrap_or_default(),
            pulse: self.pulse.get(records.clone()).unwrap_or_default(),
            motion: self.motion.get(records).unwrap_or_default(),
        }
    }

    pub(crate) const fn samples(self) -> ColumnSamples<'a> {
        self.samples_of(&[], &[])
    }

    /// With the alarms, in order, and SpO2 as it was recorded, percent.
    pub(crate) const fn samples_of(self, marks: &'a [Mark], fine_pct: &'a [f64]) -> ColumnSamples<'a> {
        ColumnSamples { columns: self, marks, fine_pct, next: 0 }
    }
}

impl SampleColumnsMut<'_> {
    pub(crate) fn len(&self) -> usize {
        self.at.len().min(self.spo2.len()).min(self.pulse.len()).min(self.motion.len())
    }

    pub(crate) fn filling(&mut self) -> Filling<'_> {
        let Self { at, spo2, pulse, motion } = self;
        Filling { at, spo2, pulse, motion }
    }
}

/// The entries not yet written; what finds no room is left out.
pub(crate) struct Filling<'m> {
    at: &'m mut [Span],
    spo2: &'m mut [Option<Spo2>],
    pulse: &'m mut [Option<PulseRate>],
    motion: &'m mut [Option<Motion>],
}

impl SampleSink for Filling<'_> {
    #[inline]
    fn sample(&mut self, sample: &Sample) {
        write(&mut self.at, &[sample.at], |at| at);
        write(&mut self.spo2, &[sample.spo2], |spo2| spo2);
        write(&mut self.pulse, &[sample.pulse], |pulse| pulse);
        write(&mut self.motion, &[sample.motion], |motion| motion);
    }

    #[inline]
    fn block(&mut self, block: &Block<'_>) {
        write(&mut self.at, block.at, Span::from_secs);
        write(&mut self.spo2, block.spo2, Spo2::from_byte);
        write(&mut self.pulse, block.pulse, PulseRate::from_byte);
        match block.motion {
            Some(motion) => write(&mut self.motion, motion, |motion| Motion::from_device(motion.into())),
            None => write(&mut self.motion, block.at, |_| None),
        }
    }
}

/// Writes the next entries of a column.
#[inline]
fn write<T: Copy, U>(column: &mut &mut [U], values: &[T], value: impl Fn(T) -> U) {
    let room = column.len();
    if let Some(slots) = column.split_off_mut(..values.len().min(room)) {
        slots.iter_mut().zip(values).for_each(|(slot, &given)| *slot = value(given));
    }
}

/// The samples of a recording, one entry per record in every column.
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SampleColumns {
    /// Time since the first record.
    pub at: alloc::vec::Vec<Span>,
    /// Oxygen saturation as recorded; one byte an entry.
    pub spo2: alloc::vec::Vec<Option<Spo2>>,
    /// Pulse as recorded; two bytes an entry.
    pub pulse: alloc::vec::Vec<Option<PulseRate>>,
    /// Movement as recorded.
    pub motion: alloc::vec::Vec<Option<Motion>>,
}

#[cfg(feature = "alloc")]
impl SampleColumns {
    /// The columns to look at.
    #[must_use]
    pub fn view(&self) -> SampleColumnsRef<'_> {
        let Self { at, spo2, pulse, motion } = self;
        SampleColumnsRef { at, spo2, pulse, motion }
    }
}

#[cfg(feature = "alloc")]
impl SampleSink for SampleColumns {
    fn expect(&mut self, samples: usize) {
        self.at.reserve(samples);
        self.spo2.reserve(samples);
        self.pulse.reserve(samples);
        self.motion.reserve(samples);
    }

    #[inline]
    fn sample(&mut self, sample: &Sample) {
        self.at.push(sample.at);
        self.spo2.push(sample.spo2);
        self.pulse.push(sample.pulse);
        self.motion.push(sample.motion);
    }

    #[inline]
    fn block(&mut self, block: &Block<'_>) {
        self.at.extend(block.at.iter().map(|&at| Span::from_secs(at)));
        self.spo2.extend(block.spo2.iter().map(|&pct| Spo2::from_byte(pct)));
        self.pulse.extend(block.pulse.iter().map(|&bpm| PulseRate::from_byte(bpm)));
        match block.motion {
            Some(motion) => self.motion.extend(motion.iter().map(|&raw| Motion::from_device(raw.into()))),
            None => self.motion.extend(block.at.iter().map(|_| None)),
        }
    }
}
