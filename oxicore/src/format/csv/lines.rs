//! Lines of a text, whatever ends them, with their place in the file.

use crate::error::{ParseError, ParseErrorKind};

const UTF8_BOM: &[u8] = b"\xEF\xBB\xBF";

/// A line that is not blank, without its end, spaces around it trimmed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a [u8],
    number: u32,
    offset: usize,
    ended: bool,
}

impl Line<'_> {
    /// The last line of a file that does not end its lines: it may have been cut.
    pub(super) const fn is_unfinished(&self) -> bool {
        !self.ended
    }

    /// An error at the place where `rest`, a tail of this line, begins.
    pub(super) fn error(&self, kind: ParseErrorKind, rest: &[u8]) -> ParseError {
        let column = self.text.len().saturating_sub(rest.len());
        let offset = self.offset.saturating_add(column);
        let column = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1);
        ParseError::in_text(kind, self.number, column, offset)
    }
}

/// Iterator over the lines; LF, CRLF and CR end a line, blank lines are passed over but counted.
#[derive(Clone, Debug)]
pub(super) struct Lines<'a> {
    rest: &'a [u8],
    number: u32,
    offset: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        match bytes.strip_prefix(UTF8_BOM) {
            Some(rest) => Self { rest, number: 0, offset: UTF8_BOM.len() },
            None => Self { rest: bytes, number: 0, offset: 0 },
        }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        while !self.rest.is_empty() {
            let length = self.rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(self.rest.len());
            let (raw, tail) = self.rest.split_at(length);
            let end = if tail.starts_with(b"\r\n") { 2 } else { tail.len().min(1) };
            let leading = raw.len().saturating_sub(raw.trim_ascii_start().len());
            let offset = self.offset.saturating_add(leading);
            self.rest = tail.get(end..).unwrap_or_default();
            self.number = self.number.saturating_add(1);
            self.offset = self.offset.saturating_add(length).saturating_add(end);
            let text = raw.trim_ascii();
            if !text.is_empty() {
                return Some(Line { text, number: self.number, offset, ended: end > 0 });
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    fn texts(bytes: &[u8]) -> Vec<(&[u8], u32, usize)> {
        Lines::new(bytes).map(|l| (l.text, l.number, l.offset)).collect()
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        let expected: [(&[u8], u32, usize); 3] = [(b"a", 1, 0), (b"b", 2, 3), (b"c", 4, 6)];
        assert_eq!(texts(b"a\r\nb\r\rc\n"), expected);
    }

    #[test]
    fn a_byte_order_mark_is_not_text_but_counts_as_bytes() {
        assert_eq!(texts(b"\xEF\xBB\xBFx \n"), [(&b"x"[..], 1, 3)]);
    }

    #[test]
    fn the_place_of_an_error_counts_leading_spaces_of_the_line() {
        let line = Lines::new(b"ok\n  bad,cell").nth(1).unwrap();
        let error = line.error(ParseErrorKind::BadRow("spo2"), b"cell");
        assert_eq!((error.line(), error.column(), error.offset()), (Some(2), Some(5), 9));
        assert!(line.is_unfinished());
    }
}
