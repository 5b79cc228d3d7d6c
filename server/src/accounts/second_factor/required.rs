//! The table `platform_settings`: whether all administrators, of the platform and of clinics, must have a second factor.

use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;
use sqlx::{Any, Transaction};

use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::{Admin, SteppedUp};
use crate::http::browser::csrf::Form;
use crate::http::context::RequestContext;
use crate::http::routes::Routes;
use crate::platform::db::{Db, DbError};
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().post::<SteppedUp<Admin>, _>("/admin/users/second-factor", decide)
}

/// The name of the row.
const OF_ADMINISTRATORS: &str = "second-factor-of-administrators";
const REQUIRED: &str = "required";

/// Whether all administrators must have one.
pub(in crate::accounts) async fn is_required(db: &Db) -> Result<bool, DbError> {
    let query = sqlx::query_scalar("SELECT value FROM platform_settings WHERE name = $1");
    let value: Option<String> = query.bind(OF_ADMINISTRATORS).fetch_optional(db.read()).await?;
    Ok(value.as_deref() == Some(REQUIRED))
}

async fn set(work: &mut Transaction<'_, Any>, is_required: bool) -> Result<(), DbError> {
    let query = sqlx::query(
        "INSERT INTO platform_settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2",
    );
    let value = if is_required { REQUIRED } else { "" };
    query.bind(OF_ADMINISTRATORS).bind(value).execute(&mut **work).await.map(drop)
}

#[derive(Deserialize)]
struct Decided {
    #[serde(default)]
    required: Option<String>,
}

/// `POST /admin/users/second-factor`: from the next request on, administrators without one set it up or do nothing.
async fn decide(
    _: SteppedUp<Admin>,
    State(app): State<App>,
    context: RequestContext,
    Form(Decided { required }): Form<Decided>,
) -> Result<Redirect, Problem> {
    let mut work = Work::begin(&app.db, context).await?;
    let is_required = required.as_deref() == Some("yes");
    set(&mut work, is_required).await?;
    let detail = if is_required { "required" } else { "left-open" };
    work.commit(Act::on_nothing("second-factor-of-administrators").of_platform().with_detail(detail)).await?;
    Ok(Redirect::to("/admin/users"))
}
