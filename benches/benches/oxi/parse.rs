//! Text to a recording and to columns, and the readers one writes with what is on the shelf.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use oxi_benches::night::{RECORDS, csv, night, unfriendly};
use oxi_benches::ours::{self, Memory};
use oxi_benches::peers::{READERS, copies};
use oxi_benches::rows::Rows;
use oxicore::Recording;

const ROWS: usize = RECORDS as usize;

pub(crate) fn register(criterion: &mut Criterion) {
    let files = [("night", csv(&night())), ("unfriendly", csv(&unfriendly()))];
    for (name, file) in &files {
        ours(criterion, name, file);
        peers(criterion, name, file);
    }
}

/// In bytes and in rows: the first for the disk, the second for the reader.
fn throughputs(file: &[u8]) -> [(&'static str, Throughput); 2] {
    [("bytes", Throughput::Bytes(file.len() as u64)), ("rows", Throughput::Elements(RECORDS.into()))]
}

fn ours(criterion: &mut Criterion, name: &str, file: &[u8]) {
    let mut group = criterion.benchmark_group(format!("parse/oxicore/{name}"));
    let mut memory = Memory::for_rows(ROWS);
    for (unit, throughput) in throughputs(file) {
        group.throughput(throughput);
        group.bench_function(format!("view, {unit}"), |bencher| {
            bencher.iter(|| assert_eq!(Recording::parse(black_box(file)).unwrap().len(), ROWS));
        });
        group.bench_function(format!("columns, {unit}"), |bencher| {
            bencher.iter(|| assert_eq!(memory.read(black_box(file)), Some(ROWS)));
        });
    }
    group.finish();
}

fn peers(criterion: &mut Criterion, name: &str, file: &[u8]) {
    let expected = ours::rows(file).unwrap();
    let mut group = criterion.benchmark_group(format!("parse/peers/{name}"));
    group.throughput(Throughput::Elements(RECORDS.into()));
    for (peer, read) in READERS {
        let mut rows = Rows::with_capacity(ROWS);
        group.bench_function(peer, |bencher| {
            bencher.iter(|| {
                read(black_box(file), &mut rows).unwrap();
                assert_eq!((rows.len(), rows.last()), (ROWS, expected.last()));
            });
        });
    }
    let mut copy = vec![0; file.len()];
    group.throughput(Throughput::Bytes(file.len() as u64));
    group.bench_function("memcpy", |bencher| {
        bencher.iter(|| {
            copies::memcpy(black_box(file), &mut copy);
            assert_eq!(copy.last(), file.last());
        });
    });
    group.finish();
}
