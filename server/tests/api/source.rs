//! Rules about the source itself that the compiler does not know.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use crate::words::files;

/// Files of the source below `src`, by name, with their text.
pub(crate) fn sources() -> Vec<(String, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let name = |path: &PathBuf| path.strip_prefix(&root).unwrap().display().to_string();
    files(&root, "rs").iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn each_table_is_named_in_one_file() {
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, text) in sources() {
        for word in ["FROM ", "INTO ", "UPDATE ", "JOIN "] {
            for rest in text.split(word).skip(1) {
                let table: String =
                    rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                if !table.is_empty() {
                    named.entry(table).or_default().insert(name.clone());
                }
            }
        }
    }
    assert!(named.contains_key("accounts") && named.contains_key("recordings"), "{named:?}");
    let shared: Vec<_> = named.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(shared.is_empty(), "{shared:?}");
}

#[test]
fn no_query_is_put_together_at_run_time() {
    let found: Vec<_> = sources().into_iter().filter(|(_, text)| text.contains("AssertSqlSafe")).collect();
    let names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["platform/db/migrations.rs"]);
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    for (name, text) in sources() {
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        assert!(code.lines().count() < 400, "{name} has {} lines", code.lines().count());
    }
}

#[test]
fn what_changes_something_says_who_did_what() {
    for (name, text) in sources() {
        if name.starts_with("platform/") {
            continue;
        }
        let found = bare_writes(&text);
        assert!(found.is_empty(), "{name}: {found:?}: begin `http::audit::Work` instead");
    }
}

#[test]
fn bare_writes_are_found_however_they_are_broken_into_lines() {
    for bare in [
        "let mut connection = app.db.begin().await?;",
        "let begun = app\n        .db\n        .begin()\n        .await?;",
        "query.execute(db.write()).await",
        "Db::begin(&app.db).await",
        "fn a() {\n    let query = sqlx::query(\n        \"UPDATE a SET b = 1\");\n    query.execute(db.read())\n}\n",
    ] {
        assert_eq!(bare_writes(bare).len(), 1, "{bare}");
    }
    let fine = "fn a() {\n    sqlx::query(\"DELETE FROM a\").execute(&mut **work)\n}\n\nfn b() {\n    sqlx::query(\"SELECT 1\").fetch_one(db.read())\n}\n";
    assert!(bare_writes(fine).is_empty());
}

/// Where a text of Rust changes the database outside a work transaction: ways that do so, and functions that run a
/// changing statement where only reading ones belong.
fn bare_writes(text: &str) -> Vec<String> {
    let tight: String = text.split_whitespace().collect();
    let ways = ["db.begin()", "db.write()", "Db::begin", "Db::write"];
    let ways = ways.iter().filter(|way| tight.contains(**way)).map(|way| (*way).to_owned());
    let changes =
        |function: &&str| ["\"INSERT ", "\"UPDATE ", "\"DELETE "].iter().any(|verb| function.contains(verb));
    let reads = text.split("\n}\n").filter(changes).filter(|function| function.contains(".read()"));
    ways.chain(reads.map(|function| function.trim().to_owned())).collect()
}
