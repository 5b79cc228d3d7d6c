//! What every HTML page knows: its reader's language, who is signed in, the form token, where assets are.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Html;

use super::{assets, csrf, once};
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::http::identity::{ClinicRole, Identity, Notice, Standing};
use crate::http::routes::{Operation, Reads};
use crate::i18n::{Arg, Locale};
use crate::platform::work_pool::Permit;
use crate::state::App;

/// The part of a page that is the same everywhere; templates reach it as `page`.
#[derive(Clone, Debug)]
pub struct Page {
    context: RequestContext,
    locale: Locale,
    csrf: String,
}

impl Page {
    /// The page for a request.
    pub fn new(context: RequestContext) -> Self {
        Self { locale: context.locale(), csrf: csrf::token(&context), context }
    }

    /// The sentence `key` in the reader's language.
    pub fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }

    /// The sentence `key` with one value filled in.
    pub fn t_args(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.locale.t_args(key, args)
    }

    /// The sentence `key` with the whole number `n` filled in.
    pub fn t_n(&self, key: &str, n: impl Into<Arg>) -> String {
        self.locale.t_args(key, &[("n", n.into())])
    }

    /// The sentence `key` with one named text filled in.
    pub fn t_with(&self, key: &str, name: &str, value: impl Into<Arg>) -> String {
        self.locale.t_args(key, &[(name, value.into())])
    }

    /// The sentence of a problem that a page can show beside its form: of any refusal, for people alone.
    pub fn refusal(&self, problem: &Problem) -> Option<String> {
        let is_shown = problem.status().is_client_error() && !self.context.wants_json();
        is_shown.then(|| self.t_args(&problem.message_key(), problem.args()))
    }

    /// [`Page::refusal`] of what other input would mend, and of nothing else.
    pub fn mistake(&self, problem: &Problem) -> Option<String> {
        self.refusal(problem).filter(|_| problem.status() == StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// The reader's language.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The tag of the reader's language, for `lang`.
    pub fn lang(&self) -> &'static str {
        self.locale.tag()
    }

    /// Languages with tag and whether it is the reader's, for the language switch.
    pub fn languages(&self) -> impl Iterator<Item = (&'static str, bool)> + use<> {
        let mine = self.locale;
        Locale::ALL.into_iter().map(move |locale| (locale.tag(), locale == mine))
    }

    /// The value of the hidden form field `csrf`.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// A value for the hidden field `once` of a form that counts once, another one each time.
    pub fn once(&self) -> String {
        once::form_id(self.context.app())
    }

    /// Who is signed in.
    pub fn account(&self) -> Option<&Identity> {
        self.context.identity()
    }

    /// The sentence of something that the owner of an account must be told.
    pub fn tell(&self, notice: &Notice) -> String {
        notice.text(self.locale)
    }

    /// Whether an administrator is signed in.
    pub fn is_admin(&self) -> bool {
        self.account().is_some_and(|account| account.is_admin)
    }

    /// Whether the reader's password alone does not open the account.
    pub fn has_second_factor(&self) -> bool {
        self.account().is_some_and(|account| account.has_second_factor)
    }

    /// Whether the reader must set up a second factor before anything else.
    pub fn lacks_second_factor(&self) -> bool {
        self.account().is_some_and(|account| account.lacks_second_factor)
    }

    /// The clinic in which the reader works now, and what the reader is there.
    pub fn standing(&self) -> Option<&Standing> {
        self.account()?.standing()
    }

    /// The clinics between which the reader can choose; empty where there is nothing to choose.
    pub fn clinics(&self) -> &[Standing] {
        match self.account().map(|account| account.standings.as_slice()) {
            Some(standings) if standings.len() > 1 || self.standing().is_none() => standings,
            _ => &[],
        }
    }

    /// Whether the reader administers the clinic.
    pub fn is_clinic_admin(&self) -> bool {
        self.standing().is_some_and(|standing| standing.role == ClinicRole::Administrator)
    }

    /// Whether the reader only looks into the clinic, which has let in administrators of the platform.
    pub fn is_guest(&self) -> bool {
        self.standing().is_some_and(|standing| standing.role == ClinicRole::Guest)
    }

    /// Path and query of this page, where forms such as the language switch lead back to.
    pub fn path(&self) -> &str {
        if self.context.method() == axum::http::Method::GET { self.context.path() } else { "/" }
    }

    /// Where this page's reader finds who keeps the data: a patient, the clinic's.
    pub fn privacy(&self) -> String {
        let link = self.context.path().strip_prefix("/p/").and_then(|rest| rest.split(['/', '?']).next());
        match link {
            Some(link) => format!("/p/{link}/privacy"),
            None if self.locale == Locale::Ro => "/confidentialitate".to_owned(),
            None => "/privacy".to_owned(),
        }
    }

    /// The request this page answers.
    pub fn context(&self) -> &RequestContext {
        &self.context
    }

    /// The address of a built file such as `app.css`; `None` where the browser code has not been built.
    pub fn asset(&self, name: &str) -> Option<String> {
        assets::address(name)
    }

    /// Whether this page belongs to the area that starts with `path`, for the navigation.
    pub fn is_in(&self, path: &str) -> bool {
        self.context
            .path()
            .strip_prefix(path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    }
}

/// Which language and theme it has is no part of what a route reads.
impl Reads for Page {
    fn read(_: &mut Operation) {}
}

impl FromRequestParts<App> for Page {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Ok(Self::new(RequestContext::from_request_parts(parts, app).await?))
    }
}

/// The HTML of a template.
///
/// # Errors
/// [`Problem::internal`] when the template fails.
pub fn render(template: &impl Template) -> Result<Html<String>, Problem> {
    template.render().map(Html).map_err(Problem::internal)
}

/// [`render`] for pages that can be long: `room`, taken for making the page, shrinks to the page and is kept until it is
/// sent.
///
/// # Errors
/// As [`render`].
pub fn render_in(room: Arc<Permit>, template: &impl Template) -> Result<Html<Body>, Problem> {
    let html = template.render().map_err(Problem::internal)?;
    room.shrink_to(html.len());
    Ok(Html(Body::from(room.keep_with(html.into()))))
}
