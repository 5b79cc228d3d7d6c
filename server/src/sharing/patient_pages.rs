//! What a patient sees: the nights of the link that was opened.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};

use crate::analyses::NightView;
use crate::audit::{self, By, Chain, Kept};
use crate::error::Problem;
use crate::http::browser::page::{Page, render, render_in};
use crate::i18n::Locale;
use crate::i18n::wording::{self, Moment};
use crate::patients::{AnyLink, OpenedLink, closed_page};
use crate::recordings::{self, Recording, SharedView};
use crate::state::App;

#[derive(Template)]
#[template(path = "sharing/patient_list.html")]
struct SharedList {
    page: Page,
    nights: Vec<SharedNight>,
    until: Option<Moment>,
    leave: String,
}

struct SharedNight {
    address: String,
    start: String,
    duration: String,
}

/// `GET /p/{id}`: the patient's nights, or the page that opens the link.
pub(super) async fn list(link: AnyLink, State(app): State<App>, page: Page) -> Result<Response, Problem> {
    let opened = match link {
        AnyLink::Open(opened) => opened,
        AnyLink::Closed { link, was_open } => return closed_page(page, &link, was_open),
    };
    let recordings = recordings::list_shared(&app.db, &opened).await?;
    let locale = page.locale();
    let nights = recordings.iter().map(|recording| SharedNight::new(locale, &opened, recording)).collect();
    let until = opened.expires_at().map(Moment::new);
    Ok(render(&SharedList { page, nights, until, leave: leave_address(&opened) })?.into_response())
}

impl SharedNight {
    fn new(locale: Locale, opened: &OpenedLink, recording: &Recording) -> Self {
        Self {
            address: address(opened, recording),
            start: wording::long(locale, recording.digest.starts_at),
            duration: wording::duration(recording.digest.length.as_secs()),
        }
    }
}

#[derive(Template)]
#[template(path = "sharing/patient_night.html")]
struct SharedRecording {
    page: Page,
    view: NightView,
    back: String,
    leave: String,
    openings: Vec<Opening>,
}

/// That somebody opened the night.
struct Opening {
    at: Moment,
    who: String,
}

impl Opening {
    fn new(locale: Locale, opened: &OpenedLink, kept: &Kept) -> Self {
        let key = match (&kept.actor, kept.detail.as_deref()) {
            (Some(By::Link(link)), _) if link == opened.link_id() => "openings-by-this-link",
            (Some(By::Link(_)), _) => "openings-by-other-link",
            (_, Some("own")) => "openings-by-own",
            (_, Some("colleague")) => "openings-by-colleague",
            (_, Some("guest")) => "openings-by-guest",
            _ => "openings-by-account",
        };
        Self { at: Moment::new(kept.place.at), who: locale.t(key) }
    }
}

/// `GET /p/{id}/recordings/{rid}`.
pub(super) async fn recording(
    shared: SharedView,
    State(app): State<App>,
    page: Page,
) -> Result<Html<Body>, Problem> {
    shared.open(page.context()).await?;
    let base = address(shared.opened(), shared.recording());
    let mut view = NightView::load(&app, &shared, base, page.locale()).await?;
    view.gives_file = shared.opened().terms().gives_file;
    let back = format!("/p/{}", shared.opened().link_id().as_str());
    let leave = leave_address(shared.opened());
    let openings = openings(&app, &shared, page.locale()).await?;
    render_in(Arc::clone(&view.room), &SharedRecording { back, leave, openings, page, view })
}

async fn openings(app: &App, shared: &SharedView, locale: Locale) -> Result<Vec<Opening>, Problem> {
    let Recording { id, clinic_id, .. } = shared.recording();
    let kept = audit::openings(&app.db, &Chain::of(clinic_id), id).await?;
    Ok(kept.iter().map(|kept| Opening::new(locale, shared.opened(), kept)).collect())
}

/// Where the button that ends the visit leads.
fn leave_address(opened: &OpenedLink) -> String {
    format!("/p/{}/close", opened.link_id().as_str())
}

fn address(opened: &OpenedLink, recording: &Recording) -> String {
    format!("/p/{}/recordings/{}", opened.link_id().as_str(), recording.id)
}
