//! What an event is: profile, depth and settings.

use core::fmt;

use crate::artifact::FilterConfig;
use crate::desaturation::{Depth, aasm, mean120};
use crate::index::{Profile, Rules};
use crate::options::AnalysisOptions;

/// A definition of desaturations; `Display` prints all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Definition {
    /// The profile.
    pub profile: Profile,
    /// Depth of a desaturation, percent; of `aasm-nested` how deep its events of 3 % are.
    #[cfg_attr(feature = "serde", serde(rename = "depth_pct"))]
    pub depth: Depth,
    /// Artifact filter before the detection; `None` where the profile uses unfiltered readings.
    pub filter: Option<FilterConfig>,
    /// Geometry of the events; only for profile `aasm` and its nested form.
    pub aasm: Option<aasm::Config>,
}

impl Definition {
    /// A profile and depth with those of the settings that concern the profile.
    #[must_use]
    pub fn new(profile: Profile, depth: impl Into<Depth>, options: &AnalysisOptions) -> Self {
        let is_aasm = matches!(profile, Profile::Aasm | Profile::AasmNested);
        let is_filtered = !matches!(profile, Profile::Viatom | Profile::Pobm);
        Self {
            profile,
            depth: depth.into(),
            filter: is_filtered.then_some(options.filter),
            aasm: is_aasm.then_some(options.aasm),
        }
    }

    /// The settings as an analysis has them.
    pub(super) fn options(&self) -> AnalysisOptions {
        AnalysisOptions::default()
            .with_filter(self.filter.unwrap_or_default())
            .with_aasm(self.aasm.unwrap_or_default())
    }

    /// Limits of profile `mean120`.
    pub(super) const fn mean120(&self) -> mean120::Config {
        match self.profile {
            Profile::Mean120Analyzer => mean120::Config::O2RING_ANALYZER,
            _ => mean120::Config::CHUNG,
        }
    }
}

impl fmt::Display for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} %", self.profile, self.depth.as_pct())?;
        match &self.filter {
            Some(filter) => write!(f, ", filter {}", Rules(filter))?,
            None => f.write_str(", unfiltered")?,
        }
        self.aasm.map_or(Ok(()), |config| write!(f, "{}", aasm::Changed(config)))
    }
}
