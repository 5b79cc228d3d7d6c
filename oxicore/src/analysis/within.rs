//! An analysis of parts of a night: the rest is time that does not count, and no missing reading.

use super::analyzer::{Analyzer, Found};
use crate::metrics::{per_hour, percent};
use crate::options::AnalysisOptions;
use crate::recording::Recording;
use crate::sample::Sample;
use crate::summary::{OdiCount, Summary};
use crate::units::Span;

/// Parts of a night in order, each from a moment up to, not including, another, since the first record; those in which a
/// person slept, say.
#[derive(Clone, Copy, Debug)]
pub struct Within<'a>(&'a [(Span, Span)]);

impl<'a> Within<'a> {
    /// `None` where there is no part, one ends before it begins, or begins before the one before it has ended.
    #[must_use]
    pub fn new(parts: &'a [(Span, Span)]) -> Option<Self> {
        let is_forward = parts.iter().all(|(begin, end)| begin < end);
        let is_apart = parts.iter().zip(parts.iter().skip(1)).all(|((_, end), (next, _))| end <= next);
        (!parts.is_empty() && is_forward && is_apart).then_some(Self(parts))
    }

    /// How much of a recording of some length they are.
    #[must_use]
    pub fn length(&self, of: Span) -> Span {
        let lengths =
            self.0.iter().map(|(begin, end)| end.as_secs().min(of.as_secs()).saturating_sub(begin.as_secs()));
        Span::from_secs(lengths.fold(0, u32::saturating_add))
    }

    /// Whether each of the samples is in a part, asked in order.
    pub(super) fn places(self) -> Places<'a> {
        Places { parts: self.0.iter(), part: None, before: Span::ZERO }
    }
}

/// Walks the parts beside the samples.
pub(super) struct Places<'a> {
    parts: core::slice::Iter<'a, (Span, Span)>,
    part: Option<(Span, Span)>,
    /// End of the part before.
    before: Span,
}

impl Places<'_> {
    /// Whether a sample is in a part; `left_out` is told of the time between parts before it.
    pub(super) fn has(&mut self, sample: &Sample, left_out: &mut impl FnMut(Span, Span)) -> bool {
        while self.part.is_none_or(|(_, end)| sample.at >= end) {
            self.before = self.part.map_or(self.before, |(_, end)| end);
            let Some(&next) = self.parts.next() else {
                self.part = None;
                return false;
            };
            left_out(self.before, next.0);
            self.part = Some(next);
        }
        self.part.is_some_and(|(begin, _)| begin <= sample.at)
    }

    /// End of the last part.
    pub(super) fn end(&self) -> Span {
        self.part.map_or(self.before, |(_, end)| end)
    }
}

impl Recording<'_> {
    /// The numbers of parts of the night, in fixed memory. Readings outside them are
    /// [`trimmed`](crate::summary::Quality::trimmed), their time is no gap, and the shares and rates of the recording are those
    /// of the parts; hours and halves stay those of the night. An event ends where more time than is bridged is left out. What
    /// the device and its maker's report say is of the whole night.
    ///
    /// # Example
    /// ```
    /// use oxicore::{AnalysisOptions, Recording, Span, analysis::Within};
    ///
    /// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,90,58,0\n")?;
    /// let asleep = [(Span::ZERO, Span::from_secs(4))];
    /// let within = Within::new(&asleep).ok_or("parts in order")?;
    /// let quality = night.summary_within(&AnalysisOptions::default(), within).quality;
    /// assert_eq!((quality.valid_s, quality.trimmed, quality.valid_pct), (4, 1, 100.0));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn summary_within(&self, options: &AnalysisOptions, within: Within<'_>) -> Summary {
        run_within(*self, options, within, &mut |_, _| ())
    }
}

/// `found` is given the events of both thresholds.
pub(super) fn run_within(
    recording: Recording<'_>,
    options: &AnalysisOptions,
    within: Within<'_>,
    found: &mut Found<'_>,
) -> Summary {
    let mut analyzer = Analyzer::new(&recording, options);
    let mut places = within.places();
    for sample in recording.samples() {
        if places.has(&sample, &mut |from, to| analyzer.leave_out(from, to)) {
            analyzer.push(&sample, found);
        } else {
            analyzer.push_left_out(&sample, found);
        }
    }
    analyzer.leave_out(places.end(), recording.span());
    let summary = analyzer.finish(&recording, found);
    of_parts(summary, within.length(recording.span()).as_secs())
}

/// Shares and rates of the parts instead of the recording.
fn of_parts(mut summary: Summary, counted_s: u32) -> Summary {
    let valid_s = summary.quality.valid_s;
    // A reading at the end of a part holds beyond it.
    let counted_s = counted_s.max(valid_s);
    summary.quality.valid_pct = percent(valid_s, counted_s).unwrap_or(0.0);
    for odi in [&mut summary.aasm.odi3, &mut summary.aasm.odi4] {
        let OdiCount { included, per_h, .. } = *odi;
        odi.per_h_of_recording = per_h.and_then(|_| per_hour(included, counted_s));
    }
    summary
}
