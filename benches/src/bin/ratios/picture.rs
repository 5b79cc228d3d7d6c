//! A night to the bytes of its picture, and the memory this takes.

use std::hint::black_box;

use oxi_benches::picture;
use oxi_benches::race::{Race, Side};
use oxi_benches::ratio::Ratio;

use crate::Run;
use crate::memory::{self, Child};

const GROUP: &str = "picture";
const MILLISECOND: f64 = 1e6;
const OURS: Side<'_> = ("oxicore", MILLISECOND);

pub(crate) fn measure(run: &Run<'_>) -> Result<Vec<Ratio>, String> {
    let size = picture::png(&run.data.csv)?.len();
    let times = race(run, size).python("matplotlib", run.numbers, "matplotlib").run(11)?;
    let peak = memory::of(Child::Picture)?;
    let name = "file to picture: matplotlib, the same panels, events found already";
    let matplotlib = times.faster(GROUP, name, [OURS, ("matplotlib", MILLISECOND)], "ms").at_least(15.0);
    let mut ratios = vec![matplotlib];
    ratios.extend(browser(run, size)?);
    ratios.push(Ratio::figure(GROUP, "peak memory of the process", Some(peak / 1e6), "MB").at_most(32.0));
    Ok(ratios)
}

/// Plotly: the usual way to a curve in the colours of its levels, and the least it can be asked for.
fn browser(run: &Run<'_>, size: usize) -> Result<[Ratio; 2], String> {
    let times =
        race(run, size).python("dense", run.plotly, "dense").python("panels", run.plotly, "panels").run(3)?;
    let against = |name: &str, lane| {
        let name = format!("file to picture: Plotly with a headless browser, {name}");
        times.faster(GROUP, &name, [OURS, (lane, MILLISECOND)], "ms")
    };
    Ok([
        against("a curve of thirty coloured markers a reading, a browser started for it", "dense")
            .at_least(500.0),
        against("a marker a reading, the browser runs already, events found already", "panels"),
    ])
}

fn race<'a>(run: &'a Run<'_>, size: usize) -> Race<'a> {
    let night = &run.data.csv;
    Race::new()
        .lane("oxicore", move || assert_eq!(picture::png(black_box(night)).map(|png| png.len()), Ok(size)))
}
