//! Holds the direction of modules: `oxi-direction check|list ROOT`.
//!
//! Each tree of sources has a table, `direction.toml`, of its rooms from left to right. A room uses only what stands to
//! its left, and no more than three files use each other in a circle. An arrow leads from the file that writes a path
//! to the file that defines what the path names: through `use`, `pub use`, globs and renames, in expressions, types,
//! patterns, attributes and macros' arguments. What counts and what does not:
//!
//! * `mod child;` and `pub use child::Name` (any visibility, own children only) are no arrows: a facade shows, it does
//!   not use. Whoever names the thing through the facade has an arrow to the file that defines it.
//! * Importing a module alone is no arrow; each path through the name is one.
//! * What `#[cfg(test)]` leaves out of the program is not read.
//! * A method called on a value names no file, and is not seen.
//!
//! The browser side has a rule of its own: `server/web/direction.mjs`.
//!
//! A crate of its own, so that `cargo xtask` starts without building a parser of Rust.
#![expect(clippy::print_stdout, reason = "a command line tool speaks on its standard streams")]

mod arrows;
mod circles;
mod files;
mod judge;
mod modules;
mod only_tests;
mod reading;
mod resolve;
mod show;
mod table;
mod tokens;
mod trees;

#[cfg(test)]
mod tests;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};

fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["list", root] => list(Path::new(root)),
        ["check", root] => check(Path::new(root)),
        _ => bail!("usage: oxi-direction check|list ROOT"),
    }
}

fn list(root: &Path) -> Result<ExitCode> {
    for tree in trees::read(root)? {
        print!("{}", show::listing(&tree));
    }
    Ok(ExitCode::SUCCESS)
}

fn check(root: &Path) -> Result<ExitCode> {
    let trees: Vec<judge::Tree> = trees::read(root)?;
    let page: PathBuf = root.join("docs/ARCHITECTURE.md");
    let architecture =
        std::fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
    let mut complaints: Vec<String> = trees.iter().flat_map(judge::complaints).collect();
    complaints.extend(judge::unargued(&trees, &architecture));
    complaints.iter().for_each(|complaint| println!("{complaint}"));
    Ok(if complaints.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
