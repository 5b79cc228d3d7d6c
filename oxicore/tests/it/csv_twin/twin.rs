//! A reader of texts that shares nothing with the library: the `csv` crate cuts the cells, plain code reads dates and
//! numbers. It is slow, knows few dialects, and gives up on whatever it does not know; what it reads must be what the
//! library reads.

use oxicore::{Recording, testing};

/// What the library finds.
pub fn found(recording: Recording<'_>) -> Night {
    let row = |sample: oxicore::Sample| {
        let spo2 = sample.spo2.map(|it| it.as_pct().into());
        (sample.at.as_secs().into(), spo2, sample.pulse.map(|it| it.as_bpm().into()))
    };
    Night { start: recording.start().unix_seconds(), rows: recording.samples().map(row).collect() }
}

/// Holds both readers of the library equal, and equal to the twin; whether all of them could read it.
pub fn agrees(bytes: &[u8]) -> bool {
    testing::fuzz_fast_vs_general(bytes);
    let (Some(expected), Ok(recording)) = (read(bytes), Recording::parse(bytes)) else { return false };
    assert_eq!(found(recording), expected, "the twin reads otherwise");
    true
}

/// What the twin finds: seconds since 1970 of the first row, and of each row seconds since then, SpO2 and pulse.
#[derive(Debug, PartialEq)]
pub struct Night {
    pub start: i64,
    pub rows: Vec<(i64, Option<u32>, Option<u32>)>,
}

/// `None` where the twin does not know what the text is.
pub fn read(bytes: &[u8]) -> Option<Night> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .find(|&d| text.lines().next().is_some_and(|l| l.contains(char::from(d))))?;
    let mut reader = csv::ReaderBuilder::new();
    reader.delimiter(delimiter).has_headers(false).flexible(true);
    let table: Vec<Vec<String>> = reader
        .from_reader(text.as_bytes())
        .records()
        .map(|record| record.ok().map(|record| record.iter().map(|cell| cell.trim().to_owned()).collect()))
        .collect::<Option<_>>()?;
    let (names, rows) = table.split_first()?;
    let roles: Vec<Role> = names.iter().map(|name| Role::of(name)).collect::<Option<_>>()?;
    let at = |role| roles.iter().position(|it| *it == role);
    let (time, spo2, pulse) = (at(Role::Time)?, at(Role::Spo2)?, at(Role::Pulse));
    let is_plain = time == 0 && roles.iter().filter(|it| **it == Role::Spo2).count() == 1 && !rows.is_empty();
    if !is_plain || rows.iter().any(|row| row.len() != names.len()) {
        return None;
    }
    let stamps: Vec<Stamp> = rows.iter().map(|row| Stamp::of(&row[time])).collect::<Option<_>>()?;
    let order = order(&stamps)?;
    let seconds: Vec<i64> = stamps.iter().map(|stamp| stamp.seconds(order)).collect::<Option<_>>()?;
    let start = *seconds.first()?;
    let within_a_week = seconds.last()? - start < 7 * 86_400;
    if !within_a_week || seconds.windows(2).any(|pair| pair[1] <= pair[0]) || start < 63_072_000 {
        return None;
    }
    let row = |(cells, second): (&Vec<String>, i64)| {
        let spo2 = value(&cells[spo2])?.filter(|it| (1..=100).contains(it));
        let bpm = pulse.map_or(Some(None), |at| value(&cells[at]))?;
        Some((second - start, spo2, bpm.filter(|it| *it > 0 && *it != 255 && *it <= 300)))
    };
    let rows = rows.iter().zip(seconds.iter().copied()).map(row).collect::<Option<_>>()?;
    Some(Night { start, rows })
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    Time,
    Spo2,
    Pulse,
    Beside,
}

