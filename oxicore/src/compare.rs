//! All profiles on one recording, side by side: how much of a figure is its definition.

mod events;

use core::iter::Flatten;
use core::slice::Iter;

use crate::analysis::Within;
use crate::artifact::{ArtifactFilter, FilterConfig};
use crate::batch::SampleSink;
use crate::desaturation::{Depth, Threshold, mean120, pobm};
use crate::index::{Denominator, Index, Profile};
use crate::metrics::{MIN_VALID, indexed_s, per_hour};
use crate::options::AnalysisOptions;
use crate::recording::Recording;
use crate::sample::Sample;
use crate::summary::{ALGORITHM_REVISION, Summary};
use crate::units::Span;

/// Every index of a recording, or of parts of it, each with its definition: profile by profile in the order of
/// [`Profile::ALL`], 3 % before 4 %.
///
/// # Example
/// ```
/// use oxicore::{AnalysisOptions, Profile, Recording, Threshold};
///
/// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n")?;
/// let comparison = night.compare(&AnalysisOptions::default()).comparison;
/// for index in &comparison {
///     assert_eq!(index.count, 0, "{}", index.profile);
/// }
/// assert_eq!(comparison.of(Profile::Mean120).count(), 2);
/// assert_eq!(comparison.index(Profile::AasmNested, Threshold::Three), None);   // has 4 % only
/// # Ok::<(), oxicore::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
pub struct Comparison {
    /// None where the profile knows whole recordings alone and this is of parts.
    indices: [Option<Index>; 11],
}

impl Comparison {
    /// Every index.
    pub fn iter(&self) -> impl Iterator<Item = &Index> {
        self.into_iter()
    }

    /// The indices of one profile; of parts of a night none where the profile knows whole recordings alone.
    pub fn of(&self, profile: Profile) -> impl Iterator<Item = &Index> {
        self.iter().filter(move |index| index.profile == profile)
    }

    /// The index of one profile and threshold; `aasm-nested` has 4 % only.
    #[must_use]
    pub fn index(&self, profile: Profile, threshold: Threshold) -> Option<&Index> {
        self.of(profile).find(|index| index.threshold == threshold)
    }
}

impl<'a> IntoIterator for &'a Comparison {
    type Item = &'a Index;
    type IntoIter = Flatten<Iter<'a, Option<Index>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.indices.iter().flatten()
    }
}

/// The numbers of a night, and its index by every profile.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Compared {
    /// The numbers that the indices of profile `aasm` and the maker's come from.
    pub summary: Summary,
    /// The indices.
    pub comparison: Comparison,
}

