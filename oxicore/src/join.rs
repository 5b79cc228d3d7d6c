//! Files of one night: devices stop at ten hours and go on in a new file, and a file fetched while the device still
//! records is the beginning of the one fetched later. Rules: docs/FORMATS.md, "Joining".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use core::fmt;

use crate::code::codes;
use crate::format::LONGEST_RECORDING;
use crate::notices::StartSource;
#[cfg(feature = "alloc")]
use crate::recording::OwnedRecording;
use crate::recording::{Recording, Whole};
use crate::units::Span;

/// Two files further apart than this are two recordings.
pub const LONGEST_PAUSE: Span = Span::from_secs(300);
/// Devices of this family stop here, give or take [`NEAR_LIMIT`].
const TEN_HOURS: Span = Span::from_secs(36_000);
const NEAR_LIMIT: Span = Span::from_secs(120);

/// What some files are to each other.
#[derive(Clone, Copy, Debug)]
pub enum Join<'a> {
    /// Parts of one night, which is a recording like any other; its [`Recording::parts`] are in order.
    Joined(Recording<'a>),
    /// Each is the beginning of this one, or the same.
    Longer(Recording<'a>),
    /// Two of them are two recordings, and why.
    Apart(Apart),
}

/// Why files are not one night.
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
    /// There is none.
    Nothing,
    /// One is itself joined; join all parts at once.
    AlreadyJoined,
}

codes!(silent Apart {
    UnknownStart = "unknown-start",
    OtherReadings = "other-readings",
    OtherKind = "other-kind",
    Overlap = "overlap",
    TooFar = "too-far",
    Nothing = "nothing",
    AlreadyJoined = "already-joined",
});

impl fmt::Display for Apart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownStart => "the start of one is not known by the same clock",
            Self::OtherReadings => "they begin together and hold different readings",
            Self::OtherKind => "they are of different formats or intervals",
            Self::Overlap => "one begins before the other ends",
            Self::TooFar => "more than 300 s lie between them",
            Self::Nothing => "there is nothing to join",
            Self::AlreadyJoined => "one is joined already",
        })
    }
}

impl core::error::Error for Apart {}

/// Says what files are to each other, in whatever order they come; puts them in order.
///
/// It cannot know whether they are of one person: files carry no name. Ask before joining.
///
/// # Example
/// ```
/// use oxicore::{AnalysisOptions, Desaturation, Recording, analysis::analyze, join::{Join, join}};
///
/// let evening = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n")?;
/// let later = Recording::parse(b"22:01:00 Jan 02 2026,94,58,0\n22:01:04 Jan 02 2026,93,58,0\n")?;
/// let mut parts = [later, evening];
/// let Join::Joined(night) = join(&mut parts) else { panic!("one night") };
/// assert_eq!(night.samples().map(|s| s.at.as_secs()).collect::<Vec<_>>(), [0, 4, 60, 64]);
/// let analysis = analyze(night, &AnalysisOptions::default(), &mut [Desaturation::EMPTY; 8])?.summary;
/// assert_eq!(analysis.recording.records, 4);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[must_use]
pub fn join<'p, 'a: 'p>(parts: &'p mut [Recording<'a>]) -> Join<'p> {
    sort(parts);
    let kept = without_beginnings(parts);
    let parts: &'p [Recording<'p>] = parts;
    match kept.and_then(|kept| judged(parts.get(..kept).unwrap_or_default())) {
        Ok(Whole { parts: [only], .. }) => Join::Longer(*only),
        Ok(whole) => Join::Joined(Recording::joined(whole)),
        Err(why) => Join::Apart(why),
    }
}

