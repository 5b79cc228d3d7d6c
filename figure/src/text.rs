//! A text on the sheet.

use alloc::string::String;

use serde::Serialize;

use crate::layout::SMALL;

/// A text, placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    /// The words.
    pub text: String,
    /// Pixels from the left.
    pub x: u32,
    /// Pixels from the top to the middle of its capital letters.
    pub y: u32,
    /// Which part of it stands at `x`.
    pub anchor: Anchor,
    /// Pixels.
    pub size: u32,
    /// How strong.
    pub weight: Weight,
    /// In which colour.
    pub ink: Ink,
}

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// How strong letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// For reading.
    Regular,
    /// For names.
    Bold,
}

/// Which colour of the theme letters have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ink {
    /// Headings.
    Strong,
    /// Names.
    Soft,
    /// Labels.
    Faint,
    /// The upper threshold.
    Upper,
    /// The lower threshold.
    Lower,
}

impl Text {
    /// A small label.
    pub(crate) const fn label(text: String, x: u32, y: u32, anchor: Anchor) -> Self {
        Self { text, x, y, anchor, size: SMALL, weight: Weight::Regular, ink: Ink::Faint }
    }
}
