//! What leaves the platform as a document: today the picture of a night.

pub mod chart_image;
mod night_picture;

use crate::http::routes::Routes;
use crate::recordings::{CanManage, SharedView};

/// The routes of this domain.
pub fn routes() -> Routes {
    Routes::new()
        .get::<CanManage, _>("/recordings/{id}/chart.png", night_picture::png::<CanManage>)
        .get::<CanManage, _>("/recordings/{id}/chart.jpg", night_picture::jpg::<CanManage>)
        .get::<SharedView, _>("/p/{id}/recordings/{rid}/chart.png", night_picture::png::<SharedView>)
        .get::<SharedView, _>("/p/{id}/recordings/{rid}/chart.jpg", night_picture::jpg::<SharedView>)
}
