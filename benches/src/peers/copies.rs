//! Loops that only move bytes: how fast anything could be.

use crate::rows::Rows;

/// Copies a file as the machine copies best.
pub fn memcpy(from: &[u8], to: &mut [u8]) {
    if let Some(to) = to.get_mut(..from.len()) {
        to.copy_from_slice(from);
    }
}

/// Reads 28 bytes a row and writes the bytes of its columns, without understanding any.
pub fn read_28_write_8(text: &[u8], out: &mut Rows) {
    out.clear();
    for row in text.as_chunks::<28>().0 {
        let [a, b, c, d, e, f, g, h, ..] = *row;
        let rest = row.iter().skip(8).fold(0_u8, |sum, byte| sum ^ byte);
        out.at.push(u32::from_le_bytes([a, b, c, d]));
        out.spo2.push(e ^ rest);
        out.pulse.push(u16::from_le_bytes([f, g]));
        out.motion.push(h);
    }
}

/// Copies the records of a binary file (header of 40 bytes, records of 5) into columns, without asking whether a
/// reading is missing.
pub fn binary_records(file: &[u8], out: &mut Rows) {
    out.clear();
    for (index, record) in (0..).zip(file.get(40..).unwrap_or_default().as_chunks::<5>().0) {
        let [spo2, low, high, motion, _] = *record;
        out.at.push(index * 4);
        out.spo2.push(spo2);
        out.pulse.push(u16::from_le_bytes([low, high]));
        out.motion.push(motion);
    }
}
