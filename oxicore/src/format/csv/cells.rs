//! The cells after the time: numbers, or one of the many ways to write "no reading".

use core::cmp::Ordering;

use nom::character::complete::{digit1, one_of, satisfy};
use nom::combinator::{all_consuming, map_opt, opt};
use nom::multi::fold_many_m_n;
use nom::{IResult, Parser};

use crate::units::Rounding;

/// A cell that is neither a number nor a known "no reading".
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadCell;

/// The cells of a row, from left to right.
#[derive(Clone)]
pub(super) struct Cells<'a> {
    rest: &'a [u8],
    delimiter: u8,
    begun: bool,
}

impl<'a> Cells<'a> {
    /// `rest` is what follows the first cell: empty, or beginning with a delimiter.
    pub(super) const fn after(rest: &'a [u8], delimiter: u8) -> Self {
        Self { rest, delimiter, begun: true }
    }

    /// All cells of a line.
    pub(super) const fn of_line(line: &'a [u8], delimiter: u8) -> Self {
        Self { rest: line, delimiter, begun: false }
    }

    pub(super) const fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// What has not been read yet.
    pub(super) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The same without the delimiter before it: the place to name in an error.
    pub(super) fn next_place(&self) -> &'a [u8] {
        self.rest.strip_prefix(&[self.delimiter]).filter(|_| self.begun).unwrap_or(self.rest)
    }

    /// The next cell, without quotes and the spaces around it.
    pub(super) fn next_cell(&mut self) -> Option<&'a [u8]> {
        let after = if self.begun { self.rest.strip_prefix(&[self.delimiter])? } else { self.rest };
        self.begun = true;
        if !after.trim_ascii_start().starts_with(b"\"") {
            let end = after.iter().position(|&b| b == self.delimiter).unwrap_or(after.len());
            let (cell, rest) = after.split_at(end);
            self.rest = rest;
            return Some(trim(cell));
        }
        let mut inside = false;
        let end = after.iter().position(|&b| {
            inside ^= b == b'"';
            !inside && b == self.delimiter
        });
        let (cell, rest) = after.split_at(end.unwrap_or(after.len()));
        self.rest = rest;
        let cell = trim(cell);
        let unquoted = cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\""));
        Some(unquoted.map_or(cell, trim))
    }

    /// The next cell after so many others.
    pub(super) fn nth_cell(&mut self, before: u8) -> Option<&'a [u8]> {
        for _ in 0..before {
            self.next_cell()?;
        }
        self.next_cell()
    }
}

/// Spaces, the no-break ones of Unicode included.
#[inline]
fn trim(cell: &[u8]) -> &[u8] {
    match cell {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
        _ => trim_spaces(cell),
    }
}

fn trim_spaces(cell: &[u8]) -> &[u8] {
    const WIDE: [&[u8]; 2] = ["\u{a0}".as_bytes(), "\u{202f}".as_bytes()];
    let mut cell = cell.trim_ascii();
    while let Some(inner) =
        WIDE.iter().find_map(|space| cell.strip_prefix(*space).or_else(|| cell.strip_suffix(*space)))
    {
        cell = inner.trim_ascii();
    }
    cell
}

