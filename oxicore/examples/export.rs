//! A study's own columns as a recording, written as EDF+ and CSV.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use oxicore::{
    AnalysisOptions, OwnedRecording, ParseOptions, PulseRate, Span, Spo2, columns::SampleColumns, export,
    time::LocalDateTime,
};

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    // A fall of eight percent every five minutes, a reading every four seconds.
    let level = |i: u32| if i % 75 < 10 { 88 } else { 96 };
    let columns = SampleColumns {
        at: (0..900).map(|i| Span::from_secs(4 * i)).collect(),
        spo2: (0..900).map(|i| Spo2::from_device(level(i))).collect(),
        pulse: (0..900).map(|i| PulseRate::from_device(58 + i % 5)).collect(),
        ..SampleColumns::default()
    };
    let start = LocalDateTime::new((2026, 1, 2), (22, 0, 0)).ok_or("no such moment")?;
    let night = OwnedRecording::from_columns(Some(start), None, columns)?;
    let events = night.view().analyze(&AnalysisOptions::default()).desaturations3;

    let (mut edf, mut csv) = (Vec::new(), Vec::new());
    export::edf(night.view(), &events, export::Gaps::Left, &mut edf)?;
    export::csv(night.view(), &mut csv)?;
    println!("{} events, EDF+ of {} bytes, CSV of {} bytes", events.len(), edf.len(), csv.len());

    let again = OwnedRecording::read(&csv, &ParseOptions::default())?;
    assert_eq!((again.view().len(), again.view().start()), (900, start));
    Ok(())
}
