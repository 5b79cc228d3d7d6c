//! The samples as typed arrays: a missing reading has validity 0, and its value means nothing.

use alloc::vec::Vec;

use js_sys::{Uint8Array, Uint16Array, Uint32Array};
use oxicore::{PulseRate, Span, Spo2, columns::SampleColumns, units::Motion};
use wasm_bindgen::prelude::*;

use crate::plain::object;

pub(crate) fn to_js(columns: &SampleColumns) -> JsValue {
    let at: Vec<u32> = columns.at.iter().copied().map(Span::as_secs).collect();
    object([
        ("time", Uint32Array::from(at.as_slice()).into()),
        ("spo2", bytes(&columns.spo2, Spo2::as_pct)),
        ("spo2_valid", validity(&columns.spo2)),
        ("pulse", Uint16Array::from(values(&columns.pulse, PulseRate::as_bpm).as_slice()).into()),
        ("pulse_valid", validity(&columns.pulse)),
        ("motion", bytes(&columns.motion, Motion::as_raw)),
        ("motion_valid", validity(&columns.motion)),
    ])
}

fn bytes<T: Copy>(readings: &[Option<T>], value: impl Fn(T) -> u8) -> JsValue {
    Uint8Array::from(values(readings, value).as_slice()).into()
}

fn values<T: Copy, V: Default>(readings: &[Option<T>], value: impl Fn(T) -> V) -> Vec<V> {
    readings.iter().map(|reading| reading.map_or_else(V::default, &value)).collect()
}

fn validity<T>(readings: &[Option<T>]) -> JsValue {
    let valid: Vec<u8> = readings.iter().map(|reading| reading.is_some().into()).collect();
    Uint8Array::from(valid.as_slice()).into()
}
