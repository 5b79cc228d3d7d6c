//! One signal: where its values lie, and what they mean.

use crate::units::Rounding;

/// From stored values to whole units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    digital: (i32, i32),
    physical_us: (i64, i64),
}

/// How a value is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    /// One byte, told by `#1`; whether it has a sign is told by the digital range.
    One { is_signed: bool },
    /// Two bytes with a sign, as the standard has it.
    Two,
}

impl Width {
    /// Bytes of a value.
    pub(super) const fn bytes(self) -> usize {
        match self {
            Self::One { .. } => 1,
            Self::Two => 2,
        }
    }
}

/// Values of a signal in each data record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signal {
    begin: usize,
    samples: usize,
    width: Width,
    scale: Scale,
}

impl Scale {
    /// Both ranges, the physical one in millionths; `None` where stored values have no range. A range that begins with its
    /// highest value is the same line read from the other end.
    pub(super) fn new(digital: (i32, i32), physical_us: (i64, i64)) -> Option<Self> {
        match digital.0.cmp(&digital.1) {
            core::cmp::Ordering::Less => Some(Self { digital, physical_us }),
            core::cmp::Ordering::Equal => None,
            core::cmp::Ordering::Greater => {
                Some(Self { digital: (digital.1, digital.0), physical_us: (physical_us.1, physical_us.0) })
            }
        }
    }

    /// A range up to one and a half: not percent, not beats.
    pub(super) fn is_fraction(&self) -> bool {
        let (one, other) = self.physical_us;
        one.min(other) > -1_500_000 && one.max(other) <= 1_500_000
    }

    /// Whether no stored value is below zero.
    pub(super) const fn is_unsigned(&self) -> bool {
        self.digital.0 >= 0
    }

    /// Rounded to the nearest whole unit; `None` below zero and outside the stored range.
    fn whole(&self, stored: i32) -> Option<u32> {
        u32::try_from(self.micros(stored)?.wrapping_add(500_000).div_euclid(1_000_000)).ok()
    }

    /// Millionths of the unit; `None` outside the stored range. Limits of eight characters leave room in 64 bits for every
    /// range of stored values up to 80,000 wide.
    fn micros(&self, stored: i32) -> Option<i64> {
        let (from, to) = self.digital;
        if !(from..=to).contains(&stored) {
            return None;
        }
        let (low, high) = self.physical_us;
        let above = i64::from(stored).wrapping_sub(from.into());
        let range = i64::from(to).wrapping_sub(from.into());
        Some(high.wrapping_sub(low).checked_mul(above)?.checked_div_euclid(range)?.wrapping_add(low))
    }

    /// As it stands there, whole units and their fraction.
    fn exact(&self, stored: i32) -> f64 {
        let ((from, to), (low, high)) = (self.digital, self.physical_us);
        let share = (f64::from(stored) - f64::from(from)) / (f64::from(to) - f64::from(from));
        (low as f64 + (high as f64 - low as f64) * share) / 1e6
    }

    /// By how much a value that is stored more finely is rounded; `None` where the signal has none nearer to the whole unit.
    fn rounding(&self, stored: i32) -> Option<Rounding> {
        /// Of the divisions.
        const LOST_US: u64 = 2;
        let ((from, to), (low, high)) = (self.digital, self.physical_us);
        let micros = self.micros(stored)?;
        let off_us =
            micros.wrapping_sub(i64::from(self.whole(stored)?).wrapping_mul(1_000_000)).unsigned_abs();
        let range = u64::from(to.abs_diff(from));
        let step_us = high.abs_diff(low).checked_div(range)?;
        let is_finer = off_us.saturating_mul(2) > step_us.saturating_add(LOST_US);
        let rounding = || u32::try_from(off_us).ok().map(Rounding::from_millionths);
        is_finer.then(rounding).flatten()
    }
}

impl Signal {
    pub(super) const NONE: Self = Self {
        begin: 0,
        samples: 0,
        width: Width::Two,
        scale: Scale { digital: (0, 1), physical_us: (0, 0) },
    };

    pub(super) const fn new(begin: usize, samples: usize, width: Width, scale: Scale) -> Self {
        Self { begin, samples, width, scale }
    }

    /// Values in a data record.
    pub(super) const fn samples(&self) -> usize {
        self.samples
    }

