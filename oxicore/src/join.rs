//! Two files of one night: devices stop at ten hours and go on in a new file, and a file fetched while the device still
//! records is the beginning of the one fetched later. Rules: docs/FORMATS.md, "Joining".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use core::iter::Chain;

use crate::desaturation::Desaturation;
use crate::export::{ExportError, Series, Sink, write_csv, write_edf};
use crate::recording::{LONGEST_RECORDING, Recording, Sample, Samples, StartSource};
use crate::time::LocalDateTime;
use crate::units::Span;

/// Two files further apart than this are two recordings.
pub const LONGEST_PAUSE: Span = Span::from_secs(300);
/// Devices of this family stop here, give or take [`NEAR_LIMIT`].
const TEN_HOURS: Span = Span::from_secs(36_000);
const NEAR_LIMIT: Span = Span::from_secs(120);

/// What two files are to each other.
#[derive(Clone, Debug)]
pub enum Join<'a> {
    /// Two parts of one night, in order.
    Joined(Joined<'a>),
    /// One is the beginning of the other, or the same: here is the longer.
    Longer(Recording<'a>),
    /// Two recordings, and why.
    Apart(Apart),
}

/// Why two files are not one night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Apart {
    /// The start of one is not known, or one counts universal time and the other wall-clock time.
    UnknownStart,
    /// They begin at the same moment and hold different readings: two devices.
    OtherReadings,
    /// They are of different formats or intervals.
    OtherKind,
    /// One begins before the other ends.
    Overlap,
    /// More than [`LONGEST_PAUSE`] lies between them.
    TooFar,
}

/// Two parts of one night, read one after the other; nothing is copied.
#[derive(Clone, Copy, Debug)]
pub struct Joined<'a> {
    first: Recording<'a>,
    second: Recording<'a>,
    shift: Span,
}

/// Says what two files are to each other, in whatever order they come.
///
/// It cannot know whether they are of one person: files carry no name. Ask before joining.
///
/// # Example
/// ```
/// use oxicore::{Join, Recording, join};
///
/// let evening = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n")?;
/// let later = Recording::parse(b"22:01:00 Jan 02 2026,94,58,0\n22:01:04 Jan 02 2026,93,58,0\n")?;
/// let Join::Joined(night) = join(later, evening) else { panic!("one night") };
/// assert_eq!(night.samples().map(|s| s.at.as_secs()).collect::<Vec<_>>(), [0, 4, 60, 64]);
/// # Ok::<(), oxicore::ParseError>(())
/// ```
#[must_use]
pub fn join<'a>(a: Recording<'a>, b: Recording<'a>) -> Join<'a> {
    let (first, second) = if b.start() < a.start() { (b, a) } else { (a, b) };
    if !have_comparable_starts(&first, &second) {
        return Join::Apart(Apart::UnknownStart);
    }
    if first.start() == second.start() {
        return longer(first, second);
    }
    if (first.format(), first.interval()) != (second.format(), second.interval()) {
        return Join::Apart(Apart::OtherKind);
    }
    let between = second.start().unix_seconds().saturating_sub(first.start().unix_seconds());
    let shift = Span::from_secs(u32::try_from(between).unwrap_or(u32::MAX));
    match () {
        () if shift < first.span() => Join::Apart(Apart::Overlap),
        () if shift.since(first.span()) > LONGEST_PAUSE => Join::Apart(Apart::TooFar),
        () if shift.plus(second.span()) > LONGEST_RECORDING => Join::Apart(Apart::TooFar),
        () => Join::Joined(Joined { first, second, shift }),
    }
}

fn have_comparable_starts(a: &Recording<'_>, b: &Recording<'_>) -> bool {
    let (a, b) = (a.notices().start_source, b.notices().start_source);
    let is_utc = |source| source == StartSource::FileNameUtc;
    a != StartSource::Unknown && b != StartSource::Unknown && is_utc(a) == is_utc(b)
}

/// A file fetched too early gives way, if what it has is what the longer one begins with.
fn longer<'a>(a: Recording<'a>, b: Recording<'a>) -> Join<'a> {
    let reading = |sample: Sample| (sample.at, sample.spo2, sample.pulse);
    let begins_alike = a.samples().zip(b.samples()).all(|(a, b)| reading(a) == reading(b));
    match () {
        () if !begins_alike => Join::Apart(Apart::OtherReadings),
        () if b.len() > a.len() => Join::Longer(b),
        () => Join::Longer(a),
    }
}

impl<'a> Joined<'a> {
    /// Both parts, the earlier first.
    #[must_use]
    pub const fn parts(&self) -> [Recording<'a>; 2] {
        [self.first, self.second]
    }

    /// Wall clock of the first record.
    #[must_use]
    pub const fn start(&self) -> LocalDateTime {
        self.first.start()
    }

    /// Sampling interval of both parts.
    #[must_use]
    pub const fn interval(&self) -> Span {
        self.first.interval()
    }

    /// Records of both parts.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.first.len().saturating_add(self.second.len())
    }

    /// Never true.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        false
    }

    /// Time from the first record to the end of the last one, the pause included.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.shift.plus(self.second.span())
    }

    /// Time without records between the parts.
    #[must_use]
    pub const fn pause(&self) -> Span {
        self.shift.since(self.first.span())
    }

    /// The first part ends where devices stop by themselves: the pause was not the wearer's.
    #[must_use]
    pub fn stopped_at_limit(&self) -> bool {
        self.first.span().plus(NEAR_LIMIT) >= TEN_HOURS
    }

    /// The records of both parts in order, times counted from the first.
    #[must_use]
    pub fn samples(&self) -> JoinedSamples<'a> {
        JoinedSamples(self.first.samples().chain(Shifted { samples: self.second.samples(), by: self.shift }))
    }

    /// Writes the night as one text file; read again, it is one recording.
    ///
    /// # Errors
    /// As for [`export::csv`](crate::export::csv).
    pub fn csv<S: Sink>(&self, sink: &mut S) -> Result<(), ExportError<S::Error>> {
        write_csv(&self.series(), sink)
    }

    /// Writes the night as one EDF+ file.
    ///
    /// # Errors
    /// As for [`export::edf`](crate::export::edf).
    pub fn edf<S: Sink>(
        &self,
        desaturations: &[Desaturation],
        sink: &mut S,
    ) -> Result<(), ExportError<S::Error>> {
        write_edf(&self.series(), desaturations, sink)
    }

    fn series(&self) -> Series<JoinedSamples<'a>> {
        Series {
            start: self.start(),
            interval: self.interval(),
            records: self.len(),
            samples: self.samples(),
        }
    }
}

/// Iterator over the [`Sample`]s of a [`Joined`] night.
#[derive(Clone, Debug)]
pub struct JoinedSamples<'a>(Chain<Samples<'a>, Shifted<'a>>);

impl Iterator for JoinedSamples<'_> {
    type Item = Sample;

    fn next(&mut self) -> Option<Sample> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

/// Samples that count from an earlier moment.
#[derive(Clone, Debug)]
struct Shifted<'a> {
    samples: Samples<'a>,
    by: Span,
}

impl Iterator for Shifted<'_> {
    type Item = Sample;

    fn next(&mut self) -> Option<Sample> {
        let sample = self.samples.next()?;
        Some(Sample { at: sample.at.plus(self.by), ..sample })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.samples.size_hint()
    }
}
