//! Columns of a night as `ndarray` views, without a copy: `cargo run --features ndarray --example arrays`.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;
use std::fs;

use oxicore::{AnalysisOptions, ParseOptions, Spo2, recording::read_columns, views::event_view};

const SAMPLE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/D1_vihealth_6col_20260102235930.csv");

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let file = fs::read(SAMPLE)?;
    let (night, columns) = read_columns(&file, &ParseOptions::default())?;
    let views = columns.views();
    // A missing reading is `None` and enters no mean.
    let readings = views.spo2.iter().flatten().copied().map(Spo2::as_pct).map(f64::from);
    let (sum, n) = readings.fold((0.0, 0_u32), |(sum, n), pct| (sum + pct, n + 1));
    let analysis = night.analyze(&AnalysisOptions::default());
    let deepest = event_view(&analysis.desaturations3).iter().map(|event| event.depth_pct()).max();
    println!("mean of {n} readings {:.2} %, deepest desaturation {deepest:?} %", sum / f64::from(n));
    assert_eq!(n, analysis.summary.recording.records - analysis.summary.quality.missing_spo2);
    Ok(())
}
