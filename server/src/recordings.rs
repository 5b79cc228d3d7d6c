//! Recordings: uploaded files, their pages and numbers, and who may see them.

mod analysis;
mod definitions;
mod delete;
mod download;
mod file_name;
mod intake;
mod list;
mod model;
mod night_view;
mod numbers;
mod page;
mod permission;
mod refusal;
mod share;
mod shared;
mod store;
mod sweep;
mod upload;
mod viewer;
pub mod wording;

use std::time::Duration;

use crate::http::routes::{Limits, Policy, Routes};

pub use analysis::Night;
pub use file_name::{attachment, device_number, stem};
pub use model::{Digest, Recording, RecordingId};
pub use night_view::{night, span_in_words};
pub use permission::{CanManage, CanView, SharedView};
pub use sweep::{Swept, keep_tidy, renew, sweep};

const UPLOAD: Limits = Limits { body_bytes: upload::MAX_UPLOAD_BYTES, time: Duration::from_mins(10) };

/// The routes of this domain.
pub fn routes() -> Routes {
    Routes::new()
        .get("/recordings", Policy::SignedIn, list::list)
        .post_within(UPLOAD, "/recordings", Policy::SignedIn, upload::upload)
        .get("/recordings/{id}", Policy::Owner, page::page)
        .get("/recordings/{id}/file", Policy::Owner, download::file)
        .get("/recordings/{id}/delete", Policy::Owner, delete::ask)
        .post("/recordings/{id}/delete", Policy::Owner, delete::delete)
        .post("/recordings/{id}/links", Policy::Owner, share::create_link)
        .post("/recordings/{id}/patient", Policy::Owner, share::assign)
        .get("/p/{id}", Policy::Anyone, shared::list)
        .get("/p/{id}/recordings/{rid}", Policy::PatientLink, shared::recording)
        .get("/p/{id}/recordings/{rid}/file", Policy::PatientLink, download::shared_file)
        .get("/viewer", Policy::Anyone, viewer::viewer)
        .get("/viewer.webmanifest", Policy::Open, viewer::manifest)
        .get("/viewer-offline.js", Policy::Open, viewer::offline)
}
