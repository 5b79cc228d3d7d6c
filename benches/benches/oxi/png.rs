//! A night from its bytes to the bytes of its picture.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use oxi_benches::night::{csv, night};
use oxi_benches::picture;

pub(crate) fn register(criterion: &mut Criterion) {
    let file = csv(&night());
    let size = picture::png(&file).unwrap().len();
    let mut group = criterion.benchmark_group("png/oxicore");
    group.sample_size(10).throughput(Throughput::Bytes(file.len() as u64));
    group.bench_function("night", |bencher| {
        bencher.iter(|| assert_eq!(picture::png(black_box(&file)).unwrap().len(), size));
    });
    group.finish();
}
