//! `cargo xtask accuracy`: the figures of `docs/ACCURACY.md`, made again by the program in `oxicore-py/accuracy`.

use std::path::PathBuf;

use crate::{failure::Failure, python::Venv, repo::Repo};

const FOLDER: &str = "oxicore-py/accuracy";

/// What is compared where a variable names a folder of it, and the program's word for that.
const OUTSIDE: [(&str, &str); 3] = [
    ("OXI_REAL_NIGHTS", "--nights"),
    ("OXI_REAL_BINARIES", "--binaries"),
    ("OXI_PUBLISHED_BURDEN", "--burden"),
];

/// Compares with the other programs, and with whatever lies outside the repository; the rest of the page keeps its last figures.
pub(crate) fn run(repo: &Repo) -> Result<(), Failure> {
    let venv = Venv::ensure(repo)?;
    let peers = Venv::with(repo, ".venv-peers", &format!("{FOLDER}/peers.txt"))?.interpreter();
    let luna = Venv::with(repo, ".venv-luna", &format!("{FOLDER}/luna.txt"))?.interpreter();
    venv.python(repo, "accuracy: build")
        .args(["-m", "maturin", "develop"])
        .folder(repo.at("oxicore-py"))
        .must(repo)?;
    let page = venv
        .python(repo, "accuracy: figures")
        .args(["-m", "accuracy.page"])
        .args([repo.at("docs/ACCURACY.md"), repo.at("oxicore/tests/oracles")])
        .folder(repo.at("oxicore-py"));
    let page = page.args(["--peers"]).args([peers]).args(["--luna"]).args([luna]);
    let page = outside()?.into_iter().fold(page, |page, (word, folder)| page.args([word]).args([folder]));
    page.watch()
}

/// The folders that there are; a variable that names none is a mistake, not a wish to leave it out.
fn outside() -> Result<Vec<(&'static str, PathBuf)>, Failure> {
    let mut found = Vec::new();
    for (variable, word) in OUTSIDE {
        match std::env::var_os(variable).map(PathBuf::from) {
            None => println!("  accuracy: {variable} is not set, its figures stay as they are"),
            Some(folder) if folder.is_dir() => found.push((word, folder)),
            Some(folder) => {
                return Err(Failure::new(format!("{variable} names no folder: {}", folder.display())));
            }
        }
    }
    Ok(found)
}
