//! Bytes to a recording, and once over its samples.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use oxi_benches::night::{RECORDS, csv, legacy, night};
use oxicore::Recording;

pub(crate) fn register(criterion: &mut Criterion) {
    let night = night();
    let files = [("csv", csv(&night)), ("legacy", legacy(&night))];
    let mut group = criterion.benchmark_group("parse");
    for (name, file) in &files {
        group.throughput(Throughput::Bytes(file.len() as u64));
        group.bench_function(*name, |bencher| {
            bencher.iter(|| {
                let recording = Recording::parse(black_box(file)).unwrap();
                assert_eq!(recording.len(), RECORDS as usize);
                recording
            });
        });
    }
    group.throughput(Throughput::Elements(RECORDS.into()));
    for (name, file) in &files {
        let recording = Recording::parse(file).unwrap();
        let readings = night.iter().filter(|reading| reading.spo2.is_some()).count();
        group.bench_function(format!("samples of {name}"), |bencher| {
            bencher.iter(|| {
                let counted = black_box(recording).samples().filter(|sample| sample.spo2.is_some()).count();
                assert_eq!(counted, readings);
            });
        });
    }
    group.finish();
}
