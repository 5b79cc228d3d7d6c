//! The row that nearly all lines are, read without looking at it twice: a 24-hour clock, the date of the row before,
//! and two to five plain numbers. Everything else is left to the general reader, which this one must always equal.
//!
//! Eight bytes are judged at once. XOR with what is expected leaves 0..=9 where a digit was expected and got, and 0
//! where any other byte was; adding 6 to a digit shows in the upper half of its byte whether it is more than 9.

use super::Dialect;
use super::columns::Columns;
use super::lines::Lines;
use super::row::{Readings, Row};
use crate::format::sink::{BLOCK, Gathered, SampleSink};
use crate::recording::Reminders;
use crate::units::{Motion, PulseRate, Span, Spo2};

/// Bytes of a clock, `HH:MM:SS`.
const CLOCK: usize = 8;
/// Most bytes from the end of the clock to the end of the cell, delimiter included.
const DATE: usize = 16;

/// Bytes of `97,58,0` and a line feed, which is how 95 to 98 of 100 rows end.
const USUAL_VALUES: usize = 8;

/// What the row before had: the same date, letter by letter, and mostly the same minute.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fast {
    is_possible: bool,
    /// Bytes of a [`usual`] row; 0 as long as no date is known.
    usual_len: usize,
    /// The first and the last eight bytes of the date's cell.
    date: [u64; 2],
    /// The clock of the row before with `00` for its seconds.
    minute: u64,
    /// Seconds since midnight at `minute`.
    minute_s: u32,
}

/// A row of the same date as the one before.
pub(super) struct SameDay {
    /// Seconds since midnight.
    pub(super) second: u32,
    pub(super) readings: Readings,
    /// Bytes of the line and its end.
    pub(super) len: usize,
}

impl Fast {
    /// Only the vendors' columns, divided by commas, a byte a character.
    pub(super) fn new(dialect: &Dialect, is_bytes: bool) -> Self {
        let is_plain = is_bytes && dialect.delimiter == b',' && dialect.columns == Columns::VENDOR;
        Self { is_possible: is_plain && dialect.is_fast, ..Self::default() }
    }

    /// Remembers the date of a row that the general reader has read from `text`.
    pub(super) fn learn(&mut self, text: &[u8], row: &Row) {
        let len = row.time_len.saturating_add(1).saturating_sub(CLOCK);
        let is_plain = self.is_possible
            && !row.stamp.clock.twelve_hour
            && text.get(CLOCK) == Some(&b' ')
            && (CLOCK..=DATE).contains(&len);
        self.usual_len = 0;
        let words = text.get(..CLOCK.saturating_add(len)).and_then(clock_and_date).filter(|_| is_plain);
        if let Some((clock, date)) = words
            && self.begin_any_minute(clock).is_some()
        {
            self.date = date;
            self.usual_len = CLOCK.saturating_add(len).saturating_add(USUAL_VALUES);
        }
    }

    /// Hands rows of one date to `sink`, as long as their clocks grow from `last`, and not more than `limit`.
    /// `midnight` is the place of the date's first second; it may lie before the first row and then wraps around.
    #[inline]
    pub(super) fn run(
        &mut self,
        lines: &mut Lines<'_>,
        (last, midnight): (u32, u32),
        limit: usize,
        sink: &mut (impl SampleSink + ?Sized),
    ) -> Run {
        let mut rest = lines.rest();
        let mut run = Run { rows: 0, last };
        let mut block = Gathered::EMPTY;
        while run.rows < limit {
            let most = limit.wrapping_sub(run.rows).min(BLOCK);
            let (found, after) = block.take(self, rest, (run.last, midnight), most);
            if found.rows > 0 {
                sink.block(&block.block(found.rows));
                run = Run { rows: run.rows.wrapping_add(found.rows), last: found.last };
                rest = after;
            } else if let Some(row) = self.read(rest).filter(|row| row.second > run.last) {
                run = Run { rows: run.rows.wrapping_add(1), last: row.second };
                rest = rest.get(row.len..).unwrap_or_default();
                sink.sample(&row.readings.at(Span::from_secs(midnight.wrapping_add(row.second))));
            } else {
                break;
            }
        }
        lines.skip_lines(run.rows, lines.rest().len().saturating_sub(rest.len()));
        run
    }