/// Empty, dashes (`--`, `- -`, en and em dashes, also of Windows-1252, and the minus sign), or a word for nothing.
pub(super) fn is_no_reading(cell: &[u8]) -> bool {
    const WORDS: [&[u8]; 19] = [
        b"n/a",
        b"na",
        b"nan",
        b"null",
        b"none",
        b"n.a.",
        b"#n/a",
        b"\\n",
        b"off",
        b"?",
        b"??",
        b"???",
        b"missing",
        b"invalid",
        b"finger out",
        b"finger off",
        b"no finger",
        b"sensor off",
        b"no signal",
    ];
    const DASHES: [&[u8]; 7] =
        [b"-", b" ", "\u{2013}".as_bytes(), "\u{2014}".as_bytes(), "\u{2212}".as_bytes(), b"\x96", b"\x97"];
    let mut rest = cell;
    while let Some(next) = DASHES.iter().find_map(|dash| rest.strip_prefix(*dash)) {
        rest = next;
    }
    rest.is_empty() || is_below_all(cell) || WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Numbers below zero that stand for no reading: -1, the least of 16 bits, and nines.
fn is_below_all(cell: &[u8]) -> bool {
    let Some(number) = cell.strip_prefix(b"-") else { return false };
    let number = number.strip_suffix(b".0").unwrap_or(number);
    let are_nines = matches!(number.len(), 1..=4) && number.iter().all(|&digit| digit == b'9');
    are_nines || matches!(number, b"1" | b"32768")
}

/// The number of a cell, with or without a unit; a fraction is rounded to the nearest whole number. `None` for "no reading".
pub(super) fn number(cell: &[u8], units: &[&[u8]]) -> Result<Option<u32>, BadCell> {
    if let Some(plain) = digits(cell) {
        return Ok(Some(plain));
    }
    if is_no_reading(cell) {
        return Ok(None);
    }
    match all_consuming((whole, opt(fraction))).parse(without_unit(cell, units)) {
        Ok((_, (whole, None))) => Ok(Some(whole)),
        Ok((_, (whole, Some(part)))) if !is_share(whole, part) => Ok(Some(nearest(whole, part))),
        _ => Err(BadCell),
    }
}

/// By how much the [number](number()) of a percentage is rounded, if it is.
#[inline]
pub(super) fn rounding(cell: &[u8]) -> Rounding {
    const SHORTEST: usize = "1.5".len();
    if cell.len() < SHORTEST { Rounding::NONE } else { of_fraction(cell).unwrap_or(Rounding::NONE) }
}

#[cold]
fn of_fraction(cell: &[u8]) -> Option<Rounding> {
    let mark = cell.iter().position(|sign| matches!(sign, b'.' | b','))?;
    let (_, part) = fraction(without_unit(cell, &[b"%"]).get(mark..)?).ok()?;
    part.rounding()
}

/// The number of a cell of one to three digits, which nearly all cells are.
#[inline]
fn digits(cell: &[u8]) -> Option<u32> {
    if !matches!(cell.len(), 1..=3) {
        return None;
    }
    cell.iter().try_fold(0_u32, |sum, &digit| {
        let value = u32::from(digit.wrapping_sub(b'0'));
        (value < 10).then(|| sum.wrapping_mul(10).wrapping_add(value))
    })
}

/// A number with these digits after a point or comma, rounded as [`number`](number()) does, if it is one; and by how much.
pub(super) fn rounded(whole: u32, mark: u8, digits: &[u8]) -> Option<(u32, Rounding)> {
    let part = Part::of(mark.into(), digits).filter(|_| !digits.is_empty())?;
    (!is_share(whole, part)).then(|| (nearest(whole, part), part.rounding().unwrap_or(Rounding::NONE)))
}

/// `0.96` is a share of one, no number of percent.
const fn is_share(whole: u32, part: Part) -> bool {
    whole < 2 && !part.is_zero
}

#[derive(Clone, Copy)]
struct Part {
    against_half: Ordering,
    is_zero: bool,
    millionths: u32,
}

impl Part {
    /// To the nearest whole number.
    const fn rounding(self) -> Option<Rounding> {
        const WHOLE: u32 = 1_000_000;
        let above = WHOLE.saturating_sub(self.millionths);
        let by = if self.millionths < above { self.millionths } else { above };
        if self.is_zero { None } else { Some(Rounding::from_millionths(by)) }
    }
}

/// A half goes to the even number, so that a column of halves keeps its mean.
const fn nearest(whole: u32, part: Part) -> u32 {
    match part.against_half {
        Ordering::Less => whole,
        Ordering::Equal => whole.saturating_add(whole % 2),
        Ordering::Greater => whole.saturating_add(1),
    }
}

fn whole(input: &[u8]) -> IResult<&[u8], u32, ()> {
    let digit =
        satisfy(|sign| sign.is_ascii_digit()).map(|sign| u32::from(sign).wrapping_sub(u32::from('0')));
    let grow = |sum: u32, digit| sum.wrapping_mul(10).wrapping_add(digit);
    fold_many_m_n(1, 9, digit, || 0, grow).parse(input)
}

/// A point or comma and digits.
fn fraction(input: &[u8]) -> IResult<&[u8], Part, ()> {
    map_opt((one_of(".,"), digit1), |(mark, digits)| Part::of(mark, digits)).parse(input)
}

impl Part {
    /// `None` of a comma before three digits, which may divide thousands.
    fn of(mark: char, digits: &[u8]) -> Option<Self> {
        const THOUSANDS: usize = 3;
        let is_unsure = mark == ',' && digits.len() == THOUSANDS;
        let is_zero = digits.iter().all(|&digit| digit == b'0');
        let against_half = match digits.split_first() {
            Some((b'5', rest)) if rest.iter().all(|&digit| digit == b'0') => Ordering::Equal,
            Some((b'5'.., _)) => Ordering::Greater,
            _ => Ordering::Less,
        };
        let places = digits.iter().chain(core::iter::repeat(&b'0')).take(6);
        let millionths = places.fold(0_u32, |sum, &digit| {
            sum.saturating_mul(10).saturating_add(u32::from(digit.wrapping_sub(b'0')))
        });
        (!is_unsure).then_some(Self { against_half, is_zero, millionths })
    }
}

fn without_unit<'a>(cell: &'a [u8], units: &[&[u8]]) -> &'a [u8] {
    let number = units.iter().find_map(|unit| {
        let (number, end) = cell.split_at_checked(cell.len().checked_sub(unit.len())?)?;
        end.eq_ignore_ascii_case(unit).then_some(number)
    });
    number.map_or(cell, trim)
}

