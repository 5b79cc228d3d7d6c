//! One pass over a recording: filter, events of both thresholds, metrics, the vendor's counts.

use crate::artifact::{ArtifactFilter, ArtifactFlags, Judged};
use crate::desaturation::aasm::{self, Detector};
use crate::desaturation::{Desaturation, Outcome, Threshold};
use crate::error::BufferTooSmall;
use crate::format::Format;
use crate::metrics::distribution::{DistributionBuilder, Spo2Distribution};
use crate::metrics::pulse::{PulseBuilder, PulseStatistics};
use crate::metrics::vendor::{VendorBuilder, VendorReport, device_duration_s};
use crate::metrics::{per_hour, percent};
use crate::recording::{Notices, Recording, Sample};
use crate::time::LocalDateTime;
use crate::units::Span;

/// Version of the definitions behind the numbers; grows whenever a number can change.
pub const ALGORITHM_REVISION: u32 = 1;

/// Indices need at least this much valid time (docs/ALGORITHMS.md, "Index").
pub const MIN_VALID: Span = Span::from_secs(600);
/// Nights with less valid time than this are flagged short.
pub const SHORT_RECORDING: Span = Span::from_secs(4 * 3_600);

/// What [`analyze`] is to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnalysisOptions {
    /// Which events to list; both thresholds are always counted.
    pub listed: Threshold,
}

/// The numbers of a night and the list of its events.
#[derive(Clone, Copy, Debug)]
pub struct Analysis<'s> {
    /// The numbers.
    pub summary: Summary,
    /// Every event of the listed threshold in order, counted or not.
    pub desaturations: &'s [Desaturation],
}

/// The numbers of a night. With feature `serde` its JSON is the schema every door shows (docs/ALGORITHMS.md).
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Summary {
    /// [`ALGORITHM_REVISION`] that computed them.
    pub algorithm_revision: u32,
    /// What was recorded.
    pub recording: RecordingFacts,
    /// What of it counts, and why the rest does not.
    pub quality: Quality,
    /// Distribution of accepted SpO2; `None` without an accepted reading.
    pub spo2: Option<Spo2Distribution>,
    /// Accepted pulse; `None` without an accepted reading.
    pub pulse: Option<PulseStatistics>,
    /// Desaturations by profile `aasm`.
    pub aasm: AasmCounts,
    /// The vendor's counts; `None` without an SpO2 reading.
    pub viatom: Option<VendorReport>,
    /// What was noticed while reading the file.
    pub notices: Notices,
}

/// What was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RecordingFacts {
    /// Kind of file.
    pub format: Format,
    /// Wall clock of the first record.
    pub start: LocalDateTime,
    /// Sampling interval, seconds.
    pub interval_s: Span,
    /// Records, missing readings included.
    pub records: u32,
    /// First record to the end of the last one, seconds.
    pub recording_s: Span,
}

/// Reconciliation: `records = analysed + missing_spo2 + spo2_out_of_range + spo2_slope`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Quality {
    /// Records whose SpO2 counts.
    pub analysed: u32,
    /// Records without an SpO2 reading.
    pub missing_spo2: u32,
    /// Of these, records with a valid pulse: on these devices a reading below about 61 %, not a lost sensor.
    pub missing_spo2_with_pulse: u32,
    /// SpO2 outside 50..=100 %.
    pub spo2_out_of_range: u32,
    /// SpO2 changed faster than 4 % per second.
    pub spo2_slope: u32,
    /// Analysed records times interval, seconds: the denominator of the indices.
    pub valid_s: u32,
    /// The same in percent of the recording.
    pub valid_pct: f64,
    /// Less than four hours of valid signal.
    pub short_recording: bool,
}

/// Desaturations by profile `aasm`, each threshold in a pass of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AasmCounts {
    /// Falls of 3 % and more.
    pub odi3: OdiCount,
    /// Falls of 4 % and more; not always fewer than those of 3 %.
    pub odi4: OdiCount,
}

/// Events of one threshold, and their index.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OdiCount {
    /// Events with resaturation: those that count.
    pub count: u32,
    /// Events without resaturation within 180 s, beside the index.
    pub sustained: u32,
    /// Events ended by a gap or the end of the recording, beside the index.
    pub truncated: u32,
    /// `count` per hour of valid SpO2; `None` under 600 s of it.
    pub per_h: Option<f64>,
}

impl OdiCount {
    const fn add(&mut self, event: &Desaturation) {
        match event.outcome {
            Outcome::Complete => self.count += 1,
            Outcome::Sustained => self.sustained += 1,
            Outcome::Gap | Outcome::End => self.truncated += 1,
        }
    }
}

/// How many events a recording can hold at most: none is shorter than [`aasm::MIN_DURATION`], none overlap.
#[must_use]
pub fn max_desaturations(recording: &Recording<'_>) -> usize {
    let by_time = recording.span().as_secs() / aasm::MIN_DURATION.as_secs() + 1;
    recording.len().min(by_time as usize)
}

