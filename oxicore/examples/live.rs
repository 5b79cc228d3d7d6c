//! A gateway: what a device sends while it records is analysed at once. Events as they end, numbers at any time, and at the end
//! those of the whole night.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use oxicore::analysis::{Live, LiveError, LiveMemory};
use oxicore::below_range::BelowRange;
use oxicore::desaturation::aasm::Config;
use oxicore::time::LocalDateTime;
use oxicore::{AnalysisOptions, Desaturation, PulseRate, Sample, Span, Spo2, Threshold};

/// What came: seconds since the device began, SpO2 and pulse, 0 for no reading.
type Packet = (u32, u32, u32);

/// Nearly an hour from a device with a record every 4 s: an apnea every minute, and a radio that was out of reach.
fn packets() -> impl Iterator<Item = Packet> {
    let spo2 = |at: u32| 96 - [0, 0, 0, 0, 0, 0, 1, 3, 5, 6, 4, 2, 0, 0, 0][at as usize / 4 % 15];
    (0..3_400).step_by(4).filter(|at| !(1_200..1_260).contains(at)).map(move |at| (at, spo2(at), 60 + at % 3))
}

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    // The rings of Viatom, Wellue and Lepu store nothing below about 61 %; samples do not say whose they are.
    let options =
        AnalysisOptions::default().with_aasm(Config::default().with_below_range(BelowRange::Bridge));
    // Which half of the night an hour is in changes while the night grows: that needs memory, everything else does not.
    let mut halves = vec![0; LiveMemory::halves_bytes(Span::from_secs(14 * 3_600))];
    let memory = LiveMemory::new(&mut halves, &mut []);
    let start = LocalDateTime::new((2026, 1, 2), (22, 0, 0));
    let mut live = Live::prepare(Span::from_secs(4), start, &options, memory)?.begin();
    let mut ended = 0;
    let mut found = |threshold: Threshold, event: Desaturation| {
        ended += 1;
        let (at, depth) = (event.onset.as_secs(), event.depth_pct());
        println!("{} %: at {at} s {depth} % for {} s", threshold.as_pct(), event.duration().as_secs());
    };
    for packet in packets() {
        push(&mut live, packet, &mut found)?;
        if packet.0 == 1_800
            && let Some(summary) = live.summary()
        {
            println!("after half an hour: {:?} per hour", summary.aasm.odi3.per_h);
        }
    }
    let summary = live.finish(&mut found).ok_or("no record came")?;
    println!("{} events, {:?} per hour", ended, summary.aasm.odi3.per_h);
    assert_eq!((summary.aasm.odi3.count, summary.quality.longest_gap_s.as_secs()), (55, 60));
    Ok(())
}

/// A time that jumps is refused; whoever knows why says how long nothing came.
fn push(
    live: &mut Live<'_>,
    (at, spo2, pulse): Packet,
    found: &mut dyn FnMut(Threshold, Desaturation),
) -> Result<(), LiveError> {
    let sample = Sample::new(Span::from_secs(at), Spo2::from_device(spo2), PulseRate::from_device(pulse));
    match live.push(&sample, found) {
        Err(LiveError::Jump { at, due }) => {
            live.skip(at.since(due))?;
            live.push(&sample, found)
        }
        pushed => pushed,
    }
}
