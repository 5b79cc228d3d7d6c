//! The night in parts: hours and halves, by time, never by number of samples.

use crate::batch::Stretch;
use crate::desaturation::{Desaturation, Threshold};
use crate::metrics::{index_per_h, indexed_s};
use crate::notices::Notices;
use crate::units::Span;

/// Events and valid time of one part of the night.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
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
#[derive(Clone, Debug)]
pub(crate) struct SplitBuilder {
    interval: Span,
    length: Span,
    hours: [Part; Hours::MOST],
    halves: [Half; 2],
}

impl SplitBuilder {
    /// For a recording of the given length; zero for a live stream, whose halves are then all second.
    pub(crate) fn new(interval: Span, length: Span) -> Self {
        Self { interval, length, hours: [Part::default(); Hours::MOST], halves: [Half::default(); 2] }
    }

    pub(crate) fn reading(&mut self, at: Span) {
        let held = self.interval.as_secs();
        self.parts(at).for_each(|part| part.valid_s += held);
    }

    pub(crate) fn readings(&mut self, stretch: &Stretch<'_>) {
        let (first, last) = (stretch.first(), stretch.last());
        let hour = |at: Span| at.as_secs() / 3_600;
        if hour(first) == hour(last) && self.is_second_half(first) == self.is_second_half(last) {
            let held = self.interval.as_secs() * stretch.len();
            self.parts(first).for_each(|part| part.valid_s += held);
        } else {
            stretch.spo2().for_each(|(at, _)| self.reading(at));
        }
    }

    pub(crate) fn event(&mut self, event: &Desaturation, threshold: Threshold) {
        let counted = u32::from(event.is_counted());
        self.parts(event.onset).for_each(|part| match threshold {
            Threshold::Three => part.odi3_count += counted,
            Threshold::Four => part.odi4_count += counted,
        });
    }

    pub(crate) fn finish(&self, notices: &Notices) -> (Hours, [Half; 2]) {
        let len = (self.length.as_secs().div_ceil(3_600) as usize).min(Hours::MOST);
        let indexed = |part: Part| part.indexed(notices);
        (Hours { hours: self.hours.map(indexed), len }, self.halves.map(indexed))
    }

    fn is_second_half(&self, at: Span) -> bool {
        2 * u64::from(at.as_secs()) >= u64::from(self.length.as_secs())
    }

    /// The hour and the half that a moment lies in.
    fn parts(&mut self, at: Span) -> impl Iterator<Item = &mut Part> {
        let is_second = self.is_second_half(at);
        let hour = self.hours.get_mut(at.as_secs() as usize / 3_600);
        let [first, second] = &mut self.halves;
        hour.into_iter().chain([if is_second { second } else { first }])
    }
}

impl Part {
    fn indexed(self, notices: &Notices) -> Self {
        let over_s = indexed_s(self.valid_s, notices);
        let [odi3_per_h, odi4_per_h] =
            [self.odi3_count, self.odi4_count].map(|count| index_per_h(count, over_s));
        Self { odi3_per_h, odi4_per_h, ..self }
    }
}
