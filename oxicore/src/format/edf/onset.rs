//! The annotation signal of EDF+: when a data record was. Its first list of a record is `+seconds` and two marks.

use super::text::micros;

/// Where the annotation signal lies in a data record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Annotations {
    pub(super) begin: usize,
    pub(super) len: usize,
}

impl Annotations {
    /// Microseconds from the start of the file; `None` where the record does not tell, or tells a time before it.
    pub(super) fn onset_us(&self, data: &[u8]) -> Option<u64> {
        const END: u8 = 0x14;
        const DURATION: u8 = 0x15;
        let lists = data.get(self.begin..)?.get(..self.len)?;
        let end = lists.iter().position(|b| matches!(*b, END | DURATION | 0))?;
        let onset = lists.get(..end).filter(|text| matches!(text.first(), Some(b'+' | b'-')))?;
        u64::try_from(micros(onset)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_onset_is_the_number_before_the_first_mark() {
        let all = Annotations { begin: 2, len: 16 };
        assert_eq!(all.onset_us(b"\0\0+30.5\x14\x14\0\0\0\0\0\0\0\0\0\0\0\0"), Some(30_500_000));
        assert_eq!(all.onset_us(b"\0\0-1\x14\x14\0\0\0\0\0\0\0\0\0\0\0\0"), None);
        assert_eq!(all.onset_us(b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), None);
        assert_eq!(all.onset_us(b"\0\0+30"), None);
    }
}
