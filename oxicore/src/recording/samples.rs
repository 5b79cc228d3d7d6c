//! The samples of a recording, whatever holds them.

use core::iter::from_fn;

use crate::batch::{Each, SampleSink, hand_over};
use crate::format::Rows;
use crate::recording::{Data, Recording};
use crate::sample::Sample;
use crate::time::LocalDateTime;
use crate::units::{Span, Spo2};

impl<'a> Recording<'a> {
    /// The records in order, times strictly growing from zero; again and again, at no cost but the reading.
    #[must_use]
    pub fn samples(&self) -> Samples<'a> {
        let (rows, later) = match self.data {
            Data::Bytes(bytes) => (Rows::of(bytes, &self.layout), &[][..]),
            Data::Columns(held) => {
                (Rows::Columns(held.columns.samples_of(held.marks, held.fine_pct)), &[][..])
            }
            Data::Parts([first, later @ ..]) => {
                return Samples { later, remaining: self.len(), ..first.samples() };
            }
            Data::Parts([]) => (Rows::NONE, &[][..]),
        };
        Samples { rows, remaining: self.len(), later, start: self.start(), shift: Span::ZERO }
    }
}

/// Iterator over the [`Sample`]s of a [`Recording`]; cannot fail.
#[derive(Clone)]
pub struct Samples<'a> {
    rows: Rows<'a>,
    remaining: usize,
    /// Parts of the night after the one being read.
    later: &'a [Recording<'a>],
    /// When the first sample of all was.
    start: LocalDateTime,
    /// From there to the first sample of the part being read.
    shift: Span,
}

impl core::fmt::Debug for Samples<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Samples").field("remaining", &self.remaining).finish_non_exhaustive()
    }
}

impl<'a> Samples<'a> {
    /// Goes on with the next part of the night.
    #[cold]
    fn next_part(&mut self) -> Option<Sample> {
        let (part, later) = self.later.split_first()?;
        let Samples { rows, .. } = part.samples();
        let shift = part.start().seconds_after(self.start);
        *self = Self { rows, later, shift: Span::from_secs(shift), ..*self };
        self.rows.next()
    }

    fn next_fine(&mut self) -> Option<(Sample, Option<f64>)> {
        let sample = self.next()?;
        let fine = |spo2: Spo2| self.rows.spo2_pct().unwrap_or(spo2.as_pct().into());
        Some((sample, sample.spo2.map(fine)))
    }

    /// Every sample, and its SpO2 with the fraction that was recorded, percent.
    pub(crate) fn finely(mut self) -> impl Iterator<Item = (Sample, Option<f64>)> {
        from_fn(move || self.next_fine())
    }

    /// Hands all samples to `sink`: with feature `blocks` faster than one by one.
    #[inline]
    pub(crate) fn hand_to(self, sink: &mut dyn SampleSink) {
        if self.later.is_empty() && self.shift == Span::ZERO {
            self.rows.hand_to(self.remaining, sink);
        } else if cfg!(feature = "blocks") {
            hand_over(self, sink);
        } else {
            for sample in self {
                sink.sample(&sample);
            }
        }
    }
}

impl Iterator for Samples<'_> {
    type Item = Sample;

    #[inline]
    fn next(&mut self) -> Option<Sample> {
        self.remaining = self.remaining.checked_sub(1)?;
        let sample = match self.rows.next() {
            Some(sample) => sample,
            None => self.next_part()?,
        };
        Some(Sample { at: sample.at.plus(self.shift), ..sample })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.remaining, Some(self.remaining))
    }

    #[inline]
    fn for_each<F: FnMut(Sample)>(self, each: F) {
        self.hand_to(&mut Each(each));
    }
}

impl ExactSizeIterator for Samples<'_> {}
