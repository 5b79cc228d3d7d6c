//! `GET /recordings/{id}`: a night as its doctor sees it.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;

use super::dates::Dates;
use super::link_rows::LinkRow;
use crate::analyses::NightView;
use crate::error::Problem;
use crate::http::browser::page::{Page, render_in};
use crate::i18n::Locale;
use crate::i18n::wording;
use crate::ids::PatientId;
use crate::patients::{self, Lifetime, Patient, SeenPatient};
use crate::recordings::{CanRead, page_address};
use crate::state::App;

/// Most patients in the list to choose from, the newest codes first.
const MOST_CHOICES: u32 = 500;

#[derive(Deserialize)]
pub(super) struct ShowQuery {
    /// Present when the page is the answer to an upload of a file that was there already.
    duplicate: Option<String>,
    /// The patient from whom the recording was just moved; empty: from none.
    moved: Option<String>,
}

pub(super) async fn show(
    read: CanRead,
    State(app): State<App>,
    Query(query): Query<ShowQuery>,
    page: Page,
) -> Result<Html<Body>, Problem> {
    read.open(page.context()).await?;
    let locale = page.locale();
    let recording = read.recording();
    let view = NightView::load(&app, &read, page_address(&recording.id), locale).await?;
    let shown = RecordingPage {
        sharing: Sharing::load(&app, &read, locale).await?,
        dates: Dates::load(&app, &read, &view, locale).await?,
        id: recording.id.to_string(),
        sha256: recording.sha256.clone(),
        size_bytes: recording.size_bytes,
        is_duplicate: query.duplicate.is_some(),
        is_own: read.is_own(),
        moved: query.moved.filter(|from| from.is_empty() || PatientId::parse(from).is_some()),
        page,
        view,
    };
    render_in(Arc::clone(&shown.view.room), &shown)
}

#[derive(Template)]
#[template(path = "desk/show.html")]
struct RecordingPage {
    page: Page,
    view: NightView,
    /// What is to be said or asked of the dates of its file.
    dates: Option<Dates>,
    sharing: Sharing,
    id: String,
    sha256: String,
    size_bytes: u64,
    is_duplicate: bool,
    /// The patient from whom the recording was just moved, which can be undone; empty: from none.
    moved: Option<String>,
    /// Whether the reader may change something.
    is_own: bool,
}

/// The part of the page that is about the patient and the links.
struct Sharing {
    patient: Option<String>,
    /// Identifier of the patient; empty: none.
    patient_id: String,
    links: Vec<LinkRow>,
    /// Whether the reader is the patient's doctor, who may open the pages of its links.
    is_own: bool,
    lifetimes: Vec<Choice>,
    patients: Vec<Choice>,
}

/// An entry of a list to choose from.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) text: String,
    pub(super) is_chosen: bool,
}

impl Sharing {
    async fn load(app: &App, read: &CanRead, locale: Locale) -> Result<Self, Problem> {
        let patient = match &read.recording().patient_id {
            Some(id) => Some(SeenPatient::find(app, read.reader(), id).await?),
            None => None,
        };
        let links = match &patient {
            Some(patient) => patients::list_links(app, patient).await?,
            None => Vec::new(),
        };
        let now = app.clock.now();
        let own = match read.is_own() {
            true => patients::list_own_patients(app, read.reader(), MOST_CHOICES).await?,
            false => Vec::new(),
        };
        Ok(Self {
            links: links.iter().map(|link| LinkRow::new(locale, link, now)).collect(),
            lifetimes: lifetimes(locale, Lifetime::of_days(app.config.link_days)),
            patients: own.iter().map(|other| Choice::of_patient(locale, other, patient.as_ref())).collect(),
            patient_id: patient.as_ref().map_or_else(String::new, |patient| patient.patient().id.to_string()),
            is_own: patient.as_ref().is_some_and(SeenPatient::is_own),
            patient: patient.map(|patient| called(patient.patient())),
        })
    }
}

pub(super) fn lifetimes(locale: Locale, usual: Lifetime) -> Vec<Choice> {
    let offered = Lifetime::offered(usual).into_iter();
    offered.map(|lifetime| Choice::of_lifetime(locale, lifetime, usual)).collect()
}

impl Choice {
    fn of_lifetime(locale: Locale, lifetime: Lifetime, usual: Lifetime) -> Self {
        Self { value: lifetime.form_value(), text: lifetime.words(locale), is_chosen: lifetime == usual }
    }

    fn of_patient(locale: Locale, patient: &Patient, chosen: Option<&SeenPatient>) -> Self {
        let date = wording::stamp(patient.created_at);
        let args = [("label", called(patient).into()), ("date", date.into())];
        Self {
            value: patient.id.as_str().to_owned(),
            text: locale.t_args("links-patient-choice", &args),
            is_chosen: chosen.is_some_and(|chosen| chosen.patient().id == patient.id),
        }
    }
}

/// Code and note: `P-0001 · F 17`.
pub(super) fn called(patient: &Patient) -> String {
    let note = patient.note.iter().map(|note| note.as_str());
    std::iter::once(patient.code.as_str()).chain(note).collect::<Vec<_>>().join(" · ")
}