    /// The row at the start of `rest`, if it is of the expected shape to the last byte.
    pub(super) fn read(&mut self, rest: &[u8]) -> Option<SameDay> {
        let (head, values) = rest.split_at_checked(self.usual_len.checked_sub(USUAL_VALUES)?)?;
        let (clock, date) = clock_and_date(head)?;
        if self.other_date(date) != 0 {
            return None;
        }
        let second = self.second(clock)?;
        let (readings, len) = any_widths(values)?;
        Some(SameDay { second, readings, len: head.len().wrapping_add(len) })
    }

    /// The second and the numbers of the row at the start of `rest`, if three bytes hold them; and what follows it.
    #[inline(never)]
    fn unusual<'r>(&mut self, rest: &'r [u8]) -> Option<(u32, [u8; 3], &'r [u8])> {
        let row = self.read(rest)?;
        Some((row.second, row.readings.at(Span::ZERO).as_bytes()?, rest.get(row.len..)?))
    }

    /// Bits that are not of the date known.
    #[inline(always)]
    const fn other_date(&self, [low, high]: [u64; 2]) -> u64 {
        let [known_low, known_high] = self.date;
        (low ^ known_low) | (high ^ known_high)
    }

    /// Seconds since midnight.
    #[inline(always)]
    fn second(&mut self, clock: u64) -> Option<u32> {
        let seconds = clock ^ self.minute;
        if not_seconds(seconds) != 0 {
            return self.begin_minute(clock);
        }
        Some(self.minute_s.wrapping_add(last_pair(seconds)))
    }

    /// Another minute, which is the next one unless its ones run over or time is missing.
    #[inline(always)]
    fn begin_minute(&mut self, clock: u64) -> Option<u32> {
        const ONE: u64 = u64::from_le_bytes(*b"\0\0\0\0\x01\0\0\0");
        let next = self.minute.wrapping_add(ONE);
        let digits = clock ^ next;
        if not_seconds(digits) == 0 && (next >> 32 & 0xff) as u8 <= b'9' {
            (self.minute, self.minute_s) = (next, self.minute_s.wrapping_add(60));
            return Some(self.minute_s.wrapping_add(last_pair(digits)));
        }
        self.begin_any_minute(clock)
    }

    #[cold]
    fn begin_any_minute(&mut self, clock: u64) -> Option<u32> {
        const SECONDS: u64 = u64::from_le_bytes(*b"\0\0\0\0\0\0\xff\xff");
        let second = second_of_day(clock)?;
        self.minute = (clock & !SECONDS) | (MIDNIGHT & SECONDS);
        self.minute_s = second.wrapping_sub(last_pair(clock ^ MIDNIGHT));
        Some(second)
    }
}

impl Gathered {
    /// Takes the rows at the start of `rest` whose clocks grow from `last`, not more than `most`; says what follows.
    #[inline]
    fn take<'r>(
        &mut self,
        known: &mut Fast,
        mut rest: &'r [u8],
        (last, midnight): (u32, u32),
        most: usize,
    ) -> (Run, &'r [u8]) {
        let mut run = Run { rows: 0, last };
        let (len, date) = (known.usual_len, known.date);
        let Some(times) = self.at.get_mut(..most) else { return (run, rest) };
        let values = self.spo2.iter_mut().zip(&mut self.pulse).zip(&mut self.motion);
        for (at, ((spo2, pulse), motion)) in times.iter_mut().zip(values) {
            let (second, after) = if let Some((clock, numbers, after)) = usual(rest, len, date)
                && let Some(second) = known.second(clock)
            {
                [*spo2, *pulse, *motion] = numbers;
                (second, after)
            } else if let Some((second, numbers, after)) = known.unusual(rest) {
                [*spo2, *pulse, *motion] = numbers;
                (second, after)
            } else {
                break;
            };
            if second <= run.last {
                break;
            }
            rest = after;
            *at = midnight.wrapping_add(second);
            run = Run { rows: run.rows.wrapping_add(1), last: second };
        }
        (run, rest)
    }
}

