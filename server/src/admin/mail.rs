//! Mails: who carries them, what waits, what failed and why; another attempt, and a mail to oneself.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;

use super::words::in_words;
use crate::accounts::{self, Person};
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::Admin;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::i18n::Locale;
use crate::i18n::wording::Moment;
use crate::ids::AccountId;
use crate::mail::{self, Queued};
use crate::platform::jobs::{self, Failing, JobState};
use crate::platform::mail::MailSettings;
use crate::state::App;

#[derive(Template)]
#[template(path = "admin/mail.html")]
struct MailPage {
    page: Page,
    carrier: Option<CarrierInWords>,
    waiting: Vec<MailRow>,
    sent: i64,
    last_sent: Option<Moment>,
    is_asked: bool,
}

impl MailPage {
    fn has_failed(&self) -> bool {
        self.waiting.iter().any(|row| row.failed.is_some())
    }
}

/// Who carries mails, in words.
struct CarrierInWords {
    name: String,
    sender: String,
}

impl CarrierInWords {
    fn new(locale: Locale, settings: &MailSettings) -> Self {
        let (name, sender) = (settings.carrier.kind(), &settings.sender);
        let sender = format!("{} <{}>", sender.name, sender.email);
        Self { name: in_words(locale, "mail-carrier", name.to_owned()), sender }
    }
}

/// A mail that has not been sent.
struct MailRow {
    id: String,
    name: String,
    /// Whom it is for, if that is known.
    to: Option<String>,
    since: Moment,
    failed: Option<FailedInWords>,
}

/// How the last attempt failed.
struct FailedInWords {
    reason: String,
    /// What the carrier said.
    said: Option<String>,
    attempts: i64,
    is_dead: bool,
    /// When it failed for good, or is tried again.
    at: Moment,
}

impl MailRow {
    fn new(locale: Locale, mail: Queued, to: Option<&Person>, failing: Option<&Failing>) -> Self {
        let said = mail.last_error;
        Self {
            id: mail.id.to_string(),
            name: in_words(locale, "mail-kind", mail.template),
            to: to.map(|person| format!("{} ({})", person.name(), person.email())),
            since: Moment::new(mail.created_at),
            failed: failing.map(|job| FailedInWords::new(locale, job, said)),
        }
    }
}

impl FailedInWords {
    fn new(locale: Locale, job: &Failing, said: Option<String>) -> Self {
        let (is_dead, at) = match job.state {
            JobState::Waiting(at) => (false, at),
            JobState::Dead(at) => (true, at),
        };
        let reason = in_words(locale, "error", job.last_error.clone());
        Self { reason, said, attempts: job.attempts, is_dead, at: Moment::new(at) }
    }
}

#[derive(Deserialize)]
pub(super) struct ShowQuery {
    asked: Option<String>,
}

/// `GET /admin/mail`.
pub(super) async fn show(
    _: Admin,
    State(app): State<App>,
    Query(query): Query<ShowQuery>,
    page: Page,
) -> Result<Html<String>, Problem> {
    let (locale, sent) = (page.locale(), mail::last_sent(&app.db).await?);
    let shown = MailPage {
        carrier: app.mailer.settings().map(|settings| CarrierInWords::new(locale, settings)),
        waiting: rows(&app, locale).await?,
        sent: sent.count,
        last_sent: sent.at.map(Moment::new),
        is_asked: query.asked.is_some(),
        page,
    };
    render(&shown)
}

async fn rows(app: &App, locale: Locale) -> Result<Vec<MailRow>, Problem> {
    let waiting = mail::waiting(&app.db).await?;
    let ids: Vec<AccountId> = waiting.iter().filter_map(|mail| mail.account_id.clone()).collect();
    let people = accounts::people(app, &ids).await?;
    let people: HashMap<_, _> = people.iter().map(|person| (person.id().clone(), person)).collect();
    let failing = jobs::failing_of(&app.db, mail::JOB).await?;
    let failing: HashMap<_, _> = failing.iter().map(|job| (job.subject.as_str(), job)).collect();
    let row = |mail: Queued| {
        let to = mail.account_id.as_ref().and_then(|id| people.get(id).copied());
        let job = failing.get(mail.id.as_str()).copied();
        MailRow::new(locale, mail, to, job)
    };
    Ok(waiting.into_iter().map(row).collect())
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /admin/mail/test`: a mail to the administrator who asks.
pub(super) async fn test(
    admin: Admin,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let locale = context.locale();
    let mut work = Work::begin(&app.db, context).await?;
    accounts::send_test(&mut work, &app, &admin, locale).await?;
    work.commit(Act::on_account("test-mail-asked", admin.account_id()).of_platform().unlisted()).await?;
    Ok(Redirect::to("/admin/mail?asked"))
}

/// Which mails to try again: one, or with no word all that failed.
#[derive(Deserialize)]
pub(super) struct Retry {
    #[serde(default)]
    mail: String,
}

/// `POST /admin/mail/retry`: the next worker that looks sends them.
pub(super) async fn retry(
    _: Admin,
    State(app): State<App>,
    context: RequestContext,
    Form(Retry { mail }): Form<Retry>,
) -> Result<Redirect, Problem> {
    let mut failing = jobs::failing_of(&app.db, mail::JOB).await?;
    failing.retain(|job| mail.is_empty() || job.subject == mail);
    let mut work = Work::begin(&app.db, context).await?;
    for job in &failing {
        jobs::try_again(&mut work, job, app.clock.now()).await?;
    }
    work.commit(Act::on_nothing("job-tried-again").of_platform()).await?;
    Ok(Redirect::to("/admin/mail"))
}
