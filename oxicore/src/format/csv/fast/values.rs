//! The numbers of a row, in any widths.

use crate::format::csv::fraction::may_be_part;
use crate::format::csv::row::Readings;
use crate::format::csv::width::Width;
use crate::sample::Alarms;
use crate::units::{Motion, PulseRate, Spo2};

/// SpO2, pulse, motion and two alarms, as written.
pub(super) struct Numbers([Option<u32>; 5]);

impl Numbers {
    /// The cells of the table, two to five, of one to three digits, `65535` or `--`, perhaps a comma, and the end of the line;
    /// and what follows. Only where the header names just these cells may a reading be so small as a fraction.
    #[cfg_attr(feature = "blocks", inline(always))]
    pub(super) fn read(values: &[u8], width: Width) -> Option<(Self, &[u8])> {
        let (spo2, comma, after) = cell(values)?;
        let (pulse, mut end, mut after) = cell(after).filter(|_| comma == b',')?;
        let mut others = [None; 3];
        for slot in others.get_mut(..width.cells().checked_sub(2)?)? {
            if end != b',' {
                return None;
            }
            (*slot, end, after) = cell(after)?;
        }
        let is_whole = width.is_named() && end != b',';
        if !is_whole && (may_be_part(spo2) || may_be_part(pulse)) {
            return None;
        }
        if end == b',' {
            (end, after) = after.split_first().map(|(&end, after)| (end, after))?;
        }
        let after = match end {
            b'\n' => after,
            b'\r' => after.strip_prefix(b"\n")?,
            _ => return None,
        };
        let [motion, spo2_alarm, pulse_alarm] = others;
        Some((Self([spo2, pulse, motion, spo2_alarm, pulse_alarm]), after))
    }

    pub(super) fn readings(self) -> Readings {
        let Self([spo2, pulse, motion, alarms @ ..]) = self;
        let [spo2_alarm, pulse_alarm] = alarms.map(is_set);
        Readings {
            spo2: spo2.and_then(Spo2::from_device),
            pulse: pulse.and_then(PulseRate::from_device),
            motion: motion.and_then(Motion::from_device),
            alarms: Alarms { spo2: spo2_alarm, pulse: pulse_alarm },
        }
    }

    /// SpO2, pulse and motion as a block holds them, if it can.
    #[inline(always)]
    pub(super) fn to_bytes(&self) -> Option<[u8; 3]> {
        let Self([spo2, pulse, motion, alarms @ ..]) = *self;
        let spo2 = spo2.filter(|&pct| pct <= 100).unwrap_or(0);
        let pulse = pulse.filter(|&bpm| bpm != 255 && bpm <= 300).unwrap_or(0);
        let motion = motion.filter(|&raw| raw <= 255)?;
        let fits = pulse < 255 && !alarms.into_iter().any(is_set);
        fits.then_some([spo2 as u8, pulse as u8, motion as u8])
    }
}

fn is_set(flag: Option<u32>) -> bool {
    flag.is_some_and(|flag| flag != 0)
}

/// The number of a cell (`None` for `--`), the byte that ends it, and what follows that.
#[inline]
pub(super) fn cell(text: &[u8]) -> Option<(Option<u32>, u8, &[u8])> {
    let (value, after) = number(text)?;
    let (&end, after) = after.split_first()?;
    Some((value, end, after))
}

/// A number of one to three digits, or what stands for none, and what follows it.
#[inline]
pub(super) fn number(text: &[u8]) -> Option<(Option<u32>, &[u8])> {
    const TOP_BITS: u64 = u64::from_le_bytes([0x80; 8]);
    const OVER_9: u64 = u64::from_le_bytes([0x76; 8]);
    let digits = u64::from_le_bytes(*text.first_chunk()?) ^ u64::from_le_bytes([b'0'; 8]);
    let others = (((digits & !TOP_BITS).wrapping_add(OVER_9)) | digits) & TOP_BITS;
    let bits = others.trailing_zeros() & !7;
    if !(8..=24).contains(&bits) {
        return sentinel(text);
    }
    let aligned = digits.wrapping_shl(64_u32.wrapping_sub(bits)).to_le_bytes();
    let [.., hundreds, tens, ones] = aligned.map(u32::from);
    let value = hundreds.wrapping_mul(100).wrapping_add(tens.wrapping_mul(10)).wrapping_add(ones);
    Some((Some(value), text.get((bits >> 3) as usize..)?))
}

/// What is written for no reading and has not one to three digits.
#[inline]
fn sentinel(text: &[u8]) -> Option<(Option<u32>, &[u8])> {
    match text {
        [b'-', b'-', after @ ..] => Some((None, after)),
        [b'6', b'5', b'5', b'3', b'5', after @ ..] => Some((Some(65_535), after)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Span;
    use std::string::String;

    #[test]
    fn a_cell_is_one_to_three_digits_or_a_sentinel() {
        assert_eq!(cell(b"96,xxxxxx"), Some((Some(96), b',', &b"xxxxxx"[..])));
        assert_eq!(cell(b"105\n......"), Some((Some(105), b'\n', &b"......"[..])));
        assert_eq!(cell(b"--,xxxxxx"), Some((None, b',', &b"xxxxxx"[..])));
        assert_eq!(cell(b"65535,xxx"), Some((Some(65_535), b',', &b"xxx"[..])));
        for text in [&b",xxxxxxxx"[..], b"", b"96,", b"6553,xxxx", b"655350,xx", b" 96,xxxx", b"-,xxxxxx"] {
            assert_eq!(cell(text).filter(|(_, end, _)| matches!(end, b',' | b'\n')), None, "{text:?}");
        }
    }

    #[test]
    fn numbers_are_the_same_readings_as_bytes() {
        let texts = [0, 1, 99, 100, 101, 127, 254, 255, 256, 300, 301, 511, 999].map(|n| std::format!("{n}"));
        let texts = || texts.iter().map(String::as_str).chain(["--", "65535"]);
        for (spo2, pulse) in texts().flat_map(|spo2| texts().map(move |pulse| (spo2, pulse))) {
            for others in ["0", "255", "256", "7,0,0", "7,0,1", "7,1,0", "--", "0,--"] {
                let text = std::format!("{spo2},{pulse},{others}\nnext line");
                let read =
                    || Numbers::read(text.as_bytes(), Width::named(2 + others.split(',').count())).unwrap().0;
                assert_eq!(read().to_bytes(), read().readings().at(Span::ZERO).as_bytes(), "{text}");
            }
        }
    }

    #[test]
    fn one_comma_may_end_a_row_of_five_numbers() {
        let pulse = |text: &[u8]| {
            Numbers::read(text, Width::named(5))
                .map(|(numbers, after)| (numbers.readings().pulse, after.len()))
        };
        assert_eq!(pulse(b"97,65535,0,0,0,\nnext line"), Some((None, 9)));
        assert_eq!(pulse(b"97,58,0,0,0,\r\nnext line"), Some((PulseRate::from_device(58), 9)));
        assert_eq!(pulse(b"97,58,0,0,0,,\nnext line"), None);
    }
}
