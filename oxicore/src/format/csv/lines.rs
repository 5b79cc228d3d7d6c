//! Lines of a text, whatever encodes and ends them, with their place in the file. A text has less than 4 GB, so that no
//! count of its lines, units and bytes wraps around.

use crate::error::{ParseError, ParseErrorKind};

/// Longer lines of UTF-16 text are read up to here; no dialect has a row half as long.
const WINDOW: usize = 512;

/// How characters are stored, told by the byte-order mark; without one, a byte each. UTF-8 and Windows-1252 differ
/// only in letters and dashes that no rule depends on, so they are not told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Bytes,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    /// The encoding and the length of its mark.
    pub(super) fn of(bytes: &[u8]) -> (Self, usize) {
        match bytes {
            [0xef, 0xbb, 0xbf, ..] => (Self::Bytes, 3),
            [0xff, 0xfe, ..] => (Self::Utf16Le, 2),
            [0xfe, 0xff, ..] => (Self::Utf16Be, 2),
            _ => (Self::Bytes, 0),
        }
    }

    /// Bytes a code unit.
    const fn width(self) -> usize {
        match self {
            Self::Bytes => 1,
            Self::Utf16Le | Self::Utf16Be => 2,
        }
    }

    /// The code units of a text; half a unit at the end is left out.
    pub(super) fn units(self, bytes: &[u8]) -> impl Iterator<Item = u16> {
        bytes.chunks_exact(self.width()).map(move |unit| match (self, unit) {
            (Self::Utf16Le, &[low, high]) => u16::from_le_bytes([low, high]),
            (Self::Utf16Be, &[high, low]) => u16::from_le_bytes([low, high]),
            (_, unit) => unit.first().copied().unwrap_or(0).into(),
        })
    }
}

/// A line that is not blank, without its end, spaces around it trimmed; text of 16-bit units is given as UTF-8.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    pub(super) text: &'t [u8],
    /// Bytes from the start of the file to `text`.
    pub(super) offset: usize,
    /// From 1.
    pub(super) number: u32,
    ended: bool,
    width: usize,
}

impl Line<'_> {
    /// The last line of a file that does not end its lines: it may have been cut.
    pub(super) const fn is_unfinished(&self) -> bool {
        !self.ended
    }

    /// Length of the text in the file, bytes.
    pub(super) fn stored_bytes(&self) -> usize {
        self.units(self.text).wrapping_mul(self.width)
    }

    /// Stored units of a part of this line: of 16 bits, one for every character of UTF-8, two for one of four bytes.
    fn units(&self, part: &[u8]) -> usize {
        if self.width == 1 {
            return part.len();
        }
        let starts = part.iter().filter(|&&byte| !matches!(byte, 0x80..=0xbf)).count();
        starts.wrapping_add(part.iter().filter(|&&byte| byte >= 0xf0).count())
    }

    /// An error at the place where `rest`, a tail of this line, begins. Columns count stored units.
    pub(super) fn error(&self, kind: ParseErrorKind, rest: &[u8]) -> ParseError {
        let before = self.text.get(..self.text.len().wrapping_sub(rest.len())).unwrap_or_default();
        let units = self.units(before);
        let offset = self.offset.wrapping_add(units.wrapping_mul(self.width));
        let column = u32::try_from(units).unwrap_or(u32::MAX).wrapping_add(1);
        ParseError::in_text(kind, self.number, column, offset)
    }
}

/// Walks over the lines; LF, CRLF and CR end a line, blank lines are passed over but counted.
#[derive(Clone)]
pub(super) struct Lines<'a> {
    rest: &'a [u8],
    number: u32,
    offset: usize,
    encoding: Encoding,
}

impl<'a> Lines<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let (encoding, mark) = Encoding::of(bytes);
        Self { rest: bytes.get(mark..).unwrap_or_default(), number: 0, offset: mark, encoding }
    }

    /// Number of the line that was walked over last.
    pub(super) const fn number(&self) -> u32 {
        self.number
    }

    /// What has not been walked over yet.
    pub(super) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Passes over `length` bytes that hold so many lines and their ends.
    pub(super) fn skip_lines(&mut self, lines: usize, length: usize) {
        self.rest = self.rest.get(length..).unwrap_or_default();
        self.number = self.number.wrapping_add(lines as u32);
        self.offset = self.offset.wrapping_add(length);
    }

    pub(super) const fn is_bytes(&self) -> bool {
        matches!(self.encoding, Encoding::Bytes)
    }

    /// Hands the next line that is not blank to `read`; `None` after the last one.
    pub(super) fn next_with<T>(&mut self, read: impl FnOnce(&Line<'_>) -> T) -> Option<T> {
        if self.is_bytes() {
            return self.next_bytes().map(|line| read(&line));
        }
        let mut window = [0; WINDOW];
        self.next_decoded(&mut window).map(|line| read(&line))
    }

    fn next_bytes(&mut self) -> Option<Line<'a>> {
        while !self.rest.is_empty() {
            let length = self.rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(self.rest.len());
            let (raw, tail) = self.rest.split_at(length);
            let end = if tail.starts_with(b"\r\n") { 2 } else { tail.len().min(1) };
            let begun = raw.trim_ascii_start();
            let offset = self.offset.wrapping_add(raw.len().wrapping_sub(begun.len()));
            self.skip_lines(1, length.wrapping_add(end));
            let text = without_spaces(begun);
            if !text.is_empty() {
                return Some(Line { text, offset, number: self.number, ended: end > 0, width: 1 });
            }
        }
        None
    }

    /// Rare, so it is compiled once and for itself.
    #[inline(never)]
    fn next_decoded<'w>(&mut self, window: &'w mut [u8; WINDOW]) -> Option<Line<'w>> {
        while !self.rest.is_empty() {
            let (units, end) = self.measure();
            let raw = self.rest.get(..units.wrapping_mul(2)).unwrap_or_default();
            let length = decode(self.encoding.units(raw), window);
            let decoded = window.get(..length).unwrap_or_default();
            let leading = decoded.len().wrapping_sub(decoded.trim_ascii_start().len());
            let offset = self.offset.wrapping_add(leading.wrapping_mul(2));
            self.skip_lines(1, units.wrapping_add(end).wrapping_mul(2));
            if leading < length {
                let text = without_spaces(window.get(leading..length).unwrap_or_default());
                return Some(Line { text, offset, number: self.number, ended: end > 0, width: 2 });
            }
        }
        None
    }

    /// 16-bit units of the next line, and of its end; never both zero unless nothing is left to read.
    fn measure(&self) -> (usize, usize) {
        const LF: u16 = 0x0a;
        const CR: u16 = 0x0d;
        let mut units = self.encoding.units(self.rest);
        let mut length = 0_usize;
        let ends_with_cr = loop {
            match units.next() {
                Some(CR) => break true,
                Some(LF) => break false,
                Some(_) => length = length.wrapping_add(1),
                None => return (length.max(1), 0), // half a unit is left at the end of an odd file: step over it
            }
        };
        (length, if ends_with_cr && units.next() == Some(LF) { 2 } else { 1 })
    }
}

