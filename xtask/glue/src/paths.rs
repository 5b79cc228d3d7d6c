//! Takes the paths of sources out of a module: only a panic's message would show them, and they tell where it was built.

use walrus::{Data, Module};

/// How the compiler's, the registry's and the project's own paths begin.
const BEGINNINGS: [&[u8]; 4] = [b"/rustc/", b"oxicore/src/", b"oxicore-wasm/src/", b"/registry/src/"];
const END: &[u8] = b".rs";
/// More than any path is long.
const LONGEST: usize = 200;

/// Overwrites each path with zeros; nothing moves.
pub(crate) fn wipe(module: &mut Module) {
    let segments: Vec<_> = module.data.iter().map(Data::id).collect();
    for segment in segments {
        let bytes = &mut module.data.get_mut(segment).value;
        BEGINNINGS.iter().for_each(|beginning| wipe_from(bytes, beginning));
    }
}

fn wipe_from(bytes: &mut [u8], beginning: &[u8]) {
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
    }
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
        BEGINNINGS.iter().for_each(|beginning| wipe_from(&mut bytes, beginning));
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
    fn what_is_no_path_stays() {
        assert_eq!(wiped("/rustc/ without an end"), "/rustc/ without an end");
    }
}
