//! `cargo xtask web`: the browser side of the platform, into `server/web/dist`.

use crate::{
    failure::Failure,
    fresh::Stamp,
    needs::{self, Need},
    npm,
    repo::Repo,
    step::Step,
    wasm,
};

const FOLDER: &str = "server/web";

/// Builds the WebAssembly package and the browser code, each unless up to date.
pub(crate) fn build(repo: &Repo) -> Result<(), Failure> {
    wasm::build(repo)?;
    npm::install(repo, FOLDER)?;
    let folder = repo.at(FOLDER);
    let stamp = Stamp::of(
        folder.join("node_modules/.xtask-build-stamp"),
        &[folder.clone(), wasm::package_folder(repo).join("web")],
    )?;
    if stamp.is_fresh() && folder.join("dist/manifest.json").is_file() {
        println!("  web: up to date");
        return Ok(());
    }
    npm::npm(repo, "web: build", &folder).args(["run", "build"]).must(repo)?;
    stamp.renew()
}

/// Measures the viewer in headless Chromium, and writes what came out to `bench/viewer.json` in cargo's output folder.
pub(crate) fn bench(repo: &Repo) -> Result<(), Failure> {
    needs::ensure(repo, &[Need::Chromium])?;
    build(repo)?;
    Step::cargo(repo, "bench: the platform").args(["build", "--package", "oxi-server"]).must(repo)?;
    Step::new(repo, "bench: the viewer", "node")
        .args(["benches/viewer.mjs", "--json"])
        .args([repo.target("bench/viewer.json")])
        .env("OXI_SERVER_BIN", repo.target("debug/oxi"))
        .env("CHROMIUM_PATH", needs::browser()?)
        .folder(repo.at(FOLDER))
        .watch()
}
