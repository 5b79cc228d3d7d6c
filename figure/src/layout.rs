//! Where everything stands on the sheet, in pixels.

use serde::Serialize;

/// Width and height of the sheet.
pub const SHEET: (u32, u32) = (1_280, 720);
/// Left and right edge of every panel.
pub(crate) const LEFT: u32 = 156;
pub(crate) const RIGHT: u32 = 1_216;
/// Time columns across a panel: a pixel each.
pub const COLUMNS: usize = (RIGHT - LEFT) as usize;
/// Size of the smallest type: 7 points where the sheet fills A4 between margins of 10 mm.
pub(crate) const SMALL: u32 = 17;
pub(crate) const TITLE: u32 = 22;
/// Left edge of names and headings, right edge of headings.
pub(crate) const MARGIN: u32 = 20;
pub(crate) const TITLE_Y: u32 = 26;
pub(crate) const NUMBERS_Y: u32 = 56;
pub(crate) const ROW: u32 = 23;
/// Labels of the clock, and of the day below them.
pub(crate) const CLOCK_Y: u32 = 622;
pub(crate) const DAY_Y: u32 = 644;
/// Rows of the level strip and of the legend.
pub(crate) const STRIP_Y: u32 = 674;
pub(crate) const LEGEND_Y: u32 = 702;

/// Top and bottom of a panel or lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// Upper edge.
    pub top: u32,
    /// Lower edge.
    pub bottom: u32,
}

impl Frame {
    pub(crate) const fn middle(self) -> u32 {
        u32::midpoint(self.top, self.bottom)
    }
}

/// Where the panels stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frames {
    pub(crate) spo2: Frame,
    pub(crate) below_range: Frame,
    pub(crate) ribbon: Frame,
    pub(crate) pulse: Frame,
    pub(crate) motion: Frame,
}

impl Frames {
    /// Of a night with readings of these kinds: what is missing leaves its place to its neighbour.
    pub(crate) const fn of(has_below_range: bool, has_motion: bool) -> Self {
        Self {
            spo2: Frame { top: 104, bottom: if has_below_range { 396 } else { 414 } },
            below_range: Frame { top: 401, bottom: 415 },
            ribbon: Frame { top: 422, bottom: 456 },
            pulse: Frame { top: 470, bottom: if has_motion { 560 } else { 606 } },
            motion: Frame { top: 570, bottom: 606 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_type_has_seven_points_on_a4() {
        const MM_PER_POINT: f64 = 25.4 / 72.0;
        let points_per_pixel = (210.0 - 2.0 * 10.0) / MM_PER_POINT / f64::from(SHEET.0);
        assert!(f64::from(SMALL) * points_per_pixel >= 7.0, "{}", f64::from(SMALL) * points_per_pixel);
    }
}
