//! Analyses as methods of a recording, their events in vectors.

use alloc::vec;
use alloc::vec::Vec;

use super::at_depth::desaturations_at;
use super::desaturations::desaturations;
use super::run;
use super::within::{Within, run_within};
use crate::desaturation::{Depth, Desaturation, Threshold};
use crate::metrics::distribution::Spo2Distribution;
use crate::options::AnalysisOptions;
use crate::recording::Recording;
use crate::summary::{OdiCount, Summary};

/// The numbers of a night and its events by profile `aasm`, of both thresholds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NightAnalysis {
    /// The numbers.
    pub summary: Summary,
    /// Every event of 3 % and more in order, counted or not.
    pub desaturations3: Vec<Desaturation>,
    /// Every event of 4 % and more in order, counted or not.
    pub desaturations4: Vec<Desaturation>,
}

impl NightAnalysis {
    /// The events of one threshold.
    #[must_use]
    pub fn desaturations(&self, threshold: Threshold) -> &[Desaturation] {
        match threshold {
            Threshold::Three => &self.desaturations3,
            Threshold::Four => &self.desaturations4,
        }
    }

    /// The events of one threshold, kept.
    #[must_use]
    pub fn into_desaturations(self, threshold: Threshold) -> Vec<Desaturation> {
        match threshold {
            Threshold::Three => self.desaturations3,
            Threshold::Four => self.desaturations4,
        }
    }

    fn by(analyze: impl FnOnce(&mut dyn FnMut(Threshold, Desaturation)) -> Summary) -> Self {
        let (mut desaturations3, mut desaturations4) = (Vec::new(), Vec::new());
        let summary = analyze(&mut |threshold, event| match threshold {
            Threshold::Three => desaturations3.push(event),
            Threshold::Four => desaturations4.push(event),
        });
        Self { summary, desaturations3, desaturations4 }
    }
}

/// Hardly a night has more events: room for all that could be is made only for those.
const USUAL_EVENTS: usize = 1_024;

/// The events of one definition and their index.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FoundDesaturations {
    /// Their counts and index.
    pub odi: OdiCount,
    /// The accepted SpO2; `None` without any.
    pub spo2: Option<Spo2Distribution>,
    /// Every event in order, counted or not; their `pulse_rise` is not looked for.
    pub events: Vec<Desaturation>,
}

impl Recording<'_> {
    /// Analyses the night in one pass: the numbers and the events of both thresholds.
    ///
    /// # Example
    /// ```
    /// use oxicore::{AnalysisOptions, Recording};
    ///
    /// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n")?;
    /// let analysis = night.analyze(&AnalysisOptions::default());
    /// assert_eq!(analysis.summary.quality.valid_s, 8);
    /// assert!(analysis.desaturations3.is_empty());
    /// # Ok::<(), oxicore::ParseError>(())
    /// ```
    #[must_use]
    pub fn analyze(&self, options: &AnalysisOptions) -> NightAnalysis {
        NightAnalysis::by(|found| run(*self, options, found))
    }

    /// Analyses parts of the night, by the rules of [`summary_within`](Self::summary_within).
    #[must_use]
    pub fn analyze_within(&self, options: &AnalysisOptions, within: Within<'_>) -> NightAnalysis {
        NightAnalysis::by(|found| run_within(*self, options, within, found))
    }

    /// The desaturations of profile `aasm` of at least a depth, a [`Threshold`] or any [`Depth`] that a study may choose:
    /// in less than half of the time that [`analyze`](Self::analyze) takes. What the options say to list does not matter.
    ///
    /// # Example
    /// ```
    /// use oxicore::{AnalysisOptions, Recording, Threshold};
    ///
    /// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n")?;
    /// let found = night.desaturations(Threshold::Four, &AnalysisOptions::default());
    /// assert_eq!((found.odi.count, found.events.len()), (0, 0));
    /// # Ok::<(), oxicore::ParseError>(())
    /// ```
    #[must_use]
    pub fn desaturations(&self, depth: impl Into<Depth>, options: &AnalysisOptions) -> FoundDesaturations {
        let depth = depth.into();
        let printed = Threshold::ALL.into_iter().find(|&threshold| Depth::from(threshold) == depth);
        printed.and_then(|listed| self.of_threshold(listed, options)).unwrap_or_else(|| {
            let mut events = Vec::new();
            let (odi, spo2) = desaturations_at(*self, depth, options, &mut |event| events.push(event));
            FoundDesaturations { odi, spo2, events }
        })
    }

    /// Many samples at once.
    fn of_threshold(&self, listed: Threshold, options: &AnalysisOptions) -> Option<FoundDesaturations> {
        let options = AnalysisOptions { listed, ..*options };
        let most = options.max_desaturations(self);
        let rooms = [most.min(USUAL_EVENTS), most];
        rooms.into_iter().find_map(|room| self.with_room(room, &options))
    }

    fn with_room(&self, room: usize, options: &AnalysisOptions) -> Option<FoundDesaturations> {
        let mut events = vec![Desaturation::EMPTY; room];
        let found = desaturations(*self, options, &mut events).ok()?;
        let (odi, spo2, len) = (found.odi, found.spo2, found.events.len());
        events.truncate(len);
        Some(FoundDesaturations { odi, spo2, events })
    }
}
