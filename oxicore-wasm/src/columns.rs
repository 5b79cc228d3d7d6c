//! The samples as typed arrays: a missing reading has validity 0, and its value means nothing.

use alloc::vec::Vec;

use js_sys::{Uint8Array, Uint16Array, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::plain::object;

pub(crate) fn to_js(columns: &oxicore::Columns) -> JsValue {
    object([
        ("atS", Uint32Array::from(columns.at_s.as_slice()).into()),
        ("spo2", bytes(&columns.spo2_pct)),
        ("spo2Valid", validity(&columns.spo2_pct)),
        ("pulse", Uint16Array::from(values(&columns.pulse_bpm).as_slice()).into()),
        ("pulseValid", validity(&columns.pulse_bpm)),
        ("motion", bytes(&columns.motion)),
        ("motionValid", validity(&columns.motion)),
    ])
}

fn bytes(readings: &[Option<u8>]) -> JsValue {
    Uint8Array::from(values(readings).as_slice()).into()
}

fn values<T: Copy + Default>(readings: &[Option<T>]) -> Vec<T> {
    readings.iter().map(|reading| reading.unwrap_or_default()).collect()
}

fn validity<T>(readings: &[Option<T>]) -> JsValue {
    let valid: Vec<u8> = readings.iter().map(|reading| reading.is_some().into()).collect();
    Uint8Array::from(valid.as_slice()).into()
}
