//! A recording to its numbers and events, in lent memory.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use oxi_benches::night::{RECORDS, legacy, night};
use oxicore::{AnalysisOptions, Recording, analyze, analyze_vec};

pub(crate) fn register(criterion: &mut Criterion) {
    let file = legacy(&night());
    let recording = Recording::parse(&file).unwrap();
    let options = AnalysisOptions::default();
    let (expected, mut events) = analyze_vec(recording, &options);
    let mut group = criterion.benchmark_group("analyze");
    group.throughput(Throughput::Elements(RECORDS.into()));
    events.resize(oxicore::max_desaturations(&recording), events[0]);
    group.bench_function("night", |bencher| {
        bencher.iter(|| {
            let analysis = analyze(black_box(recording), &options, &mut events).unwrap();
            assert_eq!(analysis.summary.aasm, expected.aasm);
        });
    });
    group.finish();
}
