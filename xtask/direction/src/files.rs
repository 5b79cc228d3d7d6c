//! The files of a tree: read from a folder, or made up by a test.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};

/// Text of each file by its name under the root of the tree, with `/` between folders.
pub(crate) type Files = BTreeMap<String, String>;

/// Every file under `root` whose name ends so.
pub(crate) fn read(root: &Path, ending: &str) -> Result<Files> {
    let mut files = Files::new();
    collect(root, "", ending, &mut files)?;
    Ok(files)
}

fn collect(folder: &Path, above: &str, ending: &str, files: &mut Files) -> Result<()> {
    let list = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in list {
        let path = entry.with_context(|| format!("cannot list {}", folder.display()))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let name = format!("{above}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), ending, files)?;
        } else if name.ends_with(ending) {
            let text =
                fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.insert(name, text);
        }
    }
    Ok(())
}

/// A tree of a test: `[("a.rs", "text"), ...]`.
#[cfg(test)]
pub(crate) fn made_up(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}
