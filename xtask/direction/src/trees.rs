//! The trees of this project.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{arrows, files, judge::Tree, modules::Crate, table::Table};

/// A package whose direction is held: the folder of its table, and the name of its library.
const PACKAGES: [(&str, &str); 3] =
    [("oxicore", "oxicore"), ("figure", "oxi_figure"), ("server", "oxi_server")];

/// Reads every tree of the checkout at `root`. One without a table has its top names as rooms, in no order.
pub(crate) fn read(root: &Path) -> Result<Vec<Tree>> {
    let mut trees = Vec::new();
    for (folder, name) in PACKAGES {
        let files = files::read(&root.join(folder).join("src"), ".rs")?;
        let whole = Crate::read(name, &files).with_context(|| format!("cannot read {folder}/src"))?;
        trees.push(tree(root, folder, arrows::of(&whole))?);
    }
    Ok(trees)
}

fn tree(root: &Path, folder: &str, graph: arrows::Graph) -> Result<Tree> {
    let table_file = format!("{folder}/direction.toml");
    let path = root.join(&table_file);
    let table = if path.exists() {
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {table_file}"))?;
        Table::parse(&text).with_context(|| format!("cannot read {table_file}"))?
    } else {
        Table::of_top_names(&graph.files)
    };
    Ok(Tree { folder: format!("{folder}/src"), table_file, table, graph })
}
