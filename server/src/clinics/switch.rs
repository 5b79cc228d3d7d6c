//! Working in another clinic: the choice is the session's.

use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;

use crate::accounts;
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::SignedIn;
use crate::http::browser::csrf::Form;
use crate::http::context::RequestContext;
use crate::http::routes::Routes;
use crate::ids::ClinicId;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().post::<SignedIn, _>("/clinic/switch", switch)
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    clinic: String,
}

/// `POST /clinic/switch`: from the next request on, the session works in the chosen clinic.
async fn switch(
    who: SignedIn,
    State(app): State<App>,
    context: RequestContext,
    Form(chosen): Form<Chosen>,
) -> Result<Redirect, Problem> {
    let clinic = ClinicId::parse(&chosen.clinic).ok_or_else(Problem::not_found)?;
    let standings = &who.identity().standings;
    let chosen = standings.iter().find(|standing| standing.clinic_id == clinic);
    let chosen = chosen.ok_or_else(Problem::not_found)?;
    let mut work = Work::begin(&app.db, context).await?;
    accounts::choose_clinic(&mut work, who.identity(), chosen).await?;
    work.commit(Act::on_clinic("clinic-entered", &clinic)).await?;
    Ok(Redirect::to("/recordings"))
}
