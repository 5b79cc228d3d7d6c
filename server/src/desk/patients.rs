//! Patients as things of their own: the list, a page for each, with or without a recording.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::link_rows::LinkRow;
use super::list::ListRow;
use super::show::{Choice, called, lifetimes};
use crate::audit::{Act, Work};
use crate::clinics::{self, Doctor, Member};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::i18n::wording::Moment;
use crate::ids::PatientId;
use crate::patients::{self, Code, Lifetime, NoCode, Note, OwnedPatient, Patient, SeenPatient};
use crate::recordings;
use crate::rows;
use crate::state::App;

/// Patients on one page of the list.
const PAGE_LENGTH: u32 = 50;
/// Most patients in the list to choose from, the newest codes first.
const MOST_CHOICES: u32 = 500;

#[derive(Template)]
#[template(path = "desk/patients.html")]
struct PatientsPage {
    page: Page,
    patients: Vec<PatientRow>,
    /// The code after which the next page begins, if there is one.
    next: Option<String>,
    is_first: bool,
    can_make: bool,
    given: Given,
    failure: Option<String>,
}

/// A line of the list.
struct PatientRow {
    id: String,
    address: String,
    code: String,
    note: String,
    created: Moment,
    is_colleagues: bool,
}

/// Code and note as they are typed.
#[derive(Default, Deserialize)]
pub(super) struct Given {
    #[serde(default)]
    code: String,
    /// The code that the page proposed: whoever leaves it gets the next free one, should this one be gone.
    #[serde(default)]
    proposed: String,
    #[serde(default)]
    note: String,
}

impl Given {
    fn proposed(code: &Code) -> Self {
        let code = code.as_str().to_owned();
        Self { proposed: code.clone(), code, note: String::new() }
    }

    fn code(&self) -> Result<Code, Problem> {
        Code::parse(&self.code).map_err(|reason| {
            Problem::refused(match reason {
                NoCode::Unfit => "code-unfit",
                NoCode::Name => "code-name",
                NoCode::PersonalNumber => "code-personal-number",
            })
        })
    }
}

#[derive(Deserialize)]
pub(super) struct ListQuery {
    after: Option<String>,
}

/// Where a patient's page is.
pub(super) fn address(id: &PatientId) -> String {
    format!("/patients/{id}")
}

/// `GET /patients`.
pub(super) async fn list(
    reader: Member,
    State(app): State<App>,
    Query(query): Query<ListQuery>,
    page: Page,
) -> Result<Html<String>, Problem> {
    let after = query.after.as_deref().and_then(|code| Code::parse(code).ok());
    render(&load_list(&app, &reader, page, after.as_ref()).await?)
}

async fn load_list(
    app: &App,
    reader: &Member,
    page: Page,
    after: Option<&Code>,
) -> Result<PatientsPage, Problem> {
    let mut found = patients::list_patients(app, reader, after, PAGE_LENGTH + 1).await?;
    let has_more = found.len() > PAGE_LENGTH as usize;
    found.truncate(PAGE_LENGTH as usize);
    let next = found.last().filter(|_| has_more).map(|last| last.code.as_str().to_owned());
    let number = clinics::proposed_patient_number(&app.db, reader).await?;
    Ok(PatientsPage {
        patients: found.iter().map(|patient| PatientRow::new(patient, reader)).collect(),
        next,
        is_first: after.is_none(),
        can_make: !reader.is_guest(),
        given: Given::proposed(&Code::numbered(number)),
        failure: None,
        page,
    })
}

impl PatientRow {
    fn new(patient: &Patient, reader: &Member) -> Self {
        Self {
            id: patient.id.to_string(),
            address: address(&patient.id),
            code: patient.code.as_str().to_owned(),
            note: patient.note.as_ref().map_or_else(String::new, |note| note.as_str().to_owned()),
            created: Moment::new(patient.created_at),
            is_colleagues: patient.owner_id != *reader.account_id(),
        }
    }
}

/// `POST /patients`: a patient without a recording.
pub(super) async fn create(
    owner: Doctor,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    match make(&app, &owner, &page, &given).await {
        Ok(patient) => Ok(Redirect::to(&address(patient.id())).into_response()),
        Err(problem) => {
            let Some(failure) = page.mistake(&problem) else { return Err(problem) };
            let shown = load_list(&app, &owner, page, None).await?;
            Ok(problem.shown_on(render(&PatientsPage { failure: Some(failure), given, ..shown })?))
        }
    }
}

/// Under the code that was given; under the next one if that is what was proposed, or nothing was given.
async fn make(app: &App, owner: &Doctor, page: &Page, given: &Given) -> Result<OwnedPatient, Problem> {
    let next = clinics::proposed_patient_number(&app.db, owner).await?;
    let is_proposed = ["", &given.proposed, Code::numbered(next).as_str()].contains(&given.code.trim());
    let code = if is_proposed { None } else { Some(given.code()?) };
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    let made = patients::create_patient(app, &mut work, owner, (code, Note::from_form(&given.note))).await?;
    work.commit(Act::on_patient("patient-made", made.id())).await?;
    Ok(made)
}

