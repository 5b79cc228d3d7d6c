//! A night read, analysed and told in a few lines, without an allocator: what the board and the host both run.
#![no_std]

use core::fmt::{self, Write};

use oxicore::{AnalysisOptions, Desaturation, ParseError, Recording, analysis::Analyzer};

/// The made-up night, as it lies in flash.
pub const NIGHT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/night.csv"));

/// Reads and analyses a night, and writes its numbers.
///
/// # Errors
/// [`fmt::Error`] where the writer fails; a file that is no recording is told, not an error.
pub fn tell(night: &[u8], out: &mut impl Write) -> fmt::Result {
    match Recording::parse(night) {
        Ok(recording) => numbers(recording, out),
        Err(error) => refusal(&error, out),
    }
}

/// One pass: each reading is taken from flash and given to the analysis, no list of readings or events is kept.
///
/// Never inlined: the stack of the analysis begins where that of reading has ended.
#[inline(never)]
fn numbers(recording: Recording<'_>, out: &mut impl Write) -> fmt::Result {
    let mut events = Events::default();
    let mut analyzer = Analyzer::new(&recording, &AnalysisOptions::default());
    for sample in recording.samples() {
        analyzer.push(&sample, &mut |event| events.add(&event));
    }
    let summary = analyzer.finish(&recording, &mut |event| events.add(&event));
    writeln!(out, "records {} start {}", summary.recording.records, summary.recording.start_or_1970())?;
    writeln!(out, "valid_s {} missing {}", summary.quality.valid_s, summary.quality.missing_spo2)?;
    if let Some(spo2) = summary.spo2 {
        writeln!(out, "mean {} min {} below_90_s {}", spo2.mean_pct, spo2.min_pct.as_pct(), spo2.below_90_s)?;
    }
    if let Some(pulse) = summary.pulse {
        writeln!(
            out,
            "pulse mean {} min {} max {}",
            pulse.mean_bpm,
            pulse.min_bpm.as_bpm(),
            pulse.max_bpm.as_bpm()
        )?;
    }
    for (name, odi) in [("odi3", summary.aasm.odi3), ("odi4", summary.aasm.odi4)] {
        writeln!(out, "{name} {} per_h {:?} sustained {}", odi.count, odi.per_h, odi.sustained)?;
    }
    writeln!(out, "events {} deepest {} area {}", events.count, events.deepest_pct, events.area_pct_s)
}

fn refusal(error: &ParseError, out: &mut impl Write) -> fmt::Result {
    writeln!(out, "refused: {error}")
}

/// What is remembered of the events.
#[derive(Default)]
struct Events {
    count: u32,
    deepest_pct: u8,
    area_pct_s: u32,
}

impl Events {
    fn add(&mut self, event: &Desaturation) {
        self.count += 1;
        self.deepest_pct = self.deepest_pct.max(event.depth_pct());
        self.area_pct_s = self.area_pct_s.saturating_add(event.area_pct_s);
    }
}
