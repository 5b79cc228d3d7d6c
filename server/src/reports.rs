//! What leaves the platform as a document: today the picture of a night.

pub mod chart_image;
mod night_picture;

use crate::http::routes::{Policy, Routes};
use crate::recordings::{CanManage, SharedView};

/// The routes of this domain.
pub fn routes() -> Routes {
    Routes::new()
        .get("/recordings/{id}/chart.png", Policy::Owner, night_picture::png::<CanManage>)
        .get("/recordings/{id}/chart.jpg", Policy::Owner, night_picture::jpg::<CanManage>)
        .get("/p/{id}/recordings/{rid}/chart.png", Policy::PatientLink, night_picture::png::<SharedView>)
        .get("/p/{id}/recordings/{rid}/chart.jpg", Policy::PatientLink, night_picture::jpg::<SharedView>)
}
