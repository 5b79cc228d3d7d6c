//! The one place that knows the whole order of the stages.

pub(super) mod feeding;

use super::readings::{Reading, Readings};
use crate::artifact::{ArtifactFilter, Judged};
use crate::desaturation::aasm::{self, Detector};
use crate::desaturation::{Desaturation, Threshold};
use crate::metrics::burden::Burden;
use crate::metrics::coupling::{Held, Rises};
use crate::metrics::distribution::DistributionBuilder;
use crate::metrics::gap::LongestGap;
use crate::metrics::pulse::PulseBuilder;
use crate::metrics::splits::SplitBuilder;
use crate::metrics::variability::DeltaIndex;
use crate::metrics::vendor::{VendorBuilder, device_duration_s};
use crate::metrics::{index_per_h, indexed_s};
use crate::options::AnalysisOptions;
use crate::recording::Recording;
use crate::sample::Sample;
use crate::summary::{
    ALGORITHM_REVISION, AasmCounts, NestedCount, OdiCount, Quality, RecordingFacts, Summary,
};
use crate::units::Span;

/// How many events a recording can hold at most: none is shorter than [`aasm::MIN_DURATION`], none overlap. Where the
/// options allow shorter ones, [`AnalysisOptions::max_desaturations`].
#[must_use]
pub fn max_desaturations(recording: &Recording<'_>) -> usize {
    at_most(recording, aasm::MIN_DURATION)
}

impl AnalysisOptions {
    /// How many events a recording can hold at most by these options.
    #[must_use]
    pub fn max_desaturations(&self, recording: &Recording<'_>) -> usize {
        at_most(recording, self.aasm.min_duration)
    }
}

/// Each event ends at a reading of its own.
fn at_most(recording: &Recording<'_>, shortest: Span) -> usize {
    let by_time = recording.span().as_secs() / shortest.as_secs().max(1) + 1;
    recording.len().min(by_time as usize)
}

/// Memory of a whole analysis in bytes, beside the lent list of events: what [`Analyzer`] holds.
pub const ANALYSIS_BYTES: usize = size_of::<Analyzer>();

/// Who is told of every event, and of which threshold it is.
pub(crate) type Found<'f> = dyn FnMut(Threshold, Desaturation) + 'f;

/// The one place that knows the whole order: all machines of the pass side by side, each with fixed memory.
#[derive(Clone, Debug)]
pub struct Analyzer {
    options: AnalysisOptions,
    filter: ArtifactFilter,
    readings: Readings,
    quality: Quality,
    gap: LongestGap,
    detectors: [Detector; 2],
    rises: Rises,
    held: [Held; 2],
    counts: [OdiCount; 2],
    area_pct_s: [u32; 2],
    nested: u32,
    coupled3: u32,
    distribution: DistributionBuilder,
    delta: DeltaIndex,
    pulse: PulseBuilder,
    splits: SplitBuilder,
    vendor: VendorBuilder,
}

impl Analyzer {
    /// For the samples of `recording`.
    #[must_use]
    pub fn new(recording: &Recording<'_>, options: &AnalysisOptions) -> Self {
        let interval = recording.interval();
        Self {
            options: *options,
            filter: ArtifactFilter::new(options.filter, Some(recording.span())),
            readings: Readings::new(recording, &options.aasm),
            quality: Quality::default(),
            gap: LongestGap::new(interval),
            detectors: Threshold::each(|threshold| Detector::new(threshold, interval, options.aasm)),
            rises: Rises::default(),
            held: [Held::default(); 2],
            counts: [OdiCount::default(); 2],
            area_pct_s: [0; 2],
            nested: 0,
            coupled3: 0,
            distribution: DistributionBuilder::new(interval),
            delta: DeltaIndex::new(interval),
            pulse: PulseBuilder::new(options.pulse, interval),
            splits: SplitBuilder::new(interval, recording.span()),
            vendor: VendorBuilder::default(),
        }
    }

    /// Takes the next sample; an event comes out once it is complete, at most 10 s after its end.
    #[inline]
    pub fn push(&mut self, sample: &Sample, listed: &mut dyn FnMut(Desaturation)) {
        let which = self.options.listed;
        self.push_any(sample, &mut |threshold, event| {
            if threshold == which {
                listed(event);
            }
        });
    }

