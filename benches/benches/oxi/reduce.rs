//! A recording to as many columns as a picture has.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use oxi_benches::night::{RECORDS, legacy, night};
use oxicore::{
    Recording,
    chart::{Channel, Window, reduce_into},
};

const COLUMNS: usize = 1_000;

pub(crate) fn register(criterion: &mut Criterion) {
    let file = legacy(&night());
    let recording = Recording::parse(&file).unwrap();
    let lowest = recording.samples().filter_map(|sample| sample.spo2).min().unwrap();
    let mut columns = [None; COLUMNS];
    let mut group = criterion.benchmark_group("reduce");
    group.throughput(Throughput::Elements(RECORDS.into()));
    group.bench_function("spo2", |bencher| {
        bencher.iter(|| {
            let whole = Window::whole(&recording);
            let drawn = reduce_into(black_box(recording), Channel::Spo2, whole, &mut columns);
            let drawn_lowest = drawn.iter().flatten().map(|column| column.min.value).min();
            assert_eq!(drawn_lowest, Some(lowest.as_pct().into()));
        });
    });
    group.finish();
}