/// Analyses a night in one pass, in fixed memory beside the lent list of events.
///
/// # Errors
/// [`BufferTooSmall`] if `events` cannot hold all events; [`max_desaturations`] entries always can.
///
/// # Example
/// ```
/// use oxicore::{AnalysisOptions, Desaturation, Recording, analyze};
///
/// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n")?;
/// let mut events = [Desaturation::EMPTY; 8];
/// let analysis = analyze(night, &AnalysisOptions::default(), &mut events)?;
/// assert_eq!(analysis.summary.quality.valid_s, 8);
/// assert_eq!(analysis.summary.aasm.odi3.per_h, None);   // eight seconds are too short for an index
/// assert!(analysis.desaturations.is_empty());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn analyze<'s>(
    recording: Recording<'_>,
    options: &AnalysisOptions,
    events: &'s mut [Desaturation],
) -> Result<Analysis<'s>, BufferTooSmall> {
    let given = events.len();
    let mut found = 0;
    let summary = run(recording, options, |event| {
        if let Some(slot) = events.get_mut(found) {
            *slot = event;
        }
        found += 1;
    });
    let too_small = BufferTooSmall { needed: max_desaturations(&recording), given };
    let desaturations = events.get(..found).ok_or(too_small)?;
    Ok(Analysis { summary, desaturations })
}

/// Analyses a night and collects its events.
#[cfg(feature = "alloc")]
#[must_use]
pub fn analyze_vec(
    recording: Recording<'_>,
    options: &AnalysisOptions,
) -> (Summary, alloc::vec::Vec<Desaturation>) {
    let mut events = alloc::vec::Vec::new();
    let summary = run(recording, options, |event| events.push(event));
    (summary, events)
}

/// The one place that knows the whole order.
fn run(recording: Recording<'_>, options: &AnalysisOptions, mut listed: impl FnMut(Desaturation)) -> Summary {
    let mut pass = Pass::new(recording.interval());
    let mut list = |events: [Option<Desaturation>; 2]| match options.listed {
        Threshold::Three => events[0].into_iter().for_each(&mut listed),
        Threshold::Four => events[1].into_iter().for_each(&mut listed),
    };
    for sample in recording.samples() {
        list(pass.push(&sample));
    }
    list(pass.end());
    pass.summary(&recording)
}

/// All machines of the pass, side by side; each has fixed memory.
struct Pass {
    filter: ArtifactFilter,
    quality: Quality,
    detectors: [Detector; 2],
    counts: [OdiCount; 2],
    distribution: DistributionBuilder,
    pulse: PulseBuilder,
    vendor: VendorBuilder,
}

impl Pass {
    fn new(interval: Span) -> Self {
        Self {
            filter: ArtifactFilter::default(),
            quality: Quality::default(),
            detectors: [Threshold::Three, Threshold::Four].map(|t| Detector::new(t, interval)),
            counts: [OdiCount::default(); 2],
            distribution: DistributionBuilder::new(interval),
            pulse: PulseBuilder::default(),
            vendor: VendorBuilder::default(),
        }
    }

    fn push(&mut self, sample: &Sample) -> [Option<Desaturation>; 2] {
        self.vendor.push(sample);
        let judged = self.filter.push(sample);
        self.quality.add(&judged);
        if let Some(pulse) = judged.pulse {
            self.pulse.push(pulse);
        }
        let Some(spo2) = judged.spo2 else { return [None; 2] };
        self.distribution.push(sample.at, spo2);
        self.detect(|detector| detector.push(sample.at, spo2))
    }

    fn end(&mut self) -> [Option<Desaturation>; 2] {
        self.detect(Detector::finish)
    }

    /// Steps both detectors and counts what they give.
    fn detect(
        &mut self,
        mut step: impl FnMut(&mut Detector) -> Option<Desaturation>,
    ) -> [Option<Desaturation>; 2] {
        let events = self.detectors.each_mut().map(&mut step);
        for (count, event) in self.counts.iter_mut().zip(&events) {
            event.iter().for_each(|event| count.add(event));
        }
        events
    }

    fn summary(&self, recording: &Recording<'_>) -> Summary {
        let quality = self.quality.finish(recording);
        let indexed = |count: OdiCount| {
            let is_long_enough = quality.valid_s >= MIN_VALID.as_secs();
            let per_h = per_hour(count.count, quality.valid_s).filter(|_| is_long_enough);
            OdiCount { per_h, ..count }
        };
        let [odi3, odi4] = self.counts.map(indexed);
        Summary {
            algorithm_revision: ALGORITHM_REVISION,
            recording: RecordingFacts::of(recording),
            quality,
            spo2: self.distribution.finish(),
            pulse: self.pulse.finish(),
            aasm: AasmCounts { odi3, odi4 },
            viatom: self.vendor.finish(device_duration_s(recording)),
            notices: recording.notices(),
        }
    }
}

impl RecordingFacts {
    fn of(recording: &Recording<'_>) -> Self {
        Self {
            format: recording.format(),
            start: recording.start(),
            interval_s: recording.interval(),
            records: u32::try_from(recording.len()).unwrap_or(u32::MAX),
            recording_s: recording.span(),
        }
    }
}

impl Quality {
    const fn add(&mut self, judged: &Judged) {
        let flags = judged.flags;
        if judged.spo2.is_some() {
            self.analysed += 1;
        } else if flags.intersects(ArtifactFlags::SPO2_MISSING) {
            self.missing_spo2 += 1;
            self.missing_spo2_with_pulse += judged.pulse.is_some() as u32;
        } else if flags.intersects(ArtifactFlags::SPO2_RANGE) {
            self.spo2_out_of_range += 1;
        } else {
            self.spo2_slope += 1;
        }
    }

    fn finish(self, recording: &Recording<'_>) -> Self {
        let valid_s = self.analysed.saturating_mul(recording.interval().as_secs());
        Self {
            valid_s,
            valid_pct: percent(valid_s, recording.span().as_secs()).unwrap_or(0.0),
            short_recording: valid_s < SHORT_RECORDING.as_secs(),
            ..self
        }
    }
}
