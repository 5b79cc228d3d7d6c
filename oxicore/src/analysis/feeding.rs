//! The way most samples take through an [`Analyzer`]: many at once, each machine in a loop of its own.
//! [`Analyzer::push`], sample by sample, is the definition of what comes out.

use super::Analyzer;
use crate::desaturation::Desaturation;
use crate::format::sink::{Block, SampleSink};
use crate::metrics::distribution::MAX_GAP;
use crate::recording::Sample;
use crate::stretch::Stretch;

/// An analyzer at work, and where its events go.
pub(super) struct Feeding<'a> {
    pub(super) analyzer: &'a mut Analyzer,
    pub(super) listed: &'a mut dyn FnMut(Desaturation),
}

impl SampleSink for Feeding<'_> {
    #[inline]
    fn sample(&mut self, sample: &Sample) {
        self.analyzer.push(sample, self.listed);
    }

    fn block(&mut self, block: &Block<'_>) {
        let mut rest = *block;
        while !rest.at.is_empty() {
            let len = self.analyzer.clean(&rest);
            if len > 0 {
                self.analyzer.push_stretch(Stretch::of(&rest, len), self.listed);
            } else if let Some(sample) = rest.samples().next() {
                self.sample(&sample);
            }
            rest = rest.after(len.max(1));
        }
    }
}

impl Analyzer {
    /// How many of the first samples make a [`Stretch`].
    fn clean(&self, block: &Block<'_>) -> usize {
        let longest_step = self.options.aasm.max_gap.min(MAX_GAP);
        let longest_step = longest_step.plus(self.delta.interval());
        if self.median.is_some() || self.pulse.previous() != self.filter.accepted_at() {
            return 0;
        }
        self.filter.accepts(block, longest_step)
    }

    /// Ahead of the SpO2: what an event asks of the pulse lies between two moments, and later rises do not answer it.
    fn push_pulse(&mut self, stretch: &Stretch<'_>) {
        for (at, pulse) in stretch.pulse() {
            self.vendor.push_pulse(pulse);
            if self.pulse.push_on(at, pulse) {
                self.rises.add(at);
            }
        }
        self.rises.pulse(stretch.last(), false);
    }

    fn push_stretch(&mut self, stretch: Stretch<'_>, listed: &mut dyn FnMut(Desaturation)) {
        self.filter.accepted(stretch.spo2().next_back());
        self.quality.analysed += stretch.len();
        self.delta.push_stretch(&stretch);
        self.splits.readings(&stretch);
        self.push_pulse(&stretch);
        for run in stretch.runs() {
            self.vendor.push_run(&run);
            self.distribution.push_run(&run);
            for which in 0..self.detectors.len() {
                if let Some(event) = self.detectors[which].push_run(&run) {
                    self.hold(which, event, listed);
                }
                if self.held[which].is_settled(run.last()) {
                    self.release(which, listed);
                }
            }
        }
    }
}
