//! The made-up night as other tools write it. Each dialect has a reader of the same bytes, as one writes it with the fastest
//! of the `csv` crate's: oxicore, which has to find all that out by itself, must not take more instructions.

use csv::{ByteRecord, ReaderBuilder};

use crate::night::{INTERVAL_S, Reading, START_DAY, START_HOUR};
use crate::peers::{iso_time, number, push};
use crate::rows::Rows;

/// How a text tells times and readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Semicolons, ISO 8601, a column between the readings.
    General,
    /// Seconds since the beginning.
    Elapsed,
    /// Seconds since 1970.
    Epoch,
    /// Quotes around every cell.
    Quoted,
    /// Units behind the readings.
    Units,
    /// Numbered rows.
    Index,
    /// Readings with a fraction.
    Decimal,
}

/// Places of time, SpO2, pulse and motion in a row.
type Places = [usize; 4];

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::General, Self::Elapsed, Self::Epoch, Self::Quoted, Self::Units, Self::Index, Self::Decimal];

    const fn header(self) -> &'static str {
        match self {
            Self::General => "time;spo2;pulse;pi_pct;motion",
            Self::Elapsed => "Time [s],SpO2,Pulse,Motion",
            Self::Epoch => "timestamp,spo2,pulse,motion",
            Self::Quoted => "\"Time\",\"SpO2\",\"Pulse\",\"Motion\"",
            Self::Units | Self::Decimal => "time;spo2;pulse;motion",
            Self::Index => "No;Time;SpO2;Pulse;Motion",
        }
    }

    /// The whole text.
    #[must_use]
    pub fn text(self, night: &[Reading]) -> Vec<u8> {
        let rows = (0..).zip(night).map(|(index, reading)| self.row(index, reading));
        let lines = core::iter::once(self.header().to_owned()).chain(rows);
        lines.flat_map(|line| line.into_bytes().into_iter().chain([b'\n'])).collect()
    }

    fn row(self, index: u32, reading: &Reading) -> String {
        let elapsed = index * INTERVAL_S;
        let with = |value: Option<u8>, after: &str| {
            value.map_or_else(|| "--".to_owned(), |value| format!("{value}{after}"))
        };
        let [spo2, pulse] = [reading.spo2, reading.pulse];
        let ([o2, hr], motion) = ([spo2, pulse].map(|value| with(value, "")), reading.motion);
        match self {
            Self::General => format!("{};{o2};{hr};2.1;{motion}", iso(elapsed, 'T')),
            Self::Elapsed => format!("{elapsed},{o2},{hr},{motion}"),
            Self::Epoch => format!("{},{o2},{hr},{motion}", 1_769_724_000 + elapsed),
            Self::Quoted => format!("\"{}\",\"{o2}\",\"{hr}\",\"{motion}\"", iso(elapsed, ' ')),
            Self::Units => {
                format!("{};{};{};{motion}", iso(elapsed, 'T'), with(spo2, " %"), with(pulse, " bpm"))
            }
            Self::Index => format!("{};{};{o2};{hr};{motion}", index + 1, iso(elapsed, ' ')),
            Self::Decimal => {
                let tenths = format!(".{}", index % 5);
                format!("{};{};{};{motion}", iso(elapsed, 'T'), with(spo2, &tenths), with(pulse, ".0"))
            }
        }
    }

    /// Reads the text with the `csv` crate.
    pub fn read_with_csv(self, text: &[u8], out: &mut Rows) -> Option<()> {
        let seconds = |cell: &[u8]| number(cell)?.map(i64::from);
        let without_unit = |cell: &[u8]| number(cell.split(|byte| *byte == b' ').next()?);
        match self {
            Self::General => records(text, b';', [0, 1, 2, 4], iso_time, number, out),
            Self::Elapsed | Self::Epoch => records(text, b',', [0, 1, 2, 3], seconds, number, out),
            Self::Quoted => records(text, b',', [0, 1, 2, 3], iso_time, number, out),
            Self::Units => records(text, b';', [0, 1, 2, 3], iso_time, without_unit, out),
            Self::Index => records(text, b';', [1, 2, 3, 4], iso_time, number, out),
            Self::Decimal => records(text, b';', [0, 1, 2, 3], iso_time, nearest, out),
        }
    }
}

/// Reads rows as a program does that knows its one dialect.
fn records(
    text: &[u8],
    delimiter: u8,
    [time, spo2, pulse, motion]: Places,
    second: impl Fn(&[u8]) -> Option<i64>,
    value: impl Fn(&[u8]) -> Option<Option<u32>>,
    out: &mut Rows,
) -> Option<()> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).from_reader(text);
    let mut record = ByteRecord::new();
    out.clear();
    while reader.read_byte_record(&mut record).ok()? {
        let cell = |at: usize| value(record.get(at)?);
        push(out, second(record.get(time)?)?, [cell(spo2)?, cell(pulse)?, cell(motion)?]);
    }
    Some(())
}

/// A number with or without tenths, to the nearest.
fn nearest(cell: &[u8]) -> Option<Option<u32>> {
    let mut parts = cell.split(|byte| *byte == b'.');
    let whole = number(parts.next()?)?;
    let tenths = parts.next().map_or(Some(Some(0)), number)??;
    Some(whole.map(|whole| whole + u32::from(tenths >= 5)))
}

fn iso(elapsed: u32, between: char) -> String {
    let second = u32::from(START_HOUR) * 3_600 + elapsed;
    let (day, clock) =
        (u32::from(START_DAY) + second / 86_400, [second / 3_600 % 24, second / 60 % 60, second % 60]);
    let [hour, minute, second] = clock;
    format!("2026-01-{day:02}{between}{hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::night::{csv, night};
    use crate::ours;

    #[test]
    fn a_dialect_gives_both_readers_the_same() {
        let usual = ours::rows(&csv(&night())).unwrap();
        for dialect in Dialect::ALL {
            let (text, mut rows) = (dialect.text(&night()), Rows::default());
            assert!(dialect.read_with_csv(&text, &mut rows).is_some(), "{dialect:?}");
            assert!(ours::same(&rows, &ours::rows(&text).unwrap()), "{dialect:?}");
            assert!(ours::same(&rows, &usual), "{dialect:?}");
        }
    }
}
