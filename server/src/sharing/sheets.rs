//! The links of several patients at once, to copy, or to print as slips of which four fit a sheet of paper.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use sqlx::{Any, Transaction};

use super::links::made_before;
use super::sheet::{Slip, words};
use crate::audit::{Act, Work};
use crate::clinics::Doctor;
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::once::FormId;
use crate::http::browser::page::{Page, render};
use crate::ids::PatientId;
use crate::patients::{self, HeldPatient, Lifetime, LinkShown, OwnedPatient};
use crate::state::App;

/// Most patients of one form: as many as the list of patients has on a page.
const MOST: usize = 50;
/// The list of patients, where the form stands.
const BACK: &str = "/patients";

#[derive(Template)]
#[template(path = "sharing/link_sheets.html")]
struct LinkSheets {
    page: Page,
    sheets: Vec<Sheet>,
    messages: String,
}

/// The link of one patient.
struct Sheet {
    id: String,
    address: String,
    slip: Slip,
    origin_key: &'static str,
}

/// `POST /links/sheet`: the link of each patient that is ticked (`patient-<id>`): the newest that opens where there is a
/// copy of it, else a new one, which takes the place of one that nobody can show again.
pub(super) async fn show(
    owner: Doctor,
    State(app): State<App>,
    page: Page,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let ticked = fields.keys().filter_map(|name| name.strip_prefix("patient-"));
    let ticked: Option<BTreeSet<_>> = ticked.map(PatientId::parse).collect();
    let ticked = ticked.filter(|ids| ids.len() <= MOST).ok_or_else(Problem::bad_request)?;
    if ticked.is_empty() {
        return Err(Problem::refused("no-patient-ticked"));
    }
    let mut chosen = Vec::new();
    for id in &ticked {
        chosen.push(OwnedPatient::find(&app, &owner, id).await?);
    }
    chosen.sort_by(|one, other| one.patient().code.as_str().cmp(other.patient().code.as_str()));
    let once = FormId::of(fields.get("once").map_or("", String::as_str));
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    if !once.claim(&app, &mut work).await? {
        return made_before(page, BACK.to_owned());
    }
    work.commit(Act::on_nothing("link-sheet-asked").unlisted()).await?;
    let mut sheets = Vec::new();
    for patient in &chosen {
        sheets.push(Sheet::of(&app, &page, patient).await?);
    }
    let messages = words(page.locale());
    Ok((StatusCode::CREATED, render(&LinkSheets { page, sheets, messages })?).into_response())
}

impl Sheet {
    /// In a transaction of its own: what is shown of each patient is logged by itself.
    async fn of(app: &App, page: &Page, patient: &OwnedPatient) -> Result<Self, Problem> {
        let mut work = Work::begin(&app.db, page.context().clone()).await?;
        let held = patients::hold(&mut work, patient.id()).await?;
        let (shown, action, origin_key) = link_of(app, &mut work, (&held, patient)).await?;
        work.commit(Act::on_link(action, &shown.link.id)).await?;
        let slip = Slip::load(app, page.locale(), (patient, &shown)).await?;
        Ok(Self { id: shown.link.id.to_string(), address: shown.address(app), slip, origin_key })
    }
}

/// The link of a patient, what was done, and what the page calls it.
async fn link_of(
    app: &App,
    work: &mut Transaction<'static, Any>,
    (held, patient): (&HeldPatient, &OwnedPatient),
) -> Result<(LinkShown, &'static str, &'static str), Problem> {
    let Some(link) = patients::newest_link(app, patient).await? else {
        let lifetime = Lifetime::of_days(app.config.link_days);
        let made = patients::create_link(app, work, (held, patient.owner()), lifetime).await?;
        return Ok((made, "link-made", "link-origin-new"));
    };
    match patients::show_link(app, work, (held, &link)).await {
        Ok(shown) => Ok((shown, "link-shown", "link-origin-known")),
        Err(problem) if problem.status() == StatusCode::UNPROCESSABLE_ENTITY => {
            let made = patients::replace_link(app, work, (held, &link)).await?;
            Ok((made, "link-replaced", "link-origin-replaced"))
        }
        Err(problem) => Err(problem),
    }
}
