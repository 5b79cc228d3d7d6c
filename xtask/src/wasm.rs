//! `cargo xtask wasm`: the npm package `oxicore` in `oxicore-wasm/pkg`, by cargo, wasm-bindgen, wasm-opt and esbuild.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    failure::Failure,
    fresh::Stamp,
    needs, npm,
    repo::Repo,
    rust_target::{self, WASM},
    step::Step,
};

/// Inputs of the package; a change in any of them makes it stale.
const INPUTS: [&str; 13] = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "docs/ALGORITHMS.md",
    "docs/FORMATS.md",
    "oxicore/Cargo.toml",
    "oxicore/src",
    "oxicore-wasm/Cargo.toml",
    "oxicore-wasm/src",
    "oxicore-wasm/js",
    "oxicore-wasm/README.md",
    "xtask/glue",
    "xtask/src/wasm.rs",
];

/// Where the package's source and tests lie.
pub(crate) const FOLDER: &str = "oxicore-wasm";

/// SIMD, which every browser since March 2023 has: turning columns over is half as long with it.
const CODE: &str = "-C target-feature=+simd128";

/// What the compiled module uses, so that wasm-opt may keep it.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
];

/// The module beside the script that fetches it.
const MODULE: &str = "web/oxicore_bg.wasm";

/// Entry points: source, glue, format, result.
const ENTRY_POINTS: [[&str; 4]; 3] = [
    ["web.js", "web", "esm", "web/oxicore.js"],
    ["inline.js", "inline", "esm", "inline/oxicore.js"],
    ["inline.js", "inline", "cjs", "node/oxicore.cjs"],
];

/// What the package says of itself in words.
const WORDS: [&str; 5] =
    ["oxicore-wasm/README.md", "docs/ALGORITHMS.md", "docs/FORMATS.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// Builds the package unless it is up to date.
pub(crate) fn build(repo: &Repo) -> Result<(), Failure> {
    let pkg = package_folder(repo);
    let stamp = Stamp::of(pkg.join(".stamp"), &INPUTS.map(|input| repo.at(input)))?;
    if stamp.is_fresh() && pkg.join("package.json").is_file() {
        println!("  wasm: up to date");
        return Ok(());
    }
    rust_target::ensure(repo, WASM)?;
    npm::install(repo, "xtask/glue")?;
    if pkg.is_dir() {
        fs::remove_dir_all(&pkg).map_err(Failure::io("empty", &pkg))?; // nothing of an older build is published
    }
    for folder in ["web", "inline", "node"].map(|folder| pkg.join(folder)) {
        fs::create_dir_all(&folder).map_err(Failure::io("create", &folder))?;
    }
    let glue = write_glue(repo, &compile(repo)?)?;
    optimise(repo, &glue.join(MODULE), &pkg.join(MODULE))?;
    ENTRY_POINTS.iter().try_for_each(|entry| bundle(repo, &glue, &pkg, entry))?;
    write_declarations(repo, &glue, &pkg)?;
    write_words(repo, &pkg)?;
    stamp.renew()
}

/// Where the finished package lies.
pub(crate) fn package_folder(repo: &Repo) -> PathBuf {
    repo.at(FOLDER).join("pkg")
}

/// Races the package against JavaScript, and writes what came out to `bench/web.json` in cargo's output folder.
pub(crate) fn bench(repo: &Repo) -> Result<(), Failure> {
    build(repo)?;
    let answer = repo.target("bench/web.json");
    let folder = repo.target("bench");
    fs::create_dir_all(&folder).map_err(Failure::io("create", &folder))?;
    Step::new(repo, "bench: the npm package", "node")
        .args(["--expose-gc", "benches/ratios.mjs", "--json"])
        .args([&answer])
        .folder(repo.at(FOLDER))
        .watch()
}

/// Tries the packed archive in the places where people are, each in a folder of cargo's output folder: all, or those of CI.
pub(crate) fn places(repo: &Repo, choice: &[&str]) -> Result<Step, Failure> {
    build(repo)?;
    npm::install(repo, FOLDER)?;
    Ok(Step::new(repo, "wasm: places", "node")
        .args(["places/run.mjs"])
        .args([repo.target("places")])
        .args(choice)
        .env("CHROMIUM_PATH", needs::browser()?)
        .folder(repo.at(FOLDER)))
}

fn compile(repo: &Repo) -> Result<PathBuf, Failure> {
    Step::cargo(repo, "wasm: compile")
        .args(["build", "-p", "oxicore-wasm", "--profile", "wasm", "--target", WASM])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", CODE)
        .must(repo)?;
    Ok(repo.target("wasm32-unknown-unknown/wasm/oxicore_wasm.wasm"))
}

fn write_glue(repo: &Repo, module: &Path) -> Result<PathBuf, Failure> {
    let glue = repo.target("wasm-glue");
    Step::cargo(repo, "wasm: glue")
        .args(["run", "--quiet", "-p", "oxi-wasm-glue", "--"])
        .args([module, &glue])
        .must(repo)?;
    Ok(glue)
}

fn optimise(repo: &Repo, module: &Path, optimised: &Path) -> Result<(), Failure> {
    Step::new(repo, "wasm: optimise", "node")
        .args([tool(repo, "binaryen/bin/wasm-opt")])
        .args(FEATURES)
        .args(["-Os", "-o"])
        .args([optimised, module])
        .must(repo)
        .map(drop)
}

/// One script of an entry point's source and the glue; of those that need no file beside them the module is a part.
fn bundle(
    repo: &Repo,
    glue: &Path,
    pkg: &Path,
    [source, kind, format, made]: &[&str; 4],
) -> Result<(), Failure> {
    let glue = glue.join(kind).join("oxicore.js");
    Step::new(repo, format!("wasm: bundle {made}"), tool(repo, "esbuild/bin/esbuild"))
        .args([repo.at(FOLDER).join("js").join(source)])
        .args(["--bundle", "--minify", "--keep-names", "--target=es2022", "--loader:.wasm=binary"])
        .args([format!("--format={format}"), format!("--alias:glue={}", glue.display())])
        .args([format!("--alias:module.wasm={}", pkg.join(MODULE).display())])
        .args([if *format == "cjs" { "--platform=node" } else { "--platform=neutral" }])
        .args([format!("--outfile={}", pkg.join(made).display())])
        .must(repo)
        .map(drop)
}

fn tool(repo: &Repo, program: &str) -> PathBuf {
    repo.at("xtask/glue/node_modules").join(program)
}

/// All entry points declare the same.
fn write_declarations(repo: &Repo, glue: &Path, pkg: &Path) -> Result<(), Failure> {
    let generated = read(&glue.join("types/oxicore.d.ts"))?;
    let init = read(&repo.at(FOLDER).join("js/init.d.ts"))?;
    // `[Symbol.dispose]` is younger than most projects' choice of a library: the declarations bring it along.
    let all = format!("/// <reference lib=\"esnext.disposable\" />\n{generated}{init}");
    let same =
        "export * from \"../web/oxicore.js\";\nexport { default } from \"../web/oxicore.js\";\n".to_owned();
    write(&pkg.join("web/oxicore.d.ts"), &all)?;
    write(&pkg.join("node/oxicore.d.cts"), &all)?;
    write(&pkg.join("node/oxicore.d.mts"), &same)?;
    write(&pkg.join("inline/oxicore.d.ts"), &same)
}

fn write_words(repo: &Repo, pkg: &Path) -> Result<(), Failure> {
    let copy =
        |from: PathBuf, to: &str| fs::copy(&from, pkg.join(to)).map(drop).map_err(Failure::io("copy", &from));
    for words in WORDS {
        let name = words.rsplit('/').next().unwrap_or(words);
        copy(repo.at(words), name)?;
    }
    copy(repo.at(FOLDER).join("js/node.mjs"), "node/oxicore.mjs")?;
    write(&pkg.join("package.json"), &manifest())
}

fn read(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file).map_err(Failure::io("read", file))
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    fs::write(file, text).map_err(Failure::io("write", file))
}

