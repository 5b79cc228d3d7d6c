//! Reads a file, and prints its numbers and desaturations: `cargo run --example read -- night.csv`.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use oxicore::{AnalysisOptions, OwnedRecording, ParseOptions};

const SAMPLE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/D1_vihealth_6col_20260102235930.csv");

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    run(&env::args().nth(1).map_or_else(|| SAMPLE.into(), PathBuf::from))
}

pub(crate) fn run(file: &Path) -> Result<(), Box<dyn Error>> {
    let name = file.to_string_lossy();
    // The name settles day-first or month-first where the text does not.
    let night = OwnedRecording::read(&fs::read(file)?, &ParseOptions::default().with_file_name(&name))?;
    let view = night.view();
    println!("{} records of {} from {}", view.len(), view.format(), view.start());
    let analysis = view.analyze(&AnalysisOptions::default());
    let odi3 = analysis.summary.aasm.odi3;
    println!("{} desaturations of 3 % and more counted, {:?} per hour", odi3.included, odi3.per_h);
    if let Some(spo2) = analysis.summary.spo2 {
        println!("T90 {:.1} % of valid time, lowest {} %", spo2.below_90_pct, spo2.min_pct.as_pct());
    }
    for event in &analysis.desaturations3 {
        let (at, depth) = (event.onset.as_secs(), event.depth_pct());
        println!("at {at} s: {depth} % for {} s, {}", event.duration().as_secs(), event.outcome);
    }
    Ok(())
}
