//! Records of five bytes: there is nothing to win beyond a copy, and little to lose.

use std::hint::black_box;

use oxi_benches::night::{self, RECORDS};
use oxi_benches::ours::{self, Memory};
use oxi_benches::peers::copies;
use oxi_benches::race::Race;
use oxi_benches::ratio::Ratio;
use oxi_benches::rows::Rows;
use oxicore::Recording;

use crate::Run;

const GROUP: &str = "binary";
const ROUNDS: u32 = 31;

pub(crate) fn measure(run: &Run<'_>) -> Result<Vec<Ratio>, String> {
    let file = night::legacy(&run.data.night);
    let rows = Some(RECORDS as usize);
    let (mut memory, mut copied) =
        (Memory::for_rows(RECORDS as usize), Rows::with_capacity(RECORDS as usize));
    let mut filled = copied.clone();
    let times = Race::new()
        .lane("columns", || assert_eq!(memory.read(black_box(&file)), rows))
        .lane("view", || {
            let night = Recording::parse(black_box(&file));
            assert!(night.is_ok_and(|night| {
                ours::fill(night, &mut filled);
                Some(filled.len()) == rows
            }));
        })
        .lane("copy", || {
            copies::binary_records(black_box(&file), &mut copied);
            assert_eq!(Some(copied.len()), rows);
        })
        .run(ROUNDS)?;
    let rows = f64::from(RECORDS);
    let slower =
        |name: &str, lane: &str| times.slower(GROUP, name, [(lane, rows), ("copy", rows)], "ns/record");
    Ok(vec![
        slower("file to columns: times as long as a plain copy loop", "columns").at_most(1.2),
        slower("samples of a view: times as long as a plain copy loop", "view"),
    ])
}
