//! The night in parts: hours and halves, by time, never by number of samples.

use crate::batch::Stretch;
use crate::desaturation::{Desaturation, Threshold};
use crate::metrics::{index_per_h, indexed_s};
use crate::notices::Notices;
use crate::units::Span;

/// Events and valid time of one part of the night.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Part {
    /// Valid SpO2 in this part, seconds.
    pub valid_s: u32,
    /// Counted events of 3 % whose onset lies in this part.
    pub odi3_count: u32,
    /// Counted events of 4 % whose onset lies in this part.
    pub odi4_count: u32,
    /// `odi3_count` per hour of valid time; `None` under 600 s of it, and where readings are too far apart.
    pub odi3_per_h: Option<f64>,
    /// `odi4_count` per hour of valid time; `None` under 600 s of it.
    pub odi4_per_h: Option<f64>,
}

/// Half a night.
pub type Half = Part;

/// The hours of a night, counted from the first record; what lies after the 24th is not split.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Hours {
    hours: [Part; Self::MOST],
    len: usize,
}

impl Hours {
    /// Most hours that are kept apart.
    pub const MOST: usize = 24;

    /// One entry per begun hour of recording.
    #[must_use]
    pub fn as_slice(&self) -> &[Part] {
        self.hours.get(..self.len).unwrap_or_default()
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Hours {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "{=[?]}", self.as_slice());
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Hours {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.as_slice())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Hours {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(AtMostADay)
    }
}

#[cfg(feature = "serde")]
struct AtMostADay;

#[cfg(feature = "serde")]
impl<'de> serde::de::Visitor<'de> for AtMostADay {
    type Value = Hours;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("at most 24 hours")
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut parts: A) -> Result<Hours, A::Error> {
        let mut hours = Hours { hours: [Part::default(); Hours::MOST], len: 0 };
        while let Some(part) = parts.next_element()? {
            let too_many = || serde::de::Error::invalid_length(Hours::MOST + 1, &self);
            *hours.hours.get_mut(hours.len).ok_or_else(too_many)? = part;
            hours.len += 1;
        }
        Ok(hours)
    }
}

/// Gathers the parts sample by sample.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SplitBuilder {
    interval: Span,
    length: Span,
    hours: [Tally; Hours::MOST],
    halves: [Tally; 2],
}

/// What a part holds so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) readings: u32,
    pub(crate) odi3: u32,
    pub(crate) odi4: u32,
}

impl SplitBuilder {
    /// For a recording of the given length; zero where it is not known yet: the second half is then all of the night.
    pub(crate) const fn new(interval: Span, length: Span) -> Self {
        const NONE: Tally = Tally { readings: 0, odi3: 0, odi4: 0 };
        Self { interval, length, hours: [NONE; Hours::MOST], halves: [NONE; 2] }
    }

    #[inline]
    pub(crate) fn reading(&mut self, at: Span) {
        self.parts(at).for_each(|part| part.readings += 1);
    }

    pub(crate) fn readings(&mut self, stretch: &Stretch<'_>) {
        let (first, last) = (stretch.first(), stretch.last());
        let hour = |at: Span| at.as_secs() / 3_600;
        if hour(first) == hour(last) && self.is_second_half(first) == self.is_second_half(last) {
            self.parts(first).for_each(|part| part.readings += stretch.len());
        } else {
            stretch.spo2().for_each(|(at, _)| self.reading(at));
        }
    }

    pub(crate) fn event(&mut self, event: &Desaturation, threshold: Threshold) {
        if event.is_counted() {
            self.parts(event.onset).for_each(|part| part.add(threshold));
        }
    }

    /// The hours of a night of this length.
    pub(crate) fn hours(&self, length: Span, notices: &Notices) -> Hours {
        let len = (length.as_secs().div_ceil(3_600) as usize).min(Hours::MOST);
        Hours { hours: self.hours.map(|tally| tally.part(self.interval, notices)), len }
    }

    /// The halves of the length that was given.
    pub(crate) fn halves(&self, notices: &Notices) -> [Half; 2] {
        self.halves.map(|tally| tally.part(self.interval, notices))
    }

    /// The halves where no length was given, by what of the night is its first.
    pub(crate) fn halves_by(&self, first: Tally, notices: &Notices) -> [Half; 2] {
        let [before, all] = self.halves;
        debug_assert_eq!(before.readings, 0, "the length was known");
        let second = Tally {
            readings: all.readings.saturating_sub(first.readings),
            odi3: all.odi3.saturating_sub(first.odi3),
            odi4: all.odi4.saturating_sub(first.odi4),
        };
        [first, second].map(|tally| tally.part(self.interval, notices))
    }

    fn is_second_half(&self, at: Span) -> bool {
        at >= middle(self.length)
    }

    /// The hour and the half that a moment lies in.
    fn parts(&mut self, at: Span) -> impl Iterator<Item = &mut Tally> {
        let is_second = self.is_second_half(at);
        let hour = self.hours.get_mut(at.as_secs() as usize / 3_600);
        let [first, second] = &mut self.halves;
        hour.into_iter().chain([if is_second { second } else { first }])
    }
}

/// Where the second half of a night of this length begins.
pub(crate) const fn middle(length: Span) -> Span {
    Span::from_secs(length.as_secs().div_ceil(2))
}

impl Tally {
    pub(crate) const fn add(&mut self, threshold: Threshold) {
        match threshold {
            Threshold::Three => self.odi3 += 1,
            Threshold::Four => self.odi4 += 1,
        }
    }

    fn part(self, interval: Span, notices: &Notices) -> Part {
        let valid_s = self.readings.saturating_mul(interval.as_secs());
        let over_s = indexed_s(valid_s, notices);
        let [odi3_per_h, odi4_per_h] = [self.odi3, self.odi4].map(|count| index_per_h(count, over_s));
        Part { valid_s, odi3_count: self.odi3, odi4_count: self.odi4, odi3_per_h, odi4_per_h }
    }
}
