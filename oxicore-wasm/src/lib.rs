//! The npm package `oxicore`: convert, call the core, convert back. No rule about a sample stands here.
#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

mod chart;
mod columns;
mod error;
mod given;
mod live;
mod nights;
mod options;
mod plain;
mod recording;
#[cfg(target_arch = "wasm32")]
mod runtime;

pub use error::ParseError;
pub use live::Live;
pub use nights::{compare_nights, night_statistics};
pub use recording::Recording;

/// What the generated declarations cannot say by themselves.
#[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../js/types.d.ts");

/// The shape of the stable JSON.
#[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
const ANALYSIS: &str = include_str!("../js/analysis.d.ts");