impl Recording<'_> {
    /// Applies every profile, and gives back the summary that was computed on the way. The options concern `aasm`, and the
    /// filter also `mean120`; `viatom` and `pobm` use unfiltered readings by definition.
    ///
    /// # Example
    /// ```
    /// use oxicore::{AnalysisOptions, Profile, Recording, Threshold};
    ///
    /// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n")?;
    /// let compared = night.compare(&AnalysisOptions::default());
    /// let pobm = compared.comparison.index(Profile::Pobm, Threshold::Three).ok_or("every profile")?;
    /// assert_eq!((pobm.count, compared.summary.quality.valid_s), (0, 8));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn compare(&self, options: &AnalysisOptions) -> Compared {
        let summary = self.summary(options);
        Compared { summary, comparison: self.comparison(&summary) }
    }

    /// Applies the other profiles where this recording has been analysed: the summary is that of this recording, and says
    /// by which options.
    #[must_use]
    pub fn comparison(&self, analysed: &Summary) -> Comparison {
        let mut others = Others::new(self, &analysed.settings.filter);
        self.samples().for_each(|sample| others.push(&sample));
        others.finish();
        let [a3, a4] = Threshold::each(|threshold| analysed.odi(threshold));
        let readings = analysed.recording.records.saturating_sub(analysed.quality.missing_spo2);
        let read = held(readings, self);
        let [v3, v4] = viatom(analysed, read);
        let [p3, p4] = others.pobm(self.span(), read);
        let [[m3, m4], [o3, o4]] = others.mean120(analysed);
        let indices = [a3, a4, analysed.odi_nested(), v3, v4, p3, p4, m3, m4, o3, o4];
        let interval_too_coarse = analysed.notices.interval_too_coarse;
        Comparison { indices: indices.map(|index| Some(Index { interval_too_coarse, ..index })) }
    }

    /// Applies to parts of the night the profiles that know parts: `aasm`, `aasm-nested`, `mean120`, `mean120-analyzer`. The
    /// others are of whole recordings.
    #[must_use]
    pub fn compare_within(&self, options: &AnalysisOptions, within: Within<'_>) -> Comparison {
        let summary = self.summary_within(options, within);
        let mean120 = |profile: Profile, threshold: Threshold, config: mean120::Config| {
            let filter = options.filter;
            let rate = self.mean120(threshold, config, &filter, Some(within), &mut |_| ());
            let over = (Denominator::ValidSpo2, Span::from_secs(rate.seconds));
            Index {
                filter: Some(filter),
                per_h: rate.per_h,
                ..index(profile, threshold, rate.count, over, Span::ZERO)
            }
        };
        let [a3, a4] = Threshold::each(|threshold| summary.odi(threshold));
        let [m3, m4] = Threshold::each(|t| mean120(Profile::Mean120, t, mean120::Config::CHUNG));
        let [o3, o4] =
            Threshold::each(|t| mean120(Profile::Mean120Analyzer, t, mean120::Config::O2RING_ANALYZER));
        let interval_too_coarse = summary.notices.interval_too_coarse;
        let [a3, a4, nested, m3, m4, o3, o4] = [a3, a4, summary.odi_nested(), m3, m4, o3, o4]
            .map(|index| Some(Index { interval_too_coarse, ..index }));
        Comparison { indices: [a3, a4, nested, None, None, None, None, m3, m4, o3, o4] }
    }

    /// Profile `pobm` alone, at a [`Threshold`] or any [`Depth`] that a study may choose: `found` is given its
    /// desaturations and groups.
    ///
    /// # Example
    /// ```
    /// use oxicore::{Recording, Threshold};
    ///
    /// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n")?;
    /// let rate = night.pobm(Threshold::Three, &mut |_| ());
    /// assert_eq!(
    ///     rate.index(Threshold::Three).to_string(),
    ///     "no index (under 10 min) (pobm, 3 %, 0 events in 8 s of recording, unfiltered, algorithm revision 2)",
    /// );
    /// # Ok::<(), oxicore::ParseError>(())
    /// ```
    pub fn pobm(&self, depth: impl Into<Depth>, found: &mut impl FnMut(pobm::Found)) -> Rate {
        let mut groups = 0;
        let counted = |one| {
            groups += is_group(one);
            found(one);
        };
        let detector = pobm::Detector::new(depth.into(), self.interval());
        let mut alone = Alone { detector, found: counted, readings: 0 };
        self.samples().hand_to(&mut alone);
        alone.detector.finish(&mut alone.found);
        let read = held(alone.readings, self);
        Rate {
            count: groups,
            seconds: self.span().as_secs(),
            per_h: enough(groups, self.span(), read),
            interval_too_coarse: self.notices().interval_too_coarse,
        }
    }
}

/// Events and their number per hour.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rate {
    /// Events.
    pub count: u32,
    /// What they are divided by, seconds.
    pub seconds: u32,
    /// Events per hour; `None` under 600 s, and where readings are too far apart.
    pub per_h: Option<f64>,
    /// [`Notices::interval_too_coarse`](crate::notices::Notices::interval_too_coarse): there is no index.
    pub interval_too_coarse: bool,
}

impl Rate {
    /// The same as an index of profile `pobm`.
    #[must_use]
    pub const fn index(&self, threshold: Threshold) -> Index {
        Index {
            profile: Profile::Pobm,
            threshold,
            count: self.count,
            denominator: Profile::Pobm.denominator(),
            seconds: self.seconds,
            per_h: self.per_h,
            interval_too_coarse: self.interval_too_coarse,
            filter: None,
            aasm: None,
            algorithm_revision: ALGORITHM_REVISION,
        }
    }
}

/// Per hour; `None` where there is too little time, or SpO2.
fn enough(count: u32, over: Span, read: Span) -> Option<f64> {
    per_hour(count, over.as_secs()).filter(|_| over.min(read) >= MIN_VALID)
}

struct Alone<F> {
    detector: pobm::Detector,
    found: F,
    readings: u32,
}

/// How long this number of readings of SpO2 hold; not at all where they are too far apart for an index.
fn held(readings: u32, recording: &Recording<'_>) -> Span {
    let valid_s = readings.saturating_mul(recording.interval().as_secs());
    Span::from_secs(indexed_s(valid_s, &recording.notices()))
}