/// The part of a cell before a header that was glued to it when two files were joined without a line end, if what
/// follows looks like one: at least three names, none of them beginning like a value. `place` begins at the cell.
pub(super) fn before_glued_header(place: &[u8], delimiter: u8) -> Option<&[u8]> {
    let is_letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    let at = place.iter().position(is_letter).filter(|&at| at > 0)?;
    let (value, header) = place.split_at(at);
    let mut names = Cells::of_line(header.strip_suffix(&[delimiter]).unwrap_or(header), delimiter);
    let is_name = |cell: &[u8]| cell.first().is_some_and(is_letter);
    let mut count = 0_usize;
    while let Some(cell) = names.next_cell() {
        count = count.saturating_add(usize::from(is_name(cell)));
        if !is_name(cell) {
            return None;
        }
    }
    (count >= 3 && !value.contains(&delimiter)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_no_reading_is_missing_and_not_zero() {
        for cell in
            ["", "--", "- -", "-", "\u{2013}", "\u{2014}\u{2014}", "\u{2212}", "N/A", "n/a", "NaN", "null"]
        {
            assert_eq!(number(cell.as_bytes(), &[]), Ok(None), "{cell:?}");
        }
        assert_eq!(number(b"\x96\x96", &[]), Ok(None));
    }

    #[test]
    fn a_cell_that_is_no_number_is_refused() {
        for cell in
            ["9x", "-5", "9.5.", "99999999999", "abc", "9.", ".0", "1,234", "96%", "9 5", "0.96", "1.2"]
        {
            assert_eq!(number(cell.as_bytes(), &[]), Err(BadCell), "{cell:?}");
        }
    }

    #[test]
    fn a_unit_is_read_past_and_a_fraction_is_rounded() {
        for (cell, value) in [
            ("88%", 88),
            ("88 %", 88),
            ("75 BPM", 75),
            ("75bpm", 75),
            ("96.0", 96),
            ("96.00 %", 96),
            ("96,0", 96),
            ("96.5", 96),
            ("97.50", 98),
            ("96.51", 97),
            ("96,49", 96),
            ("96.4999", 96),
            ("99.9", 100),
        ] {
            assert_eq!(number(cell.as_bytes(), &[b"%", b"bpm"]), Ok(Some(value)), "{cell:?}");
        }
    }

    #[test]
    fn a_quoted_cell_may_hold_the_delimiter() {
        let mut cells = Cells::after(b",\"1,234\", \" 96 \",\"7", b',');
        assert_eq!(cells.next_cell(), Some(&b"1,234"[..]));
        assert_eq!(cells.next_cell(), Some(&b"96"[..]));
        assert_eq!(cells.next_cell(), Some(&b"\"7"[..]));
        assert_eq!(cells.next_cell(), None);
    }

    #[test]
    fn a_value_is_told_from_the_header_glued_to_it() {
        assert_eq!(before_glued_header(b"12Time,SpO2(%),Pulse Rate,Motion,", b','), Some(&b"12"[..]));
        assert_eq!(before_glued_header(b"--\xef\xbb\xbfTimp,Nivel,Puls", b','), Some(&b"--"[..]));
        assert_eq!(before_glued_header(b"9x,58,0", b','), None);
        assert_eq!(before_glued_header(b"9x", b','), None);
        assert_eq!(before_glued_header(b"0,1Time,SpO2,Pulse", b','), None);
    }
}