    /// Takes the next sample; `found` is told of the events of both thresholds.
    #[inline]
    pub(super) fn push_any(&mut self, sample: &Sample, found: &mut Found<'_>) {
        let judged = self.filter.push(sample);
        self.take(sample, &judged, found);
    }

    /// Takes the next sample, which lies in time that is left out.
    pub(super) fn push_left_out(&mut self, sample: &Sample, found: &mut Found<'_>) {
        let judged = self.filter.push_left_out(sample);
        self.take(sample, &judged, found);
    }

    /// Time that is left out is no gap.
    pub(super) fn leave_out(&mut self, from: Span, to: Span) {
        self.gap.leave_out(from, to);
    }

    #[inline]
    fn take(&mut self, sample: &Sample, judged: &Judged, found: &mut Found<'_>) {
        self.vendor.push(sample);
        self.quality.add(judged);
        if let Some(pulse) = judged.pulse {
            let is_rise = self.pulse.push(sample.at, pulse);
            self.rises.pulse(sample.at, is_rise);
        }
        if let Some(spo2) = judged.spo2 {
            self.gap.reading(sample.at);
            self.distribution.push(sample.at, spo2);
            self.delta.push(sample.at, spo2);
            self.splits.reading(sample.at);
        }
        let reading = self.readings.push(sample, judged);
        self.detect(reading, found);
        for which in 0..THRESHOLDS.len() {
            while self.held[which].is_settled(sample.at) {
                self.release(which, found);
            }
        }
    }

    /// Ends the night: gives the events that were still open, and the numbers.
    pub fn finish(self, recording: &Recording<'_>, listed: &mut dyn FnMut(Desaturation)) -> Summary {
        let which = self.options.listed;
        self.finish_any(recording, &mut |threshold, event| {
            if threshold == which {
                listed(event);
            }
        })
    }

    /// Ends the night; `found` is told of the events of both thresholds that were still open.
    pub(super) fn finish_any(mut self, recording: &Recording<'_>, found: &mut Found<'_>) -> Summary {
        while let Some(reading) = self.readings.finish() {
            self.detect(Some(reading), found);
        }
        for which in 0..THRESHOLDS.len() {
            if let Some(open) = self.detectors[which].finish() {
                self.hold(which, self.readings.marked_as_seen(open), found);
            }
            while self.release(which, found) {}
        }
        self.summary(recording)
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

    /// Gives the oldest of the events that are kept, if there is one.
    #[cold]
    fn release(&mut self, which: usize, found: &mut Found<'_>) -> bool {
        let Some(event) = self.held[which].release(&self.rises) else { return false };
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
        true
    }

    fn summary(self, recording: &Recording<'_>) -> Summary {
        let below_range_readings = self.readings.below_range();
        let quality = Quality { below_range_readings, ..self.quality.finish(recording, &self.gap) };
        let notices = recording.notices();
        let indexed_s = indexed_s(quality.valid_s, &notices);
        let [odi3, odi4] = self.counts.map(|count| count.indexed(indexed_s, recording.span()));
        let odi4_nested = NestedCount { count: self.nested, per_h: index_per_h(self.nested, indexed_s) };
        let [burden3, burden4] = self.area_pct_s.map(|area| Burden::of(area, indexed_s));
        let (hours, halves) = self.splits.finish(&notices);
        Summary {
            algorithm_revision: ALGORITHM_REVISION,
            recording: RecordingFacts::of(recording),
            settings: (&self.options).into(),
            quality,
            spo2: self.distribution.finish_with(below_range_readings),
            pulse: self.pulse.finish().map(|pulse| pulse.over(&notices)),
            aasm: AasmCounts { odi3, odi4, odi4_nested },
            burden3,
            burden4,
            delta_index_pct: self.delta.finish(recording.span()).filter(|_| !notices.interval_too_coarse),
            coupled3: self.coupled3,
            hours,
            halves,
            viatom: self.vendor.finish(device_duration_s(recording)).map(|report| report.over(&notices)),
            device: recording.device_summary(),
            notices,
        }
    }
}

const THRESHOLDS: [Threshold; 2] = [Threshold::Three, Threshold::Four];
