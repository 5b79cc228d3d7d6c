//! The order of a tree as its `direction.toml` states it.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

/// What `direction.toml` holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    /// Rooms from left to right; rooms of one group stand beside each other.
    pub(crate) order: Vec<Vec<String>>,
    /// Pairs of one group of which the first may use the second.
    #[serde(default)]
    pub(crate) beside: Vec<[String; 2]>,
    /// Circles that stay.
    #[serde(default)]
    pub(crate) circle: Vec<Exception>,
    /// False for a tree whose order nobody has stated.
    #[serde(skip, default = "stated")]
    pub(crate) is_stated: bool,
}

fn stated() -> bool {
    true
}

/// A circle of more than three files that stays, with its reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exception {
    /// Names under the root of the tree.
    pub(crate) files: Vec<String>,
    /// Words of docs/ARCHITECTURE.md under which the reason stands.
    pub(crate) reason: String,
}

impl Table {
    pub(crate) fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).context("no table of rooms")
    }

    /// Every top folder and every top file as a room of its own, for a tree without a table.
    pub(crate) fn of_top_names(files: &[String]) -> Self {
        let rooms: BTreeMap<&str, ()> = files.iter().map(|file| (top(file), ())).collect();
        Self { order: vec![rooms.into_keys().map(str::to_owned).collect()], ..Self::default() }
    }

    /// The room of a file: the longest name that is the file's module or one above it.
    pub(crate) fn room(&self, file: &str) -> Option<&str> {
        let module = without_ending(file);
        let holds = |room: &&str| {
            module.strip_prefix(*room).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.order.iter().flatten().map(String::as_str).filter(holds).max_by_key(|room| room.len())
    }

    /// How far to the right a room stands, from 0.
    pub(crate) fn place(&self, room: &str) -> Option<usize> {
        self.order.iter().position(|group| group.iter().any(|name| name == room))
    }

    /// Whether `from` may use `to`.
    pub(crate) fn permits(&self, from: &str, to: &str) -> bool {
        from == to
            || !self.is_stated
            || self.place(to) < self.place(from)
            || self
                .beside
                .iter()
                .any(|[user, used]| user == from && used == to && self.place(to) == self.place(from))
    }
}

/// A file's name without its ending.
fn without_ending(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(name, _)| name)
}

fn top(file: &str) -> &str {
    file.split_once('/').map_or(without_ending(file), |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let text =
            "order = [['platform', 'i18n'], ['http'], ['http/routes']]\nbeside = [['i18n', 'platform']]";
        Table::parse(text).unwrap()
    }

    #[test]
    fn the_longest_name_is_the_room() {
        assert_eq!(table().room("http/routes/access.rs"), Some("http/routes"));
        assert_eq!(table().room("http/routes.rs"), Some("http/routes"));
        assert_eq!(table().room("http/csrf.rs"), Some("http"));
        assert_eq!(table().room("http.rs"), Some("http"));
        assert_eq!(table().room("httpd.rs"), None);
    }

    #[test]
    fn what_stands_to_the_left_may_be_used_and_beside_only_what_is_listed() {
        assert!(table().permits("http", "platform"));
        assert!(!table().permits("platform", "http"));
        assert!(table().permits("i18n", "platform"));
        assert!(!table().permits("platform", "i18n"));
    }

    #[test]
    fn an_unknown_key_is_refused() {
        assert!(Table::parse("order = []\nordre = []").is_err());
    }
}
