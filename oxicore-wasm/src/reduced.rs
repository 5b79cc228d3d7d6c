//! A reduced channel as typed arrays, one entry a time column; a column without a reading has `valid` 0.

use alloc::vec::Vec;

use js_sys::{Uint8Array, Uint16Array, Uint32Array};
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
        ("valid", Uint32Array::new(&numbers(columns, &|column| column.valid)).into()),
        ("gapBefore", Uint8Array::new(&numbers(columns, &|column| column.gap_before.into())).into()),
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
