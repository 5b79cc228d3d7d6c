//! `cargo xtask`: every set-up step a fresh machine needs, in one place.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool speaks on its standard streams"
)]

mod accuracy;
mod bench;
mod direction;
mod drill;
mod failure;
mod fresh;
mod gate;
mod lanes;
mod needs;
mod npm;
mod python;
mod repo;
mod rust_target;
mod serve;
mod sheet;
mod site;
mod step;
mod test;
mod totals;
mod wasm;
mod web;
mod wheels;

use std::process::ExitCode;

use bench::With;
use failure::Failure;
use repo::Repo;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  serve [-- ARGS]  build what is out of date, start the platform on this machine
  test [PART...]   run the tests of lint, core, gate, firmware, c, py, wasm, server, drill, web, site, or of all
  bench [--python] every ratio to its peers; with the Python peers docs/BENCHMARKS.md as well
                   add --web to have the npm package and the viewer on that page
  bench --web      the npm package to JavaScript in Node.js, its size and its start; the viewer in Chromium
  direction [ROOT] which room of oxicore and server uses which, and the circles of files
  drill [NAME...]  attack the running platform and measure: the named ones, or `all`; without a name, lists them
  drill places     the npm package, packed, in the bundlers, runtimes and pages where people are
  accuracy         compare with other programs, and with recorded nights where a variable names them; docs/ACCURACY.md
  gate [--bless]   count the instructions of each stage, compare with the committed counts or replace them
  fuzz [SECONDS]   every fuzz target for so long (60 s), with the nightly compiler
  miri             the tests of oxicore under Miri, with the nightly compiler
  wasm             the npm package `oxicore`: WebAssembly, glue and types, into oxicore-wasm/pkg
  wheels           the Python wheel, tested on every Python of this machine; with --engines on Spark and Ray
  wheels --free-threaded  only the wheels for Pythons without a lock, which must be on this machine
  site             the documentation as static files: guide, definitions, references of all packages
  web              the browser side of the platform, into server/web/dist
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Failure> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve"] => serve::run(&Repo::find()?, &[]),
        ["serve", "--", rest @ ..] => serve::run(&Repo::find()?, rest),
        ["test", parts @ ..] => test::run(&Repo::find()?, parts),
        ["bench"] => bench::run(&Repo::find()?, With { python: false, web: false }),
        ["bench", "--python"] => bench::run(&Repo::find()?, With { python: true, web: false }),
        ["bench", "--python", "--web"] => bench::run(&Repo::find()?, With { python: true, web: true }),
        ["bench", "--web"] => bench::web(&Repo::find()?),
        ["accuracy"] => accuracy::run(&Repo::find()?),
        ["direction"] => direction::show(&Repo::find()?, None),
        ["direction", root] => direction::show(&Repo::find()?, Some(root)),
        ["drill"] => drill::list(&Repo::find()?),
        ["drill", names @ ..] => drill::run(&Repo::find()?, names),
        ["gate"] => gate::check(&Repo::find()?),
        ["gate", "--bless"] => gate::bless(&Repo::find()?),
        ["fuzz"] => lanes::fuzz(&Repo::find()?, "60"),
        ["fuzz", seconds] => lanes::fuzz(&Repo::find()?, seconds),
        ["miri"] => lanes::miri(&Repo::find()?),
        ["site"] => site::build(&Repo::find()?).map(drop),
        ["web"] => web::build(&Repo::find()?),
        ["wheels"] => wheels::run(&Repo::find()?, false),
        ["wheels", "--free-threaded"] => wheels::free_threaded(&Repo::find()?),
        ["wheels", "--engines"] => wheels::run(&Repo::find()?, true),
        ["wasm"] => wasm::build(&Repo::find()?),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        [unknown, ..] => Err(Failure::new(format!("unknown command {unknown:?}\n\n{USAGE}"))),
    }
}
