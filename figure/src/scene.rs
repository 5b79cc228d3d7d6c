//! The description of a picture: plain data, before anything paints it.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use crate::axis::{Scale, Tick};
use crate::layout::Frame;
use crate::theme::Colours;

pub use crate::text::{Anchor, Ink, Text, Weight};

/// A picture, to be painted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scene {
    /// The picture in words.
    pub title: String,
    /// Width and height, pixels.
    pub sheet: (u32, u32),
    /// Of everything.
    pub colours: Colours,
    /// The axis of all panels.
    pub clock: Clock,
    /// SpO2, percent.
    pub spo2: Panel,
    /// Levels with a dashed line across the panel, percent, the upper first.
    pub thresholds_pct: [u16; 2],
    /// Time in which nothing was read: from, to, seconds since the first record.
    pub gaps_s: Vec<(u32, u32)>,
    /// Readings below the range of the device; `None` without any.
    pub below_range: Option<Lane>,
    /// Desaturations.
    pub ribbon: Ribbon,
    /// Beats per minute.
    pub pulse: Panel,
    /// Motion, a bar a column; `None` where the device gave none.
    pub motion: Option<Panel>,
    /// Samples of colours and marks.
    pub samples: Vec<Sample>,
    /// Every word and number.
    pub texts: Vec<Text>,
}

/// The time that a picture shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// Seconds since the first record.
    pub from_s: u32,
    /// Seconds since the first record.
    pub to_s: u32,
    /// Time between records, seconds.
    pub interval_s: u32,
    /// Left and right edge of the panels, pixels.
    pub edges: (u32, u32),
    /// Labels, and lines across all panels.
    pub ticks: Vec<Tick>,
    /// An hour or less: readings are steps, desaturations have bands and nadirs dots.
    pub is_close: bool,
}

/// Values over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Panel {
    /// Where it stands.
    pub frame: Frame,
    /// Its values.
    pub scale: Scale,
    /// Unbroken stretches of seconds since the first record, and value.
    pub lines: Vec<Vec<(u32, u16)>>,
}

/// Stretches of time under the SpO2 panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lane {
    /// Where it stands.
    pub frame: Frame,
    /// From, to, seconds since the first record.
    pub stretches_s: Vec<(u32, u32)>,
}

/// Desaturations, each a mark from onset to end, the deeper the longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ribbon {
    /// Where it stands.
    pub frame: Frame,
    /// In order.
    pub marks: Vec<Mark>,
}

/// A desaturation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Seconds since the first record.
    pub onset_s: u32,
    /// Seconds since the first record.
    pub nadir_s: u32,
    /// Seconds since the first record.
    pub end_s: u32,
    /// Lowest reading, percent.
    pub nadir_pct: u8,
    /// Percentage points below the peak.
    pub depth_pct: u8,
    /// In the index: filled. Else outlined.
    pub counted: bool,
    /// Has the colour of readings below the range of the device.
    pub below_range: bool,
}

/// A sample of a mark beside its meaning: left, top, right, bottom in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sample {
    /// Left, top, right, bottom, pixels.
    pub frame: (u32, u32, u32, u32),
    /// Of what.
    pub of: Sampled,
}

/// What is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sampled {
    /// Levels from the first to below the second, percent.
    Levels(u8, u8),
    /// A desaturation in the index.
    Counted,
    /// One beside the index.
    Uncounted,
    /// Below the range of the device.
    BelowRange,
    /// Nothing was read.
    Gap,
}

impl Clock {
    /// Tenths of a pixel from the left edge of the sheet; what lies outside stands on the edge.
    pub(crate) fn x(&self, at_s: u32) -> i32 {
        let (left, right) = self.edges;
        let within =
            u64::from(at_s.clamp(self.from_s, self.to_s.max(self.from_s)).saturating_sub(self.from_s));
        let length = u64::from(self.to_s.saturating_sub(self.from_s)).max(1);
        let width = u64::from(right.saturating_sub(left)).saturating_mul(10);
        let across = within.saturating_mul(width).div_euclid(length);
        i32::try_from(u64::from(left).saturating_mul(10).saturating_add(across)).unwrap_or(i32::MAX)
    }
}

impl Panel {
    /// Tenths of a pixel from the top of the sheet, of a value given in halves.
    pub(crate) fn y_of_halves(&self, halves: u32) -> i32 {
        let (low, high) =
            (u32::from(self.scale.low).saturating_mul(2), u32::from(self.scale.high).saturating_mul(2));
        let below_top = high.saturating_sub(halves.clamp(low, high.max(low)));
        let height = self.frame.bottom.saturating_sub(self.frame.top).saturating_mul(10);
        let down = below_top.saturating_mul(height).div_euclid(high.saturating_sub(low).max(1));
        i32::try_from(self.frame.top.saturating_mul(10).saturating_add(down)).unwrap_or(i32::MAX)
    }

    /// Tenths of a pixel from the top of the sheet.
    pub(crate) fn y(&self, value: u16) -> i32 {
        self.y_of_halves(u32::from(value).saturating_mul(2))
    }
}
