//! Recordings: stored files, what is known about them beside their bytes, and who may see them.

mod access;
mod assignment;
mod delete;
mod download;
mod file_name;
mod jobs;
mod model;
mod neutral_name;
mod original;
mod row;
mod store;

use crate::http::routes::Routes;

pub use access::{CanManage, CanRead, CanView, SharedFile, SharedView, is_seen};
pub use assignment::{give, has_any, move_all, move_back, move_to, relabel, transfer};
pub use file_name::{attachment, clean, device_number, stem};
pub use jobs::{JOBS, finish_deletions, give_up_uploads, remove_drafts};
pub use model::{DecidedDates, Digest, Draft, Known, Recording, Waiting, hex, page_address};
pub use neutral_name::neutral_name;
pub use original::{bytes_in, erase, new_key, put_bytes};
pub use store::{
    announce, decide_dates, find_by_digest, find_for_maintenance, hide_of, hold, homeless, list_erased,
    list_governed, list_of_doctor, list_ready, list_shared, publish, renew_digest, settle,
};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get::<CanRead, _>("/recordings/{id}/file", download::file)
        .get::<CanManage, _>("/recordings/{id}/delete", delete::ask)
        .post::<CanManage, _>("/recordings/{id}/delete", delete::delete)
        .get::<SharedFile, _>("/p/{id}/recordings/{rid}/file", download::shared_file)
}
