//! What leaves the platform as a document: today the picture of a night.

pub mod chart_image;
mod night_picture;

use crate::http::routes::{Policy, Routes};

/// The routes of this domain.
pub fn routes() -> Routes {
    Routes::new()
        .get("/recordings/{id}/chart.png", Policy::Owner, night_picture::png)
        .get("/recordings/{id}/chart.jpg", Policy::Owner, night_picture::jpg)
        .get("/p/{id}/recordings/{rid}/chart.png", Policy::PatientLink, night_picture::shared_png)
        .get("/p/{id}/recordings/{rid}/chart.jpg", Policy::PatientLink, night_picture::shared_jpg)
}
