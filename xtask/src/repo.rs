//! Where things are.

use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The checkout this tool is run for, and cargo's output folder.
#[derive(Debug, Clone)]
pub(crate) struct Repo {
    root: PathBuf,
    target: PathBuf,
    real_nights: Option<PathBuf>,
}

impl Repo {
    pub(crate) fn find() -> Result<Self, Failure> {
        // `cargo run` tells; the folder of compilation serves a program started by hand.
        let here =
            std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&here)
            .parent()
            .ok_or_else(|| Failure::new("xtask has no folder above it"))?
            .to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(given) => root.join(given),
            None => root.join("target"),
        };
        let real_nights = std::env::var_os("OXI_REAL_NIGHTS").map(|folder| root.join(folder));
        Ok(Self { root, target, real_nights })
    }

    /// The folder of recorded nights, health data that is never part of the repository: `OXI_REAL_NIGHTS`.
    pub(crate) fn real_nights(&self) -> Option<&Path> {
        self.real_nights.as_deref()
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// `path` inside the checkout.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// `path` inside cargo's output folder.
    pub(crate) fn target(&self, path: &str) -> PathBuf {
        self.target.join(path)
    }
}
