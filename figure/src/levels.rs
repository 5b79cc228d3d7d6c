//! Colours of SpO2 levels.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::code::codes;
use crate::colour::{Colour, rgb};

/// Colours of levels to choose from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Levels {
    /// Six steps; the lower, the darker, so that print in grey shows them too.
    #[default]
    Steps,
    /// Violet and red when low, through orange and yellow, to dark green when high.
    Gradient,
    /// Red up to 90 %, green above.
    Simple,
    /// Red, orange and green.
    ThreeZones,
    /// Red below 90 %, yellow, green from 96 % on.
    Medical,
    /// From red to blue.
    BlueRed,
    /// From black to grey.
    Grayscale,
}

codes!(Levels {
    Steps = "steps",
    Gradient = "gradient",
    Simple = "simple",
    ThreeZones = "three-zones",
    Medical = "medical",
    BlueRed = "blue-red",
    Grayscale = "grayscale",
});

/// A colour, and the lowest level that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LevelColour {
    /// Whole percent; the one before ends half a percent below.
    pub from_pct: u8,
    /// Up to the next.
    pub colour: Colour,
}

/// Lowest level of each of the six steps, percent, from the lowest step up.
pub const STEPS_PCT: [u8; 6] = [0, 70, 80, 85, 90, 95];

/// Share of the way from 75 % to 99 %, and the colour there; below and above, the end colours go on.
type Stop = (f64, u32);

/// Where the colours of stops begin and end, percent.
const STOPS_PCT: (f64, f64) = (75.0, 99.0);

const GRADIENT: &[Stop] = &[
    (0.0, 0x6a0dad),
    (0.21, 0xc42557),
    (0.42, 0xd62728),
    (0.58, 0xff7f0e),
    (0.63, 0xffb900),
    (0.71, 0xf0d40a),
    (0.79, 0xb8d627),
    (0.83, 0x2ca02c),
    (0.875, 0x1e8a34),
    (0.96, 0x0f652a),
    (1.0, 0x004d21),
];
const BLUE_RED: &[Stop] = &[(0.0, 0xff0000), (1.0, 0x0000ff)];
/// Dark where low, and never so pale that paper swallows it.
const GRAYSCALE: &[Stop] = &[(0.0, 0x000000), (1.0, 0x767676)];

impl Levels {
    /// The colours, from the lowest level up.
    #[must_use]
    pub fn colours(self) -> Vec<LevelColour> {
        match self {
            Self::Steps => steps(ON_PAPER),
            Self::Gradient => along(GRADIENT),
            Self::Simple => zones(&[(0, 0xd62728), (91, 0x2ca02c)]),
            Self::ThreeZones => zones(&[(0, 0xdc143c), (85, 0xff8c00), (93, 0x32cd32)]),
            Self::Medical => zones(&[(0, 0xff0000), (90, 0xffd700), (96, 0x00c853)]),
            Self::BlueRed => along(BLUE_RED),
            Self::Grayscale => along(GRAYSCALE),
        }
    }
}

/// The six steps on white paper.
pub(crate) const ON_PAPER: [u32; 6] = [0x43115f, 0x8f0a3a, 0xbd3f06, 0xb06f00, 0x5b8f3a, 0x2a9d8f];

/// Six steps, from the lowest up.
pub(crate) fn steps(colours: [u32; 6]) -> Vec<LevelColour> {
    let steps = STEPS_PCT.into_iter().zip(colours);
    steps.map(|(from_pct, colour)| LevelColour { from_pct, colour: rgb(colour) }).collect()
}

fn zones(zones: &[(u8, u32)]) -> Vec<LevelColour> {
    zones.iter().map(|&(from_pct, colour)| LevelColour { from_pct, colour: rgb(colour) }).collect()
}

/// A colour for each whole percent of a scale of stops.
fn along(stops: &[Stop]) -> Vec<LevelColour> {
    let (low, high) = STOPS_PCT;
    let share = |pct: u8| ((f64::from(pct) - low) / (high - low)).clamp(0.0, 1.0);
    let lowest = low as u8;
    let colour = |pct: u8| LevelColour {
        from_pct: if pct == lowest { 0 } else { pct },
        colour: between(stops, share(pct)),
    };
    (lowest..=high as u8).map(colour).collect()
}

fn between(stops: &[Stop], share: f64) -> Colour {
    let pairs = stops.iter().zip(stops.iter().skip(1));
    let mut around = pairs.filter(|(_, next)| share <= next.0);
    around
        .next()
        .map_or(rgb(0), |(from, to)| rgb(from.1).mixed(rgb(to.1), (share - from.0) / (to.0 - from.0)))
}

#[cfg(test)]
mod tests {
    use std::prelude::v1::*;

    use super::*;

    fn level(levels: Levels, pct: u8) -> String {
        let colours = levels.colours();
        colours.iter().rfind(|level| level.from_pct <= pct).unwrap().colour.hex()
    }

    #[test]
    fn the_ends_of_a_scale_go_on_below_and_above() {
        assert_eq!([60, 75].map(|pct| level(Levels::Gradient, pct)), ["#6a0dad", "#6a0dad"]);
        assert_eq!([99, 100].map(|pct| level(Levels::Gradient, pct)), ["#004d21", "#004d21"]);
    }

    #[test]
    fn a_reading_on_a_boundary_belongs_to_the_upper_zone() {
        assert_eq!([89, 90].map(|pct| level(Levels::Medical, pct)), ["#ff0000", "#ffd700"]);
        assert_eq!([69, 70].map(|pct| level(Levels::Steps, pct)), ["#43115f", "#8f0a3a"]);
    }

    #[test]
    fn every_choice_has_a_word_of_its_own_and_is_found_by_it() {
        assert!(Levels::ALL.into_iter().all(|levels| levels.code().parse() == Ok(levels)));
        let refused = "bright".parse::<Levels>().unwrap_err().to_string();
        assert_eq!(
            refused,
            "unknown choice, use one of: steps gradient simple three-zones medical blue-red grayscale"
        );
    }
}
