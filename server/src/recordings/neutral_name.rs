//! The name under which a patient meets a file. The file's own name may hold a person's name and number.

use oxicore::{format::start_in_name, notices::StartSource, time::LocalDateTime};

use super::file_name::device_number;

/// Stands where the number of the device is not known.
const NO_DEVICE: &str = "SpO2";
/// Endings that a name keeps as they are. Any other may be part of a person's name.
const ENDINGS: [&str; 9] = ["csv", "txt", "dat", "bin", "vld", "edf", "spo2", "spor", "spo"];
/// What parsers give as the start when nothing tells it.
const UNKNOWN_S: i64 = 0;
const DAY_S: u64 = 86_400;
const MILLIS: i64 = 1_000;

/// Device number and start of a recording, and nothing else of the file's own name.
///
/// Parsers read dates from names, so the name says the start as the own name did: as a time stamp, in milliseconds of
/// universal time, or, where the own name told nothing, in a form that no parser takes for evidence. Under either name
/// the same bytes are the same night. Where a doctor has decided in which order the dates are written, the name is the
/// evidence that the file lacks: whoever opens it elsewhere reads the decided date.
pub fn neutral_name(file_name: &str, (starts_at, is_decided): (LocalDateTime, bool), format: &str) -> String {
    let device = device_number(file_name).unwrap_or(NO_DEVICE);
    let stem = match told(file_name, starts_at) {
        Some((start, StartSource::FileNameUtc)) => universal(device, start, format),
        Some((start, _)) => format!("{device}_{}", digits(start)),
        None if starts_at.unix_seconds() == UNKNOWN_S => device.to_owned(),
        None if is_decided => format!("{device}_{}", digits(starts_at)),
        None => format!("{device} {}", readable(starts_at)),
    };
    format!("{stem}{}", ending(file_name, format))
}

/// What the name tells of the start, unless it is about another day: then no parser used it either.
fn told(file_name: &str, starts_at: LocalDateTime) -> Option<(LocalDateTime, StartSource)> {
    let day = |time: LocalDateTime| time.unix_seconds().div_euclid(DAY_S.cast_signed());
    start_in_name(file_name).filter(|(start, _)| day(*start).abs_diff(day(starts_at)) <= 1)
}

/// A POD2 file is known by thirteen digits and nothing else; no other must be taken for one.
fn universal(device: &str, start: LocalDateTime, format: &str) -> String {
    let millis = start.unix_seconds().saturating_mul(MILLIS);
    if format == oxicore::format::Format::Pod2.code() {
        millis.to_string()
    } else {
        format!("{device} {millis}")
    }
}

/// `20260102235930`
fn digits(start: LocalDateTime) -> String {
    start.to_string().chars().filter(char::is_ascii_digit).collect()
}

/// `2026-01-02 23-59`: without seconds it is no time stamp.
fn readable(start: LocalDateTime) -> String {
    let ((year, month, day), (hour, minute, _)) = (start.date(), start.time());
    format!("{year:04}-{month:02}-{day:02} {hour:02}-{minute:02}")
}

fn ending(file_name: &str, format: &str) -> String {
    let own = file_name.rsplit_once('.').map(|(_, ending)| ending);
    let known = own.filter(|own| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(own)));
    let usual = ["csv", "edf"].into_iter().find(|usual| *usual == format);
    known.or(usual).map_or_else(String::new, |ending| format!(".{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neutral(name: &str, format: &str) -> String {
        neutral_name(name, (LocalDateTime::new((2026, 1, 2), (23, 59, 30)).unwrap(), false), format)
    }

    #[test]
    fn device_and_start_are_kept_and_nothing_else() {
        for (own, format, wanted) in [
            ("Popescu Ion O2 1001_20260102235930.csv", "csv", "1001_20260102235930.csv"),
            ("1850312080017_20260102235930.DAT", "oxyii", "SpO2_20260102235930.DAT"),
            ("Popescu 1850312080017.csv", "csv", "SpO2 2026-01-02 23-59.csv"),
            ("Ion.Popescu", "csv", "SpO2 2026-01-02 23-59.csv"),
            ("Ion.Popescu", "legacy", "SpO2 2026-01-02 23-59"),
            ("Ion 1001_20250607080910.csv", "csv", "1001 2026-01-02 23-59.csv"),
            ("Ion 1767394770123.dat", "oxyii", "SpO2 1767394770000.dat"),
            ("1767394770123.dat", "pod2", "1767394770000.dat"),
            ("Ion 19850312_20260102235930.csv", "csv", "SpO2_20260102235930.csv"),
            ("", "edf", "SpO2 2026-01-02 23-59.edf"),
        ] {
            assert_eq!(neutral(own, format), wanted, "{own}");
        }
    }

    #[test]
    fn without_a_start_the_name_says_none() {
        let start = LocalDateTime::from_unix_seconds(UNKNOWN_S).unwrap();
        assert_eq!(neutral_name("Ion Popescu.dat", (start, false), "oxyii"), "SpO2.dat");
    }

    #[test]
    fn a_decided_date_is_told_so_that_a_parser_reads_it() {
        let start = LocalDateTime::new((2025, 5, 6), (22, 0, 0)).unwrap();
        let neutral = neutral_name("Popescu Ion.csv", (start, true), "csv");
        assert_eq!(neutral, "SpO2_20250506220000.csv");
        assert_eq!(start_in_name(&neutral), Some((start, StartSource::FileName)));
    }

    #[test]
    fn a_name_that_told_no_start_tells_none_afterwards() {
        assert_eq!(start_in_name(&neutral("Ion.csv", "csv")), None);
    }
}
