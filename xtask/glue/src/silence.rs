//! Takes the texts out of panics: nobody can read them in a module, and they are a tenth of it.

use std::path::Path;

use anyhow::{Context, Result};
use walrus::{Function, FunctionKind, ModuleConfig, ir::UnaryOp};

use crate::paths;

/// How the names of the standard library's functions begin that do nothing but panic.
const PANICS: [&str; 18] = [
    // Texts are written string by string.
    "<alloc::string::String as core::fmt::Write>::write_char",
    "core::fmt::write",
    // The core writes its numbers by itself: only the texts of panics are formatted.
    "<core::fmt::Formatter>::pad",
    "<u32 as core::fmt::Display>",
    "<&str as core::fmt::Display>",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "core::cell::panic_already_",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::panicking::",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_index_fail",
    "core::str::slice_error_fail",
    // Closures for JavaScript, of which the package makes none.
    "js_sys::futures::",
    "wasm_bindgen::convert::closures::_::invoke",
];

/// The module, every panic of which stops it at once instead of composing a message first.
pub(crate) fn panics(file: &Path) -> Result<Vec<u8>> {
    let mut config = ModuleConfig::new();
    // As the glue generator reads it: the compiler's modules are sound, but declare more than the strict reading allows.
    config.strict_validate(false);
    let mut module = config.parse_file(file).with_context(|| format!("reading {}", file.display()))?;
    for function in module.funcs.iter_mut() {
        match Role::of(function) {
            Role::Panic => stop_at_once(function),
            Role::Debug => write_nothing(function),
            Role::SquareRoot => take_root(function),
            Role::Other => {}
        }
    }
    paths::wipe(&mut module);
    Ok(module.emit_wasm())
}

/// What a function is for, by its name.
enum Role {
    Panic,
    Debug,
    /// One instruction of the machine, which a library without the standard one cannot ask for.
    SquareRoot,
    Other,
}

impl Role {
    fn of(function: &Function) -> Self {
        let Some(name) = &function.name else { return Self::Other };
        let name = format!("{:#}", rustc_demangle::demangle(name));
        match () {
            () if PANICS.iter().any(|panic| name.starts_with(panic)) => Self::Panic,
            () if name.starts_with("libm::math::sqrt::sqrt") => Self::SquareRoot,
            () if name.contains("core::fmt::Debug") && name.ends_with("::fmt") => Self::Debug,
            () => Self::Other,
        }
    }
}

fn stop_at_once(function: &mut Function) {
    if let FunctionKind::Local(function) = &mut function.kind {
        let body = function.entry_block();
        function.block_mut(body).instrs.clear();
        function.builder_mut().func_body().unreachable();
    }
}

fn write_nothing(function: &mut Function) {
    const DONE: i32 = 0;
    if let FunctionKind::Local(function) = &mut function.kind {
        let body = function.entry_block();
        function.block_mut(body).instrs.clear();
        function.builder_mut().func_body().i32_const(DONE);
    }
}

fn take_root(function: &mut Function) {
    if let FunctionKind::Local(function) = &mut function.kind {
        let body = function.entry_block();
        function.block_mut(body).instrs.clear();
        if let Some(&square) = function.args.first() {
            function.builder_mut().func_body().local_get(square).unop(UnaryOp::F64Sqrt);
        }
    }
}
