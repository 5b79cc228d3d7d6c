//! Readers of the vendor's CSV as one writes them with what is on the shelf. They know one dialect, refuse nothing and
//! report nothing; all fill the same columns.

pub mod copies;
mod csv_core_fields;
mod csv_records;
mod nom_rows;
mod plain_bytes;

pub use csv_core_fields::csv_core_fields;
pub use csv_records::csv_records;
pub use nom_rows::nom_rows;
pub use plain_bytes::plain_bytes;

use crate::rows::Rows;

/// A reader: text in, columns out; `None` for what it cannot read.
pub type Reader = fn(&[u8], &mut Rows) -> Option<()>;

/// Every reader with its name.
pub const READERS: [(&str, Reader); 4] = [
    ("nom 8, idiomatic", nom_rows),
    ("csv 1.4, ByteRecord", csv_records),
    ("csv-core 0.1", csv_core_fields),
    ("plain byte loop", plain_bytes),
];

/// A whole number of digits, or the mark of a missing reading.
pub(crate) fn number(cell: &[u8]) -> Option<Option<u32>> {
    if cell == b"--" {
        return Some(None);
    }
    let add = |sum: u32, byte: &u8| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0'));
    cell.iter().try_fold(0, add).map(Some)
}

/// `HH:MM:SS DD/MM/YYYY` in seconds.
fn time(cell: &[u8]) -> Option<i64> {
    let part = |from: usize, to: usize| number(cell.get(from..to)?)?;
    let clock = [part(0, 2)?, part(3, 5)?, part(6, 8)?];
    Some(crate::rows::second_of(clock, [part(9, 11)?, part(12, 14)?, part(15, 19)?]))
}

/// `YYYY-MM-DDTHH:MM:SS` in seconds.
pub(crate) fn iso_time(cell: &[u8]) -> Option<i64> {
    let part = |from: usize, to: usize| number(cell.get(from..to)?)?;
    let clock = [part(11, 13)?, part(14, 16)?, part(17, 19)?];
    Some(crate::rows::second_of(clock, [part(8, 10)?, part(5, 7)?, part(0, 4)?]))
}

/// The four cells of a row.
fn row(out: &mut Rows, at: &[u8], cells: [&[u8]; 3]) -> Option<()> {
    let [spo2, pulse, motion] = cells;
    push(out, time(at)?, [number(spo2)?, number(pulse)?, number(motion)?]);
    Some(())
}

pub(crate) fn push(out: &mut Rows, second: i64, [spo2, pulse, motion]: [Option<u32>; 3]) {
    out.push(second, spo2.map(|v| v as u8), pulse.map(|v| v as u16), motion.map(|v| v as u8));
}

/// What stands after the header line.
fn body(text: &[u8]) -> Option<&[u8]> {
    let end = text.iter().position(|byte| *byte == b'\n')?;
    text.get(end + 1..)
}

#[cfg(test)]
mod tests {
    use super::READERS;
    use crate::night::{csv, night, unfriendly};
    use crate::ours;
    use crate::rows::Rows;

    #[test]
    fn every_reader_finds_what_oxicore_finds() {
        for text in [csv(&night()), csv(&unfriendly())] {
            let expected = ours::rows(&text).unwrap();
            for (name, read) in READERS {
                let mut rows = Rows::default();
                assert!(read(&text, &mut rows).is_some(), "{name} cannot read the night");
                assert!(ours::same(&rows, &expected), "{name} finds other values");
            }
        }
    }
}