impl Role {
    fn of(name: &str) -> Option<Self> {
        let known: [(Self, &[&str]); 4] = [
            (Self::Time, &["time", "timp", "zeit", "temps", "tiempo", "timestamp", "date time"]),
            (Self::Spo2, &["spo2", "spo2(%)", "oxygen level", "oxygen level(%)", "nivel de oxigen"]),
            (
                Self::Pulse,
                &["pulse rate", "pulse rate(bpm)", "pulse", "pr", "hr", "heart rate", "puls cardiac"],
            ),
            (
                Self::Beside,
                &[
                    "motion",
                    "o2 reminder",
                    "pr reminder",
                    "spo2 reminder",
                    "mișcare",
                    "battery",
                    "pi",
                    "steps",
                    "spo2 min",
                    "pulse max",
                    "spo2 alarm",
                    "note",
                    "oxygen level reminder",
                    "mi\u{15f}care",
                    "",
                ],
            ),
        ];
        let name = name.to_lowercase();
        known.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(role, _)| *role)
    }
}

/// A number, rounded to the nearest, half to even; the outer `None` where the twin does not know what it is.
fn value(cell: &str) -> Option<Option<u32>> {
    if ["", "--", "-", "n/a"].contains(&cell.to_lowercase().as_str()) {
        return Some(None);
    }
    let is_plain = cell.chars().all(|it| it.is_ascii_digit() || it == '.' || it == ',') && cell.len() < 7;
    let number: f64 = cell.replace(',', ".").parse().ok().filter(|_| is_plain)?;
    let thousands = cell.split_once(',').is_some_and(|(_, part)| part.len() == 3);
    let is_whole_or_no_share = number >= 2.0 || number.fract() == 0.0;
    let ends_well =
        cell.ends_with(|it: char| it.is_ascii_digit()) && cell.starts_with(|it: char| it.is_ascii_digit());
    (!thousands && is_whole_or_no_share && ends_well).then(|| Some(number.round_ties_even() as u32))
}

/// A moment as written.
#[derive(Clone, Copy)]
struct Stamp {
    /// Day, month, year; of numbers alone the first two in the order written.
    date: (i64, i64, i64),
    is_certain: bool,
    second_of_day: i64,
}

const ZEROS: [u32; 5] = [0x30, 0x660, 0x6f0, 0x966, 0xff10];

/// In small letters, with the digits of this page; marks of direction are gone.
fn plain(cell: &str) -> String {
    let digit = |it: char| {
        let own = ZEROS.iter().map(|zero| u32::from(it).wrapping_sub(*zero)).find(|value| *value < 10);
        own.and_then(|value| char::from_digit(value, 10)).unwrap_or(it)
    };
    cell.chars()
        .filter(|it| !['\u{200e}', '\u{200f}'].contains(it))
        .map(digit)
        .collect::<String>()
        .to_lowercase()
}

const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "ianuarie", "januar", "enero"],
    &["feb", "february", "februarie", "februar", "febrero"],
    &["mar", "march", "martie", "märz", "marzo"],
    &["apr", "april", "aprilie", "abril"],
    &["may", "mai", "mayo"],
    &["jun", "june", "iunie", "juni", "junio"],
    &["jul", "july", "iulie", "juli", "julio"],
    &["aug", "august", "agosto"],
    &["sep", "september", "septembrie", "septiembre"],
    &["oct", "october", "octombrie", "oktober", "octubre"],
    &["nov", "november", "noiembrie", "noviembre"],
    &["dec", "december", "decembrie", "dezember", "diciembre"],
];

