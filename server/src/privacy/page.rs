//! Erasing a patient: asked for on a page of its own, where the code is to be typed once more.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::certificate::address;
use super::erase::{Order, erase_patient};
use super::model::Reason;
use crate::audit::{Act, Work};
use crate::clinics::Doctor;
use crate::error::Problem;
use crate::http::auth::SteppedUp;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::ids::ErasureId;
use crate::patients::{self, GovernedPatient};
use crate::rows;
use crate::state::App;

#[derive(Template)]
#[template(path = "privacy/erase.html")]
struct ErasePage {
    page: Page,
    patient: String,
    code: String,
    nights: u32,
    backups: String,
    failure: Option<String>,
}

#[derive(Template)]
#[template(path = "privacy/export.html")]
struct ExportPage {
    page: Page,
    clinic: String,
}

/// `GET /account/export`: says what the archive will hold.
pub(super) async fn ask_for_own(doctor: SteppedUp<Doctor>, page: Page) -> Result<Html<String>, Problem> {
    let clinic = doctor.standing().clinic.clone();
    render(&ExportPage { page, clinic })
}

/// `GET /patients/{id}/erase`: says what will be gone and asks.
pub(super) async fn ask(
    held: SteppedUp<GovernedPatient>,
    State(app): State<App>,
    page: Page,
) -> Result<Html<String>, Problem> {
    render(&load(&app, &held, page).await?)
}

async fn load(app: &App, held: &GovernedPatient, page: Page) -> Result<ErasePage, Problem> {
    let patient = held.patient();
    let nights = rows::count_of_patient(&app.db, &patient.id).await?;
    let backups = super::certificate::backups(app, page.locale(), None);
    let (patient, code) = (patient.id.to_string(), patient.code.as_str().to_owned());
    Ok(ErasePage { page, patient, code, nights, backups, failure: None })
}

#[derive(Deserialize)]
pub(super) struct Given {
    /// The code of the patient, once more.
    #[serde(default)]
    code: String,
}

/// `POST /patients/{id}/erase`: from the next request on nothing of the patient is there.
pub(super) async fn erase(
    held: SteppedUp<GovernedPatient>,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    match begin(&app, &page, &held, given.code.trim()).await {
        Ok(erasure) => Ok(Redirect::to(&address(&erasure)).into_response()),
        Err(problem) => {
            let Some(failure) = page.mistake(&problem) else { return Err(problem) };
            let shown = ErasePage { failure: Some(failure), ..load(&app, &held, page).await? };
            Ok(problem.shown_on(render(&shown)?))
        }
    }
}

async fn begin(app: &App, page: &Page, held: &GovernedPatient, code: &str) -> Result<ErasureId, Problem> {
    let patient = held.patient();
    if code != patient.code.as_str() {
        return Err(Problem::refused("erase-code-differs"));
    }
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    let row = patients::hold(&mut work, &patient.id).await?;
    let (clinic_id, asked_by) = (&patient.clinic_id, Some(held.by().account_id()));
    let order = Order { clinic_id, asked_by, reason: Reason::Request };
    let erasure = erase_patient(app, &mut work, &row, order).await?;
    work.commit(Act::on_patient("patient-erased", &patient.id)).await?;
    Ok(erasure)
}
