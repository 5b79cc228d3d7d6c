//! Which file uses which.

use std::collections::BTreeMap;

use crate::{
    modules::{Crate, Place, Written},
    resolve,
};

/// A file uses something that another file defines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Arrow {
    pub(crate) from: String,
    pub(crate) to: String,
    /// First line of `from` that does so.
    pub(crate) line: usize,
    /// As it is written there.
    pub(crate) path: String,
}

/// The arrows of a tree, one for each pair of files, and all of its files.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) files: Vec<String>,
    pub(crate) arrows: Vec<Arrow>,
}

impl Graph {
    /// One arrow for each pair, the first line's, and none from a file to itself.
    pub(crate) fn new(
        files: impl IntoIterator<Item = String>,
        arrows: impl IntoIterator<Item = Arrow>,
    ) -> Self {
        let mut first: BTreeMap<(String, String), Arrow> = BTreeMap::new();
        for arrow in arrows.into_iter().filter(|arrow| arrow.from != arrow.to) {
            let known = first.entry((arrow.from.clone(), arrow.to.clone())).or_insert_with(|| arrow.clone());
            if arrow.line < known.line {
                *known = arrow;
            }
        }
        let mut files: Vec<String> = files.into_iter().collect();
        files.sort();
        files.dedup();
        Self { files, arrows: first.into_values().collect() }
    }
}

/// The graph of a crate.
pub(crate) fn of(whole: &Crate) -> Graph {
    let files = whole.modules.iter().map(|module| module.file.clone());
    Graph::new(files, whole.written.iter().flat_map(|written| arrows(whole, written)))
}

fn arrows(whole: &Crate, written: &Written) -> Vec<Arrow> {
    let from = &whole.modules[written.module];
    let arrow = |to: String| Arrow {
        from: from.file.clone(),
        to,
        line: written.line,
        path: written.segments.join("::"),
    };
    let mut to = resolve::files(whole, written.module, &written.segments);
    if matches!(written.place, Place::Glob | Place::GlobReExport) {
        // Whatever it brings, methods of traits too, is taken from the module.
        let modules = resolve::modules(whole, written.module, &written.segments);
        to.extend(modules.into_iter().map(|module| whole.modules[module].file.clone()));
    }
    if matches!(written.place, Place::ReExport | Place::GlobReExport) {
        to.retain(|file| !is_below(&from.path, file));
    }
    to.into_iter().map(arrow).collect()
}

/// Whether the file belongs to a module under that of the path: a facade may show what its own children define.
fn is_below(module: &[String], file: &str) -> bool {
    let folder: String = module.iter().map(|name| format!("{name}/")).collect();
    file.starts_with(&folder)
}
