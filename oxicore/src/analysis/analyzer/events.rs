//! From accepted readings to counted events, of both thresholds: everything that the end of a night changes. What is not over
//! is looked at on a copy, so it is kept apart from the distributions, which are larger and only ever read.

use super::Found;
use crate::analysis::readings::{Reading, Readings};
use crate::artifact::Judged;
use crate::batch::Run;
use crate::desaturation::aasm::Detector;
use crate::desaturation::{Desaturation, Threshold};
use crate::metrics::coupling::{Held, Rises};
use crate::metrics::splits::SplitBuilder;
use crate::options::AnalysisOptions;
use crate::sample::Sample;
use crate::summary::OdiCount;
use crate::units::Span;

/// Finds, holds back and counts the events; fixed memory.
#[derive(Clone, Debug)]
pub(crate) struct Events {
    pub(super) readings: Readings,
    detectors: [Detector; 2],
    pub(super) rises: Rises,
    held: [Held; 2],
    pub(in crate::analysis) splits: SplitBuilder,
    pub(super) counts: [OdiCount; 2],
    pub(super) area_pct_s: [u32; 2],
    pub(super) nested: u32,
    pub(super) coupled3: u32,
}

const THRESHOLDS: [Threshold; 2] = [Threshold::Three, Threshold::Four];

impl Events {
    #[inline(never)]
    pub(super) fn new(
        readings: Readings,
        interval: Span,
        length: Option<Span>,
        options: &AnalysisOptions,
    ) -> Self {
        Self {
            readings,
            detectors: Threshold::each(|threshold| Detector::new(threshold, interval, options.aasm)),
            rises: Rises::default(),
            held: [Held::default(); 2],
            splits: SplitBuilder::new(interval, length.unwrap_or_default()),
            counts: [OdiCount::default(); 2],
            area_pct_s: [0; 2],
            nested: 0,
            coupled3: 0,
        }
    }

    /// The event of a threshold that has begun, as it would end if the night ended here.
    pub(super) fn ongoing(&self, threshold: Threshold) -> Option<Desaturation> {
        let [three, four] = &self.detectors;
        let detector = match threshold {
            Threshold::Three => three,
            Threshold::Four => four,
        };
        detector.ongoing().map(|event| self.readings.marked_as_seen(event))
    }

    /// Takes the next sample as the filter judged it.
    #[inline]
    pub(super) fn push(&mut self, sample: &Sample, judged: &Judged, found: &mut Found<'_>) {
        let reading = self.readings.push(sample, judged);
        self.detect(reading, found);
        self.release_settled(sample.at, found);
    }

    /// Readings of the same level with no time missing before any of them.
    #[inline]
    pub(super) fn push_run(&mut self, run: &Run<'_>, found: &mut Found<'_>) {
        for which in 0..THRESHOLDS.len() {
            if let Some(event) = self.detectors[which].push_run(run) {
                self.hold(which, self.readings.marked_as_seen(event), found);
            }
        }
        self.release_settled(run.last(), found);
    }

    /// Ends the night: gives the events that were still open or held back.
    pub(crate) fn finish(&mut self, found: &mut Found<'_>) {
        while let Some(reading) = self.readings.finish() {
            self.detect(Some(reading), found);
        }
        for which in 0..THRESHOLDS.len() {
            if let Some(open) = self.detectors[which].finish() {
                self.hold(which, self.readings.marked_as_seen(open), found);
            }
        }
        while let Some(which) = self.first_to_end() {
            self.release(which, found);
        }
    }

    #[inline]
    fn detect(&mut self, reading: Option<Reading>, found: &mut Found<'_>) {
        let Some(reading) = reading else { return };
        for which in 0..THRESHOLDS.len() {
            if let Some(event) = reading.push_to(&mut self.detectors[which]) {
                self.hold(which, self.readings.marked(event, &reading), found);
            }
        }
        self.readings.seen(&reading);
    }

    /// Keeps an event until its pulse is known; the oldest of as many as can be kept has waited long enough.
    #[cold]
    fn hold(&mut self, which: usize, event: Desaturation, found: &mut Found<'_>) {
        if self.held[which].is_full() {
            self.release(which, found);
        }
        self.held[which].hold(event);
    }

    #[inline]
    fn release_settled(&mut self, now: Span, found: &mut Found<'_>) {
        if self.held.iter().any(|held| held.is_settled(now)) {
            self.release_until(now, found);
        }
    }

    /// In the order in which they ended, whatever their threshold.
    #[cold]
    fn release_until(&mut self, now: Span, found: &mut Found<'_>) {
        while let Some(which) = self.first_to_end()
            && self.held[which].is_settled(now)
        {
            self.release(which, found);
        }
    }

    /// Which threshold holds the event that ended first, if any is held.
    fn first_to_end(&self) -> Option<usize> {
        let [three, four] = self.held.each_ref().map(Held::oldest_end);
        match (three, four) {
            (Some(three), Some(four)) => Some(usize::from(four < three)),
            (three, four) => three.map(|_| 0).or(four.map(|_| 1)),
        }
    }

    /// Gives the oldest of the events that are kept, if there is one.
    #[cold]
    fn release(&mut self, which: usize, found: &mut Found<'_>) {
        let Some(event) = self.held[which].release(&self.rises) else { return };
        let threshold = THRESHOLDS[which];
        self.counts[which].add(&event);
        self.splits.event(&event, threshold);
        if event.is_counted() {
            self.area_pct_s[which] += event.area_pct_s;
            if threshold == Threshold::Three {
                self.nested += u32::from(event.depth_pct() >= Threshold::Four.as_pct());
                self.coupled3 += u32::from(event.pulse_rise == Some(true));
            }
        }
        found(threshold, event);
    }
}