#[derive(Template)]
#[template(path = "desk/patient.html")]
struct PatientPage {
    page: Page,
    id: String,
    code: String,
    given: Given,
    is_own: bool,
    rows: Vec<ListRow>,
    links: Vec<LinkRow>,
    lifetimes: Vec<Choice>,
    others: Vec<(String, String)>,
    merges: Vec<MergeRow>,
    notice: Option<&'static str>,
    failure: Option<String>,
}

/// A patient that turned out to be this one.
struct MergeRow {
    id: String,
    code: String,
    at: Moment,
}

#[derive(Deserialize)]
pub(super) struct ShowQuery {
    done: Option<String>,
}

/// `GET /patients/{id}`: the patient, or the one it turned out to be.
pub(super) async fn show(
    seen: SeenPatient,
    State(app): State<App>,
    Query(query): Query<ShowQuery>,
    page: Page,
) -> Result<Response, Problem> {
    if let Some(target) = &seen.patient().merged_into {
        return Ok(Redirect::to(&address(target)).into_response());
    }
    seen.open(page.context()).await?;
    let notice = match query.done.as_deref() {
        Some("merged") => Some("patient-merged"),
        Some("taken-back") => Some("patient-merge-taken-back"),
        Some("saved") => Some("patient-saved"),
        _ => None,
    };
    let shown = PatientPage { notice, ..load(&app, &seen, page).await? };
    Ok(render(&shown)?.into_response())
}

async fn load(app: &App, seen: &SeenPatient, page: Page) -> Result<PatientPage, Problem> {
    let (patient, now) = (seen.patient(), app.clock.now());
    let nights = rows::of_patient(&app.db, seen.reader(), &patient.id).await?;
    let limits = clinics::flag_limits(&app.db, seen.reader()).await?;
    let by = (seen.reader(), &limits);
    let rows = nights.iter().map(|night| ListRow::new(page.locale(), night, by, now));
    let note = patient.note.as_ref().map_or_else(String::new, |note| note.as_str().to_owned());
    let links = patients::list_links(app, seen).await?;
    Ok(PatientPage {
        id: patient.id.to_string(),
        code: patient.code.as_str().to_owned(),
        given: Given { note, ..Given::proposed(&patient.code) },
        is_own: seen.is_own(),
        rows: rows.collect(),
        links: links.iter().map(|link| LinkRow::new(page.locale(), link, now)).collect(),
        lifetimes: lifetimes(page.locale(), Lifetime::of_days(app.config.link_days)),
        others: if seen.is_own() { others(app, seen).await? } else { Vec::new() },
        merges: merges(app, seen).await?,
        notice: None,
        failure: None,
        page,
    })
}

/// The doctor's other patients: identifier, and code with note.
async fn others(app: &App, seen: &SeenPatient) -> Result<Vec<(String, String)>, Problem> {
    let own = patients::list_own_patients(app, seen.reader(), MOST_CHOICES).await?;
    let named = |other: &Patient| (other.id.to_string(), called(other));
    Ok(own.iter().filter(|other| other.id != seen.patient().id).map(named).collect())
}

async fn merges(app: &App, seen: &SeenPatient) -> Result<Vec<MergeRow>, Problem> {
    let mut rows = Vec::new();
    for merge in patients::merges_into(app, seen).await? {
        let source = SeenPatient::find(app, seen.reader(), &merge.source_id).await?;
        rows.push(MergeRow {
            id: merge.id.to_string(),
            code: called(source.patient()),
            at: Moment::new(merge.merged_at),
        });
    }
    Ok(rows)
}

/// `POST /patients/{id}`: another code, another note.
pub(super) async fn save(
    patient: OwnedPatient,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    match rename(&app, &page, &patient, &given).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=saved", address(patient.id()))).into_response()),
        Err(problem) => {
            let Some(failure) = page.mistake(&problem) else { return Err(problem) };
            let shown = load(&app, &patient, page).await?;
            Ok(problem.shown_on(render(&PatientPage { failure: Some(failure), given, ..shown })?))
        }
    }
}

async fn rename(app: &App, page: &Page, patient: &OwnedPatient, given: &Given) -> Result<(), Problem> {
    let (code, note) = (given.code()?, Note::from_form(&given.note));
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    let renamed = patients::rename(&mut work, patient, &code, note.as_ref()).await?;
    recordings::relabel(&mut work, &renamed).await?;
    Ok(work.commit(Act::on_patient("patient-renamed", patient.id())).await?)
}
