//! Ten times the nights, ten times the time.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use oxi_benches::night::{INTERVAL_S, RECORDS, archive, night};
use oxi_benches::ours::Memory;

/// A thousand nights are for `cargo xtask bench`, not for a test that runs everything once.
const NIGHTS: [u32; 3] = [1, 10, 100];

pub(crate) fn register(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("growth/oxicore");
    for nights in NIGHTS {
        let rows = (nights * RECORDS) as usize;
        let (file, mut memory) = (archive(&night(), nights * RECORDS, INTERVAL_S), Memory::for_rows(rows));
        group.throughput(Throughput::Elements(rows as u64));
        group.bench_function(format!("{nights} nights"), |bencher| {
            bencher.iter(|| assert_eq!(memory.read(black_box(&file)), Some(rows)));
        });
    }
    group.finish();
}
