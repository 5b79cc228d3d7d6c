//! A night to the bytes of its picture, and the memory this takes.

use std::hint::black_box;

use oxi_benches::picture;
use oxi_benches::race::Race;
use oxi_benches::ratio::Ratio;

use crate::Run;
use crate::memory::{self, Child};

const GROUP: &str = "picture";

pub(crate) fn measure(run: &Run<'_>) -> Result<Vec<Ratio>, String> {
    let night = &run.data.csv;
    let size = picture::png(night)?.len();
    let times = Race::new()
        .lane("oxicore", || assert_eq!(picture::png(black_box(night)).map(|png| png.len()), Ok(size)))
        .python("matplotlib", run.numbers, "matplotlib")
        .run(7)?;
    let milliseconds = |lane: &str| times.of(lane).map(|time| time / 1e6);
    let ours = milliseconds("oxicore");
    let against = |name: &str, peer| Ratio::times_faster(GROUP, name, ours, peer, "ms");
    let plotly = run.plotly.map(|seconds| seconds * 1e3);
    let peak = memory::of(Child::Picture)?;
    Ok(vec![
        against(
            "file to picture: matplotlib, the same panels, events found already",
            milliseconds("matplotlib"),
        )
        .at_least(20.0),
        against("file to picture: Plotly with a headless browser", plotly).at_least(500.0),
        Ratio::figure(GROUP, "peak memory of the process", Some(peak / 1e6), "MB").at_most(16.0),
    ])
}
