//! The table `patient_views`: when a link was opened, and on what kind of device.

use sqlx::{Any, Row as _, Transaction};

use super::access::OwnedLink;
use super::opened::Opening;
use crate::error::Problem;
use crate::http::device::CoarseDevice;
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;
use crate::state::App;

/// Openings that the page of a link lists: the last ones.
const LISTED: i64 = 50;

/// An opening of a link by somebody else than a doctor of the clinic.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// When.
    pub at: Timestamp,
    /// On what.
    pub device: CoarseDevice,
}

/// Notes a view, in the transaction that admits the browser.
pub(in crate::patients) async fn note(
    work: &mut Transaction<'static, Any>,
    app: &App,
    opening: &Opening,
    view: View,
) -> Result<(), DbError> {
    let query =
        sqlx::query("INSERT INTO patient_views (id, link_id, viewed_at, device) VALUES ($1, $2, $3, $4)");
    let query = query.bind(app.random.id(view.at).to_string()).bind(opening.link.id.as_str());
    let query = query.bind(view.at.as_millis()).bind(view.device.to_text());
    query.execute(&mut **work).await.map(drop)
}

/// The last views of a link, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn last_views(app: &App, owned: &OwnedLink) -> Result<Vec<View>, Problem> {
    let query = sqlx::query(
        "SELECT viewed_at, device FROM patient_views WHERE link_id = $1 ORDER BY viewed_at DESC, id DESC LIMIT $2",
    );
    let rows = query.bind(owned.id().as_str()).bind(LISTED).fetch_all(app.db.read()).await?;
    let view = |row: &sqlx::any::AnyRow| -> Result<View, DbError> {
        let at = Timestamp::from_millis(row.try_get("viewed_at")?);
        Ok(View { at, device: CoarseDevice::from_text(row.try_get("device")?) })
    };
    Ok(rows.iter().map(view).collect::<Result<_, _>>()?)
}