    /// The value that holds so long after the begin of a data record. Records of EDF have up to 61,440 bytes; `None` where one
    /// has so many values and lasts so long that 64 bits do not hold the product.
    pub(super) fn value(&self, data: &[u8], offset_us: u64, duration_us: u64) -> Option<u32> {
        self.scale.whole(self.held(data, offset_us, duration_us)?)
    }

    /// The same with its fraction, and by how much it was rounded.
    pub(super) fn fine(
        &self,
        data: &[u8],
        offset_us: u64,
        duration_us: u64,
    ) -> Option<(f64, Option<Rounding>)> {
        let stored = self.held(data, offset_us, duration_us)?;
        Some((self.scale.exact(stored), self.scale.rounding(stored)))
    }

    fn held(&self, data: &[u8], offset_us: u64, duration_us: u64) -> Option<i32> {
        let passed = offset_us.checked_mul(u64::try_from(self.samples).ok()?)?;
        self.stored(data, usize::try_from(passed.checked_div(duration_us)?).ok()?)
    }

    /// One of the values of a data record.
    pub(super) fn nth(&self, data: &[u8], index: usize) -> Option<u32> {
        self.scale.whole(self.stored(data, index)?)
    }

    fn stored(&self, data: &[u8], index: usize) -> Option<i32> {
        let at = index.checked_mul(self.width.bytes())?.checked_add(self.begin)?;
        let stored = data.get(at..)?;
        Some(match self.width {
            Width::Two => i16::from_le_bytes(*stored.first_chunk()?).into(),
            Width::One { is_signed: true } => i8::from_le_bytes(*stored.first_chunk()?).into(),
            Width::One { is_signed: false } => i32::from(*stored.first()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_values_are_rounded_to_the_nearest_whole_unit() {
        let scale = Scale::new((-32_768, 32_767), (-1_000_000, 200_000_000)).unwrap();
        assert_eq!(scale.whole(-32_768), None);
        assert_eq!(scale.whole(32_767), Some(200));
        assert_eq!(scale.whole(0), Some(100));
        let narrow = Scale::new((0, 100), (0, 100_000_000)).unwrap();
        assert_eq!((narrow.whole(97), narrow.whole(101), narrow.whole(-1)), (Some(97), None, None));
        assert_eq!(Scale::new((5, 5), (0, 100_000_000)), None);
    }

    #[test]
    fn a_value_is_rounded_where_the_signal_has_one_nearer_to_the_whole_unit() {
        let tenths = Scale::new((0, 1_000), (0, 100_000_000)).unwrap();
        let rounding = |stored| tenths.rounding(stored).map(Rounding::as_pct);
        assert_eq!([953, 950, 945, 957].map(rounding), [Some(0.3), None, Some(0.5), Some(0.3)]);
        assert_eq!([953, 950].map(|stored| tenths.exact(stored)), [95.3, 95.0]);
        // Whole percents on a grid that does not meet them: the nearest value is none that was rounded.
        let wide = Scale::new((-32_768, 32_767), (0, 100_000_000)).unwrap();
        let nearest = |pct: i32| (pct * 65_535 + 50) / 100 - 32_768;
        assert!((1..=100).all(|pct| wide.rounding(nearest(pct)).is_none()));
        assert!(wide.rounding(nearest(95) + 9).is_some());
    }

    #[test]
    fn a_range_from_its_highest_value_down_is_the_same_line() {
        let gain_below_zero = Scale::new((0, 100), (100_000_000, 0)).unwrap();
        assert_eq!([3, 6, 100].map(|stored| gain_below_zero.whole(stored)), [Some(97), Some(94), Some(0)]);
        let both_turned = Scale::new((100, 0), (100_000_000, 0)).unwrap();
        assert_eq!([97, 94].map(|stored| both_turned.whole(stored)), [Some(97), Some(94)]);
        assert!(!gain_below_zero.is_fraction() && !both_turned.is_fraction());
        assert!(Scale::new((0, 100), (1_000_000, 0)).unwrap().is_fraction());
    }

    #[test]
    fn values_of_one_byte_have_a_sign_where_their_range_has_one() {
        let scale = Scale::new((0, 255), (0, 255_000_000)).unwrap();
        let signal = |is_signed| Signal::new(1, 2, Width::One { is_signed }, scale);
        assert_eq!(
            [0, 1, 2].map(|index| signal(false).nth(&[7, 94, 200], index)),
            [Some(94), Some(200), None]
        );
        assert_eq!(signal(true).nth(&[7, 94, 200], 1), None);
    }
}
