//! The doctor's desk: bringing nights in, the list of them, and one night.

mod entry;
mod ingest;
mod list;
mod show;

use std::time::Duration;

use crate::http::auth::SignedIn;
use crate::http::routes::{Limits, Routes};
use crate::recordings::CanManage;

pub use entry::{keep_whole, rebuild};

const UPLOAD: Limits = Limits { body_bytes: ingest::limits::MAX_UPLOAD_BYTES, time: Duration::from_mins(10) };

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get::<SignedIn, _>("/recordings", list::list)
        .post_within::<SignedIn, _>(UPLOAD, "/recordings", ingest::upload::upload)
        .get::<CanManage, _>("/recordings/{id}", show::show)
}
