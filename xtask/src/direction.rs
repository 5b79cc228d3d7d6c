//! `cargo xtask direction`: which room of each tree uses which, and every circle of files.

use std::path::PathBuf;

use crate::{failure::Failure, repo::Repo, step::Step};

/// Prints the listing of this checkout, or of the one in `folder`.
pub(crate) fn show(repo: &Repo, folder: Option<&str>) -> Result<(), Failure> {
    let root = folder.map_or_else(|| repo.root().to_path_buf(), PathBuf::from);
    reader(repo, "direction: arrows and circles", "list").args([root]).watch()
}

/// Fails when a room uses what stands to its right, and on a circle of too many files.
pub(crate) fn check(repo: &Repo) -> Step {
    reader(repo, "lint: direction of modules", "check").args([repo.root()])
}

/// The program that reads the sources: a crate of its own, so that this one needs no parser.
fn reader(repo: &Repo, name: &str, command: &str) -> Step {
    Step::cargo(repo, name).args(["run", "--quiet", "--package", "oxi-direction", "--", command])
}
