//! A definition of one's own beside the printed ones: depth, settings, and what each printed definition counts.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;
use std::fs;

use oxicore::artifact::FilterConfig;
use oxicore::desaturation::Depth;
use oxicore::desaturation::aasm::{Config, Recovery};
use oxicore::{AnalysisOptions, Recording, Span};

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

    for index in &night.compare(&options).comparison {
        println!("{index}");
    }
    Ok(())
}
