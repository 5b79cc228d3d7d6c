//! The journal of a clinic for its administrators, and the one of the platform for its own: newest entries first.

mod names;
mod query;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;

use self::names::Names;
use self::query::{Asked, Wanted};
use super::words::in_words;
use crate::audit::{self, ACTIONS, Chain, Check, Kept};
use crate::clinics::{self, ClinicAdmin, Member};
use crate::error::Problem;
use crate::http::auth::Admin;
use crate::http::browser::page::{Page, render};
use crate::i18n::Locale;
use crate::i18n::wording::Moment;
use crate::state::App;

/// Entries on a page.
const ENTRIES: usize = 50;

#[derive(Template)]
#[template(path = "admin/journal.html")]
struct JournalPage {
    page: Page,
    /// The page's own address.
    address: &'static str,
    is_platforms: bool,
    wanted: Wanted,
    actors: Vec<Choice>,
    actions: Vec<Choice>,
    /// The subject of the filter in words.
    subject: Option<String>,
    check: Option<CheckInWords>,
    rows: Vec<Row>,
    older: Option<String>,
}

/// An entry of a list to choose from.
struct Choice {
    value: String,
    text: String,
    is_chosen: bool,
}

/// What the last look at the chain found.
struct CheckInWords {
    at: Moment,
    entries: i64,
    broken_at: Option<i64>,
}

impl From<Check> for CheckInWords {
    fn from(check: Check) -> Self {
        Self { at: Moment::new(check.at), entries: check.entries, broken_at: check.broken_at }
    }
}

struct Row {
    at: Moment,
    who: String,
    what: String,
    detail: Option<String>,
    amount: Option<i64>,
    on: Option<On>,
}

/// What an entry is about.
struct On {
    text: String,
    /// The filter for everything about it.
    only: String,
}

impl Row {
    fn new(locale: Locale, entry: &Kept, names: &Names, wanted: &Wanted) -> Self {
        let detail = entry.detail.clone().filter(|detail| !["own", "patient"].contains(&detail.as_str()));
        let on = entry.subject.as_ref().and_then(|subject| {
            Some(On { text: names.subject(locale, subject)?, only: wanted.only_about(subject) })
        });
        Self {
            at: Moment::new(entry.place.at),
            who: names.actor(locale, entry.actor.as_ref()),
            what: in_words(locale, "act", entry.action.clone()),
            detail: detail.map(|detail| in_words(locale, "act-detail", detail)),
            amount: entry.amount.filter(|amount| *amount != 1),
            on,
        }
    }
}

/// `GET /clinic/journal`.
pub(super) async fn of_clinic(
    admin: ClinicAdmin,
    State(app): State<App>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Html<String>, Problem> {
    let wanted = Wanted::new(asked)?;
    let members = clinics::members(&app.db, &admin).await?;
    let ids: Vec<_> = members.into_iter().map(|member| member.account_id).collect();
    let actors = names::people(&app, &ids).await?;
    let chain = Chain::of(admin.clinic_id());
    let shown = load(&app, page, (&chain, Some(&admin)), wanted).await?;
    let actors = shown.wanted.actors(shown.page.locale(), actors);
    render(&JournalPage { address: "/clinic/journal", actors, ..shown })
}

/// `GET /admin/journal`.
pub(super) async fn of_platform(
    _: Admin,
    State(app): State<App>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Html<String>, Problem> {
    let shown = load(&app, page, (&Chain::platform(), None), Wanted::new(asked)?).await?;
    let actors = shown.wanted.actors(shown.page.locale(), Vec::new());
    render(&JournalPage { address: "/admin/journal", is_platforms: true, actors, ..shown })
}

async fn load(
    app: &App,
    page: Page,
    (chain, reader): (&Chain, Option<&Member>),
    wanted: Wanted,
) -> Result<JournalPage, Problem> {
    let locale = page.locale();
    let mut entries = audit::journal(&app.db, chain, wanted.filter(), ENTRIES + 1).await?;
    let has_more = entries.len() > ENTRIES;
    entries.truncate(ENTRIES);
    let names = Names::load(app, reader, &entries, wanted.filter()).await?;
    let older = entries.last().filter(|_| has_more).map(|last| wanted.older_than(last.place));
    Ok(JournalPage {
        address: "",
        is_platforms: false,
        actors: Vec::new(),
        actions: actions(locale, &wanted),
        subject: wanted.filter().subject.as_ref().and_then(|subject| names.subject(locale, subject)),
        check: audit::last_check(&app.db, chain).await?.map(CheckInWords::from),
        rows: entries.iter().map(|entry| Row::new(locale, entry, &names, &wanted)).collect(),
        older,
        wanted,
        page,
    })
}

fn actions(locale: Locale, wanted: &Wanted) -> Vec<Choice> {
    let choice = |action: &&str| Choice {
        value: (*action).to_owned(),
        text: locale.t(&format!("act-{action}")),
        is_chosen: wanted.filter().action.as_deref() == Some(*action),
    };
    let mut all: Vec<_> = ACTIONS.iter().map(choice).collect();
    all.sort_by_key(|choice| choice.text.to_lowercase());
    all
}
