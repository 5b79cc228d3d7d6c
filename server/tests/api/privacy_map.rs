//! The data map of `docs/PRIVACY.md` against the tables there are: a later table with a patient in it fails here until
//! somebody has said, and built, what becomes of it when the patient is erased.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::support::{Backend, Server};

/// What the map says of a table.
pub(crate) struct Entry {
    cells: Vec<String>,
}

impl Entry {
    /// What becomes of its rows when a patient is erased.
    pub(crate) fn fate(&self) -> &str {
        &self.cells[4]
    }

    /// The columns that lead to a patient, if such rows are erased.
    pub(crate) fn erased(&self) -> Vec<String> {
        if self.fate().starts_with("Erased:") { in_backticks(self.fate()) } else { Vec::new() }
    }
}

fn in_backticks(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The map, by table.
pub(crate) fn map() -> BTreeMap<String, Entry> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/PRIVACY.md");
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.split("## Data map").nth(1).unwrap().lines().filter(|line| line.starts_with("| `"));
    let entry = |line: &str| {
        let mut cells: Vec<_> =
            line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
        let table = cells.remove(0).trim_matches('`').to_owned();
        assert_eq!(cells.len(), 5, "{line}");
        assert!(cells.iter().all(|cell| !cell.is_empty()), "{line}");
        (table, Entry { cells })
    };
    rows.map(entry).collect()
}

/// Every column of every table.
pub(crate) async fn columns(server: &Server) -> Vec<(String, String)> {
    let query = match server.backend {
        Backend::Sqlite => sqlx::query(
            "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
        ),
        Backend::Postgres => sqlx::query(
            "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'",
        ),
    };
    let pair = |row: &AnyRow| (row.get(0), row.get(1));
    query.fetch_all(server.app.db.read()).await.unwrap().iter().map(pair).collect()
}

/// Table, column and the table it refers to.
async fn references(server: &Server) -> Vec<(String, String, String)> {
    let query = match server.backend {
        Backend::Sqlite => sqlx::query(
            "SELECT m.name, f.\"from\", f.\"table\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f \
             WHERE m.type = 'table'",
        ),
        Backend::Postgres => sqlx::query(
            "SELECT c.relname::text, a.attname::text, f.relname::text FROM pg_constraint k \
             JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid \
             JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) WHERE k.contype = 'f'",
        ),
    };
    let triple = |row: &AnyRow| (row.get(0), row.get(1), row.get(2));
    query.fetch_all(server.app.db.read()).await.unwrap().iter().map(triple).collect()
}

/// Columns that lead to a patient by what they refer to, directly or through other tables.
fn by_reference(references: &[(String, String, String)]) -> BTreeSet<(String, String)> {
    let mut hanging = BTreeSet::from(["patients".to_owned(), "recordings".to_owned()]);
    loop {
        let found = references.iter().filter(|(_, _, to)| hanging.contains(to));
        let found: BTreeSet<_> = found.map(|(table, column, _)| (table.clone(), column.clone())).collect();
        let before = hanging.len();
        hanging.extend(found.iter().map(|(table, _)| table.clone()));
        if hanging.len() == before {
            return found;
        }
    }
}

/// Whether a column's name says that it may lead to a patient.
fn by_name(column: &str) -> bool {
    let names_one = ["recording", "link", "night"].iter().any(|thing| column.contains(thing));
    column.contains("patient")
        || names_one && column.ends_with("_id")
        || ["subject", "item_id", "source_id", "target_id", "blob_key"].contains(&column)
}

#[test]
fn a_later_column_that_leads_to_a_patient_is_found_by_reference_or_by_name() {
    let reference =
        |table: &str, column: &str, to: &str| (table.to_owned(), column.to_owned(), to.to_owned());
    let found = by_reference(&[
        reference("drawings", "note", "notes"),
        reference("notes", "night", "recordings"),
        reference("notes", "author", "accounts"),
    ]);
    let expected = [("drawings", "note"), ("notes", "night")];
    assert_eq!(found, expected.map(|(table, column)| (table.to_owned(), column.to_owned())).into());
    for column in ["patient", "recording_id", "link_id", "night_id", "subject", "patient_code"] {
        assert!(by_name(column), "{column}");
    }
    for column in ["recording_s", "has_links", "account_id", "links"] {
        assert!(!by_name(column), "{column}");
    }
}

behaviours! {
    async fn every_table_is_in_the_data_map_and_every_table_of_the_map_is_there(server: Server) {
        let tables: BTreeSet<_> = columns(&server).await.into_iter().map(|(table, _)| table).collect();
        let mapped: BTreeSet<_> = map().into_keys().collect();
        let difference: Vec<_> = tables.symmetric_difference(&mapped).collect();
        assert!(difference.is_empty(), "docs/PRIVACY.md, data map: {difference:?}");
    }

    async fn whatever_hangs_on_a_patient_is_said_to_be_erased_or_why_it_is_kept(server: Server) {
        let named = columns(&server).await.into_iter().filter(|(_, column)| by_name(column));
        let found: BTreeSet<_> = by_reference(&references(&server).await).into_iter().chain(named).collect();
        let said: BTreeSet<_> = map()
            .iter()
            .flat_map(|(table, entry)| in_backticks(entry.fate()).into_iter().map(|column| (table.clone(), column)))
            .collect();
        assert!(found.len() > 10, "{found:?}");
        let difference: Vec<_> = found.symmetric_difference(&said).collect();
        assert!(difference.is_empty(), "docs/PRIVACY.md, last column: {difference:?}");
    }
}
