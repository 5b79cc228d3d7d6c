//! Links: addresses that open a patient's page without a log-in, and what belongs to them.

pub(super) mod access;
pub(super) mod change;
pub(super) mod close;
pub(super) mod codes;
pub(super) mod make;
pub(super) mod marks;
pub(super) mod model;
pub(super) mod opened;
mod row;
pub(super) mod store;
pub(super) mod views;

use self::access::OwnedLink;
use self::model::Link;
use super::access::{OwnedPatient, SeenPatient};
use crate::error::Problem;
use crate::state::App;

/// The patient's links, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_links(app: &App, patient: &SeenPatient) -> Result<Vec<Link>, Problem> {
    Ok(store::list(&app.db, patient).await?)
}

/// The newest link of a doctor's patient that opens now.
///
/// # Errors
/// When the database fails.
pub async fn newest_link(app: &App, patient: &OwnedPatient) -> Result<Option<OwnedLink>, Problem> {
    let now = app.clock.now();
    let links = store::list(&app.db, patient).await?;
    Ok(links.into_iter().find(|link| link.is_active(now)).map(|link| OwnedLink::of(patient, link)))
}
