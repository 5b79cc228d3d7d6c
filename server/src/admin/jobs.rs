//! What is done beside the requests: what failed, and when what is done again and again was done last.

use askama::Template;
use axum::extract::{FromRequestParts as _, Path, State};
use axum::http::request::Parts;
use axum::response::{Html, Redirect};
use serde::Deserialize;

use super::words::in_words;
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::Admin;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::http::routes::{Access, Proof};
use crate::i18n::Locale;
use crate::i18n::wording::Moment;
use crate::ids::Id;
use crate::platform::jobs::{self, Failing, JobState, Scheduled};
use crate::state::App;

/// Identifier of a job.
type JobId = Id<Job>;

/// Marks what belongs to jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Job {}

/// Proof that an administrator asks about a job that failed.
#[derive(Clone, Debug)]
pub(super) struct FailingJob {
    job: Failing,
}

#[derive(Deserialize)]
struct JobPath {
    id: JobId,
}

/// `/admin/jobs/{id}`: for others than administrators nothing is here, and for them only what failed.
impl Proof for FailingJob {
    const ACCESS: Access = Access::ADMINISTERED;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Admin::prove(parts, app).await?;
        let path = Path::<JobPath>::from_request_parts(parts, app).await;
        let Path(JobPath { id }) = path.map_err(|_| Problem::not_found())?;
        let found = jobs::find_failing(&app.db, id.as_str()).await?;
        Ok(Self { job: found.ok_or_else(Problem::not_found)? })
    }
}

#[derive(Template)]
#[template(path = "admin/jobs.html")]
struct JobsPage {
    page: Page,
    failing: Vec<FailingRow>,
    scheduled: Vec<ScheduledRow>,
}

/// A line of what failed.
struct FailingRow {
    id: String,
    name: String,
    subject: String,
    attempts: i64,
    reason: String,
    is_dead: bool,
    /// When it failed for good, or is tried again.
    at: Moment,
}

impl FailingRow {
    fn new(locale: Locale, job: Failing) -> Self {
        let (is_dead, at) = match job.state {
            JobState::Waiting(at) => (false, at),
            JobState::Dead(at) => (true, at),
        };
        Self {
            name: in_words(locale, "job", job.kind),
            reason: in_words(locale, "error", job.last_error),
            id: job.id,
            subject: job.subject,
            attempts: job.attempts,
            is_dead,
            at: Moment::new(at),
        }
    }
}

/// A line of the schedule.
struct ScheduledRow {
    name: String,
    done: Option<Moment>,
    due: Moment,
}

impl ScheduledRow {
    fn new(locale: Locale, job: Scheduled) -> Self {
        let (done, due) = (job.done_at.map(Moment::new), Moment::new(job.due_at));
        Self { name: in_words(locale, "job", job.kind), done, due }
    }
}

/// `GET /admin/jobs`.
pub(super) async fn show(_: Admin, State(app): State<App>, page: Page) -> Result<Html<String>, Problem> {
    let (failing, scheduled) = (jobs::failing(&app.db).await?, jobs::scheduled(&app.db).await?);
    let locale = page.locale();
    render(&JobsPage {
        failing: failing.into_iter().map(|job| FailingRow::new(locale, job)).collect(),
        scheduled: scheduled.into_iter().map(|job| ScheduledRow::new(locale, job)).collect(),
        page,
    })
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /admin/jobs/{id}/retry`: the next worker that looks begins it.
pub(super) async fn retry(
    failing: FailingJob,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let mut work = Work::begin(&app.db, context).await?;
    jobs::try_again(&mut work, &failing.job, app.clock.now()).await?;
    work.commit(Act::on_nothing("job-tried-again").of_platform()).await?;
    Ok(Redirect::to("/admin/jobs"))
}
