//! The one place that knows the whole order of the stages.

pub(super) mod events;
pub(super) mod feeding;

use super::readings::Readings;
use crate::artifact::{ArtifactFilter, Judged};
use crate::desaturation::{Desaturation, Threshold, aasm};
use crate::format::{Facts, Format};
use crate::metrics::burden::Burden;
use crate::metrics::distribution::DistributionBuilder;
use crate::metrics::gap::LongestGap;
use crate::metrics::pulse::PulseBuilder;
use crate::metrics::splits::Half;
use crate::metrics::variability::DeltaIndex;
use crate::metrics::vendor::{VendorBuilder, duration_s};
use crate::metrics::{index_per_h, indexed_s};
use crate::options::AnalysisOptions;
use crate::recording::Recording;
use crate::sample::Sample;
use crate::summary::{ALGORITHM_REVISION, AasmCounts, NestedCount, Quality, RecordingFacts, Summary};
use crate::units::Span;
use events::Events;

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

/// Memory of a whole analysis in bytes, beside the lent list of events.
pub const ANALYSIS_BYTES: usize = size_of::<Analyzer>();

/// Who is given every event, and of which threshold it is; in the order in which they ended.
pub(crate) type Found<'f> = dyn FnMut(Threshold, Desaturation) + 'f;

/// All machines of the pass side by side, each with fixed memory.
#[derive(Clone, Debug)]
pub(crate) struct Analyzer {
    options: AnalysisOptions,
    pub(super) filter: ArtifactFilter,
    pub(super) quality: Quality,
    gap: LongestGap,
    pub(super) events: Events,
    distribution: DistributionBuilder,
    delta: DeltaIndex,
    pulse: PulseBuilder,
    vendor: VendorBuilder,
}

impl Analyzer {
    /// For the samples of `recording`.
    pub(crate) fn new(recording: &Recording<'_>, options: &AnalysisOptions) -> Self {
        let readings = Readings::new(recording, &options.aasm);
        Self::of(recording.interval(), Some(recording.span()), readings, options)
    }

    /// For samples every `interval`; of a night that is not over nobody knows the length.
    ///
    /// Never inlined, like what it is made of: each machine is then built where it stays, not on the stack first.
    #[inline(never)]
    pub(super) fn of(
        interval: Span,
        length: Option<Span>,
        readings: Readings,
        options: &AnalysisOptions,
    ) -> Self {
        Self {
            options: *options,
            filter: ArtifactFilter::new(options.filter, length),
            quality: Quality::default(),
            gap: LongestGap::new(interval),
            events: Events::new(readings, interval, length, options),
            distribution: DistributionBuilder::new(interval),
            delta: DeltaIndex::new(interval),
            pulse: PulseBuilder::new(options.pulse, interval),
            vendor: VendorBuilder::default(),
        }
    }

    /// Takes the next sample; `found` is given an event once it is complete, at most 10 s after its end.
    #[inline]
    pub(crate) fn push(&mut self, sample: &Sample, found: &mut Found<'_>) {
        self.vendor.push(sample);
        self.push_counted(sample, found);
    }

    /// The maker's report, which no filter touches, is of this sample.
    pub(super) fn report(&mut self, sample: &Sample) {
        self.vendor.push(sample);
    }

    /// Takes the next sample but for the maker's report.
    #[inline]
    pub(super) fn push_counted(&mut self, sample: &Sample, found: &mut Found<'_>) -> Judged {
        let judged = self.filter.push(sample);
        self.take(sample, &judged, found);
        judged
    }

    /// Takes the next sample, which lies in time that is left out.
    pub(super) fn push_left_out(&mut self, sample: &Sample, found: &mut Found<'_>) {
        self.vendor.push(sample);
        let judged = self.filter.push_left_out(sample);
        self.take(sample, &judged, found);
    }

    /// Time that is left out is no gap.
    pub(super) fn leave_out(&mut self, from: Span, to: Span) {
        self.gap.leave_out(from, to);
    }

    #[inline]
    fn take(&mut self, sample: &Sample, judged: &Judged, found: &mut Found<'_>) {
        self.quality.add(judged);
        if let Some(pulse) = judged.pulse {
            let is_rise = self.pulse.push(sample.at, pulse);
            self.events.rises.pulse(sample.at, is_rise);
        }
        if let Some(spo2) = judged.spo2 {
            self.gap.reading(sample.at);
            self.distribution.push(sample.at, spo2);
            self.delta.push(sample.at, spo2);
            self.events.splits.reading(sample.at);
        }
        self.events.push(sample, judged, found);
    }

    /// The event of a threshold that has begun, as it would end if the night ended here.
    pub(super) fn ongoing(&self, threshold: Threshold) -> Option<Desaturation> {
        self.events.ongoing(threshold)
    }

    /// Ends the night: gives the events that were still open, and the numbers.
    pub(crate) fn finish(mut self, recording: &Recording<'_>, found: &mut Found<'_>) -> Summary {
        self.events.finish(found);
        let facts = recording.facts();
        let halves = self.events.splits.halves(&facts.notices);
        self.summary(&self.events, self.quality, Some(halves), facts, recording.format())
    }

    /// The numbers by events that are all over.
    #[inline(never)]
    pub(super) fn summary(
        &self,
        events: &Events,
        quality: Quality,
        halves: Option<[Half; 2]>,
        facts: &Facts,
        format: Format,
    ) -> Summary {
        let (notices, length) = (facts.notices, facts.span);
        let below_range_readings = events.readings.below_range();
        let quality = Quality { below_range_readings, ..quality.finish(facts, &self.gap) };
        let indexed_s = indexed_s(quality.valid_s, &notices);
        let [odi3, odi4] = events.counts.map(|count| count.indexed(indexed_s, length));
        let odi4_nested = NestedCount { count: events.nested, per_h: index_per_h(events.nested, indexed_s) };
        let [burden3, burden4] = events.area_pct_s.map(|area| Burden::of(area, indexed_s));
        Summary {
            algorithm_revision: ALGORITHM_REVISION,
            recording: RecordingFacts::of(facts, format),
            settings: (&self.options).into(),
            quality,
            spo2: self.distribution.finish_with(below_range_readings),
            pulse: self.pulse.finish().map(|pulse| pulse.over(&notices)),
            aasm: AasmCounts { odi3, odi4, odi4_nested },
            burden3,
            burden4,
            delta_index_pct: self.delta.clone().finish(length).filter(|_| !notices.interval_too_coarse),
            coupled3: events.coupled3,
            hours: events.splits.hours(length, &notices),
            halves,
            viatom: self.vendor.finish(duration_s(facts)).map(|report| report.over(&notices)),
            device: facts.device,
            notices,
        }
    }
}