/// The clock and the numbers of the row at the start of `rest`, if it is a usual one, without reminders or with two
/// that were not given, or has a motion of two digits, as 2 to 5 of 100 have; and what follows it.
#[inline(always)]
fn usual(rest: &[u8], len: usize, date: [u64; 2]) -> Option<(u64, [u8; 3], &[u8])> {
    let (row, after) = rest.split_at_checked(len)?;
    let [clock, low] = words(row.first_chunk()?);
    let [high, values] = words(row.last_chunk()?);
    let other_date = (low ^ date[0]) | (high ^ date[1]);
    let digits = values ^ u64::from_le_bytes(*b"00,00,0\n");
    if other_date | not_short(digits) == 0 {
        return Some((clock, short(digits), after));
    }
    let digits = values ^ u64::from_le_bytes(*b"00,00,00");
    let unexpected = others(digits, *b"\x06\x06\0\x06\x06\0\x06\x06", *b"\xf0\xf0\xff\xf0\xf0\xff\xf0\xf0");
    if other_date | unexpected == 0 {
        let pairs = pairs(digits);
        let numbers = [(pairs >> 8) as u8, (pairs >> 32) as u8, (pairs >> 56) as u8];
        return Some((clock, numbers, after.strip_prefix(b"\n")?));
    }
    let digits = values ^ u64::from_le_bytes(*b"00,00,0,");
    let after = after.strip_prefix(b"0,0\n").filter(|_| other_date | not_short(digits) == 0)?;
    Some((clock, short(digits), after))
}

/// Bits that two numbers of two digits and one of one digit do not have.
#[inline(always)]
const fn not_short(digits: u64) -> u64 {
    others(digits, *b"\x06\x06\0\x06\x06\0\x06\0", *b"\xf0\xf0\xff\xf0\xf0\xff\xf0\xff")
}

/// These numbers.
#[inline(always)]
const fn short(digits: u64) -> [u8; 3] {
    let pairs = pairs(digits);
    [(pairs >> 8) as u8, (pairs >> 32) as u8, (digits >> 48) as u8]
}

/// Numbers of two digits, each where its ones were: the tens, ten times and a byte further on, are added to the ones,
/// and no byte of them exceeds 99.
#[inline(always)]
const fn pairs(digits: u64) -> u64 {
    digits.wrapping_mul((10 << 8) + 1)
}

/// How far [`Fast::run`] came.
pub(super) struct Run {
    pub(super) rows: usize,
    /// Seconds since midnight of the last row; what was given if there was none.
    pub(super) last: u32,
}

/// The clock, and the first and the last eight bytes of the date after it, which may overlap.
#[inline]
fn clock_and_date(head: &[u8]) -> Option<(u64, [u64; 2])> {
    let [clock, low] = words(head.first_chunk()?);
    let [_, high] = words(head.last_chunk()?);
    Some((clock, [low, high]))
}

#[inline(always)]
fn words(bytes: &[u8; 16]) -> [u64; 2] {
    let both = u128::from_le_bytes(*bytes);
    [both as u64, (both >> 64) as u64]
}

/// The number of the last two digits.
#[inline(always)]
const fn last_pair(digits: u64) -> u32 {
    (pairs(digits) >> 56) as u32
}

const MIDNIGHT: u64 = u64::from_le_bytes(*b"00:00:00");

/// `HH:MM:SS` as seconds since midnight.
fn second_of_day(clock: u64) -> Option<u32> {
    let digits = clock ^ MIDNIGHT;
    let unexpected = others(digits, *b"\x06\x06\0\x06\x06\0\x06\x06", *b"\xf0\xf0\xff\xf0\xf0\xff\xf0\xf0");
    let [_, hour, _, _, minute, _, _, second] = pairs(digits).to_le_bytes().map(u32::from);
    let is_time = unexpected == 0 && hour < 24 && minute < 60 && second < 60;
    is_time.then(|| hour.wrapping_mul(3_600).wrapping_add(minute.wrapping_mul(60)).wrapping_add(second))
}

/// Bits that two digits up to 59 behind six equal bytes do not have.
#[inline(always)]
const fn not_seconds(digits: u64) -> u64 {
    others(digits, *b"\0\0\0\0\0\0\x0a\x06", *b"\xff\xff\xff\xff\xff\xff\xf0\xf0")
}

/// What stands in the `unwanted` bits of digits before or after `room` is added: 6 makes 10 of a hexadecimal digit
/// from ten on, and 10 one from six on.
#[inline(always)]
const fn others(digits: u64, room: [u8; 8], unwanted: [u8; 8]) -> u64 {
    (digits.wrapping_add(u64::from_le_bytes(room)) | digits) & u64::from_le_bytes(unwanted)
}

