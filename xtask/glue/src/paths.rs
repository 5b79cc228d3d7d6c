//! Takes the paths of sources out of a module, and other words: only a panic's message would show them, and paths tell where
//! it was built.

use std::collections::HashSet;

use walrus::{ConstExpr, Data, DataKind, Module, ir::Value};

/// How the compiler's, the registry's and the project's own paths begin.
const BEGINNINGS: [&[u8]; 4] = [b"/rustc/", b"oxicore/src/", b"oxicore-wasm/src/", b"/registry/src/"];
const END: &[u8] = b".rs";
/// More than any path is long.
const LONGEST: usize = 200;

/// Words of panics, and the digits in pairs that they write numbers with.
const WORDS: [&[u8]; 28] = [
    b"internal error: entered unreachable code: ",
    b"index out of bounds: the len is ",
    b" but the index is ",
    b"memory allocation of ",
    b" bytes failed",
    b"copy_from_slice: source slice length (",
    b") does not match destination slice length (",
    b"a Display implementation returned an error unexpectedly",
    b"attempt to join into collection with len > usize::MAX",
    b"assertion failed: ",
    b"mid > len",
    b"window size must be non-zero",
    b"closure invoked recursively or after being dropped",
    b"capacity overflow",
    b"slice index starts at ",
    b" but ends at ",
    b"range start index ",
    b"range end index ",
    b" out of range for slice of length ",
    b"dest is out of bounds",
    b"RefCell already mutably borrowed",
    b"RefCell already borrowed",
    b"bytes and layout were made from each other",
    b"these files were joined before",
    b"attempt to divide by zero",
    b"attempt to calculate the remainder with a divisor of zero",
    b"00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051",
    b"525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899",
];
/// A place in the source: where its path lies, how long that is, line and column.
const LOCATION: usize = 16;

/// Overwrites each with zeros; nothing moves.
pub(crate) fn wipe(module: &mut Module) {
    let segments: Vec<_> = module.data.iter().map(Data::id).collect();
    let mut paths = HashSet::new();
    for &segment in &segments {
        let data = module.data.get_mut(segment);
        let begin = address(data);
        for beginning in BEGINNINGS {
            paths.extend(
                wipe_from(&mut data.value, beginning)
                    .into_iter()
                    .map(|(at, len)| [begin + at as u32, len as u32]),
            );
        }
        WORDS.iter().for_each(|words| wipe_words(&mut data.value, words));
    }
    for segment in segments {
        wipe_locations(&mut module.data.get_mut(segment).value, &paths);
    }
}

fn address(data: &Data) -> u32 {
    match data.kind {
        DataKind::Active { offset: ConstExpr::Value(Value::I32(begin)), .. } => begin.cast_unsigned(),
        _ => 0,
    }
}

fn wipe_words(bytes: &mut [u8], words: &[u8]) {
    while let Some(at) = find(bytes, words) {
        bytes[at..at + words.len()].fill(0);
    }
}

fn wipe_locations(bytes: &mut [u8], paths: &HashSet<[u32; 2]>) {
    let word =
        |bytes: &[u8], at: usize| bytes[at..].first_chunk().map_or(0, |word| u32::from_le_bytes(*word));
    for at in (0..bytes.len().saturating_sub(LOCATION - 1)).step_by(4) {
        if paths.contains(&[word(bytes, at), word(bytes, at + 4)]) {
            bytes[at..at + LOCATION].fill(0);
        }
    }
}

/// Where it wiped, and how much.
fn wipe_from(bytes: &mut [u8], beginning: &[u8]) -> Vec<(usize, usize)> {
    let mut wiped = Vec::new();
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], beginning) {
        let start = at + found;
        let reach = bytes.len().min(start + LONGEST);
        at = start + beginning.len();
        let Some(length) = find(&bytes[start..reach], END) else { continue };
        let end = start + length + END.len();
        // A registry lies in somebody's home: the folders before it go too.
        let start = if beginning == b"/registry/src/" { home(bytes, start) } else { start };
        bytes[start..end].fill(0);
        wiped.push((start, end - start));
    }
    wiped
}

/// Where the absolute path that leads to `at` begins.
fn home(bytes: &[u8], at: usize) -> usize {
    let is_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-".contains(byte);
    let run = bytes[..at].iter().rev().take(LONGEST).take_while(|byte| is_path(byte)).count();
    bytes[at - run..at].iter().position(|&byte| byte == b'/').map_or(at, |slash| at - run + slash)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|part| part == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wiped(text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for beginning in BEGINNINGS {
            wipe_from(&mut bytes, beginning);
        }
        String::from_utf8(bytes).unwrap().replace('\0', "")
    }

    #[test]
    fn paths_go_and_the_words_around_them_stay() {
        assert_eq!(wiped("start of data/rustc/5980/library/core/src/str.rsmonth"), "start of datamonth");
        assert_eq!(wiped("1: oxicore/src/format/edf.rsoxicore-wasm/src/recording.rs: 2"), "1: : 2");
    }

    #[test]
    fn a_registry_goes_with_the_home_it_lies_in() {
        assert_eq!(
            wiped("pct /home/somebody/.cargo/registry/src/index-1/nom-8.0.0/src/traits.rspm"),
            "pct pm"
        );
    }

    #[test]
    fn a_location_goes_with_its_path_and_other_numbers_stay() {
        let numbers = |numbers: [u32; 5]| numbers.map(u32::to_le_bytes).concat();
        let mut bytes = numbers([7, 1_024, 9, 33, 5]);
        wipe_locations(&mut bytes, &HashSet::from([[1_024, 9]]));
        assert_eq!(bytes, numbers([7, 0, 0, 0, 0]));
        wipe_locations(&mut bytes, &HashSet::from([[7, 9]]));
        assert_eq!(bytes, numbers([7, 0, 0, 0, 0]));
    }

    #[test]
    fn what_is_no_path_stays() {
        assert_eq!(wiped("/rustc/ without an end"), "/rustc/ without an end");
    }
}
