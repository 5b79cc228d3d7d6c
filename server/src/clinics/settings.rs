//! What a clinic decides, on one page of its administrators.

use std::ops::RangeInclusive;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::model::{ClinicName, FlagLimits, LET_IN_HOURS, Phone, Settings, TIME_ZONES, let_in_end};
use super::scope::ClinicAdmin;
use super::store;
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::http::routes::Routes;
use crate::i18n::Locale;
use crate::i18n::wording::Moment;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<ClinicAdmin, _>("/clinic", show)
        .post::<ClinicAdmin, _>("/clinic", save)
        .post::<ClinicAdmin, _>("/clinic/let-in", let_in)
}

#[derive(Template)]
#[template(path = "clinics/settings.html")]
struct SettingsPage {
    page: Page,
    given: Given,
    keeps_links: bool,
    let_in_until: Option<Moment>,
    is_saved: bool,
    failure: Option<String>,
}

/// A limit as the form asks for it.
struct LimitField<'a> {
    name: &'static str,
    label: &'static str,
    unit: &'static str,
    range: RangeInclusive<u32>,
    value: &'a str,
}

/// Name of the field, keys of its label and unit, in the order of the table.
const LIMIT_FIELDS: [(&str, &str, &str); 6] = [
    ("t90_pct", "clinic-flag-t90", "clinic-unit-pct"),
    ("short_h", "clinic-flag-short", "clinic-unit-hours"),
    ("signal_pct", "clinic-flag-signal", "clinic-unit-pct"),
    ("pulse_low", "clinic-flag-pulse-low", "clinic-unit-bpm"),
    ("pulse_high", "clinic-flag-pulse-high", "clinic-unit-bpm"),
    ("odi4_per_h", "clinic-flag-odi4", "clinic-unit-per-hour"),
];

impl SettingsPage {
    fn limit_fields(&self) -> impl Iterator<Item = LimitField<'_>> {
        let ranges = FlagLimits::RANGES.into_iter().zip(self.given.limits());
        LIMIT_FIELDS.into_iter().zip(ranges).map(|((name, label, unit), (range, value))| LimitField {
            name,
            label,
            unit,
            range,
            value,
        })
    }

    fn time_zones(&self) -> [&'static str; 6] {
        TIME_ZONES
    }

    fn let_in_hours(&self) -> [u32; 3] {
        LET_IN_HOURS
    }
}

/// The form as it is typed.
#[derive(Clone, Debug, Deserialize)]
struct Given {
    name: String,
    #[serde(default)]
    phone: String,
    time_zone: String,
    locale: String,
    /// `shared` or `own`.
    sharing: String,
    t90_pct: String,
    short_h: String,
    signal_pct: String,
    pulse_low: String,
    pulse_high: String,
    odi4_per_h: String,
}

impl From<&Settings> for Given {
    fn from(settings: &Settings) -> Self {
        let limits = settings.flags.values().map(|limit| limit.to_string());
        let [t90_pct, short_h, signal_pct, pulse_low, pulse_high, odi4_per_h] = limits;
        Self {
            name: settings.name.as_str().to_owned(),
            phone: settings.phone.as_ref().map_or_else(String::new, |phone| phone.as_str().to_owned()),
            time_zone: settings.time_zone.clone(),
            locale: settings.locale.tag().to_owned(),
            sharing: if settings.is_shared { "shared" } else { "own" }.to_owned(),
            t90_pct,
            short_h,
            signal_pct,
            pulse_low,
            pulse_high,
            odi4_per_h,
        }
    }
}

impl Given {
    fn settings(&self) -> Result<Settings, Problem> {
        let phone = match self.phone.trim() {
            "" => None,
            text => Some(Phone::parse(text).ok_or_else(|| Problem::refused("bad-phone"))?),
        };
        let time_zone = TIME_ZONES.into_iter().find(|zone| *zone == self.time_zone);
        Ok(Settings {
            name: ClinicName::parse(&self.name).ok_or_else(|| Problem::refused("bad-clinic-name"))?,
            phone,
            time_zone: time_zone.ok_or_else(Problem::bad_request)?.to_owned(),
            locale: Locale::from_tag(&self.locale).ok_or_else(Problem::bad_request)?,
            is_shared: self.sharing == "shared",
            flags: self.flags().ok_or_else(|| Problem::refused("bad-limits"))?,
        })
    }

    fn flags(&self) -> Option<FlagLimits> {
        let mut values = [0; 6];
        for (value, text) in values.iter_mut().zip(self.limits()) {
            *value = text.trim().parse().ok()?;
        }
        Some(FlagLimits::of(values)).filter(FlagLimits::is_sensible)
    }

    /// The limits in the order of the table.
    fn limits(&self) -> [&str; 6] {
        let Self { t90_pct, short_h, signal_pct, pulse_low, pulse_high, odi4_per_h, .. } = self;
        [t90_pct, short_h, signal_pct, pulse_low, pulse_high, odi4_per_h]
    }
}

#[derive(Deserialize)]
struct ShowQuery {
    saved: Option<String>,
}

/// `GET /clinic`.
async fn show(
    admin: ClinicAdmin,
    State(app): State<App>,
    Query(query): Query<ShowQuery>,
    page: Page,
) -> Result<Response, Problem> {
    let is_saved = query.saved.is_some();
    Ok(render(&SettingsPage { is_saved, ..load(&app, &admin, page).await? })?.into_response())
}

async fn load(app: &App, admin: &ClinicAdmin, page: Page) -> Result<SettingsPage, Problem> {
    let (settings, apart) = store::settings(&app.db, admin).await?;
    let let_in_until = apart.let_in_until.filter(|until| *until > app.clock.now()).map(Moment::new);
    Ok(SettingsPage {
        given: Given::from(&settings),
        keeps_links: apart.keeps_links,
        let_in_until,
        is_saved: false,
        failure: None,
        page,
    })
}

/// `POST /clinic`.
async fn save(
    admin: ClinicAdmin,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    match given.settings() {
        Ok(settings) => {
            let mut work = Work::begin(&app.db, page.context().clone()).await?;
            store::decide(&mut work, &admin, &settings).await?;
            work.commit(Act::on_clinic("clinic-settings-changed", admin.clinic_id())).await?;
            Ok(Redirect::to("/clinic?saved=1").into_response())
        }
        Err(problem) => {
            let Some(failure) = page.mistake(&problem) else { return Err(problem) };
            let shown = SettingsPage { given, failure: Some(failure), ..load(&app, &admin, page).await? };
            Ok(problem.shown_on(render(&shown)?))
        }
    }
}

#[derive(Deserialize)]
struct LetIn {
    /// Hours; 0 ends it at once.
    hours: u32,
}

/// `POST /clinic/let-in`: administrators of the platform may look for so many hours, or no longer.
async fn let_in(
    admin: ClinicAdmin,
    State(app): State<App>,
    context: RequestContext,
    Form(LetIn { hours }): Form<LetIn>,
) -> Result<Redirect, Problem> {
    let (until, action) = match hours {
        0 => (None, "platform-let-out"),
        hours => {
            (Some(let_in_end(hours, app.clock.now()).ok_or_else(Problem::bad_request)?), "platform-let-in")
        }
    };
    let mut work = Work::begin(&app.db, context).await?;
    store::let_in(&mut work, &admin, until).await?;
    work.commit(Act::on_clinic(action, admin.clinic_id())).await?;
    Ok(Redirect::to("/clinic?saved=1"))
}
