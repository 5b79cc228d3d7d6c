//! Circles: files that all reach each other along the arrows.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::arrows::{Arrow, Graph};

/// Every circle of two files or more, the largest first; the files of each by name.
pub(crate) fn of(graph: &Graph) -> Vec<Vec<String>> {
    let (forward, backward) = (neighbours(graph, false), neighbours(graph, true));
    let mut placed = BTreeSet::new();
    let mut circles = Vec::new();
    for file in &graph.files {
        if placed.contains(file.as_str()) {
            continue;
        }
        let behind = reached(&backward, file);
        let circle: Vec<String> =
            reached(&forward, file).intersection(&behind).map(|file| (*file).to_owned()).collect();
        placed.extend(
            graph.files.iter().map(String::as_str).filter(|file| circle.iter().any(|in_it| in_it == file)),
        );
        if circle.len() > 1 {
            circles.push(circle);
        }
    }
    circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    circles
}

type Neighbours<'g> = BTreeMap<&'g str, Vec<&'g str>>;

fn neighbours(graph: &Graph, backward: bool) -> Neighbours<'_> {
    let mut all = Neighbours::new();
    for arrow in &graph.arrows {
        let (from, to) = if backward { (&arrow.to, &arrow.from) } else { (&arrow.from, &arrow.to) };
        all.entry(from).or_default().push(to);
    }
    all
}

/// The file itself and all that the arrows lead to.
fn reached<'g>(neighbours: &Neighbours<'g>, file: &'g str) -> BTreeSet<&'g str> {
    let mut seen = BTreeSet::from([file]);
    let mut waiting = VecDeque::from([file]);
    while let Some(at) = waiting.pop_front() {
        for next in neighbours.get(at).into_iter().flatten() {
            if seen.insert(next) {
                waiting.push_back(next);
            }
        }
    }
    seen
}

/// The arrows between the files of a circle.
pub(crate) fn inside<'g>(graph: &'g Graph, circle: &[String]) -> Vec<&'g Arrow> {
    let both = |arrow: &&Arrow| circle.contains(&arrow.from) && circle.contains(&arrow.to);
    graph.arrows.iter().filter(both).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(pairs: &[(&str, &str)]) -> Graph {
        let arrow = |(from, to): &(&str, &str)| Arrow {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
            line: 1,
            path: String::new(),
        };
        let files = pairs.iter().flat_map(|(from, to)| [(*from).to_owned(), (*to).to_owned()]);
        Graph::new(files, pairs.iter().map(arrow))
    }

    #[test]
    fn files_that_reach_each_other_are_a_circle_and_what_they_use_is_not() {
        let circles = of(&graph(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "a")]));
        assert_eq!(circles, [["a", "b", "c"]]);
    }

    #[test]
    fn the_largest_circle_comes_first() {
        let circles = of(&graph(&[("a", "b"), ("b", "a"), ("x", "y"), ("y", "z"), ("z", "x")]));
        assert_eq!(circles.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2]);
    }

    #[test]
    fn one_direction_has_no_circle() {
        assert!(of(&graph(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
    }
}
