//! One pass over a recording: filter, events of both thresholds, metrics, the vendor's counts.

mod analyzer;
mod at_depth;
mod desaturations;
mod live;
#[cfg(feature = "alloc")]
mod night;
mod readings;
#[cfg(feature = "alloc")]
mod supplement;
mod within;

use crate::desaturation::{Desaturation, Threshold};
use crate::error::BufferTooSmall;
use crate::options::AnalysisOptions;
use crate::recording::Recording;
use crate::summary::Summary;
use analyzer::feeding::Feeding;

pub(crate) use analyzer::Analyzer;
pub use analyzer::{ANALYSIS_BYTES, max_desaturations};
#[cfg(feature = "alloc")]
pub(crate) use at_depth::desaturations_heard;
pub(crate) use at_depth::each_accepted;
pub use at_depth::{desaturations_at, desaturations_within};
pub use desaturations::{Desaturations, desaturations};
pub use live::{LIVE_BYTES, Live, LiveError, LiveMemory, Prepared};
#[cfg(feature = "alloc")]
pub use night::{FoundDesaturations, NightAnalysis};
#[cfg(feature = "alloc")]
pub use supplement::Supplement;
pub use within::Within;

/// The numbers of a night and the list of its events.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Analysis<'s> {
    /// The numbers.
    pub summary: Summary,
    /// Every event of the listed threshold in order, counted or not.
    pub desaturations: &'s [Desaturation],
}

/// Analyses a night in one pass, in fixed memory ([`ANALYSIS_BYTES`]) beside the lent list of events.
///
/// # Errors
/// [`BufferTooSmall`] if `events` cannot hold all events; [`AnalysisOptions::max_desaturations`] entries always can.
///
/// # Example
/// ```
/// use oxicore::{AnalysisOptions, Desaturation, Recording, analysis::analyze};
///
/// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n")?;
/// let mut events = [Desaturation::EMPTY; 8];
/// let analysis = analyze(night, &AnalysisOptions::default(), &mut events)?;
/// assert_eq!(analysis.summary.quality.valid_s, 8);
/// assert_eq!(analysis.summary.aasm.odi3.per_h, None);   // eight seconds are too short for an index
/// assert!(analysis.desaturations.is_empty());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn analyze<'s>(
    recording: Recording<'_>,
    options: &AnalysisOptions,
    events: &'s mut [Desaturation],
) -> Result<Analysis<'s>, BufferTooSmall> {
    let given = events.len();
    let mut found = 0;
    let summary = run(recording, options, &mut |threshold, event| {
        if threshold != options.listed {
            return;
        }
        if let Some(slot) = events.get_mut(found) {
            *slot = event;
        }
        found += 1;
    });
    let too_small = BufferTooSmall { needed: options.max_desaturations(&recording), given };
    let desaturations = events.get(..found).ok_or(too_small)?;
    Ok(Analysis { summary, desaturations })
}

impl Recording<'_> {
    /// The numbers of the night alone, in fixed memory ([`ANALYSIS_BYTES`]).
    ///
    /// # Example
    /// ```
    /// use oxicore::{AnalysisOptions, Recording};
    ///
    /// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n")?;
    /// assert_eq!(night.summary(&AnalysisOptions::default()).quality.valid_s, 8);
    /// # Ok::<(), oxicore::ParseError>(())
    /// ```
    #[must_use]
    pub fn summary(&self, options: &AnalysisOptions) -> Summary {
        run(*self, options, &mut |_, _| ())
    }
}

impl Recording<'_> {
    /// The numbers of the night in fixed memory, and every event as it is found: `found` is given those of both thresholds,
    /// counted or not, in the order in which they ended.
    ///
    /// # Example
    /// ```
    /// use oxicore::{AnalysisOptions, Recording, Threshold};
    ///
    /// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n")?;
    /// let mut deepest_pct = 0;
    /// let summary = night.analyze_each(&AnalysisOptions::default(), &mut |threshold, event| {
    ///     if threshold == Threshold::Four {
    ///         deepest_pct = event.depth_pct().max(deepest_pct);
    ///     }
    /// });
    /// assert_eq!((summary.quality.valid_s, deepest_pct), (8, 0));
    /// # Ok::<(), oxicore::ParseError>(())
    /// ```
    pub fn analyze_each(
        &self,
        options: &AnalysisOptions,
        found: &mut dyn FnMut(Threshold, Desaturation),
    ) -> Summary {
        run(*self, options, found)
    }
}

pub(crate) fn run(
    recording: Recording<'_>,
    options: &AnalysisOptions,
    found: &mut dyn FnMut(Threshold, Desaturation),
) -> Summary {
    let mut analyzer = Analyzer::new(&recording, options);
    recording.samples().hand_to(&mut Feeding { analyzer: &mut analyzer, found });
    analyzer.finish(&recording, found)
}
