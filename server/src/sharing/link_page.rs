//! The page of one link, for the doctor of its patient: what it shows, until when, what it asks for, who opened it.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::links::made_before;
use super::sheet::{Occasion, sheet};
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::once::OnlyOnce;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::i18n::Locale;
use crate::i18n::wording::{self, Moment};
use crate::ids::RecordingId;
use crate::patients::{self, Lifetime, LinkState, OwnedLink, Terms, View};
use crate::platform::clock::Timestamp;
use crate::rows::{self, DeskRow};
use crate::state::App;

#[derive(Template)]
#[template(path = "sharing/link.html")]
struct LinkPage {
    page: Page,
    id: String,
    called: String,
    patient: String,
    patient_address: String,
    created: Moment,
    expires: Option<Moment>,
    shown: Option<Moment>,
    state_key: &'static str,
    is_open: bool,
    is_closed: bool,
    has_copy: bool,
    passcode_key: &'static str,
    has_passcode: bool,
    terms: Terms,
    nights: Vec<NightChoice>,
    lifetimes: Vec<(String, String)>,
    views: Vec<ViewRow>,
    count: u64,
    notice: Option<&'static str>,
    failure: Option<String>,
}

/// A night of the patient that a link may show.
struct NightChoice {
    id: String,
    start: String,
    is_chosen: bool,
}

struct ViewRow {
    at: Moment,
    device: String,
}

#[derive(Deserialize)]
pub(super) struct ShowQuery {
    done: Option<String>,
}

/// `GET /links/{id}`.
pub(super) async fn show(
    link: OwnedLink,
    State(app): State<App>,
    Query(query): Query<ShowQuery>,
    page: Page,
) -> Result<Html<String>, Problem> {
    let notice = match query.done.as_deref() {
        Some("saved") => Some("link-saved"),
        Some("passcode") => Some("link-passcode-saved"),
        Some("no-passcode") => Some("link-passcode-removed"),
        _ => None,
    };
    render(&LinkPage { notice, ..load(&app, &link, page).await? })
}

async fn load(app: &App, owned: &OwnedLink, page: Page) -> Result<LinkPage, Problem> {
    let (link, patient, locale) = (owned.link(), owned.patient(), page.locale());
    let chosen = patients::chosen_nights(app, owned).await?;
    let nights = rows::of_patient(&app.db, patient.reader(), patient.id()).await?;
    let views = patients::last_views(app, owned).await?;
    let state = link.state(app.clock.now());
    Ok(LinkPage {
        id: link.id.to_string(),
        called: link.called(locale),
        patient: patient.patient().code.as_str().to_owned(),
        patient_address: format!("/patients/{}", patient.id()),
        created: Moment::new(link.created_at),
        expires: link.expires_at.map(Moment::new),
        shown: link.shown_at.map(Moment::new),
        state_key: match state {
            LinkState::Active => "links-active",
            LinkState::Expired => "links-expired",
            LinkState::Revoked => "links-revoked",
        },
        is_open: state == LinkState::Active,
        is_closed: state == LinkState::Revoked,
        has_copy: link.has_copy(),
        passcode_key: match &link.passcode {
            None => "link-passcode-none",
            Some(passcode) if passcode.is_locked() => "link-passcode-locked",
            Some(_) => "link-passcode-set",
        },
        has_passcode: link.passcode.is_some(),
        terms: link.terms,
        nights: nights.iter().map(|night| NightChoice::new(locale, night, &chosen)).collect(),
        lifetimes: lifetimes(app, locale),
        views: views.iter().map(|view| ViewRow::new(locale, view)).collect(),
        count: link.views,
        notice: None,
        failure: None,
        page,
    })
}

/// How long a link may go on working from now on: value and words.
fn lifetimes(app: &App, locale: Locale) -> Vec<(String, String)> {
    let offered = Lifetime::offered(Lifetime::of_days(app.config.link_days));
    offered.into_iter().map(|lifetime| (lifetime.form_value(), lifetime.words(locale))).collect()
}

impl NightChoice {
    fn new(locale: Locale, night: &DeskRow, chosen: &BTreeSet<RecordingId>) -> Self {
        Self {
            id: night.recording_id.to_string(),
            start: wording::long(locale, night.figures.starts_at),
            is_chosen: chosen.contains(&night.recording_id),
        }
    }
}

impl ViewRow {
    fn new(locale: Locale, view: &View) -> Self {
        Self { at: Moment::new(view.at), device: view.device.words(locale) }
    }
}

/// The page again, with what was wrong about a form of it.
async fn refused(app: &App, link: &OwnedLink, page: Page, problem: Problem) -> Result<Response, Problem> {
    let Some(failure) = page.mistake(&problem) else { return Err(problem) };
    let shown = LinkPage { failure: Some(failure), ..load(app, link, page).await? };
    Ok(problem.shown_on(render(&shown)?))
}

/// The form of what a link shows: `scope`, `file`, `text`, `lifetime`, and `night-<id>` for each night that is ticked.
type Fields = BTreeMap<String, String>;

/// What the form says.
struct Wanted {
    terms: Terms,
    nights: BTreeSet<RecordingId>,
    expires_at: Option<Timestamp>,
}

