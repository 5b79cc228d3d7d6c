//! `wasm-bindgen` as a program: `oxi-wasm-glue MODULE.wasm OUT_DIR`, in exactly the version that the module was compiled with.
//!
//! A crate of its own, so that `cargo xtask` starts without building the glue generator.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let [module, out] = arguments()?;
    // Beside its module, which it fetches; and without an address, for the module that is part of a script.
    for (folder, knows_no_address) in [("web", false), ("inline", true)] {
        glue(&module).web(true)?.omit_default_module_path(knows_no_address).generate(out.join(folder))?;
    }
    // The declarations without those of how a module is fetched, which js/init.d.ts makes.
    glue(&module).bundler(true)?.generate(out.join("types")).context("declarations")
}

fn glue(module: &Path) -> Bindgen {
    let mut glue = Bindgen::new();
    glue.input_path(module).out_name("oxicore").typescript(true);
    glue
}

fn arguments() -> Result<[PathBuf; 2]> {
    let given: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    match <[PathBuf; 2]>::try_from(given) {
        Ok(paths) => Ok(paths),
        Err(given) => {
            bail!("{} arguments instead of 2; usage: oxi-wasm-glue MODULE.wasm OUT_DIR", given.len())
        }
    }
}
