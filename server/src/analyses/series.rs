//! The readings that a picture of a night draws, kept so that drawing it needs no file: of every column of the widest
//! picture the first, lowest, highest and last.

use oxicore::below_range::BelowRangeRun;
use oxicore::chart::{Channel, Column, Point, Window, reduce_points};
use oxicore::desaturation::aasm::Config;
use oxicore::{Recording, Span, summary::RecordingFacts};

use super::varint::{self, BadBytes, Reader};
use crate::rows::Strip;

/// What is kept of the readings of a night.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    spo2: Vec<Point>,
    pulse: Vec<Point>,
    motion: Vec<Point>,
    below_range: Vec<(Span, Span)>,
}

impl Series {
    /// Columns of the widest picture. A narrower one must have a number of columns that divides this.
    pub const COLUMNS: usize = 2_384;

    /// Of a recording.
    pub fn of(recording: Recording<'_>) -> Self {
        let kept = |channel| {
            let columns = recording.reduce(channel, Window::whole(&recording), Self::COLUMNS);
            columns.iter().flatten().flat_map(Column::points).collect()
        };
        Self {
            spo2: kept(Channel::Spo2),
            pulse: kept(Channel::Pulse),
            motion: kept(Channel::Motion),
            below_range: below_range(&recording),
        }
    }

    /// A channel of the night, reduced to the columns of a picture; their number divides [`Series::COLUMNS`].
    pub fn columns(&self, channel: Channel, of: &RecordingFacts, count: usize) -> Vec<Option<Column>> {
        let points = match channel {
            Channel::Spo2 => &self.spo2,
            Channel::Pulse => &self.pulse,
            Channel::Motion => &self.motion,
        };
        let window = Window { from: Span::ZERO, to: of.recording_s };
        let mut columns = vec![None; count];
        reduce_points(points.iter().copied(), of.interval_s, window, &mut columns);
        columns
    }

    /// Runs below the ring's range: from, to.
    pub fn below_range(&self) -> &[(Span, Span)] {
        &self.below_range
    }

    /// As bytes: numbers of seven bits a byte, each the difference from the one before it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for points in [&self.spo2, &self.pulse, &self.motion] {
            varint::write(&mut bytes, points.len() as u64);
            let (mut at, mut value) = (0, 0);
            for point in points {
                varint::write_change(&mut bytes, &mut at, point.at.as_secs().into());
                varint::write_change(&mut bytes, &mut value, point.value.into());
            }
        }
        varint::write(&mut bytes, self.below_range.len() as u64);
        let mut at = 0;
        for (from, to) in &self.below_range {
            varint::write_change(&mut bytes, &mut at, from.as_secs().into());
            varint::write_change(&mut bytes, &mut at, to.as_secs().into());
        }
        bytes
    }

    /// What [`Series::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`BadBytes`] for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadBytes> {
        let mut reader = Reader::new(bytes);
        let [spo2, pulse, motion] = [points(&mut reader)?, points(&mut reader)?, points(&mut reader)?];
        let mut at = 0;
        let mut span = |reader: &mut Reader<'_>| Ok(Span::from_secs(reader.changed(&mut at)?));
        let below_range = reader.many(|reader| Ok((span(reader)?, span(reader)?)))?;
        reader.finish()?;
        Ok(Self { spo2, pulse, motion, below_range })
    }
}

fn points(reader: &mut Reader<'_>) -> Result<Vec<Point>, BadBytes> {
    let (mut at, mut value) = (0, 0);
    reader.many(|reader| {
        Ok(Point { at: Span::from_secs(reader.changed(&mut at)?), value: reader.changed(&mut value)? })
    })
}

/// The night in a few lowest readings.
pub(super) fn strip(recording: Recording<'_>) -> Strip {
    let parts = recording.reduce(Channel::Spo2, Window::whole(&recording), Strip::PARTS);
    let lowest = |part: &Option<Column>| part.as_ref().and_then(|part| u8::try_from(part.min.value).ok());
    Strip(parts.iter().map(|part| lowest(part).unwrap_or(0)).collect())
}

/// From the end of the reading before to the reading after.
fn below_range(recording: &Recording<'_>) -> Vec<(Span, Span)> {
    let Config { below_range, max_gap, .. } = Config::default();
    let marked = |run: BelowRangeRun| run.stretch(recording.interval());
    recording.below_range_runs(below_range, max_gap).map(marked).collect()
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
        let series = Series::of(Recording::parse(text.as_bytes()).unwrap());
        let seconds = |run: &(Span, Span)| (run.0.as_secs(), run.1.as_secs());
        assert_eq!(series.below_range().iter().map(seconds).collect::<Vec<_>>(), [(4, 12), (16, 20)]);
    }

    #[test]
    fn what_was_written_is_read_again_and_nothing_else_is() {
        let text = file(&["96,60", "--,60", "--,255", "61,240", "--,--", "100,25"]);
        let series = Series::of(Recording::parse(text.as_bytes()).unwrap());
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
