//! Rust's compilation targets beyond the host, and cargo's extra commands.

use crate::{failure::Failure, repo::Repo, step::Step};

pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Adds `target` to the pinned toolchain unless it is there.
pub(crate) fn ensure(repo: &Repo, target: &str) -> Result<(), Failure> {
    if is_installed(repo, target) {
        return Ok(());
    }
    Step::new(repo, format!("rustup target add {target}"), "rustup")
        .args(["target", "add", target])
        .must(repo)
        .map(drop)
        .map_err(|_| {
            Failure::new(format!("Rust target {target} is missing; run: rustup target add {target}"))
        })
}

/// Adds the toolchain component behind `cargo fmt` or `cargo clippy` unless it is there.
pub(crate) fn ensure_component(repo: &Repo, command: &str, component: &str) -> Result<(), Failure> {
    if Step::cargo(repo, command).args([command, "--version"]).succeeds() {
        return Ok(());
    }
    Step::new(repo, format!("rustup component add {component}"), "rustup")
        .args(["component", "add", component])
        .must(repo)
        .map(drop)
        .map_err(|_| {
            Failure::new(format!("cargo {command} is missing; run: rustup component add {component}"))
        })
}

/// Adds a toolchain beside the pinned one unless it is there.
pub(crate) fn ensure_toolchain(repo: &Repo, version: &str) -> Result<(), Failure> {
    let query = Step::new(repo, version, "rustup").args(["run", version, "cargo", "--version"]);
    if query.succeeds() {
        return Ok(());
    }
    Step::new(repo, format!("rustup toolchain install {version}"), "rustup")
        .args(["toolchain", "install", version, "--profile", "minimal"])
        .must(repo)
        .map(drop)
        .map_err(|_| {
            Failure::new(format!("Rust {version} is missing; run: rustup toolchain install {version}"))
        })
}

fn is_installed(repo: &Repo, target: &str) -> bool {
    let query = std::process::Command::new("rustc")
        .current_dir(repo.root())
        .args(["--print", "target-libdir", "--target", target])
        .output();
    query.is_ok_and(|answer| std::path::Path::new(String::from_utf8_lossy(&answer.stdout).trim()).is_dir())
}
