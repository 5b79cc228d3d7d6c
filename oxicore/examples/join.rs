//! Two files of one night as one, and a part of it: devices stop at ten hours and go on in a new file.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use oxicore::{AnalysisOptions, OwnedRecording, Span};

/// Rows every 4 s from an hour on, of a device that writes no header.
fn file(hour: u32, rows: u32, spo2: u8) -> Vec<u8> {
    let row = |i: u32| format!("{hour:02}:{:02}:{:02} Jan 02 2026,{spo2},60,0\n", i / 15, i % 15 * 4);
    (0..rows).map(row).collect::<String>().into_bytes()
}

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let (evening, later) =
        (OwnedRecording::parse(file(1, 885, 96))?, OwnedRecording::parse(file(2, 450, 93))?);
    // In whatever order they come; nobody can tell from the files whether they are of one person.
    let night = OwnedRecording::join([later.view(), evening.view()])?;
    println!("{} records from {}", night.view().len(), night.view().start());
    assert_eq!((night.view().len(), night.view().span().as_secs()), (1_335, 5_400));

    let part = night.slice(Span::from_secs(3_000), Span::from_secs(4_200)).ok_or("no record there")?;
    let summary = part.view().analyze(&AnalysisOptions::default()).summary;
    println!("{} s of valid SpO2 from {}", summary.quality.valid_s, part.view().start());

    let days_apart = OwnedRecording::parse(file(9, 450, 95))?;
    if let Err(why) = OwnedRecording::join([night.view(), days_apart.view()]) {
        println!("not one night: {why} ({})", why.code());
    }
    Ok(())
}
