//! What leaves the platform as a document: today the picture of a night, drawn by the crate `oxi-figure`.

mod night_picture;

use crate::http::routes::Routes;
use crate::recordings::{CanRead, SharedView};

/// The routes of this domain.
pub fn routes() -> Routes {
    Routes::new()
        .get::<CanRead, _>("/recordings/{id}/chart.png", night_picture::png::<CanRead>)
        .get::<CanRead, _>("/recordings/{id}/chart.jpg", night_picture::jpg::<CanRead>)
        .get::<CanRead, _>("/recordings/{id}/chart.svg", night_picture::svg::<CanRead>)
        .get::<SharedView, _>("/p/{id}/recordings/{rid}/chart.png", night_picture::png::<SharedView>)
        .get::<SharedView, _>("/p/{id}/recordings/{rid}/chart.jpg", night_picture::jpg::<SharedView>)
        .get::<SharedView, _>("/p/{id}/recordings/{rid}/chart.svg", night_picture::svg::<SharedView>)
}
