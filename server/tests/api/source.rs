//! Rules about the source itself that the compiler does not know.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use oxi_server::audit::ACTIONS;
use oxi_server::i18n::{Locale, keys};

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
        assert!(found.is_empty(), "{name}: {found:?}: begin `audit::Work` instead");
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

#[test]
fn stores_take_proofs_or_rows_instead_of_identifiers() {
    let found: BTreeSet<_> = sources()
        .iter()
        .filter(|(_, text)| text.contains("sqlx::query"))
        .flat_map(|(name, text)| bare_ids(text).into_iter().map(move |function| format!("{name} {function}")))
        .collect();
    let argued: BTreeSet<_> = BARE_IDS.iter().map(|(function, _)| (*function).to_owned()).collect();
    let difference: Vec<_> = found.symmetric_difference(&argued).collect();
    assert!(difference.is_empty(), "take a proof, or argue here: {difference:?}");
}

/// Functions that ask the database with an identifier alone, and why they may.
const BARE_IDS: [(&str, &str); 23] = [
    (
        "clinics/invitations/store.rs take",
        "beside the address it was sent to: of the secret's row, or the own",
    ),
    ("accounts/store.rs find", "makes the row that proofs of accounts carry"),
    ("accounts/store.rs is_enabled", "of a row of another room: who gave a link, who works in a clinic"),
    ("accounts/store.rs recipient", "of the row of a mail"),
    ("accounts/requests/store.rs owner", "of the row of a mail"),
    ("clinics/invitations/store.rs of_mail", "of the row of a mail"),
    ("mail/store.rs insert", "of a mail that is being made"),
    ("accounts/store.rs settle", "at the first sight of an account, and of rows of a program of before"),
    ("clinics/store.rs administrators", "of a row: a clinic that somebody else administers too"),
    ("clinics/store.rs contact", "of an opened link, or of the clinic in which somebody works"),
    ("clinics/store.rs at_work", "of a row, as administrators"),
    ("clinics/store.rs is_at_work", "of an opened link: there is nobody who is signed in"),
    ("clinics/store.rs next_number_at_home", "gives clinics to rows of a program of before"),
    (
        "patients/links/store.rs find",
        "makes the proof of an own link, beside that of its patient; of a code's row",
    ),
    ("patients/links/store.rs find_by_secret", "the secret is the proof: it makes the one of an open link"),
    ("patients/links/store.rs find_by_visit", "as find_by_secret"),
    ("patients/store.rs hold", "makes the proof that a patient is held, of the identifier in a row"),
    ("recordings/store.rs list_erased", "of the row of an erasure"),
    ("recordings/store.rs list_ready", "where the platform's own look at all rows goes on"),
    ("recordings/store.rs settle", "gives clinics to rows of a program of before"),
    ("rows/store.rs count_of_patient", "of the proof of a patient, which stands after this room"),
    ("rows/store.rs known", "as list_ready"),
    ("rows/store.rs find_outdated", "of the row of a job"),
];

/// Values that a store may trust: proofs, and rows that a store has found.
const TRUSTED: [&str; 15] = [
    "&Answered",
    "&Newcomer",
    "&Admin",
    "&Member",
    "&Doctor",
    "&ClinicAdmin",
    "&ClinicPerson",
    "&Handover",
    "&HeldPatient",
    "&OpenedLink",
    "&OwnedPatient",
    "&NewAccount",
    "&NewRequest",
    "&Session,",
    "&Queued,",
];

#[test]
fn identifiers_in_signatures_are_found_beside_proofs_or_without() {
    let text = "\npub(super) async fn find(db: &Db, id: &PatientId) -> R {\n}\n\nasync fn inner(id: &PatientId) {}\n\n\
                pub async fn seen(\n    db: &Db,\n    reader: &Member,\n    id: &PatientId,\n) -> R {\n}\n";
    assert_eq!(bare_ids(text), ["find"]);
}

/// The functions of a text that others may call and that take an identifier without anything that is [`TRUSTED`].
fn bare_ids(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let signatures = code.split("\npub").skip(1).filter_map(|item| item.split_once("fn "));
    let bare = signatures.filter_map(|(_, function)| {
        let (name, rest) = function.split_once(['(', '<'])?;
        let parameters = rest.split("->").next()?;
        let takes_one =
            parameters.contains("Id,") || parameters.contains("Id)") || parameters.contains("Id>");
        let is_trusted = TRUSTED.iter().any(|proof| parameters.contains(proof));
        (takes_one && !is_trusted).then(|| name.to_owned())
    });
    bare.collect()
}

#[test]
fn every_act_has_its_word_and_every_word_its_sentence() {
    let mut used: BTreeSet<String> = sources().iter().flat_map(|(_, text)| acts(text)).collect();
    used.remove(NOT_KEPT);
    let unknown: Vec<_> = used.iter().filter(|act| !ACTIONS.contains(&act.as_str())).collect();
    assert!(used.len() > 60 && unknown.is_empty(), "add to `audit/actions.rs`: {unknown:?}");
    assert!(ACTIONS.is_sorted(), "in the order of the alphabet");
    let all: String = sources().into_iter().map(|(_, text)| text).collect();
    let unused: Vec<_> =
        ACTIONS.iter().filter(|act| all.matches(&format!("\"{act}\"")).count() < 2).collect();
    assert!(unused.is_empty(), "nothing does this any more: {unused:?}");
    for locale in Locale::ALL {
        let missing: Vec<_> =
            ACTIONS.iter().filter(|act| !keys(locale).contains(&format!("act-{act}"))).collect();
        assert!(missing.is_empty(), "add `act-...` to locales/{}/audit.ftl: {missing:?}", locale.tag());
    }
}

/// The words that acts of a text are made with, where they stand in the call.
fn acts(text: &str) -> Vec<String> {
    let tight: String = text.split_whitespace().collect();
    let calls = tight.split("Act::on_").skip(1);
    let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
    let words =
        calls.filter_map(|call| call.trim_start_matches(is_name).strip_prefix("(\"")?.split('"').next());
    words.map(str::to_owned).collect()
}

/// An act without an entry has no sentence.
const NOT_KEPT: &str = "session-used";

/// Acts that have no entry, and why.
const WITHOUT_ENTRY: [(&str, &str); 1] =
    [("accounts/session.rs", "when a session was used last is nobody's act, and comes with every page")];

#[test]
fn acts_without_an_entry_are_argued() {
    let found: BTreeSet<_> = sources()
        .into_iter()
        .filter(|(name, text)| name != "audit/act.rs" && text.contains("without_entry()"))
        .map(|(name, text)| (name, text.matches("without_entry()").count()))
        .collect();
    let argued: BTreeSet<_> = WITHOUT_ENTRY.iter().map(|(name, _)| ((*name).to_owned(), 1)).collect();
    assert_eq!(found, argued);
}
