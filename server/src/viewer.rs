//! The viewer: files are read, analysed and drawn in the browser; nothing is sent. Once opened, it works without a
//! connection.

mod manifest;
mod page;

use crate::http::routes::{Policy, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get("/viewer", Policy::Anyone, page::viewer)
        .get("/viewer.webmanifest", Policy::Open, manifest::manifest)
        .get("/viewer-offline.js", Policy::Open, manifest::offline)
}
