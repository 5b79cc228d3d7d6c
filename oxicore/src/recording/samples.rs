//! The samples of a recording, whatever holds them.

use core::iter::from_fn;

use crate::batch::{Each, SampleSink, hand_over};
use crate::columns::{ColumnSamples, SampleColumnsRef};
#[cfg(feature = "choicemmed")]
use crate::format::choicemmed;
#[cfg(feature = "contec")]
use crate::format::contec;
#[cfg(feature = "edf")]
use crate::format::edf;
use crate::format::{csv, legacy, oxyii, pod2};
use crate::recording::{Data, Recording, Sample, Source};
use crate::time::LocalDateTime;
use crate::units::Span;

impl<'a> Recording<'a> {
    /// The records in order, times strictly growing from zero; again and again, at no cost but the reading.
    #[must_use]
    pub fn samples(&self) -> Samples<'a> {
        let (rows, later) = match self.data {
            Data::Bytes(bytes) => (self.rows(bytes), &[][..]),
            Data::Columns(columns) => (Rows::Columns(columns.samples()), &[][..]),
            Data::Parts([first, later @ ..]) => {
                return Samples { later, remaining: self.len(), ..first.samples() };
            }
            Data::Parts([]) => (Rows::Columns(SampleColumnsRef::default().samples()), &[][..]),
        };
        Samples { rows, remaining: self.len(), later, start: self.start(), shift: Span::ZERO }
    }

    fn rows(&self, bytes: &'a [u8]) -> Rows<'a> {
        match self.layout.source {
            Source::Columns { .. } => Rows::Columns(SampleColumnsRef::default().samples()),
            Source::Csv(dialect) => Rows::Csv(csv::Rows::new(bytes, dialect, &self.layout)),
            Source::Legacy(records) => Rows::Legacy(legacy::Rows::new(bytes, records, self.layout.interval)),
            Source::Oxyii(records) => Rows::Oxyii(oxyii::Rows::new(bytes, records, self.layout.interval)),
            Source::Pod2 => Rows::Pod2(pod2::Rows::new(bytes, self.layout.interval)),
            #[cfg(feature = "edf")]
            Source::Edf => Rows::Edf(edf::Rows::new(bytes)),
            #[cfg(feature = "contec")]
            Source::Contec(records) => Rows::Contec(contec::Rows::new(bytes, records)),
            #[cfg(feature = "choicemmed")]
            Source::ChoiceMmed(records) => {
                Rows::ChoiceMmed(choicemmed::Rows::new(bytes, records, &self.layout))
            }
        }
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

#[derive(Clone)]
#[cfg_attr(not(feature = "edf"), expect(clippy::large_enum_variant, reason = "nearly all files are texts"))]
enum Rows<'a> {
    Columns(ColumnSamples<'a>),
    Csv(csv::Rows<'a>),
    Legacy(legacy::Rows<'a>),
    Oxyii(oxyii::Rows<'a>),
    Pod2(pod2::Rows<'a>),
    #[cfg(feature = "edf")]
    Edf(edf::Rows<'a>),
    #[cfg(feature = "contec")]
    Contec(contec::Rows<'a>),
    #[cfg(feature = "choicemmed")]
    ChoiceMmed(choicemmed::Rows<'a>),
}

impl Rows<'_> {
    fn next(&mut self) -> Option<Sample> {
        match self {
            Self::Columns(rows) => rows.next(),
            Self::Csv(rows) => rows.next(),
            Self::Legacy(rows) => rows.next(),
            Self::Oxyii(rows) => rows.next(),
            Self::Pod2(rows) => rows.next(),
            #[cfg(feature = "edf")]
            Self::Edf(rows) => rows.next(),
            #[cfg(feature = "contec")]
            Self::Contec(rows) => rows.next(),
            #[cfg(feature = "choicemmed")]
            Self::ChoiceMmed(rows) => rows.next(),
        }
    }

    /// Decides once for all samples, not more than `limit`, which format they have.
    #[inline]
    fn hand_to(self, limit: usize, sink: &mut dyn SampleSink) {
        match self {
            Self::Columns(rows) => rows.hand_to(limit, sink),
            Self::Csv(rows) => rows.hand_to(limit, sink),
            Self::Legacy(rows) => rows.hand_to(limit, sink),
            Self::Oxyii(mut rows) => hand_over(from_fn(|| rows.next()).take(limit), sink),
            // Rare files: one way for all of them, because each way is there once for each kind of sink.
            mut rare => hand_over(from_fn(|| rare.next()).take(limit), sink),
        }
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

    /// Hands all samples to `sink`: with feature `blocks` faster than one by one.
    #[inline]
    pub(crate) fn hand_to(self, sink: &mut dyn SampleSink) {
        if !cfg!(feature = "blocks") {
            for sample in self {
                sink.sample(&sample);
            }
        } else if self.later.is_empty() && self.shift == Span::ZERO {
            self.rows.hand_to(self.remaining, sink);
        } else {
            hand_over(self, sink);
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
