//! Puts functions that are alike beside each other: compression finds again only what is near.

use std::collections::{HashMap, HashSet};

use crate::failure::Failure;

/// Bytes that two functions have in common where they are alike.
const PIECE: usize = 6;
type Piece = [u8; PIECE];
/// A function is to be like these many before it.
const NEAR: usize = 12;

/// The module with a name for every function; in the order of these names each follows those that it is most like.
pub(super) fn named(module: &[u8]) -> Result<Vec<u8>, Failure> {
    let parts = Parts::of(module).ok_or_else(|| Failure::new("the WebAssembly module cannot be read"))?;
    let mut named = module.to_vec();
    let mut names = Vec::new();
    let mut places = vec![0; parts.bodies.len()];
    ordered(&parts.bodies).into_iter().enumerate().for_each(|(place, function)| places[function] = place);
    write_number(&mut names, places.len());
    for (function, place) in places.into_iter().enumerate() {
        write_number(&mut names, parts.imports + function);
        write_bytes(&mut names, format!("{place:06}").as_bytes());
    }
    let mut section = b"\x04name\x01".to_vec();
    write_bytes(&mut section, &names);
    named.push(CUSTOM);
    write_bytes(&mut named, &section);
    Ok(named)
}

const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const CODE: u8 = 10;

/// What of a module has to be known.
struct Parts<'m> {
    /// All of them functions, which come before the module's own.
    imports: usize,
    bodies: Vec<&'m [u8]>,
}

impl<'m> Parts<'m> {
    fn of(module: &'m [u8]) -> Option<Self> {
        let mut rest = module.get(8..)?;
        let mut parts = Self { imports: 0, bodies: Vec::new() };
        while let Some((&id, after)) = rest.split_first() {
            rest = after;
            let mut section = bytes(&mut rest)?;
            match id {
                IMPORTS => parts.imports = number(&mut section)?,
                CODE => {
                    let count = number(&mut section)?;
                    parts.bodies = (0..count).map(|_| bytes(&mut section)).collect::<Option<_>>()?;
                }
                _ => {}
            }
        }
        Some(parts)
    }
}

/// The longest first, then always the one most like the last few, for its length.
fn ordered(bodies: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<HashSet<Piece>> =
        bodies.iter().map(|body| body.array_windows().copied().collect()).collect();
    let weights = weights(&pieces);
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    left.sort_by_key(|&function| std::cmp::Reverse(bodies[function].len()));
    let mut order: Vec<usize> = left.drain(..left.len().min(1)).collect();
    while !left.is_empty() {
        let near: HashSet<&Piece> =
            order.iter().rev().take(NEAR).flat_map(|&function| &pieces[function]).collect();
        let likeness = |&function: &usize| {
            let common = pieces[function].iter().filter(|piece| near.contains(piece));
            let weight: u32 = common.filter_map(|piece| weights.get(piece)).sum();
            f64::from(weight) / (bodies[function].len() as f64 + 20.0).powf(0.7)
        };
        let likenesses: Vec<f64> = left.iter().map(likeness).collect();
        let best =
            (0..left.len()).rev().max_by(|&a, &b| likenesses[a].total_cmp(&likenesses[b])).unwrap_or(0);
        order.push(left.remove(best));
    }
    order
}

/// What a piece in common tells: the less, the more functions have it. One that a single function has tells nothing.
fn weights(pieces: &[HashSet<Piece>]) -> HashMap<Piece, u32> {
    let mut counts: HashMap<Piece, u32> = HashMap::new();
    for piece in pieces.iter().flatten() {
        *counts.entry(*piece).or_default() += 1;
    }
    counts.retain(|_, count| *count > 1);
    counts.values_mut().for_each(|count| *count = 1_000 / (count.ilog2() + 1));
    counts
}

fn bytes<'m>(rest: &mut &'m [u8]) -> Option<&'m [u8]> {
    let length = number(rest)?;
    let (bytes, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(bytes)
}

/// Seven bits a byte, the lowest first; the top bit says that more follow.
fn number(rest: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..usize::BITS).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn write_bytes(to: &mut Vec<u8>, bytes: &[u8]) {
    write_number(to, bytes.len());
    to.extend_from_slice(bytes);
}

fn write_number(to: &mut Vec<u8>, number: usize) {
    let mut left = number;
    while left >= 0x80 {
        to.push(left as u8 | 0x80);
        left >>= 7;
    }
    to.push(left as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_size_are_read_as_they_were_written() {
        for expected in [0, 1, 127, 128, 300, 16_383, 16_384, 4_000_000] {
            let mut written = Vec::new();
            write_number(&mut written, expected);
            assert_eq!(number(&mut written.as_slice()), Some(expected));
        }
        assert_eq!(number(&mut [0x80].as_slice()), None);
    }

    #[test]
    fn what_is_alike_stands_together_behind_the_longest() {
        let bodies: [&[u8]; 4] =
            [b"the quick brown fox", b"0123456789", b"a quick brown dog jumps", b"x0123456789"];
        assert_eq!(ordered(&bodies), [2, 0, 3, 1]);
    }

    #[test]
    fn every_function_of_a_module_gets_a_name() {
        let module = b"\0asm\x01\0\0\0\x0a\x07\x02\x02\0\x0b\x02\0\x0b";
        let named = named(module).unwrap();
        assert_eq!(named[..module.len()], module[..]);
        assert!(named.ends_with(b"\x04name\x01\x11\x02\0\x06000000\x01\x06000001"));
    }
}
