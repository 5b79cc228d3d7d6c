//! Slow lanes with the nightly compiler: Miri and the fuzzer. No part of `cargo xtask test`.

use std::{fs, path::PathBuf};

use crate::{failure::Failure, fresh, repo::Repo, step::Step};

/// Runs oxicore's tests under Miri: no undefined behaviour, no overflow, on a machine with 32-bit pointers as well.
pub(crate) fn miri(repo: &Repo) -> Result<(), Failure> {
    nightly(repo, &["miri", "rust-src"])?;
    let targets = ["x86_64-unknown-linux-gnu", "i686-unknown-linux-gnu"];
    targets.into_iter().try_for_each(|target| {
        let words =
            "miri test --package oxicore --lib --no-default-features --features alloc,blocks,recorders --target";
        Step::new(repo, format!("miri: oxicore on {target}"), "cargo")
            .args(["+nightly"])
            .args(words.split(' '))
            .args([target])
            .env("MIRIFLAGS", "-Zmiri-strict-provenance")
            .env("CARGO_TARGET_DIR", repo.target("miri"))
            .env("RUSTUP_TOOLCHAIN", "nightly")
            .watch()
    })
}

/// Runs every fuzz target for so many seconds, from what it found before and from the fixtures.
pub(crate) fn fuzz(repo: &Repo, seconds: &str) -> Result<(), Failure> {
    let seconds: u32 =
        seconds.parse().map_err(|_| Failure::new(format!("not a number of seconds: {seconds:?}")))?;
    nightly(repo, &[])?;
    if !Step::new(repo, "cargo fuzz", "cargo").args(["fuzz", "--version"]).succeeds() {
        return Err(Failure::new("cargo-fuzz is missing; run: cargo install --locked cargo-fuzz"));
    }
    fuzz_targets(repo)?.iter().try_for_each(|target| fuzz_one(repo, target, seconds))
}

fn fuzz_one(repo: &Repo, target: &str, seconds: u32) -> Result<(), Failure> {
    let corpus = repo.at("fuzz/corpus").join(target);
    fs::create_dir_all(&corpus).map_err(Failure::io("make", &corpus))?;
    let known = [repo.at("fuzz/regressions").join(target), repo.at("oxicore/tests/fixtures")];
    Step::new(repo, format!("fuzz: {target} for {seconds} s"), "cargo")
        .args(["+nightly", "fuzz", "run", target])
        .args([corpus])
        .args(known.iter().filter(|folder| folder.is_dir()))
        .args(["--".to_owned(), format!("-max_total_time={seconds}"), "-print_final_stats=1".to_owned()])
        .env("CARGO_TARGET_DIR", repo.target("fuzz-nightly"))
        .watch()
}

/// The targets are the files of their folder.
fn fuzz_targets(repo: &Repo) -> Result<Vec<String>, Failure> {
    let name = |file: PathBuf| Some(file.file_stem()?.to_str()?.to_owned());
    Ok(fresh::entries(&repo.at("fuzz/fuzz_targets"))?.into_iter().filter_map(name).collect())
}

fn nightly(repo: &Repo, components: &[&str]) -> Result<(), Failure> {
    let there = Step::new(repo, "nightly", "cargo").args(["+nightly", "--version"]).succeeds();
    if !there {
        return Err(Failure::new("the nightly compiler is missing; run: rustup toolchain install nightly"));
    }
    if components.is_empty() {
        return Ok(());
    }
    Step::new(repo, format!("rustup component add {}", components.join(" ")), "rustup")
        .args(["+nightly", "component", "add"])
        .args(components)
        .must(repo)
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fuzz_target_of_the_folder_has_its_turn() {
        let targets = fuzz_targets(&Repo::find().unwrap()).unwrap();
        assert!(targets.contains(&"fast_vs_general".to_owned()), "{targets:?}");
    }

    #[test]
    fn a_time_that_is_no_number_is_refused() {
        let complaint = fuzz(&Repo::find().unwrap(), "long").unwrap_err().to_string();
        assert!(complaint.contains("\"long\""), "{complaint}");
    }
}
