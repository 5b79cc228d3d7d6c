//! Samples that need no judgement, for machines that take many at once. It changes nothing but the time: what a
//! machine does with the same samples one by one is its definition.

use super::sink::{Block, SampleSink};
use crate::units::{PulseRate, Span, Spo2};

/// What takes samples one by one, and stretches of them at once.
pub(crate) trait Machine: SampleSink {
    /// How many of the first samples make a [`Stretch`].
    fn clean(&self, block: &Block<'_>) -> usize;

    /// The next samples.
    fn stretch(&mut self, stretch: &Stretch<'_>);
}

/// Gives a block to a machine: as many samples at once as there can be.
#[inline]
pub(crate) fn feed(machine: &mut impl Machine, block: &Block<'_>) {
    let mut rest = *block;
    while !rest.at.is_empty() {
        let len = machine.clean(&rest);
        if len > 0 {
            machine.stretch(&Stretch::of(&rest, len));
        } else if let Some(sample) = rest.samples().next() {
            machine.sample(&sample);
        }
        rest = rest.after(len.max(1));
    }
}

/// Samples in order, both readings of each accepted by the filter, and no time missing before any of them.
#[derive(Clone, Copy)]
pub(crate) struct Stretch<'b> {
    at: &'b [u32],
    spo2: &'b [u8],
    pulse: &'b [u8],
}

impl<'b> Stretch<'b> {
    /// The first samples of a block.
    fn of(block: &Block<'b>, len: usize) -> Self {
        let first = |column: &'b [u8]| column.get(..len).unwrap_or(column);
        Self {
            at: block.at.get(..len).unwrap_or(block.at),
            spo2: first(block.spo2),
            pulse: first(block.pulse),
        }
    }

    pub(crate) fn len(&self) -> u32 {
        self.at.len() as u32
    }

    pub(crate) fn first(&self) -> Span {
        Span::from_secs(self.at.first().copied().unwrap_or(0))
    }

    pub(crate) fn last(&self) -> Span {
        Span::from_secs(self.at.last().copied().unwrap_or(0))
    }

    #[inline]
    pub(crate) fn spo2(&self) -> impl DoubleEndedIterator<Item = (Span, Spo2)> + ExactSizeIterator {
        self.at.iter().zip(self.spo2).map(|(&at, &pct)| (Span::from_secs(at), accepted(Spo2::from_byte(pct))))
    }

    /// The lowest SpO2.
    #[inline]
    pub(crate) fn lowest(&self) -> Spo2 {
        accepted(Spo2::from_byte(self.spo2.iter().copied().fold(u8::MAX, u8::min)))
    }

    #[inline]
    pub(crate) fn pulse(&self) -> impl Iterator<Item = (Span, PulseRate)> {
        let pulse = |&bpm: &u8| PulseRate::from_byte(bpm).unwrap_or(PulseRate::MIN);
        self.at.iter().zip(self.pulse).map(move |(&at, bpm)| (Span::from_secs(at), pulse(bpm)))
    }

    /// Stretches of the same SpO2, one after the other.
    #[inline]
    pub(crate) fn runs(&self) -> impl Iterator<Item = Run<'b>> {
        let mut at = self.at;
        self.spo2.chunk_by(|a, b| a == b).filter_map(move |equal| {
            let (run, rest) = at.split_at_checked(equal.len())?;
            at = rest;
            Some(Run { at: run, spo2: accepted(Spo2::from_byte(*equal.first()?)) })
        })
    }
}

/// Samples with the same SpO2.
#[derive(Clone, Copy)]
pub(crate) struct Run<'b> {
    at: &'b [u32],
    pub(crate) spo2: Spo2,
}

impl Run<'_> {
    pub(crate) const fn len(&self) -> u32 {
        self.at.len() as u32
    }

    pub(crate) fn first(&self) -> Span {
        Span::from_secs(self.at.first().copied().unwrap_or(0))
    }

    pub(crate) fn last(&self) -> Span {
        Span::from_secs(self.at.last().copied().unwrap_or(0))
    }

    /// When the samples after the first were.
    pub(crate) fn others(&self) -> impl Iterator<Item = Span> {
        self.at.iter().skip(1).copied().map(Span::from_secs)
    }
}

/// A reading that the filter let pass is a reading.
#[inline]
fn accepted(spo2: Option<Spo2>) -> Spo2 {
    spo2.unwrap_or(Spo2::MAX)
}
