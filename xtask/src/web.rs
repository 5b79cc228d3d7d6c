//! `cargo xtask web`: the browser side of the platform, into `server/web/dist`.

use crate::{failure::Failure, fresh::Stamp, npm, repo::Repo, wasm};

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
