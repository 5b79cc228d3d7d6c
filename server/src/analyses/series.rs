//! What a picture of a night draws, kept so that drawing it needs no file.

use oxi_figure::Readings;
use oxicore::chart::{Channel, Column, LinePoint, Point, Window};
use oxicore::{Desaturation, Recording, Span};

use super::varint::{self, BadBytes, Reader};
use crate::rows::Strip;

/// The readings of a whole night, reduced for its picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series(Readings);

impl Series {
    /// Of a recording in whose picture these events are seen.
    pub fn of(recording: Recording<'_>, events: &[Desaturation]) -> Self {
        Self(Readings::of(recording, Window::whole(&recording), events))
    }

    /// As a picture takes them.
    pub const fn readings(&self) -> &Readings {
        &self.0
    }

    /// As bytes: numbers of seven bits a byte, each the difference from the one before it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Readings { window, interval, spo2, pulse, motion, below_range } = &self.0;
        let mut bytes = Vec::new();
        for span in [window.from, window.to, *interval] {
            varint::write(&mut bytes, span.as_secs().into());
        }
        for line in [spo2, pulse] {
            let points = line.iter().map(|point| [point.at.as_secs(), point.value.into(), point.segment]);
            write(&mut bytes, points);
        }
        write(&mut bytes, motion.iter().map(|point| [point.at.as_secs(), point.value.into()]));
        write(&mut bytes, below_range.iter().flat_map(|(from, to)| [[from.as_secs()], [to.as_secs()]]));
        bytes
    }

    /// What [`Series::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`BadBytes`] for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadBytes> {
        let mut reader = Reader::new(bytes);
        let [from, to, interval] = [seconds(&mut reader)?, seconds(&mut reader)?, seconds(&mut reader)?];
        let line = |[at, value, segment]: [u32; 3]| {
            Ok(LinePoint { at: Span::from_secs(at), value: narrow(value)?, segment })
        };
        let [spo2, pulse] = [read(&mut reader, line)?, read(&mut reader, line)?];
        let motion =
            read(&mut reader, |[at, value]| Ok(Point { at: Span::from_secs(at), value: narrow(value)? }))?;
        let ends = read(&mut reader, |[at]: [u32; 1]| Ok(Span::from_secs(at)))?;
        let (below_range, []) = ends.as_chunks() else { return Err(BadBytes) };
        let below_range = below_range.iter().map(|&[from, to]| (from, to)).collect();
        reader.finish()?;
        Ok(Self(Readings { window: Window { from, to }, interval, spo2, pulse, motion, below_range }))
    }
}

/// How many things, then of each how its numbers differ from those of the one before.
fn write<const N: usize>(bytes: &mut Vec<u8>, things: impl Iterator<Item = [u32; N]> + Clone) {
    varint::write(bytes, things.clone().count() as u64);
    let mut before = [0; N];
    for numbers in things {
        for (before, number) in before.iter_mut().zip(numbers) {
            varint::write_change(bytes, before, number.into());
        }
    }
}

fn read<const N: usize, T>(
    reader: &mut Reader<'_>,
    make: impl Fn([u32; N]) -> Result<T, BadBytes>,
) -> Result<Vec<T>, BadBytes> {
    let mut before = [0; N];
    reader.many(|reader| {
        let mut numbers = [0; N];
        for (number, before) in numbers.iter_mut().zip(&mut before) {
            *number = reader.changed(before)?;
        }
        make(numbers)
    })
}

fn seconds(reader: &mut Reader<'_>) -> Result<Span, BadBytes> {
    let number = reader.number()?;
    u32::try_from(number).map(Span::from_secs).map_err(|_| BadBytes)
}

fn narrow(number: u32) -> Result<u16, BadBytes> {
    number.try_into().map_err(|_| BadBytes)
}

/// The night in a few lowest readings.
pub(super) fn strip(recording: Recording<'_>) -> Strip {
    let parts = recording.reduce(Channel::Spo2, Window::whole(&recording), Strip::PARTS);
    let lowest = |part: &Option<Column>| part.as_ref().and_then(|part| u8::try_from(part.min.value).ok());
    Strip(parts.iter().map(|part| lowest(part).unwrap_or(0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(rows: &[&str]) -> String {
        (0..).zip(rows).map(|(i, row)| format!("22:00:{:02} Jan 02 2026,{row},0\n", i * 4)).collect()
    }

    #[test]
    fn runs_below_the_rings_range_make_a_mark_each() {
        let rows = file(&["66,60", "--,60", "--,61", "70,61", "--,62", "90,61", "--,--", "64,61", "--,62"]);
        let text = format!("Time,Oxygen Level,Pulse Rate,Motion\n{rows}");
        let series = Series::of(Recording::parse(text.as_bytes()).unwrap(), &[]);
        let seconds = |run: &(Span, Span)| (run.0.as_secs(), run.1.as_secs());
        let runs = series.readings().below_range.iter().map(seconds);
        assert_eq!(runs.collect::<Vec<_>>(), [(4, 12), (16, 20)]);
    }

    #[test]
    fn what_was_written_is_read_again_and_nothing_else_is() {
        let text = file(&["96,60", "--,60", "--,255", "61,240", "--,--", "100,25"]);
        let series = Series::of(Recording::parse(text.as_bytes()).unwrap(), &[]);
        let bytes = series.to_bytes();
        assert_eq!(Series::from_bytes(&bytes), Ok(series));
        for len in 0..bytes.len() {
            assert_eq!(Series::from_bytes(&bytes[..len]), Err(BadBytes), "{len} bytes");
        }
        assert_eq!(Series::from_bytes(&[bytes, vec![0]].concat()), Err(BadBytes));
        assert_eq!(Series::from_bytes(&[0xff; 64]), Err(BadBytes));
    }

    #[test]
    fn a_strip_has_the_lowest_reading_of_each_part_and_zero_without_any() {
        let text = file(&["96,60", "--,60", "90,61", "88,61"]);
        let Strip(parts) = strip(Recording::parse(text.as_bytes()).unwrap());
        assert_eq!(parts.len(), Strip::PARTS);
        assert_eq!(parts.into_iter().filter(|&pct| pct > 0).collect::<Vec<_>>(), [96, 90, 88]);
    }
}
