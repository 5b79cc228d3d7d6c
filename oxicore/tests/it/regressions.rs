//! Every file that once broke a promise: found by fuzzing, kept in `fuzz/regressions`, one folder a target.

use std::fs;
use std::path::Path;

use oxicore::testing::{fuzz_fast_vs_general, fuzz_parse, fuzz_roundtrip};

#[test]
fn what_once_broke_a_promise_keeps_it_now() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/regressions");
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> =
        folders.flat_map(|f| fs::read_dir(f).unwrap()).map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty());
    for file in files {
        let bytes = fs::read(file).unwrap();
        fuzz_parse(&bytes);
        fuzz_fast_vs_general(&bytes);
        fuzz_roundtrip(&bytes);
    }
}
