//! Signing in and out.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Redirect, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::arrival::{HOME, arrive, enter};
use super::model::{Email, Stored};
use super::session::{self, Entrance, Manner};
use super::throttle::Attempt;
use super::{store, throttle};
use crate::audit::{self, About, Act, Work};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::browser::redirect::local_path;
use crate::http::routes::{Routes, Visitor};
use crate::platform::hasher::Verdict;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<Visitor, _>("/login", show)
        .post::<Visitor, _>("/login", sign_in)
        .post::<Visitor, _>("/logout", sign_out)
}

#[derive(Template)]
#[template(path = "accounts/login.html")]
struct LoginPage {
    page: Page,
    next: String,
    email: String,
    remember_days: u64,
    can_sign_up: bool,
    failure: Option<String>,
}

impl LoginPage {
    fn new(app: &App, page: Page, next: String) -> Self {
        let remember_days = app.config.sessions.remembered.whole.as_secs() / (24 * 3_600);
        let can_sign_up = app.config.is_sign_up_open;
        Self { page, next, email: String::new(), remember_days, can_sign_up, failure: None }
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    next: String,
    /// Whether a second step took too long.
    over: Option<String>,
}

async fn show(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let next = local_path(&asked.next).unwrap_or(HOME).to_owned();
    if page.account().is_some() {
        return Ok(Redirect::to(&next).into_response());
    }
    let failure = asked.over.map(|_| page.t("second-step-over"));
    Ok(render(&LoginPage { failure, ..LoginPage::new(&app, page, next) })?.into_response())
}

#[derive(Deserialize)]
struct Credentials {
    email: String,
    password: SecretString,
    #[serde(default)]
    remember: Option<String>,
    #[serde(default)]
    next: String,
}

async fn sign_in(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Credentials>,
) -> Result<Response, Problem> {
    let next = local_path(&given.next).unwrap_or(HOME).to_owned();
    let email = given.email.trim().to_owned();
    let outcome = match authenticate(&app, &page, given).await {
        Ok(Some(entrance)) => return Ok(enter(&app, &entrance, &next)),
        Ok(None) => Problem::new(StatusCode::UNAUTHORIZED, "wrong-credentials"),
        Err(problem) if problem.status() == StatusCode::TOO_MANY_REQUESTS => problem,
        Err(problem) => return Err(problem),
    };
    if page.context().wants_json() {
        return Err(outcome);
    }
    let failure = Some(page.t_args(&outcome.message_key(), outcome.args()));
    let shown = LoginPage { email, failure, ..LoginPage::new(&app, page, next) };
    Ok(outcome.shown_on(render(&shown)?))
}

/// What these credentials open. Unknown addresses, disabled accounts and wrong passwords take the same work
/// and give the same answer.
async fn authenticate(app: &App, page: &Page, given: Credentials) -> Result<Option<Entrance>, Problem> {
    let email = Email::parse(&given.email);
    let address =
        email.as_ref().map_or_else(|| given.email.to_lowercase(), |email| email.as_str().to_owned());
    let known = credentials(app, email.as_ref()).await?;
    let address = counted_as(address, known.as_ref());
    let owner = known.map(|found| found.id);
    let about = About { account_id: owner.as_ref().map(|id| id.as_str()), ..About::NOTHING };
    let attempt = throttle::sign_in(app, page.context(), &address, owner.as_ref()).await;
    let attempt = attempt.inspect_err(|_| audit::note(page.context(), "sign-in-limited", about))?;
    let mut tried = look(app, page, (email.as_ref(), &attempt), &given).await?;
    if matches!(tried, Tried::Meanwhile) {
        tried = look(app, page, (email.as_ref(), &attempt), &given).await?;
    }
    if let Tried::Right(entrance) = tried {
        attempt.succeeded(app).await?;
        return Ok(Some(entrance));
    }
    audit::note(page.context(), "sign-in-failed", about);
    attempt.failed(app).await?;
    Ok(None)
}

/// What a look at a password said.
enum Tried {
    Right(Entrance),
    Wrong,
    /// It was right, but what it was compared with was replaced meanwhile: by another sign-in, which hashed the same
    /// password anew, or by a new password.
    Meanwhile,
}

async fn look(
    app: &App,
    page: &Page,
    (email, attempt): (Option<&Email>, &Attempt),
    given: &Credentials,
) -> Result<Tried, Problem> {
    let found = credentials(app, email).await?;
    let hash = found.as_ref().and_then(|found| found.password_hash.as_deref());
    let verdict = app.hasher.verify(&attempt.principal, given.password.clone(), hash).await?;
    let Some(found) = found.filter(|found| verdict.is_right() && found.is_enabled) else {
        return Ok(Tried::Wrong);
    };
    let renewed = match verdict {
        Verdict::Outdated => Some(app.hasher.hash(&attempt.principal, given.password.clone()).await?),
        _ => None,
    };
    let entry = Entry {
        renewed,
        manner: Manner {
            is_remembered: given.remember.is_some(),
            is_new_device: !attempt.is_known_browser && found.has_signed_in,
        },
    };
    Ok(admit(app, page, &found, &entry).await?.map_or(Tried::Meanwhile, Tried::Right))
}

/// What wrong passwords are counted under: an address whose lock was lifted begins anew.
fn counted_as(address: String, known: Option<&Stored>) -> String {
    match known {
        Some(Stored { unlocks, .. }) if *unlocks > 0 => format!("{address} {unlocks}"),
        _ => address,
    }
}

/// What the address opens, as it is now: whoever waited for a turn may find another password.
async fn credentials(app: &App, email: Option<&Email>) -> Result<Option<Stored>, Problem> {
    match email {
        Some(email) => Ok(store::credentials(&app.db, email).await?),
        None => Ok(None),
    }
}

/// How somebody comes in with a right password.
struct Entry {
    /// The password as it is hashed today, if it was not.
    renewed: Option<String>,
    manner: Manner,
}

/// Lets in, or asks for the second factor, and keeps the password as it is hashed today.
async fn admit(app: &App, page: &Page, found: &Stored, entry: &Entry) -> Result<Option<Entrance>, Problem> {
    let Some(verified) = found.password_hash.as_deref() else { return Ok(None) };
    let context = page.context();
    let mut work = Work::begin(&app.db, context.clone()).await?;
    let begun = session::begin(&mut work, app, (&found.id, verified), context, entry.manner).await?;
    let Some(entrance) = begun else { return Ok(None) };
    if let Some(hash) = &entry.renewed {
        store::replace_password(&mut work, &found.id, verified, hash).await?;
    }
    let act = match entrance {
        Entrance::SecondStep => Act::on_account("second-step-asked", &found.id),
        Entrance::Session(_) => {
            arrive(&mut work, app, (&found.id, entry.manner.is_new_device), context).await?;
            Act::on_account("sign-in", &found.id).by_account(&found.id)
        }
    };
    work.commit(if entry.renewed.is_some() { act.with_detail("password-hashed-anew") } else { act }).await?;
    Ok(Some(entrance))
}

#[derive(Deserialize)]
struct Nothing {}

async fn sign_out(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Problem> {
    if let Some(token) = page.context().session_token() {
        let mut work = Work::begin(&app.db, page.context().clone()).await?;
        session::end(&mut work, token).await?;
        work.commit(match page.account() {
            Some(identity) => Act::on_account("sign-out", &identity.account_id),
            None => Act::on_nothing("sign-out").unlisted(),
        })
        .await?;
    }
    let mut response = Redirect::to("/login").into_response();
    if let Some(line) = session::farewell(app.config.secure_cookies) {
        response.headers_mut().append(SET_COOKIE, line);
    }
    Ok(response)
}
