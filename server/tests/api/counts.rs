//! No behaviour is tested on one back end only.

use std::collections::BTreeSet;
use std::process::Command;

/// Names of the tests of this program that run in `module`, with the module's name taken out.
fn tests_in(module: &str) -> BTreeSet<String> {
    let list = Command::new(std::env::current_exe().unwrap())
        .args(["--list", "--format", "terse"])
        .output()
        .unwrap();
    let names = String::from_utf8(list.stdout).unwrap();
    let part = format!("::{module}::");
    names.lines().filter(|line| line.contains(&part)).map(|line| line.replace(&part, "::")).collect()
}

#[test]
fn postgres_sees_every_test_that_sqlite_sees() {
    let (sqlite, postgres) = (tests_in("sqlite"), tests_in("postgres"));
    println!("{} tests on SQLite, {} on PostgreSQL", sqlite.len(), postgres.len());
    assert!(!sqlite.is_empty());
    assert_eq!(sqlite, postgres);
}

#[test]
fn the_s3_service_sees_every_test_that_the_folder_sees() {
    let (folder, s3) = (tests_in("folder"), tests_in("s3"));
    println!("{} tests on the folder, {} on the S3 service", folder.len(), s3.len());
    assert!(!folder.is_empty());
    assert_eq!(folder, s3);
}
