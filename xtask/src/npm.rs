//! JavaScript packages, exactly as their lock file says.

use std::path::Path;

use crate::{failure::Failure, fresh::Stamp, repo::Repo, step::Step};

/// Installs the packages of `folder` unless they are there already.
pub(crate) fn install(repo: &Repo, folder: &str) -> Result<(), Failure> {
    let path = repo.at(folder);
    let inputs = [path.join("package.json"), path.join("package-lock.json")];
    let stamp = Stamp::of(path.join("node_modules/.xtask-stamp"), &inputs)?;
    if stamp.is_fresh() {
        return Ok(());
    }
    require_node(repo)?;
    npm(repo, format!("npm ci in {folder}"), &path).args(["ci", "--no-audit", "--no-fund"]).must(repo)?;
    stamp.renew()
}

/// One `npm` call in `folder`.
pub(crate) fn npm(repo: &Repo, name: impl Into<String>, folder: &Path) -> Step {
    Step::new(repo, name, "npm").folder(folder)
}

/// Stops with one clear line when Node.js is missing.
pub(crate) fn require_node(repo: &Repo) -> Result<(), Failure> {
    let works =
        ["node", "npm"].iter().all(|tool| Step::new(repo, *tool, tool).args(["--version"]).succeeds());
    if works {
        Ok(())
    } else {
        Err(Failure::new(
            "Node.js 20 or later with npm is needed: https://nodejs.org or your system's packages",
        ))
    }
}
