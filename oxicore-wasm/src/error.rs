//! Errors as JavaScript classes.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/parse_error.js")]
extern "C" {
    /// The JavaScript class `ParseError`, a subclass of `Error`.
    #[wasm_bindgen(extends = js_sys::Error)]
    pub type ParseError;

    #[wasm_bindgen(constructor)]
    fn new(
        message: &str,
        code: &str,
        field: Option<&str>,
        line: Option<u32>,
        column: Option<u32>,
        offset: f64,
    ) -> ParseError;

    // Never called. Exporting the class by its type would declare it a second time for TypeScript, as unknown;
    // only a function's declaration can be left to js/types.d.ts.
    #[wasm_bindgen(js_name = ParseError, reexport = "ParseError", skip_typescript)]
    fn parse_error_class();
}

impl From<oxicore::ParseError> for ParseError {
    fn from(error: oxicore::ParseError) -> Self {
        let message = error.to_string();
        // A file offset stays far below 2^53, where `f64` is exact.
        Self::new(&message, error.code(), error.field(), error.line(), error.column(), error.offset() as f64)
    }
}
