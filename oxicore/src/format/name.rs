//! What the name of a file tells: when the recording began, and for POD2 what it is.
//! Source: docs/FORMATS.md, "File names".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::notices::StartSource;
use crate::time::LocalDateTime;

/// The start that the name tells, as wall clock or universal time; else 1970, and said to be unknown.
pub(super) fn start(file_name: Option<&str>) -> (LocalDateTime, StartSource) {
    let by = |source| move |start| (start, source);
    let wall_clock = file_name.and_then(stamp).map(by(StartSource::FileName));
    let universal = || file_name.and_then(epoch_ms).map(by(StartSource::FileNameUtc));
    wall_clock.or_else(universal).unwrap_or((LocalDateTime::EPOCH, StartSource::Unknown))
}

/// When a recording of this name began, as far as the name tells it; [`StartSource`] says by which clock. It is all
/// that the parsers read from a name, beside the ending of Contec's files and that a POD2 file is called by thirteen
/// digits alone.
///
/// ```
/// # use oxicore::{format::start_in_name, notices::StartSource};
/// let (start, source) = start_in_name("O2 1001_20260102235930.csv").ok_or("no start")?;
/// assert_eq!((start.to_string().as_str(), source), ("2026-01-02T23:59:30", StartSource::FileName));
/// assert_eq!(start_in_name("night.csv"), None);
/// # Ok::<(), &str>(())
/// ```
pub fn start_in_name(file_name: &str) -> Option<(LocalDateTime, StartSource)> {
    Some(start(Some(file_name))).filter(|(_, source)| *source != StartSource::Unknown)
}

/// The first `YYYYMMDDhhmmss` of the name, whole or with one other character between its parts.
pub(super) fn stamp(file_name: &str) -> Option<LocalDateTime> {
    let name = last_part(file_name);
    let begins = |at: usize| at.checked_sub(1).and_then(|i| name.get(i)).is_none_or(|b| !b.is_ascii_digit());
    (0..name.len()).filter(|&at| begins(at)).find_map(|at| stamp_at(name.get(at..)?))
}

/// Milliseconds since 1970, 2001 to 2033: a run of exactly 13 digits that begins with 1, and is no Romanian personal
/// number, with which clinics name files. One that begins with 20 is rather a date that lost a digit.
fn epoch_ms(file_name: &str) -> Option<LocalDateTime> {
    let mut runs = last_part(file_name).split(|byte| !byte.is_ascii_digit());
    let run = runs.find(|run| is_epoch_ms(run) && !is_personal_number(run))?;
    LocalDateTime::from_unix_seconds(number(run)?.div_euclid(1_000))
}

/// Whether digits may be milliseconds since 1970, whatever else they may be.
pub(super) fn is_epoch_ms(run: &[u8]) -> bool {
    run.len() == 13 && run.starts_with(b"1") && run.iter().all(u8::is_ascii_digit)
}

/// Whether 13 digits that begin with 1 are the personal number (CNP) of a man born from 1900 to 1999: the 1, a date of
/// birth, a county, three digits, and a check digit. Of one moment in five hundred that is so by chance.
fn is_personal_number(run: &[u8]) -> bool {
    let part = |from, length| number(run.get(from..)?.get(..length)?);
    let Some([year, month, day, county]) = (|| Some([part(1, 2)?, part(3, 2)?, part(5, 2)?, part(7, 2)?]))()
    else {
        return false;
    };
    let small = |n: i64| u8::try_from(n).unwrap_or(u8::MAX);
    let year = 1900_u16.saturating_add(small(year).into());
    let is_born = LocalDateTime::new((year, small(month), small(day)), (0, 0, 0)).is_some();
    is_born && matches!(county, 1..=52 | 70) && is_checked(run)
}

/// Whether the last of 13 digits is the check digit of a personal number.
fn is_checked(run: &[u8]) -> bool {
    let digits = || run.iter().map(|digit| u32::from(digit.wrapping_sub(b'0')));
    let weights = [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9];
    let sum = digits().zip(weights).map(|(digit, weight)| digit.saturating_mul(weight)).sum::<u32>();
    let check = if sum % 11 == 10 { 1 } else { sum % 11 };
    digits().next_back() == Some(check)
}

/// What digits say, and nothing but digits.
fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0_i64, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| digit.wrapping_sub(b'0'))?;
        number.checked_mul(10)?.checked_add(digit.into())
    })
}

/// The name without the folders above it.
pub(super) fn last_part(file_name: &str) -> &[u8] {
    file_name.as_bytes().rsplit(|byte| matches!(byte, b'/' | b'\\')).next().unwrap_or_default()
}

fn stamp_at(text: &[u8]) -> Option<LocalDateTime> {
    let mut rest = text;
    let mut parts = [0_u16; 6];
    for (index, part) in parts.iter_mut().enumerate() {
        let digits = if index == 0 { 4 } else { 2 };
        if index > 0 && rest.first().is_some_and(|b| !b.is_ascii_digit()) {
            rest = rest.get(1..)?;
        }
        let (head, tail) = rest.split_at_checked(digits)?;
        *part = u16::try_from(number(head)?).ok()?;
        rest = tail;
    }
    let [year, month, day, hour, minute, second] = parts;
    let small = |n| u8::try_from(n).ok();
    let is_end = !rest.first().is_some_and(u8::is_ascii_digit);
    let date = (year, small(month)?, small(day)?);
    is_end.then(|| LocalDateTime::new(date, (small(hour)?, small(minute)?, small(second)?)))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::{String, ToString};

    fn told(name: &str) -> (String, StartSource) {
        let (start, source) = start(Some(name));
        (start.to_string(), source)
    }

    #[test]
    fn every_shape_of_name_tells_the_start() {
        for name in [
            "20250306222056",
            "O2Ring _20250306222056.csv",
            "Checkme O2 1001_20250306222056.csv",
            "/nights/2024/Oxylink-20250306222056_OXIRecord.csv",
            "EMAY SpO2-20250306-222056.csv",
            "2025-03-06 22:20:56",
        ] {
            assert_eq!(told(name), ("2025-03-06T22:20:56".into(), StartSource::FileName), "{name}");
        }
    }

    #[test]
    fn thirteen_digits_are_universal_time_and_said_to_be() {
        let expected = ("2026-01-02T22:59:30".into(), StartSource::FileNameUtc);
        assert_eq!(told("28/host/1767394770000.dat"), expected);
    }

    #[test]
    fn a_personal_number_is_no_moment_and_hides_none() {
        for name in ["1850312400012.csv", "Popescu Ion 1960229120019.csv"] {
            assert_eq!(told(name).1, StartSource::Unknown, "{name}");
        }
        assert_eq!(told("1850312400012_1767394770000.csv").0, "2026-01-02T22:59:30");
        for other in ["1850312400013.csv", "1851312400013.csv", "1850312990010.csv"] {
            assert_eq!(told(other).1, StartSource::FileNameUtc, "no check digit, month or county: {other}");
        }
    }

    #[test]
    fn a_name_without_a_moment_tells_nothing() {
        for name in ["night.csv", "1001_2025030622205.csv", "20251306222056", "202503062220561", ""] {
            assert_eq!(told(name), ("1970-01-01T00:00:00".into(), StartSource::Unknown), "{name}");
        }
    }
}
