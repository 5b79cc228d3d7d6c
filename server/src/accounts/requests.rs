//! A new password for an owner who lost the old one.
//!
//! With mail the owner asks, and gets a link by it. Without mail, or without the mailbox, somebody vouches for the owner:
//!
//! The owner asks and gets a secret into the own browser. An administrator sees that somebody asked, and a number which
//! both compare by telephone, and confirms. Then the browser that asked, and no other, sets the new password. The
//! administrator never holds anything that lets in; until the new password is set nothing ends; the owner is told at
//! the next sign-in, and a sign-in with the old password ends the request.

mod by_mail;
mod decide;
mod store;

use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Redirect, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::access::AdministeredRequest;
use super::arrival::{HOME, enter};
use super::mails::{self, Notification};
use super::model::Email;
use super::notices::Kind;
use super::session::Entrance;
use super::{notices, password, renewal, throttle};
use crate::audit::{self, About, Act, Work};
use crate::error::Problem;
use crate::http::auth::SteppedUp;
use crate::http::browser::cookies::{self, NewCookie, SameSite};
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::routes::{Routes, Visitor};
use crate::platform::random::fingerprint;
use crate::state::App;

pub(super) use by_mail::RESET;
pub(super) use store::{Request, RequestId, find, pending, withdraw_of};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<Visitor, _>("/forgot-password", show)
        .post::<Visitor, _>("/forgot-password", ask)
        .post::<Visitor, _>("/forgot-password/choose", choose)
        .post::<SteppedUp<AdministeredRequest>, _>("/admin/requests/{id}/confirm", decide::confirm)
        .post::<AdministeredRequest, _>("/admin/requests/{id}/refuse", decide::refuse)
}

/// Name of the cookie that holds the secret of a request, without prefix.
const COOKIE: &str = "asked";
/// How long a request waits, confirmed or not.
const LIFETIME: Duration = Duration::from_hours(24);

#[derive(Template)]
#[template(path = "accounts/forgot_password.html")]
struct ForgotPage {
    page: Page,
    step: Step,
    failure: Option<String>,
}

impl ForgotPage {
    /// Whether a mail is on its way to whoever asks.
    fn is_by_mail(&self) -> bool {
        self.page.context().app().mailer.is_on()
    }
}

/// How far this browser has come.
enum Step {
    /// It has not asked yet, or its request has ended.
    Ask,
    /// It has asked; the number is to be compared with the administrator.
    Wait { number: String },
    /// The administrator has confirmed.
    Choose,
}

impl Step {
    async fn of(app: &App, headers: &HeaderMap) -> Result<Self, Problem> {
        let Some(secret) = secret(app, headers) else { return Ok(Self::Ask) };
        let found = store::of_secret(&app.db, &fingerprint(secret), app.clock.now()).await?;
        Ok(match found {
            None => Self::Ask,
            Some(request) if request.is_confirmed => Self::Choose,
            Some(request) => Self::Wait { number: request.number },
        })
    }
}

/// The secret this browser got when it asked.
fn secret<'a>(app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
    cookies::read(headers, &cookies::wire_name(COOKIE, app.config.secure_cookies))
}

async fn show(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let step = Step::of(&app, &headers).await?;
    Ok(render(&ForgotPage { page, step, failure: None })?.into_response())
}

#[derive(Deserialize)]
struct Asked {
    email: String,
}

/// Answers alike, and after the same work, whether the address has an account or not: an unknown one leaves a request
/// that nobody sees.
async fn ask(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Result<Response, Problem> {
    throttle::request(&app, page.context()).await?;
    let account_id = match Email::parse(&asked.email) {
        Some(email) => super::store::enabled_id(&app.db, &email).await?,
        None => None,
    };
    let token = app.random.secret();
    let new = store::NewRequest {
        id: RequestId::new(app.random.id(app.clock.now())),
        account_id: account_id.clone(),
        secret_hash: token.fingerprint(),
        number: number(app.random.bytes()),
        browser_hash: page.context().browser_fingerprint(),
        asked_at: app.clock.now(),
        expires_at: app.clock.now().plus(LIFETIME),
    };
    let earlier = secret(&app, &headers).map(fingerprint);
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    store::insert(&mut work, &new, earlier.as_deref()).await?;
    by_mail::post(&mut work, page.context(), &new.id).await?;
    work.commit(match &account_id {
        Some(id) => Act::on_account("password-request", id),
        None => Act::on_nothing("password-request"),
    })
    .await?;
    let cookie =
        NewCookie { name: COOKIE, value: token.expose(), max_age: Some(LIFETIME), same_site: SameSite::Lax };
    let mut response = Redirect::to("/forgot-password").into_response();
    let line = cookie.line(app.config.secure_cookies).ok_or_else(Problem::bad_request)?;
    response.headers_mut().append(SET_COOKIE, line);
    Ok(response)
}

/// Six digits in two groups, easy to say by telephone. They open nothing: they only tell requests for the same account
/// apart.
fn number(random: [u8; 32]) -> String {
    let [a, b, c, d, ..] = random;
    let digits = u32::from_le_bytes([a, b, c, d]) % 1_000_000;
    format!("{:03} {:03}", digits / 1000, digits % 1000)
}

#[derive(Deserialize)]
struct Chosen {
    password: SecretString,
}

async fn choose(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Problem> {
    match set(&app, &page, secret(&app, &headers), chosen.password).await {
        Ok(session) => {
            let mut response = enter(&app, &session, HOME);
            if let Some(line) = cookies::removal(COOKIE, app.config.secure_cookies) {
                response.headers_mut().append(SET_COOKIE, line);
            }
            Ok(response)
        }
        Err(problem) => {
            let Some(failure) = page.refusal(&problem) else { return Err(problem) };
            let step = Step::of(&app, &headers).await?;
            Ok(problem.shown_on(render(&ForgotPage { page, step, failure: Some(failure) })?))
        }
    }
}

/// Uses the confirmed request up and sets the password.
async fn set(
    app: &App,
    page: &Page,
    secret: Option<&str>,
    password: SecretString,
) -> Result<Entrance, Problem> {
    let refused = || {
        audit::note(page.context(), "code-refused", About::NOTHING);
        Problem::refused("request-not-confirmed")
    };
    let secret_hash = fingerprint(secret.unwrap_or_default());
    let found = store::of_secret(&app.db, &secret_hash, app.clock.now()).await?;
    let account_id = found
        .filter(|request| request.is_confirmed)
        .and_then(|request| request.account_id)
        .ok_or_else(refused)?;
    let account = super::store::find(&app.db, &account_id).await?.ok_or_else(refused)?;
    password::check(&password, password::CHOSEN, &[&account.email, &account.name])?;
    let hash = app.hasher.hash(&page.context().principal(), password).await?;
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    super::store::hold(&mut work, &account_id).await?;
    if store::take(&mut work, &secret_hash, app.clock.now()).await? != Some(account_id) {
        return Err(refused());
    }
    let begun = renewal::set(&mut work, app, &account.id, &hash, page.context()).await?;
    let session = begun.ok_or_else(refused)?;
    notices::add(&mut work, app, &account.id, Kind::SetByRequest).await?;
    mails::notify(&mut work, app, (&account.id, page.locale()), Notification::PasswordChanged).await?;
    work.commit(Act::on_account("password-set", &account.id).by_account(&account.id)).await?;
    Ok(session)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_six_digits_in_two_groups() {
        assert_eq!(number([0; 32]), "000 000");
        assert_eq!(number([255; 32]), "967 295");
    }
}
