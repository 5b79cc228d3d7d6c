//! From the core's results straight to JavaScript values: the shapes they have, and no other.
//!
//! The general-purpose crate for this is three times as large, and the package's size is what a phone downloads.

use core::fmt;

use js_sys::{Array, Object};
use serde::ser::{self, Impossible, Serialize, SerializeSeq, SerializeStruct, SerializeTuple};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// A plain object being filled.
    #[wasm_bindgen(extends = Object)]
    pub(crate) type Fields;

    #[wasm_bindgen(constructor, js_class = "Object")]
    pub(crate) fn new() -> Fields;

    #[wasm_bindgen(method, structural, indexing_setter)]
    pub(crate) fn set(this: &Fields, name: &str, value: JsValue);
}

/// Turns a value into what `JSON.parse` would make of its JSON.
pub(crate) struct ToJs;

/// There is no error: a shape that no result has stops the module, and the tests show every result.
#[derive(Debug)]
pub(crate) enum Never {}

type Made = Result<JsValue, Never>;
type NoShape = Impossible<JsValue, Never>;

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl core::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        unreachable!("no result refuses to be written")
    }
}

/// Numbers up to 32 bits; larger ones would not all be exact.
macro_rules! numbers {
    ($($method:ident: $number:ty),*) => {
        $(fn $method(self, value: $number) -> Made {
            Ok(JsValue::from_f64(value.into()))
        })*
    };
}

macro_rules! refused {
    ($($method:ident($($argument:ty),*) -> $made:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$made, Never> {
            unreachable!("no result has this shape")
        })*
    };
}

impl ser::Serializer for ToJs {
    type Ok = JsValue;
    type Error = Never;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = NoShape;
    type SerializeTupleVariant = NoShape;
    type SerializeMap = NoShape;
    type SerializeStruct = Fields;
    type SerializeStructVariant = NoShape;

    numbers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_f32: f32, serialize_f64: f64
    );

    refused! {
        serialize_i64(i64) -> JsValue;
        serialize_u64(u64) -> JsValue;
        serialize_char(char) -> JsValue;
        serialize_bytes(&[u8]) -> JsValue;
        serialize_unit_struct(&'static str) -> JsValue;
        serialize_tuple_struct(&'static str, usize) -> NoShape;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> NoShape;
        serialize_map(Option<usize>) -> NoShape;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> NoShape;
    }

    fn serialize_bool(self, value: bool) -> Made {
        Ok(value.into())
    }

    fn serialize_str(self, value: &str) -> Made {
        Ok(value.into())
    }

    fn serialize_none(self) -> Made {
        Ok(JsValue::NULL)
    }

    fn serialize_unit(self) -> Made {
        Ok(JsValue::NULL)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Made {
        Ok(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Made {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Made {
        unreachable!("no result has this shape")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List, Never> {
        Ok(List(Array::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<List, Never> {
        Ok(List(Array::new()))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields, Never> {
        Ok(Fields::new())
    }
}

/// An array being filled.
pub(crate) struct List(Array);

impl SerializeSeq for List {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.0.push(&value.serialize(ToJs)?);
        Ok(())
    }

    fn end(self) -> Made {
        Ok(self.0.into())
    }
}

impl SerializeTuple for List {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Made {
        SerializeSeq::end(self)
    }
}

impl SerializeStruct for Fields {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Never> {
        self.set(key, value.serialize(ToJs)?);
        Ok(())
    }

    fn end(self) -> Made {
        Ok(self.into())
    }
}
