//! The tests that `docs/SECURITY.md` names are there, and each item of its table names one or says why not.

use std::fs;
use std::path::Path;

use crate::{failure::Failure, fresh, repo::Repo};

/// Every name that is nowhere and every item without a test, as `docs/SECURITY.md: complaint`.
pub(super) fn complaints(repo: &Repo) -> Result<Vec<String>, Failure> {
    let page = repo.at("docs/SECURITY.md");
    let page = fs::read_to_string(&page).map_err(Failure::io("read", &page))?;
    let mut sources = String::new();
    for folder in ["server", "xtask", "oxicore"] {
        read_all(&repo.at(folder), &mut sources)?;
    }
    let missing = missing(&page, &sources).into_iter().map(|name| format!("no test is called {name}"));
    let bare = without_test(&page).into_iter().map(|item| format!("item {item} names no test and no reason"));
    Ok(missing.chain(bare).map(|complaint| format!("docs/SECURITY.md: {complaint}")).collect())
}

fn read_all(folder: &Path, text: &mut String) -> Result<(), Failure> {
    for path in fresh::entries(folder)? {
        if path.is_dir() {
            read_all(&path, text)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            text.push_str(&fs::read_to_string(&path).map_err(Failure::io("read", &path))?);
        }
    }
    Ok(())
}

/// What stands between backticks and looks like the name of a test: at least four words.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2).filter(|word| {
        let is_name = word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        is_name && word.matches('_').count() >= 2
    })
}

fn missing<'p>(page: &'p str, sources: &str) -> Vec<&'p str> {
    names(page).filter(|name| !sources.contains(&format!("fn {name}("))).collect()
}

/// Items of the table (their first cell is a number such as `3.4.1`) whose line has neither.
fn without_test(page: &str) -> Vec<&str> {
    let items = page.lines().filter_map(|line| Some((line, line.strip_prefix("| ")?.split(' ').next()?)));
    let items = items
        .filter(|(_, item)| item.split('.').count() == 3 && item.starts_with(|c: char| c.is_ascii_digit()));
    items
        .filter(|(line, _)| names(line).next().is_none() && !line.contains("Not met"))
        .map(|(_, item)| item)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "Of `Cargo.lock`.\n| 3.4.1 | HSTS | two years | `it_is_told_so` |\n| 3.4.2 | x | Not met: no |  |\n";

    #[test]
    fn a_name_that_is_there_is_fine() {
        assert!(missing(PAGE, "async fn it_is_told_so(server: Server) {").is_empty());
    }

    #[test]
    fn a_name_that_is_nowhere_is_told() {
        assert_eq!(missing(PAGE, "fn it_is_told_so_often() {}"), ["it_is_told_so"]);
    }

    #[test]
    fn an_item_names_a_test_or_says_why_not() {
        assert!(without_test(PAGE).is_empty());
        assert_eq!(without_test("| 3.4.1 | HSTS | two years | later |\n"), ["3.4.1"]);
    }
}