/// Two to five cells of one to three digits or `--`, and the end of the line; and the bytes they take.
#[inline]
fn any_widths(values: &[u8]) -> Option<(Readings, usize)> {
    let (spo2, comma, after) = cell(values)?;
    let (pulse, end, mut after) = cell(after).filter(|_| comma == b',')?;
    let (mut end, mut others) = (end, [None; 3]);
    for slot in &mut others {
        if end != b',' {
            break;
        }
        (*slot, end, after) = cell(after)?;
    }
    let after = match end {
        b'\n' => after,
        b'\r' => after.strip_prefix(b"\n")?,
        _ => return None,
    };
    let [motion, spo2_reminder, pulse_reminder] = others;
    let is_set = |flag: Option<u32>| flag.is_some_and(|flag| flag != 0);
    let readings = Readings {
        spo2: spo2.and_then(Spo2::from_device),
        pulse: pulse.and_then(PulseRate::from_device),
        motion: motion.and_then(Motion::from_device),
        reminders: Reminders { spo2: is_set(spo2_reminder), pulse: is_set(pulse_reminder) },
    };
    Some((readings, values.len().wrapping_sub(after.len())))
}

/// The number of a cell (`None` for `--`), the byte that ends it, and what follows that.
#[inline]
fn cell(text: &[u8]) -> Option<(Option<u32>, u8, &[u8])> {
    const TOP_BITS: u64 = u64::from_le_bytes([0x80; 8]);
    const OVER_9: u64 = u64::from_le_bytes([0x76; 8]);
    let digits = u64::from_le_bytes(*text.first_chunk()?) ^ u64::from_le_bytes([b'0'; 8]);
    let others = (((digits & !TOP_BITS).wrapping_add(OVER_9)) | digits) & TOP_BITS;
    let bits = others.trailing_zeros() & !7;
    if !(8..=24).contains(&bits) {
        let (&end, after) = text.strip_prefix(b"--")?.split_first()?;
        return Some((None, end, after));
    }
    let aligned = digits.wrapping_shl(64_u32.wrapping_sub(bits)).to_le_bytes();
    let [.., hundreds, tens, ones] = aligned.map(u32::from);
    let value = hundreds.wrapping_mul(100).wrapping_add(tens.wrapping_mul(10)).wrapping_add(ones);
    let (&end, after) = text.get((bits >> 3) as usize..)?.split_first()?;
    Some((Some(value), end, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_read_as_seconds_of_the_day() {
        let read = |text: &[u8; 8]| second_of_day(u64::from_le_bytes(*text));
        assert_eq!((read(b"00:00:00"), read(b"23:59:59")), (Some(0), Some(86_399)));
        for text in [b"24:00:00", b"23:60:00", b"23:59:60", b"23-59:59", b"2a:59:59", b"\xb0\xb0:00:00"] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_cell_is_one_to_three_digits_or_two_dashes() {
        assert_eq!(cell(b"96,xxxxxx"), Some((Some(96), b',', &b"xxxxxx"[..])));
        assert_eq!(cell(b"105\n......"), Some((Some(105), b'\n', &b"......"[..])));
        assert_eq!(cell(b"--,xxxxxx"), Some((None, b',', &b"xxxxxx"[..])));
        for text in [&b",xxxxxxxx"[..], b"", b"96,", b"6553,xxxx", b" 96,xxxx", b"-,xxxxxx"] {
            assert_eq!(cell(text).filter(|(_, end, _)| matches!(end, b',' | b'\n')), None, "{text:?}");
        }
    }

    #[test]
    fn usual_rows_are_read_as_any_others_are() {
        const DATE: [u64; 2] = [u64::from_le_bytes(*b" 02/01/2"), u64::from_le_bytes(*b"01/2026,")];
        let rows = [
            "97,58,0",
            "00,99,9",
            "61,00,1",
            "61,00,12",
            "97,58,46",
            "--,58,0",
            "97,105,",
            "97;58,0",
            "9a,58,0",
            "97,58,:",
            "97,58,1/",
            "97,58,0,0,0",
            "97,58,7,0,0",
            "97,58,:,0,0",
            "97;58,0,0,0",
        ];
        for values in rows {
            let row = std::format!("23:59:30 02/01/2026,{values}\nnext line");
            let read = usual(row.as_bytes(), 28, DATE);
            let expected = any_widths(row.as_bytes().split_at(20).1)
                .and_then(|(readings, _)| readings.at(Span::ZERO).as_bytes());
            assert_eq!(
                read.map(|(_, numbers, _)| numbers),
                expected.filter(|_| !matches!(values, "--,58,0" | "97,105,")),
                "{values:?}"
            );
            assert!(read.is_none_or(|(.., after)| after == b"next line"));
        }
    }
}
