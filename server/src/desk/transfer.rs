//! Somebody leaves a clinic: patients and recordings become a colleague's, then the place is taken away.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::accounts;
use crate::clinics::{self, ClinicPerson};
use crate::error::Problem;
use crate::http::audit::{Act, Work};
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

/// Rights are held, so that the colleague stays one; patients are held, so that nobody merges them or gives them
/// recordings meanwhile. An upload that is under way becomes the colleague's or stays with who sent it; none is lost.
async fn hand_over(app: &App, page: &Page, from: &ClinicPerson, to: &ClinicPerson) -> Result<(), Problem> {
    let (clinic, sender, receiver) = (from.admin().clinic_id(), from.person().id(), to.person().id());
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    accounts::hold_rights(&mut work).await?;
    let is_there = to.membership().is_enabled && clinics::is_at_work_in(&mut work, clinic, receiver).await?;
    if sender == receiver || !is_there || !accounts::is_enabled_in(&mut work, receiver).await? {
        return Err(Problem::refused("transfer-to-nobody"));
    }
    patients::transfer(&mut work, clinic, (sender, receiver)).await?;
    recordings::transfer(&mut work, clinic, (sender, receiver)).await?;
    rows::transfer(&mut work, clinic, (sender, receiver)).await?;
    Ok(work.commit(Act::on_account("patients-transferred", sender)).await?)
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
    let (clinic, id) = (whose.admin().clinic_id(), whose.person().id());
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    clinics::take_out(app, &mut work, whose).await?;
    let has_patients = patients::has_any(&mut work, clinic, id).await?;
    if has_patients || recordings::has_any(&mut work, clinic, id).await? {
        return Err(Problem::refused("has-patients"));
    }
    Ok(work.commit(Act::on_account("clinic-member-removed", id)).await?)
}
