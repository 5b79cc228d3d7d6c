//! A recording to its numbers and events, in lent memory.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use oxi_benches::night::{RECORDS, csv, legacy, night};
use oxi_benches::ours;
use oxicore::{AnalysisOptions, NightAnalysis, Recording, analysis::analyze};

pub(crate) fn register(criterion: &mut Criterion) {
    let (text, binary) = (csv(&night()), legacy(&night()));
    let memory = ours::columns(&text).unwrap();
    let nights = [
        ("columns", memory.night().unwrap()),
        ("text", Recording::parse(&text).unwrap()),
        ("binary", Recording::parse(&binary).unwrap()),
    ];
    let options = AnalysisOptions::default();
    let mut group = criterion.benchmark_group("analyze/oxicore");
    group.throughput(Throughput::Elements(RECORDS.into()));
    for (name, recording) in nights {
        let NightAnalysis { summary: expected, desaturations3: mut events, .. } = recording.analyze(&options);
        events.resize(oxicore::analysis::max_desaturations(&recording), events[0]);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let analysis = analyze(black_box(recording), &options, &mut events).unwrap();
                assert_eq!(analysis.summary.aasm, expected.aasm);
            });
        });
    }
    group.finish();
}
