//! Records and events as C holds them.

/// The motion of a record of a device that has none.
pub const NO_MOTION: i16 = -1;

/// One record of the device.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Whole seconds since the first record, which is at 0.
    pub at_s: u32,
    /// Pulse, beats per minute; 0, 255, 511, 65535 and anything above 300 is no reading.
    pub pulse_bpm: u16,
    /// Movement, 0 to 255, no unit; `OXICORE_NO_MOTION` where the device has none.
    pub motion: i16,
    /// Oxygen saturation, whole percent; 0, 127, 255 and anything above 100 is no reading.
    pub spo2_pct: u8,
}

/// A number that need not be defined.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Number {
    /// The number; 0 where it is not known, which is no value of it.
    pub value: f64,
    /// Whether there is one.
    pub is_known: bool,
}

/// The event ended with resaturation.
pub const OUTCOME_COMPLETE: u8 = 0;
/// No resaturation within the longest duration.
pub const OUTCOME_SUSTAINED: u8 = 1;
/// The signal was lost for longer than the gap limit.
pub const OUTCOME_GAP: u8 = 2;
/// The recording ended, or ends here.
pub const OUTCOME_END: u8 = 3;

/// One desaturation. Times are whole seconds since the first record.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// Last record near the peak before the fall.
    pub onset_s: u32,
    /// First record at the lowest level.
    pub nadir_s: u32,
    /// The record that ended the event, not part of it.
    pub end_s: u32,
    /// Area between the peak level and the signal from onset to end, percent times seconds.
    pub area_pct_s: u32,
    /// Level the depth is measured from, percent.
    pub peak_pct: u8,
    /// Lowest level, percent.
    pub nadir_pct: u8,
    /// `OXICORE_OUTCOME_...`
    pub outcome: u8,
    /// Whether it enters the index.
    pub counted: bool,
    /// Whether SpO2 below the ring's range lies in it: depth and area are then lower bounds.
    pub below_range: bool,
    /// Whether `pulse_rise` is known.
    pub pulse_rise_is_known: bool,
    /// Whether a pulse rise of 6 beats per minute began between the nadir and 10 s after the end.
    pub pulse_rise: bool,
}
