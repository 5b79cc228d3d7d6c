//! A colour.

use alloc::format;
use alloc::string::String;

use plotters_backend::{BackendColor, BackendStyle};
use serde::{Serialize, Serializer};

/// Red, green, blue, and how much it covers: 255 for all. As text `#rrggbb`, or `#rrggbbaa` where something shows through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// 0 to 255.
    pub alpha: u8,
}

/// Of `0xrr_gg_bb`.
pub(crate) const fn rgb(hex: u32) -> Colour {
    let [_, r, g, b] = hex.to_be_bytes();
    Colour { rgb: [r, g, b], alpha: u8::MAX }
}

impl Colour {
    pub(crate) const fn with_alpha(self, alpha: u8) -> Self {
        Self { alpha, ..self }
    }

    /// As CSS and SVG write it.
    #[must_use]
    pub fn hex(self) -> String {
        let [r, g, b] = self.rgb;
        let alpha = if self.alpha == u8::MAX { String::new() } else { format!("{:02x}", self.alpha) };
        format!("#{r:02x}{g:02x}{b:02x}{alpha}")
    }

    /// So much of the way to another one.
    pub(crate) fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |(a, b): (u8, u8)| (f64::from(a) + share * (f64::from(b) - f64::from(a)) + 0.5) as u8;
        let [r, g, b] = self.rgb;
        let [r2, g2, b2] = other.rgb;
        Self { rgb: [(r, r2), (g, g2), (b, b2)].map(mix), alpha: self.alpha }
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.hex())
    }
}

impl BackendStyle for Colour {
    fn color(&self) -> BackendColor {
        let [r, g, b] = self.rgb;
        BackendColor { alpha: f64::from(self.alpha) / 255.0, rgb: (r, g, b) }
    }
}

#[cfg(test)]
impl Colour {
    /// Relative luminance of WCAG 2: 0 of black, 1 of white.
    pub(crate) fn luminance(self) -> f64 {
        let linear = self.rgb.map(|value| {
            let share = f64::from(value) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.212_6 * linear[0] + 0.715_2 * linear[1] + 0.072_2 * linear[2]
    }

    /// Contrast ratio of WCAG 2, 1 to 21.
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_written_as_styles_are() {
        assert_eq!(rgb(0x0b5f86).hex(), "#0b5f86");
        assert_eq!(rgb(0x0b5f86).with_alpha(24).hex(), "#0b5f8618");
        assert_eq!(rgb(0).mixed(rgb(0xffffff), 0.5).hex(), "#808080");
    }
}
