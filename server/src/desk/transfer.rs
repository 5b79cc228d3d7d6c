//! Somebody leaves a clinic: patients and recordings become a colleague's, then the place is taken away.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::audit::{Act, Work};
use crate::clinics::{self, ClinicPerson, Handover};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::Page;
use crate::ids::AccountId;
use crate::state::App;
use crate::{patients, recordings, rows};

#[derive(Deserialize)]
pub(super) struct TransferForm {
    #[serde(default)]
    to: String,
}

/// `POST /clinic/people/{id}/transfer`: everything of somebody in the clinic becomes a colleague's; links go on opening.
pub(super) async fn transfer(
    from: ClinicPerson,
    State(app): State<App>,
    page: Page,
    Form(form): Form<TransferForm>,
) -> Result<Response, Problem> {
    let to = AccountId::parse(&form.to).ok_or_else(Problem::not_found)?;
    let to = ClinicPerson::find(&app, from.admin(), &to).await?;
    match hand_over(&app, &page, &from, &to).await {
        Ok(()) => Ok(Redirect::to("/clinic/people").into_response()),
        Err(problem) => clinics::refuse_people(&app, page, from.admin(), problem).await,
    }
}

/// Patients are held, so that nobody merges them or gives them
/// recordings meanwhile. An upload that is under way becomes the colleague's or stays with who sent it; none is lost.
async fn hand_over(app: &App, page: &Page, from: &ClinicPerson, to: &ClinicPerson) -> Result<(), Problem> {
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    let handover = Handover::begin(&mut work, (from, to)).await?;
    patients::transfer(&mut work, &handover).await?;
    recordings::transfer(&mut work, &handover).await?;
    rows::transfer(&mut work, &handover).await?;
    Ok(work.commit(Act::on_account("patients-transferred", from.person().id())).await?)
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /clinic/people/{id}/remove`: takes somebody's place in the clinic away, once nothing there is theirs.
pub(super) async fn remove(
    whose: ClinicPerson,
    State(app): State<App>,
    page: Page,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Problem> {
    match take_out(&app, &page, &whose).await {
        Ok(()) => Ok(Redirect::to("/clinic/people").into_response()),
        Err(problem) => clinics::refuse_people(&app, page, whose.admin(), problem).await,
    }
}

async fn take_out(app: &App, page: &Page, whose: &ClinicPerson) -> Result<(), Problem> {
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    clinics::take_out(app, &mut work, whose).await?;
    if patients::has_any(&mut work, whose).await? || recordings::has_any(&mut work, whose).await? {
        return Err(Problem::refused("has-patients"));
    }
    Ok(work.commit(Act::on_account("clinic-member-removed", whose.person().id())).await?)
}