/// Where the project lives, as far as the workspace says it.
fn addresses() -> String {
    let said = [("repository", env!("CARGO_PKG_REPOSITORY")), ("homepage", env!("CARGO_PKG_HOMEPAGE"))];
    let said = said.into_iter().filter(|(_, address)| !address.is_empty());
    said.map(|(name, address)| format!("  \"{name}\": \"{address}\",\n")).collect()
}

fn manifest() -> String {
    format!(
        r#"{{
  "name": "oxicore",
  "version": "{version}",
  "description": "Overnight oximetry: parsing, desaturation events, metrics and chart reduction",
  "keywords": ["oximetry", "spo2", "odi", "sleep", "webassembly"],
  "license": "MIT OR Apache-2.0",
{addresses}  "type": "module",
  "main": "./node/oxicore.cjs",
  "types": "./web/oxicore.d.ts",
  "exports": {{
    ".": {{
      "node": {node},
      "types": "./web/oxicore.d.ts",
      "default": "./web/oxicore.js"
    }},
    "./inline": {{
      "node": {node},
      "types": "./inline/oxicore.d.ts",
      "default": "./inline/oxicore.js"
    }},
    "./web": {{ "types": "./web/oxicore.d.ts", "default": "./web/oxicore.js" }},
    "./oxicore_bg.wasm": "./web/oxicore_bg.wasm",
    "./package.json": "./package.json"
  }},
  "files": ["web", "inline", "node", "ALGORITHMS.md", "FORMATS.md", "LICENSE-*"],
  "sideEffects": false,
  "engines": {{ "node": ">=20" }}
}}
"#,
        addresses = addresses(),
        node = r#"{
        "import": { "types": "./node/oxicore.d.mts", "default": "./node/oxicore.mjs" },
        "require": { "types": "./node/oxicore.d.cts", "default": "./node/oxicore.cjs" }
      }"#,
        version = env!("CARGO_PKG_VERSION")
    )
}