/// `POST /links/{id}`: what the link shows, and until when it works, from the next request on.
pub(super) async fn save(
    link: OwnedLink,
    State(app): State<App>,
    page: Page,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    match change(&app, &link, page.context(), &fields).await {
        Ok(()) => Ok(Redirect::to(&format!("/links/{}?done=saved", link.id())).into_response()),
        Err(problem) => refused(&app, &link, page, problem).await,
    }
}

async fn change(
    app: &App,
    link: &OwnedLink,
    context: &RequestContext,
    fields: &Fields,
) -> Result<(), Problem> {
    let wanted = Wanted::read(app, link, fields).await?;
    let mut work = Work::begin(&app.db, context.clone()).await?;
    let patient = patients::hold(&mut work, link.patient_id()).await?;
    let shows = (wanted.terms, &wanted.nights);
    patients::change_terms(&mut work, (&patient, link), shows, wanted.expires_at).await?;
    Ok(work.commit(Act::on_link("link-changed", link.id())).await?)
}

impl Wanted {
    async fn read(app: &App, link: &OwnedLink, fields: &Fields) -> Result<Self, Problem> {
        let said = |name: &str| fields.get(name).map_or("", String::as_str);
        let shows_all = match said("scope") {
            "all" => true,
            "chosen" => false,
            _ => return Err(Problem::bad_request()),
        };
        let nights = if shows_all { BTreeSet::new() } else { nights_of(app, link, fields).await? };
        let expires_at = match said("lifetime") {
            "" => link.link().expires_at,
            text => {
                let usual = Lifetime::of_days(app.config.link_days);
                let lifetime = Lifetime::from_form(text, usual).ok_or_else(Problem::bad_request)?;
                lifetime.end(app.clock.now())
            }
        };
        let terms = Terms { shows_all, gives_file: said("file") == "yes", gives_text: said("text") == "yes" };
        Ok(Self { terms, nights, expires_at })
    }
}

/// The ticked nights, all of which are the patient's.
async fn nights_of(app: &App, link: &OwnedLink, fields: &Fields) -> Result<BTreeSet<RecordingId>, Problem> {
    let patient = link.patient();
    let own = rows::of_patient(&app.db, patient.reader(), patient.id()).await?;
    let own: BTreeSet<_> = own.into_iter().map(|night| night.recording_id).collect();
    let ticked = fields.keys().filter_map(|name| name.strip_prefix("night-"));
    let chosen: Option<BTreeSet<_>> = ticked.map(RecordingId::parse).collect();
    let chosen = chosen.filter(|chosen| chosen.is_subset(&own)).ok_or_else(Problem::bad_request)?;
    if chosen.is_empty() { Err(Problem::refused("link-no-night")) } else { Ok(chosen) }
}

#[derive(Deserialize)]
pub(super) struct PasscodeForm {
    #[serde(default)]
    passcode: String,
    /// `yes`: the link asks for none from now on.
    #[serde(default)]
    remove: String,
}

/// `POST /links/{id}/passcode`: another passcode or none. Whoever has the link open must show it again.
pub(super) async fn passcode(
    link: OwnedLink,
    State(app): State<App>,
    page: Page,
    Form(form): Form<PasscodeForm>,
) -> Result<Response, Problem> {
    let new = match form.remove.as_str() {
        "yes" => None,
        _ => match patients::hash_passcode(&app, page.context(), &form.passcode).await {
            Ok(new) => Some(new),
            Err(problem) => return refused(&app, &link, page, problem).await,
        },
    };
    let (action, done) = match &new {
        Some(_) => ("link-passcode-set", "passcode"),
        None => ("link-passcode-removed", "no-passcode"),
    };
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    patients::set_passcode(&mut work, &link, new.as_ref()).await?;
    work.commit(Act::on_link(action, link.id())).await?;
    Ok(Redirect::to(&format!("/links/{}?done={done}", link.id())).into_response())
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /links/{id}/show`: the link, its QR code and a typed code that works, to copy or print. Each time stands in the
/// audit.
pub(super) async fn show_again(
    link: OwnedLink,
    State(app): State<App>,
    page: Page,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Problem> {
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    let patient = patients::hold(&mut work, link.patient_id()).await?;
    let shown = match patients::show_link(&app, &mut work, (&patient, &link)).await {
        Ok(shown) => shown,
        Err(problem) => {
            drop(work);
            return refused(&app, &link, page, problem).await;
        }
    };
    work.commit(Act::on_link("link-shown", link.id())).await?;
    let back = format!("/links/{}", link.id());
    sheet(&app, page, (link.patient(), &shown), (Occasion::Again, back)).await
}

/// `POST /links/{id}/new`: another link in its place, which it closes.
pub(super) async fn replace(
    link: OwnedLink,
    State(app): State<App>,
    page: Page,
    Form(OnlyOnce { once }): Form<OnlyOnce>,
) -> Result<Response, Problem> {
    let back = format!("/patients/{}#links", link.patient_id());
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    if !once.claim(&app, &mut work).await? {
        return made_before(page, back);
    }
    let patient = patients::hold(&mut work, link.patient_id()).await?;
    let made = match patients::replace_link(&app, &mut work, (&patient, &link)).await {
        Ok(made) => made,
        Err(problem) => {
            drop(work);
            return refused(&app, &link, page, problem).await;
        }
    };
    work.commit(Act::on_link("link-replaced", link.id())).await?;
    sheet(&app, page, (link.patient(), &made), (Occasion::Replaced, back)).await
}
