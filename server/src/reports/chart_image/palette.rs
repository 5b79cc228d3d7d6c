//! Colours of the night picture: the same as the interactive chart's (`web/src/chart/theme/`), so that
//! the two can be laid beside each other.

use plotters::style::RGBColor;

pub(super) const INK: RGBColor = RGBColor(28, 36, 48);
pub(super) const MUTED: RGBColor = RGBColor(61, 72, 86);
pub(super) const GRID: RGBColor = RGBColor(227, 231, 236);
pub(super) const FRAME: RGBColor = RGBColor(150, 159, 172);
pub(super) const COUNTED: RGBColor = RGBColor(247, 226, 204);
pub(super) const UNCOUNTED: RGBColor = RGBColor(221, 224, 229);
pub(super) const BELOW_RANGE: RGBColor = RGBColor(122, 12, 91);
pub(super) const PULSE: RGBColor = RGBColor(179, 54, 47);
pub(super) const MOTION: RGBColor = RGBColor(74, 103, 133);

/// Levels with a reference line, in percent, and its colour.
pub(super) const THRESHOLDS: [(u16, RGBColor); 2] = [(90, RGBColor(138, 75, 0)), (88, RGBColor(163, 15, 31))];

/// Share of the way from 75 % to 99 % and the colour there; beyond, the end colours go on.
const STOPS: [(f64, RGBColor); 11] = [
    (0.0, RGBColor(106, 13, 173)),
    (0.21, RGBColor(196, 37, 87)),
    (0.42, RGBColor(214, 39, 40)),
    (0.58, RGBColor(255, 127, 14)),
    (0.63, RGBColor(255, 185, 0)),
    (0.71, RGBColor(240, 212, 10)),
    (0.79, RGBColor(184, 214, 39)),
    (0.83, RGBColor(44, 160, 44)),
    (0.875, RGBColor(30, 138, 52)),
    (0.96, RGBColor(15, 101, 42)),
    (1.0, RGBColor(0, 77, 33)),
];

/// The colour of an SpO2 level: violet and red when low, through orange and yellow, to dark green when high.
pub(super) fn level_color(pct: f64) -> RGBColor {
    let share = ((pct - 75.0) / 24.0).clamp(0.0, 1.0);
    let between = STOPS.windows(2).find_map(|pair| match pair {
        &[from, to] if share <= to.0 => Some(mixed(from.1, to.1, (share - from.0) / (to.0 - from.0))),
        _ => None,
    });
    between.unwrap_or(INK)
}

fn mixed(from: RGBColor, to: RGBColor, share: f64) -> RGBColor {
    let mix = |a: u8, b: u8| (f64::from(a) + share * (f64::from(b) - f64::from(a))).round() as u8;
    RGBColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_scale_go_on_below_and_above() {
        assert_eq!([60.0, 75.0].map(level_color), [RGBColor(106, 13, 173); 2]);
        assert_eq!([99.0, 100.0].map(level_color), [RGBColor(0, 77, 33); 2]);
    }

    #[test]
    fn low_levels_are_red_and_high_levels_green() {
        let (low, high) = (level_color(85.0), level_color(96.0));
        assert!(low.0 > 2 * low.1, "{low:?}");
        assert!(high.1 > 2 * high.0, "{high:?}");
    }
}
