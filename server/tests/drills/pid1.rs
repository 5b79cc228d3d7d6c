//! Two programs that both are process 1, as in two containers, on one folder of files and one database.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use crate::Length;
use crate::figures::Figures;
use crate::support::program::{Program, Running};
use crate::support::{Database, also_at, block_on, files_in, program, signed_in};
use crate::uploads::{Uploads, audit};

pub fn run(length: Length) -> Vec<Figures> {
    if !can_number_processes() {
        println!("pid1: skipped, this account may not start a process as number 1 (unshare --pid)");
        return Vec::new();
    }
    block_on(async { vec![drill(length).await] })
}

const UPLOADERS_EACH: u32 = 12;

async fn drill(length: Length) -> Figures {
    let database = Database::postgres().await;
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (first, address) = program(&folder, &database, &[]);
    let (second, other_address) = program(&folder, &database, &[]);
    let _running = [as_process_one(&first), as_process_one(&second)];
    let browser = Arc::new(signed_in(&address).await);
    let other = Arc::new(also_at(&browser, &other_address));
    let uploads = Uploads::start(&[Arc::clone(&browser), other], UPLOADERS_EACH).await;
    let wanted = length.of(600, 200);
    while uploads.begun() < wanted {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let (acknowledged, broken) = uploads.finish().await;
    let mut figures = Figures::new("pid1: two programs, both process 1, on one folder and one PostgreSQL");
    figures.tell("answers that were no acknowledgement", broken);
    audit(&browser, &acknowledged, 0, &mut figures).await;
    let blobs = files_in(&folder.path().join("files/recordings"));
    figures.at_most("files that belong to no night", blobs.saturating_sub(acknowledged.len()), 0);
    figures
}

fn can_number_processes() -> bool {
    let outcome = Command::new("unshare").args(["--pid", "--fork", "true"]).output();
    outcome.is_ok_and(|outcome| outcome.status.success())
}

fn as_process_one(program: &Program) -> Running {
    let plain = program.command();
    let mut command = program.command_of("unshare");
    command.args(["--pid", "--fork", "--kill-child"]).arg(plain.get_program());
    program.start_by(command)
}
