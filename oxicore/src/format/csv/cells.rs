//! The cells after the time: numbers, or one of the many ways to write "no reading".

/// A cell that is neither a number nor a known "no reading".
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadCell;

/// The cells of a row, from left to right.
pub(super) struct Cells<'a> {
    rest: &'a [u8],
    delimiter: u8,
}

impl<'a> Cells<'a> {
    /// `rest` is what follows the first cell: empty, or beginning with a delimiter.
    pub(super) const fn new(rest: &'a [u8], delimiter: u8) -> Self {
        Self { rest, delimiter }
    }

    /// What has not been read yet.
    pub(super) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next cell's number; `None` for "no reading". A row without the cell is bad.
    pub(super) fn next_number(&mut self) -> Result<Option<u32>, BadCell> {
        number(self.next().ok_or(BadCell)?)
    }

    /// The number of a cell that may be absent, or hold something this reader does not use.
    pub(super) fn next_optional(&mut self) -> Option<u32> {
        number(self.next()?).ok().flatten()
    }

    fn next(&mut self) -> Option<&'a [u8]> {
        let after = self.rest.strip_prefix(&[self.delimiter])?;
        let end = after.iter().position(|&b| b == self.delimiter).unwrap_or(after.len());
        let (cell, rest) = after.split_at(end);
        self.rest = rest;
        Some(cell.trim_ascii())
    }
}

/// Empty, dashes (`--`, `- -`, en and em dashes) and `N/A`.
fn is_no_reading(cell: &[u8]) -> bool {
    const EN_DASH: &[u8] = "\u{2013}".as_bytes();
    const EM_DASH: &[u8] = "\u{2014}".as_bytes();
    let mut rest = cell;
    while let Some(next) =
        [&b"-"[..], b" ", EN_DASH, EM_DASH].iter().find_map(|dash| rest.strip_prefix(*dash))
    {
        rest = next;
    }
    rest.is_empty() || cell.eq_ignore_ascii_case(b"n/a")
}

fn number(cell: &[u8]) -> Result<Option<u32>, BadCell> {
    if is_no_reading(cell) {
        return Ok(None);
    }
    if cell.len() > 9 {
        return Err(BadCell);
    }
    cell.iter()
        .try_fold(0_u32, |value, &digit| {
            let digit = digit.is_ascii_digit().then(|| u32::from(digit.wrapping_sub(b'0')))?;
            value.checked_mul(10)?.checked_add(digit)
        })
        .map(Some)
        .ok_or(BadCell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_no_reading_is_missing_and_not_zero() {
        for cell in ["", "--", "- -", "-", "\u{2013}", "\u{2014}\u{2014}", "N/A", "n/a"] {
            assert_eq!(number(cell.as_bytes()), Ok(None), "{cell:?}");
        }
    }

    #[test]
    fn a_cell_that_is_no_number_is_refused() {
        for cell in ["9x", "-5", "9.5", "99999999999", "abc"] {
            assert_eq!(number(cell.as_bytes()), Err(BadCell), "{cell:?}");
        }
    }

    #[test]
    fn cells_are_told_by_position_and_an_absent_one_is_bad() {
        let mut cells = Cells::new(b", 96 ,--,7,", b',');
        assert_eq!(cells.next_number(), Ok(Some(96)));
        assert_eq!(cells.next_number(), Ok(None));
        assert_eq!(cells.next_optional(), Some(7));
        assert_eq!(cells.next_optional(), None);
        assert_eq!(cells.next_number(), Err(BadCell));
    }
}
