//! The listing of `cargo xtask direction`.

use std::collections::BTreeMap;

use crate::{circles, judge::Tree};

/// The arrows between rooms, and every circle with its files.
pub(crate) fn listing(tree: &Tree) -> String {
    let circles = circles::of(&tree.graph);
    let mut text = format!(
        "{}: {} files, {} arrows, {} circles\n",
        tree.folder,
        tree.graph.files.len(),
        tree.graph.arrows.len(),
        circles.len()
    );
    for (room, used) in rooms(tree) {
        text.push_str(&format!("  {room} -> {}\n", used.join(", ")));
    }
    for circle in circles {
        text.push_str(&format!("  circle of {}: {}\n", circle.len(), circle.join(" ")));
    }
    text
}

/// For each room, left to right, those it uses and how many arrows lead there; `!` marks what is against the order.
fn rooms(tree: &Tree) -> Vec<(&str, Vec<String>)> {
    let place = |room: &str| (tree.table.place(room), room.to_owned());
    let mut between: BTreeMap<_, (&str, BTreeMap<_, (&str, u32)>)> = BTreeMap::new();
    for arrow in &tree.graph.arrows {
        let (Some(from), Some(to)) = (tree.table.room(&arrow.from), tree.table.room(&arrow.to)) else {
            continue;
        };
        if from != to {
            let (_, used) = between.entry(place(from)).or_insert_with(|| (from, BTreeMap::new()));
            used.entry(place(to)).or_insert((to, 0)).1 += 1;
        }
    }
    let shown = |from: &str, (to, count): &(&str, u32)| {
        let mark = if tree.table.permits(from, to) { "" } else { "!" };
        format!("{mark}{to} {count}")
    };
    let line =
        |(from, used): (_, BTreeMap<_, _>)| (from, used.values().map(|used| shown(from, used)).collect());
    between.into_values().map(line).collect()
}
