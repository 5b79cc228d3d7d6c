//! A short text kept in place: what a file calls something, or what it says where it cannot be read.

use core::fmt;

/// At most `MOST` bytes of text, `MOST` up to 255.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Bounded<const MOST: usize> {
    bytes: [u8; MOST],
    len: u8,
}

impl<const MOST: usize> Bounded<MOST> {
    pub(crate) const EMPTY: Self = Self { bytes: [0; MOST], len: 0 };

    pub(crate) fn as_str(&self) -> &str {
        self.bytes.get(..self.len.into()).and_then(|text| str::from_utf8(text).ok()).unwrap_or_default()
    }

    /// Appends a character; `None` if it does not fit.
    pub(crate) fn push(&mut self, character: char) -> Option<()> {
        let from = usize::from(self.len);
        let free = self.bytes.get_mut(from..)?.get_mut(..character.len_utf8())?;
        self.len = u8::try_from(from + character.encode_utf8(free).len()).ok()?;
        Some(())
    }

    /// Appends bytes without control characters and marks of direction, with U+FFFD for what is no UTF-8; what does not fit gives way to `…`.
    pub(crate) fn push_bytes(&mut self, bytes: &[u8]) {
        let chunks = bytes.utf8_chunks().flat_map(|chunk| {
            let bad = (!chunk.invalid().is_empty()).then_some(char::REPLACEMENT_CHARACTER);
            chunk.valid().chars().chain(bad)
        });
        let mut printed = chunks.filter(is_printed);
        if printed.try_for_each(|character| self.push(character)).is_none() {
            self.end_with_ellipsis();
        }
    }

    fn end_with_ellipsis(&mut self) {
        const ELLIPSIS: char = '\u{2026}';
        while self.push(ELLIPSIS).is_none() {
            let Some(last) = self.as_str().chars().next_back() else { return };
            self.len = self.len.saturating_sub(last.len_utf8() as u8);
        }
    }
}

/// No control character, and none that turns the direction of the text after it.
pub(crate) fn is_printed(character: &char) -> bool {
    const TURNS: [char; 13] = [
        '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
        '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{feff}',
    ];
    !character.is_control() && !TURNS.contains(character)
}

/// What does not fit gives way to `…`.
impl<const MOST: usize> fmt::Write for Bounded<MOST> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_bytes(text.as_bytes());
        Ok(())
    }
}

impl<const MOST: usize> fmt::Debug for Bounded<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Bounded<8> {
        let mut text = Bounded::EMPTY;
        text.push_bytes(bytes);
        text
    }

    #[test]
    fn what_does_not_fit_gives_way_to_an_ellipsis() {
        assert_eq!(of(b"12345678").as_str(), "12345678");
        assert_eq!(of(b"123456789").as_str(), "12345\u{2026}");
        assert_eq!(of("1234äöü".as_bytes()).as_str(), "1234\u{2026}");
    }

    #[test]
    fn control_characters_are_left_out_and_other_bytes_replaced() {
        assert_eq!(of("a\tb\x07\u{202e}c".as_bytes()).as_str(), "abc");
        assert_eq!(of(b"S\xe4t").as_str(), "S\u{fffd}t");
        assert_eq!(of(b"").as_str(), "");
    }
}
