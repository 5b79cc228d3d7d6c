//! A reduced channel as typed arrays, one entry a time column; a column without a reading has `valid` 0.

use alloc::vec::Vec;

use js_sys::{Uint8Array, Uint16Array, Uint32Array};
use oxicore::Span;
use oxicore::chart::{Column, Point};
use wasm_bindgen::prelude::*;

use crate::plain::object;

pub(crate) fn to_js(columns: &[Option<Column>]) -> JsValue {
    object([
        ("firstS", times(columns, |column| column.first)),
        ("first", values(columns, |column| column.first)),
        ("minS", times(columns, |column| column.min)),
        ("min", values(columns, |column| column.min)),
        ("maxS", times(columns, |column| column.max)),
        ("max", values(columns, |column| column.max)),
        ("lastS", times(columns, |column| column.last)),
        ("last", values(columns, |column| column.last)),
        ("valid", numbers(columns, |column| column.valid)),
        ("gapBefore", flags(columns)),
    ])
}

fn times(columns: &[Option<Column>], point: fn(&Column) -> Point) -> JsValue {
    let seconds = |column: &Column| Span::as_secs(point(column).at);
    let times: Vec<u32> = columns.iter().map(|column| column.as_ref().map_or(0, seconds)).collect();
    Uint32Array::from(times.as_slice()).into()
}

fn values(columns: &[Option<Column>], point: fn(&Column) -> Point) -> JsValue {
    let values: Vec<u16> =
        columns.iter().map(|column| column.as_ref().map_or(0, |column| point(column).value)).collect();
    Uint16Array::from(values.as_slice()).into()
}

fn numbers(columns: &[Option<Column>], number: fn(&Column) -> u32) -> JsValue {
    let numbers: Vec<u32> = columns.iter().map(|column| column.as_ref().map_or(0, number)).collect();
    Uint32Array::from(numbers.as_slice()).into()
}

fn flags(columns: &[Option<Column>]) -> JsValue {
    let flags: Vec<u8> =
        columns.iter().map(|column| column.as_ref().is_some_and(|column| column.gap_before).into()).collect();
    Uint8Array::from(flags.as_slice()).into()
}
