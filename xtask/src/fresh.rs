//! Skips a step whose inputs did not change since it last succeeded.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use crate::failure::Failure;

/// A file beside a step's output that holds the hash of the inputs it was made from.
#[derive(Debug)]
pub(crate) struct Stamp {
    file: PathBuf,
    inputs: String,
}

impl Stamp {
    /// Hashes the content of `inputs`: files, and folders with all they hold but hidden and generated folders.
    pub(crate) fn of(file: PathBuf, inputs: &[PathBuf]) -> Result<Self, Failure> {
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            hash_path(input, &mut hasher)?;
        }
        Ok(Self { file, inputs: format!("{:016x}\n", hasher.finish()) })
    }

    /// Whether the step succeeded with exactly these inputs before.
    pub(crate) fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|seen| seen == self.inputs)
    }

    /// Call after the step succeeded.
    pub(crate) fn renew(&self) -> Result<(), Failure> {
        fs::write(&self.file, &self.inputs).map_err(Failure::io("write", &self.file))
    }
}

/// Folders that hold what tools make, never what a person wrote.
pub(crate) fn is_generated(name: &str) -> bool {
    name.starts_with('.') || matches!(name, "node_modules" | "target" | "dist" | "pkg" | "__pycache__")
}

/// The entries of a folder by name, generated ones left out.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(Failure::io("list", folder))? {
        let entry = entry.map_err(Failure::io("list", folder))?;
        if !is_generated(&entry.file_name().to_string_lossy()) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn hash_path(path: &Path, hasher: &mut DefaultHasher) -> Result<(), Failure> {
    if path.is_dir() {
        return entries(path)?.iter().try_for_each(|entry| hash_path(entry, hasher));
    }
    path.file_name().hash(hasher);
    if path.exists() {
        fs::read(path).map_err(Failure::io("read", path))?.hash(hasher);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("oxi-xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("in/node_modules")).unwrap();
        fs::write(folder.join("in/a.ts"), "one").unwrap();
        folder
    }

    fn stamp(folder: &Path) -> Stamp {
        Stamp::of(folder.join("stamp"), &[folder.join("in")]).unwrap()
    }

    #[test]
    fn a_step_is_stale_until_it_succeeded_once() {
        let folder = scratch("first");
        assert!(!stamp(&folder).is_fresh());
        stamp(&folder).renew().unwrap();
        assert!(stamp(&folder).is_fresh());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_changed_or_new_input_makes_the_step_stale() {
        let folder = scratch("changed");
        stamp(&folder).renew().unwrap();
        fs::write(folder.join("in/a.ts"), "two").unwrap();
        assert!(!stamp(&folder).is_fresh());
        stamp(&folder).renew().unwrap();
        fs::write(folder.join("in/b.ts"), "").unwrap();
        assert!(!stamp(&folder).is_fresh());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_tools_make_is_no_input() {
        let folder = scratch("generated");
        stamp(&folder).renew().unwrap();
        fs::write(folder.join("in/node_modules/x.js"), "anything").unwrap();
        assert!(stamp(&folder).is_fresh());
        fs::remove_dir_all(folder).unwrap();
    }
}
