//! `cargo xtask wasm`: the npm package `oxicore` in `oxicore-wasm/pkg`.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    failure::Failure,
    fresh::{self, Stamp},
    npm,
    repo::Repo,
    rust_target::{self, WASM},
    step::Step,
};

/// Inputs of the package; a change in any of them makes it stale.
const INPUTS: [&str; 11] = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
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

const DOORS: [&str; 3] = ["web", "nodejs", "bundler"];

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

/// SIMD, which every browser since March 2023 has: turning columns over is half as long with it. Unrolled loops are longer
/// and no faster, and so is what moves values and loops about. Addresses of data below 8192 take two bytes instead of four.
const CODE: &str = "-C target-feature=+simd128 -C llvm-args=-unroll-threshold=0 \
                    -C llvm-args=-unroll-partial-threshold=0 -C llvm-args=-disable-lsr \
                    -C llvm-args=-disable-licm-promotion -C llvm-args=-enable-pre=false \
                    -C llvm-args=-disable-loop-idiom-all -C llvm-args=-inlinehint-threshold=100 \
                    -C link-arg=--no-stack-first";

/// What makes the module smaller once compressed.
const SMALLER: [&str; 8] = [
    "-Oz",
    "-Oz",
    "-Oz",
    // A short function said in full again compresses better than a call of it.
    "--always-inline-max-function-size=6",
    // Long functions would have more locals, and the same code with other numbers of locals does not compress.
    "--one-caller-inline-max-function-size=20",
    "--skip-pass=local-cse",
    // The data begin at address 1024.
    "--low-memory-unused",
    "--optimize-added-constants-propagate",
];

/// The same code, which compresses better: functions stand in the order of their names, and engines do not heed alignments.
const SAME: [&str; 4] =
    ["--reorder-functions-by-name", "--dealign", "--strip-producers", "--strip-target-features"];

/// How often a better order is looked for. Every order gives the functions other numbers, so that the best one is another.
const ORDERS: usize = 6;

