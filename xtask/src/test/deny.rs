//! What the crates of the house may be: licences, bans, sources and known faults, by cargo-deny and `deny.toml`.
//!
//! The faults are those of `xtask/advisories.txt`, so that what passed today passes tomorrow and without a network.

use std::fs;

use crate::{failure::Failure, python::Venv, repo::Repo, sheet::Part, step::Step};

/// How cargo-deny calls the folder of the RustSec database.
const FOLDER: &str = "advisory-dbs/advisory-db-3157b0e258782691";

pub(super) fn run(part: &mut Part<'_>) -> Result<(), Failure> {
    let repo = part.repo;
    let tools = Venv::tools(repo)?;
    make_database(repo)?;
    part.check(
        Step::new(repo, "lint: licences, bans, sources and faults of crates", tools.program("cargo-deny"))
            .args(["--locked", "--offline", "--config"])
            .args([settings(repo)?])
            .args(["check"]),
    )
}

/// `deny.toml` with the place of the database in it.
fn settings(repo: &Repo) -> Result<std::path::PathBuf, Failure> {
    let text = read(repo, "deny.toml")?;
    let place = repo.target("advisory-dbs");
    let with_place = text.replace("[advisories]\n", &format!("[advisories]\ndb-path = {place:?}\n"));
    let file = repo.target("deny.toml");
    fs::write(&file, with_place).map_err(Failure::io("write", &file))?;
    Ok(file)
}

fn read(repo: &Repo, path: &str) -> Result<String, Failure> {
    let path = repo.at(path);
    fs::read_to_string(&path).map_err(Failure::io("read", &path))
}

/// A database as RustSec's, a file an advisory in a git repository, of the lines that we have.
fn make_database(repo: &Repo) -> Result<(), Failure> {
    let folder = repo.target(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(Failure::io("remove", &folder))?;
    }
    let text = read(repo, "xtask/advisories.txt")?;
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let advisory = Advisory::of(line).ok_or_else(|| Failure::new(format!("no advisory: {line}")))?;
        let of_crate = folder.join("crates").join(advisory.package);
        fs::create_dir_all(&of_crate).map_err(Failure::io("create", &of_crate))?;
        let file = of_crate.join(format!("{}.md", advisory.id));
        fs::write(&file, advisory.text()).map_err(Failure::io("write", &file))?;
    }
    let git = |words: &[&str]| {
        let who = ["-c", "user.name=xtask", "-c", "user.email=xtask@localhost"];
        let step = Step::new(repo, format!("git {}", words[0]), "git").folder(&folder).args(who).args(words);
        if step.succeeds() { Ok(()) } else { Err(Failure::new(format!("git {words:?} failed"))) }
    };
    git(&["init", "--quiet"])?;
    git(&["add", "--all"])?;
    git(&["commit", "--quiet", "--message", "advisories"])?;
    // cargo-deny asks this file when the database was fetched.
    let fetched = folder.join(".git/FETCH_HEAD");
    fs::write(&fetched, "").map_err(Failure::io("write", &fetched))
}

/// One line of `xtask/advisories.txt`.
#[derive(Debug, PartialEq, Eq)]
struct Advisory<'a> {
    id: &'a str,
    package: &'a str,
    date: &'a str,
    kind: &'a str,
    patched: Vec<&'a str>,
    unaffected: Vec<&'a str>,
    title: &'a str,
}

impl<'a> Advisory<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let [id, package, date, kind, patched, unaffected, title] = cells.try_into().ok()?;
        let list = |cell: &'a str| cell.split(';').map(str::trim).filter(|range| !range.is_empty()).collect();
        let is_known = matches!(kind, "fault" | "unsound" | "unmaintained");
        is_known.then(|| Self {
            id,
            package,
            date,
            kind,
            patched: list(patched),
            unaffected: list(unaffected),
            title,
        })
    }

    /// As RustSec writes it.
    fn text(&self) -> String {
        let Self { id, package, date, patched, unaffected, title, .. } = self;
        let informational = match self.kind {
            "fault" => String::new(),
            kind => format!("informational = {kind:?}\n"),
        };
        format!(
            "```toml\n[advisory]\nid = {id:?}\npackage = {package:?}\ndate = {date:?}\n{informational}\n[versions]\n\
             patched = {patched:?}\nunaffected = {unaffected:?}\n```\n\n# {title}\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_an_advisory() {
        let line =
            "RUSTSEC-2026-0001 | lamp | 2026-01-01 | unsound | >= 1.2, < 2.0; >= 2.1 | < 0.3 | it burns";
        let advisory = Advisory::of(line).unwrap();
        assert_eq!(advisory.patched, [">= 1.2, < 2.0", ">= 2.1"]);
        let text = advisory.text();
        assert!(text.contains("informational = \"unsound\"\n"), "{text}");
        assert!(
            text.contains("patched = [\">= 1.2, < 2.0\", \">= 2.1\"]\nunaffected = [\"< 0.3\"]\n"),
            "{text}"
        );
    }

    #[test]
    fn a_line_of_another_form_is_none() {
        assert_eq!(Advisory::of("RUSTSEC-2026-0001 | lamp | 2026-01-01 | fault | >= 1.2 | it burns"), None);
        assert_eq!(Advisory::of("RUSTSEC-2026-0001 | lamp | 2026-01-01 | rumour | | | it burns"), None);
    }

    #[test]
    fn every_line_of_the_list_is_an_advisory() {
        let text = read(&Repo::find().unwrap(), "xtask/advisories.txt").unwrap();
        let lines: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.len() > 10);
        assert!(lines.iter().all(|line| Advisory::of(line).is_some()), "{lines:?}");
    }
}
