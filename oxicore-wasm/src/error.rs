//! Errors as JavaScript classes.

use alloc::string::ToString;

use oxicore::join::Apart;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/host.js")]
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
        found: Option<&str>,
        expected: Option<&str>,
    ) -> ParseError;

    /// The JavaScript class `JoinError`, a subclass of `Error`.
    #[wasm_bindgen(extends = js_sys::Error)]
    pub type JoinError;

    #[wasm_bindgen(constructor)]
    fn new(message: &str, code: &str) -> JoinError;

    // Never called. Exporting a class by its type would declare it a second time for TypeScript, as unknown;
    // only a function's declaration can be left to js/types.d.ts.
    #[wasm_bindgen(js_name = ParseError, reexport = "ParseError", skip_typescript)]
    fn parse_error_class();
    #[wasm_bindgen(js_name = JoinError, reexport = "JoinError", skip_typescript)]
    fn join_error_class();
}

impl From<oxicore::ParseError> for ParseError {
    fn from(error: oxicore::ParseError) -> Self {
        let message = error.to_string();
        // A file offset stays far below 2^53, where `f64` is exact.
        let offset = error.offset() as f64;
        let (line, column) = (error.line(), error.column());
        Self::new(
            &message,
            error.code(),
            error.field(),
            line,
            column,
            offset,
            error.found(),
            error.expected(),
        )
    }
}

impl From<Apart> for JoinError {
    fn from(why: Apart) -> Self {
        Self::new(&why.to_string(), why.code())
    }
}
