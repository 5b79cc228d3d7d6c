//! From a written path to the file that defines what it names, through every `use` and `pub use` on the way.

use std::collections::BTreeSet;

use crate::modules::{Crate, Meaning, ModuleId};

/// What a path has led to so far.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    Module(ModuleId),
    /// Something that the named file defines.
    In(String),
}

/// Names being looked up already: a circle of re-exports ends there.
type Asked = BTreeSet<(ModuleId, String)>;

/// Files that define what the path names, seen from `module`. None for another crate's things, for what a function
/// declares, and for a path that ends in a module: importing a module takes nothing from its file.
pub(crate) fn files(whole: &Crate, module: ModuleId, segments: &[String]) -> BTreeSet<String> {
    let found = walk(whole, module, segments, &mut Asked::new());
    found
        .into_iter()
        .filter_map(|found| if let Found::In(file) = found { Some(file) } else { None })
        .collect()
}

/// Modules that the path names, for `use path::*`.
pub(crate) fn modules(whole: &Crate, module: ModuleId, segments: &[String]) -> BTreeSet<ModuleId> {
    let found = walk(whole, module, segments, &mut Asked::new());
    found
        .into_iter()
        .filter_map(|found| if let Found::Module(module) = found { Some(module) } else { None })
        .collect()
}

fn walk(whole: &Crate, module: ModuleId, segments: &[String], asked: &mut Asked) -> BTreeSet<Found> {
    let Some((first, rest)) = segments.split_first() else { return BTreeSet::new() };
    let mut found = start(whole, module, first, asked);
    for segment in rest {
        if found.iter().any(|found| matches!(found, Found::Module(_))) {
            // A function of a module's name has no parts.
            found.retain(|found| matches!(found, Found::Module(_)));
        }
        found = found.into_iter().flat_map(|at| step(whole, module, at, segment, asked)).collect();
    }
    found
}

fn start(whole: &Crate, module: ModuleId, first: &str, asked: &mut Asked) -> BTreeSet<Found> {
    let here = &whole.modules[module];
    match first {
        "crate" => BTreeSet::from([Found::Module(here.root)]),
        "self" => BTreeSet::from([Found::Module(module)]),
        "super" => here.parent.map(Found::Module).into_iter().collect(),
        _ => {
            let found = look_up(whole, module, first, asked);
            let is_own_name = found.is_empty() && first == whole.name;
            if is_own_name { BTreeSet::from([Found::Module(0)]) } else { found }
        }
    }
}

fn step(whole: &Crate, from: ModuleId, at: Found, name: &str, asked: &mut Asked) -> BTreeSet<Found> {
    let Found::Module(module) = at else { return BTreeSet::from([at]) };
    if name == "super" {
        return whole.modules[module].parent.map(Found::Module).into_iter().collect();
    }
    let found = look_up(whole, module, name, asked);
    // What a macro or another crate put there is the module's own.
    if found.is_empty() && module != from {
        return BTreeSet::from([Found::In(whole.modules[module].file.clone())]);
    }
    found
}

fn look_up(whole: &Crate, module: ModuleId, name: &str, asked: &mut Asked) -> BTreeSet<Found> {
    if !asked.insert((module, name.to_owned())) {
        return BTreeSet::new();
    }
    let here = &whole.modules[module];
    let mut found = BTreeSet::new();
    for meaning in here.names.get(name).into_iter().flatten() {
        match meaning {
            Meaning::Item => {
                found.insert(Found::In(here.file.clone()));
            }
            Meaning::Module(child) => {
                found.insert(Found::Module(*child));
            }
            Meaning::Import(path) => found.extend(walk(whole, module, path, asked)),
        }
    }
    if found.is_empty() && !here.names.contains_key(name) {
        found = through_globs(whole, module, name, asked);
    }
    asked.remove(&(module, name.to_owned()));
    found
}

fn through_globs(whole: &Crate, module: ModuleId, name: &str, asked: &mut Asked) -> BTreeSet<Found> {
    let mut found = BTreeSet::new();
    for glob in &whole.modules[module].globs {
        for place in walk(whole, module, glob, asked) {
            if let Found::Module(place) = place {
                found.extend(look_up(whole, place, name, asked));
            }
        }
    }
    found
}
