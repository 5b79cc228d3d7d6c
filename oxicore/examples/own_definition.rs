//! A definition of one's own beside the printed ones: depth, settings, and a detector fed sample by sample, as from a
//! device that is still recording.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;
use std::fs;

use oxicore::artifact::{ArtifactFilter, FilterConfig};
use oxicore::desaturation::Depth;
use oxicore::desaturation::aasm::{Config, Detector, Recovery};
use oxicore::{AnalysisOptions, Recording, Span, Threshold};

const SAMPLE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/D1_vihealth_6col_20260102235930.csv");

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let file = fs::read(SAMPLE)?;
    let night = Recording::parse(&file)?;
    // Two percent, back to the peak, within a minute: what a study may ask.
    let config = Config::default().with_recovery(Recovery::Peak).with_max_duration(Span::from_secs(60));
    let filter = FilterConfig::default().with_require_pulse(true);
    let options = AnalysisOptions::default().with_aasm(config).with_filter(filter);
    let found = night.desaturations(Depth::new(2).ok_or("2 to 10 %")?, &options);
    println!("own definition: {} of {} events count", found.odi.included, found.events.len());

    // The same machines one by one: an event comes out at the sample that ends it.
    let mut filter = ArtifactFilter::new(filter, None);
    let mut detector = Detector::new(Threshold::Three, night.interval(), config);
    let mut events = 0;
    for sample in night.samples() {
        if let Some(spo2) = filter.push(&sample).spo2
            && let Some(event) = detector.push(sample.at, spo2)
        {
            events += 1;
            println!("at {} s: down to {} %", event.onset.as_secs(), event.nadir.as_pct());
        }
    }
    events += usize::from(detector.finish().is_some());
    assert_eq!(events, night.desaturations(Threshold::Three, &options).events.len());

    for index in &night.compare(&options).comparison {
        println!("{index}");
    }
    Ok(())
}