/// By start, the longer first: by insertion, because the parts of a night are few.
fn sort(parts: &mut [Recording<'_>]) {
    for end in 1..parts.len() {
        for at in (1..=end).rev() {
            let Some([before, part]) = parts.get_mut(at.wrapping_sub(1)..=at) else { break };
            let place = |part: &Recording<'_>| (part.start(), core::cmp::Reverse(part.len()));
            if place(before) <= place(part) {
                break;
            }
            core::mem::swap(before, part);
        }
    }
}

/// Moves what is not the beginning of another file to the front, and counts it.
fn without_beginnings(parts: &mut [Recording<'_>]) -> Result<usize, Apart> {
    let mut kept = 0_usize;
    for at in 0..parts.len() {
        let Some(&part) = parts.get(at) else { break };
        let before = kept.checked_sub(1).and_then(|last| parts.get(last)).copied();
        if part.parts().len() > 1 {
            return Err(Apart::AlreadyJoined);
        }
        if before.is_some_and(|before| !have_comparable_starts(&before, &part)) {
            return Err(Apart::UnknownStart);
        }
        if before.is_some_and(|before| before.start() == part.start()) {
            before.filter(|before| begin_alike(before, &part)).ok_or(Apart::OtherReadings)?;
        } else {
            parts.swap(kept, at);
            kept = kept.saturating_add(1);
        }
    }
    Ok(kept)
}

fn have_comparable_starts(a: &Recording<'_>, b: &Recording<'_>) -> bool {
    let (a, b) = (a.notices().start_source, b.notices().start_source);
    let is_utc = |source| matches!(source, StartSource::FileNameUtc | StartSource::Universal);
    a != StartSource::Unknown && b != StartSource::Unknown && is_utc(a) == is_utc(b)
}

/// A file fetched too early gives way, if what it has is what the longer one begins with. One that is not finished may not
/// tell its interval yet; then the readings decide.
fn begin_alike(a: &Recording<'_>, b: &Recording<'_>) -> bool {
    let is_assumed = a.notices().interval_assumed || b.notices().interval_assumed;
    let mut pairs = a.samples().zip(b.samples());
    pairs.all(|(a, b)| (a.spo2, a.pulse) == (b.spo2, b.pulse) && (is_assumed || a.at == b.at))
}

/// The night that parts in order make.
fn judged<'a>(parts: &'a [Recording<'a>]) -> Result<Whole<'a>, Apart> {
    let (first, later) = parts.split_first().ok_or(Apart::Nothing)?;
    let mut whole =
        Whole { first: *first, parts, records: first.len(), span: first.span(), notices: first.notices() };
    for part in later {
        whole = longer(whole, part)?;
    }
    Ok(whole)
}

fn longer<'a>(whole: Whole<'a>, part: &Recording<'_>) -> Result<Whole<'a>, Apart> {
    let first = whole.first;
    if (first.format(), first.interval()) != (part.format(), part.interval()) {
        return Err(Apart::OtherKind);
    }
    let from = part.seconds_after(&first);
    let span = from.plus(part.span());
    match () {
        () if from < whole.span => Err(Apart::Overlap),
        () if from.since(whole.span) > LONGEST_PAUSE || span > LONGEST_RECORDING => Err(Apart::TooFar),
        () => Ok(Whole {
            span,
            records: whole.records.saturating_add(part.len()),
            notices: whole.notices.and(part.notices()),
            ..whole
        }),
    }
}

#[cfg(feature = "alloc")]
impl OwnedRecording {
    /// The night that recordings make together, by the rules of [`join`], in memory of its own; of files of which each is
    /// the beginning of another, the longest.
    ///
    /// # Errors
    /// [`Apart`] says why they are not one night.
    pub fn join<'a>(parts: impl IntoIterator<Item = Recording<'a>>) -> Result<Self, Apart> {
        let mut parts: alloc::vec::Vec<_> = parts.into_iter().collect();
        match join(&mut parts) {
            Join::Joined(night) | Join::Longer(night) => Ok(night.into_owned()),
            Join::Apart(why) => Err(why),
        }
    }
}

impl Recording<'_> {
    /// Ends where devices stop by themselves: a pause after it was not the wearer's.
    #[must_use]
    pub fn stopped_at_limit(&self) -> bool {
        self.last_file().plus(NEAR_LIMIT) >= TEN_HOURS
    }

    /// From the start of another recording to the start of this one; zero where this begins earlier.
    fn seconds_after(&self, first: &Self) -> Span {
        let seconds = self.start().unix_seconds().saturating_sub(first.start().unix_seconds());
        Span::from_secs(u32::try_from(seconds.max(0)).unwrap_or(u32::MAX))
    }
}
