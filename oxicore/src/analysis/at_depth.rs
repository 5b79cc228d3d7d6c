//! The events of any depth that a study may choose.

use super::readings::Readings;
use super::within::Within;
use crate::artifact::{ArtifactFilter, FilterConfig};
use crate::desaturation::aasm::Detector;
use crate::desaturation::discarded::Listener;
use crate::desaturation::{Depth, Desaturation};
use crate::metrics::distribution::{DistributionBuilder, Spo2Distribution};
use crate::metrics::indexed_s;
use crate::options::AnalysisOptions;
use crate::recording::Recording;
use crate::summary::OdiCount;
use crate::units::{Span, Spo2};

/// Finds the desaturations of profile `aasm` of at least a depth; at 3 and 4 % what
/// [`desaturations`](super::desaturations()) finds. `found` is given every event in order, counted or not. Gives their
/// counts, and the distribution of SpO2; `None` without an accepted reading.
///
/// # Example
/// ```
/// use oxicore::{AnalysisOptions, Recording, analysis::desaturations_at, desaturation::Depth};
///
/// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n")?;
/// let depth = Depth::new(10).ok_or("2 to 10 %")?;
/// let (odi, _) = desaturations_at(night, depth, &AnalysisOptions::default(), &mut |_| ());
/// assert_eq!(odi.count, 0);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn desaturations_at(
    recording: Recording<'_>,
    depth: Depth,
    options: &AnalysisOptions,
    found: &mut dyn FnMut(Desaturation),
) -> (OdiCount, Option<Spo2Distribution>) {
    find(recording, depth, options, None, found, &mut ())
}

/// The same of parts of a night, by the rules of [`Recording::summary_within`].
pub fn desaturations_within(
    recording: Recording<'_>,
    depth: Depth,
    options: &AnalysisOptions,
    within: Within<'_>,
    found: &mut dyn FnMut(Desaturation),
) -> (OdiCount, Option<Spo2Distribution>) {
    find(recording, depth, options, Some(within), found, &mut ())
}

/// The desaturations of a night, and a listener hears what else the detector does.
#[cfg(feature = "alloc")]
pub(crate) fn desaturations_heard(
    recording: Recording<'_>,
    depth: Depth,
    options: &AnalysisOptions,
    found: &mut dyn FnMut(Desaturation),
    listener: &mut impl Listener,
) {
    find(recording, depth, options, None, found, listener);
}

fn find(
    recording: Recording<'_>,
    depth: Depth,
    options: &AnalysisOptions,
    within: Option<Within<'_>>,
    found: &mut dyn FnMut(Desaturation),
    listener: &mut impl Listener,
) -> (OdiCount, Option<Spo2Distribution>) {
    let interval = recording.interval();
    let mut filter = ArtifactFilter::new(options.filter, Some(recording.span()));
    let mut places = within.map(Within::places);
    let mut readings = Readings::new(&recording, &options.aasm);
    let mut detector = Detector::at_depth(depth, interval, options.aasm);
    let mut distribution = DistributionBuilder::new(interval);
    let mut odi = OdiCount::default();
    let mut keep = |event: Option<Desaturation>| {
        if let Some(event) = event {
            odi.add(&event);
            found(event);
        }
    };
    for sample in recording.samples() {
        let is_in = places.as_mut().is_none_or(|places| places.has(&sample, &mut |_, _| ()));
        let judged = if is_in { filter.push(&sample) } else { filter.push_left_out(&sample) };
        if let Some(spo2) = judged.spo2 {
            distribution.push(sample.at, spo2);
        }
        let Some(reading) = readings.push(&sample, &judged) else { continue };
        let event = reading.push_heard_to(&mut detector, listener);
        keep(event.map(|event| readings.marked(event, &reading)));
        readings.seen(&reading);
    }
    while let Some(last) = readings.finish() {
        let event = last.push_heard_to(&mut detector, listener);
        keep(event.map(|event| readings.marked(event, &last)));
        readings.seen(&last);
    }
    keep(detector.finish_heard(listener).map(|event| readings.marked_as_seen(event)));
    let valid_s = distribution.count().saturating_mul(interval.as_secs());
    let length = within.map_or(recording.span(), |within| within.length(recording.span()));
    let length = length.max(Span::from_secs(valid_s));
    (
        odi.indexed(indexed_s(valid_s, &recording.notices()), length),
        distribution.finish_with(readings.below_range()),
    )
}

/// Calls with every SpO2 that counts, of the whole night or of parts of it.
pub(crate) fn each_accepted(
    recording: Recording<'_>,
    filter: &FilterConfig,
    within: Option<Within<'_>>,
    take: &mut dyn FnMut(Span, Spo2),
) {
    let mut filter = ArtifactFilter::new(*filter, Some(recording.span()));
    let mut places = within.map(Within::places);
    for sample in recording.samples() {
        let is_in = places.as_mut().is_none_or(|places| places.has(&sample, &mut |_, _| ()));
        let judged = if is_in { filter.push(&sample) } else { filter.push_left_out(&sample) };
        if let Some(spo2) = judged.spo2 {
            take(sample.at, spo2);
        }
    }
}
