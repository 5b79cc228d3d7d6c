//! The events of any depth that a study may choose.

use crate::artifact::{ArtifactFilter, MedianOf3};
use crate::desaturation::aasm::Detector;
use crate::desaturation::{Depth, Desaturation};
use crate::metrics::distribution::{DistributionBuilder, Spo2Distribution};
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
    let mut median = options.aasm.median3.then(MedianOf3::default);
    let mut detector = Detector::at_depth(depth, interval, options.aasm);
    let mut distribution = DistributionBuilder::new(interval);
    let mut odi = OdiCount::default();
    let mut keep = |event: Option<Desaturation>| {
        if let Some(event) = event {
            odi.add(&event, &options.aasm);
            found(event);
        }
    };
    for sample in recording.samples() {
        let Some(spo2) = filter.push(&sample).spo2 else { continue };
        distribution.push(sample.at, spo2);
        let reading = match &mut median {
            Some(median) => median.push(sample.at, spo2),
            None => Some((sample.at, spo2)),
        };
        keep(reading.and_then(|(at, spo2)| detector.push(at, spo2)));
    }
    let last = median.as_mut().and_then(MedianOf3::finish);
    keep(last.and_then(|(at, spo2)| detector.push(at, spo2)));
    keep(detector.finish());
    let valid_s = distribution.count().saturating_mul(interval.as_secs());
    (odi.indexed(valid_s, recording.span()), distribution.finish())
}
