//! The events of any depth that a study may choose.

use super::readings::Readings;
use crate::artifact::ArtifactFilter;
use crate::desaturation::aasm::Detector;
use crate::desaturation::{Depth, Desaturation};
use crate::metrics::distribution::{DistributionBuilder, Spo2Distribution};
use crate::metrics::indexed_s;
use crate::options::AnalysisOptions;
use crate::recording::Recording;
use crate::summary::OdiCount;

/// Finds the desaturations of profile `aasm` of at least a depth; at 3 and 4 % what
/// [`desaturations`](super::desaturations()) finds. `found` is told of every event in order, counted or not. Gives their
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
    let interval = recording.interval();
    let mut filter = ArtifactFilter::new(options.filter, Some(recording.span()));
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
        let judged = filter.push(&sample);
        if let Some(spo2) = judged.spo2 {
            distribution.push(sample.at, spo2);
        }
        let Some(reading) = readings.push(&sample, &judged) else { continue };
        keep(reading.push_to(&mut detector).map(|event| readings.marked(event, &reading)));
        readings.seen(&reading);
    }
    if let Some(last) = readings.finish() {
        keep(last.push_to(&mut detector).map(|event| readings.marked(event, &last)));
        readings.seen(&last);
    }
    keep(detector.finish().map(|event| readings.marked_as_seen(event)));
    let valid_s = distribution.count().saturating_mul(interval.as_secs());
    (
        odi.indexed(indexed_s(valid_s, &recording.notices()), recording.span()),
        distribution.finish_with(readings.below_range()),
    )
}
