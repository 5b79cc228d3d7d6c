//! The highest or lowest reading of a moving window, at a constant cost a reading.
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::units::Span;

/// A reading that may become an extreme.
pub(crate) trait Candidate: Copy {
    /// When it was.
    fn at(&self) -> Span;

    /// Whether it stays an extreme beside a later one.
    fn outlasts(&self, later: &Self) -> bool;
}

/// The readings of a window that are more extreme than all later ones, oldest first: the first is the extreme.
///
/// Where there are more than `N` of them the oldest is forgotten.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extremes<T, const N: usize> {
    places: [T; N],
    len: usize,
}

impl<T: Candidate, const N: usize> Extremes<T, N> {
    /// Empty; `any` fills places not yet taken.
    pub(crate) const fn new(any: T) -> Self {
        Self { places: [any; N], len: 0 }
    }

    pub(crate) const fn clear(&mut self) {
        self.len = 0;
    }

    /// Forgets what is older than `span` or not more extreme than the new reading, then appends that.
    #[inline(always)]
    pub(crate) fn push(&mut self, new: T, span: Span) {
        self.push_held(new, new.at(), span);
    }

    /// The same for a reading that stayed as it is from `since` on; the window is that of then.
    #[inline(always)]
    pub(crate) fn push_held(&mut self, new: T, since: Span, span: Span) {
        while let Some(last) = self.len.checked_sub(1)
            && self.places.get(last).is_some_and(|last| !last.outlasts(&new))
        {
            self.len = last;
        }
        let is_old = |first: &T| since.since(first.at()) > span;
        while self.len == N || self.extreme().is_some_and(is_old) {
            self.forget_first();
        }
        if let Some(place) = self.places.get_mut(self.len) {
            *place = new;
            self.len = self.len.wrapping_add(1);
        }
    }

    /// Takes the newest back, and appends another in its place.
    pub(crate) fn replace_newest(&mut self, new: T) {
        if let Some(place) = self.len.checked_sub(1).and_then(|last| self.places.get_mut(last)) {
            *place = new;
        }
    }

    #[cold]
    fn forget_first(&mut self) {
        self.places.copy_within(1.., 0);
        self.len = self.len.saturating_sub(1);
    }

    /// The most extreme reading of the window; `None` when that is empty.
    #[inline]
    pub(crate) fn extreme(&self) -> Option<&T> {
        self.places.first().filter(|_| self.len > 0)
    }

    /// From the newest to the oldest.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = T> {
        self.places.iter().take(self.len).rev().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Low(u32, u8);

    impl Candidate for Low {
        fn at(&self) -> Span {
            Span::from_secs(self.0)
        }

        fn outlasts(&self, later: &Self) -> bool {
            self.1 < later.1
        }
    }

    #[test]
    fn the_extreme_is_the_lowest_of_the_window_however_long_the_series() {
        let values: Vec<u8> = (0..if cfg!(miri) { 100 } else { 2_000_u32 })
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 26) as u8)
            .collect();
        let mut extremes = Extremes::<Low, 16>::new(Low(0, 0));
        for (at, &value) in (0_u32..).zip(&values) {
            let window = values.iter().take(at as usize + 1).rev().take(16);
            extremes.push(Low(at, value), Span::from_secs(15));
            assert_eq!(extremes.extreme().map(|low| low.1), window.min().copied());
        }
    }

    #[test]
    fn what_is_cleared_is_forgotten() {
        let mut extremes = Extremes::<Low, 4>::new(Low(0, 0));
        extremes.push(Low(0, 1), Span::from_secs(9));
        assert_eq!(extremes.extreme(), Some(&Low(0, 1)));
        extremes.clear();
        assert_eq!(extremes.extreme(), None);
        extremes.push(Low(1, 5), Span::from_secs(9));
        extremes.push(Low(2, 7), Span::from_secs(9));
        assert_eq!(extremes.extreme(), Some(&Low(1, 5)));
        assert_eq!(extremes.newest_first().collect::<Vec<_>>(), [Low(2, 7), Low(1, 5)]);
    }
}
