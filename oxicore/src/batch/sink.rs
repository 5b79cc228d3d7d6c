//! Where samples go while a file is read: one by one, or many of the usual kind at once.

use crate::sample::{Alarms, Sample};
use crate::units::{Motion, PulseRate, Span, Spo2};

/// Samples a reader hands over at once, at most.
pub(crate) const BLOCK: usize = 64;

/// Takes the samples of a file in order.
pub(crate) trait SampleSink {
    /// About so many samples are about to come: time to make room.
    fn expect(&mut self, samples: usize) {
        let _ = samples;
    }

    /// The next sample.
    fn sample(&mut self, sample: &Sample);

    /// The next samples, none of them with an alarm.
    #[inline]
    fn block(&mut self, block: &Block<'_>) {
        block.samples().for_each(|sample| self.sample(&sample));
    }
}

/// Samples as bytes, columns of the same length: SpO2 up to 100 and pulse below 255, 0 being no reading, and motion.
#[derive(Clone, Copy)]
pub(crate) struct Block<'b> {
    pub(crate) at: &'b [u32],
    pub(crate) spo2: &'b [u8],
    pub(crate) pulse: &'b [u8],
    /// `None` where nothing recorded it.
    pub(crate) motion: Option<&'b [u8]>,
}

impl<'b> Block<'b> {
    /// Without the first samples.
    pub(crate) fn after(&self, samples: usize) -> Self {
        let rest = |column: &'b [u8]| column.get(samples..).unwrap_or_default();
        let at = self.at.get(samples..).unwrap_or_default();
        Self { at, spo2: rest(self.spo2), pulse: rest(self.pulse), motion: self.motion.map(rest) }
    }

    /// One by one.
    #[inline]
    pub(crate) fn samples(&self) -> impl Iterator<Item = Sample> {
        let motion = |place: usize| Motion::from_device((*self.motion?.get(place)?).into());
        let columns = self.at.iter().zip(self.spo2).zip(self.pulse).enumerate();
        columns.map(move |(place, ((&at, &spo2), &pulse))| Sample {
            at: Span::from_secs(at),
            spo2: Spo2::from_byte(spo2),
            pulse: PulseRate::from_byte(pulse),
            motion: motion(place),
            alarms: Alarms::default(),
        })
    }
}

/// Hands samples over in blocks where they fit into them.
pub(crate) fn hand_over(mut samples: impl Iterator<Item = Sample>, sink: &mut dyn SampleSink) {
    let mut block = Gathered::EMPTY;
    loop {
        let (len, other) = block.gather(&mut samples);
        if len > 0 {
            sink.block(&block.block(len));
        }
        match other {
            Some(sample) => sink.sample(&sample),
            None if len < BLOCK => return,
            None => {}
        }
    }
}

/// Memory for a block.
pub(crate) struct Gathered {
    pub(crate) at: [u32; BLOCK],
    pub(crate) spo2: [u8; BLOCK],
    pub(crate) pulse: [u8; BLOCK],
    pub(crate) motion: [u8; BLOCK],
}

impl Gathered {
    pub(crate) const EMPTY: Self =
        Self { at: [0; BLOCK], spo2: [0; BLOCK], pulse: [0; BLOCK], motion: [0; BLOCK] };

    /// Fills the block anew; how many samples fit into it, and the first that does not.
    #[inline]
    fn gather(&mut self, samples: &mut impl Iterator<Item = Sample>) -> (usize, Option<Sample>) {
        let mut len = 0_usize;
        let values = self.spo2.iter_mut().zip(&mut self.pulse).zip(&mut self.motion);
        for (at, ((spo2, pulse), motion)) in self.at.iter_mut().zip(values) {
            let Some(sample) = samples.next() else { break };
            let Some(bytes) = sample.as_bytes() else { return (len, Some(sample)) };
            *at = sample.at.as_secs();
            [*spo2, *pulse, *motion] = bytes;
            len += 1;
        }
        (len, None)
    }

    /// The first samples.
    #[inline]
    pub(crate) fn block(&self, len: usize) -> Block<'_> {
        Block {
            at: self.at.get(..len).unwrap_or(&self.at),
            spo2: self.spo2.get(..len).unwrap_or(&self.spo2),
            pulse: self.pulse.get(..len).unwrap_or(&self.pulse),
            motion: Some(self.motion.get(..len).unwrap_or(&self.motion)),
        }
    }
}

impl Sample {
    /// SpO2, pulse and motion, as a [`Block`] holds them, if it can.
    #[inline]
    pub(crate) fn as_bytes(&self) -> Option<[u8; 3]> {
        let spo2 = self.spo2.map_or(0, Spo2::as_pct);
        let pulse = u8::try_from(self.pulse.map_or(0, PulseRate::as_bpm)).ok()?;
        let has_alarm = self.alarms.spo2 || self.alarms.pulse;
        Some([spo2, pulse, self.motion?.as_raw()]).filter(|_| !has_alarm)
    }
}

/// A closure that takes samples one by one.
pub(crate) struct Each<F>(pub(crate) F);

impl<F: FnMut(Sample)> SampleSink for Each<F> {
    #[inline]
    fn sample(&mut self, sample: &Sample) {
        (self.0)(*sample);
    }
}

/// Takes samples and forgets them.
pub(crate) struct Nowhere;

impl SampleSink for Nowhere {
    #[inline]
    fn sample(&mut self, _: &Sample) {}

    #[inline]
    fn block(&mut self, _: &Block<'_>) {}
}
