//! Where the first lowest and the first highest of many readings are, sixteen at a time: plain loops over fixed widths
//! that every compiler turns into the machine's wide instructions.

use crate::units::Spo2;

/// Readings taken at once.
const LANES: usize = 16;
/// Readings whose place fits into one byte, a whole number of lanes; 255 is "not here".
const BLOCK: usize = 15 * LANES;
type Lanes = [u8; LANES];
const NOT_HERE: u8 = u8::MAX;
/// Places of the first readings.
const FIRST: [u8; LANES] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// Places of the first lowest and the first highest reading; `None` if one is missing, or all are.
pub(super) fn extremes(spo2: &[Option<Spo2>]) -> Option<(usize, usize)> {
    if spo2.len() < LANES { extremes_of_few(spo2) } else { extremes_of_many(spo2) }
}

#[inline(never)] // So that few readings do not pay for its room.
fn extremes_of_many(spo2: &[Option<Spo2>]) -> Option<(usize, usize)> {
    let last = spo2.len().checked_sub(LANES)?;
    let block = |from: usize| spo2.get(from..spo2.len().min(from + BLOCK)).unwrap_or_default();
    let ((mut low, mut low_from), (mut high, mut high_from)) = ((u8::MAX, 0), (0, 0));
    // A last block too short for all lanes begins earlier: what is looked at twice is not found twice.
    for from in (0..spo2.len()).step_by(BLOCK).map(|from| from.min(last)) {
        let (lowest, highest) = levels(block(from));
        if lowest < low {
            (low, low_from) = (lowest, from);
        }
        if highest > high {
            (high, high_from) = (highest, from);
        }
    }
    let place = |level, from| from + place_of(level, block(from));
    (low > 0).then(|| (place(low, low_from), place(high, high_from)))
}

/// The same for fewer readings than lanes: level and place as one number.
fn extremes_of_few(readings: &[Option<Spo2>]) -> Option<(usize, usize)> {
    let (low, high) = readings.iter().zip(0_i16..).fold((i16::MAX, 0), |(low, high), (&reading, place)| {
        let level = i16::from(level(reading)) << 8;
        (low.min(level | place), high.max(level | (LANES as i16 - place)))
    });
    let place = |low: i16| usize::from(low as u8);
    (low >> 8 > 0 && high > 0).then(|| (place(low), LANES - place(high)))
}

/// Lowest and highest level, a missing reading being 0.
#[inline(never)] // By itself the loop becomes wide instructions; within its caller it does not always.
fn levels(readings: &[Option<Spo2>]) -> (u8, u8) {
    let Some(last) = readings.last_chunk::<LANES>() else { return (u8::MAX, 0) };
    let last = last.map(level);
    let (low, high) = readings.as_chunks().0.iter().fold((last, last), |(low, high), chunk| {
        let levels: Lanes = chunk.map(level);
        (lanes(low, levels, u8::min), lanes(high, levels, u8::max))
    });
    (low.into_iter().fold(u8::MAX, u8::min), high.into_iter().fold(0, u8::max))
}

/// The first place of a level that is among up to [`BLOCK`] readings.
#[inline(never)] // As above.
fn place_of(wanted: u8, readings: &[Option<Spo2>]) -> usize {
    let Some(last) = readings.last_chunk::<LANES>() else { return 0 };
    let look = |found: Lanes, chunk: &[Option<Spo2>; LANES], places: Lanes| {
        let mask = chunk.map(|reading| if level(reading) == wanted { 0 } else { NOT_HERE });
        lanes(found, lanes(mask, places, |mask, place| mask | place), u8::min)
    };
    let from = (readings.len() - LANES) as u8;
    let at_last = look([NOT_HERE; LANES], last, FIRST.map(|place| place.wrapping_add(from)));
    let chunks = readings.as_chunks().0.iter();
    let (found, _) = chunks.fold((at_last, FIRST), |(found, places), chunk| {
        (look(found, chunk, places), places.map(|place| place.wrapping_add(LANES as u8)))
    });
    found.into_iter().fold(NOT_HERE, u8::min).into()
}

/// One operation on each pair of lanes.
#[inline]
fn lanes(a: Lanes, b: Lanes, pick: impl Fn(u8, u8) -> u8) -> Lanes {
    core::array::from_fn(|lane| pick(a[lane], b[lane]))
}

/// A missing reading is 0; readings are at least 1.
fn level(reading: Option<Spo2>) -> u8 {
    reading.map_or(0, Spo2::as_pct)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    /// The slow twin.
    fn one_by_one(readings: &[Option<Spo2>]) -> Option<(usize, usize)> {
        let levels: Option<Vec<u8>> = readings.iter().map(|reading| reading.map(Spo2::as_pct)).collect();
        let levels = levels?;
        let place = |level: Option<&u8>| levels.iter().position(|other| Some(other) == level);
        place(levels.iter().min()).zip(place(levels.iter().max()))
    }

    #[test]
    fn the_first_lowest_and_the_first_highest_are_found_among_any_number_of_readings() {
        let step = if cfg!(miri) { 59 } else { 1 };
        for len in (0..600).step_by(step).chain([720, 1_000, if cfg!(miri) { 1_001 } else { 10_000 }]) {
            let pct = |i: u32| 60 + (i.wrapping_mul(2_654_435_761) >> 27);
            let readings: Vec<_> = (0..len).map(|i| Spo2::from_device(pct(i))).collect();
            assert_eq!(extremes(&readings), one_by_one(&readings), "{len} readings");
        }
    }

    #[test]
    fn a_single_low_or_high_reading_is_found_wherever_it_is() {
        let step = if cfg!(miri) { 37 } else { 1 };
        for len in [1, 15, 16, 17, 60, 239, 240, 241, 255, 256, 500] {
            for (at, pct) in (0..len).step_by(step).flat_map(|at| [(at, 61), (at, 100)]) {
                let mut readings = std::vec![Spo2::from_device(95); len];
                readings[at] = Spo2::from_device(pct);
                assert_eq!(extremes(&readings), one_by_one(&readings), "{pct} % at {at} of {len}");
            }
        }
    }

    #[test]
    fn nothing_is_found_where_a_reading_is_missing() {
        for (len, at) in [(1, 0), (40, 39), (300, 0), (300, 250)] {
            let mut readings = std::vec![Spo2::from_device(95); len];
            readings[at] = None;
            assert_eq!(extremes(&readings), None);
        }
        assert_eq!(extremes(&[]), None);
    }
}
