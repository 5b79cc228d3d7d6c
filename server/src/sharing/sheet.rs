//! The sheet of a link: its address to copy, its QR code and typed code, and the slip of paper that a patient takes home.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use crate::clinics::{self, Member};
use crate::error::Problem;
use crate::http::browser::page::{Page, render};
use crate::i18n::wording::{self, Moment};
use crate::i18n::{Locale, scripts};
use crate::patients::{LinkShown, OwnedPatient};
use crate::platform::qr::{self, Drawing};
use crate::rows;
use crate::state::App;

/// What gives the occasion to show a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occasion {
    /// It was just made.
    Made,
    /// It was just made in the place of another.
    Replaced,
    /// A doctor asked for it.
    Again,
}

#[derive(Template)]
#[template(path = "sharing/link_sheet.html")]
struct LinkSheet {
    page: Page,
    id: String,
    created: Moment,
    address: String,
    slip: Slip,
    notice_key: Option<&'static str>,
    /// Whether this is the only time that the link is shown.
    is_only_time: bool,
    asks_passcode: bool,
    back: String,
    messages: String,
}

/// What stands on the slip of a link.
pub(super) struct Slip {
    pub(super) clinic: String,
    pub(super) doctor: String,
    pub(super) phone: Option<String>,
    pub(super) patient: String,
    pub(super) night: Option<String>,
    pub(super) drawing: Drawing,
    pub(super) code: String,
    pub(super) code_until: Moment,
    pub(super) expires: Option<Moment>,
    pub(super) called: String,
    /// Where codes are typed, without what browsers add by themselves.
    pub(super) entry: String,
}

/// The page of a link that is before a doctor's eyes; `back` is where it was made.
///
/// # Errors
/// When the database or the template fails.
pub(super) async fn sheet(
    app: &App,
    page: Page,
    (patient, shown): (&OwnedPatient, &LinkShown),
    (occasion, back): (Occasion, String),
) -> Result<Response, Problem> {
    let link = &shown.link;
    let sheet = LinkSheet {
        id: link.id.to_string(),
        created: Moment::new(link.created_at),
        address: shown.address(app),
        slip: Slip::load(app, page.locale(), (patient, shown)).await?,
        notice_key: match occasion {
            Occasion::Made => Some("link-created-done"),
            Occasion::Replaced => Some("link-replaced-done"),
            Occasion::Again => None,
        },
        is_only_time: !link.has_copy(),
        asks_passcode: link.passcode.is_some(),
        messages: words(page.locale()),
        back,
        page,
    };
    let status = if occasion == Occasion::Again { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, render(&sheet)?).into_response())
}

/// Words for the script of sheets.
pub(super) fn words(locale: Locale) -> String {
    scripts::messages(locale, ["link-copied"], &[])
}

impl Slip {
    /// The slip of a link that is shown.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn load(
        app: &App,
        locale: Locale,
        (patient, shown): (&OwnedPatient, &LinkShown),
    ) -> Result<Self, Problem> {
        let (reader, link): (&Member, _) = (patient.reader(), &shown.link);
        let nights = rows::of_patient(&app.db, reader, patient.id()).await?;
        let newest = nights.first().filter(|_| link.terms.shows_all).map(|night| night.figures.starts_at);
        let app_url = app.config.app_url.as_str();
        Ok(Self {
            clinic: reader.standing().clinic.clone(),
            doctor: reader.identity().name.clone(),
            phone: clinics::phone(&app.db, reader).await?,
            patient: patient.patient().code.as_str().to_owned(),
            night: newest.map(|start| wording::date(locale, start)),
            drawing: qr::draw(&shown.address(app)).map_err(Problem::internal)?,
            code: shown.code.text.clone(),
            code_until: Moment::new(shown.code.until),
            expires: link.expires_at.map(Moment::new),
            called: link.called(locale),
            entry: format!("{}/p", app_url.split_once("://").map_or(app_url, |(_, host)| host)),
        })
    }
}
