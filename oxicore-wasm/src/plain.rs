//! Plain JavaScript values.

mod serializer;

use serde::Serialize;
use serializer::Fields;
use wasm_bindgen::prelude::*;

/// What `JSON.parse` would make of the value's JSON: objects, arrays, numbers, strings, `null`.
pub(crate) fn to_js<T: Serialize>(value: &T) -> JsValue {
    match value.serialize(serializer::ToJs) {
        Ok(made) => made,
    }
}

/// An object with these fields, in this order.
pub(crate) fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Fields::new();
    for (name, value) in fields {
        object.set(name, value);
    }
    object.into()
}
