//! Desaturations while the night goes on: readings come one by one, as a device sends them, and nothing is kept of the night.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use oxicore::artifact::{ArtifactFilter, FilterConfig};
use oxicore::desaturation::aasm::{Config, Detector};
use oxicore::{PulseRate, Sample, Span, Spo2, Threshold};

/// Every 4 s; the numbers that a device sends, 255 for no reading.
const INTERVAL: Span = Span::from_secs(4);

/// A quarter of an hour of readings with a desaturation of nine percent, and a finger that is off for a while.
fn readings() -> impl Iterator<Item = (u32, u32)> {
    (0..225).map(|record| match record {
        60..=65 => (96 - 9 * (record - 59) / 6, 58),
        66..=70 => (87, 57),
        120..=140 => (255, 255),
        _ => (96, 60),
    })
}

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let mut filter = ArtifactFilter::new(FilterConfig::default(), None);
    let mut detector = Detector::new(Threshold::Three, INTERVAL, Config::default());
    let mut found = Vec::new();
    for (record, (spo2, pulse)) in (0_u32..).zip(readings()) {
        let at = Span::from_secs(record * INTERVAL.as_secs());
        let sample = Sample::new(at, Spo2::from_device(spo2), PulseRate::from_device(pulse));
        let judged = filter.push(&sample);
        // An event comes out at the reading that ends it.
        if let Some(event) = judged.spo2.and_then(|spo2| detector.push(at, spo2)) {
            println!(
                "{} s: {} % for {} s, {}",
                at.as_secs(),
                event.depth_pct(),
                event.duration().as_secs(),
                event.outcome
            );
            found.push(event);
        }
    }
    found.extend(detector.finish());
    assert_eq!(found.iter().map(|event| event.depth_pct()).collect::<Vec<_>>(), [9]);
    Ok(())
}
