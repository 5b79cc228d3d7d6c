//! One byte after the other, a number being counted, a cell number: what one writes by hand.

use super::body;
use crate::rows::{Rows, second_of};

/// Reads the rows byte by byte.
pub fn plain_bytes(text: &[u8], out: &mut Rows) -> Option<()> {
    let (mut cells, mut cell) = ([None::<u32>; 9], 0);
    out.clear();
    for &byte in body(text)? {
        match byte {
            b'0'..=b'9' => {
                let slot = cells.get_mut(cell)?;
                *slot = Some(slot.unwrap_or(0) * 10 + u32::from(byte - b'0'));
            }
            b':' | b' ' | b'/' | b',' => cell += 1,
            b'-' => {}
            b'\n' => {
                let [h, m, s, day, month, year, spo2, pulse, motion] = cells;
                let second = second_of([h?, m?, s?], [day?, month?, year?]);
                out.push(second, spo2.map(|v| v as u8), pulse.map(|v| v as u16), motion.map(|v| v as u8));
                (cells, cell) = ([None; 9], 0);
            }
            _ => return None,
        }
    }
    Some(())
}
