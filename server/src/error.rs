//! What the platform answers when it cannot do what was asked.

use std::borrow::Cow;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::i18n::Arg;
use crate::platform::blobs::BlobError;
use crate::platform::db::{DbError, is_full};
use crate::platform::jobs::Failure;
use crate::platform::limits::LimitError;
use crate::platform::seal::CannotOpen;
use crate::platform::work_pool::{Busy, WorkError};

/// Why the platform did not start: a sentence for the operator.
pub type StartError = Box<dyn Error + Send + Sync>;

/// A refusal or failure: a status, a code that programs read, and the values its sentence needs.
///
/// The sentence is the message `error-<code>`; the page or the JSON is made on the way out, in the reader's language.
/// The cause is written to the log and never shown.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    code: Cow<'static, str>,
    args: Vec<(&'static str, Arg)>,
    retry_after: Option<Duration>,
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl Problem {
    /// A problem with the message `error-<code>`.
    pub fn new(status: StatusCode, code: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code: code.into(), args: Vec::new(), retry_after: None, cause: None }
    }

    /// The thing is not there, or the asker may not know that it is.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found")
    }

    /// Nobody is signed in; a browser is sent to the sign-in page.
    pub fn sign_in_needed() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "sign-in-needed")
    }

    /// Whoever is signed in must show once more that the account is theirs; a browser is sent to the page for that.
    pub fn step_up_needed() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, STEP_UP_NEEDED)
    }

    /// Whether this is [`Problem::step_up_needed`].
    pub fn is_step_up(&self) -> bool {
        self.code == STEP_UP_NEEDED
    }

    /// Whoever is signed in must set up a second factor first; a browser is sent to the page for that.
    pub fn second_factor_needed() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, SECOND_FACTOR_NEEDED)
    }

    /// Whether this is [`Problem::second_factor_needed`].
    pub fn is_second_factor(&self) -> bool {
        self.code == SECOND_FACTOR_NEEDED
    }

    /// The form does not come from a page of this platform, or from one that is too old.
    pub fn forged() -> Self {
        Self::new(StatusCode::FORBIDDEN, "form-expired")
    }

    /// The request cannot be understood.
    pub fn bad_request() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request")
    }

    /// The request is understood and refused: code 422 with the message `error-<code>`.
    pub fn refused(code: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code)
    }

    /// Too many attempts; `wait` says when the next one makes sense.
    pub fn too_many(wait: Duration) -> Self {
        let minutes = wait.as_secs().div_ceil(60).max(1);
        let mut problem =
            Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-attempts").arg("minutes", minutes);
        problem.retry_after = Some(wait);
        problem
    }

    /// A part the platform stands on is away; asking again later makes sense.
    pub fn unavailable(code: &'static str, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let mut problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, code);
        problem.retry_after = Some(Duration::from_secs(10));
        problem.caused_by(cause)
    }

    /// So much is going on that this cannot be done now; asking again in a few seconds makes sense.
    pub fn busy() -> Self {
        let mut problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy");
        problem.retry_after = Some(Duration::from_secs(5));
        problem
    }

    /// Whether the disk of the database is full.
    pub fn is_full_database(&self) -> bool {
        self.code == DATABASE_FULL
    }

    /// Whether this is [`Problem::busy`].
    pub fn is_busy(&self) -> bool {
        self.code == "busy"
    }

    /// A fault of the platform itself.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal").caused_by(cause)
    }

    /// Fills a place in the sentence.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The code that programs read, kebab-case.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The key of the sentence.
    pub fn message_key(&self) -> String {
        format!("error-{}", self.code)
    }

    /// The values of the sentence.
    pub fn args(&self) -> &[(&'static str, Arg)] {
        &self.args
    }

    /// What went wrong underneath, for the log alone.
    pub fn cause(&self) -> Option<&(dyn Error + Send + Sync)> {
        self.cause.as_deref()
    }

    /// A page of a handler's own that shows the problem: with its status, and for how long to wait.
    pub fn shown_on(&self, page: impl IntoResponse) -> Response {
        let mut response = (self.status, page).into_response();
        self.tell_wait(response.headers_mut());
        response
    }

    /// Writes how long to wait into an answer: in whole seconds, none of them too early.
    pub fn tell_wait(&self, headers: &mut HeaderMap) {
        if let Some(wait) = self.retry_after {
            headers.insert(RETRY_AFTER, seconds_of(wait).into());
        }
    }

    fn caused_by(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into().into());
        self
    }
}

/// Full seconds, and one more for what is begun.
fn seconds_of(wait: Duration) -> u64 {
    let is_broken = wait.subsec_nanos() > 0;
    wait.as_secs().saturating_add(is_broken.into()).max(1)
}

/// An empty answer that carries the problem; [`crate::http::problem`] turns it into a page or JSON.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The code of what asks for the password again.
const STEP_UP_NEEDED: &str = "step-up-needed";
/// The code of what asks for a second factor to be set up.
const SECOND_FACTOR_NEEDED: &str = "second-factor-needed";
/// The code of what could not be written since the disk of the database is full.
const DATABASE_FULL: &str = "database-full";

/// What became of a job.
impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let cause = problem.cause().map_or_else(|| problem.code().to_owned(), ToString::to_string);
        Self::new(problem.code(), cause)
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Io(_)
            | DbError::Tls(_)
            | DbError::PoolTimedOut
            | DbError::PoolClosed
            | DbError::WorkerCrashed => Self::unavailable("database-away", error),
            _ if is_full(&error) => Self::unavailable(DATABASE_FULL, error),
            DbError::Database(ref refusal) if is_outage(refusal.code().as_deref()) => {
                Self::unavailable("database-away", error)
            }
            _ => Self::internal(error),
        }
    }
}

/// PostgreSQL (codes of five characters): shutting down, connection lost, out of memory, connections or other resources,
/// time-outs. SQLite (numbers): out of memory, busy, locked, input or output failed, file cannot be opened.
fn is_outage(code: Option<&str>) -> bool {
    let Some(code) = code else { return false };
    match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 7 | 10 | 14),
        _ => ["57", "08", "53"].iter().any(|class| code.starts_with(class)) || code == "55P03",
    }
}

impl From<LimitError> for Problem {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::TooMany(wait) => Self::too_many(wait),
            LimitError::Database(error) => error.into(),
        }
    }
}

/// The sentence of [`CannotOpen`] in the log names the settings.
impl From<CannotOpen> for Problem {
    fn from(error: CannotOpen) -> Self {
        Self::internal(error)
    }
}

impl From<Busy> for Problem {
    fn from(Busy: Busy) -> Self {
        Self::busy()
    }
}

impl From<WorkError> for Problem {
    fn from(error: WorkError) -> Self {
        match error {
            WorkError::Busy(busy) => busy.into(),
            WorkError::TooLarge { .. } | WorkError::Failed(_) => Self::internal(error),
        }
    }
}

impl From<BlobError> for Problem {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Unavailable(_) | BlobError::Full(_) => Self::unavailable("storage-away", error),
            BlobError::Missing(_) => Self::internal(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outages_of_both_databases_are_told_from_mistakes() {
        for outage in ["57P01", "57014", "08006", "53200", "53300", "5", "522", "7", "14"] {
            assert!(is_outage(Some(outage)), "{outage}");
        }
        for mistake in ["23505", "42601", "1", "1555", "2067"] {
            assert!(!is_outage(Some(mistake)), "{mistake}");
        }
    }
}
