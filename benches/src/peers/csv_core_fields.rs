//! `csv-core`: the state machine under the `csv` crate, without an allocator.

use csv_core::{ReadRecordResult, Reader};

use super::{body, row};
use crate::rows::Rows;

/// Reads the rows with `csv-core`, a record at a time.
pub fn csv_core_fields(text: &[u8], out: &mut Rows) -> Option<()> {
    let mut rest = body(text)?;
    let mut reader = Reader::new();
    let (mut cells, mut ends) = ([0; 128], [0; 8]);
    out.clear();
    loop {
        let (result, read, _, _) = reader.read_record(rest, &mut cells, &mut ends);
        rest = rest.get(read..)?;
        match result {
            ReadRecordResult::Record => {
                let cell = |from: usize, to: usize| cells.get(from..to);
                let [a, b, c, d, ..] = ends;
                row(out, cell(0, a)?, [cell(a, b)?, cell(b, c)?, cell(c, d)?])?;
            }
            ReadRecordResult::End => return Some(()),
            ReadRecordResult::InputEmpty if rest.is_empty() => {}
            _ => return None,
        }
    }
}
