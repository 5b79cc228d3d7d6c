//! Programs that come from the system's packages.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{failure::Failure, repo::Repo, step::Step};

/// A program the tests really use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Postgres,
    Chromium,
    PythonVenv,
    Valgrind,
    ArmEmulator,
    ArmCompiler,
    Cmake,
    PkgConfig,
}

impl Need {
    fn package(self) -> &'static str {
        match self {
            Self::Postgres => "postgresql",
            Self::Chromium => "chromium",
            Self::PythonVenv => "python3-venv",
            Self::Valgrind => "valgrind",
            Self::ArmEmulator => "qemu-system-arm",
            Self::ArmCompiler => "gcc-arm-none-eabi",
            Self::Cmake => "cmake",
            Self::PkgConfig => "pkg-config",
        }
    }

    fn is_there(self, repo: &Repo) -> bool {
        match self {
            Self::Postgres => postgres().is_some(),
            Self::Chromium => chromium().is_some(),
            Self::Valgrind => on_path("valgrind").is_some(),
            Self::ArmEmulator => on_path("qemu-system-arm").is_some(),
            Self::ArmCompiler => on_path("arm-none-eabi-gcc").is_some(),
            Self::Cmake => on_path("cmake").is_some(),
            Self::PkgConfig => on_path("pkg-config").is_some(),
            Self::PythonVenv => {
                Step::new(repo, "venv", "python3").args(["-c", "import venv, ensurepip"]).succeeds()
            }
        }
    }
}

/// Installs what is missing where that is allowed (root on Debian), else names the command that would.
pub(crate) fn ensure(repo: &Repo, needs: &[Need]) -> Result<(), Failure> {
    let missing = missing(repo, needs);
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    if !is_root() || !Path::new("/etc/debian_version").exists() {
        let command = "sudo apt-get install --no-install-recommends";
        return Err(Failure::new(format!("missing system packages; run: {command} {packages}")));
    }
    install(repo, &missing)?;
    match self::missing(repo, needs).as_slice() {
        [] => Ok(()),
        _ => Err(Failure::new(format!("installed {packages}, but not all of their programs are there"))),
    }
}

/// Packages of the needs that are not there, each once.
fn missing(repo: &Repo, needs: &[Need]) -> Vec<&'static str> {
    let mut packages: Vec<&str> =
        needs.iter().filter(|need| !need.is_there(repo)).map(|need| need.package()).collect();
    packages.sort_unstable();
    packages.dedup();
    packages
}

/// The browser of the end-to-end tests: `CHROMIUM_PATH`, else the first one found.
pub(crate) fn chromium() -> Option<PathBuf> {
    let given = std::env::var_os("CHROMIUM_PATH").map(PathBuf::from);
    let usual = ["chromium", "chromium-browser", "google-chrome"];
    given.or_else(|| usual.iter().find_map(|name| on_path(name)))
}

/// The browser, or a clear line that it is missing.
pub(crate) fn browser() -> Result<PathBuf, Failure> {
    chromium().ok_or_else(|| Failure::new("Chromium is missing; set CHROMIUM_PATH"))
}

/// The folder of PostgreSQL's server programs.
fn postgres() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten().flatten();
    let mut folders = debian.map(|entry| entry.path().join("bin"));
    folders.find(|bin| bin.join("initdb").is_file()).or_else(|| on_path("initdb"))
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn is_root() -> bool {
    let user = Command::new("id").arg("-u").output();
    user.is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).trim() == "0")
}

fn install(repo: &Repo, packages: &[&str]) -> Result<(), Failure> {
    apt(repo, "apt-get update").args(["update"]).must(repo)?;
    apt(repo, format!("apt-get install {}", packages.join(" ")))
        .args(["install", "-y", "--no-install-recommends"])
        .args(packages)
        .must(repo)
        .map(drop)
}

fn apt(repo: &Repo, name: impl Into<String>) -> Step {
    Step::new(repo, name, "apt-get").env("DEBIAN_FRONTEND", "noninteractive")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_of_the_path_is_found() {
        assert!(on_path("sh").is_some());
        assert_eq!(on_path("no-such-program-anywhere"), None);
    }
}
