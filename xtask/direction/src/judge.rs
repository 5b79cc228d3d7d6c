//! What is wrong with a tree, as sentences.

use std::collections::BTreeSet;

use crate::{
    arrows::{Arrow, Graph},
    circles,
    table::{Exception, Table},
};

/// Most files a circle may have.
const LARGEST_CIRCLE: usize = 3;

/// Most circles, of all trees together, that may be larger.
pub(crate) const MOST_EXCEPTIONS: usize = 2;

/// A tree, where it lies, and what its table says.
#[derive(Debug)]
pub(crate) struct Tree {
    /// Folder of the files, as messages show it.
    pub(crate) folder: String,
    /// Name of the table, as messages show it.
    pub(crate) table_file: String,
    pub(crate) table: Table,
    pub(crate) graph: Graph,
}

/// Every broken rule of one tree.
pub(crate) fn complaints(tree: &Tree) -> Vec<String> {
    if !tree.table.is_stated {
        return vec![format!("{}: no {} states its order", tree.folder, tree.table_file)];
    }
    let mut found = homeless(tree);
    found.extend(against(tree).into_iter().map(|arrow| against_sentence(tree, arrow)));
    found.extend(too_large(tree).iter().map(|circle| circle_sentence(tree, circle)));
    found
}

/// Exceptions that are too many, or not argued in the text of docs/ARCHITECTURE.md.
pub(crate) fn unargued(trees: &[Tree], architecture: &str) -> Vec<String> {
    let all: Vec<&Exception> = trees.iter().flat_map(|tree| &tree.table.circle).collect();
    let mut found = Vec::new();
    if all.len() > MOST_EXCEPTIONS {
        found.push(format!("{} circles are excepted, more than {MOST_EXCEPTIONS}", all.len()));
    }
    let missing = all.iter().filter(|exception| !architecture.contains(&exception.reason));
    found.extend(missing.map(|exception| {
        format!("docs/ARCHITECTURE.md does not argue the excepted circle {:?}", exception.reason)
    }));
    found
}

/// Arrows that lead to the right.
pub(crate) fn against(tree: &Tree) -> Vec<&Arrow> {
    let wrong = |arrow: &&Arrow| match (tree.table.room(&arrow.from), tree.table.room(&arrow.to)) {
        (Some(from), Some(to)) => !tree.table.permits(from, to),
        _ => false,
    };
    tree.graph.arrows.iter().filter(wrong).collect()
}

/// Files without a room, and rooms without a file.
fn homeless(tree: &Tree) -> Vec<String> {
    let Tree { folder, table_file, table, graph } = tree;
    let lost = graph.files.iter().filter(|file| table.room(file).is_none());
    let mut found: Vec<String> =
        lost.map(|file| format!("{folder}/{file}: no room of {table_file} holds it")).collect();
    let used: BTreeSet<&str> = graph.files.iter().filter_map(|file| table.room(file)).collect();
    let empty = table.order.iter().flatten().filter(|room| !used.contains(room.as_str()));
    found.extend(empty.map(|room| format!("{table_file}: no file is in the room {room:?}")));
    found
}

fn against_sentence(tree: &Tree, arrow: &Arrow) -> String {
    let Tree { folder, table_file, table, .. } = tree;
    let Arrow { from, to, line, path } = arrow;
    let room = |file: &str| table.room(file).unwrap_or_default().to_owned();
    let (user, used) = (room(from), room(to));
    let stands = if table.place(&user) == table.place(&used) { "beside" } else { "to the right of" };
    format!(
        "{folder}/{from}:{line}: `{path}` leads from {user} to {used} ({to}), which stands {stands} it; \
         a room uses only what stands to its left ({table_file})"
    )
}

fn too_large(tree: &Tree) -> Vec<Vec<String>> {
    let excepted = |circle: &[String]| {
        tree.table.circle.iter().any(|exception| circle.iter().all(|file| exception.files.contains(file)))
    };
    circles::of(&tree.graph)
        .into_iter()
        .filter(|circle| circle.len() > LARGEST_CIRCLE && !excepted(circle))
        .collect()
}

/// Most arrows of a circle that are shown: more help nobody.
const SHOWN_ARROWS: usize = 40;

fn circle_sentence(tree: &Tree, circle: &[String]) -> String {
    let arrows = circles::inside(&tree.graph, circle);
    let shown = arrows.iter().take(SHOWN_ARROWS).map(|Arrow { from, to, line, path }| {
        format!("\n    {}/{from}:{line}: `{path}` leads to {to}", tree.folder)
    });
    let more = match arrows.len().saturating_sub(SHOWN_ARROWS) {
        0 => String::new(),
        more => format!("\n    and {more} more; what leads to the right is named apart"),
    };
    format!(
        "{}: {} files use each other in a circle, more than {LARGEST_CIRCLE}:{}{more}",
        tree.folder,
        circle.len(),
        shown.collect::<String>()
    )
}
