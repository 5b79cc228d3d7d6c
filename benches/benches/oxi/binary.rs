//! Records of five bytes to columns, a view of them, and a loop that only copies.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use oxi_benches::night::{RECORDS, legacy, night};
use oxi_benches::ours::{self, Memory};
use oxi_benches::peers::copies;
use oxi_benches::rows::Rows;
use oxicore::Recording;

const ROWS: usize = RECORDS as usize;

pub(crate) fn register(criterion: &mut Criterion) {
    let file = legacy(&night());
    let (mut memory, mut rows) = (Memory::for_rows(ROWS), Rows::with_capacity(ROWS));
    let mut group = criterion.benchmark_group("binary/oxicore");
    group.throughput(Throughput::Elements(RECORDS.into()));
    group.bench_function("columns", |bencher| {
        bencher.iter(|| assert_eq!(memory.read(black_box(&file)), Some(ROWS)));
    });
    group.bench_function("samples of a view", |bencher| {
        bencher.iter(|| {
            ours::fill(Recording::parse(black_box(&file)).unwrap(), &mut rows);
            assert_eq!(rows.len(), ROWS);
        });
    });
    group.finish();
    let mut group = criterion.benchmark_group("binary/peers");
    group.throughput(Throughput::Elements(RECORDS.into()));
    group.bench_function("plain copy loop", |bencher| {
        bencher.iter(|| {
            copies::binary_records(black_box(&file), &mut rows);
            assert_eq!(rows.len(), ROWS);
        });
    });
    group.finish();
}
