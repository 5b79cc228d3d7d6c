//! One definition alone: the events of one threshold and the distribution of SpO2, in one pass.

use super::readings::{Reading, Readings};
use crate::artifact::ArtifactFilter;
use crate::batch::{self, Machine, Stretch};
use crate::batch::{Block, SampleSink};
use crate::desaturation::Desaturation;
use crate::desaturation::aasm::Detector;
use crate::error::BufferTooSmall;
use crate::metrics::distribution::{DistributionBuilder, Spo2Distribution};
use crate::metrics::indexed_s;
use crate::options::AnalysisOptions;
use crate::recording::Recording;
use crate::sample::Sample;
use crate::summary::OdiCount;
use crate::units::Span;

/// What [`desaturations`] finds.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Desaturations<'s> {
    /// Events of the threshold, and their index.
    pub odi: OdiCount,
    /// The accepted SpO2; `None` without any.
    pub spo2: Option<Spo2Distribution>,
    /// Every event in order, counted or not; their `pulse_rise` is not looked for.
    pub events: &'s [Desaturation],
}

/// Finds the desaturations of profile `aasm` at [`listed`](AnalysisOptions::listed), and the distribution of SpO2.
///
/// The same numbers as [`analyze`](super::analyze) gives, in less than half of its time: for those who need no other.
///
/// # Errors
/// [`BufferTooSmall`] if `events` cannot hold all events; [`AnalysisOptions::max_desaturations`] entries always can.
///
/// # Example
/// ```
/// use oxicore::{AnalysisOptions, Desaturation, Recording, analysis::desaturations};
///
/// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n")?;
/// let mut events = [Desaturation::EMPTY; 8];
/// let found = desaturations(night, &AnalysisOptions::default(), &mut events)?;
/// assert_eq!((found.odi.count, found.spo2.map(|spo2| spo2.mean_pct)), (0, Some(95.5)));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn desaturations<'s>(
    recording: Recording<'_>,
    options: &AnalysisOptions,
    events: &'s mut [Desaturation],
) -> Result<Desaturations<'s>, BufferTooSmall> {
    let given = events.len();
    let mut pass = Pass::new(&recording, options, events);
    recording.samples().hand_to(&mut pass);
    let (odi, spo2, found) = pass.finish(&recording);
    let too_small = BufferTooSmall { needed: options.max_desaturations(&recording), given };
    Ok(Desaturations { odi, spo2, events: events.get(..found).ok_or(too_small)? })
}

struct Pass<'a> {
    options: AnalysisOptions,
    interval: Span,
    filter: ArtifactFilter,
    readings: Readings,
    detector: Detector,
    distribution: DistributionBuilder,
    odi: OdiCount,
    events: &'a mut [Desaturation],
    found: usize,
}

impl<'a> Pass<'a> {
    fn new(recording: &Recording<'_>, options: &AnalysisOptions, events: &'a mut [Desaturation]) -> Self {
        let interval = recording.interval();
        Self {
            options: *options,
            interval,
            filter: ArtifactFilter::new(options.filter, Some(recording.span())),
            readings: Readings::new(recording, &options.aasm),
            detector: Detector::new(options.listed, interval, options.aasm),
            distribution: DistributionBuilder::new(interval),
            odi: OdiCount::default(),
            events,
            found: 0,
        }
    }

    fn detect(&mut self, reading: Option<Reading>) {
        let Some(reading) = reading else { return };
        if let Some(event) = reading.push_to(&mut self.detector) {
            self.keep(self.readings.marked(event, &reading));
        }
        self.readings.seen(&reading);
    }

    #[cold]
    fn keep(&mut self, event: Desaturation) {
        self.odi.add(&event);
        if let Some(place) = self.events.get_mut(self.found) {
            *place = event;
        }
        self.found += 1;
    }

    fn finish(mut self, recording: &Recording<'_>) -> (OdiCount, Option<Spo2Distribution>, usize) {
        while let Some(reading) = self.readings.finish() {
            self.detect(Some(reading));
        }
        let open = self.detector.finish();
        open.into_iter().for_each(|event| self.keep(self.readings.marked_as_seen(event)));
        let valid_s = self.distribution.count() * self.interval.as_secs();
        let indexed_s = indexed_s(valid_s, &recording.notices());
        (
            self.odi.indexed(indexed_s, recording.span()),
            self.distribution.finish_with(self.readings.below_range()),
            self.found,
        )
    }
}

impl SampleSink for Pass<'_> {
    fn sample(&mut self, sample: &Sample) {
        let judged = self.filter.push(sample);
        if let Some(spo2) = judged.spo2 {
            self.distribution.push(sample.at, spo2);
        }
        let reading = self.readings.push(sample, &judged);
        self.detect(reading);
    }

    fn block(&mut self, block: &Block<'_>) {
        batch::feed(self, block);
    }
}

impl Machine for Pass<'_> {
    fn clean(&self, block: &Block<'_>) -> usize {
        if !self.readings.is_plain() {
            return 0;
        }
        self.filter.accepts(block, self.options.longest_step(self.interval))
    }

    fn stretch(&mut self, stretch: &Stretch<'_>) {
        self.filter.accepted(stretch.spo2().next_back());
        self.readings.push_stretch(stretch);
        let is_high = self.distribution.passes(stretch);
        for run in stretch.runs() {
            self.distribution.push_run(&run, is_high);
            if let Some(event) = self.detector.push_run(&run) {
                self.keep(self.readings.marked_as_seen(event));
            }
        }
    }
}
