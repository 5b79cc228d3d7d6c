//! Every example runs, and what it asserts is true.

#[path = "../examples/arrays.rs"]
mod arrays;
#[path = "../examples/export.rs"]
mod export;
#[path = "../examples/join.rs"]
mod join;
#[path = "../examples/live.rs"]
mod live;
#[path = "../examples/own_definition.rs"]
mod own_definition;
#[path = "../examples/read.rs"]
mod read;

use std::error::Error;
use std::fs;
use std::path::Path;

#[test]
fn examples_without_an_argument_run() -> Result<(), Box<dyn Error>> {
    let all = [arrays::main, export::main, join::main, live::main, own_definition::main];
    all.into_iter().try_for_each(|main| main())
}

#[test]
fn the_example_that_reads_takes_every_text_of_the_fixtures() -> Result<(), Box<dyn Error>> {
    let _: fn() -> Result<(), Box<dyn Error>> = read::main;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "csv") {
            read::run(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}

#[test]
fn every_example_is_run_here() -> Result<(), Box<dyn Error>> {
    let own = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples.rs"))?;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"))? {
        let name = entry?.file_name();
        assert!(own.contains(&format!("../examples/{}", name.to_string_lossy())), "{name:?}");
    }
    Ok(())
}
