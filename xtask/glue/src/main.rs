//! Writes the JavaScript glue of a WebAssembly module: `oxi-wasm-glue MODULE.wasm OUT_DIR`.
//!
//! A crate of its own, so that `cargo xtask` starts without building the glue generator.

mod names;
mod paths;
mod silence;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use wasm_bindgen_cli_support::{Bindgen, EncodeInto};

fn main() -> Result<()> {
    let [module, out] = arguments()?;
    let quiet = silence::panics(&module)?;
    for door in Door::ALL {
        door.write(&quiet, &out.join(door.folder()))
            .with_context(|| format!("{} glue for {}", door.folder(), module.display()))?;
    }
    Ok(())
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

/// Where the module is loaded from.
#[derive(Clone, Copy)]
enum Door {
    /// A browser page or worker without a bundler: `init()` fetches the module.
    Web,
    /// Node.js: the module is read from disk on `import`. ES modules as the other doors, because the error class is one.
    Nodejs,
    /// A bundler that understands `import` of a `.wasm` file.
    Bundler,
}

impl Door {
    const ALL: [Self; 3] = [Self::Web, Self::Nodejs, Self::Bundler];

    fn folder(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Nodejs => "nodejs",
            Self::Bundler => "bundler",
        }
    }

    /// The files that name what the module takes and gives.
    fn texts(self) -> &'static [&'static str] {
        match self {
            Self::Web | Self::Nodejs => &["oxicore.js", "oxicore.d.ts", "oxicore_bg.wasm.d.ts"],
            Self::Bundler => &["oxicore_bg.js", "oxicore.js", "oxicore_bg.wasm.d.ts"],
        }
    }

    /// The file with the class.
    fn class(self) -> &'static str {
        match self {
            Self::Web | Self::Nodejs => "oxicore.js",
            Self::Bundler => "oxicore_bg.js",
        }
    }

    fn write(self, module: &[u8], out: &Path) -> Result<()> {
        let mut glue = Bindgen::new();
        glue.input_bytes("oxicore", module.to_vec())
            .out_name("oxicore")
            .typescript(true)
            // Whatever has SIMD has it.
            .encode_into(EncodeInto::Always)
            .omit_default_module_path(false);
        match self {
            Self::Web => glue.web(true)?,
            Self::Nodejs => glue.nodejs_module(true)?,
            Self::Bundler => glue.bundler(true)?,
        };
        glue.generate(out)?;
        declare_disposal(&out.join("oxicore.d.ts"))?;
        forgive_freeing_twice(&out.join(self.class()))?;
        names::shorten(out, "oxicore_bg.wasm", self.texts())
    }
}

/// `[Symbol.dispose]` is younger than most projects' choice of a library: the declarations bring it along.
fn declare_disposal(declarations: &Path) -> Result<()> {
    let text = fs::read_to_string(declarations)?;
    let with = format!("/// <reference lib=\"esnext.disposable\" />\n{text}");
    fs::write(declarations, with).with_context(|| format!("write {}", declarations.display()))
}

/// `free()` and then the end of a `using` block, or `free()` again, are no error: what is freed already is left alone.
fn forgive_freeing_twice(class: &Path) -> Result<()> {
    const FREE: &str = "wasm.__wbg_recording_free(ptr, 0);";
    let text = fs::read_to_string(class)?;
    ensure!(text.matches(FREE).count() == 1, "{} frees in another way", class.display());
    let with = text.replace(FREE, &format!("if (ptr) {FREE}"));
    fs::write(class, with).with_context(|| format!("write {}", class.display()))
}
