//! Points of a picture as typed arrays.

use alloc::vec::Vec;

use js_sys::{Uint8Array, Uint16Array, Uint32Array};
use oxicore::chart::{Column, LinePoint, Point};
use wasm_bindgen::prelude::*;

use crate::plain::object;

/// A reduced channel, one entry a time column; a column without a reading has `valid` 0.
pub(crate) fn reduced(columns: &[Option<Column>]) -> JsValue {
    object([
        ("first_s", times(columns, |column| column.first)),
        ("first", values(columns, |column| column.first)),
        ("min_s", times(columns, |column| column.min)),
        ("min", values(columns, |column| column.min)),
        ("max_s", times(columns, |column| column.max)),
        ("max", values(columns, |column| column.max)),
        ("last_s", times(columns, |column| column.last)),
        ("last", values(columns, |column| column.last)),
        ("valid", Uint32Array::new(&numbers(columns, &|column| column.valid)).into()),
        ("gap_before", Uint8Array::new(&numbers(columns, &|column| column.gap_before.into())).into()),
    ])
}

/// A line, one entry a point.
pub(crate) fn line(points: &[LinePoint]) -> JsValue {
    let at: Vec<u32> = points.iter().map(|point| point.at.as_secs()).collect();
    let value: Vec<u16> = points.iter().map(|point| point.value).collect();
    let segment: Vec<u32> = points.iter().map(|point| point.segment).collect();
    object([
        ("at_s", Uint32Array::from(at.as_slice()).into()),
        ("value", Uint16Array::from(value.as_slice()).into()),
        ("segment", Uint32Array::from(segment.as_slice()).into()),
    ])
}

fn times(columns: &[Option<Column>], point: fn(&Column) -> Point) -> JsValue {
    Uint32Array::new(&numbers(columns, &|column| point(column).at.as_secs())).into()
}

fn values(columns: &[Option<Column>], point: fn(&Column) -> Point) -> JsValue {
    Uint16Array::new(&numbers(columns, &|column| point(column).value.into())).into()
}

/// An array of 32 bits, of which the narrower ones are made: one code for all of them.
fn numbers(columns: &[Option<Column>], number: &dyn Fn(&Column) -> u32) -> JsValue {
    let numbers: Vec<u32> = columns.iter().map(|column| column.as_ref().map_or(0, number)).collect();
    Uint32Array::from(numbers.as_slice()).into()
}
