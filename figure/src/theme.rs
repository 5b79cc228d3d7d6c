//! Colours of a picture: of paper, lines and marks by [`Theme`], of SpO2 levels by [`Levels`].
//!
//! The interactive chart of the browser takes them from constants that are made from this file.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::code::codes;
use crate::colour::{Colour, rgb};
pub use crate::levels::{LevelColour, Levels, STEPS_PCT};
use crate::levels::{ON_PAPER, steps};

/// What the picture is looked at on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// White paper, colours.
    #[default]
    Light,
    /// A dark screen.
    Dark,
    /// White paper, no colours: everything is known by shape, dash and how dark it is.
    Grey,
}

codes!(Theme { Light = "light", Dark = "dark", Grey = "grey" });

/// A theme, and colours of levels; without them the theme's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Look {
    /// What the picture is looked at on.
    pub theme: Theme,
    /// Colours of levels; `None` is [`Levels::Steps`] in the shades of the theme.
    pub levels: Option<Levels>,
}

/// Colours of everything in a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Colours {
    /// Ground of the picture.
    pub paper: Colour,
    /// Headings.
    pub ink: Colour,
    /// Names of panels.
    pub ink_soft: Colour,
    /// Labels.
    pub ink_faint: Colour,
    /// Lines of the grid.
    pub grid: Colour,
    /// Every second level of it.
    pub grid_strong: Colour,
    /// Ground of a lane.
    pub lane: Colour,
    /// Time in which nothing was read.
    pub gap: Colour,
    /// Pulse.
    pub pulse: Colour,
    /// Motion.
    pub motion: Colour,
    /// A desaturation in the ribbon.
    pub event: Colour,
    /// Below the range of the device.
    pub below_range: Colour,
    /// From onset to end of a desaturation, where a short window is shown.
    pub band: Colour,
    /// The upper and the lower threshold.
    pub thresholds: [Colour; 2],
    /// Colours of SpO2, from the lowest level up.
    pub levels: Vec<LevelColour>,
}

impl Colours {
    /// Of a look.
    #[must_use]
    pub fn of(look: Look) -> Self {
        let own = Self::of_theme(look.theme);
        Self { levels: look.levels.map_or(own.levels, Levels::colours), ..own }
    }

    /// The colour of a level, percent.
    #[must_use]
    pub fn level(&self, pct: u16) -> Colour {
        self.step(pct).map_or(self.ink, |level| level.colour)
    }

    /// The lowest level that has the colour of this one.
    pub(crate) fn level_from(&self, pct: u16) -> u8 {
        self.step(pct).map_or(0, |level| level.from_pct)
    }

    fn step(&self, pct: u16) -> Option<&LevelColour> {
        let above = self.levels.iter().rev().find(|level| u16::from(level.from_pct) <= pct);
        above.or_else(|| self.levels.first())
    }

    fn of_theme(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self::light(),
            Theme::Dark => Self::dark(),
            Theme::Grey => Self::grey(),
        }
    }

    fn light() -> Self {
        Self {
            paper: rgb(0xffffff),
            ink: rgb(0x14212a),
            ink_soft: rgb(0x43525b),
            ink_faint: rgb(0x5f6e77),
            grid: rgb(0xe6ecee),
            grid_strong: rgb(0xd3dde1),
            lane: rgb(0xeef3f5),
            gap: rgb(0xe4e9ec),
            pulse: rgb(0x47606f),
            motion: rgb(0x8d9ca5),
            event: rgb(0x21333e),
            below_range: rgb(0x6b1f9c),
            band: rgb(0x0b5f86).with_alpha(24),
            thresholds: [rgb(0xb5550a), rgb(0x8f0a3a)],
            levels: steps(ON_PAPER),
        }
    }

    fn dark() -> Self {
        Self {
            paper: rgb(0x162128),
            ink: rgb(0xe8eff2),
            ink_soft: rgb(0xb5c4cb),
            ink_faint: rgb(0x93a5ae),
            grid: rgb(0x22313a),
            grid_strong: rgb(0x2f4049),
            lane: rgb(0x1b2830),
            gap: rgb(0x293841),
            pulse: rgb(0x9fb4c0),
            motion: rgb(0x6d7f89),
            event: rgb(0xd5e0e5),
            below_range: rgb(0xc88bea),
            band: rgb(0x5db8df).with_alpha(30),
            thresholds: [rgb(0xe59a55), rgb(0xf0648f)],
            // The lower, the brighter: what stands out most is what matters most.
            levels: steps([0xe3c4f7, 0xf8a3bd, 0xf39c6e, 0xe0a13a, 0x7db455, 0x38a898]),
        }
    }

    fn grey() -> Self {
        Self {
            paper: rgb(0xffffff),
            ink: rgb(0x181818),
            ink_soft: rgb(0x4a4a4a),
            ink_faint: rgb(0x666666),
            grid: rgb(0xe8e8e8),
            grid_strong: rgb(0xd6d6d6),
            lane: rgb(0xf0f0f0),
            gap: rgb(0xe2e2e2),
            pulse: rgb(0x5a5a5a),
            motion: rgb(0x909090),
            event: rgb(0x6a6a6a),
            below_range: rgb(0x000000),
            band: rgb(0x000000).with_alpha(20),
            thresholds: [rgb(0x5a5a5a), rgb(0x202020)],
            levels: steps([0x000000, 0x2e2e2e, 0x494949, 0x616161, 0x797979, 0x909090]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From 95 % and above down to below 70 %.
    fn luminances(look: Look) -> Vec<f64> {
        let colours = Colours::of(look);
        [97, 92, 87, 82, 75, 65].map(|pct| colours.level(pct).luminance()).into()
    }

    #[test]
    fn a_lower_level_is_always_darker_on_paper_and_always_brighter_on_a_dark_screen() {
        let is_falling = |theme| {
            let shades = luminances(Look { theme, levels: None });
            shades.windows(2).map(|pair| pair[0] > pair[1]).collect::<Vec<_>>()
        };
        assert_eq!(is_falling(Theme::Light), [true; 5]);
        assert_eq!(is_falling(Theme::Grey), [true; 5]);
        assert_eq!(is_falling(Theme::Dark), [false; 5]);
    }

    #[test]
    fn every_level_stands_out_from_its_ground() {
        for theme in Theme::ALL {
            let colours = Colours::of(Look { theme, levels: None });
            let ground = colours.paper;
            let of_levels = colours.levels.iter().map(|level| level.colour);
            for colour in
                of_levels.chain([colours.event, colours.below_range, colours.pulse]).chain(colours.thresholds)
            {
                assert!(colour.contrast(ground) >= 3.0, "{theme}: {colour:?} {}", colour.contrast(ground));
            }
            for text in [colours.ink, colours.ink_soft, colours.ink_faint] {
                assert!(text.contrast(ground) >= 4.5, "{theme}: {text:?} {}", text.contrast(ground));
            }
        }
    }
}