impl Stamp {
    fn of(cell: &str) -> Option<Self> {
        let mut text = plain(cell)
            .replace("a. m.", "am")
            .replace("p. m.", "pm")
            .replace("上午", " am ")
            .replace("下午", " pm ");
        if text.len() > 18 && text.as_bytes().get(10) == Some(&b't') {
            text.replace_range(10..11, " ");
        }
        let spaced = text.replace("am", " am ").replace("pm", " pm ").replace(',', " ");
        let (mut half, mut clock, mut date, mut words) = (None, None, None, vec![]);
        for word in spaced.split_whitespace() {
            match word {
                "am" | "pm" if half.is_none() => half = Some(word == "pm"),
                _ if word.contains(':') && clock.is_none() => clock = Some(clock_of(word)?),
                _ if word.contains(['/', '-']) && date.is_none() => {
                    date = Some(numbers(word, if word.contains('/') { '/' } else { '-' })?)
                }
                _ => words.push(word),
            }
        }
        let second_of_day = second_of_day(clock?, half)?;
        let stamp = |date, is_certain| Some(Self { date, is_certain, second_of_day });
        match (date, words.as_slice()) {
            (Some([year, month, day]), []) if year > 1900 => stamp((day, month, year), true),
            (Some([first, second, year]), []) if year > 1900 => stamp((first, second, year), false),
            (None, [a, b, year]) => {
                let (day, month) = match (month(a), month(b)) {
                    (Some(month), None) => (b, month),
                    (None, Some(month)) => (a, month),
                    _ => return None,
                };
                let is_year = year.len() == 4;
                stamp((day.parse().ok()?, month, year.parse().ok().filter(|_| is_year)?), true)
            }
            _ => None,
        }
    }

    fn seconds(&self, day_first: bool) -> Option<i64> {
        let (first, second, year) = self.date;
        let (day, month) = if self.is_certain || day_first { (first, second) } else { (second, first) };
        let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let lengths = [31, 28 + i64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let in_month = *lengths.get(usize::try_from(month - 1).ok()?)?;
        if !(1..=in_month).contains(&day) || !(1970..=2100).contains(&year) {
            return None;
        }
        let years: i64 = (1970..year).map(|year| 365 + i64::from(is_leap(year))).sum();
        let months: i64 = lengths.iter().take(usize::try_from(month - 1).ok()?).sum();
        Some((years + months + day - 1) * 86_400 + self.second_of_day)
    }
}

fn month(word: &str) -> Option<i64> {
    let word = word.trim_end_matches('.');
    MONTHS.iter().position(|names| names.contains(&word)).and_then(|at| i64::try_from(at + 1).ok())
}

fn numbers(word: &str, mark: char) -> Option<[i64; 3]> {
    let digits = |part: &str| part.chars().all(|it| it.is_ascii_digit()) && (1..=4).contains(&part.len());
    let parts: Vec<i64> =
        word.split(mark).map(|part| part.parse().ok().filter(|_| digits(part))).collect::<Option<_>>()?;
    parts.try_into().ok()
}

/// A clock beside a date may leave its seconds out.
fn clock_of(word: &str) -> Option<[i64; 3]> {
    numbers(word, ':').or_else(|| numbers(&format!("{word}:00"), ':'))
}

fn second_of_day([hour, minute, second]: [i64; 3], half: Option<bool>) -> Option<i64> {
    let hour = match half {
        None => hour,
        Some(is_second) if (1..=12).contains(&hour) => hour % 12 + 12 * i64::from(is_second),
        Some(_) => return None,
    };
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3_600 + minute * 60 + second)
}

/// Whether the day is first, where numbers tell it or nothing is to be told; `None` where the order would be a guess.
fn order(stamps: &[Stamp]) -> Option<bool> {
    let numeric: Vec<_> = stamps.iter().filter(|it| !it.is_certain).map(|it| it.date).collect();
    let day_first = numeric.iter().any(|(first, ..)| *first > 12);
    let month_first = numeric.iter().any(|(_, second, _)| *second > 12);
    let steps = |by: fn((i64, i64), (i64, i64)) -> bool| {
        numeric.windows(2).any(|pair| by((pair[0].0, pair[0].1), (pair[1].0, pair[1].1)))
    };
    let day_grew = steps(|a, b| a.1 == b.1 && a.0 + 1 == b.0);
    let month_grew = steps(|a, b| a.0 == b.0 && a.1 + 1 == b.1);
    if !day_first && !month_first && day_grew != month_grew {
        return Some(day_grew);
    }
    match (day_first, month_first, numeric.is_empty()) {
        (true, false, _) | (false, false, true) => Some(true),
        (false, true, _) => Some(false),
        _ => None,
    }
}
