//! Which event of one definition is which of another.

use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::event::Event;
use crate::units::Span;

/// Places in two lists of events.
pub(super) struct Matching {
    /// One of each that overlap, in order.
    pub(super) pairs: Vec<(usize, usize)>,
    pub(super) alone_a: Vec<usize>,
    pub(super) alone_b: Vec<usize>,
}

impl Matching {
    /// The longest overlap first (of equal ones the earliest), each event once: whatever is left over overlaps nothing, or
    /// events that are matched with others.
    pub(super) fn of(a: &[Event], b: &[Event]) -> Self {
        let mut overlaps = overlaps(a, b);
        overlaps.sort_by_key(|&(length, begin, ..)| (Reverse(length), begin));
        let (mut partners, mut is_free) = (vec![None; a.len()], vec![true; b.len()]);
        for (.., one, other) in overlaps {
            if let (Some(partner @ None), Some(is_free @ true)) =
                (partners.get_mut(one), is_free.get_mut(other))
            {
                (*partner, *is_free) = (Some(other), false);
            }
        }
        Self {
            pairs: (partners.iter().enumerate()).filter_map(|(one, &other)| Some((one, other?))).collect(),
            alone_a: places(partners.iter().map(Option::is_none)),
            alone_b: places(is_free),
        }
    }
}

/// All pairs that overlap, with how long they do, and from when on. Both lists are in order of their onsets.
fn overlaps(a: &[Event], b: &[Event]) -> Vec<(Span, Span, usize, usize)> {
    let mut found = Vec::new();
    let mut first = 0;
    for (place, one) in a.iter().enumerate() {
        while b.get(first).is_some_and(|other| other.end <= one.onset) {
            first += 1;
        }
        let near = b.iter().enumerate().skip(first).take_while(|(_, other)| other.onset < one.end);
        let lengths = near.map(|(at, other)| (one.overlap(other), one.onset.max(other.onset), place, at));
        found.extend(lengths.filter(|&(length, ..)| length > Span::ZERO));
    }
    found
}

fn places(is_alone: impl IntoIterator<Item = bool>) -> Vec<usize> {
    is_alone.into_iter().enumerate().filter_map(|(place, is_alone)| is_alone.then_some(place)).collect()
}
