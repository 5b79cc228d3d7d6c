//! House rules no compiler knows: short files, no `mod.rs`, nothing left for later.

use std::{fs, path::Path};

use crate::{failure::Failure, fresh, repo::Repo};

/// Most lines a source file may have, its unit tests not counted.
const MOST_LINES: usize = 400;

const SOURCES: [&str; 6] = ["rs", "ts", "js", "mjs", "py", "pyi"];

/// What nobody may leave in a source. Spelled in two halves, so that this file obeys its own rule.
const LEFT_FOR_LATER: [&str; 4] =
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("#[ig", "nore"), concat!("#[al", "low")];

/// Every broken rule of every source file, as `path: complaint`.
pub(super) fn complaints(repo: &Repo) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    walk(repo.root(), &mut |file| {
        let text = fs::read_to_string(file).map_err(Failure::io("read", file))?;
        let shown = file.strip_prefix(repo.root()).unwrap_or(file);
        found.extend(judge(shown, &text).into_iter().map(|what| format!("{}: {what}", shown.display())));
        Ok(())
    })?;
    Ok(found)
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path) -> Result<(), Failure>) -> Result<(), Failure> {
    for path in fresh::entries(folder)? {
        if path.is_dir() {
            walk(&path, visit)?;
        } else if path.extension().is_some_and(|ending| SOURCES.iter().any(|source| ending == *source)) {
            visit(&path)?;
        }
    }
    Ok(())
}

fn judge(path: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines = own_lines(text);
    if lines > MOST_LINES && !is_test(path) {
        found.push(format!("{lines} lines, more than {MOST_LINES}"));
    }
    if path.file_name().is_some_and(|name| name == "mod.rs") {
        found.push("a module file is named after its module".to_owned());
    }
    let words = LEFT_FOR_LATER.iter().filter(|word| text.lines().any(|line| leaves(line, word)));
    found.extend(words.map(|word| format!("holds {word:?}")));
    found
}

/// Whether the line has the word as an attribute, or first in a comment.
fn leaves(line: &str, word: &str) -> bool {
    let Some((before, _)) = line.split_once(word) else { return false };
    word.starts_with('#') || before.trim_end().ends_with(['/', '#', '*'])
}

/// Lines up to the unit tests at the bottom.
fn own_lines(text: &str) -> usize {
    text.lines().take_while(|line| *line != "#[cfg(test)]").count()
}

fn is_test(path: &Path) -> bool {
    path.components().any(|folder| folder.as_os_str() == "tests")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long(lines: usize) -> String {
        "let x = 1;\n".repeat(lines)
    }

    #[test]
    fn a_file_may_have_four_hundred_lines_and_not_one_more() {
        assert!(judge(Path::new("src/a.rs"), &long(400)).is_empty());
        assert_eq!(judge(Path::new("src/a.rs"), &long(401)), ["401 lines, more than 400"]);
    }

    #[test]
    fn unit_tests_at_the_bottom_are_not_counted() {
        let text = format!("{}#[cfg(test)]\nmod tests {{}}\n{}", long(399), long(300));
        assert!(judge(Path::new("src/a.rs"), &text).is_empty());
    }

    #[test]
    fn a_test_file_may_be_long() {
        assert!(judge(Path::new("server/tests/api/links.rs"), &long(900)).is_empty());
    }

    #[test]
    fn a_note_for_later_is_refused() {
        let note = format!("// {} later\n", LEFT_FOR_LATER[0]);
        assert_eq!(judge(Path::new("src/a.ts"), &note).len(), 1);
    }

    #[test]
    fn a_word_in_a_text_is_no_note() {
        let text = format!("const WORDS = \"{}\";\n", LEFT_FOR_LATER[0]);
        assert!(judge(Path::new("src/a.ts"), &text).is_empty());
    }

    #[test]
    fn a_module_file_with_the_old_name_is_refused() {
        assert_eq!(judge(Path::new("src/a/mod.rs"), "").len(), 1);
    }
}
