//! The viewer: files are read, analysed and drawn in the browser; nothing is sent. Once opened, it works without a
//! connection.

mod manifest;
mod page;

use crate::http::routes::{Anybody, Routes, Visitor};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get::<Visitor, _>("/viewer", page::viewer)
        .get::<Anybody, _>("/viewer.webmanifest", manifest::manifest)
        .get::<Anybody, _>("/viewer-offline.js", manifest::offline)
}
