//! A recording to as many columns as a picture has, to a line that keeps every event, and LTTB for comparison.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput};
use lttb::{DataPoint, lttb};
use oxi_benches::night::{RECORDS, csv, night};
use oxi_benches::ours;
use oxicore::chart::{Channel, LinePoint, Window, line_budget, line_into, reduce_into};
use oxicore::{AnalysisOptions, Recording};

const COLUMNS: usize = 1_000;

pub(crate) fn register(criterion: &mut Criterion) {
    let memory = ours::columns(&csv(&night())).unwrap();
    let recording = memory.night().unwrap();
    oxicore(criterion, recording);
    peer(criterion, recording);
}

fn oxicore(criterion: &mut Criterion, night: Recording<'_>) {
    let lowest: u16 = night.samples().filter_map(|sample| sample.spo2).min().unwrap().as_pct().into();
    let events = night.analyze(&AnalysisOptions::default()).desaturations3;
    let (mut columns, whole) = ([None; COLUMNS], Window::whole(&night));
    let mut points = vec![LinePoint::default(); line_budget(COLUMNS, events.len())];
    let mut group = criterion.benchmark_group("reduce/oxicore");
    group.throughput(Throughput::Elements(RECORDS.into()));
    group.bench_function("columns", |bencher| {
        bencher.iter(|| {
            let drawn = reduce_into(black_box(night), Channel::Spo2, whole, &mut columns);
            assert_eq!(drawn.iter().flatten().map(|column| column.min.value).min(), Some(lowest));
        });
    });
    group.bench_function("line with every event", |bencher| {
        bencher.iter(|| {
            let line = line_into(black_box(night), Channel::Spo2, whole, COLUMNS, &events, &mut points);
            assert_eq!(line.unwrap().iter().map(|point| point.value).min(), Some(lowest));
        });
    });
    group.finish();
}

fn peer(criterion: &mut Criterion, night: Recording<'_>) {
    let readings = night.samples().filter_map(|sample| Some((sample.at, sample.spo2?)));
    let points: Vec<DataPoint> =
        readings.map(|(at, spo2)| DataPoint::new(at.as_secs().into(), spo2.as_pct().into())).collect();
    let mut group = criterion.benchmark_group("reduce/peers");
    group.throughput(Throughput::Elements(RECORDS.into()));
    group.bench_function("lttb", |bencher| {
        let run = |points| assert_eq!(lttb(points, COLUMNS).len(), COLUMNS);
        bencher.iter_batched(|| points.clone(), run, BatchSize::SmallInput);
    });
    group.finish();
}
