//! `cargo xtask site`: the documentation as static files, into `site` of cargo's output folder.

use std::path::PathBuf;

use crate::{failure::Failure, npm, python::Venv, repo::Repo, step::Step, wasm};

/// Where its own pages and settings lie.
pub(crate) const FOLDER: &str = "site";

/// Builds everything: rustdoc, the npm package's reference, and the pages around them.
pub(crate) fn build(repo: &Repo) -> Result<Site, Failure> {
    let site =
        Site { folder: repo.target("site"), venv: Venv::with(repo, ".venv-site", "site/requirements.txt")? };
    let rust = rust_reference(repo)?;
    let npm = npm_reference(repo)?;
    site.venv
        .python(repo, "site: pages")
        .args(["-m", "mkdocs", "build", "--quiet", "--config-file"])
        .args([repo.at(FOLDER).join("mkdocs.yml")])
        .args(["--site-dir".into(), site.folder.clone()])
        .env("NO_MKDOCS_2_WARNING", "1")
        .env("OXI_RUST_REFERENCE", rust)
        .env("OXI_NPM_REFERENCE", npm)
        .must(repo)?;
    println!("  open {}", site.folder.join("index.html").display());
    Ok(site)
}

/// A site that was built, and the Python that built it.
pub(crate) struct Site {
    folder: PathBuf,
    venv: Venv,
}

impl Site {
    /// What looks at the built pages: every link leads somewhere, nothing is fetched from elsewhere.
    pub(crate) fn tests(&self, repo: &Repo) -> Step {
        self.venv
            .python(repo, "site: links")
            .args(["-m", "pytest", "-q", "-p", "no:cacheprovider", "test_site.py"])
            .env("OXI_SITE", &self.folder)
            .folder(repo.at(FOLDER))
    }
}

/// An output folder of its own: the usual one has every crate of the workspace.
fn rust_reference(repo: &Repo) -> Result<PathBuf, Failure> {
    let folder = repo.target("site-rust");
    Step::cargo(repo, "site: Rust reference")
        .args(["doc", "--package", "oxicore", "--all-features", "--no-deps", "--target-dir"])
        .args([&folder])
        .env("RUSTDOCFLAGS", "-D warnings")
        .must(repo)?;
    Ok(folder.join("doc"))
}

fn npm_reference(repo: &Repo) -> Result<PathBuf, Failure> {
    wasm::build(repo)?;
    npm::install(repo, FOLDER)?;
    let folder = repo.target("site-npm");
    let types = wasm::package_folder(repo).join("web/oxicore.d.ts");
    npm::npm(repo, "site: npm reference", &repo.at(FOLDER))
        .args(["exec", "--", "typedoc", "--options", "typedoc.json", "--entryPoints"])
        .args([&types])
        .args(["--out".into(), folder.clone()])
        .must(repo)?;
    Ok(folder)
}
