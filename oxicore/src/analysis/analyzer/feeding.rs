//! The way most samples take through an [`Analyzer`]: many at once, each machine in a loop of its own.
//! `Analyzer::push`, sample by sample, is the definition of what comes out.

use super::{Analyzer, Found};
use crate::batch::{self, Machine, Stretch};
use crate::batch::{Block, SampleSink};
use crate::sample::Sample;

/// An analyzer at work, and where the events of both thresholds go.
pub(crate) struct Feeding<'a> {
    pub(crate) analyzer: &'a mut Analyzer,
    pub(crate) found: &'a mut Found<'a>,
}

impl SampleSink for Feeding<'_> {
    #[inline]
    fn sample(&mut self, sample: &Sample) {
        self.analyzer.push(sample, self.found);
    }

    fn block(&mut self, block: &Block<'_>) {
        if cfg!(feature = "blocks") {
            batch::feed(self, block);
        } else {
            block.samples().for_each(|sample| self.sample(&sample));
        }
    }
}

impl Machine for Feeding<'_> {
    fn clean(&self, block: &Block<'_>) -> usize {
        let analyzer = &self.analyzer;
        if !analyzer.events.readings.is_plain() || analyzer.pulse.previous() != analyzer.filter.accepted_at()
        {
            return 0;
        }
        analyzer.filter.accepts(block, analyzer.options.longest_step(analyzer.delta.interval()))
    }

    fn stretch(&mut self, stretch: &Stretch<'_>) {
        self.analyzer.push_stretch(stretch, self.found);
    }
}

impl Analyzer {
    /// Ahead of the SpO2: what an event asks of the pulse lies between two moments, and later rises do not answer it.
    fn push_pulse(&mut self, stretch: &Stretch<'_>) {
        for (at, pulse) in stretch.pulse() {
            self.vendor.push_pulse(pulse);
            if self.pulse.push_on(at, pulse) {
                self.events.rises.add(at);
            }
        }
        self.events.rises.pulse(stretch.last(), false);
    }

    fn push_stretch(&mut self, stretch: &Stretch<'_>, found: &mut Found<'_>) {
        self.filter.accepted(stretch.spo2().next_back());
        self.quality.analysed += stretch.len();
        self.gap.readings(stretch);
        let is_high = self.distribution.passes(stretch);
        self.delta.push_stretch(stretch);
        self.events.splits.readings(stretch);
        self.push_pulse(stretch);
        self.events.readings.push_stretch(stretch);
        for run in stretch.runs() {
            self.vendor.push_run(&run);
            self.distribution.push_run(&run, is_high);
            self.events.push_run(&run, found);
        }
    }
}
