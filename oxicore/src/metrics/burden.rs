//! How much oxygen was missing: area of the desaturations. Definitions: docs/ALGORITHMS.md, "Burden".

/// Event-based burden of one threshold of profile `aasm`, baseline = peak of the event; counted events only.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Burden {
    /// Area of the counted events, percent times seconds.
    pub area_pct_s: u32,
    /// Hypoxic burden: area per hour of valid time, percent times minutes per hour.
    #[doc(alias = "hypoxic burden")]
    pub hypoxic_burden_pctmin_h: f64,
    /// Desaturation severity (Kulkas 2013): area over valid time, percent. Hypoxic burden is 60 times this.
    pub desaturation_severity_pct: f64,
}

impl Burden {
    /// From the summed area of the counted events and the valid time; `None` under 600 s of it.
    #[must_use]
    pub fn of(area_pct_s: u32, valid_s: u32) -> Option<Self> {
        if valid_s < super::MIN_VALID.as_secs() {
            return None;
        }
        let desaturation_severity_pct = f64::from(area_pct_s) / f64::from(valid_s);
        Some(Self {
            area_pct_s,
            hypoxic_burden_pctmin_h: 60.0 * desaturation_severity_pct,
            desaturation_severity_pct,
        })
    }
}
