//! Twice the nights, twice the time, the same memory.

use std::hint::black_box;

use oxi_benches::night::{self, INTERVAL_S, RECORDS};
use oxi_benches::ours::Memory;
use oxi_benches::race::Race;
use oxi_benches::ratio::Ratio;
use oxicore::{AnalysisOptions, Recording};

use crate::Run;
use crate::memory::{self, Child};

const GROUP: &str = "growth";
const NIGHTS: [u32; 4] = [1, 10, 100, 1_000];

pub(crate) fn measure(run: &Run<'_>) -> Result<Vec<Ratio>, String> {
    let files = NIGHTS.map(|nights| night::archive(&run.data.night, nights * RECORDS, INTERVAL_S));
    let mut ratios = growth("bytes to numbers and events", &files, |_| pass)?;
    ratios.extend(growth("bytes to columns", &files, |rows| {
        let mut memory = Memory::for_rows(rows);
        move |file: &[u8]| memory.read(file)
    })?);
    let kilobytes = |nights| memory::of(Child::Pass(nights)).map(|bytes| bytes / 1_024.0);
    let (one, thousand) = (kilobytes(1)?, kilobytes(1_000)?);
    // The system counts in batches of 64 KB, so the difference is held against what the files differ by.
    let more = (thousand - one).max(0.0) * 1_024.0 / (files[3].len() - files[0].len()) as f64;
    let name = "one pass over 1,000 nights: more peak memory than for one, by a byte of more file";
    ratios.push(Ratio::figure(GROUP, name, Some(more), "bytes/byte").at_most(0.001));
    let figure = |nights: &str, kilobytes| {
        let name = format!("one pass over {nights}: peak memory beyond the file");
        Ratio::figure(GROUP, &name, Some(kilobytes), "KB")
    };
    ratios.extend([figure("one night", one), figure("1,000 nights", thousand)]);
    Ok(ratios)
}

fn growth<'a, W>(what: &str, files: &'a [Vec<u8>], work: impl Fn(usize) -> W) -> Result<Vec<Ratio>, String>
where
    W: FnMut(&[u8]) -> Option<usize> + 'a,
{
    let mut race = Race::new();
    for (file, nights) in files.iter().zip(NIGHTS) {
        let rows = (nights * RECORDS) as usize;
        let mut work = work(rows);
        race = race.lane(&nights.to_string(), move || assert_eq!(work(black_box(file)), Some(rows)));
    }
    let times = race.run(11)?;
    let lanes = NIGHTS.map(|nights| (nights.to_string(), f64::from(nights * RECORDS)));
    let side = |index: usize| (lanes[index].0.as_str(), lanes[index].1);
    let more = |index: usize| {
        let name = format!("{what}, {} nights: a row by a row of one night", NIGHTS[index]);
        times.slower(GROUP, &name, [side(index), side(0)], "ns/row").at_most(1.05)
    };
    Ok((1..NIGHTS.len()).map(more).collect())
}

/// Parses and analyses in one go, events counted and not kept.
fn pass(file: &[u8]) -> Option<usize> {
    let recording = Recording::parse(file).ok()?;
    let mut events = 0_usize;
    let summary = recording.analyze_each(&AnalysisOptions::default(), &mut |_, _| events += 1);
    (events > 0).then_some(summary.recording.records as usize)
}