/// The error that `of` makes of the line with this number.
pub(super) fn error_at(bytes: &[u8], number: u32, of: impl Fn(&Line<'_>) -> ParseError) -> ParseError {
    let mut lines = Lines::new(bytes);
    loop {
        match lines.next_with(|line| (line.number >= number).then(|| of(line))) {
            Some(Some(error)) => return error,
            Some(None) => {}
            None => return ParseError::at_byte(ParseErrorKind::NoSamples, bytes.len()),
        }
    }
}

/// The text without spaces at its end; tabs there may divide empty cells.
fn without_spaces(text: &[u8]) -> &[u8] {
    let end = text.iter().rposition(|&byte| byte != b' ').map_or(0, |last| last.wrapping_add(1));
    text.get(..end).unwrap_or_default()
}

/// Writes 16-bit units as UTF-8 until the window is full, and says how far it was filled; an unpaired surrogate becomes a
/// replacement character.
fn decode(units: impl Iterator<Item = u16>, window: &mut [u8; WINDOW]) -> usize {
    let mut length = 0_usize;
    for character in char::decode_utf16(units) {
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        let Some(free) = window.get_mut(length..).filter(|free| free.len() >= character.len_utf8()) else {
            break;
        };
        length = length.wrapping_add(character.encode_utf8(free).len());
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::String;
    use std::vec::Vec;

    fn texts(bytes: &[u8]) -> Vec<(String, u32, usize)> {
        let mut lines = Lines::new(bytes);
        let of = |l: &Line<'_>| (String::from_utf8_lossy(l.text).into_owned(), l.number, l.offset);
        core::iter::from_fn(|| lines.next_with(of)).collect()
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        let expected = [("a".into(), 1, 0), ("b".into(), 2, 3), ("c".into(), 4, 6)];
        assert_eq!(texts(b"a\r\nb\r\rc\n"), expected);
    }

    #[test]
    fn a_byte_order_mark_is_not_text_but_counts_as_bytes() {
        assert_eq!(texts(b"\xEF\xBB\xBFx \n"), [("x".into(), 1, 3)]);
    }

    #[test]
    fn both_orders_of_utf_16_give_the_same_lines_and_byte_offsets() {
        let text = "a\u{ff0c}b\r\n\n \u{1F319}\rlast";
        let expected = [("a\u{ff0c}b".into(), 1, 2), ("\u{1F319}".into(), 3, 16), ("last".into(), 4, 22)];
        assert_eq!(texts(&utf16(text, u16::to_le_bytes)), expected);
        assert_eq!(texts(&utf16(text, u16::to_be_bytes)), expected);
    }

    #[test]
    fn half_a_unit_at_the_end_is_stepped_over() {
        assert_eq!(texts(b"\xff\xfea\0\n\0b"), [("a".into(), 1, 2)]);
        assert_eq!(texts(b"\xff\xfea\0b"), [("a".into(), 1, 2)]);
    }

    #[test]
    fn the_place_of_an_error_counts_leading_spaces_of_the_line() {
        let mut lines = Lines::new(b"ok\n  bad,cell");
        lines.next_with(|_| ()).unwrap();
        let error = lines.next_with(|line| line.error(ParseErrorKind::BadRow("spo2"), b"cell")).unwrap();
        assert_eq!((error.line(), error.column(), error.offset()), (Some(2), Some(5), 9));
    }

    #[test]
    fn the_place_of_an_error_in_utf_16_is_a_byte_of_the_file() {
        let bytes = utf16("\u{ff0c}x,bad", u16::to_le_bytes);
        let error = Lines::new(&bytes).next_with(|line| line.error(ParseErrorKind::BadRow("spo2"), b"bad"));
        let error = error.unwrap();
        assert_eq!((error.column(), error.offset()), (Some(4), 8));
    }
}