impl<F: FnMut(pobm::Found)> SampleSink for Alone<F> {
    fn sample(&mut self, sample: &Sample) {
        self.readings += u32::from(sample.spo2.is_some());
        self.detector.push(sample.at, sample.spo2, &mut self.found);
    }
}

const THRESHOLDS: [Threshold; 2] = [Threshold::Three, Threshold::Four];

/// Counts of a profile with its denominator. Over whatever it divides, it needs as much SpO2 as any index.
fn index(
    profile: Profile,
    threshold: Threshold,
    count: u32,
    (denominator, over): (Denominator, Span),
    read: Span,
) -> Index {
    let seconds = over.as_secs();
    Index {
        profile,
        threshold,
        count,
        denominator,
        seconds,
        per_h: enough(count, over, read),
        interval_too_coarse: false,
        filter: None,
        aasm: None,
        algorithm_revision: ALGORITHM_REVISION,
    }
}

/// A night without a reading has no drops, and an index over no time.
fn viatom(summary: &Summary, read: Span) -> [Index; 2] {
    let duration_s = summary.viatom.map_or(0, |report| report.duration_s);
    Threshold::each(|threshold| {
        let drops = summary.viatom.map_or(0, |report| match threshold {
            Threshold::Three => report.drops3,
            Threshold::Four => report.drops4,
        });
        index(Profile::Viatom, threshold, drops, (Denominator::Device, Span::from_secs(duration_s)), read)
    })
}

/// The machines beside the main analysis.
struct Others {
    filter_config: FilterConfig,
    filter: ArtifactFilter,
    pobm: [pobm::Detector; 2],
    groups: [u32; 2],
    mean120: [[mean120::Detector; 2]; 2],
    events: [[u32; 2]; 2],
}

impl Others {
    fn new(recording: &Recording<'_>, filter: &FilterConfig) -> Self {
        let interval = recording.interval();
        let mean120 = |config| Threshold::each(|t| mean120::Detector::new(t, interval, config));
        Self {
            filter_config: *filter,
            filter: ArtifactFilter::new(*filter, Some(recording.span())),
            pobm: Threshold::each(|threshold| pobm::Detector::new(threshold, interval)),
            groups: [0; 2],
            mean120: [mean120(mean120::Config::CHUNG), mean120(mean120::Config::O2RING_ANALYZER)],
            events: [[0; 2]; 2],
        }
    }

    fn push(&mut self, sample: &Sample) {
        for (detector, groups) in self.pobm.iter_mut().zip(&mut self.groups) {
            detector.push(sample.at, sample.spo2, &mut |found| *groups += is_group(found));
        }
        if let Some(spo2) = self.filter.push(sample).spo2 {
            self.each_mean120(|detector| detector.push(sample.at, spo2));
        }
    }

    fn finish(&mut self) {
        for (detector, groups) in self.pobm.iter_mut().zip(&mut self.groups) {
            detector.finish(&mut |found| *groups += is_group(found));
        }
        self.each_mean120(mean120::Detector::finish);
    }

    fn each_mean120(&mut self, mut step: impl FnMut(&mut mean120::Detector) -> Option<mean120::Event>) {
        let detectors = self.mean120.iter_mut().flatten();
        for (detector, count) in detectors.zip(self.events.iter_mut().flatten()) {
            *count += u32::from(step(detector).is_some());
        }
    }

    fn pobm(&self, length: Span, read: Span) -> [Index; 2] {
        let of = |which: usize| {
            let (threshold, groups) = (THRESHOLDS[which], self.groups[which]);
            index(Profile::Pobm, threshold, groups, (Denominator::Recording, length), read)
        };
        [of(0), of(1)]
    }

    fn mean120(&self, summary: &Summary) -> [[Index; 2]; 2] {
        let of = |which: usize, profile: Profile| {
            let filter = Some(self.filter_config);
            let valid = Span::from_secs(summary.quality.valid_s);
            let over = (Denominator::ValidSpo2, valid);
            let read = Span::from_secs(indexed_s(valid.as_secs(), &summary.notices));
            let index = |t: usize| Index {
                filter,
                ..index(profile, THRESHOLDS[t], self.events[which][t], over, read)
            };
            [index(0), index(1)]
        };
        [of(0, Profile::Mean120), of(1, Profile::Mean120Analyzer)]
    }
}

fn is_group(found: pobm::Found) -> u32 {
    u32::from(matches!(found, pobm::Found::Group(_)))
}
