//! `cargo xtask test`: installs what the tests need, runs them, sums them up.

mod c;
mod core;
mod deny;
mod drill;
mod firmware;
mod gate;
mod lint;
mod py;
mod rules;
mod security;
mod server;
mod site;
mod wasm;
mod web;

pub(crate) use py::ON_ARRAYS;

use std::path::{Path, PathBuf};

use crate::{
    failure::Failure,
    needs::{self, Need},
    repo::Repo,
    sheet::{Part, Sheet},
};

/// A room of the house, its tests, and the system packages they use.
struct Room {
    name: &'static str,
    needs: &'static [Need],
    run: fn(&mut Part<'_>) -> Result<(), Failure>,
}

const ROOMS: [Room; 11] = [
    Room { name: "lint", needs: &[], run: lint::run },
    Room { name: "core", needs: &[], run: core::run },
    Room { name: "gate", needs: &[Need::Valgrind], run: gate::run },
    Room { name: "firmware", needs: &[Need::ArmEmulator], run: firmware::run },
    Room {
        name: "c",
        needs: &[Need::ArmEmulator, Need::ArmCompiler, Need::Cmake, Need::PkgConfig],
        run: c::run,
    },
    Room { name: "py", needs: &[Need::PythonVenv], run: py::run },
    Room { name: "wasm", needs: &[Need::Chromium], run: wasm::run },
    Room { name: "server", needs: &[Need::Postgres], run: server::run },
    Room { name: "drill", needs: &[Need::Postgres], run: drill::run },
    Room { name: "web", needs: &[Need::Postgres, Need::Chromium], run: web::run },
    Room { name: "site", needs: &[Need::PythonVenv], run: site::run },
];

/// Runs the named parts, or all of them.
pub(crate) fn run(repo: &Repo, names: &[&str]) -> Result<(), Failure> {
    let rooms = chosen(names)?;
    let burden = std::env::var_os("OXI_PUBLISHED_BURDEN").map(PathBuf::from);
    println!("{}", outside_line("OXI_REAL_NIGHTS", "tests on recorded nights are", repo.real_nights())?);
    println!(
        "{}",
        outside_line("OXI_PUBLISHED_BURDEN", "the published example of calcHB is", burden.as_deref())?
    );
    let mut sheet = Sheet::default();
    for room in rooms {
        sheet.part(repo, room.name, |part| {
            needs::ensure(repo, room.needs)?;
            (room.run)(part)
        });
    }
    print!("{}", sheet.table());
    match sheet.totals().failed {
        0 => Ok(()),
        _ => Err(Failure::silent()),
    }
}

fn chosen(names: &[&str]) -> Result<Vec<&'static Room>, Failure> {
    if names.is_empty() {
        return Ok(ROOMS.iter().collect());
    }
    let find = |name: &&str| {
        let all = ROOMS.map(|room| room.name).join(", ");
        let found = ROOMS.iter().find(|room| room.name == *name);
        found.ok_or_else(|| Failure::new(format!("no part {name:?}; parts are: {all}")))
    };
    names.iter().map(find).collect()
}

/// What takes part although it lies outside the repository, or what is left out without it.
fn outside_line(variable: &str, tests: &str, folder: Option<&Path>) -> Result<String, Failure> {
    match folder {
        None => Ok(format!("{variable} is not set, {tests} left out")),
        Some(folder) if folder.is_dir() => Ok(format!("{variable}: {}", folder.display())),
        Some(folder) => Err(Failure::new(format!("{variable} names no folder: {}", folder.display()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_name_every_part_runs() {
        let names: Vec<&str> = chosen(&[]).unwrap().iter().map(|room| room.name).collect();
        assert_eq!(
            names,
            ["lint", "core", "gate", "firmware", "c", "py", "wasm", "server", "drill", "web", "site"]
        );
    }

    #[test]
    fn a_part_can_be_asked_for_alone() {
        let names: Vec<&str> = chosen(&["py", "core"]).unwrap().iter().map(|room| room.name).collect();
        assert_eq!(names, ["py", "core"]);
    }

    #[test]
    fn a_wrong_name_is_refused_with_the_right_ones() {
        let Err(failure) = chosen(&["pyhton"]) else { panic!("accepted") };
        assert!(failure.to_string().contains("lint, core, gate, firmware, c, py"), "{failure}");
    }
}