/// Builds the package unless it is up to date.
pub(crate) fn build(repo: &Repo) -> Result<(), Failure> {
    let pkg = package_folder(repo);
    let stamp = Stamp::of(pkg.join(".stamp"), &INPUTS.map(|input| repo.at(input)))?;
    if stamp.is_fresh() && DOORS.iter().all(|door| pkg.join(door).join("oxicore_bg.wasm").is_file()) {
        println!("  wasm: up to date");
        return Ok(());
    }
    rust_target::ensure(repo, WASM)?;
    npm::install(repo, "xtask/glue")?;
    let module = compile(repo)?;
    if pkg.is_dir() {
        fs::remove_dir_all(&pkg).map_err(Failure::io("empty", &pkg))?; // nothing of an older build is published
    }
    fs::create_dir_all(&pkg).map_err(Failure::io("create", &pkg))?;
    write_glue(repo, &module, &pkg)?;
    optimise(repo, &pkg)?;
    minify(repo, &pkg)?;
    write_manifests(repo, &pkg)?;
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

fn compile(repo: &Repo) -> Result<PathBuf, Failure> {
    Step::cargo(repo, "wasm: compile")
        .args(["build", "-p", "oxicore-wasm", "--profile", "wasm", "--target", WASM])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", CODE)
        .must(repo)?;
    Ok(repo.target("wasm32-unknown-unknown/wasm/oxicore_wasm.wasm"))
}

fn write_glue(repo: &Repo, module: &Path, pkg: &Path) -> Result<(), Failure> {
    Step::cargo(repo, "wasm: glue")
        .args(["run", "--quiet", "-p", "oxi-wasm-glue", "--"])
        .args([module, pkg])
        .must(repo)
        .map(drop)
}

/// The three doors usually hold the same module: each distinct one is optimised once.
fn optimise(repo: &Repo, pkg: &Path) -> Result<(), Failure> {
    let mut done: HashMap<Vec<u8>, PathBuf> = HashMap::new();
    for door in DOORS {
        let module = pkg.join(door).join("oxicore_bg.wasm");
        let before = fs::read(&module).map_err(Failure::io("read", &module))?;
        match done.get(&before) {
            Some(same) => {
                fs::copy(same, &module).map_err(Failure::io("write", &module))?;
            }
            None => {
                wasm_opt(repo, door, &module)?;
                done.insert(before, module);
            }
        }
    }
    Ok(())
}

fn wasm_opt(repo: &Repo, door: &str, module: &Path) -> Result<(), Failure> {
    let run = |name: String, options: &[&str]| {
        Step::new(repo, name, "node")
            .args([repo.at("xtask/glue/node_modules/binaryen/bin/wasm-opt")])
            .args(FEATURES)
            .args(options)
            .args(["-o"])
            .args([module, module])
            .must(repo)
    };
    run(format!("wasm: optimise {door}"), &SMALLER)?;
    for round in 0..ORDERS {
        let first = (round == 0).then_some("--first");
        Step::new(repo, format!("wasm: look for an order of {door}"), "node")
            .args([repo.at("xtask/glue/order.mjs"), module.to_path_buf()])
            .args(first)
            .must(repo)?;
        run(format!("wasm: order {door}"), &SAME)?;
    }
    Ok(())
}

/// The declarations beside the glue hold its comments for whoever reads them; classes keep their names.
fn minify(repo: &Repo, pkg: &Path) -> Result<(), Failure> {
    let glue =
        ["web/oxicore.js", "nodejs/oxicore.js", "bundler/oxicore_bg.js"].map(|script| pkg.join(script));
    for file in glue.into_iter().chain(own_scripts(pkg)?) {
        let script = file.strip_prefix(pkg).unwrap_or(&file).display();
        Step::new(repo, format!("wasm: minify {script}"), "node")
            .args([repo.at("xtask/glue/node_modules/terser/bin/terser")])
            .args(["--module", "--mangle", "--keep-classnames", "--comments", "/@ts-self-types/"])
            .args(["--compress", "ecma=2022,passes=3", "--output"])
            .args([&file, &file])
            .must(repo)?;
    }
    Ok(())
}

/// The scripts of the package's own source, which each door has in a folder with a number in its name.
fn own_scripts(pkg: &Path) -> Result<Vec<PathBuf>, Failure> {
    let folders = DOORS.map(|door| fresh::entries(&pkg.join(door).join("snippets")));
    let folders = folders.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(folders.concat().into_iter().map(|folder| folder.join("js/host.js")).collect())
}

fn write_manifests(repo: &Repo, pkg: &Path) -> Result<(), Failure> {
    let readme = repo.at(FOLDER).join("README.md");
    fs::copy(&readme, pkg.join("README.md")).map_err(Failure::io("copy", &readme))?;
    for license in ["LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(repo.at(license), pkg.join(license)).map_err(Failure::io("copy", &repo.at(license)))?;
    }
    write(&pkg.join("package.json"), &manifest())
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    fs::write(file, text).map_err(Failure::io("write", file))
}

fn manifest() -> String {
    format!(
        r#"{{
  "name": "oxicore",
  "version": "{version}",
  "description": "Overnight oximetry: parsing, desaturation events, metrics and chart reduction",
  "license": "MIT OR Apache-2.0",
  "type": "module",
  "exports": {{
    ".": {{
      "types": "./bundler/oxicore.d.ts",
      "node": "./nodejs/oxicore.js",
      "default": "./bundler/oxicore.js"
    }},
    "./web": {{ "types": "./web/oxicore.d.ts", "default": "./web/oxicore.js" }},
    "./web/oxicore_bg.wasm": "./web/oxicore_bg.wasm",
    "./package.json": "./package.json"
  }},
  "files": ["web", "nodejs", "bundler", "LICENSE-*"],
  "sideEffects": ["./bundler/oxicore.js", "./bundler/snippets/*"]
}}
"#,
        version = env!("CARGO_PKG_VERSION")
    )
}
