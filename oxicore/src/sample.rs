//! One record of a recording.

use crate::units::{Motion, PulseRate, Span, Spo2};
use crate::with::with;

/// One record of the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Sample {
    /// Time since the first record.
    pub at: Span,
    /// Oxygen saturation; `None` when the device gave no reading.
    pub spo2: Option<Spo2>,
    /// Pulse rate; fails independently of SpO2.
    pub pulse: Option<PulseRate>,
    /// Movement; `None` when the file has no such column.
    pub motion: Option<Motion>,
    /// Whether the device vibrated.
    pub alarms: Alarms,
}

impl Sample {
    /// A record of a device without motion and alarms.
    ///
    /// # Example
    /// ```
    /// use oxicore::{PulseRate, Sample, Span, Spo2};
    ///
    /// let sample = Sample::new(Span::from_secs(4), Spo2::from_device(96), PulseRate::from_device(255));
    /// assert_eq!((sample.spo2.map(Spo2::as_pct), sample.pulse), (Some(96), None));
    /// ```
    #[must_use]
    pub const fn new(at: Span, spo2: Option<Spo2>, pulse: Option<PulseRate>) -> Self {
        Self { at, spo2, pulse, motion: None, alarms: Alarms { spo2: false, pulse: false } }
    }

    /// Whether the device gave any reading.
    #[must_use]
    pub const fn has_reading(&self) -> bool {
        self.spo2.is_some() || self.pulse.is_some() || self.motion.is_some()
    }
}

with!(Sample { with_motion(motion: Option<Motion>), with_alarms(alarms: Alarms) });

/// Alarms the device gave at a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Alarms {
    /// For low SpO2; also for a cause the file does not tell (texts with one vibration column for both).
    pub spo2: bool,
    /// For pulse out of range.
    pub pulse: bool,
}
