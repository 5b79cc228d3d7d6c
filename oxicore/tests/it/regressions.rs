//! Every file that once broke a promise: found by fuzzing, kept in `fuzz/regressions`.

use std::fs;
use std::path::Path;

use oxicore::testing::fuzz_parse;

#[test]
fn what_once_broke_a_promise_keeps_it_now() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/regressions/parse");
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty());
    for file in files {
        fuzz_parse(&fs::read(file).unwrap());
    }
}
