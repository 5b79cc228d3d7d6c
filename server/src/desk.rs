//! The doctor's desk: bringing nights in, the list of them, and one night.

mod ingest;
mod list;
mod show;

use std::time::Duration;

use crate::http::routes::{Limits, Policy, Routes};

const UPLOAD: Limits = Limits { body_bytes: ingest::limits::MAX_UPLOAD_BYTES, time: Duration::from_mins(10) };

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get("/recordings", Policy::SignedIn, list::list)
        .post_within(UPLOAD, "/recordings", Policy::SignedIn, ingest::upload::upload)
        .get("/recordings/{id}", Policy::Owner, show::show)
}
