//! Every sentence exists in both languages, every sentence that is used exists, and Romanian is spelled right.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use oxi_server::i18n::{Locale, keys};

fn server() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Files below a folder with this ending.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found
}

/// The words that stand in quotes right behind `call`, such as `t("` in templates.
fn quoted_after(text: &str, call: &str) -> BTreeSet<String> {
    let words = text.split(call).skip(1).filter_map(|rest| rest.split('"').next());
    words
        .filter(|word| {
            !word.is_empty()
                && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        })
        .map(str::to_owned)
        .collect()
}

/// Keys that templates and code name, with the file that does.
fn used_keys() -> BTreeSet<(String, String)> {
    let mut used = BTreeSet::new();
    let paths =
        files(&server().join("templates"), "html").into_iter().chain(files(&server().join("src"), "rs"));
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        let name = path.strip_prefix(server()).unwrap().display().to_string();
        for call in [".t(\"", ".t_args(\"", ".t_n(\"", ".t_with(\""] {
            used.extend(quoted_after(text, call).into_iter().map(|key| (name.clone(), key)));
        }
        let squeezed: String = text.split_whitespace().collect::<Vec<_>>().join("");
        for call in ["Problem::refused(\"", "Problem::unavailable(\"", "Self::unavailable(\""] {
            used.extend(
                quoted_after(&squeezed, call).into_iter().map(|code| (name.clone(), format!("error-{code}"))),
            );
        }
        for piece in squeezed.split("Problem::new(").skip(1).chain(squeezed.split("Self::new(").skip(1)) {
            let call = piece.split(')').next().unwrap();
            used.extend(
                quoted_after(call, ",\"").into_iter().map(|code| (name.clone(), format!("error-{code}"))),
            );
        }
    }
    used
}

#[test]
fn both_languages_have_the_same_sentences() {
    assert!(keys(Locale::Ro).len() > 50);
    assert_eq!(keys(Locale::Ro), keys(Locale::En));
}

#[test]
fn every_sentence_that_is_used_exists() {
    let used = used_keys();
    assert!(used.len() > 100, "only {} uses found: the search is broken", used.len());
    let missing: Vec<_> = used.iter().filter(|(_, key)| !keys(Locale::Ro).contains(key)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn both_languages_name_the_same_places_in_each_file() {
    for path in files(&server().join("locales/ro"), "ftl") {
        let english = server().join("locales/en").join(path.file_name().unwrap());
        assert_eq!(places(&path), places(&english), "{}", path.display());
    }
}

/// Key and the variables its sentence uses.
fn places(path: &Path) -> BTreeSet<(String, String)> {
    let (mut found, mut key) = (BTreeSet::new(), String::new());
    for line in fs::read_to_string(path).unwrap().lines() {
        if let Some((name, _)) =
            line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            key = name.to_owned();
        }
        for rest in line.split('$').skip(1) {
            let name: String =
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
            found.insert((key.clone(), name));
        }
    }
    found
}

#[test]
fn romanian_is_written_with_commas_below_and_not_with_cedillas() {
    let folders = [
        server().join("locales"),
        server().join("templates"),
        server().join("src"),
        server().join("web/src"),
    ];
    for path in folders
        .iter()
        .flat_map(|folder| ["ftl", "html", "rs", "ts"].map(|ending| files(folder, ending)))
        .flatten()
    {
        let text = fs::read_to_string(&path).unwrap();
        let cedilla = text.chars().find(|c| matches!(c, '\u{15e}' | '\u{15f}' | '\u{162}' | '\u{163}'));
        assert_eq!(cedilla, None, "{}", path.display());
    }
    let romanian: String = files(&server().join("locales/ro"), "ftl")
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    assert!(romanian.contains('ș') && romanian.contains('ț'));
}

#[test]
fn templates_hold_no_sentences_of_their_own() {
    for path in files(&server().join("templates"), "html") {
        let text = fs::read_to_string(&path).unwrap();
        for line in without_code(&text).lines() {
            let outside: String = outside_tags(line);
            let words = outside.replace("Română", "").replace("English", "");
            assert!(!words.chars().any(char::is_alphabetic), "{}: {words}", path.display());
        }
    }
}

fn without_code(text: &str) -> String {
    let mut rest = text.replace("{%", "\u{1}").replace("{{", "\u{1}").replace("{#", "\u{1}");
    rest = rest.replace("%}", "\u{2}").replace("}}", "\u{2}").replace("#}", "\u{2}");
    between_marks_removed(&rest, '\u{1}', '\u{2}').replace("&middot;", "")
}

fn outside_tags(line: &str) -> String {
    between_marks_removed(line, '<', '>')
}

fn between_marks_removed(text: &str, open: char, close: char) -> String {
    let mut depth = 0_u32;
    let kept = text.chars().filter(|&c| {
        if c == open {
            depth += 1;
        }
        let keep = depth == 0;
        if c == close {
            depth = depth.saturating_sub(1);
        }
        keep || c == '\n'
    });
    kept.collect()
}
