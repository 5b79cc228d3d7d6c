//! One definition alone: the events of one threshold and the distribution of SpO2, in one pass.

use super::analyzer::max_desaturations;
use crate::artifact::{ArtifactFilter, MedianOf3};
use crate::batch::{self, Machine, Stretch};
use crate::batch::{Block, SampleSink};
use crate::desaturation::Desaturation;
use crate::desaturation::aasm::Detector;
use crate::error::BufferTooSmall;
use crate::metrics::distribution::{DistributionBuilder, Spo2Distribution};
use crate::options::AnalysisOptions;
use crate::recording::Recording;
use crate::sample::Sample;
use crate::summary::OdiCount;
use crate::units::{Span, Spo2};

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
/// [`BufferTooSmall`] if `events` cannot hold all events; [`max_desaturations`] entries always can.
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
    let (odi, spo2, found) = pass.finish(recording.span());
    let too_small = BufferTooSmall { needed: max_desaturations(&recording), given };
    Ok(Desaturations { odi, spo2, events: events.get(..found).ok_or(too_small)? })
}

struct Pass<'a> {
    options: AnalysisOptions,
    interval: Span,
    filter: ArtifactFilter,
    median: Option<MedianOf3>,
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
            median: options.aasm.median3.then(MedianOf3::default),
            detector: Detector::new(options.listed, interval, options.aasm),
            distribution: DistributionBuilder::new(interval),
            odi: OdiCount::default(),
            events,
            found: 0,
        }
    }

    fn detect(&mut self, reading: Option<(Span, Spo2)>) {
        let event = reading.and_then(|(at, spo2)| self.detector.push(at, spo2));
        event.into_iter().for_each(|event| self.keep(event));
    }

    #[cold]
    fn keep(&mut self, event: Desaturation) {
        self.odi.add(&event, &self.options.aasm);
        if let Some(place) = self.events.get_mut(self.found) {
            *place = event;
        }
        self.found += 1;
    }

    fn finish(mut self, recorded: Span) -> (OdiCount, Option<Spo2Distribution>, usize) {
        let last = self.median.as_mut().and_then(MedianOf3::finish);
        self.detect(last);
        let open = self.detector.finish();
        open.into_iter().for_each(|event| self.keep(event));
        let valid_s = self.distribution.count() * self.interval.as_secs();
        (self.odi.indexed(valid_s, recorded), self.distribution.finish(), self.found)
    }
}

impl SampleSink for Pass<'_> {
    fn sample(&mut self, sample: &Sample) {
        let Some(spo2) = self.filter.push(sample).spo2 else { return };
        self.distribution.push(sample.at, spo2);
        let reading = match &mut self.median {
            Some(median) => median.push(sample.at, spo2),
            None => Some((sample.at, spo2)),
        };
        self.detect(reading);
    }

    fn block(&mut self, block: &Block<'_>) {
        batch::feed(self, block);
    }
}

impl Machine for Pass<'_> {
    fn clean(&self, block: &Block<'_>) -> usize {
        if self.median.is_some() {
            return 0;
        }
        self.filter.accepts(block, self.options.longest_step(self.interval))
    }

    fn stretch(&mut self, stretch: &Stretch<'_>) {
        self.filter.accepted(stretch.spo2().next_back());
        let is_high = self.distribution.passes(stretch);
        for run in stretch.runs() {
            self.distribution.push_run(&run, is_high);
            if let Some(event) = self.detector.push_run(&run) {
                self.keep(event);
            }
        }
    }
}
