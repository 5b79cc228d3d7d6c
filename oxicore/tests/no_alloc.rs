//! Reading, analysing and writing a night asks the allocator for nothing, whatever the format.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its own data must fail")]

use std::fs;
use std::path::Path;

use oxicore::{
    AnalysisOptions, Desaturation, ParseOptions, Recording,
    analysis::{analyze, desaturations},
    export,
    join::{Join, join},
};

/// Names and bytes of all fixtures, and of one that only its folder tells.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let is_recording = |path: &Path| path.is_file() && path.extension().is_none_or(|e| e != "py");
    let name = |path: &Path| path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
    files
        .filter(|path| is_recording(path))
        .chain([folder.join("28/host/1767394770000.dat")])
        .map(|path| (name(&path), fs::read(&path).unwrap()))
        .collect()
}

/// How often the allocator was asked while `work` ran.
fn allocations(work: impl FnOnce()) -> u64 {
    allocation_counter::measure(work).count_total
}

#[test]
fn no_format_allocates_while_it_is_parsed_and_read() {
    for (name, file) in fixtures() {
        let mut formats = None;
        let count = allocations(|| {
            let Ok(night) = Recording::parse_with(&file, &ParseOptions::default().with_file_name(&name))
            else {
                return;
            };
            let sum = night.samples().filter_map(|s| s.spo2).map(|v| u64::from(v.as_pct())).sum::<u64>();
            formats = Some((night.format(), sum));
        });
        assert_eq!(count, 0, "{name}");
        assert!(formats.is_some() || name.contains("header_only"), "{name} was not read");
    }
}

#[test]
fn nothing_is_allocated_by_analysing_joining_and_writing_into_lent_memory() {
    let mut lent = vec![0; 1 << 20];
    for (name, file) in fixtures() {
        let Ok(night) = Recording::parse_with(&file, &ParseOptions::default().with_file_name(&name)) else {
            continue;
        };
        let mut events = [Desaturation::EMPTY; 400];
        let count = allocations(|| {
            desaturations(night, &AnalysisOptions::default(), &mut events).unwrap();
            let analysis = analyze(night, &AnalysisOptions::default(), &mut events).unwrap();
            let mut memory = export::Memory::new(&mut lent);
            export::csv(night, &mut memory).unwrap();
            memory.finish().unwrap();
            let mut memory = export::Memory::new(&mut lent);
            export::edf(night, analysis.desaturations, export::Gaps::Left, &mut memory).unwrap();
            memory.finish().unwrap();
            assert!(matches!(join(&mut [night, night]), Join::Longer(_) | Join::Apart(_)));
        });
        assert_eq!(count, 0, "{name}");
    }
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| drop(std::hint::black_box(vec![1_u8; 10]))), 1);
}
