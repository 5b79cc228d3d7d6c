//! Whole numbers as few bytes: seven bits a byte, the last byte without its highest bit; a change of a number with its
//! sign in the lowest bit.

/// The bytes are not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("bytes that this program did not write")]
pub struct BadBytes;

/// Appends a number.
pub(super) fn write(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Appends how much a number differs from the one before it, which it replaces.
pub(super) fn write_change(bytes: &mut Vec<u8>, before: &mut i64, number: i64) {
    let change = number - *before;
    write(bytes, ((change << 1) ^ (change >> 63)) as u64);
    *before = number;
}

/// Takes numbers from bytes, one after the other.
pub(super) struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    pub(super) const fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// The next number.
    pub(super) fn number(&mut self) -> Result<u64, BadBytes> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let (&byte, rest) = self.0.split_first().ok_or(BadBytes)?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(BadBytes)
    }

    /// The number that the next change makes of the one before, which it replaces.
    pub(super) fn changed<T: TryFrom<i64>>(&mut self, before: &mut i64) -> Result<T, BadBytes> {
        let change = self.number()?;
        let change = (change >> 1) as i64 ^ -((change & 1) as i64);
        *before = before.checked_add(change).ok_or(BadBytes)?;
        T::try_from(*before).map_err(|_| BadBytes)
    }

    /// As many things as the next number says. Each takes a byte at least: no number makes this take more memory than
    /// the bytes justify.
    pub(super) fn many<T>(
        &mut self,
        mut one: impl FnMut(&mut Self) -> Result<T, BadBytes>,
    ) -> Result<Vec<T>, BadBytes> {
        let count = self.number()?;
        let mut things = Vec::new();
        for _ in 0..count {
            things.push(one(self)?);
        }
        Ok(things)
    }

    /// Insists that nothing is left.
    pub(super) fn finish(self) -> Result<(), BadBytes> {
        if self.0.is_empty() { Ok(()) } else { Err(BadBytes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_changes_are_one_byte_and_every_number_comes_back() {
        let numbers = [0, 4, 8, 8, 3, 70, 100_000, -5, i64::from(u32::MAX)];
        let (mut bytes, mut before) = (Vec::new(), 0);
        numbers.iter().for_each(|&number| write_change(&mut bytes, &mut before, number));
        assert_eq!(bytes.get(..5), Some(&[0, 8, 8, 0, 9][..]));
        let (mut reader, mut before) = (Reader::new(&bytes), 0);
        let back: Vec<i64> = numbers.iter().map(|_| reader.changed(&mut before).unwrap()).collect();
        assert_eq!(back, numbers);
        assert_eq!(reader.finish(), Ok(()));
    }

    #[test]
    fn a_number_that_does_not_fit_is_refused() {
        let mut bytes = Vec::new();
        write(&mut bytes, 600);
        assert_eq!(Reader::new(&bytes).changed::<u8>(&mut 0), Err(BadBytes));
        assert_eq!(Reader::new(&[0x80; 12]).changed::<i64>(&mut 0), Err(BadBytes));
    }
}
