//! Uploads while the program is killed without a warning, again and again.

use std::sync::Arc;
use std::time::Duration;

use crate::Length;
use crate::figures::Figures;
use crate::support::{Database, block_on, files_in, program, signed_in};
use crate::uploads::{Uploads, audit};

pub fn run(length: Length) -> Vec<Figures> {
    block_on(async { vec![on(Database::Sqlite, length).await, on(Database::postgres().await, length).await] })
}

const UPLOADERS: u32 = 8;

async fn on(database: Database, length: Length) -> Figures {
    let kills = length.of(30, 6);
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (program, address) = program(&folder, &database, &[]);
    let mut running = program.start();
    let browser = Arc::new(signed_in(&address).await);
    let uploads = Uploads::start(&[Arc::clone(&browser)], UPLOADERS).await;
    for kill in 0..kills {
        // Moments spread over the life of an upload.
        tokio::time::sleep(Duration::from_millis(u64::from(300 + kill * 397 % 1000))).await;
        running.signal("-KILL");
        drop(running);
        running = program.start();
    }
    let begun = uploads.begun();
    let (acknowledged, broken) = uploads.finish().await;
    let mut figures = Figures::new(format!("kill: uploads under kill -9, {} and a folder", database.name()));
    figures.tell("kills", kills);
    figures.tell("nights begun until the last kill", begun);
    figures.tell("uploads cut off or refused, and repeated", broken);
    figures.at_least("uploads cut off", broken, kills);
    audit(&browser, &acknowledged, 0, &mut figures).await;
    let blobs = files_in(&folder.path().join("files/recordings"));
    figures.at_most("files that belong to no night", blobs.saturating_sub(acknowledged.len()), 0);
    figures
}
