//! What is computed of a night once, and kept: everything that pages, lists and pictures show.

use std::time::Duration;

use oxicore::desaturation::pobm::{self, Found, Group};
use oxicore::{
    AnalysisOptions, Desaturation, ParseError, Recording, Span, Summary, Threshold, compare::Comparison,
};
use serde::{Deserialize, Serialize};

use super::notices;
use super::reading::{EitherStart, Reading, Source};
use super::series::{self, Series};
use crate::rows::{self, Flags, Revisions, Signal, Strip};

/// How an analysis is laid out in its row; grows with every change of what is kept or how.
const LAYOUT: u32 = 5;

/// What the analyses of this program are made by.
pub(super) const REVISIONS: Revisions = Revisions {
    algorithm: oxicore::summary::ALGORITHM_REVISION,
    reader: oxicore::summary::READER_REVISION,
    layout: LAYOUT,
};

/// A night, analysed.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// Its numbers.
    pub figures: Figures,
    /// Its events.
    pub events: Events,
    /// What its pictures draw.
    pub series: Series,
    /// What a list draws.
    pub strip: Strip,
}

/// The numbers of a night at default options.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The numbers.
    pub summary: Summary,
    /// The index by every profile.
    pub comparison: Comparison,
    /// When the night began in either order of day and month, where the file does not tell which is right.
    pub either_start: Option<EitherStart>,
}

/// The events of every profile that lists them, those of 3 % before those of 4 %.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Events {
    /// By profile `aasm`, counted or not, in order.
    pub aasm: [Vec<Desaturation>; 2],
    /// By profile `pobm`.
    pub pobm: [Grouped; 2],
}

/// The events of profile `pobm`: desaturations, and the groups of them that count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grouped {
    /// Desaturations, in order.
    pub desaturations: Vec<pobm::Desaturation>,
    /// Groups, in order.
    pub groups: Vec<Group>,
}

/// Why a file was not analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is no recording.
    #[error(transparent)]
    Unreadable(ParseError),
    /// It spans more time than the platform takes in at once.
    #[error("the recording spans {} s, which is too long", .0.as_secs())]
    TooLong(Span),
}

impl Analysis {
    /// Reads and analyses a file. Takes a few milliseconds: call it where blocking is allowed.
    ///
    /// # Errors
    /// [`Unfit::Unreadable`] when the bytes are no recording, [`Unfit::TooLong`] when they span more than `longest`.
    pub fn of_file(bytes: &[u8], source: &Source, longest: Duration) -> Result<Self, Unfit> {
        let reading = Reading::of(bytes, source).map_err(Unfit::Unreadable)?;
        let recording = reading.recording;
        if u64::from(recording.span().as_secs()) > longest.as_secs() {
            return Err(Unfit::TooLong(recording.span()));
        }
        Ok(Self::of(reading))
    }

    fn of(Reading { recording, either_start }: Reading<'_>) -> Self {
        let night = recording.analyze(&AnalysisOptions::default());
        let comparison = recording.comparison(&night.summary);
        let pobm = [Threshold::Three, Threshold::Four].map(|threshold| Grouped::of(recording, threshold));
        let series = Series::of(recording, &night.desaturations3);
        Self {
            figures: Figures { summary: night.summary, comparison, either_start },
            events: Events { aasm: [night.desaturations3, night.desaturations4], pobm },
            series,
            strip: series::strip(recording),
        }
    }

    /// What the list shows of it.
    pub fn row(&self) -> rows::Figures {
        self.figures.row(self.strip.clone())
    }
}

impl Figures {
    /// What the list shows of them, with the strip of the same night.
    pub(super) fn row(&self, strip: Strip) -> rows::Figures {
        let summary = &self.summary;
        rows::Figures {
            starts_at: summary.recording.start_or_1970(),
            length: summary.recording.recording_s,
            odi3_per_h: summary.aasm.odi3.per_h,
            odi4_per_h: summary.aasm.odi4.per_h,
            below_90_pct: summary.spo2.as_ref().map(|spo2| spo2.below_90_pct),
            below_90_pct_with_below_range: summary
                .spo2
                .as_ref()
                .map(|spo2| spo2.below_90_pct_with_below_range),
            min_pct: summary.spo2.as_ref().map(|spo2| spo2.min_pct.as_pct()),
            signal: Some(Signal { valid_s: summary.quality.valid_s, valid_pct: summary.quality.valid_pct }),
            flags: Some(flags(summary)),
            strip: Some(strip),
            revisions: REVISIONS,
        }
    }
}

impl Grouped {
    fn of(recording: Recording<'_>, threshold: Threshold) -> Self {
        let mut found = Self::default();
        recording.pobm(threshold, &mut |one| match one {
            Found::Desaturation(one) => found.desaturations.push(one),
            Found::Group(group) => found.groups.push(group),
        });
        found
    }
}

fn flags(summary: &Summary) -> Flags {
    Flags {
        is_short: summary.quality.short_recording,
        is_below_range: summary.quality.below_range_readings > 0,
        has_notices: notices::of(&summary.notices).next().is_some(),
        is_cut: summary.notices.truncated_bytes > 0,
        is_too_coarse: summary.notices.interval_too_coarse,
    }
}
