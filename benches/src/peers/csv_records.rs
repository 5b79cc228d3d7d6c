//! The `csv` crate's fastest reader, a record of bytes used again and again.

use csv::{ByteRecord, ReaderBuilder};

use super::row;
use crate::rows::Rows;

/// Reads the rows with the `csv` crate.
pub fn csv_records(text: &[u8], out: &mut Rows) -> Option<()> {
    let mut reader = ReaderBuilder::new().from_reader(text);
    let mut record = ByteRecord::new();
    out.clear();
    while reader.read_byte_record(&mut record).ok()? {
        row(out, record.get(0)?, [record.get(1)?, record.get(2)?, record.get(3)?])?;
    }
    Some(())
}
