//! Shapes that the trait does not know.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::scene::Clock;

/// An upright box in units of the backend.
#[derive(Clone, Copy, Debug)]
pub(super) struct Box {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
}

impl Box {
    pub(super) const fn shrunk(self, by: i32) -> Self {
        Self {
            left: self.left.saturating_add(by),
            top: self.top.saturating_add(by),
            right: self.right.saturating_sub(by),
            bottom: self.bottom.saturating_sub(by),
        }
    }
}

/// Ends of the dashes between two places.
pub(super) fn dashes(from: i32, to: i32, (drawn, left_out): (i32, i32)) -> impl Iterator<Item = (i32, i32)> {
    let step = usize::try_from(drawn.saturating_add(left_out)).unwrap_or(1).max(1);
    (from..to).step_by(step).map(move |start| (start, start.saturating_add(drawn).min(to)))
}

/// A line as it is drawn: from close by in steps.
pub(super) fn shape<'l>(line: &'l [(u32, u16)], clock: &Clock) -> Cow<'l, [(u32, u16)]> {
    if clock.is_close { Cow::Owned(steps(line, clock.interval_s)) } else { Cow::Borrowed(line) }
}

/// Each reading held until the next one, the last one for as long as a record is.
fn steps(line: &[(u32, u16)], interval_s: u32) -> Vec<(u32, u16)> {
    let next = line.iter().skip(1).map(|&(at, _)| at).map(Some).chain([None]);
    let held = line.iter().zip(next).flat_map(|(&(at, value), next)| {
        let until = next.unwrap_or_else(|| at.saturating_add(interval_s));
        [(at, value), (until, value)]
    });
    held.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_held_until_the_next() {
        assert_eq!(steps(&[(0, 96), (4, 95)], 4), [(0, 96), (4, 96), (4, 95), (8, 95)]);
    }

    #[test]
    fn dashes_end_where_the_line_ends() {
        assert_eq!(dashes(0, 25, (7, 4)).collect::<Vec<_>>(), [(0, 7), (11, 18), (22, 25)]);
        assert_eq!(dashes(5, 5, (7, 4)).count(), 0);
    }
}
