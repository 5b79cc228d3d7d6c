//! `GET /recordings`: the doctor's nights, newest first, and the upload form.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use serde::Deserialize;

use super::flags;
use super::ingest::limits::{MAX_FILE_BYTES, MAX_FILES, MEGABYTE};
use super::ingest::outcome::{Outcome, Taken};
use crate::clinics::{self, FlagLimits, Member};
use crate::error::Problem;
use crate::http::browser::page::{Page, render};
use crate::i18n::scripts;
use crate::i18n::{Locale, wording};
use crate::platform::clock::Timestamp;
use crate::recordings::page_address;
use crate::rows::{self, DeskRow, Flags, LinksState};
use crate::state::App;

/// Recordings on one page of the list.
const PAGE_LENGTH: u32 = 50;

/// Words for `upload.js`.
const UPLOAD_MESSAGES: [&str; 13] = [
    "upload-drop-hint",
    "upload-sending",
    "upload-stored",
    "upload-duplicate",
    "upload-incomplete-note",
    "upload-incomplete-store",
    "upload-refused",
    "upload-open",
    "upload-network",
    "upload-session",
    "upload-clinic",
    "upload-too-large",
    "upload-finished",
];

#[derive(Deserialize)]
pub(super) struct ListQuery {
    page: Option<u32>,
    deleted: Option<String>,
}

pub(super) async fn list(
    reader: Member,
    State(app): State<App>,
    Query(query): Query<ListQuery>,
    page: Page,
) -> Result<Html<String>, Problem> {
    let number = query.page.unwrap_or(1).max(1);
    render(&ListPage {
        is_deleted: query.deleted.is_some(),
        ..ListPage::load(&app, &reader, page, number).await?
    })
}

/// The list with what became of each file of an upload above it.
pub(super) async fn after_upload(
    app: &App,
    reader: &Member,
    page: Page,
    status: StatusCode,
    outcomes: &[Outcome],
) -> Result<Response, Problem> {
    let results = outcomes.iter().map(|outcome| ResultLine::new(page.locale(), outcome)).collect();
    let html = render(&ListPage { results, ..ListPage::load(app, reader, page, 1).await? })?;
    Ok((status, html).into_response())
}

#[derive(Template)]
#[template(path = "desk/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<ListRow>,
    results: Vec<ResultLine>,
    is_deleted: bool,
    can_upload: bool,
    total: u32,
    number: u32,
    pages: u32,
    max_files: usize,
    max_megabytes: usize,
    messages: String,
}

impl ListPage {
    async fn load(app: &App, reader: &Member, page: Page, wanted: u32) -> Result<Self, Problem> {
        let total = rows::count(&app.db, reader).await?;
        let pages = total.div_ceil(PAGE_LENGTH).max(1);
        let number = wanted.min(pages);
        let offset = (number - 1) * PAGE_LENGTH;
        let nights = rows::page(&app.db, reader, offset, PAGE_LENGTH).await?;
        let (locale, now) = (page.locale(), app.clock.now());
        let limits = clinics::flag_limits(&app.db, reader).await?;
        let megabytes = MAX_FILE_BYTES / MEGABYTE;
        Ok(Self {
            rows: nights.iter().map(|night| ListRow::new(locale, night, (reader, &limits), now)).collect(),
            results: Vec::new(),
            is_deleted: false,
            can_upload: !reader.is_guest(),
            messages: scripts::messages(locale, UPLOAD_MESSAGES, &[("megabytes", megabytes.into())]),
            max_files: MAX_FILES,
            max_megabytes: megabytes,
            page,
            total,
            number,
            pages,
        })
    }
}

/// A line of the list.
pub(super) struct ListRow {
    pub(super) address: String,
    pub(super) start: String,
    pub(super) is_cut: bool,
    pub(super) device: Option<String>,
    pub(super) duration: String,
    pub(super) odi3: String,
    pub(super) odi4: String,
    pub(super) below_90: String,
    pub(super) min: String,
    /// The rules that flag the night.
    pub(super) flags: Vec<String>,
    pub(super) link_key: &'static str,
    pub(super) is_colleagues: bool,
}

impl ListRow {
    pub(super) fn new(
        locale: Locale,
        night: &DeskRow,
        (reader, limits): (&Member, &FlagLimits),
        now: Timestamp,
    ) -> Self {
        let figures = &night.figures;
        let number = |value: Option<f64>, decimals, missing: &str| match value {
            Some(value) => wording::rounded(locale, value, decimals),
            None => format!("— {}", locale.t(missing)),
        };
        let has = |flag: fn(&Flags) -> bool| figures.flags.as_ref().is_some_and(flag);
        let is_below_range = has(|flags| flags.is_below_range);
        let no_index = if has(|flags| flags.is_too_coarse) { "too-coarse" } else { "too-short" };
        let below_90 = number(figures.below_90_pct, 2, "no-reading");
        let with = figures.below_90_pct_with_below_range.filter(|_| is_below_range);
        let min = number(figures.min_pct.map(f64::from), 0, "no-reading");
        Self {
            address: page_address(&night.recording_id),
            start: wording::short(figures.starts_at),
            is_cut: has(|flags| flags.is_cut),
            device: night.device.clone(),
            duration: wording::duration(figures.length.as_secs()),
            odi3: number(figures.odi3_per_h, 1, no_index),
            odi4: number(figures.odi4_per_h, 1, no_index),
            below_90: wording::with_below_range(
                locale,
                below_90,
                with.map(|pct| wording::rounded(locale, pct, 2)),
            ),
            min: if is_below_range { wording::at_most(&min) } else { min },
            flags: flags::in_words(locale, figures, limits),
            link_key: link_key(night, now),
            is_colleagues: night.owner_id != *reader.account_id(),
        }
    }
}

fn link_key(night: &DeskRow, now: Timestamp) -> &'static str {
    match night.patient.as_ref().map(|patient| patient.links.state(now)) {
        Some(LinksState::Active) => "recordings-link-active",
        Some(LinksState::Closed) => "recordings-link-closed",
        Some(LinksState::Without) | None => "recordings-link-none",
    }
}

/// What became of one file, as a line above the list.
struct ResultLine {
    class: &'static str,
    heading: String,
    text: Option<String>,
    address: Option<String>,
    name: String,
    /// SHA-256 of a file about which the doctor is to decide.
    question: Option<String>,
}

impl ResultLine {
    fn new(locale: Locale, outcome: &Outcome) -> Self {
        let name = match outcome.name.as_str() {
            "" => locale.t("upload-unnamed"),
            name => name.to_owned(),
        };
        let (class, key) = match &outcome.taken {
            Taken::New { .. } => ("is-stored", "upload-stored"),
            Taken::Known(_) => ("is-duplicate", "upload-duplicate"),
            Taken::Refused(_) => ("is-refused", "upload-refused"),
            Taken::Asked { .. } => ("is-question", "upload-refused"),
        };
        Self {
            class,
            heading: locale.t_args(key, &[("name", name.as_str().into())]),
            text: outcome.message(locale),
            address: outcome.taken.address(),
            name,
            question: outcome.question().map(str::to_owned),
        }
    }
}
